"""Pages of the work of a team: My work and its filters, ticked children, allocation, handover, cover, the team's numbers."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from casework.models import AccessLogEntry, CaseAssignment, Cover, FollowUp, RoleCode, SavedFilter
from tests.casework.test_pages import date, key_of
from tests.factories.cases import CaseAssignmentFactory, CaseFactory
from tests.factories.children import AreaFactory, ChildFactory, RestrictedAccessFactory
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory
from tests.factories.teamwork import ContactNoteFactory, CoverFactory, FollowUpFactory, SavedFilterFactory

D = datetime.date
TODAY = D(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def desk(client, caseworker):
    client.force_login(caseworker)
    return client


@pytest.fixture
def manager(db):
    return UserFactory(name="Linnet Marsh", role=RoleCode.MANAGER)


@pytest.fixture
def office(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def rowan(caseworker, child, log_request):
    """Led by the caseworker, with a request that is overdue."""
    CaseAssignmentFactory(child=child, user=caseworker)
    log_request()
    return child


def counts(response):
    return {tab.text: tab.count for tab in response.context["tabs"]}


def test_statutory_dates_and_follow_ups_in_one_list_told_apart(desk, rowan, caseworker):
    FollowUpFactory(child=rowan, user=caseworker, due_on=D(2025, 10, 3))
    team = TeamFactory(name="North")
    TeamMembershipFactory(user=caseworker, team=team)
    FollowUpFactory(user=None, team=team, text="Ring the health team", due_on=D(2025, 9, 1))
    FollowUpFactory(user=None, team=TeamFactory(), text="Of another team")
    FollowUpFactory(child=rowan, user=caseworker, done_on=TODAY, done_by=caseworker, outcome="Done")
    ContactNoteFactory(child=rowan, happened_on=D(2025, 9, 29))
    page = desk.get("/my-work/")
    assert [(row.what, row.statutory, row.away) for row in page.context["rows"]] == [
        ("Tell the family whether you will assess (6 weeks)", True, "79 days late"),
        ("Ring the health team", False, "30 days late"),
        ("Call the school about the timetable", False, "in 2 days"),
    ]
    assert page.context["rows"][0].last_contact == "2 days ago"
    assert counts(page) == {
        "Overdue": 2, "Due in 7 days": 1, "Due in 28 days": 1, "Waiting on others": 0, "All": 3,
    }  # fmt: skip
    text = page.content.decode()
    assert "1 overdue, 0 due in 7 days, 1 follow-up to do, 1 child." in text
    assert "not a statutory date:" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("what=statutory", {"Heath"}),
        ("what=follow_ups", {"Moss"}),
        ("what=own_follow_ups", {"Moss"}),
        ("kind=request", {"Heath"}),
        ("kind=annual_review", set()),
        ("phase=primary", {"Heath"}),
        ("phase=early", set()),
        ("waits=advice", set()),
        ("cover=covered", set()),
        ("due=overdue&what=statutory", {"Heath"}),
        ("due=nonsense", {"Heath", "Moss"}),
    ],
)
def test_filters_are_in_the_address(desk, rowan, caseworker, query, shown):
    FollowUpFactory(
        child__surname="Moss", child__date_of_birth=D(2008, 1, 1), user=caseworker, due_on=D(2025, 10, 20)
    )
    page = desk.get(f"/my-work/?{query}")
    assert {row.child.surname for row in page.context["rows"]} == shown


def test_a_filter_that_cannot_be_understood_is_explained(desk, rowan):
    page = desk.get("/my-work/?kind=song&area=x").content.decode()
    assert "There is a problem" in page
    assert "Heath, Rowan" in page


def test_filters_by_area(desk, rowan, caseworker):
    north = AreaFactory(name="North")
    there = ChildFactory(surname="Moss", area=north)
    CaseAssignmentFactory(child=there, user=caseworker)
    page = desk.get(f"/my-work/?area={north.pk}")
    assert [row.child for row in page.context["rows"]] == [there]
    assert [link.text for link in page.context["filters_on"]] == ["North"]


def test_a_view_is_kept_shared_opens_first_and_is_taken_away(desk, client, rowan, caseworker):
    team = TeamFactory(name="North")
    TeamMembershipFactory(user=caseworker, team=team)
    url = reverse("save_filter")
    form = desk.get(f"{url}?query=due%3Doverdue%26what%3Dstatutory%26next%3Dhttps%3A%2F%2Fbad.example")
    assert form.context["query"] == "due=overdue&what=statutory"
    refused = desk.post(url, {"name": "", "query": "due=overdue"})
    assert "Enter a name for this view" in refused.content.decode()
    given = {"name": "Late", "query": "due=overdue&what=statutory", "team": team.pk, "is_default": "on"}
    assert desk.post(url, given).headers["Location"] == "/my-work/?due=overdue&what=statutory"
    assert desk.get("/my-work/").headers["Location"] == "/my-work/?due=overdue&what=statutory"
    assert desk.get("/my-work/?due=all").status_code == 200
    desk.post(url, given | {"name": "Other"})
    assert list(SavedFilter.objects.filter(is_default=True).values_list("name", flat=True)) == ["Other"]

    colleague = TeamMembershipFactory(team=team).user
    client.force_login(colleague)
    page = client.get("/my-work/")
    assert [row.name for row, *_ in page.context["saved"]] == ["Late", "Other"]
    assert f"from {caseworker.name}" in page.content.decode()
    saved = SavedFilter.objects.get(name="Late")
    assert client.post(reverse("remove_filter", args=[saved.public_id])).status_code == 404
    client.force_login(caseworker)
    client.post(reverse("remove_filter", args=[saved.public_id]))
    assert not SavedFilter.objects.filter(name="Late").exists()
    SavedFilterFactory(name="Private")
    assert "Private" not in client.get("/my-work/?due=all").content.decode()


def test_a_default_view_of_everything_opens_nothing_round_and_round(desk, caseworker):
    SavedFilterFactory(owner=caseworker, query="", is_default=True)
    assert desk.get("/my-work/").status_code == 200


def test_the_list_as_a_file_is_safe_and_logged(desk, rowan, caseworker):
    FollowUpFactory(child=rowan, user=caseworker, text="=HYPERLINK(1)", due_on=D(2025, 10, 3))
    hidden = ChildFactory(surname="Hidden", restricted=True)
    CaseAssignmentFactory(child=hidden, user=caseworker)
    answer = desk.get(f"{reverse('my_work_csv')}?due=week")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(row["Surname"], row["What is due"], row["Statutory"]) for row in rows] == [
        ("Heath", "'=HYPERLINK(1)", "No")
    ]
    assert list(AccessLogEntry.objects.values_list("user", "child", "action")) == [
        (caseworker.pk, rowan.pk, "export")
    ]


def test_the_same_follow_up_for_the_ticked_children(desk, rowan, caseworker):
    other = ChildFactory()
    hidden = ChildFactory(restricted=True)
    ticked = {"child": [one.public_id for one in (rowan, other, hidden)], "action": "follow_up"}
    led = desk.post(reverse("selected"), ticked | {"back": "/my-work/?due=overdue"})
    assert led.headers["Location"] == reverse("follow_up_selected")
    page = desk.get(led.headers["Location"])
    assert "2 children" in page.content.decode()
    given = key_of(page) | {"kind": "call", "text": "Ask for the attendance record", "who": "me"}
    given |= date("due_on", D(2025, 10, 8))
    first = desk.post(led.headers["Location"], given)
    again = desk.post(led.headers["Location"], given)
    assert first.headers["Location"] == again.headers["Location"] == "/my-work/?due=overdue"
    assert set(FollowUp.objects.values_list("child", "user")) == {
        (rowan.pk, caseworker.pk), (other.pk, caseworker.pk),
    }  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"action": "follow_up"},
        {"action": "delete", "child": "7f0f4f6e-5d9f-4d57-9c5c-0a6b6f1c1d1e"},
        {"action": "follow_up", "child": "x"},
    ],
)
def test_nothing_ticked_is_said(desk, given):
    page = desk.post(reverse("selected"), given | {"back": "https://bad.example/"}, follow=True)
    assert page.redirect_chain[0][0] == "/my-work/"
    assert "Tick the children first, then choose what to do" in page.content.decode()


def test_a_caseload_is_reassigned_after_a_look_and_handed_over(office, rowan, caseworker, manager):
    other = UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)
    led = office.post(
        reverse("selected"), {"worker": caseworker.public_id, "action": "reassign", "back": reverse("team")}
    )
    assert led.headers["Location"] == reverse("reassign")
    page = office.get(led.headers["Location"])
    assert "Wren Underhill: 1 child, 1 overdue, load 4" in page.content.decode()
    refused = office.post(reverse("reassign"), {"way": "load"} | date("starts_on", D(2025, 9, 1)))
    assert "Select among whom the children are shared" in refused.content.decode()
    assert "must be the same as or after 1 October 2025" in refused.content.decode()
    given = {"way": "one", "to": other.public_id} | date("starts_on", TODAY)
    assert office.post(reverse("reassign"), given).headers["Location"] == reverse("reassign", args=["check"])
    check = office.get(reverse("reassign", args=["check"]))
    assert [(s["worker"], s["children_after"], s["load_after"]) for s in check.context["shares"]] == [
        (other, 1, 4), (caseworker, 0, 0),
    ]  # fmt: skip
    done = office.post(reverse("reassign", args=["check"]), key_of(check), follow=True)
    assert "1 child has a new lead worker from 1 October 2025" in done.content.decode()
    [(person, url)] = done.context["people"]
    handed = office.get(url)
    assert (person, [row["handed"].child for row in handed.context["rows"]]) == (other, [rowan])
    assert "before: Wren Underhill" in handed.content.decode()
    again = office.post(reverse("reassign", args=["check"]), key_of(check))
    assert again.headers["Location"] == reverse("reassigned")
    assert CaseAssignment.objects.as_at(TODAY).get(child=rowan).user == other


def test_a_lead_that_changed_after_the_look_is_shown_and_nothing_is_written(office, rowan, caseworker):
    other = UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)
    office.post(reverse("selected"), {"child": rowan.public_id, "action": "reassign"})
    office.get(reverse("reassign"))
    office.post(reverse("reassign"), {"way": "one", "to": other.public_id} | date("starts_on", TODAY))
    check = office.get(reverse("reassign", args=["check"]))
    CaseAssignment.objects.filter(child=rowan).update(ends_on=D(2025, 9, 30))
    page = office.post(reverse("reassign", args=["check"]), key_of(check))
    assert "The lead worker of Rowan Heath has changed since you opened the page" in page.content.decode()
    assert not CaseAssignment.objects.filter(user=other).exists()


def test_unallocated_children_are_shared_out_by_area(office, caseworker, manager):
    north, south = AreaFactory(name="North"), AreaFactory(name="South")
    other = UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)
    CaseAssignmentFactory(child=ChildFactory(area=south), user=other)
    CaseAssignmentFactory(child=ChildFactory(area=north), user=caseworker)
    waiting = {area: CaseFactory(child__area=area).child for area in (north, south)}
    page = office.get(reverse("unallocated"))
    assert {row["child"] for row in page.context["rows"]} == set(waiting.values())
    assert len(office.get(f"{reverse('unallocated')}?area={north.pk}").context["rows"]) == 1
    office.post(reverse("selected"), {"action": "allocate_all", "back": reverse("unallocated"), "area": ""})
    office.get(reverse("reassign"))
    given = {"way": "area", "among": [caseworker.public_id, other.public_id]} | date("starts_on", TODAY)
    office.post(reverse("reassign"), given)
    check = office.get(reverse("reassign", args=["check"]))
    office.post(reverse("reassign", args=["check"]), key_of(check))
    leads = dict(CaseAssignment.objects.as_at(TODAY).values_list("child", "user"))
    assert (leads[waiting[north].pk], leads[waiting[south].pk]) == (caseworker.pk, other.pk)


def test_only_those_who_may_allocate_reassign(desk, rowan):
    desk.post(reverse("selected"), {"child": rowan.public_id, "action": "reassign"})
    assert desk.get(reverse("reassign")).status_code == 403
    assert "Reassign" not in desk.get("/my-work/").content.decode()


def test_every_number_of_the_team_opens_its_list(office, rowan, caseworker):
    FollowUpFactory(child=rowan, user=caseworker, due_on=D(2025, 9, 3))
    team = TeamFactory()
    TeamMembershipFactory(user=caseworker, team=team)
    FollowUpFactory(user=None, team=team, due_on=D(2025, 9, 3))
    page = office.get(reverse("team"))
    load = next(one for one in page.context["loads"] if one.worker == caseworker)
    url = reverse("worker_work", args=[caseworker.public_id])
    for number, query in (
        (load.children, "what=statutory&cover=mine"),
        (load.overdue, "due=overdue&what=statutory&cover=mine"),
        (load.in_7_days, "due=week&what=statutory&cover=mine"),
        (load.in_28_days, "due=month&what=statutory&cover=mine"),
        (load.follow_ups, "what=own_follow_ups&cover=mine"),
        (load.late_follow_ups, "due=overdue&what=own_follow_ups&cover=mine"),
    ):
        assert f"{url}?{query.replace('&', '&amp;')}" in page.content.decode()
        assert len(office.get(f"{url}?{query}").context["rows"]) == number


def test_cover_is_arranged_shown_and_ended(office, client, rowan, caseworker, manager):
    other = UserFactory(name="Teasel Brook", role=RoleCode.CASEWORKER)
    url = reverse("cover")
    given = {"user": caseworker.public_id, "covered_by": other.public_id} | key_of(office.get(url))
    given |= date("starts_on", TODAY) | date("ends_on", D(2025, 10, 10))
    page = office.post(url, given, follow=True)
    assert (
        "Teasel Brook covers Wren Underhill from 1 October 2025 to 10 October 2025" in page.content.decode()
    )
    again = office.post(url, given | key_of(office.get(url)))
    assert "Wren Underhill is already covered on some of these days" in again.content.decode()
    assert "Until 10 Oct 2025, covered by Teasel Brook" in office.get(reverse("team")).content.decode()
    client.force_login(other)
    mine = client.get("/my-work/").content.decode()
    assert "You cover <strong>Wren Underhill</strong> until 10 October 2025" in mine
    assert "for Wren Underhill" in mine
    client.force_login(manager)
    client.post(reverse("end_cover", args=[Cover.objects.get().public_id]))
    assert not Cover.objects.exists()


def test_restricted_children_stay_out_of_every_list(desk, caseworker):
    child = ChildFactory(surname="Hidden", restricted=True)
    CaseAssignmentFactory(child=child, user=caseworker)
    follow_up = FollowUpFactory(child=child, user=caseworker, text="Secret errand")
    note = ContactNoteFactory(child=child)
    CoverFactory(covered_by=caseworker, starts_on=TODAY, ends_on=TODAY)
    for address in ("/my-work/", reverse("unallocated"), reverse("handover", args=[caseworker.public_id])):
        text = desk.get(address).content.decode()
        assert "Hidden" not in text
        assert "Secret errand" not in text
    addresses = [
        reverse("child_contact_log", args=[child.public_id]), reverse("note_contact", args=[child.public_id]),
        reverse("add_follow_up", args=[child.public_id]), reverse("correct_contact", args=[note.public_id]),
        reverse("complete_follow_up", args=[follow_up.public_id]), reverse("move_follow_up", args=[follow_up.public_id]),
    ]  # fmt: skip
    assert {desk.get(address).status_code for address in addresses} == {404}
    RestrictedAccessFactory(child=child, user=caseworker)
    assert "Secret errand" in desk.get("/my-work/").content.decode()

"""Pages: who may open them, what is asked twice, what is sent twice, and how many statements they need."""

import datetime
import json
import uuid
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import AccessLogEntry, AssessmentRequest, Case, Child, Decision, Milestone, RoleCode
from casework.services import corrections, decisions
from tests.casework.conftest import MONDAY
from tests.factories.cases import CaseAssignmentFactory, PlanVersionFactory
from tests.factories.children import ChildFactory, ChildIdentifierFactory, RestrictedAccessFactory
from tests.factories.money import CostLineFactory
from tests.factories.people import UserFactory
from tests.factories.places import NamedPlacementFactory, PlacementFactory

BUDGETS = json.loads((Path(project.BASE_DIR) / "tests/contracts/query_counts.json").read_text())
TODAY = datetime.date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def desk(client, caseworker):
    client.force_login(caseworker)
    return client


def date(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def answer(desk, case, *, refuse=False):
    """Fill in every page of the decision to assess; returns the check page."""
    url = reverse("decide_to_assess", args=[case.public_id])
    desk.get(url)
    desk.post(url, {"answer": "no" if refuse else "yes"})
    if refuse:
        desk.post(f"{url}reasons/", {"limb": "not_necessary", "grounds": ["progress"], "reasons": "Why not."})
    desk.post(f"{url}days/", date("decided_on", MONDAY) | date("told_on", MONDAY))
    return desk.get(f"{url}check/")


def key_of(response):
    return {"key": str(response.context["form"]["key"].value())}


def test_each_role_lands_where_it_may(client, db):
    for role, url in ((RoleCode.CASEWORKER, "/my-work/"), (RoleCode.FINANCE, "/children/")):
        client.force_login(UserFactory(role=role))
        assert client.get("/").headers["Location"] == url
    client.force_login(UserFactory())
    assert client.get("/").status_code == 403
    client.force_login(UserFactory(role=RoleCode.FINANCE))
    assert client.get("/my-work/").headers["Location"] == "/children/"
    client.force_login(UserFactory(role=RoleCode.ANALYST))
    assert client.get("/my-work/").headers["Location"] == "/reports/"
    assert "Go to reports" in client.get("/children/").content.decode()


def test_restricted_children_do_not_exist_for_others(desk, caseworker, log_request):
    child = ChildFactory(surname="Heath", forename="Hidden", restricted=True)
    case = log_request(child=child)
    milestone = case.milestones.get()
    CaseAssignmentFactory(child=child, user=caseworker)
    addresses = [
        *(
            reverse(name, args=[child.public_id])
            for name in ("child", "child_dates", "child_timeline", "log_request")
        ),
        *(
            reverse(name, args=[case.public_id])
            for name in (
                "decide_to_assess",
                "decide_to_issue",
                "record_milestone",
                "add_exception",
                "request_logged",
            )
        ),
        reverse("correct_milestone", args=[milestone.public_id]),
        reverse("issue_final_plan", args=[case.public_id]),
    ]
    assert {desk.get(address).status_code for address in addresses} == {404}
    for address in ("/my-work/", "/children/?q=hidden", "/children/"):
        assert "Hidden" not in desk.get(address).content.decode()
    assert not AccessLogEntry.objects.exists()


def test_a_restricted_record_asks_for_the_reason_first_and_logs_it(desk, caseworker):
    child = RestrictedAccessFactory(user=caseworker, child__surname="Heath", child__forename="Hidden").child
    url = reverse("child", args=[child.public_id])
    assert "Hidden" not in desk.get(url).content.decode()
    assert "Enter why you need to open this record" in desk.post(url, {"reason": ""}).content.decode()
    assert not AccessLogEntry.objects.exists()
    assert "Hidden" in desk.post(url, {"reason": "Cover for Wren"}, follow=True).content.decode()
    assert list(AccessLogEntry.objects.values_list("user", "child", "reason")) == [
        (caseworker.pk, child.pk, "Cover for Wren")
    ]


def test_opening_a_record_is_logged_every_time(desk, caseworker, child):
    for _ in range(2):
        desk.get(reverse("child", args=[child.public_id]))
    assert AccessLogEntry.objects.filter(user=caseworker, child=child).count() == 2


def test_a_decision_sent_twice_is_recorded_once(desk, log_request):
    case = log_request()
    check = answer(desk, case)
    url = reverse("decide_to_assess", args=[case.public_id, "check"])
    first = desk.post(url, key_of(check))
    again = desk.post(url, key_of(check))
    assert first.headers["Location"] == again.headers["Location"]
    assert desk.get(first.headers["Location"]).status_code == 200
    assert Decision.objects.count() == 1


def test_a_child_sent_twice_is_added_once(desk):
    given = {"forename": "Rowan", "surname": "Heath", "sex": "M"} | date(
        "date_of_birth", datetime.date(2016, 5, 4)
    )
    desk.post("/children/add/", given)
    key = key_of(desk.get("/children/add/check/"))
    first = desk.post("/children/add/check/", key)
    again = desk.post("/children/add/check/", key)
    assert first.headers["Location"] == again.headers["Location"]
    assert Child.objects.count() == 1


def test_a_like_child_added_meanwhile_is_shown(desk):
    given = {"forename": "Rowan", "surname": "Heath", "sex": "M"} | date(
        "date_of_birth", datetime.date(2016, 5, 4)
    )
    desk.post("/children/add/", given)
    key = key_of(desk.get("/children/add/check/"))
    ChildFactory(forename="Rowen", surname="Heath", date_of_birth=datetime.date(2016, 5, 4))
    page = desk.post("/children/add/check/", key)
    assert "Rowen Heath" in page.content.decode()
    assert Child.objects.count() == 1


def test_a_restricted_twin_is_hinted_at_and_not_named(desk):
    ChildFactory(forename="Rowan", surname="Heath", date_of_birth=datetime.date(2016, 5, 4), restricted=True)
    given = {"forename": "Rowan", "surname": "Heath", "sex": "M"} | date(
        "date_of_birth", datetime.date(2016, 5, 4)
    )
    desk.post("/children/add/", given)
    page = desk.get("/children/add/check/")
    assert "1 restricted record that you cannot open may also be this child" in page.content.decode()
    assert not page.context["candidates"]


def test_a_page_that_was_skipped_is_asked_for(desk, log_request):
    case = log_request()
    check = reverse("decide_to_assess", args=[case.public_id, "check"])
    assert desk.get(check).headers["Location"] == reverse("decide_to_assess", args=[case.public_id])
    desk.post(reverse("decide_to_assess", args=[case.public_id]), {"answer": "no"})
    assert desk.get(check).headers["Location"].endswith("/reasons/")
    assert desk.get(reverse("decide_to_assess", args=[case.public_id, "elsewhere"])).status_code == 404


def test_an_open_request_leads_to_itself(desk, log_request, child):
    case = log_request()
    page = desk.get(reverse("log_request", args=[child.public_id]))
    assert page.status_code == 409
    assert case.reference in page.content.decode()
    assert Case.objects.count() == 1


def test_a_request_logged_by_two_people_at_once_is_logged_once(desk, log_request, child):
    url = reverse("log_request", args=[child.public_id])
    given = {
        "source": "2", "requested_by": "Fern Dale", "footing": "request", "channel": "email", "area": ""
    } | date("received_on", MONDAY)  # fmt: skip
    desk.post(url, given)
    key = key_of(desk.get(f"{url}check/"))
    case = log_request()
    page = desk.post(f"{url}check/", key)
    assert f"already has an open request from 2 June 2025 ({case.reference})" in page.content.decode()
    assert Case.objects.count() == 1
    assert "Fern Dale" in page.content.decode()


def test_a_correction_shows_struck_through_with_its_reason(desk, log_request, child):
    case = log_request()
    url = reverse("correct_milestone", args=[case.milestones.get().public_id])
    desk.post(
        url, {"what": "date", "reason": "Came on Friday"} | date("happened_on", datetime.date(2025, 5, 30))
    )
    page = desk.post(f"{url}check/", key_of(desk.get(f"{url}check/")), follow=True)
    text = page.content.decode()
    assert "<s>Request received</s>" in text
    assert "Came on Friday" in text
    assert AssessmentRequest.objects.get().received_on == datetime.date(2025, 5, 30)


def test_recording_a_draft_says_when_the_plan_may_follow(desk, log_request, caseworker):
    case = log_request()
    decisions.decide_to_assess(case=case, decided_on=MONDAY, told_on=MONDAY, by=caseworker, on=TODAY)
    url = reverse("record_milestone", args=[case.public_id])
    desk.post(
        url, {"kind": "draft_plan_served", "note": ""} | date("happened_on", datetime.date(2025, 9, 22))
    )
    check = desk.get(f"{url}check/")
    assert "must not be sent before 7 October 2025" in check.content.decode()
    desk.post(f"{url}check/", key_of(check))
    assert case.clocks.get(rule_code="A8").due_on == datetime.date(2025, 10, 6)


def test_an_exception_is_recorded_and_shown_with_the_date_it_leaves(desk, log_request, child):
    case = log_request()
    url = reverse("add_exception", args=[case.public_id])
    given = {"rule_code": "A1", "ground": "absent", "evidence": "Away with family"}
    desk.post(
        url,
        given | date("starts_on", datetime.date(2025, 6, 9)) | date("ends_on", datetime.date(2025, 7, 14)),
    )
    check = desk.get(f"{url}check/")
    assert "14 July 2025 stays the date" in check.content.decode()
    page = desk.post(f"{url}check/", key_of(check), follow=True)
    assert "Overdue, excused" in page.content.decode()
    short = desk.post(url, given | date("starts_on", datetime.date(2025, 6, 9)) | date("ends_on", MONDAY))
    assert short.status_code in {200, 302}


def test_a_past_day_is_shown_as_it_stood(desk, log_request, child, caseworker):
    case = log_request()
    decisions.decide_to_assess(
        case=case,
        decided_on=datetime.date(2025, 8, 1),
        told_on=datetime.date(2025, 8, 1),
        by=caseworker,
        on=TODAY,
    )
    url = reverse("child_dates", args=[child.public_id])
    now, then = desk.get(url).content.decode(), desk.get(f"{url}?as_at=2025-07-20").content.decode()
    assert "As it stood on 20 July 2025" in then
    assert "As it stood on" not in now
    assert [line.clock.status for line in desk.get(f"{url}?as_at=2025-07-20").context["summary"].lines] == [
        "overdue", "running", "running"
    ]  # fmt: skip


def test_search_finds_by_every_name_number_and_place(desk):
    child = ChildFactory(surname="Heath", forename="Rowan", preferred_name="Sunny")
    number = ChildIdentifierFactory(child=child).value
    ChildFactory(surname="Moss", forename="Fern")
    for words in ("heath", "Rowan Heath", "heath, rowan", "sunny", "SUNNY HE"):
        assert [row["child"] for row in desk.get("/search/", {"q": words}).context["rows"]] == [child]
    near = desk.get("/search/", {"q": "Heeth"})
    assert [row["child"] for row in near.context["rows"]] == [child]
    assert "look like it" in near.content.decode()
    assert desk.get("/search/", {"q": number.lower()}).headers["Location"] == reverse(
        "child", args=[child.public_id]
    )
    assert "Nobody found" in desk.get("/search/", {"q": "Zzyzx"}).content.decode()


def test_unknown_addresses_do_not_exist(desk):
    assert desk.get(reverse("child", args=[uuid.uuid4()])).status_code == 404


def statements(desk, url):
    desk.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(url).status_code == 200
    return len(captured)


def _many(caseworker, log_request, count):
    for _ in range(count):
        child = ChildFactory(surname="Heath")
        CaseAssignmentFactory(child=child, user=caseworker)
        log_request(child=child)


def _busy_child(log_request, caseworker, rounds):
    """A child with as many finished requests, and numbers, places and costs."""
    child = ChildFactory()
    for number in range(rounds):
        day = MONDAY - datetime.timedelta(days=400 - number)
        case = log_request(child=child, received_on=day)
        decision = decisions.refuse_to_assess(
            case=case, limb="not_necessary", grounds=["progress"], reasons="No.", decided_on=day, told_on=day,
            by=caseworker, on=TODAY,
        )  # fmt: skip
        corrections.correct(
            milestone=Milestone.objects.get(pk=decision.milestone_id), happened_on=day + datetime.timedelta(days=1),
            reason="Slip", by=caseworker, on=TODAY,
        )  # fmt: skip
        PlacementFactory(child=child, rank=2)
        CostLineFactory(child=child, kind="therapy")
    NamedPlacementFactory(plan_version=PlanVersionFactory(plan__child=child))
    return child


@pytest.mark.parametrize("name", ["my_work", "team", "children"])
def test_lists_need_the_same_statements_for_10_rows_and_for_200(name, desk, caseworker, log_request):
    url = reverse(name) + ("?q=heath" if name == "children" else "")
    _many(caseworker, log_request, 10)
    few = statements(desk, url)
    _many(caseworker, log_request, 190)
    assert (few, statements(desk, url)) == (BUDGETS[name], BUDGETS[name])


def test_the_childs_page_needs_the_same_statements_whatever_happened(client, db, log_request, caseworker):
    client.force_login(UserFactory(role=RoleCode.MANAGER))
    for rounds in (1, 12):
        child = _busy_child(log_request, caseworker, rounds)
        assert statements(client, reverse("child", args=[child.public_id])) == BUDGETS["child"]

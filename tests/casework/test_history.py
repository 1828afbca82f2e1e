"""The history of a child's records: every change in words, with who, when and why, for those who may read it."""

import csv
import datetime
import io

import pghistory
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.audit import acting_as
from casework.models import (
    AccessAction,
    AccessLogEntry,
    Answer,
    ChildAddress,
    Decision,
    MilestoneKind,
    RoleCode,
)
from casework.queries.history import History, Wanted
from casework.services import corrections, decisions
from tests.casework.conftest import MONDAY
from tests.factories.cases import PlanVersionFactory
from tests.factories.children import AreaFactory, ChildFactory, RestrictedAccessFactory
from tests.factories.documents import DocumentFactory
from tests.factories.money import CostLineFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory, PlacementFactory

# Each change in a transaction of its own, as in life: they are told apart by its time.
pytestmark = pytest.mark.django_db(transaction=True)
TODAY = datetime.date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def manager(db):
    return UserFactory(name="Mira Quillfeather", role=RoleCode.MANAGER)


def told(child, reader, wanted=None, **options):
    """The acts of a history with their lines."""
    found = History(child, reader=reader, on=TODAY, **options)
    return found.tell(found.narrowed(wanted or Wanted()))


def sentences(acts):
    """The changes as the page words them."""
    found = []
    for act in acts:
        for line in act.lines:
            found += [(line.title, change.label, change.before, change.after) for change in line.changes] or [
                (line.title, "", "", "")
            ]
    return found


def change(child, by=None, reason="", **facts):
    with acting_as(by, reason=reason):
        type(child).objects.filter(pk=child.pk).update(**facts)


def test_a_changed_field_is_told_with_who_when_and_why(caseworker, child, manager):
    before = timezone.now()
    change(child, caseworker, "Adopted; certificate seen", surname="Moss")
    [act] = [act for act in told(child, manager) if act.reason]
    assert (act.who, act.reason) == ("Wren Underhill", "Adopted; certificate seen")
    assert before - datetime.timedelta(minutes=1) < act.at <= timezone.now()
    assert sentences([act]) == [("Child’s details changed", "Surname", "Heath", "Moss")]


def test_choices_days_and_keys_are_told_in_words(child, manager):
    change(child, manager, sex="M", died_on=datetime.date(2025, 9, 3), area=AreaFactory(name="North"))
    found = {label: after for _, label, _, after in sentences(told(child, manager)[:1])}
    assert found == {"Sex": "Male", "Died on": "3 September 2025", "Area": "North"}


def test_a_field_that_was_empty_or_is_emptied_says_so(child, manager):
    change(child, manager, preferred_name="Sunny")
    change(child, manager, preferred_name="")
    newest, older, _made = told(child, manager)
    assert sentences([older]) == [("Child’s details changed", "Preferred name", "", "Sunny")]
    assert sentences([newest]) == [("Child’s details changed", "Preferred name", "Sunny", "")]


def test_a_record_added_and_removed_is_told_with_what_it_held(child, manager):
    with acting_as(manager):
        address = ChildAddress.objects.create(child=child, lines="1 Mill Lane", postcode="ZZ1 1AA")
    with acting_as(manager, reason="Typed on the wrong child"):
        address.delete()
    removed, added, _made = told(child, manager)
    assert [line.title for line in added.lines] == ["Address added"]
    assert ("Address added", "Lines", "", "1 Mill Lane") in sentences([added])
    assert removed.lines[0].title == "Address (ZZ1 1AA) removed"
    assert ("Address (ZZ1 1AA) removed", "Postcode", "ZZ1 1AA", "") in sentences([removed])
    assert removed.reason == "Typed on the wrong child"


def test_a_decision_is_told_as_people_say_it(child, caseworker, manager, log_request):
    case = log_request()
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="Reading has caught up.",
        decided_on=MONDAY, told_on=MONDAY, by=caseworker, on=TODAY,
    )  # fmt: skip
    act = told(child, manager)[0]
    lines = {line.title: line for line in act.lines}
    assert "Recorded: Family told of the decision not to assess, 2 June 2025" in lines
    decision = {change.label: change.after for change in lines["Decision recorded: refuse to assess"].changes}
    assert decision["Reasons"] == "Reading has caught up."
    assert decision["Coded grounds"] == "Attainment and rate of progress"
    worked_out = [line for line in act.lines if line.is_derived]
    assert {line.kind.title for line in worked_out} == {"Case", "Request"}
    assert act.who == "Wren Underhill"


def test_a_correction_and_a_withdrawal_say_what_they_are(child, caseworker, manager, log_request):
    case = log_request()
    received = case.milestones.get()
    corrections.correct(
        milestone=received, happened_on=MONDAY - datetime.timedelta(days=3), reason="Came on Friday",
        by=caseworker, on=TODAY,
    )  # fmt: skip
    decisions.decide_to_assess(case=case, decided_on=MONDAY, told_on=MONDAY, by=caseworker, on=TODAY)
    corrections.withdraw(
        milestone=case.milestones.get(kind=MilestoneKind.DECIDED_TO_ASSESS),
        reason="Wrong child",
        by=caseworker,
    )
    withdrawn, _decided, corrected, *_ = told(child, manager)
    assert "Date corrected: Request received, 30 May 2025" in [line.title for line in corrected.lines]
    assert corrected.reason == "Came on Friday"
    assert "Taken back, it did not happen: Family told of the decision to assess, 2 June 2025" in [
        line.title for line in withdrawn.lines
    ]


def test_what_was_made_and_filled_in_at_once_is_one_line(child, caseworker, manager, log_request):
    log_request()
    act = told(child, manager)[0]
    assert [line.title for line in act.lines].count("Request added") == 1
    assert not [line for line in act.lines if line.kind.title == "Case" and line.done == "changed"]


def test_costs_and_placements_are_told_to_those_who_may_see_them(child, caseworker, manager):
    setting = EstablishmentFactory(name="Otterbrook Primary School")
    placement = PlacementFactory(child=child, establishment=setting)
    line = CostLineFactory(child=child, placement=placement, kind="therapy", amount="1234.50", band=None)
    type(line).objects.filter(pk=line.pk).update(amount="1300")
    finance = UserFactory(role=RoleCode.FINANCE)
    analyst_of_data = UserFactory(role=RoleCode.DATA_OFFICER)
    everything = sentences(told(child, manager))
    assert ("Cost line changed", "Pounds", "£1,234.50", "£1,300.00") in everything
    assert any(after == "Otterbrook Primary School" for _, _, _, after in everything)
    for reader, costs, places in (
        (finance, True, True),
        (caseworker, False, True),
        (analyst_of_data, False, True),
    ):
        titles = {title for title, *_ in sentences(told(child, reader))}
        assert ("Cost line changed" in titles) == costs
        assert ("Placement added" in titles) == places


def test_named_placements_are_found_through_version_and_plan(manager):
    named = NamedPlacementFactory(plan_version=PlanVersionFactory())
    child = named.plan_version.plan.child
    titles = {title for title, *_ in sentences(told(child, manager))}
    assert {"Setting named in section I added", "Plan version added", "Plan added"} <= titles


def test_a_sibling_named_in_a_record_is_named_only_to_who_may_open_their_record(child, caseworker, manager):
    """A record that moved away names the other child to nobody who may not know of them."""
    other = ChildFactory(surname="Secret", restricted=True)
    with acting_as(manager):
        address = ChildAddress.objects.create(child=child, postcode="ZZ1 1AA")
    ChildAddress.objects.filter(pk=address.pk).update(child=other)
    ChildAddress.objects.filter(pk=address.pk).update(postcode="ZZ9 9ZZ")
    text = str(sentences(told(child, caseworker)))
    assert "Secret" not in text
    assert "ZZ9 9ZZ" not in text, "what happened after it left is the other child's history"
    RestrictedAccessFactory(child=other, user=manager)
    mine = str(sentences(told(other, manager)))
    assert "ZZ9 9ZZ" in mine


def test_a_withheld_address_is_in_no_history_but_that_of_those_with_need(child, caseworker, manager):
    with acting_as(manager):
        address = ChildAddress.objects.create(child=child, lines="Refuge, 3 Hidden Way", postcode="ZZ2 2BB")
    ChildAddress.objects.filter(pk=address.pk).update(withheld=True)
    assert "Hidden Way" in str(sentences(told(child, manager)))
    assert "Hidden Way" not in str(sentences(told(child, caseworker)))
    assert "ZZ2 2BB" not in str(sentences(told(child, caseworker)))
    assert "Hidden Way" not in str(sentences(told(child, manager, for_family=True))), (
        "a file may be given away"
    )


def test_documents_are_told_to_who_may_see_documents(child, caseworker, manager):
    DocumentFactory(child=child, title="Report of the clinic")
    finance = UserFactory(role=RoleCode.FINANCE)
    assert "Report of the clinic" in str(sentences(told(child, caseworker)))
    assert "Report of the clinic" not in str(sentences(told(child, finance)))
    labels = {label for title, label, *_ in sentences(told(child, manager)) if title == "Document added"}
    assert not labels & {"Storage key", "SHA-256 of the content"}


def test_an_import_says_what_was_read_in(child, manager):
    change(child, None, surname="Moss")
    with acting_as(None, source="SEN2 2025 return: fernshire-2025.xml"):
        type(child).objects.filter(pk=child.pk).update(surname="Mosse")
    newest, plain, _made = told(child, manager)
    assert (newest.who, newest.by) == ("SEN2 2025 return: fernshire-2025.xml",) * 2
    assert plain.who == "Waymark"


def test_it_is_narrowed_by_record_person_and_period(child, caseworker, manager, log_request):
    log_request()
    change(child, manager, surname="Moss")
    found = History(child, reader=manager, on=TODAY)
    assert "casework.milestone" in [kind.key for kind in found.kinds]
    assert {"Wren Underhill", "Mira Quillfeather"} <= set(found.people.values())
    by_kind = found.tell(found.narrowed(Wanted(kind="casework.child")))
    assert {line.kind.key for act in by_kind for line in act.lines} == {"casework.child"}
    by_person = found.narrowed(Wanted(by=str(manager.pk)))
    assert [act.who for act in by_person] == ["Mira Quillfeather"]
    now = timezone.localdate()
    assert found.narrowed(Wanted(since=now)) != []
    assert found.narrowed(Wanted(since=now + datetime.timedelta(days=1))) == []
    assert found.narrowed(Wanted(until=now - datetime.timedelta(days=1))) == []


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_page_shows_it_in_sentences_and_logs_the_reading(child, caseworker, log_request):
    log_request()
    change(child, caseworker, "Deed poll <b>seen</b>", surname="Moss")
    page = client_of(caseworker).get(reverse("child_history", args=[child.public_id]))
    text = page.content.decode()
    assert "Surname changed from “Heath” to “Moss”" in text
    assert "Reason: Deed poll &lt;b&gt;seen&lt;/b&gt;" in text
    assert "Download as CSV" not in text
    assert AccessLogEntry.objects.filter(child=child, user=caseworker).count() == 1


def test_the_page_names_the_page_where_it_was_done(child, caseworker):
    desk = client_of(caseworker)
    desk.post(reverse("log_request", args=[child.public_id]), {})
    with acting_as(caseworker), pghistory.context(route=reverse("log_request", args=[child.public_id])):
        type(child).objects.filter(pk=child.pk).update(surname="Moss")
    text = desk.get(reverse("child_history", args=[child.public_id])).content.decode()
    assert "page “log request”" in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since-day": "31", "since-month": "2", "since-year": "2025"}, "First day must be a real date"),
        (
            {"since-day": "3", "since-month": "3", "since-year": "2025",
             "until-day": "2", "until-month": "3", "until-year": "2025"},
            "The last day must be the same as or after the first day",
        ),
        ({"kind": "casework.user"}, "Select"),
        ({"page": "elsewhere"}, "Child’s details added"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_explained(child, caseworker, asked, words):
    page = client_of(caseworker).get(reverse("child_history", args=[child.public_id]), asked)
    assert page.status_code == 200
    assert words.lower() in page.content.decode().lower()


def test_outside_the_scope_there_is_no_history(caseworker, manager):
    hidden = ChildFactory(restricted=True)
    for user in (caseworker, manager):
        for name in ("child_history", "child_history_csv"):
            expected = 403 if user == caseworker and name == "child_history_csv" else 404
            assert client_of(user).get(reverse(name, args=[hidden.public_id])).status_code == expected


def test_the_file_has_every_field_and_its_taking_is_logged(child, caseworker, manager, log_request):
    log_request()
    change(child, caseworker, surname="=HYPERLINK(1)")
    response = client_of(manager).get(reverse("child_history_csv", args=[child.public_id]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    surname = next(row for row in rows if row["Field"] == "Surname" and row["Before"])
    assert (surname["Who"], surname["Before"], surname["After"]) == (
        "Wren Underhill", "Heath", "'=HYPERLINK(1)"
    )  # fmt: skip
    assert {"Recorded: Request received, 2 June 2025", "Request added"} <= {
        row["What happened"] for row in rows
    }
    assert AccessLogEntry.objects.filter(user=manager, child=child, action=AccessAction.EXPORT).count() == 1


def test_it_needs_the_same_statements_however_long_it_is(child, manager):
    counts = []
    manager.may("see_costs")  # what a person may do is read once a request
    for number in (3, 40):
        for _ in range(number):
            change(child, manager, surname=f"Moss {_}")
        with CaptureQueriesContext(connection) as captured:
            told(child, manager)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_a_decision_moved_to_a_corrected_day_is_told(child, caseworker, manager, log_request):
    case = log_request()
    decision = decisions.decide_to_assess(
        case=case, decided_on=MONDAY, told_on=MONDAY, by=caseworker, on=TODAY
    )
    corrections.correct(
        milestone=decision.milestone, happened_on=MONDAY + datetime.timedelta(days=1), reason="Posted a day later",
        by=caseworker, on=TODAY,
    )  # fmt: skip
    assert Decision.objects.get().answer == Answer.ASSESS
    labels = [(line.title, [c.label for c in line.changes]) for line in told(child, manager)[0].lines]
    assert ("Decision changed", ["Milestone"]) in labels

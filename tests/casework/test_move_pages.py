"""Pages of moves and ceasing as a team uses them, without a browser."""

import datetime

import pytest
from django.urls import reverse

from casework.models import Case, CaseKind, Plan, RoleCode
from casework.services import ceasing, moves_in, moves_out, review_calendar
from tests.casework.test_review_pages import days
from tests.factories.cases import CaseAssignmentFactory, PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory
from tests.factories.moves import AuthorityRoleFactory, LocalAuthorityFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory

D = datetime.date
ON = D(2026, 6, 30)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = ON.isoformat()


@pytest.fixture
def worker(client, db):
    worker = UserFactory(name="Mira Quillfeather", role=RoleCode.CASEWORKER)
    client.force_login(worker)
    return worker


@pytest.fixture
def otterdale(db):
    return LocalAuthorityFactory(code="101", name="Otterdale")


@pytest.fixture
def child(db):
    return ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4))


@pytest.fixture
def plan(child):
    plan = PlanFactory(child=child, starts_on=D(2024, 5, 20))
    PlanVersionFactory(plan=plan)
    review_calendar.settle(on=ON)
    return plan


def through(client, name, subject, data):
    """Fill in a task and look at its check page; the check page."""
    filled = client.post(reverse(name, args=[subject]), data)
    assert filled.status_code == 302, filled.content.decode()
    return client.get(filled.url)


def send(client, check):
    """Record what is on a check page; the page it leads to."""
    return client.post(check.request["PATH_INFO"], {"key": check.context["form"]["key"].value()}, follow=True)


def test_move_in_from_the_page_to_the_family(client, worker, child, otterdale):
    page = client.get(reverse("child_moves", args=[child.public_id]))
    assert "Record a move in" in page.content.decode()
    assert "it is taken to be this authority" in page.content.decode()
    check = through(
        client, "record_move_in", child.public_id,
        {"authority": "101", **days("moved_on", D(2026, 3, 2)), **days("known_on", D(2026, 3, 9)), "had": "plan"},
    )  # fmt: skip
    assert "Otterdale must transfer the plan on 2 March 2026" in check.content.decode()
    done = send(client, check)
    assert "Move in from Otterdale" in done.content.decode()
    assert "Waiting for the plan" in done.content.decode()
    case = Case.objects.get(kind=CaseKind.TRANSFER_IN)

    EstablishmentFactory(name="Brambleside Primary School", urn=900321)
    check = through(
        client, "receive_plan", case.public_id,
        {
            **days("transferred_on", D(2026, 3, 20)), **days("made_on", D(2024, 5, 20)),
            **days("last_reviewed_on", D(2025, 6, 10)), "primary_need": "ASD", "secondary_need": "",
            "section_i": "named", "setting": "brambleside", "far": "no", "arrangements": "Hillside Primary from 9 March",
        },
    )  # fmt: skip
    words = check.content.decode()
    assert "The next review must be complete by 19 June 2026" in words
    assert (
        "Tell the family about the transfer, re-assessment and review (6 weeks): due by 1 May 2026." in words
    )
    done = send(client, check).content.decode()
    assert "Hillside Primary from 9 March" in done
    assert "made on 20 May 2024 and transferred to us on 20 March 2026" in done

    check = through(
        client, "tell_family_of_transfer", case.public_id,
        {**days("told_on", D(2026, 4, 28)), "reassess": "no", **days("review_by", D(2026, 6, 19))},
    )  # fmt: skip
    assert "met. The last day is 1 May 2026" in check.content.decode()
    done = send(client, check)
    assert "Move in finished" in done.content.decode()
    page = client.get(reverse("child_moves", args=[child.public_id])).content.decode()
    assert "Plan taken over, family told" in page
    assert "since 2 March 2026" in page
    assert "Reviewed" not in page
    reviews = client.get(reverse("child_reviews", args=[child.public_id])).content.decode()
    assert "Next review due by 19 June 2026" in reviews
    assert "last review completed on 10 June 2025" in reviews


def test_a_refused_form_keeps_every_word(client, worker, child, otterdale):
    answer = client.post(
        reverse("record_move_in", args=[child.public_id]),
        {
            "authority": "101",
            "told_by": "The virtual school",
            "had": "plan",
            **days("moved_on", D(2015, 1, 1)),
        },
    )
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "must be the same as or after 4 May 2016" in words
    assert "The virtual school" in words
    assert "Enter the day you learned of the move" in words


def test_without_a_list_of_authorities_the_page_says_what_to_do(client, worker, child):
    words = client.get(reverse("record_move_in", args=[child.public_id])).content.decode()
    assert "load_local_authorities" in words


def test_move_out_says_what_closes_and_by_when(client, worker, child, plan, otterdale):
    check = through(
        client, "record_move_out", child.public_id,
        {"authority": "101", **days("moved_on", D(2026, 6, 22)), **days("known_on", D(2026, 6, 15))},
    )  # fmt: skip
    # Fifteen working days beginning with Monday 15 June 2026.
    assert "due by 3 July 2026" in check.content.decode()
    send(client, check)
    case = Case.objects.get(kind=CaseKind.TRANSFER_OUT)
    check = through(
        client, "transfer_papers", case.public_id,
        {
            "plan": "not_yet", "advice": "sent", **days("advice_on", D(2026, 6, 20)), "review": "not_yet",
            "budget": "not_held", "tribunal": "not_held", "contacts": "not_yet", "proof": "Secure e-mail",
        },
    )  # fmt: skip
    assert "Sent on 20 June 2026" in check.content.decode()
    page = send(client, check).content.decode()
    assert "Advice and reports the plan rests on: sent 20 June 2026. Secure e-mail" in page
    check = through(
        client,
        "hand_over_plan",
        case.public_id,
        {**days("ended_on", D(2026, 6, 26)), "proof": "Receipt of 26 June"},
    )
    words = check.content.decode()
    assert "There is no further review to hold" in words
    assert "The placement and what is paid for it do not end with the plan" in words
    assert "met. The last day is 3 July 2026." in words
    done = send(client, check).content.decode()
    assert "Plan transferred" in done
    assert "Record the other papers" in done
    plan.refresh_from_db()
    assert (plan.ends_on, plan.cease_reason) == (D(2026, 6, 26), "5")
    page = client.get(reverse("child_moves", args=[child.public_id])).content.decode()
    assert "Otterdale is responsible for this child, not this authority" in page


def test_nothing_moves_out_without_plan_or_request(client, worker, child):
    page = client.get(reverse("record_move_out", args=[child.public_id]), follow=True)
    assert "neither a plan nor an open request" in page.content.decode()


def test_a_request_is_closed_by_a_move(client, worker, child, otterdale, log_request):
    case = log_request(child=child)
    check = through(
        client, "record_move_out", child.public_id, {"authority": "101", **days("moved_on", D(2025, 7, 1))}
    )
    assert "no longer applies" in check.content.decode()
    send(client, check)
    case.refresh_from_db()
    assert (case.closed_because, case.request.moved_to_la) == ("moved_away", "101")


def test_ceasing_in_two_stages(client, worker, child, plan):
    check = through(
        client, "consult_ceasing", child.public_id,
        {"reason": "2", "why": "The outcomes are met", **days("consulted_on", D(2026, 2, 2))},
    )  # fmt: skip
    assert "Nothing is decided" in check.content.decode()
    send(client, check)
    case = Case.objects.get(kind=CaseKind.CEASING)
    check = through(
        client, "decide_ceasing", case.public_id,
        {
            "family_views": "They agree.", "answer": "yes", "reason": "2", "reasons": "Met without a plan.",
            **days("decided_on", D(2026, 3, 9)), **days("told_on", D(2026, 3, 10)),
        },
    )  # fmt: skip
    words = check.content.decode()
    assert (
        "Keep the plan until the time to appeal is over: the plan must not end before 11 May 2026." in words
    )
    assert "right of appeal until 10 May 2026" in words
    done = send(client, check).content.decode()
    assert "Record the end of the plan from 11 May 2026 on" in done
    check = through(
        client, "end_plan", case.public_id, {**days("ended_on", D(2026, 5, 10)), "appeal": "over"}
    )
    refused = send(client, check).content.decode()
    assert "The family can appeal until 10 May 2026" in refused
    check = through(
        client, "end_plan", case.public_id, {**days("ended_on", D(2026, 5, 11)), "appeal": "over"}
    )
    done = send(client, check).content.decode()
    assert "Plan ended" in done
    assert Plan.objects.get().ends_on == D(2026, 5, 11)
    again = client.get(reverse("consult_ceasing", args=[child.public_id]), follow=True)
    assert "has no plan in force here" in again.content.decode()


def test_end_at_once_records_the_death(client, worker, child, plan):
    check = through(
        client, "end_at_once", child.public_id,
        {"reason": "8", **days("ended_on", D(2026, 6, 1)), "why": "Letter of the family of 3 June"},
    )  # fmt: skip
    assert "recorded as having died on 1 June 2026" in check.content.decode()
    assert "Plan ended" in send(client, check).content.decode()
    child.refresh_from_db()
    assert child.died_on == D(2026, 6, 1)


def test_the_board_lists_what_is_due_soonest_first(client, worker, child, plan, otterdale):
    CaseAssignmentFactory(child=child, user=worker)
    other = ChildFactory(surname="Alder", forename="Wren", date_of_birth=D(2017, 1, 1))
    moves_in.open_move_in(
        child=other, authority=otterdale, moved_on=D(2026, 8, 1), known_on=ON, by=worker, on=ON
    )
    moves_out.open_move_out(
        child=child, authority=otterdale, moved_on=D(2026, 6, 1), known_on=D(2026, 6, 1), by=worker, on=ON
    )
    ceasing.consult(plan=plan, reason="2", why="Met", consulted_on=D(2026, 6, 1), by=worker, on=ON)
    page = client.get(reverse("moves"))
    rows = [row.case.child.surname for row, _ in page.context["page"].object_list]
    assert rows == ["Heath", "Alder", "Heath"]
    assert "late" in page.content.decode()
    for kind, number in (("transfer_in", 1), ("transfer_out", 1), ("ceasing", 1), ("nonsense", 3)):
        assert client.get(reverse("moves"), {"kind": kind}).context["number"] == number
    assert client.get(reverse("moves"), {"worker": str(worker.public_id)}).context["number"] == 2


def test_a_looked_after_child_of_another_authority(client, worker, child, otterdale, settings):
    own = LocalAuthorityFactory(code=settings.LA_CODE, name="Fernshire")
    AuthorityRoleFactory(child=child, part="looked_after", authority=otterdale)
    check = through(
        client, "record_authority", child.public_id,
        {"part": "resident", "authority": own.code, **days("starts_on", D(2026, 1, 5)), "reason": "Foster home"},
    )  # fmt: skip
    page = send(client, check).content.decode()
    assert "Otterdale looks after this child, who lives in the area of Fernshire" in page
    assert "assesses and maintains the plan" in page


def test_outside_the_scope_is_not_found(client, worker, otterdale):
    hidden = ChildFactory(restricted=True)
    case = moves_in.open_move_in(
        child=hidden, authority=otterdale, moved_on=ON, known_on=ON, by=worker, on=ON
    )
    for name, subject in (
        ("child_moves", hidden.public_id), ("record_move_in", hidden.public_id), ("receive_plan", case.public_id),
        ("call_off_move", case.public_id),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[subject])).status_code == 404
    assert client.get(reverse("moves")).context["number"] == 0

"""Re-assessment, interim reviews, and a phase transfer whose plan names the setting already."""

import datetime

import pytest
from django.urls import reverse

from casework.models import (
    Case,
    CaseKind,
    Decision,
    MilestoneKind,
    RequestSource,
    RequestState,
    Review,
    RoleCode,
)
from casework.models.reviews import ReviewType
from casework.rules.phase_transfers import Phase
from casework.services import decisions, phase_transfers, reassessments, review_calendar, reviews
from casework.services.refusals import Refused
from placements.services.already_named import confirm
from placements.services.amended_plan import issue_amended_plan
from tests.casework.test_move_pages import send, through
from tests.casework.test_review_pages import days
from tests.factories.cases import AssessmentRequestFactory, PlanFactory, PlanVersionFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)


@pytest.fixture
def school(db):
    return EstablishmentFactory(name="Brambleside Primary School")


@pytest.fixture
def plan(child, school):
    plan = PlanFactory(child=child, starts_on=D(2024, 5, 20))
    NamedPlacementFactory(plan_version=PlanVersionFactory(plan=plan), establishment=school)
    review_calendar.settle(on=ON)
    return plan


@pytest.fixture
def case(plan, caseworker):
    """The parents ask on Monday 2 February 2026."""
    return reassessments.request_reassessment(
        plan=plan,
        source=RequestSource.PARENT_OR_YOUNG_PERSON,
        received_on=D(2026, 2, 2),
        by=caseworker,
        on=ON,
    )


def due(case):
    return dict(case.clocks.values_list("rule_code", "due_on"))


def assess(case, caseworker):
    told = D(2026, 2, 16)
    decisions.decide_to_assess(case=case, decided_on=told, told_on=told, by=caseworker, on=ON)


def state(case):
    case = Case.objects.select_related("request").get(pk=case.pk)
    return case.request.state, case.closed_on, case.closed_because


def test_fifteen_days_then_fourteen_weeks_from_telling_the_family(case, caseworker):
    assert due(case) == {"B1": D(2026, 2, 17)}
    assess(case, caseworker)
    assert due(case)["B2"] == D(2026, 5, 25)
    assert state(case) == (RequestState.ASSESSING, None, "")
    decision = Decision.objects.get()
    assert (decision.question, decision.answer) == ("reassess", "reassess")


def test_it_ends_in_an_amended_plan(case, plan, caseworker):
    assess(case, caseworker)
    reassessments.propose_amendments(
        case=case, sent_on=D(2026, 4, 20), served_on=D(2026, 4, 21), by=caseworker, on=ON
    )
    assert due(case)["C8"] == D(2026, 5, 5)
    issue_amended_plan(case=case, issued_on=D(2026, 5, 18), by=caseworker, on=ON)
    assert state(case) == (RequestState.ISSUED, D(2026, 5, 18), "issued")
    assert case.clocks.get(rule_code="B2").stop_kind == "done"
    amended = plan.versions.get(stage="amended_final")
    assert amended.named_placements.get().establishment.name == "Brambleside Primary School"
    assert Review.objects.get(case__kind=CaseKind.ANNUAL_REVIEW).due_on == D(2025, 5, 19), "reviews go on"


def test_or_in_no_change(case, caseworker):
    assess(case, caseworker)
    reassessments.leave_unchanged(
        case=case,
        reasons="The plan fits.",
        decided_on=D(2026, 4, 20),
        told_on=D(2026, 4, 20),
        by=caseworker,
        on=ON,
    )
    assert state(case) == (RequestState.NO_CHANGE, D(2026, 4, 20), "no_change")
    assert case.clocks.get(rule_code="B2").stop_kind == "ended"
    with pytest.raises(Refused, match="finished on 20 April 2026"):
        reassessments.propose_amendments(case=case, sent_on=D(2026, 4, 27), by=caseworker, on=ON)


def test_a_refusal_has_one_of_the_two_reasons(case, child, caseworker):
    def refuse(limb):
        return decisions.refuse_to_assess(
            case=case, limb=limb, grounds=["plan_fits"], reasons="It fits.", decided_on=D(2026, 2, 10),
            told_on=D(2026, 2, 10), by=caseworker, on=ON,
        )  # fmt: skip

    with pytest.raises(Refused, match="The last assessment is not recorded"):
        refuse("recent")
    with pytest.raises(Refused, match="part of the legal test"):
        refuse("no_needs")
    AssessmentRequestFactory(case__child=child, case__closed_on=D(2025, 12, 1), case__closed_because="issued",
                             case__opened_on=D(2025, 6, 1), received_on=D(2025, 6, 1), final_plan_on=D(2025, 12, 1),
                             state="issued")  # fmt: skip
    refuse("recent")
    assert state(case) == (RequestState.REFUSED, D(2026, 2, 10), "refused")
    assert Decision.objects.get().answer == "refuse_reassess"


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"source": RequestSource.SOCIAL_CARE}, "record your own decision"),
        ({"received_on": D(2026, 7, 1)}, "after today"),
        ({"received_on": D(2024, 5, 19)}, "ours from 20 May 2024"),
    ],
)
def test_a_request_that_cannot_be(plan, caseworker, different, words):
    given = {"source": RequestSource.SCHOOL, "received_on": D(2026, 2, 2)} | different
    with pytest.raises(Refused, match=words):
        reassessments.request_reassessment(plan=plan, by=caseworker, on=ON, **given)


def test_one_at_a_time(case, plan, caseworker):
    with pytest.raises(Refused, match="already open"):
        reassessments.request_reassessment(
            plan=plan, source=RequestSource.SCHOOL, received_on=ON, by=caseworker, on=ON
        )


def test_our_own_decision_starts_the_fourteen_weeks(plan, caseworker):
    case = reassessments.decide_ourselves(
        plan=plan, reasons="Needs have changed since the move.", decided_on=D(2026, 3, 2), told_on=D(2026, 3, 4),
        by=caseworker, on=ON,
    )  # fmt: skip
    assert due(case) == {"B2": D(2026, 6, 10)}


# Interim reviews


def test_an_interim_review_does_not_move_the_next_one(plan, child, caseworker):
    interim = reviews.open_interim(plan=plan, why="Placement at risk", by=caseworker, on=ON)
    assert Review.objects.filter(case__child=child, case__closed_on__isnull=True).count() == 2
    reviews.hold_meeting(case=interim.case, held_on=D(2026, 6, 8), by=caseworker, on=ON)
    reviews.decide(
        case=interim.case, answer="maintain", reasons="It holds.", decided_on=D(2026, 6, 15), told_on=D(2026, 6, 15),
        by=caseworker, on=ON,
    )  # fmt: skip
    to_come = Review.objects.get(case__child=child, case__closed_on__isnull=True)
    assert (to_come.type, to_come.due_on) == (ReviewType.ANNUAL, D(2025, 5, 19))
    assert review_calendar.settle(on=ON).moved == 0
    interim.case.refresh_from_db()
    assert interim.case.closed_because == "maintain"


def test_an_interim_review_is_not_the_review_to_come(plan, caseworker):
    to_come = reviews.review_of(plan, on=ON)
    with pytest.raises(Refused, match="beside it"):
        reviews.bring_forward(case=to_come.case, type=ReviewType.INTERIM, why="x", by=caseworker, on=ON)
    reviews.open_interim(plan=plan, why="Placement at risk", by=caseworker, on=ON)
    assert reviews.review_of(plan, on=ON) == to_come
    with pytest.raises(Refused, match="already open"):
        reviews.open_interim(plan=plan, why="Again", by=caseworker, on=ON)
    with pytest.raises(Refused, match="Enter why"):
        reviews.open_interim(plan=plan, why=" ", by=caseworker, on=ON)


# A phase transfer whose plan names the setting already


@pytest.fixture
def transfer(plan, child, caseworker):
    opened = phase_transfers.open_transfers(
        moves={child.pk: Phase.TO_SECONDARY}, year=2027, by=caseworker, on=ON
    )
    return opened.cases[0]


def maintain(transfer, caseworker):
    reviews.hold_meeting(case=transfer, held_on=D(2026, 6, 1), by=caseworker, on=ON)
    reviews.decide(
        case=transfer, answer="maintain", reasons="It fits.", decided_on=D(2026, 6, 8), told_on=D(2026, 6, 9),
        by=caseworker, on=ON,
    )  # fmt: skip


def test_maintained_and_named_already_stops_the_limit(transfer, caseworker):
    with pytest.raises(Refused, match="Decide the review first"):
        confirm(case=transfer, found_on=D(2026, 6, 9), by=caseworker, on=ON)
    maintain(transfer, caseworker)
    clock = transfer.clocks.get(rule_code="D2")
    assert (clock.due_on, clock.stopped_on) == (D(2027, 2, 14), None), "maintaining alone names no setting"
    confirm(case=transfer, found_on=D(2026, 6, 9), by=caseworker, on=ON)
    clock.refresh_from_db()
    assert (clock.stopped_on, clock.stop_kind) == (D(2026, 6, 9), "done")
    transfer.refresh_from_db()
    assert (transfer.closed_on, transfer.closed_because) == (ON, "already_named"), "opened on that day"
    assert Review.objects.with_stage().get(case=transfer).stage == "final"


def test_another_setting_was_agreed(transfer, caseworker):
    maintain(transfer, caseworker)
    other = EstablishmentFactory(name="Quarrywood Secondary School")
    phase_transfers.agree_setting(case=transfer, setting=other, words="", by=caseworker)
    with pytest.raises(Refused, match="Quarrywood Secondary School was agreed"):
        confirm(case=transfer, found_on=D(2026, 6, 9), by=caseworker, on=ON)


# Pages


@pytest.fixture
def worker(client, db, settings):
    settings.WAYMARK_TODAY = ON.isoformat()
    worker = UserFactory(name="Mira Quillfeather", role=RoleCode.CASEWORKER)
    client.force_login(worker)
    return worker


def test_the_pages_of_a_re_assessment(client, worker, plan, child):
    check = through(
        client, "log_reassessment", child.public_id,
        {"source": "1", **days("received_on", D(2026, 3, 2)), "channel": "letter"},
    )  # fmt: skip
    assert "due by 17 March 2026" in check.content.decode()
    page = send(client, check).content.decode()
    assert "Decide whether to re-assess" in page
    case = Case.objects.get(kind=CaseKind.REASSESSMENT)
    url = reverse("decide_to_assess", args=[case.public_id])
    assert "Carry out a re-assessment" in client.get(url).content.decode()
    client.post(url, {"answer": "yes"})
    filled = client.post(
        reverse("decide_to_assess", args=[case.public_id, "days"]),
        {**days("decided_on", D(2026, 3, 9)), **days("told_on", D(2026, 3, 9))},
    )
    check = client.get(filled.url)
    assert "14 weeks from telling the family): due by 15 June 2026" in check.content.decode()
    done = send(client, check).content.decode()
    assert "carry out a re-assessment" in done
    check = through(
        client, "finish_reassessment", case.public_id,
        {"answer": "amend", **days("sent_on", D(2026, 5, 18)), **days("served_on", D(2026, 5, 19))},
    )  # fmt: skip
    assert "must not be sent before 3 June 2026" in check.content.decode()
    page = send(client, check).content.decode()
    assert "Record the final amended plan" in page
    check = through(
        client, "issue_reassessed_plan", case.public_id,
        {**days("issued_on", D(2026, 6, 8)), "primary_need": "", "section_i": "unchanged"},
    )  # fmt: skip
    assert "met. The last day is 15 June 2026." in check.content.decode()
    assert "The re-assessment is finished" in send(client, check).content.decode()
    assert client.get(reverse("decide_to_issue", args=[case.public_id])).status_code == 404

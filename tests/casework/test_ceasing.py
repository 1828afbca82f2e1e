"""A plan ends in two stages, or at once where there is nothing to decide; and what ends with it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework.events import PlanCeased, PlanReopened, publish, subscribe, unsubscribe
from casework.models import Case, CaseKind, CeaseReason, Ceasing, MilestoneKind, NoAppeal, Plan, Review
from casework.rules.calendar import add_months
from casework.rules.ceasing import earliest_end, latest_end_by_age
from casework.rules.phase_transfers import Phase
from casework.services import ceasing, corrections, milestones, phase_transfers, review_calendar, reviews
from casework.services.ceasing_checks import may_end_from
from casework.services.refusals import Refused
from tests.factories.cases import CaseFactory, MilestoneFactory, PlanFactory, PlanVersionFactory
from tests.factories.moves import CeasingFactory

D = datetime.date
M = MilestoneKind
R = CeaseReason
ON = D(2026, 6, 30)


@pytest.fixture
def plan(child):
    """Rowan, born 4 May 2016, has a plan of 20 May 2024."""
    plan = PlanFactory(child=child, starts_on=D(2024, 5, 20))
    PlanVersionFactory(plan=plan)
    review_calendar.settle(on=ON)
    return plan


def consult(plan, caseworker, **different):
    given = {
        "plan": plan, "reason": R.NEEDS_MET, "why": "Outcomes met", "consulted_on": D(2026, 2, 2), "by": caseworker,
        "on": ON,
    }  # fmt: skip
    return ceasing.consult(**given | different)


def decide(case, caseworker, **different):
    given = {
        "case": case, "cease": True, "reasons": "Met without a plan.", "decided_on": D(2026, 3, 9),
        "told_on": D(2026, 3, 10), "by": caseworker, "on": ON,
    }  # fmt: skip
    return ceasing.decide(**given | different)


def adult(child):
    child.date_of_birth = D(2005, 5, 4)
    child.save()
    return child


@pytest.mark.parametrize(
    ("told", "certificate", "first"),
    [
        (D(2026, 3, 10), None, D(2026, 5, 11)),
        # One month from the certificate is later.
        (D(2026, 3, 10), D(2026, 4, 20), D(2026, 5, 21)),
        # The last day falls in August: the first working day of September.
        (D(2026, 6, 15), None, D(2026, 9, 2)),
        # Between 25 December and 1 January: the next working day in January, which is not a bank holiday.
        (D(2025, 10, 27), None, D(2026, 1, 3)),
    ],
)
def test_the_first_day_a_plan_can_end(told, certificate, first):
    assert earliest_end(told, certificate, frozenset({D(2026, 1, 1)})) == first


@given(told=st.dates(D(2015, 1, 1), D(2035, 1, 1)))
def test_the_end_never_comes_before_two_months_have_passed(told):
    """Nor is a later notice always later: only a last day in August or around the new year moves to a working day."""
    assert earliest_end(told, None, frozenset()) > add_months(told, 2)


@given(born=st.dates(D(1990, 1, 1), D(2020, 12, 31)))
def test_a_plan_can_be_kept_to_the_end_of_the_academic_year_of_the_25th_birthday(born):
    last = latest_end_by_age(born)
    assert (last.month, last.day) == (7, 31)
    assert 0 <= (last - D(born.year + 25, min(born.month, 12), min(born.day, 28))).days < 370


def test_two_stages_and_the_time_to_appeal(plan, caseworker):
    case = consult(plan, caseworker)
    plan.refresh_from_db()
    assert plan.ends_on is None
    decide(case, caseworker)
    assert may_end_from(case) == D(2026, 5, 11)
    assert case.clocks.get(rule_code="F3").due_on == D(2026, 5, 10)
    with pytest.raises(Refused, match="The family can appeal until 10 May 2026"):
        ceasing.end(case=case, ended_on=D(2026, 5, 10), by=caseworker, on=ON)
    heard = []
    subscribe(PlanCeased, heard.append)
    try:
        ceasing.end(case=case, ended_on=D(2026, 5, 11), by=caseworker, on=ON)
    finally:
        unsubscribe(PlanCeased, heard.append)
    plan.refresh_from_db()
    assert (plan.ends_on, plan.cease_reason) == (D(2026, 5, 11), "2")
    assert plan.versions.get().ends_on == D(2026, 5, 11)
    assert [(one.plan_id, one.ceased_on, one.reason) for one in heard] == [(plan.pk, D(2026, 5, 11), "2")]
    assert not Case.objects.filter(child=plan.child, closed_on__isnull=True).exists()
    with pytest.raises(Refused, match="This was finished on 11 May 2026"):
        ceasing.end(case=case, ended_on=D(2026, 5, 12), by=caseworker, on=ON)


def test_a_plan_does_not_end_twice(plan, caseworker):
    ceasing.end_at_once(
        plan=plan, reason=R.LEFT_ENGLAND, ended_on=D(2026, 6, 1), why="E-mail", by=caseworker, on=ON
    )
    plan.refresh_from_db()
    with pytest.raises(Refused, match="moved outside england"):
        ceasing.end_at_once(
            plan=plan, reason=R.LEFT_ENGLAND, ended_on=D(2026, 6, 2), why="E-mail", by=caseworker, on=ON
        )
    with pytest.raises(Refused, match="cannot end twice"):
        consult(plan, caseworker)


def test_the_plan_goes_on(plan, caseworker):
    case = consult(plan, caseworker)
    decide(case, caseworker, cease=False, reasons="Still needed.")
    case.refresh_from_db()
    plan.refresh_from_db()
    assert (case.closed_because, plan.ends_on) == ("plan_goes_on", None)
    consult(plan, caseworker, consulted_on=D(2026, 6, 1))


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"reason": R.TRANSFERRED}, "Record a move out"),
        ({"reason": R.DECEASED}, "End the plan without consultation"),
        ({"reason": R.NOT_ENGAGING}, "under 18 until 4 May 2034"),
        ({"reason": R.EMPLOYMENT}, "SEND Regs 2014 reg 29"),
        ({"why": " "}, "Enter why"),
        ({"consulted_on": D(2026, 7, 1)}, "after today"),
        ({"consulted_on": D(2024, 5, 19)}, "before the plan was ours"),
    ],
)
def test_what_cannot_be_consulted_about(plan, caseworker, different, words):
    with pytest.raises(Refused, match=words):
        consult(plan, caseworker, **different)
    assert not Case.objects.filter(kind=CaseKind.CEASING).exists()


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"reasons": ""}, "Enter the reasons"),
        ({"told_on": D(2026, 3, 8)}, "before the decision"),
        ({"decided_on": D(2026, 2, 1), "told_on": D(2026, 2, 3)}, "before the family was consulted"),
        ({"told_on": D(2026, 7, 1)}, "after today"),
    ],
)
def test_a_decision_that_cannot_be(plan, caseworker, different, words):
    case = consult(plan, caseworker)
    with pytest.raises(Refused, match=words):
        decide(case, caseworker, **different)


def test_review_first_when_a_young_person_stopped_attending(child, plan, caseworker):
    adult(child)
    case = consult(
        plan, caseworker, reason=R.NOT_ENGAGING, stopped_attending_on=D(2026, 1, 12), wishes_to_return=False
    )
    with pytest.raises(Refused, match="Review the plan first and find out whether"):
        decide(case, caseworker)
    review = Review.objects.get(case__child=child, case__closed_on__isnull=True)
    reviews.hold_meeting(case=review.case, held_on=D(2026, 2, 20), by=caseworker, on=ON)
    decide(case, caseworker)


def test_an_appeal_keeps_the_plan(plan, caseworker):
    case = consult(plan, caseworker)
    decide(case, caseworker)
    milestones.record(case=case, kind=M.APPEAL_REGISTERED, happened_on=D(2026, 4, 20), by=caseworker, on=ON)
    assert case.clocks.get(rule_code="F3").stop_kind == "ended"
    with pytest.raises(Refused, match="An appeal was registered on 20 April 2026 and is not over"):
        ceasing.end(case=case, ended_on=D(2026, 6, 1), by=caseworker, on=ON)
    ceasing.end(
        case=case, ended_on=D(2026, 6, 8), no_appeal=NoAppeal.DISMISSED, no_appeal_proof="Order of 8 June 2026",
        by=caseworker, on=ON,
    )  # fmt: skip
    assert Plan.objects.get().ends_on == D(2026, 6, 8)


def test_an_appeal_in_a_case_of_its_own_keeps_the_plan_too(plan, caseworker):
    case = consult(plan, caseworker)
    decide(case, caseworker)
    appeal = CaseFactory(child=plan.child, kind=CaseKind.APPEAL, opened_on=D(2026, 4, 20))
    MilestoneFactory(case=appeal, kind=M.APPEAL_REGISTERED, happened_on=D(2026, 4, 20))
    with pytest.raises(Refused, match="is not over"):
        ceasing.end(case=case, ended_on=D(2026, 6, 1), by=caseworker, on=ON)
    MilestoneFactory(case=appeal, kind=M.CEASING_APPEAL_DISMISSED, happened_on=D(2026, 6, 1))
    ceasing.end(
        case=case,
        ended_on=D(2026, 6, 1),
        no_appeal=NoAppeal.DISMISSED,
        no_appeal_proof="Order",
        by=caseworker,
        on=ON,
    )


@pytest.mark.parametrize(
    ("ground", "proof", "words"),
    [
        (NoAppeal.LEFT_AREA, "", "how it is known"),
        (NoAppeal.DISMISSED, "Order", "No appeal is recorded"),
        (NoAppeal.TOO_OLD, "Birth certificate", "turns 25 on 4 May 2041"),
    ],
)
def test_why_no_appeal_is_possible_must_hold(plan, caseworker, ground, proof, words):
    case = consult(plan, caseworker)
    decide(case, caseworker)
    with pytest.raises(Refused, match=words):
        ceasing.end(
            case=case, ended_on=D(2026, 3, 20), no_appeal=ground, no_appeal_proof=proof, by=caseworker, on=ON
        )


def test_the_end_is_not_recorded_before_the_decision(plan, caseworker):
    case = consult(plan, caseworker)
    with pytest.raises(Refused, match="Record the decision to cease"):
        ceasing.end(case=case, ended_on=ON, by=caseworker, on=ON)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (R.NEEDS_MET, "Consult the family"),
        (R.TRANSFERRED, "Record a move out"),
        (R.MAXIMUM_AGE, "turns 25 on 4 May 2041. The plan can be kept to 31 July 2041"),
    ],
)
def test_what_cannot_end_at_once(plan, caseworker, reason, words):
    with pytest.raises(Refused, match=words):
        ceasing.end_at_once(plan=plan, reason=reason, ended_on=ON, why="Letter", by=caseworker, on=ON)


def test_twenty_five(child, caseworker):
    child.date_of_birth = D(2001, 3, 3)
    child.save()
    plan = PlanFactory(child=child, starts_on=D(2015, 1, 5))
    ceasing.end_at_once(
        plan=plan, reason=R.MAXIMUM_AGE, ended_on=D(2026, 5, 1), why="Course ended", by=caseworker, on=ON
    )
    assert Ceasing.objects.get().without_consultation


def test_a_death_while_ceasing_is_decided(plan, caseworker):
    case = consult(plan, caseworker)
    ceasing.end_at_once(
        plan=plan, reason=R.DECEASED, ended_on=D(2026, 6, 1), why="Registrar", by=caseworker, on=ON
    )
    found = Ceasing.objects.get(case=case)
    assert (found.reason, found.no_appeal) == ("8", "died")
    plan.child.refresh_from_db()
    assert plan.child.died_on == D(2026, 6, 1)


def test_what_is_open_beside_the_plan_closes_with_it(child, plan, caseworker):
    phase_transfers.open_transfers(moves={child.pk: Phase.TO_SECONDARY}, year=2027, by=caseworker, on=ON)
    ceasing.end_at_once(
        plan=plan, reason=R.LEFT_ENGLAND, ended_on=D(2026, 6, 1), why="E-mail", by=caseworker, on=ON
    )
    closed = dict(Case.objects.filter(child=child).values_list("kind", "closed_because"))
    assert closed == {"annual_review": "plan_ended", "phase_transfer": "plan_ended", "ceasing": "ceased"}
    assert review_calendar.settle(on=ON).opened == 0


def test_an_end_after_which_a_review_was_decided_is_refused(plan, caseworker):
    review = Review.objects.get(case__closed_on__isnull=True)
    reviews.hold_meeting(case=review.case, held_on=D(2026, 5, 4), by=caseworker, on=ON)
    reviews.decide(
        case=review.case, answer="maintain", reasons="It fits.", decided_on=D(2026, 5, 11), told_on=D(2026, 5, 11),
        by=caseworker, on=ON,
    )  # fmt: skip
    with pytest.raises(Refused, match="A review was decided on 11 May 2026"):
        ceasing.end_at_once(
            plan=plan, reason=R.LEFT_ENGLAND, ended_on=D(2026, 5, 1), why="E-mail", by=caseworker, on=ON
        )


def ended(plan, caseworker):
    ceasing.end_at_once(
        plan=plan, reason=R.LEFT_ENGLAND, ended_on=D(2026, 6, 1), why="E-mail", by=caseworker, on=ON
    )
    return Case.objects.get(kind=CaseKind.CEASING).milestones.get(kind=M.PLAN_CEASED)


def test_a_corrected_end_moves_everywhere(plan, caseworker):
    fact = ended(plan, caseworker)
    corrections.correct(milestone=fact, happened_on=D(2026, 6, 8), reason="Misread", by=caseworker, on=ON)
    plan.refresh_from_db()
    assert (plan.ends_on, plan.versions.get().ends_on) == (D(2026, 6, 8), D(2026, 6, 8))
    assert set(Case.objects.values_list("closed_on", flat=True)) == {D(2026, 6, 8)}


def test_an_end_taken_back_puts_the_plan_in_force_again(plan, caseworker):
    fact, heard = ended(plan, caseworker), []
    subscribe(PlanReopened, heard.append)
    try:
        corrections.withdraw(milestone=fact, reason="Another child's letter", by=caseworker)
    finally:
        unsubscribe(PlanReopened, heard.append)
    plan.refresh_from_db()
    assert (plan.ends_on, plan.cease_reason, plan.versions.get().ends_on) == (None, "", None)
    assert len(heard) == 1
    review = Review.objects.get(case__closed_on__isnull=True, case__kind=CaseKind.ANNUAL_REVIEW)
    assert review.due_on == D(2025, 5, 19)


def test_an_end_is_not_taken_back_beside_a_newer_plan(plan, caseworker):
    fact = ended(plan, caseworker)
    PlanFactory(child=plan.child, starts_on=D(2026, 6, 15))
    with pytest.raises(Refused, match="newer plan, made on 15 June 2026"):
        corrections.withdraw(milestone=fact, reason="Wrong", by=caseworker)


@pytest.mark.django_db(transaction=True)
def test_an_event_belongs_to_a_transaction(db):
    with pytest.raises(RuntimeError):
        publish(PlanReopened(1, 1, 1, ON))


def test_a_follower_that_fails_takes_the_end_with_it(plan, caseworker):
    def fail(event):
        message = "No team."
        raise ValueError(message)

    subscribe(PlanCeased, fail)
    try:
        with pytest.raises(ValueError, match="No team"), transaction.atomic():
            ended(plan, caseworker)
    finally:
        unsubscribe(PlanCeased, fail)
    plan.refresh_from_db()
    assert plan.ends_on is None


# Constraints


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"no_appeal": "died"}, "ceasing_no_appeal_with_proof"),
        ({"no_appeal": "nonsense", "no_appeal_proof": "x"}, "ceasing_no_appeal_known"),
        ({"reason": "0"}, "ceasing_reason_known"),
        ({"why": ""}, "ceasing_says_why"),
    ],
)
def test_the_database_refuses(db, facts, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CeasingFactory(**facts)

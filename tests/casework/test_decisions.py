"""Deciding, refusing, issuing; excusing; correcting."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from casework.models import (
    Answer,
    AssessmentRequest,
    Decision,
    Ground,
    Milestone,
    MilestoneKind,
    Need,
    Plan,
    RequestState,
)
from casework.services import corrections, decisions, exceptions, milestones, plans
from casework.services.refusals import Refused, StaleEdit
from tests.casework.conftest import MONDAY
from tests.factories.cases import ClockFactory
from tests.factories.people import UserFactory

LATER = MONDAY + datetime.timedelta(days=200)


def day(number):
    return MONDAY + datetime.timedelta(days=number)


@pytest.fixture
def case(log_request):
    return log_request()


@pytest.fixture
def assessing(case, caseworker):
    decisions.decide_to_assess(case=case, decided_on=day(30), told_on=day(32), by=caseworker, on=LATER)
    return case


@pytest.fixture
def issuing(assessing, caseworker):
    decisions.decide_to_issue(case=assessing, decided_on=day(100), told_on=day(100), by=caseworker, on=LATER)
    return assessing


def refusal(case, caseworker, **different):
    return decisions.refuse_to_assess(
        **{
            "case": case,
            "limb": "not_necessary",
            "grounds": ["progress"],
            "reasons": "Rowan's reading has caught up with the support the school gives.",
            "decided_on": day(40),
            "told_on": day(41),
            "by": caseworker,
            "on": LATER,
        }
        | different
    )


def state(case):
    return AssessmentRequest.objects.get(pk=case.pk).state


def stops(case):
    return {
        code: (on, kind) for code, on, kind in case.clocks.values_list("rule_code", "stopped_on", "stop_kind")
    }


def test_the_day_the_family_was_told_stops_the_six_weeks(assessing):
    assert stops(assessing) == {"A1": (day(32), "done"), "A6": (None, ""), "A10": (None, "")}
    assert state(assessing) == RequestState.ASSESSING
    assert AssessmentRequest.objects.get(pk=assessing.pk).decided_on == day(32)
    assert Decision.objects.get().decided_on == day(30)


def test_a_refusal_ends_the_16_and_20_weeks_and_closes_the_case(case, caseworker):
    decision = refusal(case, caseworker)
    assert (decision.answer, decision.test_applied, decision.grounds) == (
        Answer.REFUSE_ASSESS, "not_necessary", ["progress"]
    )  # fmt: skip
    assert stops(case) == {"A1": (day(41), "done"), "A6": (day(41), "ended"), "A10": (day(41), "ended")}
    case.refresh_from_db()
    assert (case.closed_on, case.closed_because) == (day(41), "refused")


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"limb": ""}, "limb"),
        ({"limb": "no_plans_this_year"}, "limb"),
        ({"grounds": []}, "grounds"),
        ({"grounds": ["budget"]}, "grounds"),
        ({"reasons": "  \n "}, "reasons"),
        ({"told_on": LATER + datetime.timedelta(days=1)}, "told_on"),
        ({"decided_on": LATER + datetime.timedelta(days=1)}, "decided_on"),
        ({"told_on": day(39)}, "told_on"),
        ({"decided_on": day(-1), "told_on": day(2)}, "decided_on"),
    ],
)
def test_a_refusal_needs_the_test_grounds_reasons_and_days_in_order(case, caseworker, different, field):
    with pytest.raises(Refused) as refused:
        refusal(case, caseworker, **different)
    assert refused.value.field == field
    assert state(case) == RequestState.UNDECIDED
    assert not Decision.objects.exists()


def test_one_decision_on_one_question(assessing, caseworker):
    with pytest.raises(Refused, match="cannot be"):
        refusal(assessing, caseworker)
    assert Decision.objects.count() == 1


def test_issue_needs_a_decision_to_assess_and_a_plan_a_decision_to_issue(case, caseworker):
    with pytest.raises(Refused, match="Record “Family told of the decision to assess”"):
        decisions.decide_to_issue(case=case, decided_on=day(90), told_on=day(90), by=caseworker, on=LATER)
    decisions.decide_to_assess(case=case, decided_on=day(30), told_on=day(30), by=caseworker, on=LATER)
    with pytest.raises(Refused, match="Record “Decision to issue a plan”"):
        plans.issue_final(case=case, issued_on=day(120), primary_need=Need.ASD, by=caseworker, on=LATER)


def test_the_final_plan_is_made_on_the_day_it_was_sent(issuing, caseworker):
    version = plans.issue_final(
        case=issuing, issued_on=day(139), primary_need=Need.ASD, by=caseworker, on=LATER
    )
    assert (version.plan.starts_on, version.plan.request, version.starts_on) == (day(139), issuing, day(139))
    assert stops(issuing)["A10"] == (day(139), "done")
    assert state(issuing) == RequestState.ISSUED
    issuing.refresh_from_db()
    assert issuing.closed_because == "issued"


def test_no_second_plan_while_one_is_in_force(issuing, caseworker):
    Plan.objects.create(child=issuing.child, starts_on=day(10))
    with pytest.raises(Refused, match="already has a plan made on 12 June 2025"):
        plans.issue_final(case=issuing, issued_on=day(139), primary_need=Need.ASD, by=caseworker, on=LATER)
    assert state(issuing) == RequestState.ISSUING


def test_a_refusal_to_issue_ends_the_20_weeks(assessing, caseworker):
    decisions.refuse_to_issue(
        case=assessing,
        limb="not_necessary",
        grounds=["ordinarily_available"],
        reasons="What the assessment recommends, the school gives.",
        decided_on=day(110),
        told_on=day(111),
        by=caseworker,
        on=LATER,
    )
    assert stops(assessing)["A6"] == (day(111), "done")
    assert stops(assessing)["A10"] == (day(111), "ended")
    assert state(assessing) == RequestState.NOT_ISSUED


def test_an_exception_excuses_and_moves_nothing(issuing, caseworker):
    before = list(issuing.clocks.values_list("rule_code", "due_on"))
    exceptions.add(
        case=issuing,
        rule_code="A10",
        ground=Ground.PERSONAL,
        starts_on=day(50),
        ends_on=day(80),
        evidence="Rowan was in hospital; letter of 30 July.",
        approved_on=day(90),
        family_told_on=day(91),
        by=caseworker,
        on=LATER,
    )
    assert list(issuing.clocks.values_list("rule_code", "due_on")) == before
    assert AssessmentRequest.objects.get(pk=issuing.pk).excepted
    late = issuing.clocks.with_status(day(150)).get(rule_code="A10")
    assert late.status == "overdue_excused"
    assert issuing.clocks.with_status(day(89)).get(rule_code="A10").excused is False


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"ground": Ground.ABSENT, "ends_on": day(70)}, "shorter than 4 weeks"),
        (
            {"ground": Ground.SCHOOL_CLOSED, "advice_asked_on": day(10)},
            "The advice was asked on 12 June 2025",
        ),
        ({"ground": Ground.NOT_STATED}, "Nothing excuses"),
        ({"ground": Ground.MISSED_APPOINTMENT}, "This ground does not excuse “Send the final plan"),
        ({"rule_code": "A8"}, "does not run"),
        ({"evidence": " "}, "Enter the evidence"),
        ({"starts_on": LATER + datetime.timedelta(days=1), "ends_on": None}, "cannot begin after today"),
        ({"ends_on": day(40)}, "end before they begin"),
    ],
)
def test_what_is_no_exception_is_refused(issuing, caseworker, different, words):
    with pytest.raises(Refused) as refused:
        exceptions.add(
            **{
                "case": issuing,
                "rule_code": "A10",
                "ground": Ground.PERSONAL,
                "starts_on": day(50),
                "ends_on": day(80),
                "evidence": "A letter",
                "approved_on": day(90),
                "by": caseworker,
                "on": LATER,
            }
            | different
        )
    assert words in refused.value.words
    assert not AssessmentRequest.objects.get(pk=issuing.pk).excepted


def test_a_missed_appointment_excuses_the_body_asked_and_nobody_else(issuing, caseworker):
    """SEND Regs 2014 reg 8(2)(c): the six weeks of the body that asked the child to come, and only those."""
    ClockFactory(case=issuing, rule_code="A5", part="health", started_on=day(33), due_on=day(75))
    given = {
        "case": issuing, "starts_on": day(60), "ends_on": day(60), "evidence": "Did not come on 1 August.",
        "approved_on": day(80), "by": caseworker, "on": LATER,
    }  # fmt: skip
    exceptions.add(rule_code="A5", part="health", ground=Ground.MISSED_APPOINTMENT, **given)
    assert issuing.clocks.with_status(day(90)).get(rule_code="A5").status == "overdue_excused"
    with pytest.raises(Refused) as refused:
        exceptions.add(rule_code="A5", part="health", ground=Ground.SCHOOL_CLOSED, **given)
    assert refused.value.field == "ground"
    assert "The grounds that do are: Exceptional personal circumstances" in refused.value.words
    for rule_code in ("A6", "A10"):
        with pytest.raises(Refused, match="does not excuse"):
            exceptions.add(rule_code=rule_code, ground=Ground.MISSED_APPOINTMENT, **given)


def test_a_corrected_date_moves_the_clocks_and_keeps_the_old_row(case, caseworker):
    received = case.milestones.get()
    new = corrections.correct(
        milestone=received,
        happened_on=day(-7),
        reason="The e-mail came a week earlier",
        by=caseworker,
        on=LATER,
    )
    received.refresh_from_db()
    assert (received.replaced, received.happened_on, new.replaces) == (True, MONDAY, received)
    assert case.clocks.get(rule_code="A10").due_on == datetime.date(2025, 10, 13)
    case.refresh_from_db()
    assert case.opened_on == day(-7)


def test_a_correction_needs_a_reason_in_service_and_database(case, caseworker):
    received = case.milestones.get()
    with pytest.raises(Refused) as refused:
        corrections.correct(milestone=received, happened_on=day(-7), reason=" ", by=caseworker, on=LATER)
    assert refused.value.field == "reason"
    with pytest.raises(IntegrityError, match="milestone_correction_has_a_reason"), transaction.atomic():
        Milestone.objects.create(case=case, kind="request_received", happened_on=day(-7), replaces=received)


def test_a_correction_keeps_the_order_of_things(assessing, caseworker):
    received = assessing.milestones.get(kind=MilestoneKind.REQUEST_RECEIVED)
    with pytest.raises(Refused, match="Check both dates"):
        corrections.correct(milestone=received, happened_on=day(33), reason="Slip", by=caseworker, on=LATER)


def test_correcting_a_refusal_moves_its_reasons_along(case, caseworker):
    decision = refusal(case, caseworker)
    new = corrections.correct(
        milestone=decision.milestone,
        happened_on=day(42),
        reason="Posted a day later",
        by=caseworker,
        on=LATER,
    )
    decision.refresh_from_db()
    assert decision.milestone == new
    with pytest.raises(Refused, match="decision was made on 12 July 2025"):
        corrections.correct(milestone=new, happened_on=day(39), reason="Slip", by=caseworker, on=LATER)


def test_correcting_the_final_plan_moves_the_plan(issuing, caseworker):
    plans.issue_final(case=issuing, issued_on=day(139), primary_need=Need.ASD, by=caseworker, on=LATER)
    sent = issuing.milestones.get(kind=MilestoneKind.FINAL_PLAN_ISSUED)
    corrections.correct(
        milestone=sent, happened_on=day(141), reason="Left a day later", by=caseworker, on=LATER
    )
    plan = Plan.objects.get()
    assert (plan.starts_on, plan.versions.get().starts_on) == (day(141), day(141))
    sent.refresh_from_db()
    with pytest.raises(Refused, match="already been corrected"):
        corrections.correct(milestone=sent, happened_on=day(140), reason="Again", by=caseworker, on=LATER)


def test_a_withdrawn_decision_opens_the_question_again(case, caseworker):
    decision = refusal(case, caseworker)
    corrections.withdraw(milestone=decision.milestone, reason="Recorded on the wrong child", by=caseworker)
    assert state(case) == RequestState.UNDECIDED
    assert stops(case)["A10"] == (None, "")
    case.refresh_from_db()
    assert case.closed_on is None


def test_what_others_rest_on_cannot_be_taken_away(issuing, caseworker):
    for kind in (MilestoneKind.REQUEST_RECEIVED, MilestoneKind.DECIDED_TO_ASSESS):
        with pytest.raises(Refused):
            corrections.withdraw(milestone=issuing.milestones.get(kind=kind), reason="Slip", by=caseworker)


def test_reopening_beside_another_open_request_is_refused(case, caseworker, log_request):
    decision = refusal(case, caseworker)
    log_request(received_on=day(60), on=LATER)
    with pytest.raises(Refused, match="another open request"):
        corrections.withdraw(milestone=decision.milestone, reason="Slip", by=caseworker)
    decision.milestone.refresh_from_db()
    assert not decision.milestone.replaced


def test_the_second_of_two_people_is_told_who_did_what(case, caseworker):
    other = UserFactory(name="Ash Merrow")
    seen = case.version
    refusal(case, other, version=seen)
    with pytest.raises(StaleEdit) as stale:
        decisions.decide_to_assess(
            case=case, decided_on=day(30), told_on=day(32), by=caseworker, on=LATER, version=seen
        )
    [change] = stale.value.changes
    assert change.who == "Ash Merrow"
    assert change.what == "recorded “Family told of the decision not to assess” on 13 July 2025"
    assert Decision.objects.get().decided_by == other


def test_the_future_is_refused_by_the_database_too(case):
    with pytest.raises(IntegrityError, match="milestone_not_in_the_future"), transaction.atomic():
        Milestone.objects.create(
            case=case, kind=MilestoneKind.DECIDED_TO_ASSESS, happened_on=datetime.date(2199, 1, 1)
        )


def test_other_milestones_keep_the_same_rules(assessing, caseworker):
    milestones.record(
        case=assessing, kind=MilestoneKind.DRAFT_PLAN_SERVED, happened_on=day(110), by=caseworker, on=LATER
    )
    a8 = assessing.clocks.get(rule_code="A8")
    assert a8.due_on == day(124)
    with pytest.raises(Refused, match="does not belong"):
        milestones.record(
            case=assessing,
            kind=MilestoneKind.REVIEW_MEETING_HELD,
            happened_on=day(110),
            by=caseworker,
            on=LATER,
        )

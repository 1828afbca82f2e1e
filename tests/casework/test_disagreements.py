"""Mediation and appeals: rights, dates worked by hand, what goes on after an order, and what is refused."""

import datetime

import pytest

from casework.columns import CameFrom
from casework.models import (
    AssessmentRequest,
    Case,
    CaseKind,
    DirectionKind,
    HearingKind,
    HearingOutcome,
    MediationAbout,
    Milestone,
    MilestoneKind,
    Plan,
    RequestState,
    RoleCode,
)
from casework.queries import disagreements as standings
from casework.queries.appeal_rights import appeal_rights
from casework.rules.appeal_rights import Appealable
from casework.rules.tribunal_orders import OrderKind
from casework.rules.undertakings import Undertaking
from casework.services import (
    amendments,
    appeals,
    corrections,
    decisions,
    disagreements,
    mediation,
    milestones,
    tribunal,
)
from casework.services.clocks import differences
from casework.services.refusals import Refused, StaleEdit
from tests.factories.cases import (
    CaseFactory,
    DecisionFactory,
    MilestoneFactory,
    PlanFactory,
    PlanVersionFactory,
)
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)
REFUSED = D(2025, 7, 7)


@pytest.fixture
def refused(log_request, caseworker):
    """A request of 2 June 2025, refused an assessment on 7 July 2025: the milestone of the decision."""
    case = log_request()
    decision = decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="Why not.", decided_on=REFUSED,
        told_on=REFUSED, by=caseworker, on=ON,
    )  # fmt: skip
    return Milestone.objects.get(pk=decision.milestone_id)


@pytest.fixture
def not_issued(log_request, caseworker):
    """A request that was assessed and refused a plan on 15 September 2025."""
    case = log_request()
    decisions.decide_to_assess(case=case, decided_on=REFUSED, told_on=REFUSED, by=caseworker, on=ON)
    decision = decisions.refuse_to_issue(
        case=case, limb="not_necessary", grounds=["support_working"], reasons="Why not.",
        decided_on=D(2025, 9, 15), told_on=D(2025, 9, 15), by=caseworker, on=ON,
    )  # fmt: skip
    return Milestone.objects.get(pk=decision.milestone_id)


@pytest.fixture
def plan_sent(child):
    """A plan sent on 3 March 2025, whose contents may be appealed."""
    case = CaseFactory(
        child=child, opened_on=D(2024, 10, 14), closed_on=D(2025, 3, 3), closed_because="issued"
    )
    sent = MilestoneFactory(case=case, kind=M.FINAL_PLAN_ISSUED, happened_on=D(2025, 3, 3))
    plan = PlanFactory(child=child, request=case, starts_on=D(2025, 3, 3))
    PlanVersionFactory(plan=plan)
    return sent


@pytest.fixture
def by(caseworker):
    return {"by": caseworker, "on": ON}


OCTOBER, AUGUST = D(2025, 10, 6), D(2025, 8, 4)


def registered(decision, by, day=OCTOBER, **different):
    """An appeal against a decision."""
    if decision.kind == M.FINAL_PLAN_ISSUED:
        different = {"sections": "BF"} | different
    return appeals.register(about=disagreements.disputed(decision), registered_on=day, **different, **by)


def held(decision, by, day=AUGUST):
    """A mediation that was asked for on 14 July and held."""
    case = mediation.open_with_request(
        about=disagreements.disputed(decision), wants=MediationAbout.EDUCATION, told_on=D(2025, 7, 14), **by
    )
    mediation.hold(case=case, held_on=day, attended="Parents, SEND manager, mediator", **by)
    return case


def due(case):
    """The running and finished limits of a case: code -> (last day, day it stopped)."""
    return {row.rule_code: (row.due_on, row.stopped_on) for row in case.clocks.all()}


def fresh(case):
    return Case.objects.select_related("request", "appeal", "mediation").get(pk=case.pk)


# Rights of appeal


def test_a_refusal_gives_two_months_to_appeal(refused, child):
    (right,) = appeal_rights(child, ON)
    assert (right.against, right.sent_on) == (Appealable.REFUSE_ASSESS, REFUSED)
    # 7 July + 2 months = 7 September 2025, a Sunday; days of the week do not matter.
    assert right.last_day == right.adviser_by == D(2025, 9, 7)
    assert not right.is_open
    assert right.why == ("Decision letter with appeal right sent 7 July 2025 + 2 months = 7 September 2025.")
    (then,) = appeal_rights(child, D(2025, 9, 7))
    assert then.is_open
    assert appeal_rights(child, D(2025, 7, 6)) == []


@pytest.mark.parametrize(
    ("certificate", "last"),
    [
        (
            D(2025, 7, 31),
            D(2025, 9, 7),
        ),  # one month from it is in August and earlier: the letter's two months stand
        (D(2025, 8, 15), D(2025, 9, 15)),
        (D(2025, 9, 5), D(2025, 10, 5)),
    ],
)
def test_the_certificate_gives_a_month_more(refused, child, by, certificate, last):
    mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_CERTIFICATE_ISSUED,
        happened_on=certificate,
        **by,
    )
    (right,) = appeal_rights(child, ON)
    assert (right.certificate_on, right.last_day) == (certificate, last)
    assert appeal_rights(child, D(2025, 7, 10))[0].last_day == D(2025, 9, 7)


@pytest.mark.parametrize(
    ("kind", "case_kind", "answer", "against"),
    [
        (M.DECIDED_NOT_TO_ISSUE, CaseKind.REQUEST, "", Appealable.REFUSE_ISSUE),
        (M.FINAL_PLAN_ISSUED, CaseKind.REQUEST, "", Appealable.CONTENTS),
        (M.AMENDED_PLAN_ISSUED, CaseKind.ANNUAL_REVIEW, "", Appealable.CONTENTS),
        (M.PHASE_TRANSFER_PLAN_ISSUED, CaseKind.PHASE_TRANSFER, "", Appealable.CONTENTS),
        (M.DECIDED_NOT_TO_ASSESS, CaseKind.REASSESSMENT, "", Appealable.REFUSE_REASSESS),
        (M.REVIEW_DECIDED, CaseKind.ANNUAL_REVIEW, "maintain", Appealable.NOT_AMENDED),
        (M.REVIEW_DECIDED, CaseKind.ANNUAL_REVIEW, "amend", None),
        (M.REVIEW_DECIDED, CaseKind.ANNUAL_REVIEW, "cease", Appealable.CEASE),
        (M.DECIDED_NOT_TO_AMEND, CaseKind.ANNUAL_REVIEW, "", Appealable.NOT_AMENDED),
        (M.CEASE_DECIDED, CaseKind.CEASING, "", Appealable.CEASE),
        (M.DECIDED_TO_ASSESS, CaseKind.REQUEST, "", None),
        (M.DRAFT_PLAN_SERVED, CaseKind.REQUEST, "", None),
    ],
)
def test_which_decisions_may_be_appealed(child, kind, case_kind, answer, against):
    row = MilestoneFactory(
        case=CaseFactory(child=child, kind=case_kind), kind=kind, happened_on=D(2026, 3, 2)
    )
    if answer:
        DecisionFactory(milestone=row, question="review", answer=answer, decided_on=D(2026, 3, 2))
    assert [right.against for right in appeal_rights(child, ON)] == ([against] if against else [])


def test_the_notice_to_cease_takes_the_place_of_the_review_that_led_to_it(child):
    review = MilestoneFactory(
        case=CaseFactory(child=child, kind=CaseKind.ANNUAL_REVIEW),
        kind=M.REVIEW_DECIDED,
        happened_on=D(2026, 3, 2),
    )
    DecisionFactory(milestone=review, question="review", answer="cease", decided_on=D(2026, 3, 2))
    notice = MilestoneFactory(
        case=CaseFactory(child=child, kind=CaseKind.CEASING), kind=M.CEASE_DECIDED, happened_on=D(2026, 4, 1)
    )
    assert [right.decision.pk for right in appeal_rights(child, ON)] == [notice.pk]


def test_rights_take_the_same_number_of_statements_for_any_number(
    child, refused, django_assert_max_num_queries
):
    for number in range(5):
        MilestoneFactory(
            case=CaseFactory(child=child, kind=CaseKind.ANNUAL_REVIEW), kind=M.AMENDED_PLAN_ISSUED,
            happened_on=D(2026, 1, 1 + number),
        )  # fmt: skip
    with django_assert_max_num_queries(6):
        assert len(appeal_rights(child, ON)) == 6


# Mediation


def test_mediation_declined_and_its_certificate(refused, by):
    case = mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_ADVISER_CONTACTED,
        happened_on=D(2025, 7, 14),
        **by,
    )
    assert due(case)["G1"] == (D(2025, 9, 7), D(2025, 7, 14))
    mediation.decline(case=case, declined_on=D(2025, 7, 17), **by)
    # Thursday 17 July + 3 working days: Friday, Monday, Tuesday 22 July.
    assert due(case)["G2"] == (D(2025, 7, 22), None)
    mediation.issue_certificate(case=case, issued_on=D(2025, 7, 21), **by)
    assert due(case)["G2"] == (D(2025, 7, 22), D(2025, 7, 21))
    now = fresh(case)
    assert (now.opened_on, now.closed_on, now.closed_because) == (
        D(2025, 7, 14),
        D(2025, 7, 21),
        "certificate",
    )
    assert not now.mediation.is_open


def test_mediation_asked_for_with_health_held_and_agreed(refused, by):
    case = mediation.open_with_request(
        about=disagreements.disputed(refused), wants=MediationAbout.WITH_HEALTH, told_on=D(2025, 7, 14), **by
    )
    # 14 July + 30 days = 13 August; 3 working days = Thursday 17 July.
    assert due(case)["G3"] == (D(2025, 8, 13), None)
    assert due(case)["G4"] == (D(2025, 7, 17), None)
    mediation.tell_health(case=case, told_on=D(2025, 7, 16), **by)
    mediation.hold(case=case, held_on=D(2025, 8, 4), attended="Parents, SEND manager", **by)
    assert due(case)["G3"][1] == D(2025, 8, 4)
    assert fresh(case).closed_on is None
    mediation.agree(case=case, what=Undertaking.ASSESS, agreed_on=D(2025, 8, 4), terms="To assess", **by)
    # 4 August + 2, 10 and 14 weeks.
    assert {code: due(case)[code][0] for code in ("G6.1", "G6.2", "G6.3")} == {
        "G6.1": D(2025, 8, 18), "G6.2": D(2025, 10, 13), "G6.3": D(2025, 11, 10),
    }  # fmt: skip


def test_health_only_mediation_is_arranged_by_the_commissioner(refused, by):
    case = mediation.open_with_request(
        about=disagreements.disputed(refused), wants=MediationAbout.HEALTH_ONLY, told_on=D(2025, 7, 14), **by
    )
    mediation.tell_health(case=case, told_on=D(2025, 7, 16), **by)
    assert "G3" not in due(case)
    assert due(case)["G5"] == (D(2025, 8, 15), None)  # 16 July + 30 days
    mediation.agree_without_authority(case=case, agreed_on=D(2025, 8, 1), **by)
    assert due(case)["G8"] == (D(2025, 8, 8), None)
    mediation.told_of_agreement(case=case, told_on=D(2025, 8, 5), **by)
    assert fresh(case).closed_because == "carried_out"


@pytest.mark.parametrize(
    ("what", "limits"),
    [
        (Undertaking.AMEND, {"G6.6": D(2025, 9, 8)}),  # 4 August + 5 weeks
        (Undertaking.CHANGE_SETTING, {"G6.7": D(2025, 8, 18)}),  # + 2 weeks
        (Undertaking.OTHER, {"G7": D(2025, 8, 18)}),
    ],
)
def test_the_limits_of_an_agreement_about_a_plan(plan_sent, by, what, limits):
    case = held(plan_sent, by)
    mediation.agree(case=case, what=what, agreed_on=D(2025, 8, 4), terms="As agreed", **by)
    running = {
        code: day
        for code, (day, stopped) in due(case).items()
        if stopped is None and code[:2] in ("G6", "G7")
    }
    assert running == limits


def test_another_time_agreed_in_writing_takes_the_place_of_the_limit(plan_sent, by):
    case = held(plan_sent, by)
    mediation.agree(
        case=case, what=Undertaking.AMEND, agreed_on=D(2025, 8, 4), terms="Add speech therapy",
        carry_out_by=D(2025, 10, 31), **by,
    )  # fmt: skip
    assert due(case)["G6.6"] == (D(2025, 9, 8), D(2025, 8, 4))
    standing = standings.of_case(case)
    assert [(one.what, one.due_on) for one in standing.todo] == [
        ("Carry out the agreement, at the time agreed in writing", D(2025, 10, 31))
    ]
    amendments.issue_final(case=case, issued_on=D(2025, 10, 20), **by)
    assert fresh(case).closed_because == "carried_out"
    assert standings.of_case(case).todo == []


def test_an_agreement_on_another_issue_is_carried_out(plan_sent, by):
    case = held(plan_sent, by)
    mediation.agree(case=case, what=Undertaking.OTHER, agreed_on=D(2025, 8, 4), terms="A named contact", **by)
    mediation.issue_certificate(case=case, issued_on=D(2025, 8, 6), **by)
    assert fresh(case).closed_on is None  # the certificate does not undo what was agreed
    mediation.carry_out_other(case=case, done_on=D(2025, 8, 12), **by)
    assert (fresh(case).closed_on, fresh(case).closed_because) == (D(2025, 8, 12), "carried_out")


def test_a_family_that_goes_no_further(refused, by):
    case = mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_ADVISER_CONTACTED,
        happened_on=D(2025, 7, 14),
        **by,
    )
    mediation.not_continued(case=case, ended_on=D(2025, 9, 30), **by)
    assert (fresh(case).closed_on, fresh(case).closed_because) == (D(2025, 9, 30), "not_continued")
    with pytest.raises(Refused, match="This case closed on 30 September 2025"):
        mediation.decline(case=case, declined_on=D(2025, 10, 1), **by)


# Appeals


def test_an_appeal_ordered_to_assess_from_the_refusal_to_the_plan_in_time(refused, child, by, caseworker):
    talks = mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_CERTIFICATE_ISSUED,
        happened_on=D(2025, 9, 1),
        **by,
    )
    case = registered(
        refused, by, D(2025, 9, 24), tribunal_reference="EH000/25/00001", officer=caseworker,
        response_due_on=D(2025, 11, 5), evidence_due_on=D(2026, 1, 9),
    )  # fmt: skip
    # The later of 7 September and 1 October.
    assert due(case)["H0"] == (D(2025, 10, 1), D(2025, 9, 24))
    assert due(talks)["H0"] == (D(2025, 10, 1), D(2025, 9, 24))
    first, _ = case.directions.all()
    tribunal.complete_direction(direction=first, done_on=D(2025, 11, 4), **by)
    made = tribunal.order(
        case=case, kind=OrderKind.ASSESS, made_on=D(2026, 2, 2), terms="The authority shall assess.", **by
    )
    # 2 February + 2, 10 and 14 weeks.
    assert {code: due(case)[code][0] for code in ("H2", "H3", "H4")} == {
        "H2": D(2026, 2, 16), "H3": D(2026, 4, 13), "H4": D(2026, 5, 11),
    }  # fmt: skip
    assert made.milestone.kind == M.ORDERED_TO_ASSESS
    assert standings.of_case(case).open_directions == []  # the Tribunal has decided
    request = refused.case
    assert fresh(request).request.state == RequestState.REFUSED

    disagreements.record_step(case=case, kind=M.DECIDED_TO_ASSESS, happened_on=D(2026, 2, 9), **by)
    assert due(case)["H2"] == (D(2026, 2, 16), D(2026, 2, 9))
    again = fresh(request)
    assert (again.request.state, again.closed_on) == (RequestState.ASSESSING, None)
    # A first decision stands for good (SEN2 2.4), and the twenty weeks were over with the refusal.
    assert again.request.decided_on == REFUSED
    assert due(again)["A10"] == (D(2025, 10, 20), REFUSED)
    assert (again.request.appeal_on_assess, again.request.mediation_on_assess) == (True, None)

    decisions.decide_to_issue(
        case=again, decided_on=D(2026, 4, 1), told_on=D(2026, 4, 1), by=caseworker, on=ON
    )
    assert due(case)["H3"] == (D(2026, 4, 13), D(2026, 4, 1))
    milestones.record(case=again, kind=M.DRAFT_PLAN_SERVED, happened_on=D(2026, 4, 8), **by)
    milestones.record(case=again, kind=M.FINAL_PLAN_ISSUED, happened_on=D(2026, 5, 7), **by)
    assert due(case)["H4"] == (D(2026, 5, 11), D(2026, 5, 7))
    assert (fresh(case).closed_on, fresh(case).closed_because) == (D(2026, 5, 7), "carried_out")
    assert fresh(request).request.state == RequestState.ISSUED
    # The right of appeal against the refusal was used; the plan's contents carry a new one.
    assert [(right.against, right.is_open) for right in appeal_rights(child, ON)] == [
        (Appealable.CONTENTS, True),
        (Appealable.REFUSE_ASSESS, False),
    ]
    assert not list(differences(case_ids=[case.pk, talks.pk, request.pk]))


def test_ordered_to_make_a_plan_takes_the_request_up_again(not_issued, by, caseworker):
    case = registered(not_issued, by, D(2025, 11, 3))
    tribunal.order(case=case, kind=OrderKind.MAKE_PLAN, made_on=D(2026, 2, 2), terms="Make a plan.", **by)
    request = fresh(not_issued.case)
    assert (request.request.state, request.request.outcome_on) == (RequestState.ISSUING, D(2025, 9, 15))
    # 2 February + 5 and 11 weeks.
    assert (due(case)["H5"], due(case)["H6"]) == ((D(2026, 3, 9), None), (D(2026, 4, 20), None))
    milestones.record(case=request, kind=M.DRAFT_PLAN_SERVED, happened_on=D(2026, 3, 10), **by)
    milestones.record(case=request, kind=M.FINAL_PLAN_ISSUED, happened_on=D(2026, 4, 20), **by)
    assert due(case)["H5"][1] == D(2026, 3, 10)  # a day late, and shown as late
    assert fresh(case).closed_on == D(2026, 4, 20)
    assert fresh(request).request.appeal_on_issue is True


@pytest.mark.parametrize(
    ("kind", "code", "last"),
    [(OrderKind.AMEND, "H7", D(2026, 3, 9)), (OrderKind.CHANGE_SETTING, "H8", D(2026, 2, 16))],
)
def test_ordered_to_amend_makes_a_new_version_without_a_notice(plan_sent, by, kind, code, last):
    case = registered(plan_sent, by)
    with pytest.raises(Refused, match="Record the amendment notice first"):
        amendments.issue_final(case=case, issued_on=D(2026, 1, 5), **by)
    tribunal.order(case=case, kind=kind, made_on=D(2026, 2, 2), terms="Amend section F.", **by)
    assert due(case)[code] == (last, None)
    amended = amendments.issue_final(case=case, issued_on=D(2026, 2, 12), **by)
    assert (amended.stage, amended.starts_on) == ("amended_final", D(2026, 2, 12))
    assert due(case)[code] == (last, D(2026, 2, 12))
    assert fresh(case).closed_because == "carried_out"
    assert [right.against for right in appeal_rights(case.child, ON)] == [Appealable.CONTENTS] * 2


def test_an_appeal_not_opposed_runs_from_the_day_the_tribunal_was_told(refused, plan_sent, by):
    case = registered(refused, by)
    appeals.not_oppose(case=case, told_on=D(2025, 10, 20), **by)
    assert {code: due(case)[code][0] for code in ("H9.1", "H9.2", "H9.3")} == {
        "H9.1": D(2025, 11, 3), "H9.2": D(2025, 12, 29), "H9.3": D(2026, 1, 26),
    }  # fmt: skip
    about_plan = registered(plan_sent, by)
    appeals.not_oppose(case=about_plan, told_on=D(2025, 10, 20), **by)
    assert due(about_plan)["H9.4"] == (D(2025, 11, 24), None)


def test_conceded_after_the_response_waits_for_the_order(not_issued, by):
    case = registered(not_issued, by, D(2025, 11, 3))
    with pytest.raises(Refused, match="Record that it is conceded"):
        appeals.not_oppose(case=case, told_on=D(2025, 11, 10), **by)
    appeals.concede(case=case, conceded_on=D(2025, 11, 10), **by)
    assert fresh(case).closed_on is None
    assert {code for code, (_, stopped) in due(case).items() if stopped is None} == set()
    with pytest.raises(Refused, match="conceded on 10 November 2025 already"):
        appeals.concede(case=case, conceded_on=D(2025, 11, 11), **by)


def test_an_appeal_against_ceasing(child, by):
    ceasing = CaseFactory(child=child, kind=CaseKind.CEASING, opened_on=D(2026, 1, 5))
    notice = milestones.record(case=ceasing, kind=M.CEASE_DECIDED, happened_on=D(2026, 1, 5), **by)
    assert due(ceasing)["F3"] == (D(2026, 3, 5), None)
    talks = mediation.open_mediation(
        about=disagreements.disputed(notice),
        first=M.MEDIATION_CERTIFICATE_ISSUED,
        happened_on=D(2026, 2, 16),
        **by,
    )
    assert due(ceasing)["F3"] == (D(2026, 3, 16), None)
    case = registered(notice, by, D(2026, 3, 2))
    assert due(ceasing)["F3"][1] == D(2026, 3, 2)  # kept until the appeal is decided
    tribunal.order(case=case, kind=OrderKind.DISMISSED, made_on=D(2026, 5, 11), terms="Dismissed.", **by)
    assert due(case)["H1"] == (D(2026, 5, 11), None)
    assert fresh(case).closed_on is None
    milestones.record(case=ceasing, kind=M.PLAN_CEASED, happened_on=D(2026, 5, 11), **by)
    assert (fresh(case).closed_on, due(case)["H1"][1]) == (D(2026, 5, 11), D(2026, 5, 11))
    assert fresh(talks).closed_because == "certificate"


def test_the_plan_continues_and_nothing_is_left_to_do(child, by):
    ceasing = CaseFactory(child=child, kind=CaseKind.CEASING, opened_on=D(2026, 1, 5))
    notice = milestones.record(case=ceasing, kind=M.CEASE_DECIDED, happened_on=D(2026, 1, 5), **by)
    case = registered(notice, by, D(2026, 3, 2))
    tribunal.order(case=case, kind=OrderKind.CONTINUE, made_on=D(2026, 5, 11), terms="Continues.", **by)
    assert (fresh(case).closed_on, fresh(case).closed_because) == (D(2026, 5, 11), "determined")


def test_another_order_leaves_the_appeal_open(plan_sent, by):
    case = registered(plan_sent, by)
    for day in (D(2025, 12, 1), D(2026, 1, 12)):
        tribunal.order(case=case, kind=OrderKind.OTHER, made_on=day, terms="Reconsider section I.", **by)
    assert fresh(case).closed_on is None
    tribunal.order(case=case, kind=OrderKind.STRUCK_OUT, made_on=D(2026, 2, 2), terms="Struck out.", **by)
    assert fresh(case).closed_because == "determined"


def test_recommendations_are_answered_in_five_weeks_and_keep_the_case_open(plan_sent, by):
    case = registered(plan_sent, by, asks_health=True)
    tribunal.order(case=case, kind=OrderKind.DISMISSED, made_on=D(2026, 2, 2), terms="Dismissed.", **by)
    assert fresh(case).closed_on == D(2026, 2, 2)
    health, care = tribunal.recommend(
        case=case, received_on=D(2026, 2, 4), health="Weekly therapy", social_care="Short breaks", **by
    )
    assert health.due_on == care.due_on == D(2026, 3, 11)  # 4 February + 35 days
    assert fresh(case).closed_on is None
    with pytest.raises(Refused, match="whether the recommendation is followed"):
        tribunal.complete_direction(direction=health, done_on=D(2026, 3, 3), **by)
    tribunal.complete_direction(direction=health, done_on=D(2026, 3, 3), note="Followed", **by)
    assert fresh(case).closed_on is None
    tribunal.complete_direction(direction=care, done_on=D(2026, 3, 10), note="Not followed, because", **by)
    assert (fresh(case).closed_on, fresh(case).closed_because) == (D(2026, 3, 10), "determined")


def test_a_decision_made_before_the_records_begin(child, by):
    about = disagreements.earlier_decision(
        child=child, against=Appealable.REFUSE_ASSESS, sent_on=D(2025, 6, 2), on=ON
    )
    case = appeals.register(about=about, registered_on=D(2025, 7, 28), certificate_on=D(2025, 7, 7), **by)
    assert due(case)["H0"] == (D(2025, 9, 1), D(2025, 7, 28))  # 2 August and 7 August: the holidays move both
    tribunal.order(case=case, kind=OrderKind.ASSESS, made_on=D(2026, 2, 2), terms="Assess.", **by)
    for kind, day in ((M.DECIDED_TO_ASSESS, D(2026, 2, 9)), (M.DECIDED_NOT_TO_ISSUE, D(2026, 4, 7))):
        disagreements.record_step(case=case, kind=kind, happened_on=day, **by)
    assert fresh(case).closed_because == "carried_out"
    # The family may appeal against having no plan.
    assert [right.against for right in appeal_rights(child, ON)] == [Appealable.REFUSE_ISSUE]


# One truth for the return


def test_the_items_of_the_return_follow_what_is_recorded(refused, by):
    request = AssessmentRequest.objects.get(case=refused.case)
    assert request.mediation_on_assess is None
    talks = held(refused, by)
    request.refresh_from_db()
    assert (request.mediation_on_assess, request.appeal_on_assess) == (True, None)
    meeting = talks.milestones.get(kind=M.MEDIATION_HELD)
    corrections.withdraw(milestone=meeting, reason="Another child", by=by["by"])
    request.refresh_from_db()
    assert request.mediation_on_assess is False


def test_what_a_return_said_stands_until_something_is_recorded(not_issued, by):
    row = AssessmentRequest.objects.filter(case=not_issued.case)
    row.update(appeal_on_issue=False, mediation_on_issue=True, appeal_other=True, came_from=CameFrom.RETURN)
    registered(not_issued, by, D(2025, 11, 3))
    now = row.get()
    assert (now.appeal_on_issue, now.mediation_on_issue, now.appeal_other) == (True, True, True)


def test_an_appeal_about_a_later_review_says_nothing_about_the_request(refused, child, by):
    review = CaseFactory(child=child, kind=CaseKind.ANNUAL_REVIEW)
    amended = MilestoneFactory(case=review, kind=M.AMENDED_PLAN_ISSUED, happened_on=D(2026, 3, 2))
    appeals.register(about=disagreements.disputed(amended), registered_on=D(2026, 4, 1), sections="I", **by)
    assert AssessmentRequest.objects.get(case=refused.case).appeal_other is None


# Corrections


def test_a_corrected_decision_moves_every_date_that_rests_on_it(refused, child, by):
    talks = mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_CERTIFICATE_ISSUED,
        happened_on=D(2025, 9, 1),
        **by,
    )
    case = registered(refused, by, D(2025, 9, 24))
    corrections.correct(milestone=refused, happened_on=D(2025, 7, 9), reason="Posted on the 9th", **by)
    for one in (talks, case):
        assert due(one)["H0"][0] == D(2025, 10, 1)
        assert milestones.standing_of(one)[M.APPEALABLE_DECISION_SENT] == [D(2025, 7, 9)]
        detail = fresh(one).appeal if one == case else fresh(one).mediation
        assert detail.decision.happened_on == D(2025, 7, 9)
    certificate = talks.milestones.get(kind=M.MEDIATION_CERTIFICATE_ISSUED)
    corrections.correct(milestone=certificate, happened_on=D(2025, 9, 8), reason="Read wrongly", **by)
    assert due(case)["H0"][0] == due(talks)["H0"][0] == D(2025, 10, 8)
    registration = case.milestones.get(kind=M.APPEAL_REGISTERED, replaced=False)
    corrections.correct(milestone=registration, happened_on=D(2025, 9, 25), reason="Read wrongly", **by)
    assert due(talks)["H0"][1] == D(2025, 9, 25)
    assert fresh(case).opened_on == D(2025, 9, 25)
    (right,) = appeal_rights(child, ON)
    assert (right.sent_on, right.last_day, right.appeal) == (D(2025, 7, 9), D(2025, 10, 8), case)


def test_a_decision_that_is_disputed_cannot_be_taken_away_nor_moved_past_its_dispute(refused, by):
    registered(refused, by, D(2025, 9, 24))
    with pytest.raises(Refused, match="An appeal about this decision is recorded"):
        corrections.withdraw(milestone=refused, reason="Wrong child", by=by["by"])
    with pytest.raises(Refused, match=r"Appeal registered by the Tribunal.*is before.*Decision letter"):
        corrections.correct(milestone=refused, happened_on=D(2025, 9, 30), reason="Posted late", **by)


def test_an_appeal_recorded_in_error_closes_and_frees_the_decision(refused, by):
    case = registered(refused, by, D(2025, 9, 24))
    corrections.withdraw(
        milestone=case.milestones.get(kind=M.APPEAL_REGISTERED), reason="Another child", by=by["by"]
    )
    assert fresh(case).closed_because == "recorded_in_error"
    assert AssessmentRequest.objects.get(case=refused.case).appeal_on_assess is False
    registered(refused, by, D(2025, 9, 26))
    assert AssessmentRequest.objects.get(case=refused.case).appeal_on_assess is True


def test_an_order_stays_while_what_it_led_to_stands(refused, by):
    case = registered(refused, by, D(2025, 9, 24))
    made = tribunal.order(case=case, kind=OrderKind.ASSESS, made_on=D(2026, 2, 2), terms="Assess.", **by)
    disagreements.record_step(case=case, kind=M.DECIDED_TO_ASSESS, happened_on=D(2026, 2, 9), **by)
    with pytest.raises(Refused, match="rests on this"):
        corrections.withdraw(milestone=made.milestone, reason="Wrong", by=by["by"])
    moved = corrections.correct(
        milestone=made.milestone, happened_on=D(2026, 2, 3), reason="Read wrongly", **by
    )
    made.refresh_from_db()
    assert made.milestone == moved
    assert due(case)["H4"][0] == D(2026, 5, 12)


# What is refused, in words


def test_mediation_cannot_begin_once_the_appeal_is_registered(refused, by):
    registered(refused, by)
    with pytest.raises(Refused, match="An appeal against this decision was registered on 6 October 2025"):
        mediation.open_mediation(
            about=disagreements.disputed(refused), first=M.MEDIATION_ADVISER_CONTACTED,
            happened_on=D(2025, 10, 13), **by,
        )  # fmt: skip


def test_a_certificate_cannot_come_after_the_appeal(refused, by):
    talks = mediation.open_mediation(
        about=disagreements.disputed(refused), first=M.MEDIATION_DECLINED, happened_on=D(2025, 9, 1), **by
    )
    registered(refused, by)
    with pytest.raises(
        Refused, match="The appeal was registered on 6 October 2025, so the certificate came before"
    ):
        mediation.issue_certificate(case=talks, issued_on=D(2025, 10, 7), **by)
    mediation.issue_certificate(
        case=talks, issued_on=D(2025, 9, 3), **by
    )  # found out late, but before the appeal
    assert fresh(talks).closed_because == "certificate"
    appeal = Case.objects.get(kind=CaseKind.APPEAL)
    assert due(appeal)["H0"][0] == D(2025, 10, 3)


def test_one_open_case_of_each_kind_about_a_decision(refused, by):
    held(refused, by)
    with pytest.raises(Refused, match=r"A mediation about this decision is open since 14 July 2025 \(EHC-"):
        held(refused, by)
    registered(refused, by)
    with pytest.raises(Refused, match="An appeal against this decision is open since 6 October 2025"):
        registered(refused, by)


def test_what_cannot_be_appealed(log_request, by):
    case = log_request()
    with pytest.raises(Refused, match="carries no right of appeal"):
        disagreements.disputed(case.milestones.get())


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        ({"day": D(2026, 7, 1)}, "registered_on", "cannot be registered after today, 30 June 2026"),
        ({"day": D(2025, 7, 6)}, "registered_on", "is before the decision letter was sent on 7 July 2025"),
        ({"sections": "B"}, "sections", "Only an appeal about a plan names sections"),
        ({"hearing_on": D(2026, 6, 29)}, "listed_for", "29 June 2026 has passed"),
        ({"response_due_on": D(2025, 10, 1)}, "due_on", "before the appeal was registered on 6 October 2025"),
        (
            {"certificate_on": D(2025, 7, 1)},
            "certificate_on",
            "after the decision letter and before the appeal",
        ),
    ],
)
def test_an_appeal_that_cannot_be_is_refused_whole(refused, by, different, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        registered(refused, by, **different)
    assert refusal.value.field == field
    assert not Case.objects.filter(kind=CaseKind.APPEAL).exists()


def test_a_contents_appeal_names_its_sections_and_a_reference_belongs_to_one(plan_sent, refused, by):
    with pytest.raises(Refused, match="Select the sections"):
        registered(plan_sent, by, sections="")
    with pytest.raises(Refused, match="B, F and I only"):
        registered(plan_sent, by, sections="BG")
    registered(plan_sent, by, tribunal_reference="EH000/25/00001")
    with pytest.raises(Refused, match="Another appeal has this reference"):
        registered(refused, by, tribunal_reference="EH000/25/00001")


def test_a_hearing_in_the_past_or_twice_on_a_day(refused, by):
    case = registered(refused, by)
    with pytest.raises(Refused, match="29 June 2026 has passed"):
        tribunal.list_hearing(case=case, kind=HearingKind.FINAL, listed_for=D(2026, 6, 29), **by)
    hearing = tribunal.list_hearing(case=case, kind=HearingKind.FINAL, listed_for=D(2026, 7, 20), **by)
    with pytest.raises(Refused, match="listed for 20 July 2026 already"):
        tribunal.list_hearing(case=case, kind=HearingKind.FINAL, listed_for=D(2026, 7, 20), **by)
    with pytest.raises(Refused, match="has not been held"):
        tribunal.conclude_hearing(hearing=hearing, outcome=HearingOutcome.HELD, **by)
    tribunal.conclude_hearing(hearing=hearing, outcome=HearingOutcome.VACATED, note="Judge unwell", **by)
    tribunal.list_hearing(case=case, kind=HearingKind.FINAL, listed_for=D(2026, 7, 20), **by)


def test_withdrawn_twice_and_an_order_after_it(refused, by):
    case = registered(refused, by)
    appeals.withdraw(case=case, withdrawn_on=D(2025, 11, 3), **by)
    assert fresh(case).closed_because == "withdrawn"
    with pytest.raises(Refused, match="withdrawn on 3 November 2025 already"):
        appeals.withdraw(case=case, withdrawn_on=D(2025, 11, 4), **by)
    with pytest.raises(Refused, match="This case closed on 3 November 2025: withdrawn"):
        tribunal.order(case=case, kind=OrderKind.ASSESS, made_on=D(2025, 12, 1), terms="Assess.", **by)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"made_on": D(2025, 10, 5)}, "is before “Appeal registered by the Tribunal”"),
        ({"made_on": D(2026, 7, 1)}, "cannot be after today"),
        ({"kind": OrderKind.AMEND}, "does not end in that order"),
        ({"terms": " "}, "Enter what the Tribunal ordered"),
        ({"received_on": D(2026, 1, 1)}, "received on or after the day it was made"),
    ],
)
def test_an_order_that_cannot_be(refused, by, different, words):
    case = registered(refused, by)
    given = {"kind": OrderKind.ASSESS, "made_on": D(2026, 2, 2), "terms": "Assess."} | different
    with pytest.raises(Refused, match=words):
        tribunal.order(case=case, **given, **by)
    assert fresh(case).closed_on is None


def test_a_second_order_that_ends_the_appeal(plan_sent, by):
    case = registered(plan_sent, by)
    tribunal.order(case=case, kind=OrderKind.AMEND, made_on=D(2026, 2, 2), terms="Amend.", **by)
    with pytest.raises(Refused, match="order of 2 February 2026 ended this appeal"):
        tribunal.order(case=case, kind=OrderKind.DISMISSED, made_on=D(2026, 2, 3), terms="Dismissed.", **by)


def test_steps_of_a_mediation_out_of_turn(refused, by):
    case = mediation.open_mediation(
        about=disagreements.disputed(refused),
        first=M.MEDIATION_ADVISER_CONTACTED,
        happened_on=D(2025, 7, 14),
        **by,
    )
    for step, words in (
        (
            lambda: mediation.hold(case=case, held_on=D(2025, 8, 4), attended="All", **by),
            "asked for mediation",
        ),
        (
            lambda: mediation.agree(
                case=case, what=Undertaking.ASSESS, agreed_on=D(2025, 8, 4), terms="To assess", **by
            ),
            "Record the mediation meeting first",
        ),
        (lambda: mediation.tell_health(case=case, told_on=D(2025, 7, 15), **by), "no health issue"),
        (lambda: mediation.decline(case=case, declined_on=D(2025, 7, 10), **by), "is before"),
        (lambda: mediation.contact_adviser(case=case, contacted_on=D(2025, 7, 15), **by), "already recorded"),
        (
            lambda: mediation.agree(
                case=case, what=Undertaking.AMEND, agreed_on=D(2025, 8, 4), terms="Amend", **by
            ),
            "cannot be agreed about this decision",
        ),
    ):
        with pytest.raises(Refused, match=words):
            step()


def test_a_step_under_an_old_version_is_refused(refused, by):
    case = registered(refused, by)
    old = fresh(case).version
    tribunal.direct(
        case=case, kind=DirectionKind.OTHER, text="Bundle", due_on=D(2026, 7, 9), version=old, **by
    )
    with pytest.raises(StaleEdit):
        appeals.withdraw(case=case, withdrawn_on=D(2025, 11, 3), version=old, **by)


def test_carrying_out_nothing(refused, by):
    case = registered(refused, by)
    with pytest.raises(Refused, match="carries out nothing"):
        disagreements.record_step(case=case, kind=M.DECIDED_TO_ASSESS, happened_on=D(2026, 2, 9), **by)
    tribunal.order(case=case, kind=OrderKind.ASSESS, made_on=D(2026, 2, 2), terms="Assess.", **by)
    with pytest.raises(Refused, match="before 2 February 2026"):
        disagreements.record_step(case=case, kind=M.DECIDED_TO_ASSESS, happened_on=D(2026, 2, 1), **by)
    with pytest.raises(Refused, match="a page of its own"):
        disagreements.record_step(case=case, kind=M.FINAL_PLAN_ISSUED, happened_on=D(2026, 2, 9), **by)


def test_a_refusal_still_stands_in_the_way_without_an_order(refused, by):
    registered(refused, by)
    with pytest.raises(Refused, match="is recorded on 7 July 2025, so"):
        milestones.record(case=refused.case, kind=M.DECIDED_TO_ASSESS, happened_on=D(2026, 2, 9), **by)


def test_restricted_children_are_on_no_board_for_others(refused, child, by):
    registered(refused, by)
    stranger = UserFactory(role=RoleCode.CASEWORKER)
    assert len(standings.open_ones(reader=stranger, on=ON)) == 1
    child.restricted = True
    child.save()
    assert standings.open_ones(reader=stranger, on=ON) == []


def test_the_board_reads_any_number_in_the_same_statements(
    log_request, caseworker, by, django_assert_num_queries
):
    for number in range(3):
        case = log_request(child=ChildFactory(surname=f"Sedge{number}"))
        decision = decisions.refuse_to_assess(
            case=case, limb="not_necessary", grounds=["progress"], reasons="Why not.", decided_on=REFUSED,
            told_on=REFUSED, by=caseworker, on=ON,
        )  # fmt: skip
        registered(decision.milestone, by, response_due_on=D(2026, 7, 10 - number), hearing_on=D(2026, 9, 1))
    with django_assert_num_queries(6):
        found = standings.open_ones(reader=caseworker, on=ON)
    assert [one.next.due_on.day for one in found] == [8, 9, 10]
    assert Plan.objects.count() == 0

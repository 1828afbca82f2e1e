"""Appeals and orders: dates worked by hand, and what goes on after an order."""

import datetime

import pytest

from casework.models import (
    CaseKind,
    MilestoneKind,
    RequestState,
)
from casework.queries import disagreements as standings
from casework.queries.appeal_rights import appeal_rights
from casework.rules.appeal_rights import Appealable
from casework.rules.tribunal_orders import OrderKind
from casework.services import (
    amendments,
    appeals,
    decisions,
    disagreements,
    mediation,
    milestones,
    tribunal,
)
from casework.services.clocks import differences
from casework.services.refusals import Refused
from tests.casework.disagreements.cases import due, fresh, registered
from tests.casework.disagreements.conftest import ON, REFUSED
from tests.factories.cases import (
    CaseFactory,
)

D = datetime.date
M = MilestoneKind


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
    # The family's 15 days run for this draft too, though the refusal of September ended every earlier limit.
    assert due(request)["A8"] == (D(2026, 3, 24), D(2026, 4, 20))
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

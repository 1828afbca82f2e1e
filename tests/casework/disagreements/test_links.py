"""One truth: the items of the return, and what follows a correction."""

import datetime

import pytest

from casework.columns import CameFrom
from casework.models import (
    AssessmentRequest,
    CaseKind,
    MilestoneKind,
)
from casework.queries.appeal_rights import appeal_rights
from casework.rules.tribunal_orders import OrderKind
from casework.services import (
    appeals,
    corrections,
    disagreements,
    mediation,
    milestones,
    tribunal,
)
from casework.services.refusals import Refused
from tests.casework.disagreements.cases import due, fresh, held, registered
from tests.casework.disagreements.conftest import ON
from tests.factories.cases import (
    CaseFactory,
    MilestoneFactory,
)

D = datetime.date
M = MilestoneKind


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

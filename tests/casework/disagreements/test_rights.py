"""Which decisions may be appealed, until when and why."""

import datetime

import pytest

from casework.models import (
    CaseKind,
    MilestoneKind,
)
from casework.queries.appeal_rights import appeal_rights
from casework.rules.appeal_rights import Appealable
from casework.services import (
    disagreements,
    mediation,
)
from tests.casework.disagreements.conftest import ON, REFUSED
from tests.factories.cases import (
    CaseFactory,
    DecisionFactory,
    MilestoneFactory,
)

D = datetime.date
M = MilestoneKind


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

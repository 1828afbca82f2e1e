"""Rights of appeal, what binds the authority, and when a case closes: for any days, and worked by hand."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.appeal_rights import Appealable, last_day_to_appeal, needs_certificate
from casework.rules.calendar import add_months
from casework.rules.disagreements import (
    AppealState,
    Ending,
    MediationState,
    appeal_closing,
    appeal_state,
    mediation_closing,
    mediation_state,
)
from casework.rules.milestones import Milestone as M
from casework.rules.tribunal_orders import OrderKind, ends_with_nothing_to_do, milestone_of, orders_for
from casework.rules.undertakings import DONE_BY, STARTS, STEPS, Undertaking, to_carry_out, undertaken

D = datetime.date
DAYS = st.dates(D(2018, 1, 1), D(2035, 12, 31))
NONE = frozenset()


@pytest.mark.parametrize(
    ("sent", "certificate", "last"),
    [
        (D(2025, 3, 3), None, D(2025, 5, 3)),
        (D(2025, 12, 31), None, D(2026, 2, 28)),  # no 31st in February
        (D(2025, 3, 3), D(2025, 3, 20), D(2025, 5, 3)),  # a month from the certificate is earlier
        (D(2025, 3, 3), D(2025, 4, 28), D(2025, 5, 28)),
        (D(2026, 6, 20), None, D(2026, 9, 1)),  # 20 August: the first working day of September
        (D(2026, 5, 1), D(2026, 7, 31), D(2026, 9, 1)),  # 31 August
        (
            D(2025, 10, 25),
            None,
            D(2026, 1, 2),
        ),  # Christmas Day: 1 January is left out too, and the 2nd is a Friday
        (D(2025, 10, 24), None, D(2025, 12, 24)),  # Christmas Eve stays
        (D(2023, 10, 28), None, D(2024, 1, 2)),
    ],
)
def test_the_last_day_to_appeal_by_hand(sent, certificate, last):
    assert last_day_to_appeal(sent, certificate, NONE) == last


@given(sent=DAYS, after=st.integers(0, 400))
def test_the_last_day_is_never_earlier_than_either_part_nor_in_the_holidays(sent, after):
    certificate = sent + datetime.timedelta(days=after)
    last = last_day_to_appeal(sent, certificate, NONE)
    assert last >= max(add_months(sent, 2), add_months(certificate, 1))
    assert last >= last_day_to_appeal(sent, None, NONE)
    assert last.month != 8
    assert not (last.month == 12 and last.day >= 25)
    assert not (last.month == 1 and last.day == 1)
    assert (last - max(add_months(sent, 2), add_months(certificate, 1))).days <= 34


@given(sent=DAYS, first=st.integers(0, 200), second=st.integers(0, 200))
def test_a_later_certificate_never_takes_time_away(sent, first, second):
    early, late = sorted((first, second))
    days = [last_day_to_appeal(sent, sent + datetime.timedelta(days=n), NONE) for n in (early, late)]
    assert days[0] <= days[1]


def test_only_an_appeal_about_section_i_alone_needs_no_certificate():
    free = [(against, sections) for against in Appealable for sections in ("", "B", "I", "FI", "BFI")
            if not needs_certificate(against, sections)]  # fmt: skip
    assert free == [(Appealable.CONTENTS, "I"), (Appealable.NOT_AMENDED, "I")]


MEDIATION = st.sets(
    st.sampled_from([
        M.APPEALABLE_DECISION_SENT, M.MEDIATION_ADVISER_CONTACTED, M.MEDIATION_DECLINED, M.MEDIATION_REQUESTED,
        M.MEDIATION_CERTIFICATE_ISSUED, M.MEDIATION_HELD, M.AGREED_TO_ASSESS, M.AGREED_TO_AMEND, M.AGREED_OTHER_ISSUE,
        M.AGREED_WITHOUT_AUTHORITY, M.AGREEMENT_CARRIED_OUT, M.AUTHORITY_TOLD_OF_AGREEMENT, M.FINAL_PLAN_ISSUED,
        M.AMENDED_PLAN_ISSUED, M.DECIDED_NOT_TO_ISSUE, M.APPEAL_REGISTERED,
    ])
)  # fmt: skip
APPEAL = st.sets(
    st.sampled_from([
        M.APPEAL_REGISTERED, M.APPEAL_WITHDRAWN, M.NOT_OPPOSED_ASSESSMENT, M.NOT_OPPOSED_CONTENT, M.ORDERED_TO_ASSESS,
        M.ORDERED_TO_MAKE_PLAN, M.ORDERED_TO_AMEND, M.ORDERED_TO_CHANGE_SETTING, M.CEASING_APPEAL_DISMISSED,
        M.TRIBUNAL_ORDERED, M.RECOMMENDATION_RECEIVED, M.RECOMMENDATION_ANSWERED, M.FINAL_PLAN_ISSUED,
        M.AMENDED_PLAN_ISSUED, M.DECIDED_NOT_TO_ISSUE, M.PLAN_CEASED, M.DECIDED_TO_ASSESS,
    ])
)  # fmt: skip


def recorded(kinds):
    return {
        kind: [D(2025, 1, 1) + datetime.timedelta(days=number)] for number, kind in enumerate(sorted(kinds))
    }


@given(kinds=MEDIATION)
def test_a_mediation_is_never_closed_over_what_is_to_be_carried_out(kinds):
    known = recorded(kinds)
    closing = mediation_closing(known)
    if to_carry_out(known):
        assert closing is None
        assert mediation_state(known) is MediationState.TO_CARRY_OUT
    if closing is not None and closing.because is Ending.CARRIED_OUT:
        assert undertaken(known)
        assert closing.on == max(
            min(known[kind][0] for kind in DONE_BY[one] if kind in known) for one in undertaken(known)
        )
    assert (closing is None or closing.on is None) or closing.on in {
        day for days in known.values() for day in days
    }


@given(kinds=APPEAL)
def test_an_appeal_is_never_closed_over_an_order_or_a_recommendation(kinds):
    known = recorded(kinds)
    closing = appeal_closing(known)
    if M.APPEAL_REGISTERED not in kinds:
        assert closing is not None
        assert closing.because is Ending.RECORDED_IN_ERROR
        return
    if M.APPEAL_WITHDRAWN in kinds:
        assert closing is not None
        assert closing.because is Ending.WITHDRAWN
        return
    unanswered = M.RECOMMENDATION_RECEIVED in kinds and M.RECOMMENDATION_ANSWERED not in kinds
    if to_carry_out(known) or unanswered:
        assert closing is None
    assert (appeal_state(known) is AppealState.TO_ANSWER) == (unanswered and not to_carry_out(known))


@given(kinds=APPEAL, day=DAYS)
def test_an_order_that_ends_the_appeal_closes_it_unless_something_is_left(kinds, day):
    known = recorded(kinds | {M.APPEAL_REGISTERED})
    with_order = appeal_closing(known, ended_by=[day])
    if M.APPEAL_WITHDRAWN not in kinds and with_order is None:
        assert to_carry_out(known) or M.RECOMMENDATION_RECEIVED in kinds


def test_every_order_has_its_milestone_and_what_binds_has_steps_that_finish_it():
    for against in Appealable:
        for kind in orders_for(against):
            milestone = milestone_of(kind, against)
            assert ends_with_nothing_to_do(kind, against) == (
                milestone is M.TRIBUNAL_ORDERED and kind is not OrderKind.OTHER
            )
            assert (milestone in STARTS) == (milestone is not M.TRIBUNAL_ORDERED)
    for one, steps in STEPS.items():
        assert set(DONE_BY[one]) <= set(steps)
    assert set(STARTS.values()) == set(Undertaking)


def test_dismissing_an_appeal_against_ceasing_starts_the_duty_to_cease():
    assert milestone_of(OrderKind.DISMISSED, Appealable.CEASE) is M.CEASING_APPEAL_DISMISSED
    assert milestone_of(OrderKind.DISMISSED, Appealable.CONTENTS) is M.TRIBUNAL_ORDERED

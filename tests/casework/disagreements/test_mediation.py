"""Mediation: dates worked by hand, agreements and their carrying out."""

import datetime

import pytest

from casework.models import (
    MediationAbout,
    MilestoneKind,
)
from casework.queries import disagreements as standings
from casework.rules.undertakings import Undertaking
from casework.services import (
    amendments,
    disagreements,
    mediation,
)
from casework.services.refusals import Refused
from tests.casework.disagreements.cases import due, fresh, held

D = datetime.date
M = MilestoneKind


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

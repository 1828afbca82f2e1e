"""What is refused, in words; who sees what."""

import datetime

import pytest

from casework.models import (
    Case,
    CaseKind,
    DirectionKind,
    HearingKind,
    HearingOutcome,
    MilestoneKind,
    Plan,
    RoleCode,
)
from casework.queries import disagreements as standings
from casework.rules.tribunal_orders import OrderKind
from casework.rules.undertakings import Undertaking
from casework.services import (
    appeals,
    decisions,
    disagreements,
    mediation,
    milestones,
    tribunal,
)
from casework.services.refusals import Refused, StaleEdit
from tests.casework.disagreements.cases import due, fresh, held, registered
from tests.casework.disagreements.conftest import ON, REFUSED
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

D = datetime.date
M = MilestoneKind


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

"""A file of each return year, as that year's form has it, ends up as the same kind of records."""

from casework.models import (
    Answer,
    AssessmentRequest,
    Case,
    Child,
    ChildIdentifier,
    Clock,
    ClockException,
    Decision,
    Milestone,
    PhaseTransfer,
    Plan,
    PlanVersion,
)  # fmt: skip
from casework.services import clocks
from placements.models import NamedPlacement, Placement
from reporting.returns.sen2.work import bring_in
from tests.reporting.conftest import AS_AT, rules
from tests.reporting.returns import factory as f


def test_2023_gender_residence_beside_the_placements_and_no_meeting(bring):
    live = f.active(
        f.attended("2021-09-06", SENunitIndicator="1", AttendancePattern="FT"), ("Res", "A"), ("WBP", "S"), f.need("SLD"),
        LastReview="2022-06-01",
    )  # fmt: skip
    held = [("RequestOutcome", "H"), f.assessment("H", None, f.named_plan("2021-05-10", PlanRes="B")), live]
    outcome = bring([f.person(1, held, Sex=None, GenderCurrent="1")], year=2023)

    assert outcome.written
    assert rules(outcome) == ["INF-038"]
    assert Child.objects.get().sex == "M"
    placement = Placement.objects.get()
    assert (placement.residential, placement.work_based, placement.sen_unit) == ("A", "S", True)
    assert NamedPlacement.objects.get().residential == "B"
    assert Milestone.objects.get().kind == "review_decided"


def test_2024_residence_in_the_placement_and_review_outcome(bring):
    live = f.active(
        f.attended("2021-09-06", Res="B"), f.need("ASD"),
        LastReview="2023-05-20", ReviewMeeting="2023-05-02", ReviewOutcome="M",
    )  # fmt: skip
    outcome = bring([f.person(1, f.held(live=live))], year=2024)

    assert outcome.written
    assert Placement.objects.get().residential == "B"
    review = Case.objects.get(kind="annual_review")
    assert str(review.opened_on) == "2023-05-02"
    assert str(review.closed_on) == "2023-05-20"
    decision = Decision.objects.get()
    assert (decision.question, decision.answer, decision.milestone.kind) == (
        "review",
        "maintain",
        "review_decided",
    )


def test_2025_source_amended_draft_and_phase_transfer(bring):
    live = f.active(
        f.attended(), f.need("DS"), f.need("MLD", "2"),
        ReviewMeeting="2024-10-01", ReviewOutcome="A", ReviewDraft="2024-10-20",
        PhaseTransferDueDate="2025-02-15", LastReview="2024-10-21",
    )  # fmt: skip
    outcome = bring([f.person(1, f.held(live=live))], year=2025)

    assert outcome.written
    version = PlanVersion.objects.get()
    assert (version.primary_need, version.secondary_need, version.stage) == ("DS", "MLD", "final")
    assert str(PhaseTransfer.objects.get().due_on) == "2025-02-15"
    review = Case.objects.get(kind="annual_review")
    assert review.closed_on is None, "the amended plan has not been issued"
    assert set(review.milestones.values_list("kind", flat=True)) == {
        "review_meeting_held", "review_decided", "draft_amended_plan_issued",
    }  # fmt: skip


def test_2026_a_plan_issued_in_the_year(bring):
    issued = f.request(
        "2025-02-03", "Y", "2025-03-12",
        f.assessment("Y", "2025-06-20", f.named_plan("2025-06-20", PB="1", OA="1"), Week20="1", AssessmentTribunal="0"),
        f.active(f.attended("2025-09-02"), f.need("SLCN")),
        RequestMediation="1",
    )  # fmt: skip
    outcome = bring([f.person(1, issued, UniqueLearnerNumber=f.uln(7))])

    assert outcome.written
    request = AssessmentRequest.objects.get()
    assert [str(day) for day in (request.received_on, request.decided_on, request.final_plan_on)] == [
        "2025-02-03", "2025-03-12", "2025-06-20",
    ]  # fmt: skip
    assert (request.source, request.state, request.excepted, request.mediation_on_assess) == (
        "2",
        "issued",
        True,
        True,
    )
    assert Decision.objects.get().answer == Answer.ASSESS
    exception = ClockException.objects.get()
    assert (exception.rule_code, exception.ground) == ("A10", "not_stated")
    plan = Plan.objects.get()
    assert (str(plan.starts_on), plan.ends_on, plan.request) == ("2025-06-20", None, request.case)
    assert plan.versions.get().personal_budget is True
    assert set(ChildIdentifier.objects.values_list("scheme", flat=True)) == {"upn", "uln"}


def test_any_order_of_elements_and_either_case_of_sensetting(bring):
    backwards = list(reversed(f.person(1, list(reversed(f.held(
        live=("ActivePlans", [
            ("LastReview", "2025-05-20"), f.need("ASD"), ("ReviewOutcome", "M"),
            ("PlacementDetail", [("SENSetting", "EHE"), ("EntryDate", "2025-01-06"), ("PlacementRank", "1")]),
            ("ReviewMeeting", "2025-05-02"),
        ]),
    ))))))  # fmt: skip
    outcome = bring([backwards])

    assert outcome.written
    assert outcome.findings.errors == 0
    assert Placement.objects.get().setting_code == "EHE"
    assert Case.objects.get(kind="annual_review").milestones.count() == 2


def test_a_namespace_and_utf_16_are_read(bring, tmp_path):
    text = f.document([f.person(1, f.refused())]).replace("<Message>", '<Message xmlns="urn:example">')
    path = tmp_path / "wide.xml"
    path.write_bytes(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    outcome = bring_in(path, la_code="999", as_at=AS_AT, by=None)
    assert outcome.written
    assert Child.objects.count() == 1


def test_the_cases_of_the_specification(bring):
    """Every combination of outcomes that section 1.3 of the specification lists."""
    states = {
        1: (f.refused(), "refused"),
        2: (f.undecided(), "undecided"),
        3: (f.request("2025-03-03", "W", None), "withdrawn"),
        4: (f.request("2025-03-03", "Y", "2025-04-01", f.assessment("A")), "assessing"),
        5: (f.request("2025-03-03", "Y", "2025-04-01", f.assessment("N", "2025-06-01")), "not_issued"),
        6: (f.request("2025-03-03", "Y", "2025-04-01", f.assessment("Y")), "issuing"),
        7: (f.request("2025-03-03", "Y", "2025-04-01", f.assessment("W")), "withdrawn"),
        8: (f.request("2025-03-03", "A", None, Exported="201"), "moved_away"),
        9: (f.request("2024-11-03", "H", None, f.assessment("A"), RequestSource=None), "assessing"),
        10: (f.held(), "issued"),
    }
    outcome = bring([f.person(number, request) for number, (request, _) in states.items()])

    assert outcome.findings.errors == 0
    names = {f"Child{f._letters(number)}": state for number, (_, state) in states.items()}
    found = dict(AssessmentRequest.objects.values_list("case__child__forename", "state"))
    assert found == names
    assert Case.objects.filter(kind="request", closed_on=None).count() == 4


def test_clocks_are_those_that_the_milestones_give(bring):
    """The importer works clocks out while it reads; they equal what a rebuild derives from what was stored."""
    test_the_cases_of_the_specification(bring)
    live = f.active(
        f.attended(), f.need("ASD"), PhaseTransferDueDate="2026-02-15", ReviewMeeting="2025-05-02", ReviewOutcome="A",
        LastReview="2025-05-22", ReviewDraft="2025-05-22",
    )  # fmt: skip
    bring(
        [
            f.person(20, f.held("2013-01-07", live=live)),
            f.person(21, f.held(live=live, CeaseDate="2025-11-03", CeaseReason="2")),
        ]
    )

    assert Clock.objects.count() > 20
    shells = AssessmentRequest.objects.filter(decided_before_period=True, received_on=None).values("case_id")
    cases = Case.objects.exclude(pk__in=shells.filter(state="issued")).values_list("pk", flat=True)
    assert list(clocks.differences(case_ids=list(cases))) == []

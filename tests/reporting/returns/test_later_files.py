"""The same file again changes nothing; a later one adds and updates and never loses what a caseworker recorded."""

from datetime import date

from casework.models import (
    AssessmentRequest,
    Case,
    Child,
    ChildAddress,
    Decision,
    MediationAbout,
    Milestone,
    Plan,
    PlanVersion,
)  # fmt: skip
from casework.services import clocks, mediation
from casework.services.disagreements import disputed
from placements.models import NamedPlacement, Placement
from tests.factories.people import UserFactory
from tests.reporting.conftest import rules
from tests.reporting.returns import factory as f


def _everything():
    """Five people who between them use every element."""
    live = f.active(
        f.attended("2020-09-07", "2024-07-19", urn="100002"), f.attended("2024-09-02", Res="A", WBP="S"),
        f.attended("2024-09-02", urn=None, rank="2", SENsetting="OLA"), f.need("ASD"), f.need("MLD", "2"),
        ReviewMeeting="2025-05-02", ReviewOutcome="A", LastReview="2025-05-20", ReviewDraft="2025-05-20",
        PhaseTransferDueDate="2026-02-15", PhaseTransferFinalDate="2026-01-10", TransferLA="201",
    )  # fmt: skip
    issued = f.request(
        "2025-02-03", "Y", "2025-03-12",
        f.assessment("Y", "2025-06-20", f.named_plan("2025-06-20", PB="1", OA="1", DP="E"), Week20="1"),
        f.active(f.attended("2025-09-02"), f.need("SLCN")),
    )  # fmt: skip
    return [
        f.person(1, f.held(live=live), UniqueLearnerNumber=f.uln(1)),
        f.person(2, issued, UPN=None, UPNunknown="UN2"),
        f.person(3, f.refused("2024-03-04", "2024-04-02"), f.request("2025-03-03", "W", None)),
        f.person(4, f.request("2024-11-03", "H", None, f.assessment("A")), UPN="A801200001001"),
        f.person(5, f.held(CeaseDate="2025-07-31", CeaseReason="1"), PostCode=None),
    ]


def test_the_same_file_again_changes_nothing(bring, rows):
    first = bring(_everything())
    assert first.summary.children_added == 5
    before = rows()
    versions = list(Child.objects.values_list("pk", "version"))

    again = bring(_everything())

    assert again.summary.children_same == 5
    assert again.summary.children_changed == 0
    assert rows() == before, "no row and no audit entry more"
    assert list(Child.objects.values_list("pk", "version")) == versions


def test_a_check_says_what_the_import_does_and_writes_nothing(bring, rows):
    before = rows()
    said = bring(_everything(), check_only=True)
    assert rows() == before
    assert not said.written
    assert bring(_everything()).summary == said.summary


def test_a_year_later_the_request_has_its_plan(bring):
    bring([f.person(1, f.request("2024-11-04", "Y", "2024-12-10", f.assessment("A")))], year=2025)
    next_year = f.request(
        None, "H", None,
        f.assessment("Y", "2025-03-14", f.named_plan("2025-03-14"), Week20="0"),
        f.active(f.attended("2025-04-22"), f.need("ASD")), RequestSource=None, RYA=None,
    )  # fmt: skip
    outcome = bring([f.person(1, next_year)])

    assert outcome.summary.requests_added == 0
    request = AssessmentRequest.objects.get()
    assert [str(day) for day in (request.received_on, request.decided_on, request.final_plan_on)] == [
        "2024-11-04", "2024-12-10", "2025-03-14",
    ]  # fmt: skip
    assert (request.state, request.decided_before_period) == ("issued", False)
    assert Plan.objects.get().request == request.case
    assert Decision.objects.get().answer == "assess", "the first decision is kept"
    assert list(clocks.differences(case_ids=[request.case_id])) == []
    assert str(request.case.clocks.get(rule_code="A10").stopped_on) == "2025-03-14"


def test_an_old_shell_stays_one_request(bring):
    bring([f.person(1, f.held(), RYA=None)], year=2025)
    bring([f.person(1, f.held("2025-06-02"))])
    assert Case.objects.filter(kind="request").count() == 1
    assert Plan.objects.count() == 1


def test_a_later_start_date_is_an_amended_version(bring):
    bring([f.person(1, f.held("2021-05-10"))], year=2025)
    outcome = bring([f.person(1, f.held("2025-06-02", f.place("PlanDetail", "100002")))])

    assert outcome.summary.plans_amended == 1
    first, second = PlanVersion.objects.order_by("number")
    assert (str(first.starts_on), str(first.ends_on)) == ("2021-05-10", "2025-06-01")
    assert (str(second.starts_on), second.ends_on, second.stage) == ("2025-06-02", None, "amended_final")
    assert second.named_placements.get().establishment.urn == 100002
    assert str(Plan.objects.get().starts_on) == "2021-05-10"


def test_another_setting_under_the_same_date_is_a_version_too(bring, rows):
    bring([f.person(1, f.held())], year=2025)
    changed = [f.person(1, f.held("2021-05-10", f.place("PlanDetail", "100002")))]
    outcome = bring(changed)
    assert "WM-203" in rules(outcome)
    assert [str(v.starts_on) for v in PlanVersion.objects.order_by("number")] == ["2021-05-10", "2026-01-15"]
    assert NamedPlacement.objects.count() == 2
    before = rows()
    assert bring(changed).summary.children_same == 1
    assert rows() == before


def test_needs_and_budget_follow_the_later_file_and_nothing_is_erased(bring):
    bring(
        [f.person(1, f.held(live=f.active(f.attended(), f.need("ASD"), f.need("MLD", "2")), PB="0"))],
        year=2025,
    )
    bring([f.person(1, f.held(live=f.active(f.attended(), f.need("SEMH"))))])
    version = PlanVersion.objects.get()
    assert (version.primary_need, version.secondary_need, version.personal_budget) == ("SEMH", "", False)
    bring([f.person(1, f.held(live=f.active(f.attended())))])
    assert PlanVersion.objects.get().primary_need == "SEMH"


def test_a_placement_is_closed_and_the_next_begun(bring):
    bring([f.person(1, f.held())], year=2025)
    live = f.active(
        f.attended("2021-09-06", "2025-07-18"), f.attended("2025-09-01", urn="100002"), f.need("ASD")
    )
    outcome = bring([f.person(1, f.held(live=live))])
    assert outcome.summary.placements_added == 1
    assert [(str(p.starts_on), str(p.ends_on)) for p in Placement.objects.order_by("starts_on")] == [
        ("2021-09-06", "2025-07-18"), ("2025-09-01", "None"),
    ]  # fmt: skip


def test_a_placement_the_later_file_forgets_ends_when_the_next_begins(bring, rows):
    bring([f.person(1, f.held())], year=2025)
    moved = [f.person(1, f.held(live=f.active(f.attended("2025-09-01", urn="100002"), f.need("ASD"))))]
    outcome = bring(moved)
    assert "WM-204" in rules(outcome)
    first = Placement.objects.order_by("starts_on").first()
    assert str(first.ends_on) == "2025-08-31"
    before = rows()
    bring(moved)
    assert rows() == before


def test_a_plan_ceases_and_its_open_review_ends(bring):
    live = f.active(f.attended(), f.need("ASD"), ReviewMeeting="2024-12-02")
    bring([f.person(1, f.held(live=live))], year=2025)
    bring([f.person(1, f.held(CeaseDate="2025-07-31", CeaseReason="6"))])
    plan = Plan.objects.get()
    assert (str(plan.ends_on), plan.cease_reason) == ("2025-07-31", "6")
    assert str(plan.versions.get().ends_on) == "2025-07-31"
    review = Case.objects.get(kind="annual_review")
    assert (str(review.closed_on), review.closed_because) == ("2025-07-31", "plan_ceased")
    assert list(clocks.differences(case_ids=[review.pk])) == []


def test_the_decision_of_a_review_joins_its_meeting(bring):
    bring(
        [f.person(1, f.held(live=f.active(f.attended(), f.need("ASD"), ReviewMeeting="2024-12-02")))],
        year=2025,
    )
    live = f.active(
        f.attended(), f.need("ASD"), ReviewMeeting="2024-12-02", ReviewOutcome="M", LastReview="2025-01-20"
    )
    bring([f.person(1, f.held(live=live))])
    review = Case.objects.get(kind="annual_review")
    assert (review.milestones.count(), str(review.closed_on)) == (2, "2025-01-20")
    assert list(clocks.differences(case_ids=[review.pk])) == []


def test_an_older_decision_and_a_newer_meeting_are_two_reviews(bring):
    live = f.active(
        f.attended(), f.need("ASD"), ReviewMeeting="2025-12-01", ReviewOutcome="M", LastReview="2024-12-20"
    )
    bring([f.person(1, f.held(live=live))])
    assert Case.objects.filter(kind="annual_review").count() == 2


def test_a_corrected_day_is_a_correction_not_an_edit(bring):
    bring([f.person(1, f.refused("2025-03-03", "2025-04-07"))])
    bring([f.person(1, f.refused("2025-03-03", "2025-04-08"))])
    decided = Milestone.objects.filter(kind="decided_not_to_assess").order_by("pk")
    assert [(str(m.happened_on), m.replaced) for m in decided] == [
        ("2025-04-07", True),
        ("2025-04-08", False),
    ]
    assert decided[1].replaces == decided[0]
    assert decided[1].reason_for_correction == "Corrected by the SEN2 2026 return"
    assert str(AssessmentRequest.objects.get().decided_on) == "2025-04-08"


def test_a_new_postcode_holds_from_the_census_day(bring):
    bring([f.person(1, f.refused())], year=2025)
    bring([f.person(1, f.refused(), PostCode="ZZ9 9ZZ")])
    homes = ChildAddress.objects.order_by("pk")
    assert [(h.postcode, str(h.starts_on), str(h.ends_on)) for h in homes] == [
        ("ZZ1 1AA", "None", "2026-01-14"), ("ZZ9 9ZZ", "2026-01-15", "None"),
    ]  # fmt: skip


def test_an_older_file_after_a_newer_one_takes_nothing_back(bring):
    bring([f.person(1, f.held("2025-06-02"), PostCode="ZZ9 9ZZ")])
    outcome = bring([f.person(1, f.held("2021-05-10"))], year=2024)
    assert "WM-206" in rules(outcome)
    assert str(PlanVersion.objects.get().starts_on) == "2025-06-02"
    assert ChildAddress.objects.get(ends_on=None).postcode in {"ZZ1 1AA", "ZZ9 9ZZ"}


def test_what_a_caseworker_recorded_stands(bring):
    bring([f.person(1, f.held(), f.refused())])
    Child.objects.update(came_from="caseworker", surname="Rightname")
    AssessmentRequest.objects.update(came_from="caseworker", source="1")
    Milestone.objects.filter(kind="decided_not_to_assess").update(
        came_from="caseworker", happened_on=date(2025, 4, 4)
    )
    Plan.objects.update(came_from="caseworker")
    PlanVersion.objects.update(came_from="caseworker", primary_need="SLD")
    Placement.objects.update(came_from="caseworker", ends_on=date(2025, 7, 18))
    ChildAddress.objects.update(came_from="caseworker", postcode="ZZ5 5ZZ")

    live = f.active(f.attended("2021-09-06", "2025-07-20"), f.need("ASD"))
    outcome = bring(
        [f.person(1, f.held("2025-06-02", live=live, CeaseDate="2025-12-31", CeaseReason="2"), f.refused())]
    )

    assert Child.objects.get().surname == "Rightname"
    assert AssessmentRequest.objects.filter(source="1").count() == 2
    assert str(Milestone.objects.get(kind="decided_not_to_assess").happened_on) == "2025-04-04"
    assert Plan.objects.get().ends_on is None
    assert PlanVersion.objects.get().primary_need == "SLD"
    assert str(Placement.objects.get().ends_on) == "2025-07-18"
    assert ChildAddress.objects.get().postcode == "ZZ5 5ZZ"
    told = {one.element for one in outcome.findings if one.rule == "WM-201"}
    assert {
        "Surname",
        "RequestSource",
        "Requests",
        "CeaseDate",
        "StartDate",
        "LeavingDate",
        "PostCode",
    } <= told


def test_the_audit_trail_says_where_it_came_from(bring):
    import pghistory.models

    bring([f.person(1, f.refused())])
    context = pghistory.models.Context.objects.latest("created_at")
    assert context.metadata["source"] == "SEN2 2026 return: return-1.xml"


def test_a_mediation_recorded_here_outlives_a_return_that_does_not_know_of_it(bring):
    bring([f.person(1, f.refused())])
    decision = Milestone.objects.select_related("case__child").get(kind="decided_not_to_assess")
    by, on = UserFactory(), date(2026, 6, 1)
    case = mediation.open_with_request(
        about=disputed(decision), wants=MediationAbout.EDUCATION, told_on=date(2025, 4, 14), by=by, on=on
    )
    mediation.hold(case=case, held_on=date(2025, 5, 6), attended="Parents and the authority", by=by, on=on)

    bring([f.person(1, f.refused(RequestMediation="0", RequestTribunal="1"))])

    request = AssessmentRequest.objects.get()
    assert (request.mediation_on_assess, request.appeal_on_assess) == (True, True)

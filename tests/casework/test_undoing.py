"""Undoing a decision that was recorded by mistake: everything it did is taken back, and the trace is kept."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import (
    Answer,
    AssessmentRequest,
    Case,
    CaseKind,
    Decision,
    Milestone,
    MilestoneKind,
    Need,
    Plan,
    PlanText,
    PlanVersion,
    Review,
    RoleCode,
    Stage,
)
from casework.queries.history import History, Wanted
from casework.queries.timeline import timeline
from casework.rules.undoing import UNDOABLE
from casework.services import amendments, clocks, decisions, plan_texts, reviews, undoing
from casework.services.refusals import Refused, StaleEdit
from placements.models import NamedPlacement
from placements.services.amended_plan import issue_amended_plan
from placements.services.issue_plan import SectionI, issue_final_plan
from tests.casework.conftest import MONDAY
from tests.factories.documents import DocumentFactory
from tests.factories.money import CostLineFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, PlacementFactory

M = MilestoneKind
D = datetime.date
TODAY = D(2025, 12, 15)


def day(number):
    return MONDAY + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def case(log_request):
    return log_request()


@pytest.fixture
def assessing(case, caseworker):
    decisions.decide_to_assess(case=case, decided_on=day(30), told_on=day(32), by=caseworker, on=TODAY)
    return case


@pytest.fixture
def issuing(assessing, caseworker):
    decisions.decide_to_issue(case=assessing, decided_on=day(100), told_on=day(100), by=caseworker, on=TODAY)
    return assessing


@pytest.fixture
def issued(issuing, caseworker):
    """A final plan of Monday 13 October 2025 (day 133), naming Otterbrook, with the review to come."""
    issue_final_plan(
        case=issuing, issued_on=day(133), primary_need=Need.ASD,
        section_i=SectionI(establishment=EstablishmentFactory(name="Otterbrook Primary School")),
        by=caseworker, on=TODAY,
    )  # fmt: skip
    return issuing


def standing(case, kind):
    return case.milestones.get(kind=kind, replaced=False, withdrawn=False)


def look(case, kind, caseworker):
    return undoing.look(milestone=standing(case, kind), by=caseworker, on=TODAY)


def undo(case, kind, caseworker, **different):
    return undoing.undo(
        **{
            "milestone": standing(case, kind),
            "reason": "Recorded on the wrong child",
            "by": caseworker,
            "on": TODAY,
        }
        | different
    )


def state(case):
    return AssessmentRequest.objects.get(pk=case.pk).state


def everything(child):
    """All that is recorded of a child but the history, to see that nothing changed."""
    return [
        *Case.objects.filter(child=child).order_by("pk").values_list(),
        *Milestone.objects.filter(case__child=child).order_by("pk").values_list(),
        *Plan.objects.filter(child=child).order_by("pk").values_list(),
        *PlanVersion.objects.filter(plan__child=child).order_by("pk").values_list(),
        *Review.objects.filter(case__child=child).order_by("pk").values_list(),
        *NamedPlacement.objects.order_by("pk").values_list(),
        *AssessmentRequest.objects.order_by("pk").values_list(),
    ]


@pytest.mark.parametrize("refused", [False, True])
def test_the_first_decision_undone_leaves_the_request_undecided_and_the_six_weeks_running(
    case, caseworker, refused
):
    if refused:
        decisions.refuse_to_assess(
            case=case, limb="not_necessary", grounds=["progress"], reasons="No.", decided_on=day(40),
            told_on=day(41), by=caseworker, on=TODAY,
        )  # fmt: skip
    else:
        decisions.decide_to_assess(case=case, decided_on=day(40), told_on=day(41), by=caseworker, on=TODAY)
    kind = M.DECIDED_NOT_TO_ASSESS if refused else M.DECIDED_TO_ASSESS
    told = look(case, kind, caseworker)
    assert (
        "Tell the family whether you will assess (6 weeks): runs again, due by 14 July 2025, 154 days ago."
        in told.undone
    )
    assert (
        any("is open again: waiting for the decision to assess" in words for words in told.undone) == refused
    )
    assert told.letters[0].startswith("Write to the family: they were told of the decision")
    assert "13 July 2025" in told.letters[0]
    undo(case, kind, caseworker)
    assert state(case) == "undecided"
    case.refresh_from_db()
    assert case.closed_on is None
    assert set(case.clocks.values_list("rule_code", "stopped_on")) == {
        ("A1", None),
        ("A6", None),
        ("A10", None),
    }
    assert Decision.objects.count() == 1, "the decision stays, with its reasons"


def test_a_refusal_to_issue_undone_opens_the_question_again(assessing, caseworker):
    decisions.refuse_to_issue(
        case=assessing, limb="not_necessary", grounds=["ordinarily_available"], reasons="The school gives it.",
        decided_on=day(110), told_on=day(111), by=caseworker, on=TODAY,
    )  # fmt: skip
    undo(assessing, M.DECIDED_NOT_TO_ISSUE, caseworker)
    assert state(assessing) == "assessing"
    decisions.decide_to_issue(case=assessing, decided_on=day(112), told_on=day(112), by=caseworker, on=TODAY)


def test_looking_changes_nothing(issued, caseworker, child):
    before = everything(child)
    told = look(issued, M.FINAL_PLAN_ISSUED, caseworker)
    assert told.blockers == []
    assert everything(child) == before


def test_a_plan_issued_on_the_wrong_child_is_taken_back_whole(issued, caseworker, child):
    PlacementFactory(
        child=child, establishment=EstablishmentFactory(name="Hilltop School"), starts_on=day(140)
    )
    CostLineFactory(child=child, starts_on=day(140), kind="therapy")
    told = look(issued, M.FINAL_PLAN_ISSUED, caseworker)
    text = " ".join([*told.undone, *told.left])
    assert "The plan made on 13 October 2025 is taken out of the records" in text
    assert "Section I no longer names Otterbrook Primary School." in text
    assert "is open again: decided to issue; plan not yet issued." in text
    assert "Send the final plan (20 weeks): runs again, due by 20 October 2025, 56 days ago." in text
    assert "the date of 12 October 2026 no longer applies" in text, "the review of the plan is not to come"
    assert "The placement at Hilltop School from 20 October 2025 stays." in text
    assert "A cost line that began on or after 13 October 2025 stays." in text
    undo(issued, M.FINAL_PLAN_ISSUED, caseworker)
    assert not Plan.objects.filter(child=child).exists()
    assert not NamedPlacement.objects.exists()
    assert state(issued) == "issuing"
    review = Review.objects.get(case__child=child)
    assert (review.plan, review.due_on, review.case.closed_because) == (None, None, "superseded")
    assert list(clocks.differences()) == []
    assert child.placements.count() == 1


def test_after_it_is_undone_the_right_plan_can_be_issued(issued, caseworker, child):
    undo(issued, M.FINAL_PLAN_ISSUED, caseworker)
    issued.refresh_from_db()
    again = issue_final_plan(
        case=issued, issued_on=day(139), primary_need=Need.SLCN,
        section_i=SectionI(establishment=EstablishmentFactory()), by=caseworker, on=TODAY,
    )  # fmt: skip
    assert Plan.objects.get(child=child) == again.plan
    assert Review.objects.filter(case__child=child, case__closed_on__isnull=True).get().due_on == D(
        2026, 10, 18
    )


def test_the_text_of_an_undone_plan_is_set_aside_and_a_draft_takes_its_place(issuing, caseworker, child):
    draft = plan_texts.start(case=issuing, by=caseworker)
    issue_final_plan(
        case=issuing, issued_on=day(133), primary_need=Need.ASD,
        section_i=SectionI(establishment=EstablishmentFactory()), by=caseworker, on=TODAY,
    )  # fmt: skip
    draft.refresh_from_db()
    assert draft.state == "final"
    undo(issuing, M.FINAL_PLAN_ISSUED, caseworker)
    draft.refresh_from_db()
    assert (draft.state, draft.plan_version) == ("set_aside", None)
    again = plan_texts.current_text(issuing)
    assert (again.state, again.based_on) == ("writing", draft)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        PlanText.objects.filter(pk=draft.pk).update(state="final")


def test_the_timeline_strikes_it_through_with_name_and_reason(issued, caseworker):
    ash = UserFactory(name="Ash Merrow", role=RoleCode.CASEWORKER)
    undo(issued, M.FINAL_PLAN_ISSUED, ash, reason="It was Robin’s plan")
    [entry] = [
        one for one in timeline(issued.milestones.all()) if one.title == "Final plan sent to the family"
    ]
    assert entry.struck == "recorded by mistake, undone by Ash Merrow. It was Robin’s plan"
    assert entry.by == "Wren Underhill"
    assert entry.milestone is None


@pytest.mark.django_db(transaction=True)
def test_the_history_keeps_what_the_plan_said(issued, caseworker, child):
    undo(issued, M.FINAL_PLAN_ISSUED, caseworker)
    found = History(child, reader=caseworker, on=TODAY)
    act = found.tell(found.narrowed(Wanted()))[0]
    assert (act.who, act.reason) == ("Wren Underhill", "Recorded on the wrong child")
    titles = [line.title for line in act.lines]
    assert "Plan (made 13 October 2025) removed" in titles
    assert "Setting named in section I removed" in titles
    held = {change.before for line in act.lines for change in line.changes}
    assert {"Otterbrook Primary School", "Autistic spectrum disorder"} <= held


def test_what_rests_on_a_decision_is_named_with_what_to_do_first(issued, caseworker):
    told = look(issued, M.DECIDED_TO_ASSESS, caseworker)
    assert [(one.words, one.milestone.kind) for one in told.blockers] == [
        (
            "“Final plan sent to the family” on 13 October 2025 rests on this. Undo that first.",
            M.FINAL_PLAN_ISSUED,
        ),
        (
            "“Decision to issue a plan” on 10 September 2025 rests on this. Undo that first.",
            M.DECIDED_TO_ISSUE,
        ),
    ]
    with pytest.raises(Refused, match="rests on this"):
        undo(issued, M.DECIDED_TO_ASSESS, caseworker)
    assert state(issued) == "issued"


def test_the_whole_chain_is_undone_from_the_end(issued, caseworker, child):
    for kind in (M.FINAL_PLAN_ISSUED, M.DECIDED_TO_ISSUE, M.DECIDED_TO_ASSESS):
        undo(issued, kind, caseworker)
    assert state(issued) == "undecided"
    assert list(clocks.differences()) == []


@pytest.fixture
def reviewed(issued, caseworker, child):
    """The plan's review held on 10 November, decided to amend on the 20th, with the notice of that day."""
    case = Review.objects.get(case__child=child).case
    reviews.hold_meeting(case=case, held_on=D(2025, 11, 10), by=caseworker, on=TODAY)
    reviews.decide(
        case=case, answer=Answer.AMEND, reasons="Needs have changed.", decided_on=D(2025, 11, 20),
        told_on=D(2025, 11, 20), by=caseworker, on=TODAY, notice_sent_on=D(2025, 11, 20),
    )  # fmt: skip
    return case


@pytest.fixture
def amended(reviewed, caseworker):
    issue_amended_plan(
        case=reviewed, issued_on=D(2025, 12, 8), by=caseworker, on=TODAY, primary_need=Need.SLCN
    )
    return reviewed


def test_a_plan_with_a_later_version_or_a_review_cannot_be_taken_back(issued, amended, caseworker):
    words = [one.words for one in look(issued, M.FINAL_PLAN_ISSUED, caseworker).blockers]
    assert (
        "Version 2 of the plan (proposed amendments) was made after this one. Undo what made it first."
        in words
    )
    assert "Version 3 of the plan (amended final) was made after this one. Undo what made it first." in words
    assert any(
        "the final amended plan was sent on 8 December 2025. Take that back first." in one for one in words
    )
    with pytest.raises(Refused, match="Version 2"):
        undo(issued, M.FINAL_PLAN_ISSUED, caseworker)


def test_an_amended_plan_undone_puts_the_version_before_in_force_again(amended, caseworker, child):
    told = look(amended, M.AMENDED_PLAN_ISSUED, caseworker)
    assert any("Version 1 is in force again." in words for words in told.undone)
    undo(amended, M.AMENDED_PLAN_ISSUED, caseworker)
    plan = Plan.objects.get(child=child)
    assert [(one.number, one.stage, one.ends_on) for one in plan.versions.all()] == [
        (1, Stage.FINAL, None), (2, Stage.PROPOSED, None)
    ]  # fmt: skip
    assert NamedPlacement.objects.get().plan_version.number == 1
    amended.refresh_from_db()
    assert amended.closed_on is None
    assert amended.clocks.get(rule_code="C9").stopped_on is None
    again = issue_amended_plan(case=amended, issued_on=D(2025, 12, 9), by=caseworker, on=TODAY)
    assert (again.number, again.primary_need) == (3, Need.ASD)


def test_the_decision_after_a_review_undone_makes_the_old_twelve_months_count_again(
    issued, caseworker, child
):
    case = Review.objects.get(case__child=child).case
    reviews.hold_meeting(case=case, held_on=D(2025, 11, 10), by=caseworker, on=TODAY)
    reviews.decide(
        case=case, answer=Answer.CEASE, reasons="Needs are met.", decided_on=D(2025, 11, 20),
        told_on=D(2025, 11, 20), by=caseworker, on=TODAY,
    )  # fmt: skip
    assert Review.objects.filter(case__child=child).count() == 2
    told = look(case, M.REVIEW_DECIDED, caseworker)
    assert "The meeting, its report and the other steps of the review stay as they are recorded." in told.left
    assert "Tell the setting of the child." in told.letters
    undo(case, M.REVIEW_DECIDED, caseworker)
    review = Review.objects.get(case=case)
    assert (review.decided_on, review.held_on, review.due_on) == (None, D(2025, 11, 10), D(2026, 10, 12))
    assert Review.objects.filter(case__child=child, case__closed_on__isnull=True).count() == 1
    assert list(clocks.differences()) == []


def test_a_decision_not_to_amend_undone(reviewed, caseworker):
    amendments.decide_not_to_amend(
        case=reviewed, reasons="On reflection.", decided_on=D(2025, 12, 1), told_on=D(2025, 12, 2),
        by=caseworker, on=TODAY,
    )  # fmt: skip
    undo(reviewed, M.DECIDED_NOT_TO_AMEND, caseworker)
    reviewed.refresh_from_db()
    assert reviewed.closed_on is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed_and_nothing_is_half_undone(issued, caseworker, child, reason):
    before = everything(child)
    with pytest.raises(Refused, match="Enter why the decision was recorded by mistake"):
        undo(issued, M.FINAL_PLAN_ISSUED, caseworker, reason=reason)
    assert everything(child) == before


def test_whoever_read_an_older_record_is_told_and_nothing_is_undone(issued, caseworker, child):
    issued.refresh_from_db()
    seen = issued.version - 1
    with pytest.raises(StaleEdit) as stale:
        undo(issued, M.FINAL_PLAN_ISSUED, caseworker, version=seen)
    assert stale.value.changes[0].who == "Wren Underhill"
    assert Plan.objects.filter(child=child).exists()


def test_another_open_request_stands_in_the_way_and_is_said_beforehand(case, caseworker, log_request):
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress"], reasons="No.", decided_on=day(40),
        told_on=day(41), by=caseworker, on=TODAY,
    )  # fmt: skip
    log_request(received_on=day(60), on=TODAY)
    [blocker] = look(case, M.DECIDED_NOT_TO_ASSESS, caseworker).blockers
    assert "the child has another open request" in blocker.words


def test_letters_written_about_the_decision_are_named(assessing, caseworker, child):
    letter = {"child": child, "case": assessing, "kind": "letter"}
    DocumentFactory(**letter, title="We will assess", received_on=day(31))
    DocumentFactory(**letter, title="Thank you for asking", received_on=day(1))
    words = " ".join(look(assessing, M.DECIDED_TO_ASSESS, caseworker).letters)
    assert "Call back the letter “We will assess” of 3 July 2025" in words
    assert "Thank you for asking" not in words


def test_only_decisions_are_undone(case, caseworker):
    with pytest.raises(Refused, match="This is no decision"):
        undo(case, M.REQUEST_RECEIVED, caseworker)
    assert M.REQUEST_RECEIVED not in UNDOABLE


def desk_of(client, user):
    client.force_login(user)
    return client


def test_pages_undo_once_show_what_follows_and_lead_on(client, issued, caseworker, child):
    desk = desk_of(client, caseworker)
    milestone = standing(issued, M.FINAL_PLAN_ISSUED)
    url = reverse("undo_decision", args=[milestone.public_id])
    shown = desk.get(reverse("child_timeline", args=[child.public_id])).content.decode()
    assert url in shown
    page = desk.post(url, {"reason": ""})
    assert "Enter why the decision was recorded by mistake" in page.content.decode()
    desk.post(url, {"reason": "Wrong child"})
    check = desk.get(f"{url}check/")
    text = check.content.decode()
    assert "The plan made on 13 October 2025 is taken out of the records" in text
    assert "Write to the family: they were told of the final plan on 13 October 2025." in text
    key = {"key": str(check.context["form"]["key"].value())}
    first, again = desk.post(f"{url}check/", key), desk.post(f"{url}check/", key)
    assert first.headers["Location"] == again.headers["Location"]
    done = desk.get(first.headers["Location"]).content.decode()
    assert "Decision undone" in done
    assert "Write to the family" in done
    after = desk.get(reverse("child_timeline", args=[child.public_id])).content.decode()
    assert "<s>Final plan sent to the family</s>" in after
    assert Plan.objects.count() == 0


def test_a_page_that_cannot_go_on_names_what_is_in_the_way(client, issued, caseworker):
    page = desk_of(client, caseworker).get(
        reverse("undo_decision", args=[standing(issued, M.DECIDED_TO_ISSUE).public_id])
    )
    assert page.status_code == 409
    text = page.content.decode()
    assert "rests on this. Undo that first." in text
    assert reverse("undo_decision", args=[standing(issued, M.FINAL_PLAN_ISSUED).public_id]) in text


def test_who_may_not_decide_is_offered_nothing(client, issued, child):
    finance = UserFactory(role=RoleCode.FINANCE)
    desk = desk_of(client, finance)
    milestone = standing(issued, M.FINAL_PLAN_ISSUED)
    url = reverse("undo_decision", args=[milestone.public_id])
    assert desk.get(url).status_code == 403
    assert (
        "Undo this decision"
        not in desk.get(reverse("child_timeline", args=[child.public_id])).content.decode()
    )


def test_what_is_no_decision_has_no_such_page(client, case, caseworker):
    milestone = standing(case, M.REQUEST_RECEIVED)
    desk = desk_of(client, caseworker)
    for name in ("undo_decision", "decision_undone"):
        assert desk.get(reverse(name, args=[milestone.public_id])).status_code == 404


def test_the_page_that_corrects_a_decision_offers_only_the_date(client, issued, caseworker):
    milestone = standing(issued, M.DECIDED_TO_ISSUE)
    page = desk_of(client, caseworker).get(reverse("correct_milestone", args=[milestone.public_id]))
    text = page.content.decode()
    assert "It did not happen" not in text
    assert "Undo this decision" in text


def test_a_case_of_another_kind_is_untouched(amended, caseworker, child):
    request = Case.objects.get(child=child, kind=CaseKind.REQUEST)
    undo(amended, M.AMENDED_PLAN_ISSUED, caseworker)
    request.refresh_from_db()
    assert request.closed_because == "issued"

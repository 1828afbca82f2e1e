"""A panel's recommendation is recorded once, and the decision takes it over."""

import datetime

import pytest

from casework.models import Answer, Decision, PanelMeeting, PanelOutcome, Question
from casework.services import corrections, decisions, panels
from casework.services.panels import Recommendation
from casework.services.refusals import Refused, StaleEdit
from tests.casework.conftest import MONDAY, MUCH_LATER
from tests.factories.children import ChildFactory

ISSUE = Recommendation(Answer.ISSUE, "The school cannot meet the needs from what it has.", band="Band C")


def day(number):
    return MONDAY + datetime.timedelta(days=number)


@pytest.fixture
def meeting(caseworker):
    return panels.record_meeting(
        name="SEND panel", held_on=day(90), members=["Sorrel Finch,  chair", " ", "Ash Marlow"], by=caseworker,
        on=MUCH_LATER,
    )  # fmt: skip


@pytest.fixture
def recommend(assessment, meeting, caseworker):
    def record(given=ISSUE, **different):
        return panels.record_outcome(
            **{
                "case": assessment, "meeting": meeting, "question": Question.ISSUE, "given": given, "by": caseworker,
                "on": MUCH_LATER,
            }
            | different
        )  # fmt: skip

    return record


def issue(case, caseworker, **different):
    return decisions.decide_to_issue(
        **{"case": case, "decided_on": day(90), "told_on": day(92), "by": caseworker, "on": MUCH_LATER}
        | different
    )


def refuse(case, caseworker, **different):
    return decisions.refuse_to_issue(
        **{
            "case": case, "limb": "not_necessary", "grounds": ["support_working"], "reasons": "The school meets them.",
            "decided_on": day(90), "told_on": day(92), "by": caseworker, "on": MUCH_LATER,
        }
        | different
    )  # fmt: skip


def test_the_members_are_kept_as_typed_once(meeting):
    assert meeting.members == ["Sorrel Finch, chair", "Ash Marlow"]
    assert str(meeting) == "SEND panel, 31 August 2025"


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"members": ["", " "]}, "members", "at least one member"),
        ({"held_on": MUCH_LATER + datetime.timedelta(days=1)}, "held_on", "cannot have met after today"),
        ({"held_on": day(90)}, "meeting", "already recorded on 31 August 2025"),
    ],
)
def test_what_a_meeting_cannot_be(meeting, caseworker, different, field, words):
    given = {
        "name": "SEND panel",
        "held_on": day(97),
        "members": ["Ash Marlow"],
        "by": caseworker,
        "on": MUCH_LATER,
    }
    with pytest.raises(Refused, match=words) as refused:
        panels.record_meeting(**given | different)
    assert refused.value.field == field
    assert PanelMeeting.objects.count() == 1


def test_a_recommendation_recorded_again_replaces_the_first(recommend, assessment):
    recommend()
    again = recommend(Recommendation(Answer.REFUSE_ISSUE, "On a second look the school meets the needs."))
    assert PanelOutcome.objects.get() == again
    assert (again.recommendation, again.recommended_band) == (Answer.REFUSE_ISSUE, "")
    assert panels.undecided_outcome(assessment, Question.ISSUE) == again


def test_the_decision_takes_the_recommendation_over(recommend, assessment, caseworker):
    outcome = recommend()
    decision = issue(assessment, caseworker, departed_because="not needed")
    outcome.refresh_from_db()
    assert (outcome.decision, outcome.departed_because) == (decision, "")
    assert panels.undecided_outcome(assessment, Question.ISSUE) is None
    with pytest.raises(Refused, match="the decision is made"):
        recommend()


def test_another_decision_than_the_panel_recommended_says_why(recommend, assessment, caseworker):
    outcome = recommend()
    with pytest.raises(Refused, match="SEND panel, 31 August 2025 recommended “issue a plan”") as refused:
        refuse(assessment, caseworker)
    assert refused.value.field == "departed_because"
    assert not Decision.objects.filter(question=Question.ISSUE).exists()
    refuse(assessment, caseworker, departed_because="New advice came after the panel.")
    outcome.refresh_from_db()
    assert outcome.decision.answer == Answer.REFUSE_ISSUE
    assert outcome.departed_because == "New advice came after the panel."


def test_a_decision_needs_no_panel(assessment, caseworker):
    assert issue(assessment, caseworker).answer == Answer.ISSUE


def test_a_decision_taken_back_frees_the_recommendation(recommend, assessment, caseworker):
    outcome = recommend()
    decision = issue(assessment, caseworker)
    corrections.withdraw(milestone=decision.milestone, reason="Recorded for the wrong child", by=caseworker)
    assert panels.undecided_outcome(assessment, Question.ISSUE) == outcome
    outcome = PanelOutcome.objects.select_related("decision__milestone").get()
    assert (outcome.decision, outcome.standing_decision) == (decision, None)
    decision = refuse(assessment, caseworker, departed_because="The head wrote again.")
    outcome = PanelOutcome.objects.select_related("decision__milestone").get()
    assert outcome.standing_decision == decision


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        (
            {"given": Recommendation(Answer.ASSESS, "Yes")},
            "recommendation",
            "Select what the panel recommended",
        ),
        ({"given": Recommendation(Answer.ISSUE, " ")}, "reasons", "Enter the panel's reasons"),
        ({"question": Question.REVIEW}, "recommendation", "Select what the panel recommended"),
        (
            {"question": Question.ASSESS, "given": Recommendation(Answer.ASSESS, "Yes")},
            "",
            "the decision is made",
        ),
    ],
)
def test_what_a_recommendation_cannot_be(recommend, different, field, words):
    with pytest.raises(Refused, match=words) as refused:
        recommend(**different)
    assert refused.value.field == field
    assert not PanelOutcome.objects.exists()


def test_a_panel_before_the_request_and_a_page_that_is_old(recommend, caseworker):
    early = panels.record_meeting(
        name="SEND panel", held_on=day(-1), members=["Ash Marlow"], by=caseworker, on=MUCH_LATER
    )
    with pytest.raises(Refused, match="before the request") as refused:
        recommend(meeting=early)
    assert refused.value.field == "meeting"
    with pytest.raises(StaleEdit):
        recommend(version=1)


def test_no_panel_on_issuing_before_the_assessment(log_request, meeting, recommend):
    other = log_request(child=ChildFactory())
    with pytest.raises(Refused, match="no assessment is under way"):
        recommend(case=other)

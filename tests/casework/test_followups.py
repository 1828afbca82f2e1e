"""Follow-ups: what the database refuses, what the services refuse, and how one is made, moved and done."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from casework.models import CaseKind, FollowUp, FollowUpKind, FollowUpMove
from casework.services import followups
from casework.services.followups import Intent
from casework.services.refusals import Refused, StaleEdit
from tests.factories.cases import CaseFactory
from tests.factories.children import ChildFactory
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.teamwork import ContactNoteFactory, FollowUpFactory, FollowUpMoveFactory

D = datetime.date
TODAY = D(2025, 10, 1)


def intent(**different):
    return Intent(
        **{"text": "Call the school", "due_on": D(2025, 10, 8), "kind": FollowUpKind.CALL} | different
    )


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        (lambda: FollowUpFactory(kind="sing"), "follow_up_kind_known"),
        (lambda: FollowUpFactory(user=None), "follow_up_for_a_person_or_a_team"),
        (lambda: FollowUpFactory(team=TeamFactory()), "follow_up_for_a_person_or_a_team"),
        (lambda: FollowUpFactory(text=""), "follow_up_says_what"),
        (lambda: FollowUpFactory(done_on=TODAY), "follow_up_done_by_somebody_with_an_outcome"),
        (
            lambda: FollowUpFactory(done_on=TODAY, done_by=UserFactory()),
            "follow_up_done_by_somebody_with_an_outcome",
        ),
        (lambda: FollowUpFactory(outcome="Done"), "follow_up_done_by_somebody_with_an_outcome"),
        (
            lambda: FollowUpFactory(done_on=D(2025, 8, 31), done_by=UserFactory(), outcome="Done"),
            "follow_up_done_after_made",
        ),
        (lambda: FollowUpMoveFactory(now_due_on=D(2025, 9, 1)), "follow_up_moved_to_another_day"),
        (lambda: FollowUpMoveFactory(reason=""), "follow_up_moved_for_a_reason"),
    ],
)
def test_the_database_refuses(db, broken, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        broken()


def test_a_follow_up_is_made_moved_and_done(caseworker, child):
    made = followups.add(child=child, intent=intent(user=caseworker), by=caseworker, on=TODAY)
    moved = followups.move(
        follow_up=made,
        due_on=D(2025, 10, 15),
        reason=" Closed for a week ",
        by=caseworker,
        on=TODAY,
        version=1,
    )
    assert (moved.due_on, moved.version, moved.is_open) == (D(2025, 10, 15), 2, True)
    move = FollowUpMove.objects.get()
    assert (move.was_due_on, move.now_due_on, move.reason) == (
        D(2025, 10, 8),
        D(2025, 10, 15),
        "Closed for a week",
    )
    done = followups.complete(
        follow_up=moved, outcome="They will write", done_on=TODAY, by=caseworker, on=TODAY, version=2
    )
    assert (done.done_on, done.done_by, done.outcome, done.is_open) == (
        TODAY, caseworker, "They will write", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"text": "  "}, "Enter what is to be done."),
        ({"text": "x" * 301}, "What is to be done must be 300 characters or fewer."),
        ({"due_on": D(2025, 9, 30)}, "30 September 2025 has passed. Enter today or a later day."),
        ({"user": None}, "Say who is to do it: one person or one team."),
    ],
)
def test_what_cannot_be_added(caseworker, child, different, words):
    with pytest.raises(Refused) as refused:
        followups.add(child=child, intent=intent(**{"user": caseworker} | different), by=caseworker, on=TODAY)
    assert refused.value.words == words
    assert not FollowUp.objects.exists()


def test_a_case_or_conversation_of_another_child_is_refused(caseworker, child):
    for other in ({"case": CaseFactory(kind=CaseKind.ANNUAL_REVIEW)}, {"note": ContactNoteFactory()}):
        with pytest.raises(Refused, match="another child"):
            followups.add(child=child, intent=intent(user=caseworker), by=caseworker, on=TODAY, **other)


def test_one_for_each_of_several_children_and_none_for_none(caseworker, child):
    other = ChildFactory()
    made = followups.add_for_several(
        children=[child, other, child], intent=intent(user=caseworker), by=caseworker, on=TODAY
    )
    assert {row.child_id for row in made} == {child.pk, other.pk}
    assert len(made) == 2
    with pytest.raises(Refused, match="Choose at least one child"):
        followups.add_for_several(children=[], intent=intent(user=caseworker), by=caseworker, on=TODAY)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcome": " "}, "Enter what came of it."),
        ({"done_on": D(2025, 10, 2)}, "It cannot have been done after today, 1 October 2025."),
        (
            {"done_on": D(2025, 8, 31)},
            (
                "The follow-up was made on 1 September 2025, so it cannot have been done before. "
                "Enter that day or a later one."
            ),
        ),
    ],
)
def test_what_cannot_be_done(caseworker, given, words):
    row = FollowUpFactory()
    with pytest.raises(Refused) as refused:
        followups.complete(
            **{"follow_up": row, "outcome": "Done", "done_on": TODAY, "by": caseworker, "on": TODAY} | given
        )
    assert refused.value.words == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": ""}, "Enter why it is put to another day."),
        ({"due_on": D(2025, 9, 30)}, "30 September 2025 has passed. Enter today or a later day."),
        ({"due_on": D(2025, 10, 3)}, "The follow-up is already due on 3 October 2025."),
    ],
)
def test_what_cannot_be_moved(caseworker, given, words):
    row = FollowUpFactory(due_on=D(2025, 10, 3))
    with pytest.raises(Refused) as refused:
        followups.move(
            **{"follow_up": row, "due_on": D(2025, 10, 9), "reason": "Away", "by": caseworker, "on": TODAY}
            | given
        )
    assert refused.value.words == words
    assert not FollowUpMove.objects.exists()


def test_two_people_at_once_and_what_is_done_stays_done(caseworker):
    row = FollowUpFactory()
    followups.complete(follow_up=row, outcome="Done", done_on=TODAY, by=caseworker, on=TODAY, version=1)
    with pytest.raises(StaleEdit) as stale:
        followups.move(
            follow_up=row, due_on=D(2025, 10, 9), reason="Away", by=caseworker, on=TODAY, version=1
        )
    assert [change.who for change in stale.value.changes] == [caseworker.name]
    with pytest.raises(Refused, match=f"was done on 1 October 2025 by {caseworker.name}"):
        followups.complete(follow_up=row, outcome="Again", done_on=TODAY, by=caseworker, on=TODAY)

"""Follow-ups, contact notes, cover, and what people keep for themselves."""

import datetime

import factory
from django.utils import timezone

from casework.models import (
    ContactNote,
    ContactWay,
    Cover,
    FollowUp,
    FollowUpKind,
    FollowUpMove,
    SavedFilter,
    UnfinishedWork,
)
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory

MADE = datetime.date(2025, 9, 1)


class ContactNoteFactory(factory.django.DjangoModelFactory):
    """A telephone call with a parent."""

    class Meta:
        model = ContactNote

    child = factory.SubFactory(ChildFactory)
    happened_on = MADE
    way = ContactWay.PHONE
    with_whom = "The mother"
    said = "She has not had the school's letter."
    recorded_by = factory.SubFactory(UserFactory)


class FollowUpFactory(factory.django.DjangoModelFactory):
    """A call to make."""

    class Meta:
        model = FollowUp

    child = factory.SubFactory(ChildFactory)
    kind = FollowUpKind.CALL
    text = "Call the school about the timetable"
    user = factory.SubFactory(UserFactory)
    made_on = MADE
    due_on = MADE + datetime.timedelta(days=7)


class FollowUpMoveFactory(factory.django.DjangoModelFactory):
    """A follow-up put off by a week."""

    class Meta:
        model = FollowUpMove

    follow_up = factory.SubFactory(FollowUpFactory)
    was_due_on = MADE
    now_due_on = MADE + datetime.timedelta(days=7)
    reason = "The school is closed"
    moved_on = MADE


class CoverFactory(factory.django.DjangoModelFactory):
    """A fortnight's leave."""

    class Meta:
        model = Cover

    user = factory.SubFactory(UserFactory)
    covered_by = factory.SubFactory(UserFactory)
    starts_on = MADE
    ends_on = MADE + datetime.timedelta(days=13)


class SavedFilterFactory(factory.django.DjangoModelFactory):
    """A filter of one person."""

    class Meta:
        model = SavedFilter

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Filter {n}")
    query = "due=overdue"


class UnfinishedWorkFactory(factory.django.DjangoModelFactory):
    """What somebody had typed."""

    class Meta:
        model = UnfinishedWork

    user = factory.SubFactory(UserFactory)
    kept_at = factory.LazyFunction(timezone.now)

"""The contact log: constraints, notes, the next step, corrections."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from casework.models import ContactNote, ContactWay, FollowUp
from casework.services import contact_log
from casework.services.contact_log import Contact
from casework.services.followups import Intent
from casework.services.refusals import Refused
from tests.factories.teamwork import ContactNoteFactory

D = datetime.date
TODAY = D(2025, 10, 1)


def contact(**different):
    return Contact(
        **{
            "happened_on": D(2025, 9, 30),
            "happened_at": datetime.time(14, 30),
            "way": ContactWay.PHONE,
            "with_whom": "Rowan's mother",
            "said": "She asks for a meeting.",
        }
        | different
    )


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"way": "owl"}, "contact_way_known"),
        ({"with_whom": ""}, "contact_says_with_whom_and_what"),
        ({"said": ""}, "contact_says_with_whom_and_what"),
        ({"happened_on": D(2099, 1, 1)}, "contact_not_in_the_future"),
    ],
)
def test_the_database_refuses(db, broken, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ContactNoteFactory(**broken)


def test_a_correction_needs_a_reason_in_the_database_too(db):
    with pytest.raises(IntegrityError, match="contact_correction_has_a_reason"), transaction.atomic():
        ContactNoteFactory(replaces=ContactNoteFactory())


def test_a_note_with_its_next_step(caseworker, child):
    step = Intent(text="Arrange a meeting", due_on=D(2025, 10, 10), user=caseworker)
    row = contact_log.note(child=child, contact=contact(), by=caseworker, on=TODAY, next_step=step)
    assert (row.with_whom, row.recorded_by) == ("Rowan's mother", caseworker)
    made = FollowUp.objects.get()
    assert (made.note, made.child, made.text) == (row, child, "Arrange a meeting")


def test_a_refused_next_step_leaves_no_note(caseworker, child):
    step = Intent(text="", due_on=D(2025, 10, 10), user=caseworker)
    with pytest.raises(Refused, match="Enter what is to be done"):
        contact_log.note(child=child, contact=contact(), by=caseworker, on=TODAY, next_step=step)
    assert not ContactNote.objects.exists()


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"with_whom": " "}, "Enter with whom it was."),
        ({"with_whom": "x" * 201}, "With whom it was must be 200 characters or fewer."),
        ({"said": "\n"}, "Enter what was said."),
        (
            {"happened_on": D(2025, 10, 2)},
            "The contact cannot be after today, 1 October 2025. Enter a day up to and including today.",
        ),
        (
            {"happened_on": D(2016, 5, 3)},
            "3 May 2016 is before Rowan Heath was born (4 May 2016). Check both dates.",
        ),
    ],
)
def test_what_cannot_be_noted(caseworker, child, different, words):
    with pytest.raises(Refused) as refused:
        contact_log.note(child=child, contact=contact(**different), by=caseworker, on=TODAY)
    assert refused.value.words == words


def test_a_note_is_corrected_not_edited(caseworker, child):
    old = contact_log.note(child=child, contact=contact(), by=caseworker, on=TODAY)
    new = contact_log.correct(
        old=old, contact=contact(with_whom="Rowan's aunt"), reason="Wrong person", by=caseworker, on=TODAY
    )
    old.refresh_from_db()
    assert (old.replaced, old.with_whom, old.stands) == (True, "Rowan's mother", False)
    assert (new.replaces, new.with_whom, new.reason_for_correction) == (old, "Rowan's aunt", "Wrong person")
    with pytest.raises(Refused, match="already been corrected"):
        contact_log.correct(old=old, contact=contact(said="Else"), reason="Again", by=caseworker, on=TODAY)
    with pytest.raises(Refused, match="Nothing is different"):
        contact_log.correct(
            old=new, contact=contact(with_whom="Rowan's aunt"), reason="Same", by=caseworker, on=TODAY
        )
    with pytest.raises(Refused, match="Enter why the record was wrong"):
        contact_log.withdraw(old=new, reason="", by=caseworker)
    gone = contact_log.withdraw(old=new, reason="It was about another child", by=caseworker)
    assert (gone.withdrawn, gone.said) == (True, "She asks for a meeting.")
    assert not ContactNote.objects.filter(replaced=False, withdrawn=False).exists()

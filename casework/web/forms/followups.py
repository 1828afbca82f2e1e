"""Adding, doing and moving a follow-up."""

import datetime
from typing import Any

from django import forms

from casework.models import FollowUpKind, Team, User
from casework.queries.teamwork import teams, workers
from casework.services.followups import LONGEST_OUTCOME, LONGEST_TEXT, Intent
from casework.ui.forms import DateField, LongTextField, RadiosField, SelectField, TextField
from casework.web.single_task import KeyedForm

ME = "me"


class Who:
    """Who may be asked: the person who fills the form in, a team, or a colleague."""

    def __init__(self, reader: User, *, on: datetime.date) -> None:
        self._reader = reader
        self._teams = {f"team-{team.pk}": team for team in teams(reader, on=on)}
        self._people = {str(user.public_id): user for user in workers(reader, on=on) if user.pk != reader.pk}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For a select: oneself first."""
        return [
            (ME, f"{self._reader.name} (you)"),
            *((key, f"{team.name} (the whole team)") for key, team in self._teams.items()),
            *((key, user.name) for key, user in self._people.items()),
        ]

    def of(self, answer: str) -> tuple[User | None, Team | None]:
        """The person or the team that was chosen."""
        if answer in self._teams:
            return None, self._teams[answer]
        return (self._reader if answer == ME else self._people[answer]), None


class FollowUpForm(KeyedForm):
    """What is to be done, by when, by whom."""

    kind = RadiosField(
        label="What kind of thing is it?", subject="what kind of thing it is", choices=FollowUpKind.choices,
        initial=FollowUpKind.CALL, small=True,
    )  # fmt: skip
    text = TextField(
        label="What is to be done?",
        hint="One line that a colleague understands, for example: Ask the school for the attendance record",
        subject="what is to be done",
        max_length=LONGEST_TEXT,
    )
    due_on = DateField(label="By when?", subject="the day it is to be done by")
    who = SelectField(label="Who is to do it?", subject="who is to do it", initial=ME)

    def __init__(self, *args: Any, who: Who, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._who = who
        self.fields["who"].choices = who.choices  # type: ignore[attr-defined]
        self.fields["due_on"].limit(earliest=today)  # type: ignore[attr-defined]

    @property
    def intent(self) -> Intent:
        """What was asked for; only of a valid form."""
        given = self.cleaned_data
        user, team = self._who.of(given["who"])
        return Intent(
            text=given["text"], due_on=given["due_on"], kind=FollowUpKind(given["kind"]), user=user, team=team
        )


class DoneForm(KeyedForm):
    """When it was done and what came of it."""

    outcome = LongTextField(
        label="What came of it?",
        hint="If it is no longer needed, say why.",
        subject="what came of it",
        max_length=LONGEST_OUTCOME,
        count=True,
        rows=3,
    )
    done_on = DateField(label="When was it done?", subject="the day it was done")

    def __init__(self, *args: Any, made_on: datetime.date, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["done_on"].limit(past_of=today, earliest=made_on)  # type: ignore[attr-defined]


class MoveForm(KeyedForm):
    """The new day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DateField(label="To which day?", subject="the new day")
    reason = TextField(
        label="Why?",
        hint="This stays with the follow-up.",
        subject="why it is put to another day",
        max_length=300,
    )

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].limit(earliest=today)  # type: ignore[attr-defined]

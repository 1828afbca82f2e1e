"""A task about a child's people or identity: one form and its check page, described by data."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from casework.models import Child, ChildContact, User
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import Given


class Of(StrEnum):
    """What the address of a task names."""

    CHILD = "child"
    CONTACT = "contact"
    RESTRICTION = "restriction"  # of a child's record, which needs a permission of its own


@dataclass(frozen=True, slots=True)
class Stand:
    """Who does the task, when, and on whose record."""

    reader: User
    day: datetime.date
    child: Child
    who: ChildContact | None = None

    @property
    def contact(self) -> ChildContact:
        """The contact of a task of a contact."""
        if self.who is None:
            message = "This task names no contact."
            raise RuntimeError(message)
        return self.who

    @property
    def dates(self) -> dict[str, datetime.date]:
        """What a DatedForm takes."""
        return {"today": self.day, "born": self.child.date_of_birth}


def nothing_follows(stand: Stand, given: Given) -> list[str]:
    """For a task that says all by its answers."""
    return []


@dataclass(frozen=True, slots=True)
class PeopleTask:
    """One task. `act` records what was given and returns what to say. `word` is its part of the address."""

    word: str
    of: Of
    title: str
    form: Callable[[Stand, QueryDict | None], forms.Form]
    act: Callable[[Stand, Given, int], str]
    consequences: Callable[[Stand, Given], list[str]] = nothing_follows
    intro: str = ""
    warning: str = ""
    submit: str = "Record"

    @property
    def url_name(self) -> str:
        """Name of the address; it takes the public id of the child or the contact."""
        return f"people_{self.word}".replace("-", "_")

    def url(self, stand: Stand) -> str:
        """Address of the form."""
        of = stand.contact if self.of is Of.CONTACT else stand.child
        return reverse(self.url_name, args=[of.public_id])


def answer_rows(form: forms.Form, given: Given, url: str) -> list[Row]:
    """Every answer in words, each with the way to change it; an empty one is left out."""
    rows = []
    for name, field in form.fields.items():
        words = _words(field, given.get(name))
        if words:
            label = str(field.label).rstrip("?")
            rows.append(Row(label, words, url, label[:1].lower() + label[1:]))
    return rows


def _words(field: forms.Field, value: Any) -> str:
    if value is None or value in ("", False):
        return ""
    if value is True:
        return "Yes"
    if isinstance(value, datetime.date):
        return long_date(value)
    names = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    if isinstance(value, list):
        return "\n".join(names.get(str(one), str(one)) for one in value)
    return names.get(str(value), str(value))

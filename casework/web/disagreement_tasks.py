"""The steps of mediation and appeals as pages: what each asks, on what it is offered, and the service that records it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from casework.models import CaseKind, MilestoneKind, User
from casework.queries.consequences import Step
from casework.queries.disagreements import Standing
from casework.rules.permissions import Permission
from casework.ui.components import Row
from casework.ui.formats import long_date

M = MilestoneKind
Given = dict[str, Any]


_DONE = {"Record": "Recorded", "Add": "Added", "Change": "Changed", "Close": "Closed"}


@dataclass(frozen=True, slots=True)
class DisagreementTask:
    """One step. `may` says whether it is offered now; `starts` gives the milestones whose dates the check page foretells."""

    slug: str
    title: str
    kind: CaseKind
    may: Callable[[Standing, datetime.date], bool]
    form: Callable[[QueryDict | None, Standing, datetime.date], forms.Form]
    record: Callable[[Standing, Given, User, datetime.date, int], object]
    starts: Callable[[Standing, Given], Sequence[Step]] = lambda standing, given: ()
    words: Callable[[Standing, Given], Sequence[str]] = lambda standing, given: ()
    permission: Permission = Permission.RECORD_CASEWORK
    intro: str = ""

    @property
    def done(self) -> str:
        """What to say when it is recorded: "Record the certificate" becomes "Recorded: the certificate"."""
        verb, _, rest = self.title.partition(" ")
        return f"{_DONE[verb]}: {rest}"

    @property
    def url_name(self) -> str:
        """Name of the address; it takes the case's public id."""
        return f"{self.kind}_{self.slug.replace('-', '_')}"


def rows_of(form: forms.Form, given: Given, url: str) -> list[Row]:
    """Every answer with its question, for the check page; questions that were not put are left out."""
    revealed = {
        name
        for field in form.fields.values()
        for name in getattr(getattr(field, "look", None), "reveals", {}).values()
    }
    rows = []
    for name, field in form.fields.items():
        value = given.get(name)
        if name in revealed and value in (None, "", []):
            continue
        question = str(field.label or "").rstrip("?")
        rows.append(Row(question, _shown(field, value), url, question[0].lower() + question[1:]))
    return rows


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, "", []):
        return "Not said"
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(field, forms.MultipleChoiceField):
        words = dict(field.choices)  # type: ignore[arg-type]
        return "\n".join(str(words.get(one, one)) for one in value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)

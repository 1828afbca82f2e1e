"""Mediation and appeals: what is due, hearings to come, orders to carry out; counts that open their lists."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from casework.access.web import needs
from casework.models import AccessAction, CaseKind, TribunalHearing
from casework.queries import disagreements as standings
from casework.queries.disagreements import Standing, ToDo
from casework.rules.appeal_rights import Appealable
from casework.rules.permissions import Permission
from casework.services.access_log import record_readings
from casework.today import today
from casework.ui.components import Link
from casework.ui.spreadsheets import csv_response
from casework.web.forms.disagreement_filters import PARTS, DisagreementFilterForm, in_part
from casework.web.records import reader_of
from casework.web.views.child_disagreements import COLOURS

PAGE_SIZE = 50
CSV_COLUMNS = (
    "Reference", "What it is", "Surname", "Forename", "Date of birth", "Decision disputed", "State", "Opened",
    "Tribunal's reference", "Sections", "What is due", "Due by", "Next hearing", "To carry out", "Officer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    standing: Standing
    url: str
    what: str
    state: str
    colour: str
    due: ToDo | None
    late: bool
    hearing: TribunalHearing | None


@dataclass(frozen=True, slots=True)
class Count:
    """A count and the list it opens."""

    number: int
    url: str
    words: str


@needs(Permission.SEE_CHILDREN)
def board(request: HttpRequest) -> HttpResponse:
    """Every open mediation and appeal, what is due first on top."""
    day, form = today(), _form(request)
    part = _part(request)
    context: dict[str, Any] = {
        "form": form,
        "nav_key": "disagreements",
        "keep": {"part": part} if part else {},
    }
    if form.is_valid():
        found = [one for one in standings.open_ones(reader=reader_of(request), on=day) if form.keeps(one)]
        page = Paginator(_part_of(found, part, day), PAGE_SIZE).get_page(request.GET.get("page"))
        kept = _kept(form)
        context |= {
            "tabs": [
                Link(
                    words,
                    _address(kept | ({"part": key} if key else {})),
                    count=sum(in_part(one, key, day) for one in found),
                    current=key == part,
                )
                for key, words in PARTS
            ],
            "page": page,
            "lines": [_line(one, day) for one in page.object_list],
            "kinds": _by_decision(found, day, kept) if not kept.get("against") and not part else [],
            "parts": [words for key, words in PARTS if key],
            "filters": _filters(form, part),
            "clear_url": _address({"part": part} if part else {}),
            "csv_url": f"{reverse('disagreements_csv')}?{request.GET.urlencode()}",
        }
    return render(request, "casework/disagreements/board.html", context)


@needs(Permission.SEE_CHILDREN)
def board_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file; its taking is logged for every child in it."""
    day, form, reader = today(), _form(request), reader_of(request)
    if not form.is_valid():
        return render(
            request,
            "casework/disagreements/board.html",
            {"form": form, "nav_key": "disagreements"},
            status=400,
        )
    found = [one for one in standings.open_ones(reader=reader, on=day) if form.keeps(one)]
    rows = _part_of(found, _part(request), day)
    record_readings((one.case.child_id for one in rows), by=reader, action=AccessAction.EXPORT)
    return csv_response(f"mediation-and-appeals-{day}.csv", CSV_COLUMNS, _csv_rows(rows, day))


def _form(request: HttpRequest) -> DisagreementFilterForm:
    return DisagreementFilterForm(request.GET, workers=standings.officers())


def _part(request: HttpRequest) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in dict(PARTS) else ""


def _part_of(found: Iterable[Standing], part: str, day: datetime.date) -> list[Standing]:
    """The cases of a part; hearings in the order in which they are heard."""
    rows = [one for one in found if in_part(one, part, day)]
    if part == "hearings":
        rows.sort(key=lambda one: _hearing_day(one, day))
    return rows


def _hearing_day(one: Standing, day: datetime.date) -> datetime.date:
    hearing = one.next_hearing(day)
    return hearing.listed_for if hearing else datetime.date.max


def _line(one: Standing, day: datetime.date) -> Line:
    state = "Conceded; order to come" if one.is_live and one.conceded_on else one.state.words
    due = one.next
    return Line(
        standing=one,
        url=reverse("child_disagreements", args=[one.case.child.public_id]),
        what="Appeal" if one.is_appeal else "Mediation",
        state=state,
        colour=COLOURS[str(one.state)],
        due=due,
        late=due is not None and due.due_on < day,
        hearing=one.next_hearing(day),
    )


def _by_decision(found: Sequence[Standing], day: datetime.date, kept: dict[str, str]) -> list[dict[str, Any]]:
    """Counts by the decision disputed: mediation, appeals, and the parts of the list."""
    lines = []
    for against in Appealable:
        rows = [one for one in found if one.against is against]
        if not rows:
            continue
        here = {**kept, "against": against.value}
        cells = [
            Count(
                sum(one.case.kind == kind for one in rows),
                _address({**here, "kind": kind.value}),
                f"{words}, {against.words}",
            )
            for kind, words in ((CaseKind.MEDIATION, "mediation"), (CaseKind.APPEAL, "appeals"))
        ]
        cells += [
            Count(
                sum(in_part(one, key, day) for one in rows),
                _address({**here, "part": key}),
                f"{words.lower()}, {against.words}",
            )
            for key, words in PARTS
            if key
        ]
        lines.append({"words": against.words, "url": _address(here), "number": len(rows), "cells": cells})
    return lines


def _kept(form: DisagreementFilterForm) -> dict[str, str]:
    return {name: form.data[name] for name in ("kind", "against", "worker") if form.data.get(name)}


def _address(query: dict[str, str]) -> str:
    url = reverse("disagreements")
    return f"{url}?{urlencode(query)}" if query else url


def _filters(form: DisagreementFilterForm, part: str) -> list[Link]:
    """What is on, each as a link that takes it away."""
    given, kept = form.cleaned_data, _kept(form)
    words = {
        "kind": dict(form.fields["kind"].choices).get(given["kind"], ""),  # type: ignore[attr-defined]
        "against": Appealable(given["against"]).words if given["against"] else "",
        "worker": str(given["worker"] or ""),
    }
    also = {"part": part} if part else {}
    return [
        Link(words[name], _address({key: value for key, value in kept.items() if key != name} | also))
        for name in kept
    ]


def _csv_rows(rows: Iterable[Standing], day: datetime.date) -> Iterator[list[Any]]:
    for one in rows:
        child, due, hearing = one.case.child, one.next, one.next_hearing(day)
        appeal = one.case.appeal if one.is_appeal else None
        yield [
            one.case.reference, "Appeal" if one.is_appeal else "Mediation", child.surname, child.forename,
            child.date_of_birth, one.against.words, one.state.words, one.case.opened_on,
            appeal.tribunal_reference if appeal else "", appeal.sections if appeal else "",
            due.what if due else "", due.due_on if due else None, hearing.listed_for if hearing else None,
            "; ".join(bound.words for bound in one.to_carry_out), one.officer,
        ]  # fmt: skip

"""Phase transfers of a year: the board by stage, the lists behind it, opening a cohort, and how past years went."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.web import needs
from casework.models import AccessAction
from casework.queries import phase_transfers as queries
from casework.queries.phase_transfers import PhaseRow, move_in
from casework.rules.permissions import Permission
from casework.rules.phase_transfers import Certainty, Phase, Stage, last_day, last_meeting
from casework.services.access_log import record_readings
from casework.services.once import act_once, where_it_led
from casework.services.phase_transfers import open_transfers
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Link
from casework.ui.spreadsheets import csv_response
from casework.web.forms.phase_transfers import OpenCohortForm, TransferFilterForm
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.review_board import views_of_reviews

PAGE_SIZE = 50
_NEW_YEAR_FROM_MONTH = 4  # after 31 March the work turns to those who move the year after
CSV_COLUMNS = (
    "Reference", "Surname", "Forename", "Date of birth", "Phase", "Stage", "Setting now", "Next setting", "Area",
    "Lead worker", "Review held", "Notice sent", "Final plan sent", "Due before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for."""

    year: int
    phase: str = ""
    stage: str = ""
    setting: int | None = None
    certainty: Certainty = Certainty.LEAVING

    def url(self, name: str, **different: object) -> str:
        """Address of a page with these filters, some of them different."""
        own = {
            "year": self.year,
            "phase": self.phase,
            "stage": self.stage,
            "setting": "" if self.setting is None else self.setting,
            "certainty": self.certainty.value if self.certainty is Certainty.CHECK else "",
        }
        kept = {key: value for key, value in {**own, **different}.items() if value not in ("", None)}
        return f"{reverse(name)}?{urlencode(kept)}"


@needs(Permission.SEE_CHILDREN)
def board(request: HttpRequest) -> HttpResponse:
    """How many children of each phase, and of each setting, have come how far."""
    chosen, day, reader = _chosen(request), today(), reader_of(request)
    rows = queries.board(reader=reader, year=chosen.year, on=day)
    settings = Paginator(queries.by_setting(reader=reader, year=chosen.year, on=day), PAGE_SIZE)
    page = settings.get_page(request.GET.get("page"))
    check = queries.cohort(reader=reader, year=chosen.year, on=day, certainty=Certainty.CHECK).count()
    context = {
        "nav_key": "reviews",
        "views": views_of_reviews("transfers"),
        "year": chosen.year,
        "years": [
            Link(str(year), f"?year={year}", current=year == chosen.year)
            for year in range(_this_year(day) - 1, _this_year(day) + 2)
        ],
        "deadlines": _deadlines(chosen.year, day),
        "stages": [stage.words for stage in Stage],
        "rows": [_cells(row, chosen, "phase") for row in rows],
        "totals": _totals(rows, chosen),
        "settings": [_cells(row, chosen, "setting") for row in page.object_list],
        "page": page,
        "check": check,
        "check_url": chosen.url(
            "phase_transfer_list", stage=Stage.COHORT.value, certainty=Certainty.CHECK.value
        ),
        "to_open": sum(row.stages[0] for row in rows),
        "open_url": chosen.url("open_cohort"),
        "past": queries.past_years(reader=reader, on=day),
        "may_open": reader.may(Permission.RECORD_CASEWORK),
    }
    return render(request, "casework/reviews/transfers.html", context)


@needs(Permission.SEE_CHILDREN)
def transfer_list(request: HttpRequest) -> HttpResponse:
    """The children behind a count."""
    chosen, day, reader = _chosen(request), today(), reader_of(request)
    rows = _cohort(request, chosen) if chosen.stage == Stage.COHORT else _transfers(request, chosen)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    form = TransferFilterForm(request.GET)
    form.is_valid()
    context = {
        "nav_key": "reviews",
        "views": views_of_reviews("transfers"),
        "form": form,
        "chosen": chosen,
        "page": page,
        "rows": list(_shown(page.object_list, chosen)),
        "is_cohort": chosen.stage == Stage.COHORT,
        "is_check": chosen.certainty is Certainty.CHECK,
        "board_url": f"{reverse('phase_transfers')}?year={chosen.year}",
        "csv_url": chosen.url("phase_transfer_csv"),
        "open_url": chosen.url("open_cohort", stage="", certainty=chosen.certainty.value),
        "may_open": reader.may(Permission.RECORD_CASEWORK),
        "day": day,
    }
    return render(request, "casework/reviews/transfer_list.html", context)


@needs(Permission.SEE_CHILDREN)
def transfer_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file; its taking is logged for every child in it."""
    chosen = _chosen(request)
    cohort = chosen.stage == Stage.COHORT
    rows = _cohort(request, chosen) if cohort else _transfers(request, chosen)
    path = "child" if cohort else "case__child"
    record_readings(
        rows.order_by().values_list(path, flat=True), by=reader_of(request), action=AccessAction.EXPORT
    )
    lines = _csv_rows(_shown(rows.iterator(chunk_size=2000), chosen))
    return csv_response(f"phase-transfers-{chosen.year}.csv", CSV_COLUMNS, lines)


@needs(Permission.RECORD_CASEWORK)
def open_cohort(request: HttpRequest) -> HttpResponse:
    """Open a phase transfer for every child of the part of the cohort that was chosen, after a look at the numbers."""
    chosen, day, reader = _chosen(request), today(), reader_of(request)
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader)):
        return redirect(led)
    found = {
        plan.child_id: move.phase for plan in _cohort(request, chosen) if (move := move_in(plan)) is not None
    }
    form = OpenCohortForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            opened = open_transfers(moves=found, year=chosen.year, by=reader, on=day)
            messages.success(request, f"{len(opened.cases):,} phase transfers are open.")
            return f"{reverse('phase_transfers')}?year={chosen.year}"

        try:
            return redirect(act_once(form.cleaned_data["key"], user=reader, act=act))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "heading": f"Open the phase transfers of {chosen.year}",
        "number": len(found),
        "phases": [
            (phase.words, count, last_day(phase, chosen.year), last_meeting(phase, chosen.year))
            for phase in Phase
            if (count := sum(one is phase for one in found.values()))
        ],
        "day": day,
        "is_check": chosen.certainty is Certainty.CHECK,
        "submit": f"Open {len(found):,} phase transfers" if found else "",
        "back_url": f"{reverse('phase_transfers')}?year={chosen.year}",
        "cancel_url": f"{reverse('phase_transfers')}?year={chosen.year}",
        "nav_key": "reviews",
    }
    return render(request, "casework/reviews/open_cohort.html", context)


def _chosen(request: HttpRequest) -> Chosen:
    """What the address asks for; a part that cannot be understood falls back to the widest."""
    form = TransferFilterForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    return Chosen(
        year=given.get("year") or _this_year(today()),
        phase=given.get("phase") or "",
        stage=given.get("stage") or "",
        setting=given.get("setting"),
        certainty=Certainty(given.get("certainty") or Certainty.LEAVING),
    )


def _this_year(day: datetime.date) -> int:
    """The transfer year that is worked on: next September's from April on."""
    return day.year + (day.month >= _NEW_YEAR_FROM_MONTH)


def _cohort(request: HttpRequest, chosen: Chosen) -> Any:
    rows = queries.cohort(
        reader=reader_of(request), year=chosen.year, on=today(), certainty=chosen.certainty
    ).order_by("child__surname", "child__forename", "pk")
    if chosen.phase:
        wanted = [plan.pk for plan in rows if (move := move_in(plan)) and move.phase == chosen.phase]
        rows = rows.filter(pk__in=wanted)
    return _at_setting(rows, chosen)


def _transfers(request: HttpRequest, chosen: Chosen) -> Any:
    rows = queries.transfers(reader=reader_of(request), year=chosen.year, on=today())
    if chosen.phase:
        rows = rows.filter(case__phase_transfer__phase=chosen.phase)
    if chosen.stage:
        rows = rows.filter(stage=chosen.stage)
    return _at_setting(rows, chosen)


def _at_setting(rows: Any, chosen: Chosen) -> Any:
    if chosen.setting is None:
        return rows
    return rows.filter(setting=chosen.setting) if chosen.setting else rows.filter(setting__isnull=True)


def _deadlines(year: int, day: datetime.date) -> list[dict[str, Any]]:
    """The two legal days with the last day in time and the last meeting day, and whether they have passed."""
    return [
        {
            "words": words,
            "marker": last_day(phase, year) + datetime.timedelta(days=1),
            "last": last_day(phase, year),
            "meeting": last_meeting(phase, year),
            "passed": last_meeting(phase, year) < day,
        }
        for words, phase in (
            ("Every other phase", Phase.TO_SECONDARY),
            (Phase.TO_POST_16.words, Phase.TO_POST_16),
        )
    ]


def _cells(row: PhaseRow, chosen: Chosen, by: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "total": row.total,
        "cells": [
            (
                number,
                chosen.url("phase_transfer_list", stage=stage.value, **{by: row.phase}),
                f"{stage.words}, {row.name}",
            )
            for stage, number in zip(Stage, row.stages, strict=True)
        ],
    }


def _totals(rows: list[PhaseRow], chosen: Chosen) -> dict[str, Any]:
    sums = tuple(sum(row.stages[number] for row in rows) for number in range(len(Stage)))
    return _cells(PhaseRow("", "All phases", sums, sum(sums)), chosen, "phase")


def _shown(rows: Iterable[Any], chosen: Chosen) -> Iterator[dict[str, Any]]:
    for row in rows:
        if chosen.stage == Stage.COHORT:
            move = move_in(row)
            yield {
                "child": row.child, "setting": row.setting_name, "phase": move.phase.words if move else "",
                "why": move.why if move else "", "stage": Stage.COHORT.words,
                "due": last_day(move.phase, chosen.year) + datetime.timedelta(days=1) if move else None,
            }  # fmt: skip
            continue
        transfer = row.case.phase_transfer
        yield {
            "child": row.case.child, "setting": row.setting_name, "review": row, "reference": row.case.reference,
            "phase": transfer.get_phase_display(), "stage": Stage(row.stage).words, "due": transfer.due_on,
            "next": str(transfer.next_setting or transfer.next_setting_words), "lead": row.lead,
        }  # fmt: skip


def _csv_rows(rows: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    for row in rows:
        child, review = row["child"], row.get("review")
        dates = [review.held_on, review.amendment_sent_on, review.final_on] if review else [None] * 3
        yield [
            row.get("reference", ""), child.surname, child.forename, child.date_of_birth, row["phase"], row["stage"],
            row["setting"], row.get("next", ""), child.area.name if child.area else "", row.get("lead") or "", *dates,
            row["due"],
        ]  # fmt: skip

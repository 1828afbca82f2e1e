"""The columns of a list: what a reader of each kind of record wants to see, and what a file of it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from casework.ui.formats import money, short_date
from reporting.indicator import Indicator, Part, Unit
from reporting.queries.listed import ListedRecord
from reporting.web.indicator_question import Question

RESTRICTED = "Restricted record"


@dataclass(frozen=True)
class ListColumn:
    """One column. `value` gives nothing for a record that is withheld."""

    heading: str
    value: Callable[[ListedRecord], Any]
    numeric: bool = False


def day_of(question: Question, part: Part) -> date:
    """The day whose need and setting a list shows: the last of the figure's days."""
    if part is Part.DENOMINATOR and question.indicator.unit is Unit.GROWTH:
        return question.window.a_year_before().last
    return question.window.last


def columns_of(indicator: Indicator) -> list[ListColumn]:
    """The page's columns after the child."""
    return [
        ListColumn(one.heading, _for_page(one.value), one.numeric) for one in _COLUMNS[indicator.subject.code]
    ]


def export_columns(indicator: Indicator) -> list[ListColumn]:
    """The file's columns."""
    return [
        ListColumn("surname", lambda record: record.child.surname if record.child else RESTRICTED),
        ListColumn("forename", lambda record: record.child.forename if record.child else ""),
        ListColumn("date_of_birth", lambda record: record.child.date_of_birth if record.child else ""),
        ListColumn("child_id", lambda record: record.child.public_id if record.child else ""),
        *(
            ListColumn(one.heading.lower().replace(" ", "_"), one.value)
            for one in _COLUMNS[indicator.subject.code]
        ),
    ]


def _for_page(value: Callable[[ListedRecord], Any]) -> Callable[[ListedRecord], str]:
    def shown(record: ListedRecord) -> str:
        found = value(record)
        if isinstance(found, Decimal):
            return money(found)
        return short_date(found) if isinstance(found, date) else found or ""

    return shown


def _request(name: str) -> Callable[[ListedRecord], Any]:
    return lambda record: getattr(record.request, name) if record.request else ""


def _source(record: ListedRecord) -> str:
    return (record.request.get_source_display() or "Not known") if record.request else ""


def _state(record: ListedRecord) -> str:
    return record.request.get_state_display() if record.request else ""


def _plan_since(record: ListedRecord) -> Any:
    return record.plan.starts_on if record.plan else ""


def _plan_until(record: ListedRecord) -> Any:
    return record.plan.ends_on if record.plan else ""


def _amount(record: ListedRecord) -> Any:
    return record.amount


_RECEIVED = ListColumn("Received", _request("received_on"))
_SOURCE = ListColumn("Source", _source)
_STATE = ListColumn("Where it stands now", _state)
_NEED = ListColumn("Primary need", lambda record: record.need)
_SETTING = ListColumn("Setting", lambda record: record.setting)
_PLAN_SINCE = ListColumn("Plan since", _plan_since)
_COLUMNS: dict[str, tuple[ListColumn, ...]] = {
    "requests": (
        _RECEIVED,
        ListColumn("Decided", _request("decided_on")),
        ListColumn("Final plan", _request("final_plan_on")),
        _SOURCE,
        _STATE,
    ),
    "open_requests": (_RECEIVED, ListColumn("Decided", _request("decided_on")), _SOURCE, _STATE),
    "plans": (_PLAN_SINCE, ListColumn("Ceased", _plan_until), _NEED, _SETTING),
    "funded_children": (_PLAN_SINCE, _NEED, _SETTING, ListColumn("Full year cost", _amount, numeric=True)),
}
"""By subject: `reporting.subjects`."""

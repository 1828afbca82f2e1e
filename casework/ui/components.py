"""What pages hand to the component tags. Plain values, so that a view can build them without knowing any HTML."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

# Words first, colour second. The states are those of a clock; its own words win where it brings them.
STATUS_TAGS: dict[str, tuple[str, str]] = {
    "not_started": ("Not started", "grey"),
    "running": ("Running", "blue"),
    "due_soon": ("Due soon", "yellow"),
    "overdue": ("Overdue", "red"),
    "overdue_excused": ("Overdue, excused", "purple"),
    "met": ("Met", "green"),
    "late": ("Late", "orange"),
    "late_excused": ("Late, excused", "purple"),
    "too_soon": ("Too soon", "orange"),
    "ended": ("Ended", "grey"),
}


@dataclass(frozen=True)
class Link:
    """A link and its words; `count` is shown beside it in tabs, `current` marks where the reader is."""

    text: str
    url: str = ""
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a summary list. `change_what` completes "Change ..." for a screen reader."""

    key: str
    value: object
    change_url: str = ""
    change_what: str = ""
    change_text: str = "Change"


@dataclass(frozen=True)
class Column:
    """A column of a table; `numeric` aligns right with figures of one width."""

    text: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""  # "ascending", "descending" or ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table. A plain string or number in a row is a cell without a link."""

    text: object
    url: str = ""
    note: str = ""  # a second, smaller line
    hidden: str = ""  # added for a screen reader only, such as which row a "View" link means


@dataclass(frozen=True)
class Event:
    """An entry of the timeline. `struck` is the reason why it was corrected; the entry stays, struck through."""

    title: str
    on: datetime.date
    by: str = ""
    text: str = ""
    links: Sequence[Link] = ()
    struck: str = ""


@dataclass(frozen=True)
class Task:
    """A line of a task list; without `url` it cannot be started yet."""

    title: str
    status: str
    colour: str = ""  # "" writes the status as plain words, as for "Completed"
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Flag:
    """Something every reader of a child's page must see: restricted, looked after, appeal, twin."""

    text: str
    colour: str = "orange"


@dataclass(frozen=True)
class Identity:
    """The header of a child's pages."""

    name: str
    preferred: str = ""
    born: datetime.date | None = None
    age: str = ""
    year_group: str = ""
    identifiers: Sequence[tuple[str, str]] = ()  # such as ("UPN", "A123456789012"); each gets a copy button
    facts: Sequence[tuple[str, str]] = ()  # primary need, setting, plan, worker
    flags: Sequence[Flag] = field(default_factory=tuple)
    url: str = ""

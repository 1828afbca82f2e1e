"""The content of an EHC plan as plain values: what is read, compared, checked and written as a whole.

A row's `key` stays the same from version to version of a plan, so that a comparison knows a changed row from a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from casework.rules.plan_sections import SECTIONS, Rows, Section


class _Words(StrEnum):
    """A stored value with the words people read."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """The value is stored; the words are shown."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values and words, in order."""
        return [(member.value, member.words) for member in cls]


class NeedArea(_Words):
    """The four broad areas of need (Code of Practice 6.28 to 6.35)."""

    COMMUNICATION = "communication", "Communication and interaction"
    COGNITION = "cognition", "Cognition and learning"
    SEMH = "semh", "Social, emotional and mental health"
    SENSORY = "sensory", "Sensory and physical"


class Unit(_Words):
    """What an amount of provision is counted in."""

    MINUTES = "minutes", "minutes"
    HOURS = "hours", "hours"
    DAYS = "days", "days"
    SESSIONS = "sessions", "sessions"
    VISITS = "visits", "visits"
    POUNDS = "pounds", "pounds"


class Per(_Words):
    """How often: so many times in this time."""

    DAY = "day", "a school day"
    WEEK = "week", "a week"
    FORTNIGHT = "fortnight", "a fortnight"
    HALF_TERM = "half_term", "a half term"
    TERM = "term", "a term"
    YEAR = "year", "a year"
    LIFE = "life", "in the life of the plan"


class BudgetPart(_Words):
    """Which service's money (the letters of SEN2 item 4.4c)."""

    EDUCATION = "E", "Education"
    SOCIAL_CARE = "S", "Social care"
    HEALTH = "H", "Health"


class BudgetWay(_Words):
    """How a part of a personal budget is delivered (Code of Practice 9.101)."""

    DIRECT_PAYMENT = "direct", "Direct payment to the family or young person"
    ORGANISED = "organised", "Organised by the authority or the setting (notional budget)"
    THIRD_PARTY = "third_party", "Paid to and managed by a third party"


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A special educational need, in the order of weight. `kind` is a SEN2 type of need, "" for one of its own words."""

    key: str
    words: str
    kind: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome, by when it is to be reached, and the steps towards it."""

    key: str
    outcome: str
    by_when: str = ""
    steps: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """A piece of provision. `amount` `unit`, `times` `per`, such as 45 minutes, 2 times a week.

    `needs` and `outcomes` are keys of rows of sections B and E.
    """

    key: str
    section: str
    what: str
    who: str = ""
    amount: Decimal | None = None
    unit: str = ""
    times: int | None = None
    per: str = ""
    how: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    needs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A part of a personal budget: pounds a year and the needs and outcomes it meets."""

    key: str
    part: str
    way: str
    what: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A piece of advice: from which of the bodies, who wrote it, and its day."""

    key: str
    source: str
    who: str = ""
    dated_on: date | None = None


Row = NeedRow | OutcomeRow | ProvisionRow | BudgetRow | AdviceRow


@dataclass(frozen=True)
class PlanContent:
    """Sections A to K without I. `words` by the letter of a section."""

    words: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[NeedRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    provision: tuple[ProvisionRow, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    advice: tuple[AdviceRow, ...] = ()

    def rows(self, section: Section) -> tuple[Row, ...]:
        """The rows of one section, in order."""
        kind = SECTIONS[section].rows
        if kind is Rows.PROVISION:
            return tuple(row for row in self.provision if row.section == section)
        return () if kind is Rows.NONE else tuple(getattr(self, kind.value))

    def is_empty(self, section: Section) -> bool:
        """Whether nothing has been written in a section."""
        return not self.words.get(section, "").strip() and not self.rows(section)


def how_much(row: ProvisionRow) -> str:
    """ "45 minutes, 2 times a week"; "" where nothing is quantified."""
    parts = []
    if row.amount is not None and row.unit:
        parts.append(_amount(row.amount, Unit(row.unit)))
    if row.times is not None and row.per:
        often = {1: "once", 2: "twice"}.get(row.times, f"{row.times} times")
        parts.append(f"{often} {Per(row.per).words}")
    return ", ".join(parts)


def _amount(amount: Decimal, unit: Unit) -> str:
    if unit is Unit.POUNDS:
        return f"£{amount:,.2f}"
    figure = f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
    return f"{figure} {unit.words.removesuffix('s') if amount == 1 else unit.words}"


def direct_payment_code(budget: tuple[BudgetRow, ...]) -> str:
    """What direct payments cover: "E", "S" or "H", "I" for more than one of them, "" for none (SEN2 item 4.4c)."""
    parts = {row.part for row in budget if row.way == BudgetWay.DIRECT_PAYMENT}
    return next(iter(parts)) if len(parts) == 1 else "I" if parts else ""


def budget_facts(budget: tuple[BudgetRow, ...]) -> dict[str, bool | str]:
    """What SEN2 asks about a personal budget (items 4.4a to 4.4c), by the names of a plan version's columns."""
    return {
        "personal_budget": bool(budget),
        "organised_arrangements": any(row.way == BudgetWay.ORGANISED for row in budget),
        "direct_payment": direct_payment_code(budget),
    }

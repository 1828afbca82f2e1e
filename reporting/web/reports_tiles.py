"""The first page of reports: a tile for each question a committee asks, made from totals of snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from casework.rules.calendar import add_months
from casework.ui.formats import long_date, short_date
from reporting.count_days import count_days
from reporting.indicator import Indicator, Unit
from reporting.queries.overview import Totals
from reporting.tables import Row, Table
from reporting.web import indicator_periods
from reporting.web.indicator_page import NOT_SHOWN, short_figure
from reporting.web.indicator_question import Question
from reporting.windows import Timing, Window

_WEEK_20_PASSED = ("to_52_weeks", "over_52_weeks")
_POINTS = 13
_A_MONTH = 25
"""At least so many days back is the count day that "last month" means."""


@dataclass(frozen=True)
class Line:
    """A second figure of a tile."""

    words: str
    figure: str
    url: str = ""
    width: str = ""
    """Of 100, where lines are drawn as bars: the longest has 100."""


@dataclass(frozen=True)
class Spark:
    """A line of points in a box of 200 by 36, and its end."""

    points: str
    end_x: str
    end_y: str


@dataclass(frozen=True)
class Tile:
    """One question, its figure and what stands around it."""

    question: str
    figure: str
    words: str
    url: str
    changes: Sequence[str]
    spark: Spark | None
    lines: Sequence[Line] = field(default=())


@dataclass(frozen=True)
class Days:
    """The days the tiles are about, from the day of the snapshot."""

    on: date

    def now(self, indicator: Indicator) -> Window:
        """The latest figure's days, those the indicator's own page begins with."""
        return indicator_periods.default_window(indicator, on=self.on)

    def month_ago(self, indicator: Indicator) -> Window:
        """What "last month" is compared with."""
        if indicator.timing is Timing.STOCK:
            earlier = [
                day
                for day in count_days(self.on)
                if day <= self.on - timedelta(days=_A_MONTH) and day.day == 1
            ]
            return Window.day(earlier[-1])
        return self._back(indicator, 1)

    def year_ago(self, indicator: Indicator) -> Window:
        """The same a year before."""
        return (
            self.now(indicator).a_year_before()
            if indicator.timing is Timing.STOCK
            else self._back(indicator, 12)
        )

    def series(self, indicator: Indicator) -> list[Window]:
        """Thirteen months up to now."""
        if indicator.timing is Timing.STOCK:
            firsts = [add_months(self.on.replace(day=1), -months) for months in range(_POINTS - 1, -1, -1)]
            return [Window.day(day) for day in sorted({*firsts, self.on})]
        return [self._back(indicator, months) for months in range(_POINTS - 1, -1, -1)]

    def _back(self, indicator: Indicator, months: int) -> Window:
        now = self.now(indicator)
        last = add_months(now.last + timedelta(days=1), -months) - timedelta(days=1)
        return Window(add_months(now.first, -months), last)


class Maker:
    """Makes the parts of tiles from one set of totals."""

    def __init__(self, totals: Totals, days: Days) -> None:
        self.totals = totals
        self.days = days

    def tile(self, question: str, indicator: Indicator, words: str, lines: Sequence[Line] = ()) -> Tile:
        """A tile about one indicator."""
        now = self.totals.total(indicator, self.days.now(indicator))
        return Tile(
            question=question,
            figure=short_figure(indicator, now),
            words=f"{words}, {self._when(indicator)}",
            url=self.address(indicator),
            changes=self._changes(indicator, now),
            spark=self._spark(indicator),
            lines=lines,
        )

    def line(self, indicator: Indicator, words: str) -> Line:
        """A line with an indicator's latest total."""
        total = self.totals.total(indicator, self.days.now(indicator))
        return Line(words, short_figure(indicator, total), self.address(indicator))

    def address(self, indicator: Indicator) -> str:
        """The indicator's page on the same days."""
        by = indicator.dimension(indicator.by_default[0]) if indicator.by_default else None
        return Question(indicator, self.days.now(indicator), by, {}).address("indicator")

    def bars(self, table: Table, *, most: int) -> list[Line]:
        """The largest groups of a table as bars; what no group shows is left to the indicator's page."""
        rows = [row for row in table.rows if row.dims[0] not in NOT_SHOWN and row.value]
        rows = sorted(rows, key=lambda row: -(row.value or Decimal(0)))[:most]
        longest = max((row.value or Decimal(0) for row in rows), default=Decimal(0))
        question = Question(table.indicator, table.window, table.by[0], {})
        return [
            Line(
                row.labels[0],
                short_figure(table.indicator, row),
                replace(question, where={table.by[0].code: row.dims}).address("indicator"),
                f"{100 * (row.value or Decimal(0)) / longest:.1f}",
            )
            for row in rows
        ]

    def _when(self, indicator: Indicator) -> str:
        window = self.days.now(indicator)
        return (
            long_date(window.last)
            if indicator.timing is Timing.STOCK
            else f"12 months to {long_date(window.last)}"
        )

    def _changes(self, indicator: Indicator, now: Row) -> list[str]:
        changes = []
        for window in (self.days.month_ago(indicator), self.days.year_ago(indicator)):
            before = self.totals.total(indicator, window)
            if now.value is None or before.value is None:
                changes.append(f"No figure for {short_date(window.last)} to compare with")
                continue
            changes.append(
                f"{change_words(indicator, now.value - before.value)} since {short_date(window.last)}"
            )
        return changes

    def _spark(self, indicator: Indicator) -> Spark | None:
        rows = [self.totals.total(indicator, window) for window in self.days.series(indicator)]
        return spark([row.value for row in rows if row.value is not None])


def change_words(indicator: Indicator, change: Decimal) -> str:
    """ "up 12", "down 1.3 percentage points", "up £40,300", "no change". A direction, never a judgement."""
    if indicator.unit in {Unit.PERCENTAGE, Unit.GROWTH}:
        amount = f"{abs(change):.1f}"
        unit = " percentage point" if amount == "1.0" else " percentage points"
        nothing = amount == "0.0"
    elif indicator.unit is Unit.COUNT:
        amount, unit, nothing = f"{abs(change):,.0f}", "", not change
    else:
        money = abs(change)
        amount = f"£{money / 1_000_000:,.1f}m" if money >= 1_000_000 else f"£{money:,.0f}"
        unit, nothing = "", round(money) == 0
    if nothing:
        return "No change"
    return f"{'Up' if change > 0 else 'Down'} {amount}{unit}"


def spark(values: Sequence[Decimal]) -> Spark | None:
    """A line from the least to the greatest value; None for fewer than two."""
    if len(values) < 2:
        return None
    least, most = min(values), max(values)
    spread = (most - least) or Decimal(1)
    places = [
        (f"{4 + 192 * number / (len(values) - 1):.1f}", f"{32 - 28 * float((value - least) / spread):.1f}")
        for number, value in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in places), *places[-1])


def over_20_weeks(table: Table) -> Decimal:
    """How many open requests are past the 20 weeks."""
    return sum((row.numerator for row in table.rows if row.dims[0] in _WEEK_20_PASSED), Decimal(0))

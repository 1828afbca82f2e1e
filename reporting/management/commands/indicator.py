"""`manage.py indicator`: print an indicator."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.today import today
from reporting.compute import compute
from reporting.dimensions import MonthDimension
from reporting.indicator import Indicator
from reporting.registry import INDICATORS, indicator
from reporting.tables import Row, Table
from reporting.windows import Timing, Window


class Command(BaseCommand):
    """Rows of dimension values with numerator, denominator and value, worked out from the records as they stand."""

    help = (
        "Print an indicator: rows of dimension values with numerator, denominator and value. A stock takes --as-at "
        "(today when left out), a flow --from and --to (this calendar year to today when left out)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """CODE, the days, the dimensions and the filter."""
        parser.add_argument("code", nargs="?", metavar="CODE", help="for example D4; see --list")
        parser.add_argument(
            "--list", action="store_true", dest="name_all", help="name codes, dimensions and definitions"
        )
        parser.add_argument("--as-at", type=_day, metavar="DAY", help="a day, 2026-01-31")
        parser.add_argument("--from", type=_day, dest="first", metavar="DAY", help="first day of a flow")
        parser.add_argument("--to", type=_day, dest="last", metavar="DAY", help="last day of a flow")
        parser.add_argument("--by", default="", metavar="DIM[,DIM]", help="dimensions to split by")
        parser.add_argument(
            "--where",
            action="append",
            default=[],
            metavar="DIM=VALUE",
            help="keep this value; repeat for more",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, or the list of indicators."""
        try:
            answer = _everything() if options["name_all"] else self._table(options)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        if options["as_json"]:
            self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))
        elif options["name_all"]:
            for one in answer["indicators"]:
                self.stdout.write(f"{one['code']:5} {one['title']}: {one['definition']}")
                self.stdout.write(f"      by {', '.join(d['code'] for d in one['dimensions'])}")
        else:
            self._print(answer)

    def _table(self, options: dict[str, Any]) -> dict[str, Any]:
        if not options["code"]:
            raise ValueError(f"Give the code of an indicator: {', '.join(INDICATORS)}. See --list.")
        wanted = indicator(options["code"])
        window = _window(wanted, options["as_at"], options["first"], options["last"])
        by = tuple(code.strip() for code in options["by"].split(",") if code.strip())
        return _as_json(compute(wanted, window=window, by=by, where=_where(options["where"])))

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"{answer['indicator']} {answer['title']}, {answer['period']}")
        self.stdout.write(answer["definition"])
        for one in [*answer["rows"], {**answer["total"], "labels": {"": "All"}}]:
            labels = " / ".join(one["labels"].values()) or "All"
            figures = (
                one["numerator"]
                if one["denominator"] is None
                else f"{one['numerator']} of {one['denominator']}"
            )
            self.stdout.write(f"  {labels}: {one['shown']} ({figures})")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(f"“{text}” is not a day. Write it as 2026-01-31.") from problem


def _window(wanted: Indicator, as_at: date | None, first: date | None, last: date | None) -> Window:
    if wanted.timing is Timing.STOCK:
        if first or last:
            raise ValueError(f"{wanted.code} is counted on one day: use --as-at, not --from and --to.")
        return Window.day(as_at or today())
    if as_at:
        if first or last:
            raise ValueError("Use either --as-at or --from and --to.")
        return Window.year_to(as_at)
    last = last or today()
    return Window(first or date(last.year, 1, 1), last)


def _where(pairs: list[str]) -> dict[str, list[str]]:
    where: dict[str, list[str]] = {}
    for pair in pairs:
        code, equals, value = pair.partition("=")
        if not equals:
            raise ValueError(f"“{pair}” is not a filter. Write it as DIM=VALUE, for example source=1.")
        where.setdefault(code.strip(), []).append(value.strip())
    return where


def _as_json(table: Table) -> dict[str, Any]:
    wanted, window = table.indicator, table.window
    stock = wanted.timing is Timing.STOCK
    return {
        "indicator": wanted.code,
        "title": wanted.title,
        "definition": wanted.definition,
        "source": wanted.source,
        "unit": wanted.unit.value,
        "version": wanted.version,
        "period": f"on {window.last}" if stock else f"{window.first} to {window.last}",
        **({"as_at": str(window.last)} if stock else {"from": str(window.first), "to": str(window.last)}),
        "by": [dimension.code for dimension in table.by],
        "where": {code: list(values) for code, values in table.where.items()},
        "rows": [_row(table, one) for one in table.rows],
        "total": _row(table, table.total),
    }


def _row(table: Table, one: Row) -> dict[str, Any]:
    names = [dimension.code for dimension in table.by]
    return {
        **dict(zip(names, one.dims, strict=False)),
        "labels": dict(zip(names, one.labels, strict=False)),
        "numerator": _number(one.numerator),
        "denominator": _number(one.denominator),
        "value": _number(one.value),
        "shown": one.shown,
    }


def _number(figure: Decimal | None) -> int | str | None:
    """Whole numbers as numbers; anything else as exact text, because JSON readers make floats of it."""
    if figure is None:
        return None
    return int(figure) if figure == figure.to_integral_value() else str(figure)


def _everything() -> dict[str, Any]:
    return {
        "indicators": [
            {
                "code": one.code,
                "title": one.title,
                "question": one.question,
                "definition": one.definition,
                "source": one.source,
                "unit": one.unit.value,
                "timing": one.timing.value,
                "version": one.version,
                "numerator": one.numerator_words,
                "denominator": one.denominator_words or None,
                "dimensions": [
                    {
                        "code": dimension.code,
                        "title": dimension.title,
                        "values": None if isinstance(dimension, MonthDimension) else dimension.values(),
                    }
                    for dimension in one.dimensions
                ],
                "notes": list(one.notes),
            }
            for one in INDICATORS.values()
        ]
    }

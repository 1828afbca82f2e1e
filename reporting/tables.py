"""The result of an indicator: rows of dimension values with numerator, denominator and value.

Whether the cells come from the records (`reporting.compute`) or from snapshots (`reporting.queries.snapshots`), the
same functions here put them together, so that both say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reporting.dimensions import Dimension
from reporting.indicator import Indicator, Unit
from reporting.windows import Window

Where = Mapping[str, Sequence[str]]
"""Values to keep, by dimension code."""

_ONE_DECIMAL = Decimal("0.1")
_PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Cell:
    """One group as the database returns it: dimension values of `by`, of the shared dimensions, and two sums."""

    key: tuple[str, ...]
    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True)
class Row:
    """One line of a table. `denominator` and `value` are None where there is nothing to divide by."""

    dims: tuple[str, ...]
    labels: tuple[str, ...]
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal | None
    shown: str


@dataclass(frozen=True)
class Table:
    """An indicator's figures with what has to be said about them."""

    indicator: Indicator
    window: Window
    by: tuple[Dimension, ...]
    where: Where
    rows: tuple[Row, ...]
    total: Row

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings: the dimensions, the numerator, the denominator (if any) and the value."""
        middle = [self.indicator.numerator_words]
        if self.indicator.has_denominator:
            middle += [
                self.indicator.denominator_words,
                f"{self.indicator.title} ({self.indicator.unit.words})",
            ]
        return (*(dimension.title for dimension in self.by), *middle)


def value_of(indicator: Indicator, numerator: Decimal, denominator: Decimal | None) -> Decimal | None:
    """The indicator's value, not rounded. None where the denominator is nothing."""
    if not indicator.has_denominator:
        return numerator
    if not denominator:
        return None
    if indicator.unit is Unit.PERCENTAGE:
        return 100 * numerator / denominator
    if indicator.unit is Unit.GROWTH:
        return (numerator / denominator - 1) * 100
    return numerator / denominator


def show(indicator: Indicator, value: Decimal | None) -> str:
    """The value as people read it: one decimal for rates, pence for money, whole numbers for counts."""
    if value is None:
        return "not available"
    if indicator.unit in {Unit.PERCENTAGE, Unit.GROWTH}:
        return f"{value.quantize(_ONE_DECIMAL, rounding=ROUND_HALF_UP)}%"
    if indicator.unit in {Unit.POUNDS, Unit.POUNDS_EACH}:
        return f"£{value.quantize(_PENNY, rounding=ROUND_HALF_UP):,}"
    return f"{value:,.0f}"


def row(
    indicator: Indicator,
    dims: tuple[str, ...],
    cell: Cell,
    words: Sequence[Mapping[str, str]],
) -> Row:
    """A line from two sums. `words` are the values of the dimensions of `by`, which may be rows of the database."""
    denominator = cell.denominator if indicator.has_denominator else None
    value = value_of(indicator, cell.numerator, denominator)
    labels = tuple(known.get(value, value) for value, known in zip(dims, words, strict=True))
    return Row(dims, labels, cell.numerator, denominator, value, show(indicator, value))


def assemble(
    indicator: Indicator,
    *,
    window: Window,
    by: tuple[Dimension, ...],
    where: Where,
    cells: Iterable[Cell],
    shared: tuple[Dimension, ...],
) -> Table:
    """Put cells together into a table.

    A cell's key is the values of `by`, then those of `shared`: the dimensions of a share that were asked for, whose
    filter was left out of the query because the denominator runs over all their values.
    """
    kept: dict[tuple[str, ...], list[Decimal]] = {}
    whole: dict[tuple[str, ...], Decimal] = {}
    total = [Decimal(0), Decimal(0)]
    outside = [position for position, dimension in enumerate(by) if not indicator.shares(dimension.code)]
    for cell in cells:
        dims, rest = cell.key[: len(by)], cell.key[len(by) :]
        asked = tuple(dims[position] for position in outside)
        whole[asked] = whole.get(asked, Decimal(0)) + cell.denominator
        total[1] += cell.denominator
        if not all(_kept(where, dimension, value) for dimension, value in zip(shared, rest, strict=True)):
            continue
        sums = kept.setdefault(dims, [Decimal(0), Decimal(0)])
        sums[0] += cell.numerator
        sums[1] += cell.denominator
        total[0] += cell.numerator
    if not by:
        kept.setdefault((), [Decimal(0), Decimal(0)])
    words = [dimension.values() for dimension in by]
    rows = [
        row(
            indicator,
            dims,
            Cell(
                dims,
                sums[0],
                whole.get(tuple(dims[p] for p in outside), Decimal(0)) if indicator.share_of else sums[1],
            ),
            words,
        )
        for dims, sums in kept.items()
        if not by or any(sums)
    ]
    order = [{value: position for position, value in enumerate(known)} for known in words]
    rows.sort(
        key=lambda r: tuple((ranks.get(v, len(ranks)), v) for ranks, v in zip(order, r.dims, strict=True))
    )
    return Table(
        indicator, window, by, where, tuple(rows), row(indicator, (), Cell((), total[0], total[1]), ())
    )


def _kept(where: Where, dimension: Dimension, value: str) -> bool:
    return dimension.code not in where or value in where[dimension.code]

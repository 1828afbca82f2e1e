"""From changes to figures: sums over dimensions, running totals, and the rows that pages read."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from dataclasses import dataclass

from reporting.indicator import Unit
from reporting.registry import INDICATORS
from reporting.snapshots.cells import ANY, OPEN_CELL, PLAN_CELL, Packing
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement

SNAPSHOT_COLUMNS = ("source", "area", "need", "provision", "age_group", "stage")


@dataclass(frozen=True)
class CellSet:
    """The cells kept for one indicator: the table of their changes and how they are packed.

    `stored` says in which column of a snapshot a column of the cell is kept, where the names differ.
    """

    code: str
    table: str
    packing: Packing
    stored: dict[str, str]


STOCKS = (
    CellSet("D9", "build_d9", PLAN_CELL, {}),
    CellSet("M2", "build_m2", PLAN_CELL, {}),
    CellSet("D8", "build_d8", OPEN_CELL, {"case_age": "age_group"}),
)


def sums(cells: CellSet) -> list[Statement]:
    """Changes of every pair of dimensions from the finest cells, then of the single ones and of all from the pairs."""
    packing = cells.packing
    pairs = [kept for kept in packing.sums() if len(kept) == max(len(one) for one in packing.sums())]
    rest = [kept for kept in packing.sums() if kept not in pairs]
    return [
        Statement(
            f"{cells.code}: sums over pairs of dimensions",
            f"INSERT INTO {cells.table} (cell, place, numerator, denominator) "
            + " UNION ALL ".join(_sum(cells, kept, "TRUE") for kept in pairs),
        ),
        Statement(
            f"{cells.code}: sums over the others",
            f"INSERT INTO {cells.table} (cell, place, numerator, denominator) "
            + " UNION ALL ".join(
                _sum(cells, kept, _is_sum(packing, next(p for p in pairs if set(kept) <= set(p))))
                for kept in rest
            ),
        ),
    ]


def _sum(cells: CellSet, kept: tuple[str, ...], where: str) -> str:
    # The numbers are cast back, because a sum of whole numbers is wider than they are.
    return f"""SELECT {cells.packing.only(kept)}, place, CAST(sum(numerator) AS bigint), CAST(sum(denominator) AS bigint)
FROM {cells.table} WHERE {where} GROUP BY 1, 2 HAVING sum(numerator) <> 0 OR sum(denominator) <> 0"""


def _is_sum(packing: Packing, kept: tuple[str, ...]) -> str:
    return " AND ".join(
        f"{packing.unpack(column)} {'<>' if column in kept else '='} {packing.any_code(column)}"
        for column in packing.columns
    )


def store(cells: CellSet, days: Days) -> Statement:
    """Running totals of the changes: one row for each stretch of count days on which a cell's figures stood."""
    indicator = INDICATORS[cells.code]
    pounds = "/ 100.0" if indicator.unit in {Unit.POUNDS, Unit.POUNDS_EACH} else ""
    held = {cells.stored.get(column, column): column for column in cells.packing.columns}
    columns, joins = [], []
    for name in SNAPSHOT_COLUMNS:
        if name not in held:
            columns.append("''")
            continue
        column = held[name]
        code = cells.packing.unpack(column, "x.cell")
        otherwise = f"CASE WHEN {code} = {cells.packing.any_code(column)} THEN '{ANY}' ELSE '' END"
        columns.append(f"coalesce({name}.value, {otherwise})")
        kind = "" if column == "area" else f" AND {name}.kind = '{column}'"
        joins.append(
            f"LEFT JOIN {'build_areas' if column == 'area' else 'build_codes'} {name} ON {name}.code = {code}{kind}"
        )
    return Statement(
        f"{cells.code}: figures",
        f"""INSERT INTO reporting_snapshot (indicator, definition_version, first_day, last_day,
    {", ".join(SNAPSHOT_COLUMNS)}, numerator, denominator)
SELECT '{cells.code}', {indicator.version}, first.day, last.day, {", ".join(columns)}, x.numerator {pounds}, x.denominator
FROM (
    SELECT cell, place AS a, lead(place, 1, {days.count}) OVER of_cell AS b,
        sum(numerator) OVER of_cell AS numerator, sum(denominator) OVER of_cell AS denominator
    FROM {cells.table}
    WINDOW of_cell AS (PARTITION BY cell ORDER BY place)
) x
JOIN build_days first ON first.place = x.a
JOIN build_days last ON last.place = x.b - 1
{chr(10).join(joins)}
WHERE x.numerator <> 0 OR x.denominator <> 0""",
    )


def store_flows() -> Statement:
    """A row for each month and cell."""
    versions = " ".join(f"WHEN '{one.code}' THEN {one.version}" for one in INDICATORS.values())
    return Statement(
        "Flows: figures",
        f"""INSERT INTO reporting_snapshot (indicator, definition_version, first_day, last_day,
    {", ".join(SNAPSHOT_COLUMNS)}, numerator, denominator)
SELECT indicator, CASE indicator {versions} END, month, CAST(month + INTERVAL '1 month' AS date) - 1,
    source, area, need, '', age_group, '', numerator, denominator
FROM build_flows""",
    )

"""From changes to figures: sums over dimensions, running totals, and the rows that pages read."""

# ruff: noqa: S608 - every piece of these statements is written here; nothing comes from outside

from dataclasses import dataclass
from datetime import date, timedelta

from casework.rules.calendar import add_months
from reporting.count_days import month_starts
from reporting.indicator import Unit
from reporting.registry import INDICATORS
from reporting.snapshots.cells import ANY, FLOW_CELL, OPEN_CELL, PLAN_CELL, Packing
from reporting.snapshots.days import Days
from reporting.snapshots.statement import Statement, values

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
    return f"""SELECT {cells.packing.only(kept)}, place, sum(numerator), sum(denominator)
FROM {cells.table} WHERE {where} GROUP BY 1, 2 HAVING sum(numerator) <> 0 OR sum(denominator) <> 0"""


def _is_sum(packing: Packing, kept: tuple[str, ...]) -> str:
    return " AND ".join(
        f"{packing.unpack(column)} {'<>' if column in kept else '='} {packing.any_code(column)}"
        for column in packing.columns
    )


def store(cells: CellSet, days: Days) -> Statement:
    """Running totals of the changes: one row for each stretch of count days on which a cell's figures stood."""
    indicator = INDICATORS[cells.code]
    money = indicator.unit in {Unit.POUNDS, Unit.POUNDS_EACH}
    numerator = "CAST(x.numerator AS bigint) * 0.01" if money else "x.numerator"
    columns, joins = _unpacked(cells.packing, cells.stored)
    return Statement(
        f"{cells.code}: figures",
        f"""INSERT INTO build_snapshot (indicator, definition_version, first_day, last_day,
    {", ".join(SNAPSHOT_COLUMNS)}, numerator, denominator)
SELECT '{cells.code}', {indicator.version}, first.day, last.day, {", ".join(columns)}, {numerator}, x.denominator
FROM (
    SELECT * FROM (
        SELECT cell, place AS a, lead(place, 1, {days.count}) OVER of_cell AS b,
            sum(numerator) OVER of_cell AS numerator, sum(denominator) OVER of_cell AS denominator
        FROM {cells.table}
        WINDOW of_cell AS (PARTITION BY cell ORDER BY place)
    ) y WHERE numerator <> 0 OR denominator <> 0
    ORDER BY b, a, cell
) x
JOIN build_days first ON first.place = x.a
JOIN build_days last ON last.place = x.b - 1
{chr(10).join(joins)}""",  # the order of the index, which is then built without sorting text
    )


def store_flows(as_at: date) -> Statement:
    """A row for each month and cell."""
    versions = " ".join(f"WHEN '{one.code}' THEN {one.version}" for one in INDICATORS.values())
    columns, joins = _unpacked(FLOW_CELL, {})
    months = values([f"({place}, DATE '{day}', DATE '{add_months(day, 1) - timedelta(days=1)}')"
                     for place, day in enumerate(month_starts(as_at))])  # fmt: skip
    return Statement(
        "Flows: figures",
        f"""INSERT INTO build_snapshot (indicator, definition_version, first_day, last_day,
    {", ".join(SNAPSHOT_COLUMNS)}, numerator, denominator)
SELECT x.indicator, CASE x.indicator {versions} END, m.first, m.last, {", ".join(columns)}, x.numerator, x.denominator
FROM (SELECT * FROM build_flows ORDER BY indicator, place, cell) x
JOIN ({months}) AS m (place, first, last) ON m.place = x.place
{chr(10).join(joins)}""",
    )


def new_table() -> Statement:
    """A table like the one that pages read, without its indexes."""
    return Statement(
        "New table of figures",
        "CREATE TABLE build_snapshot (LIKE reporting_snapshot INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS)",
    )


def replace_table() -> list[Statement]:
    """Index the new table and let it take the place of the old one.

    An index made at once over all rows costs a third of one that grows row by row, and dropping the old table leaves no
    dead rows behind, as deleting its rows every night would. Readers wait only while the names are exchanged.
    """
    cell = ", ".join(("indicator", "definition_version", "last_day", "first_day", *SNAPSHOT_COLUMNS))
    return [
        Statement(
            "Index by number",
            "ALTER TABLE build_snapshot ADD CONSTRAINT build_snapshot_pkey PRIMARY KEY (id)",
        ),
        Statement(
            "Index by cell",
            f"ALTER TABLE build_snapshot ADD CONSTRAINT build_snapshot_cell_once UNIQUE ({cell})",
        ),
        Statement("Figures: statistics", "ANALYZE build_snapshot"),
        Statement("Old figures", "DROP TABLE reporting_snapshot"),
        Statement("New figures", "ALTER TABLE build_snapshot RENAME TO reporting_snapshot"),
        Statement(
            "Names",
            "ALTER TABLE reporting_snapshot RENAME CONSTRAINT build_snapshot_pkey TO reporting_snapshot_pkey;"
            " ALTER TABLE reporting_snapshot RENAME CONSTRAINT build_snapshot_cell_once TO snapshot_cell_once;"
            " ALTER SEQUENCE build_snapshot_id_seq RENAME TO reporting_snapshot_id_seq",
        ),
    ]


def _unpacked(packing: Packing, stored: dict[str, str]) -> tuple[list[str], list[str]]:
    """The dimension columns of a snapshot as SQL over the cell, and the joins they need."""
    held = {stored.get(column, column): column for column in packing.columns}
    columns, joins = [], []
    for name in SNAPSHOT_COLUMNS:
        if name not in held:
            columns.append("''")
            continue
        column = held[name]
        code = packing.unpack(column, "x.cell")
        if column == "area":
            columns.append(
                f"coalesce({name}.value, CASE WHEN {code} = {packing.any_code(column)} THEN '{ANY}' ELSE '' END)"
            )
        else:
            columns.append(f"{name}.value")
        kind = "" if column == "area" else f" AND {name}.kind = '{column}'"
        joins.append(
            f"LEFT JOIN {'build_areas' if column == 'area' else 'build_codes'} {name} ON {name}.code = {code}{kind}"
        )
    return columns, joins

"""How snapshots are worked out: the SQL statements in the order they run, one scan of each subject for all of history.

A stock is not counted day by day. Each dated row gives +1 at the first count day on or after its start and -1 at the
first count day after its end; the sums of these changes for each cell, added up in order, are the figures on every count
day at once. Days are replaced by their places among the count days early on, so that rows which touch no count day
fall away and the rest is arithmetic on whole numbers. A cell is packed into one whole number for the same reason.

Tables named build_* live for one transaction. They are unlogged rather than temporary, because parallel workers cannot
read another session's temporary tables.
"""

from datetime import date

from reporting.count_days import count_days
from reporting.snapshots.costs import costs
from reporting.snapshots.days import Days
from reporting.snapshots.plans import pieces, reference
from reporting.snapshots.requests import flows, open_requests
from reporting.snapshots.statement import Statement
from reporting.snapshots.store import STOCKS, new_table, replace_table, store, store_flows, sums

BUILD_TABLES = (
    "days", "codes", "areas", "ages", "plans", "needs", "bare_plans", "places", "bare_needs", "pieces", "d9",
    "lines", "loose", "hits", "loose_hits", "m2",
    "first_needs", "requests", "received_on", "final_plan_on", "decided_on", "flows", "spells", "open",
    "d8",
)  # fmt: skip


def statements(as_at: date) -> list[Statement]:
    """Everything from the records to the figures, as they stood on the count days up to `as_at`."""
    days = Days(count_days(as_at))
    return [
        *reference(days),
        *pieces(days),
        *costs(days),
        *flows(as_at),
        *open_requests(days),
        *[statement for cells in STOCKS for statement in sums(cells)],
        new_table(),
        *[store(cells, days) for cells in STOCKS],
        store_flows(as_at),
        Statement("Tidied up", "DROP TABLE " + ", ".join(f"build_{name}" for name in BUILD_TABLES)),
        *replace_table(),
    ]

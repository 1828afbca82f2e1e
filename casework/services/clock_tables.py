"""The statements that make stored rows equal to derived ones, for any number of cases at once."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from casework.services.clock_derivation import ClockRow
from casework.services.request_columns import RequestColumns

_WRITE_CLOCKS = """
insert into casework_clock as c (case_id, rule_code, part, started_on, due_on, stopped_on, stop_kind)
select case_id, rule_code, part, started_on, due_on, stopped_on, stop_kind
  from unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::date[], %s::date[], %s::text[])
    as derived (case_id, rule_code, part, started_on, due_on, stopped_on, stop_kind)
    on conflict (case_id, rule_code, part) do update
   set started_on = excluded.started_on, due_on = excluded.due_on,
       stopped_on = excluded.stopped_on, stop_kind = excluded.stop_kind
 where (c.started_on, c.due_on, c.stopped_on, c.stop_kind)
       is distinct from (excluded.started_on, excluded.due_on, excluded.stopped_on, excluded.stop_kind)
"""

_REMOVE_CLOCKS = """
delete from casework_clock c
 where c.case_id = any(%s::bigint[])
   and not exists (
       select from unnest(%s::bigint[], %s::text[], %s::text[]) as derived (case_id, rule_code, part)
        where derived.case_id = c.case_id and derived.rule_code = c.rule_code and derived.part = c.part)
"""

_WRITE_REQUESTS = """
update casework_assessmentrequest r
   set received_on = d.received_on, decided_on = d.decided_on, outcome_on = d.outcome_on,
       final_plan_on = d.final_plan_on, ended_on = d.ended_on, state = d.state
  from unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::date[], %s::date[], %s::text[])
    as d (case_id, received_on, decided_on, outcome_on, final_plan_on, ended_on, state)
 where r.case_id = d.case_id
   and (r.received_on, r.decided_on, r.outcome_on, r.final_plan_on, r.ended_on, r.state)
       is distinct from (d.received_on, d.decided_on, d.outcome_on, d.final_plan_on, d.ended_on, d.state)
"""

# A case opens on the day of receipt and closes on the day its outcome was reached; a correction can open it again.
_WRITE_CASES = """
update casework_case c
   set opened_on = coalesce(d.received_on, c.opened_on), closed_on = d.closed_on,
       closed_because = case when d.closed_on is null then '' else d.state end
  from unnest(%s::bigint[], %s::date[], %s::date[], %s::text[]) as d (case_id, received_on, closed_on, state)
 where c.id = d.case_id
   and (c.opened_on, c.closed_on, c.closed_because)
       is distinct from (coalesce(d.received_on, c.opened_on), d.closed_on,
                         case when d.closed_on is null then '' else d.state end)
"""


def write_clocks(cursor: CursorWrapper, rows: Sequence[tuple[int, ClockRow]], *, case_ids: list[int]) -> int:
    """Store these clocks and remove every other clock of `case_ids`; the number of rows changed."""
    ids, codes = [case_id for case_id, _ in rows], [row.rule_code for _, row in rows]
    parts = [row.part for _, row in rows]
    cursor.execute(_REMOVE_CLOCKS, [case_ids, ids, codes, parts])
    changed = cursor.rowcount
    cursor.execute(
        _WRITE_CLOCKS,
        [
            ids,
            codes,
            parts,
            [row.started_on for _, row in rows],
            [row.due_on for _, row in rows],
            [row.stopped_on for _, row in rows],
            [row.stop_kind for _, row in rows],
        ],
    )
    return int(changed + cursor.rowcount)


def write_requests(cursor: CursorWrapper, rows: Sequence[tuple[int, RequestColumns]]) -> int:
    """Store these columns on the requests and their cases; the number of requests changed."""
    ids = [case_id for case_id, _ in rows]
    received, states = [row.received_on for _, row in rows], [str(row.state) for _, row in rows]
    cursor.execute(
        _WRITE_REQUESTS,
        [
            ids,
            received,
            [row.decided_on for _, row in rows],
            [row.outcome_on for _, row in rows],
            [row.final_plan_on for _, row in rows],
            [row.ended_on for _, row in rows],
            states,
        ],
    )
    changed = int(cursor.rowcount)
    cursor.execute(_WRITE_CASES, [ids, received, [row.closed_on for _, row in rows], states])
    return changed

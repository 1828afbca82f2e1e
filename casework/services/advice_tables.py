"""Keep the days of advice requests, which lists read from one row, equal to the milestones and clocks they come from."""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from casework.rules.advice import CHASE_AGAIN_DAYS, FIRST_CHASE_DAYS

# `chase_on` is `casework.rules.advice.next_chase` in SQL; a test holds the two equal.
_DERIVED = f"""
with days as (
    select a.id, a.case_id, a.public_id::text as part,
           min(m.happened_on) filter (where m.kind = 'advice_requested') as asked_on,
           min(m.happened_on) filter (where m.kind = 'advice_received') as received_on,
           min(m.happened_on) filter (where m.kind = 'advice_not_needed') as ended_on
      from casework_advicerequest a
      left join casework_milestone m
        on m.case_id = a.case_id and m.part = a.public_id::text and not m.replaced and not m.withdrawn
     where a.case_id = any(%s::bigint[])
     group by a.id, a.case_id, a.public_id
), derived as (
    select d.id, d.case_id, d.asked_on, k.due_on, d.received_on, d.ended_on,
           case when d.ended_on is null then ''
                when e.adviser_agreed_on is not null and e.authority_agreed_on is not null
                     and e.family_agreed_on is not null then 'existing'
                else 'withdrawn' end as ended_because,
           case when k.due_on is null or d.received_on is not null or d.ended_on is not null then null
                when c.chased_on is null then greatest(d.asked_on, k.due_on - {FIRST_CHASE_DAYS})
                when c.next_on is not null then c.next_on
                else greatest(k.due_on + 1, c.chased_on + {CHASE_AGAIN_DAYS}) end as chase_on
      from days d
      left join casework_clock k on k.case_id = d.case_id and k.rule_code = 'A5' and k.part = d.part
      left join casework_existingadvice e on e.advice_id = d.id
      left join lateral (
           select chased_on, next_on from casework_advicechase
            where advice_id = d.id order by chased_on desc, id desc limit 1) c on true
)
"""  # noqa: S608
_COLUMNS = "asked_on, due_on, received_on, ended_on, ended_because, chase_on"
_A = ", ".join(f"a.{name}" for name in _COLUMNS.split(", "))
_D = ", ".join(f"d.{name}" for name in _COLUMNS.split(", "))

_WRITE = f"""{_DERIVED}
update casework_advicerequest a
   set asked_on = d.asked_on, due_on = d.due_on, received_on = d.received_on, ended_on = d.ended_on,
       ended_because = d.ended_because, chase_on = d.chase_on
  from derived d
 where a.id = d.id and ({_A}) is distinct from ({_D})
"""  # noqa: S608

# A withdrawn milestone takes the acceptance back; the three agreements stay.
_ACCEPT = """
update casework_existingadvice e
   set accepted_on = case when a.ended_because = 'existing' then a.ended_on end
  from casework_advicerequest a
 where a.id = e.advice_id and a.case_id = any(%s::bigint[])
   and e.accepted_on is distinct from case when a.ended_because = 'existing' then a.ended_on end
"""

_DIFFERING = f"""{_DERIVED}
select distinct d.case_id from derived d join casework_advicerequest a on a.id = d.id
 where ({_A}) is distinct from ({_D}) order by 1
"""  # noqa: S608


def write(cursor: CursorWrapper, case_ids: Sequence[int]) -> int:
    """Write the days of every advice request of these cases, whose clocks must be written already; rows changed."""
    if not case_ids:
        return 0
    cursor.execute(_WRITE, [list(case_ids)])
    changed = cursor.rowcount
    cursor.execute(_ACCEPT, [list(case_ids)])
    return int(changed + cursor.rowcount)


def write_for(case_ids: Sequence[int]) -> int:
    """The same on a cursor of its own, after a chase, which is no milestone."""
    with connection.cursor() as cursor:
        return write(cursor, case_ids)


def differing(case_ids: Sequence[int]) -> list[int]:
    """The cases with an advice request whose days are not what its milestones say."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, [list(case_ids)])
        return [row[0] for row in cursor.fetchall()]

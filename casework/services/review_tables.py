"""The statement that makes the rows of reviews equal to their milestones and clocks, for any number of children."""

from collections.abc import Iterable

from django.db import connection, transaction

# The days of the milestones as they stand. A return calls the notice of amendments "draft amended plan".
_WRITE = """
with chosen as (
    select c.id, c.child_id, c.kind, c.opened_on, coalesce(rv.type, 'annual') as type
      from casework_case c
      left join casework_review rv on rv.case_id = c.id
     where c.kind in ('annual_review', 'phase_transfer') and {chosen}
), days as (
    select c.id, c.child_id, c.kind, c.opened_on, c.type,
           min(m.happened_on) filter (where m.kind = 'review_meeting_planned') as planned_on,
           min(m.happened_on) filter (where m.kind = 'review_notice_given') as notice_given_on,
           min(m.happened_on) filter (where m.kind = 'review_advice_circulated') as advice_circulated_on,
           min(m.happened_on) filter (where m.kind = 'review_meeting_held') as held_on,
           min(m.happened_on) filter (where m.kind = 'review_report_received') as report_on,
           min(m.happened_on) filter (where m.kind = 'review_decided') as decided_on,
           min(m.happened_on) filter (where m.kind in ('amendment_notice_sent', 'draft_amended_plan_issued'))
               as amendment_sent_on,
           min(m.happened_on) filter (where m.kind = 'amendment_notice_served') as amendment_served_on,
           min(m.happened_on) filter (where m.kind = 'decided_not_to_amend') as not_amended_on,
           min(m.happened_on) filter (where m.kind in ('amended_plan_issued', 'phase_transfer_plan_issued'))
               as final_on,
           min(m.happened_on) filter (where m.kind = 'next_setting_already_named') as named_on,
           min(m.happened_on) filter (where m.kind in ('plan_ceased', 'plan_transferred_out')) as plan_ended_on,
           count(m.id) = 0 and c.type <> 'interim' as is_empty,
           coalesce(min(d.answer) filter (where m.kind = 'review_decided'), '') as answer
      from chosen c
      left join casework_milestone m on m.case_id = c.id and not m.replaced and not m.withdrawn
      left join casework_decision d on d.milestone_id = m.id
     group by c.id, c.child_id, c.kind, c.opened_on, c.type
), limits as (
    select k.case_id,
           min(k.due_on) filter (where k.rule_code in ('C1', 'C2', 'E4')) as due_on,
           min(k.due_on) filter (where k.rule_code = 'C5') as report_due_on,
           min(k.due_on) filter (where k.rule_code = 'C6') as decision_due_on,
           min(k.due_on) filter (where k.rule_code = 'C9') as final_due_on
      from casework_clock k join chosen c on c.id = k.case_id
     where k.rule_code in ('C1', 'C2', 'E4', 'C5', 'C6', 'C9')
     group by k.case_id
), completed as (
    select child_id, max(coalesce(held_on, decided_on)) as last_on, max(decided_on) as last_decided_on
      from days where decided_on is not null and type <> 'interim' group by child_id
), derived as (
    select d.*, l.due_on, l.report_due_on, l.decision_due_on, l.final_due_on,
           (select p.id from casework_plan p where p.child_id = d.child_id
             order by p.starts_on <= coalesce(d.held_on, d.decided_on, d.opened_on, 'infinity') desc,
                      p.starts_on desc limit 1) as plan_id,
           d.kind = 'annual_review' and d.type <> 'interim' and d.final_on is null and d.not_amended_on is null
               and coalesce(d.held_on, d.decided_on) < f.last_on
               and (d.decided_on is null or d.answer = 'amend') as superseded,
           f.last_decided_on
      from days d
      left join limits l on l.case_id = d.id
      left join completed f on f.child_id = d.child_id
), written as (
    insert into casework_review as r
           (case_id, plan_id, due_on, planned_on, notice_given_on, advice_circulated_on, held_on, report_on,
            report_due_on, decided_on, decision_due_on, answer, amendment_sent_on, amendment_served_on,
            not_amended_on, final_on, final_due_on, superseded)
    select id, plan_id, due_on, planned_on, notice_given_on, advice_circulated_on, held_on, report_on,
           report_due_on, decided_on, decision_due_on, answer, amendment_sent_on, amendment_served_on,
           not_amended_on, final_on, final_due_on, coalesce(superseded, false)
      from derived
        on conflict (case_id) do update
       set plan_id = excluded.plan_id, due_on = excluded.due_on, planned_on = excluded.planned_on,
           notice_given_on = excluded.notice_given_on, advice_circulated_on = excluded.advice_circulated_on,
           held_on = excluded.held_on, report_on = excluded.report_on, report_due_on = excluded.report_due_on,
           decided_on = excluded.decided_on, decision_due_on = excluded.decision_due_on,
           answer = excluded.answer, amendment_sent_on = excluded.amendment_sent_on,
           amendment_served_on = excluded.amendment_served_on, not_amended_on = excluded.not_amended_on,
           final_on = excluded.final_on, final_due_on = excluded.final_due_on, superseded = excluded.superseded
     where (r.plan_id, r.due_on, r.planned_on, r.notice_given_on, r.advice_circulated_on, r.held_on, r.report_on,
            r.report_due_on, r.decided_on, r.decision_due_on, r.answer, r.amendment_sent_on, r.amendment_served_on,
            r.not_amended_on, r.final_on, r.final_due_on, r.superseded)
           is distinct from
           (excluded.plan_id, excluded.due_on, excluded.planned_on, excluded.notice_given_on,
            excluded.advice_circulated_on, excluded.held_on, excluded.report_on, excluded.report_due_on,
            excluded.decided_on, excluded.decision_due_on, excluded.answer, excluded.amendment_sent_on,
            excluded.amendment_served_on, excluded.not_amended_on, excluded.final_on, excluded.final_due_on,
            excluded.superseded)
    returning 1
), ended as (
    select id, opened_on,
           case when final_on is not null then final_on
                when not_amended_on is not null then not_amended_on
                when named_on is not null then named_on
                when decided_on is not null and answer <> 'amend' and kind = 'annual_review' then decided_on
                when plan_ended_on is not null then plan_ended_on
                when superseded then last_decided_on
                when is_empty then opened_on end as closed_on,
           case when final_on is not null then 'amended'
                when not_amended_on is not null then 'not_amended'
                when named_on is not null then 'already_named'
                when decided_on is not null and answer <> 'amend' and kind = 'annual_review'
                    then coalesce(nullif(answer, ''), 'reviewed')
                when plan_ended_on is not null then 'plan_ended'
                when superseded or is_empty then 'superseded' else '' end as because
      from derived
), closing as (
    -- What was recorded late cannot close a case before it was opened.
    select id, case when closed_on is not null then greatest(closed_on, opened_on) end as closed_on, because from ended
), closed as (
    update casework_case c
       set closed_on = k.closed_on, closed_because = k.because
      from closing k
     where c.id = k.id
       and (c.closed_on is distinct from k.closed_on
            or (c.came_from <> 'return' and c.closed_because <> k.because))
    returning 1
)
select (select count(*) from written), (select count(*) from closed)
"""


_EVERYBODY = "true"
_CHILDREN = "c.child_id = any(%s::bigint[])"
_CASES = "c.child_id in (select child_id from casework_case where id = any(%s::bigint[]))"


def write(*, child_ids: Iterable[int] | None = None) -> int:
    """Make the reviews of these children, or of everybody, equal to their milestones; the number of rows changed.

    A review closes when nothing is left to do: maintained or ceased on the decision, amended on the final plan, on the
    decision not to amend after all, when the plan ends, or when a later review was completed first.
    """
    if child_ids is None:
        return _write(_EVERYBODY, [])
    return _write(_CHILDREN, [sorted(set(child_ids))])


def write_beside(*, case_ids: Iterable[int]) -> int:
    """The same for the children of these cases."""
    return _write(_CASES, [sorted(set(case_ids))])


@transaction.atomic
def _write(chosen: str, values: list[list[int]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE.format(chosen=chosen), values)
        written, closed = cursor.fetchone()
    return int(written) + int(closed)

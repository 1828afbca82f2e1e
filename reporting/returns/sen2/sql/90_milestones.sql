-- The dated facts of every case. What a caseworker recorded stands; what a return said is corrected by a new row.
create temp table t_case on commit drop as
select 'q'::"char" ck, n, k, case_id, is_new from t_request
 union all
select 'v', n, k, case_id, is_new from t_review
 union all
select 'p', n, k, case_id, is_new from t_transfer;

create index on t_case (n, ck, k);

analyze t_case;

create temp table t_known on commit drop as
select c.n, c.ck, c.case_id, s.kind, s.day, s.approximate, s.question, s.answer, m.id held_id, m.happened_on held_day,
       m.came_from held_from, m.withdrawn,
       case when m.id is null and exists (
                 select from casework_milestone other
                  where other.case_id = c.case_id and not other.replaced and not other.withdrawn
                    and (s.kind, other.kind) in (('decided_to_assess', 'decided_not_to_assess'),
                        ('decided_not_to_assess', 'decided_to_assess'), ('decided_to_issue', 'decided_not_to_issue'),
                        ('decided_not_to_issue', 'decided_to_issue'), ('decided_not_to_issue', 'final_plan_issued'),
                        ('decided_to_issue', 'final_plan_issued')))
            then case when s.approximate then 'same' else 'contradicts' end
            when m.id is null and s.approximate and exists (
                 select from casework_milestone other
                  where other.case_id = c.case_id and not other.replaced and not other.withdrawn
                    and other.kind in ('request_withdrawn', 'assessment_withdrawn', 'moved_away', 'final_plan_issued'))
            then 'same'
            when m.id is null then 'add'
            when m.happened_on = s.day and not m.withdrawn then 'same'
            when s.approximate then 'same'
            when m.came_from = 'return' and not m.withdrawn then 'correct'
            else 'keep' end what
  from t_case c
  join s_milestone s on s.n = c.n and s.ck = c.ck and s.k = c.k
  left join lateral (select * from casework_milestone m
                      where m.case_id = c.case_id and m.kind = s.kind and not m.replaced
                      order by (m.happened_on = s.day) desc, m.happened_on, m.id limit 1) m on true
 where not c.is_new;

insert into s_finding
select 'query', case what when 'keep' then 'WM-201' else 'WM-202' end, p.line, known.n, 'Requests', day::text,
       case what when 'keep' then 'A caseworker recorded “' || replace(kind, '_', ' ') || '” '
            || case when withdrawn then 'as never having happened' else 'on ' || held_day end
            || ' and the return says ' || day || '. Kept what the caseworker recorded.'
       else 'The return says “' || replace(kind, '_', ' ') || '” on ' || day
            || ', but Waymark has the opposite decision. A first decision stands, so it was kept.' end,
       'Find out which is right; correct the case or the next return.'
  from t_known known join s_person p on p.n = known.n
 where what in ('keep', 'contradicts');

update casework_milestone m
   set replaced = true
  from t_known known
 where m.id = known.held_id and known.what = 'correct';

create temp table t_milestone on commit drop as
select nextval(pg_get_serial_sequence('casework_milestone', 'id')) id, one.*
  from (select c.case_id, s.kind, s.day, s.approximate, s.question, s.answer, null::bigint replaces
          from t_case c
          join s_milestone s on s.n = c.n and s.ck = c.ck and s.k = c.k
         where c.is_new
         union all
        select case_id, kind, day, approximate, question, answer, case what when 'correct' then held_id end
          from t_known where what in ('add', 'correct')) one;

insert into casework_milestone (id, case_id, kind, happened_on, note, replaces_id, reason_for_correction, came_from)
select t.id, t.case_id, t.kind, t.day,
       case when t.approximate then 'The ' || ret.title || ' says that this happened but not when; this is the last day it '
            'can have happened.' else '' end,
       t.replaces, case when t.replaces is null then '' else 'Corrected by the ' || ret.title end, 'return'
  from t_milestone t, t_return ret
 order by t.id;

insert into casework_decision (milestone_id, question, answer, decided_on, test_applied, grounds, reasons)
select t.id, t.question, t.answer, t.day, coalesce(old.test_applied, ''), coalesce(old.grounds, '[]'),
       coalesce(old.reasons, '')
  from t_milestone t
  left join casework_decision old on old.milestone_id = t.replaces and old.answer = t.answer
 where t.question <> ''
 order by t.id;

insert into casework_clock (case_id, rule_code, started_on, due_on, stopped_on, stop_kind)
select c.case_id, s.rule, s.started, s.due, s.stopped, s.how
  from t_case c
  join s_clock s on s.n = c.n and s.ck = c.ck and s.k = c.k
 where c.is_new
 order by c.case_id;

insert into t_changed select n from t_known where what in ('add', 'correct');

insert into t_changed
select t.n from t_case t join t_person p on p.n = t.n where t.is_new and not p.is_new;

insert into t_changed
select t.n from t_plan t join t_person p on p.n = t.n where t.is_new and not p.is_new;

-- A plan that ceased ends the reviews and transfers that an earlier return left open.
create temp table t_ended on commit drop as
select c.id case_id, t.ends
  from t_ceased t
  join casework_plan plan on plan.id = t.plan_id
  join casework_case c on c.child_id = plan.child_id and c.kind in ('annual_review', 'phase_transfer')
 where c.closed_on is null and c.came_from = 'return' and coalesce(c.opened_on, t.ends) <= t.ends
   and not exists (select from casework_milestone m where m.case_id = c.id and m.kind = 'plan_ceased');

insert into casework_milestone (case_id, kind, happened_on, came_from)
select case_id, 'plan_ceased', ends, 'return' from t_ended order by case_id;

update casework_case c
   set closed_on = t.ends, closed_because = 'plan_ceased', version = version + 1
  from t_ended t
 where c.id = t.case_id;

create temp table t_rebuild on commit drop as
select case_id from t_known where what in ('add', 'correct')
 union
select case_id from t_ended;

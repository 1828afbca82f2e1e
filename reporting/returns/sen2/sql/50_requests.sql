-- Requests: which one of the child's a request of the file is. 1 the same day of receipt; 2 the request its plan
-- hangs from; 3 decided on the same day; 4 both open; 5 an old request without a date, and the child's latest one.
create temp table t_request_pair on commit drop as
select s.n, s.k, c.id case_id, c.opened_on,
       case when coalesce(r.received_on, c.opened_on) = s.received then 1
            when exists (select from casework_plan plan
                          where plan.request_id = c.id and s.plan_start >= plan.starts_on
                            and s.plan_start <= coalesce(plan.ends_on, 'infinity')) then 2
            when r.decided_on = s.decided then 3
            when c.closed_on is null and s.closed is null then 4
            when s.history and (s.received is null or r.received_on is null) then 5 end how
  from t_person t
  join s_request s on s.n = t.n
  join casework_case c on c.child_id = t.child_id and c.kind = 'request'
  join casework_assessmentrequest r on r.case_id = c.id
 where not t.is_new;

create temp table t_request on commit drop as
with taken as (
    select distinct on (case_id) n, k, case_id, how
      from (select distinct on (n, k) * from t_request_pair where how is not null
             order by n, k, how, opened_on desc nulls last, case_id desc) best
     order by case_id, how, k)
select s.n, s.k, t.child_id, coalesce(taken.case_id, nextval(pg_get_serial_sequence('casework_case', 'id'))) case_id,
       taken.case_id is null is_new
  from t_person t
  join s_request s on s.n = t.n
  left join taken on taken.n = s.n and taken.k = s.k
 order by s.n, s.k;

-- A second open request cannot stand beside one that is open already.
insert into s_finding
select 'query', 'WM-209', s.line, s.n, 'Requests', '',
       'The return has an open request that Waymark cannot match with the one that is open. It was not stored.',
       'Close the request that has ended, or correct its day of receipt.'
  from t_request t join s_request s on s.n = t.n and s.k = t.k
 where t.is_new and s.closed is null
   and exists (select from casework_case c
                where c.child_id = t.child_id and c.kind = 'request' and c.closed_on is null);

delete from t_request t
 using s_request s
 where s.n = t.n and s.k = t.k and t.is_new and s.closed is null
   and exists (select from casework_case c
                where c.child_id = t.child_id and c.kind = 'request' and c.closed_on is null);

analyze t_request;

insert into casework_case (id, child_id, kind, opened_on, closed_on, closed_because, came_from)
select t.case_id, t.child_id, 'request', s.opened, s.closed, case when s.closed is null then '' else s.state end, 'return'
  from t_request t join s_request s on s.n = t.n and s.k = t.k
 where t.is_new
 order by t.n, t.k;

insert into casework_assessmentrequest (case_id, source, area_id, youth_accommodation, moved_to_la, received_on,
       decided_on, outcome_on, final_plan_on, ended_on, state, decided_before_period, excepted, mediation_on_assess,
       appeal_on_assess, mediation_on_issue, appeal_on_issue, mediation_other, appeal_other, came_from)
select t.case_id, s.source, child.area_id, s.youth, s.moved_to, case when s.state <> 'issued' or s.final is not null
       then s.received end, s.decided, s.outcome, s.final, s.ended, s.state, s.history, s.excepted, s.mediation_assess,
       s.appeal_assess, s.mediation_issue, s.appeal_issue, s.mediation_other, s.appeal_other, 'return'
  from t_request t
  join s_request s on s.n = t.n and s.k = t.k
  join casework_child child on child.id = t.child_id
 where t.is_new
 order by t.n, t.k;

insert into s_finding
select 'query', 'WM-201', s.line, s.n, 'RequestSource', s.source,
       'Source of request: Waymark has “' || r.source || '” from a caseworker and the return says “' || s.source
       || '”. Kept “' || r.source || '”.',
       'Find out which is right; correct the record or the next return.'
  from t_request t
  join s_request s on s.n = t.n and s.k = t.k
  join casework_assessmentrequest r on r.case_id = t.case_id
 where not t.is_new and r.came_from = 'caseworker' and s.source <> '' and r.source <> '' and r.source <> s.source;

-- Known requests: blanks are filled; what a return said is brought up to date. Mediation and appeals that caseworkers
-- recorded decide their items, whatever a return says.
with changed as (
    update casework_assessmentrequest r
       set source = now.source, youth_accommodation = now.youth, moved_to_la = now.moved_to,
           mediation_on_assess = now.ma, appeal_on_assess = now.aa, mediation_on_issue = now.mi,
           appeal_on_issue = now.ai, mediation_other = now.mo, appeal_other = now.ao,
           excepted = r.excepted or now.excepted
      from (select t.n, t.case_id, s.excepted,
                   coalesce(case when own then nullif(s.source, '') end, nullif(q.source, ''), s.source) source,
                   coalesce(case when own then s.youth end, q.youth_accommodation, s.youth) youth,
                   coalesce(nullif(q.moved_to_la, ''), s.moved_to) moved_to,
                   coalesce(d.mediation_on_assess, case when own then s.mediation_assess end,
                            q.mediation_on_assess, s.mediation_assess) ma,
                   coalesce(d.appeal_on_assess, case when own then s.appeal_assess end,
                            q.appeal_on_assess, s.appeal_assess) aa,
                   coalesce(d.mediation_on_issue, case when own then s.mediation_issue end,
                            q.mediation_on_issue, s.mediation_issue) mi,
                   coalesce(d.appeal_on_issue, case when own then s.appeal_issue end,
                            q.appeal_on_issue, s.appeal_issue) ai,
                   coalesce(d.mediation_other, case when own then s.mediation_other end,
                            q.mediation_other, s.mediation_other) mo,
                   coalesce(d.appeal_other, case when own then s.appeal_other end,
                            q.appeal_other, s.appeal_other) ao
              from t_request t
              join s_request s on s.n = t.n and s.k = t.k
              join casework_assessmentrequest q on q.case_id = t.case_id
              left join casework_recorded_disagreements() d on d.request_id = t.case_id
              cross join lateral (select q.came_from = 'return' own) provenance
             where not t.is_new) now
     where r.case_id = now.case_id
       and (r.source, r.youth_accommodation, r.moved_to_la, r.mediation_on_assess, r.appeal_on_assess,
            r.mediation_on_issue, r.appeal_on_issue, r.mediation_other, r.appeal_other, r.excepted or now.excepted)
           is distinct from (now.source, now.youth, now.moved_to, now.ma, now.aa, now.mi, now.ai, now.mo, now.ao,
                             r.excepted)
    returning now.n)
insert into t_changed select n from changed;

-- Week20 says that an exception applied, not which.
insert into casework_clockexception (case_id, rule_code, ground)
select t.case_id, 'A10', 'not_stated'
  from t_request t join s_request s on s.n = t.n and s.k = t.k
 where s.excepted
   and (t.is_new or not exists (select from casework_clockexception e
                                 where e.case_id = t.case_id and e.rule_code = 'A10'));

-- Annual reviews: known by the day of the meeting or of the decision. Phase transfers: by the day they are due.
create temp table t_review on commit drop as
with found as (
    select distinct on (s.n, s.k) s.n, s.k, m.case_id
      from t_person t
      join s_review s on s.n = t.n
      join casework_case c on c.child_id = t.child_id and c.kind = 'annual_review'
      join casework_milestone m
        on m.case_id = c.id and not m.replaced and not m.withdrawn
       and ((m.kind = 'review_meeting_held' and m.happened_on = s.meeting)
            or (m.kind = 'review_decided' and m.happened_on = s.decided))
     where not t.is_new
     order by s.n, s.k, (m.kind = 'review_meeting_held') desc, m.case_id),
taken as (select distinct on (case_id) * from found order by case_id, k)
select s.n, s.k, t.child_id, coalesce(taken.case_id, nextval(pg_get_serial_sequence('casework_case', 'id'))) case_id,
       taken.case_id is null is_new
  from t_person t
  join s_review s on s.n = t.n
  left join taken on taken.n = s.n and taken.k = s.k
 order by s.n, s.k;

create temp table t_transfer on commit drop as
with taken as (
    select distinct on (s.n, s.k) s.n, s.k, c.id case_id
      from t_person t
      join s_transfer s on s.n = t.n
      join casework_case c on c.child_id = t.child_id and c.kind = 'phase_transfer'
      join casework_phasetransfer p on p.case_id = c.id and p.due_on = s.due
     where not t.is_new
     order by s.n, s.k, c.id)
select s.n, s.k, t.child_id, coalesce(taken.case_id, nextval(pg_get_serial_sequence('casework_case', 'id'))) case_id,
       taken.case_id is null is_new
  from t_person t
  join s_transfer s on s.n = t.n
  left join taken on taken.n = s.n and taken.k = s.k
 order by s.n, s.k;

insert into casework_case (id, child_id, kind, opened_on, closed_on, closed_because, came_from)
select t.case_id, t.child_id, 'annual_review', coalesce(s.meeting, s.decided), s.closed,
       case when s.closed is null then '' else 'reviewed' end, 'return'
  from t_review t join s_review s on s.n = t.n and s.k = t.k
 where t.is_new
 order by t.n, t.k;

insert into casework_case (id, child_id, kind, opened_on, closed_on, closed_because, came_from)
select t.case_id, t.child_id, 'phase_transfer', null, s.closed, case when s.closed is null then '' else 'transferred' end,
       'return'
  from t_transfer t join s_transfer s on s.n = t.n and s.k = t.k
 where t.is_new
 order by t.n, t.k;

insert into casework_phasetransfer (case_id, due_on, came_from)
select t.case_id, s.due, 'return'
  from t_transfer t join s_transfer s on s.n = t.n and s.k = t.k
 where t.is_new
 order by t.n, t.k;

with changed as (
    update casework_case c
       set closed_on = given.closed, closed_because = given.because, version = version + 1
      from (select t.n, t.case_id, s.closed, 'reviewed' because
              from t_review t join s_review s on s.n = t.n and s.k = t.k where not t.is_new
             union all
            select t.n, t.case_id, s.closed, 'transferred'
              from t_transfer t join s_transfer s on s.n = t.n and s.k = t.k where not t.is_new) given
     where c.id = given.case_id and c.closed_on is null and given.closed is not null and c.came_from = 'return'
       and given.closed >= coalesce(c.opened_on, given.closed)
    returning given.n)
insert into t_changed select n from changed;

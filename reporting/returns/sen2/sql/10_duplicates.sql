-- The same identifier on two persons of one file: an error of each of them.
insert into s_finding
select 'error', case one.scheme when 'upn' then 'SIB-1520' else 'SIB-1578' end, one.line, one.n,
       case one.scheme when 'upn' then 'UPN' else 'UniqueLearnerNumber' end, '',
       'Person ' || other.n || ' has the same ' || upper(one.scheme) || '.',
       'Find out whose ' || upper(one.scheme) || ' it is and correct the other person''s.'
  from (select n, line, 'upn' scheme, upn value, min(n) over w first_n, max(n) over w last_n, count(*) over w many
          from s_person where upn <> '' window w as (partition by upn)
         union all
        select n, line, 'uln', uln, min(n) over w, max(n) over w, count(*) over w
          from s_person where uln <> '' window w as (partition by uln)) one
  cross join lateral (select case when one.n = one.first_n then one.last_n else one.first_n end n) other
 where one.many > 1;

create temp table t_bad on commit drop as
select distinct n from s_finding where severity = 'error';

analyze t_bad;

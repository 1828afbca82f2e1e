-- Who a person may be, by numbers. `t_found` has one row for each person and child that a number points to.
-- A number that stayed with a merged record leads to the record that was kept.
create temp table t_found on commit drop as
select p.n, coalesce(c.merged_into_id, c.id) child_id, bool_or(i.scheme <> 'uln') by_upn,
       bool_or(i.scheme = 'uln') by_uln
  from s_person p
  join casework_childidentifier i
    on (i.value = p.upn and i.scheme in ('upn', 'former_upn') and p.upn <> '')
    or (i.value = p.uln and i.scheme = 'uln' and p.uln <> '')
  join casework_child c on c.id = i.child_id
 where not exists (select from t_bad where t_bad.n = p.n)
 group by p.n, coalesce(c.merged_into_id, c.id);

create index on t_found (n);

analyze t_found;

-- Plans: the child's plan that was in force on the day the file's plan is dated, or one dated the same day.
create temp table t_plan on commit drop as
with found as (
    select distinct on (s.n, s.k) s.n, s.k, plan.id plan_id
      from t_person t
      join s_plan s on s.n = t.n
      join casework_plan plan
        on plan.child_id = t.child_id
       and plan.starts_on <= coalesce(s.ends, 'infinity') and s.starts <= coalesce(plan.ends_on, 'infinity')
     where not t.is_new
     order by s.n, s.k, (plan.starts_on = s.starts) desc, plan.starts_on desc),
taken as (select distinct on (plan_id) * from found order by plan_id, k)
select s.n, s.k, t.child_id, coalesce(taken.plan_id, nextval(pg_get_serial_sequence('casework_plan', 'id'))) plan_id,
       taken.plan_id is null is_new
  from t_person t
  join s_plan s on s.n = t.n
  left join taken on taken.n = s.n and taken.k = s.k
 order by s.n, s.k;

insert into s_finding
select 'query', 'WM-208', s.line, s.n, 'NamedPlan', s.starts::text,
       'The plan of ' || s.starts || ' overlaps another plan that Waymark has from ' || plan.starts_on
       || '. It was not stored.', 'Find out which plan is right.'
  from t_plan t
  join s_plan s on s.n = t.n and s.k = t.k
  join casework_plan plan on plan.child_id = t.child_id and plan.starts_on <= coalesce(s.ends, 'infinity')
                         and s.starts <= coalesce(plan.ends_on, 'infinity')
 where t.is_new;

delete from t_plan t
 using s_plan s, casework_plan plan
 where t.is_new and s.n = t.n and s.k = t.k and plan.child_id = t.child_id
   and plan.starts_on <= coalesce(s.ends, 'infinity') and s.starts <= coalesce(plan.ends_on, 'infinity');

create index on t_plan (n, k);

analyze t_plan;

insert into casework_plan (id, child_id, request_id, starts_on, ends_on, cease_reason, transferred_from_la, came_from)
select t.plan_id, t.child_id, request.case_id, s.starts, s.ends, s.reason, s.transfer_la, 'return'
  from t_plan t
  join s_plan s on s.n = t.n and s.k = t.k
  left join t_request request on request.n = t.n and request.k = t.k
 where t.is_new
 order by t.n, t.k;

-- The settings named, ready to compare: the same in the file and on record gives the same text.
create temp table t_named on commit drop as
select t.n, t.k, t.plan_id, s.rank, setting.id establishment_id, s.code, s.words, s.unit, s.resourced, s.residential,
       s.work_based
  from t_plan t
  join s_named s on s.n = t.n and s.k = t.k
  left join t_setting setting on (setting.urn = s.urn or (s.urn is null and setting.urn is null and setting.ukprn = s.ukprn));

-- What a known plan's version in force says now.
create temp table t_version_now on commit drop as
select t.n, t.k, t.plan_id, s.line, plan.starts_on plan_starts, plan.ends_on plan_ends, plan.came_from plan_from,
       plan.cease_reason plan_reason, plan.transferred_from_la, s.starts, s.ends, s.reason, s.transfer_la,
       v.id version_id, v.number, v.starts_on version_starts, v.came_from version_from,
       (select max(number) from casework_planversion a where a.plan_id = t.plan_id) last_number,
       exists (select from casework_planversion a where a.plan_id = t.plan_id and a.starts_on = s.starts) known_day,
       (select string_agg(concat_ws('/', rank, establishment_id, setting_code, setting_words, sen_unit, resourced,
                                    residential, work_based), ' ' order by rank)
          from placements_namedplacement a where a.plan_version_id = v.id) named_now,
       (select string_agg(concat_ws('/', rank, establishment_id, code, words, unit, resourced, residential, work_based),
                          ' ' order by rank) from t_named a where a.n = t.n and a.k = t.k) named_given
  from t_plan t
  join s_plan s on s.n = t.n and s.k = t.k
  join casework_plan plan on plan.id = t.plan_id
  left join lateral (select * from casework_planversion a
                      where a.plan_id = t.plan_id and a.stage in ('final', 'amended_final')
                      order by a.starts_on desc, a.number desc limit 1) v on true
 where not t.is_new;

-- A later date of the current plan is an amended plan. Another setting under the same date is one too, from the day
-- the child began there, or else from the census day, and is listed.
create temp table t_version on commit drop as
select now.*, ret.ref,
       case when version_id is null then 'add'
            when now.starts > version_starts and version_from <> 'caseworker' then 'add'
            when now.starts > version_starts then 'keep'
            when now.starts < version_starts and not (known_day and ret.ref >= version_starts) then 'older'
            when named_given is not null and named_given is distinct from named_now and version_from <> 'return' then 'keep_named'
            when named_given is not null and named_given is distinct from named_now and coalesce(moved.day, ret.ref) > version_starts
             and named_now is not null then 'named'
            when named_given is not null and named_given is distinct from named_now then 'fill'
            else 'same' end what,
       case when version_id is null or now.starts > version_starts then now.starts
            else coalesce(moved.day, ret.ref) end new_starts
  from t_version_now now
  cross join t_return ret
  left join lateral (select max(p.starts) "day"
                       from s_placement p
                       join t_named a on a.n = p.n and a.k = now.k and a.rank = p.rank
                       left join t_setting setting
                         on (setting.urn = p.urn or (p.urn is null and setting.urn is null and setting.ukprn = p.ukprn))
                      where p.n = now.n and p.rank = 1 and p.ends is null and p.starts > now.version_starts
                        and p.starts <= ret.ref and a.establishment_id is not distinct from setting.id and a.code = p.code) moved on true
 where coalesce(now.plan_ends, 'infinity') >= now.starts;

insert into s_finding
select 'query', case what when 'older' then 'WM-206' when 'named' then 'WM-203' else 'WM-201' end, line, n,
       case what when 'keep_named' then 'PlanDetail' else 'StartDate' end, starts::text,
       case what
       when 'older' then 'The return says the plan is of ' || starts || '; Waymark has a newer one of ' || version_starts
            || '. Kept ' || version_starts || '.'
       when 'named' then 'The setting named in the plan differs from what Waymark has, but StartDate does not. '
            || 'Recorded as an amended plan of ' || new_starts || '.'
       when 'keep_named' then 'The return names another setting than a caseworker recorded. Kept what the caseworker recorded.'
       else 'The return says the plan is of ' || starts || '; Waymark has one of ' || version_starts
            || ' from a caseworker. Kept ' || version_starts || '.' end,
       case what when 'named' then 'Give the amended plan its own date.'
       when 'older' then 'Nothing, when this return is older than what Waymark has; else correct StartDate.'
       else 'Find out which is right; correct the record or the next return.' end
  from t_version where what in ('older', 'named', 'keep', 'keep_named');

update casework_planversion v
   set ends_on = t.new_starts - 1
  from t_version t
 where v.id = t.version_id and t.what in ('add', 'named') and v.ends_on is distinct from t.new_starts - 1;

create temp table t_version_new on commit drop as
select t.n, t.k, t.plan_id, nextval(pg_get_serial_sequence('casework_planversion', 'id')) version_id, 1 number,
       'final' stage, s.starts, s.ends, s.need1, s.need2, s.budget, s.arrangements, s.payment
  from t_plan t join s_plan s on s.n = t.n and s.k = t.k
 where t.is_new
 union all
select t.n, t.k, t.plan_id, nextval(pg_get_serial_sequence('casework_planversion', 'id')), coalesce(t.last_number, 0) + 1,
       case when t.version_id is null then 'final' else 'amended_final' end, t.new_starts, t.plan_ends,
       coalesce(nullif(s.need1, ''), v.primary_need, ''),
       case when s.need1 <> '' then s.need2 else coalesce(v.secondary_need, '') end,
       coalesce(s.budget, v.personal_budget), coalesce(s.arrangements, v.organised_arrangements),
       coalesce(nullif(s.payment, ''), v.direct_payment, '')
  from t_version t
  join s_plan s on s.n = t.n and s.k = t.k
  left join casework_planversion v on v.id = t.version_id
 where t.what in ('add', 'named')
 order by 1, 2;

insert into casework_planversion (id, plan_id, number, stage, starts_on, ends_on, primary_need, secondary_need,
       personal_budget, organised_arrangements, direct_payment, came_from)
select version_id, plan_id, number, stage, starts, ends, need1, need2, budget, arrangements, payment, 'return'
  from t_version_new
 order by n, k;

insert into placements_namedplacement (plan_version_id, rank, establishment_id, setting_code, setting_words, sen_unit,
       resourced, residential, work_based, came_from)
select v.version_id, a.rank, a.establishment_id, a.code, a.words, a.unit, a.resourced, a.residential, a.work_based, 'return'
  from t_version_new v join t_named a on a.n = v.n and a.k = v.k
 order by v.n, v.k, a.rank;

-- A new version that tells no setting keeps the one it follows.
insert into placements_namedplacement (plan_version_id, rank, establishment_id, setting_code, setting_words, sen_unit,
       resourced, residential, residential_weeks, work_based, came_from)
select v.version_id, a.rank, a.establishment_id, a.setting_code, a.setting_words, a.sen_unit, a.resourced, a.residential,
       a.residential_weeks, a.work_based, 'return'
  from t_version_new v
  join t_version t on t.n = v.n and t.k = v.k
  join placements_namedplacement a on a.plan_version_id = t.version_id
 where not exists (select from t_named given where given.n = v.n and given.k = v.k);

-- The same version told more fully, or differently on its own first day.
delete from placements_namedplacement a
 using t_version t
 where t.what = 'fill' and a.plan_version_id = t.version_id and a.came_from = 'return'
   and not exists (select from t_named given where given.n = t.n and given.k = t.k and given.rank = a.rank);

insert into placements_namedplacement as held (plan_version_id, rank, establishment_id, setting_code, setting_words,
       sen_unit, resourced, residential, work_based, came_from)
select t.version_id, a.rank, a.establishment_id, a.code, a.words, a.unit, a.resourced, a.residential, a.work_based, 'return'
  from t_version t join t_named a on a.n = t.n and a.k = t.k
 where t.what = 'fill'
    on conflict (plan_version_id, rank) do update
   set establishment_id = excluded.establishment_id, setting_code = excluded.setting_code,
       setting_words = excluded.setting_words, sen_unit = excluded.sen_unit, resourced = excluded.resourced,
       residential = excluded.residential, work_based = excluded.work_based
 where held.came_from = 'return';

with changed as (
    update casework_planversion v
       set primary_need = now.need1, secondary_need = now.need2, personal_budget = now.budget,
           organised_arrangements = now.arrangements, direct_payment = now.payment
      from (select t.n, t.version_id,
                   coalesce(nullif(s.need1, ''), a.primary_need) need1,
                   case when s.need1 <> '' then s.need2 else a.secondary_need end need2,
                   coalesce(s.budget, a.personal_budget) budget,
                   coalesce(s.arrangements, a.organised_arrangements) arrangements,
                   coalesce(nullif(s.payment, ''), a.direct_payment) payment
              from t_version t
              join s_plan s on s.n = t.n and s.k = t.k
              join casework_planversion a on a.id = t.version_id
             where t.what in ('same', 'fill') and a.came_from = 'return') now
     where v.id = now.version_id
       and (v.primary_need, v.secondary_need, v.personal_budget, v.organised_arrangements, v.direct_payment)
           is distinct from (now.need1, now.need2, now.budget, now.arrangements, now.payment)
    returning now.n)
insert into t_changed select n from changed;

insert into t_changed select n from t_version where what in ('add', 'named', 'fill');

-- Ceasing, and where a plan came from.
insert into s_finding
select 'query', case when plan_from = 'caseworker' then 'WM-201' else 'WM-207' end, line, n, 'CeaseDate',
       coalesce(ends::text, ''),
       case when ends is null then 'The return gives no date of ceasing, but the plan ceased on ' || plan_ends
            || ' in Waymark. Kept.'
       else 'The return says the plan ceased on ' || ends || '; a caseworker recorded '
            || coalesce(plan_ends::text, 'that it goes on') || '. Kept what the caseworker recorded.' end,
       case when ends is null then 'Correct the case if the plan did not cease.'
       else 'Find out which is right; correct the record or the next return.' end
  from t_version_now, t_return ret
 where (ends is null and plan_ends < ret.ref and starts >= plan_starts)
    or (ends is not null and plan_from = 'caseworker' and ends is distinct from plan_ends);

create temp table t_ceased on commit drop as
select n, plan_id, ends, reason, transfer_la
  from t_version_now
 where plan_from = 'return' and ends is not null and ends >= plan_starts
   and (ends, reason) is distinct from (plan_ends, plan_reason);

update casework_planversion v
   set ends_on = t.ends
  from t_ceased t
 where v.plan_id = t.plan_id and v.stage in ('final', 'amended_final') and v.starts_on <= t.ends
   and not exists (select from casework_planversion later
                    where later.plan_id = v.plan_id and later.starts_on > v.starts_on)
   and v.ends_on is distinct from t.ends;

update casework_plan plan
   set ends_on = t.ends, cease_reason = t.reason, version = version + 1
  from t_ceased t
 where plan.id = t.plan_id;

insert into t_changed select n from t_ceased;

with changed as (
    update casework_plan plan
       set transferred_from_la = now.transfer_la, version = version + 1
      from t_version_now now
     where plan.id = now.plan_id and now.transfer_la <> '' and plan.transferred_from_la = ''
    returning now.n)
insert into t_changed select n from changed;

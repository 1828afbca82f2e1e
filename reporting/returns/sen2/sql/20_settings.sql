-- Settings the return names. A number the register does not hold is kept as a setting of its own, and listed.
create temp table t_number on commit drop as
select urn, ukprn, min(line) line, min(n) n, count(distinct n) persons
  from (select urn, ukprn, line, n from s_named union all select urn, ukprn, line, n from s_placement) places
 where urn is not null or ukprn is not null
 group by urn, ukprn;

create temp table t_new_setting on commit drop as
select number.*
  from t_number number
 where not exists (select from casework_establishment e where e.urn = number.urn)
   and not exists (select from casework_establishment e where number.urn is null and e.ukprn = number.ukprn);

insert into casework_establishment (urn, ukprn, name, la_code, establishment_number, postcode, phase, register_status,
       boarders, admissions_policy, special_needs, resourced_provision, came_from)
select urn, ukprn,
       coalesce('Setting with URN ' || urn, 'Provider with UKPRN ' || ukprn) || ' (not in the register)',
       '', '', '', '', '', '', '', '{}', '', 'return'
  from t_new_setting
 order by urn, ukprn;

create temp table t_setting on commit drop as
select number.urn, number.ukprn, number.line, number.n, number.persons, e.id, e.in_register
  from t_number number
  cross join lateral (
       select id, in_register from casework_establishment e
        where e.urn = number.urn or (number.urn is null and e.ukprn = number.ukprn)
        order by (closed_on is null) desc, in_register desc, id limit 1) e;

analyze t_setting;

insert into s_finding
select 'query', 'INF-038', line, n, case when urn is null then 'UKPRN' else 'URN' end, coalesce(urn, ukprn)::text,
       case when urn is null then 'UKPRN ' || ukprn else 'URN ' || urn end
       || ' is not in the settings register. It was kept for ' || persons
       || case persons when 1 then ' person.' else ' persons, this one first.' end,
       'Check the number in Get Information About Schools, and load a newer register.'
  from t_setting where not in_register;

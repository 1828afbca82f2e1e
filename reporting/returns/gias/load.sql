-- A provider that a return knew by UKPRN only gets the URN the register gives it, when that is one setting.
update casework_establishment e
   set urn = g.urn
  from (select ukprn, min(urn) urn from g_row where ukprn is not null group by ukprn having count(*) = 1) g
 where e.urn is null and e.ukprn = g.ukprn
   and not exists (select from casework_establishment other where other.urn = g.urn)
   and not exists (select from casework_establishment other
                    where other.urn is null and other.ukprn = e.ukprn and other.id < e.id);

create temp table g_done on commit drop as
select g.urn, e.id is null added
  from g_row g
  left join casework_establishment e on e.urn = g.urn
 where e.id is null
    or (g.ukprn, g.la_code, g.establishment_number, g.name, g.postcode, g.phase, g.low_age, g.high_age, g.opened_on,
        g.closed_on, g.register_status, g.boarders, g.admissions_policy, g.capacity, g.pupils, g.section_41,
        g.special_needs, g.resourced_provision, g.resourced_on_roll, g.resourced_capacity, g.unit_on_roll,
        g.unit_capacity, true)
       is distinct from
       (e.ukprn, e.la_code, e.establishment_number, e.name, e.postcode, e.phase, e.low_age, e.high_age, e.opened_on,
        e.closed_on, e.register_status, e.boarders, e.admissions_policy, e.capacity, e.pupils, e.section_41,
        e.special_needs::text[], e.resourced_provision, e.resourced_on_roll, e.resourced_capacity, e.unit_on_roll,
        e.unit_capacity, e.in_register);

update casework_establishment e
   set ukprn = g.ukprn, la_code = g.la_code, establishment_number = g.establishment_number, name = g.name,
       postcode = g.postcode, phase = g.phase, low_age = g.low_age, high_age = g.high_age, opened_on = g.opened_on,
       closed_on = g.closed_on, register_status = g.register_status, boarders = g.boarders,
       admissions_policy = g.admissions_policy, capacity = g.capacity, pupils = g.pupils, section_41 = g.section_41,
       special_needs = g.special_needs, resourced_provision = g.resourced_provision,
       resourced_on_roll = g.resourced_on_roll, resourced_capacity = g.resourced_capacity,
       unit_on_roll = g.unit_on_roll, unit_capacity = g.unit_capacity, in_register = true, came_from = 'register'
  from g_row g join g_done d on d.urn = g.urn and not d.added
 where e.urn = g.urn;

insert into casework_establishment (urn, ukprn, la_code, establishment_number, name, postcode, phase, low_age, high_age,
       opened_on, closed_on, register_status, boarders, admissions_policy, capacity, pupils, section_41, special_needs,
       resourced_provision, resourced_on_roll, resourced_capacity, unit_on_roll, unit_capacity, in_register, came_from)
select g.urn, g.ukprn, g.la_code, g.establishment_number, g.name, g.postcode, g.phase, g.low_age, g.high_age, g.opened_on,
       g.closed_on, g.register_status, g.boarders, g.admissions_policy, g.capacity, g.pupils, g.section_41,
       g.special_needs, g.resourced_provision, g.resourced_on_roll, g.resourced_capacity, g.unit_on_roll, g.unit_capacity,
       true, 'register'
  from g_row g join g_done d on d.urn = g.urn and d.added
 order by g.urn;

-- What kind of setting it is, from the register's day on; before that the old kind. An older register changes nothing.
create temp table g_type on commit drop as
select e.id establishment_id, g.type_code, g.further_education_kind, g.leaf, s.id held_id, s.starts_on held_starts,
       case when s.id is null then 'first'
            when (s.type_code, s.further_education_kind) = (g.type_code, g.further_education_kind)
            then case when s.leaf = g.leaf then 'same' else 'leaf' end
            when s.starts_on >= day.day then 'older'
            else 'succeeds' end what
  from g_row g
  join casework_establishment e on e.urn = g.urn
  cross join g_day day
  left join lateral (select * from casework_establishmentstatus s
                      where s.establishment_id = e.id order by s.starts_on desc nulls last limit 1) s on true
 where g.type_code is not null;

update casework_establishmentstatus s
   set ends_on = day.day - 1
  from g_type t, g_day day
 where s.id = t.held_id and t.what = 'succeeds';

update casework_establishmentstatus s set leaf = t.leaf
  from g_type t
 where s.id = t.held_id and t.what = 'leaf';

insert into casework_establishmentstatus (establishment_id, type_code, further_education_kind, leaf, starts_on)
select establishment_id, type_code, further_education_kind, leaf, case what when 'succeeds' then day.day end
  from g_type, g_day day
 where what in ('first', 'succeeds')
 order by establishment_id;

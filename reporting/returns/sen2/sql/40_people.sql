-- Children: numbers for the new ones, then names, identifiers and addresses. `t_match` says who is already held.
create temp table t_person on commit drop as
select p.n, coalesce(m.child_id, nextval(pg_get_serial_sequence('casework_child', 'id'))) child_id,
       m.child_id is null is_new
  from s_person p
  left join t_match m on m.n = p.n
 where not exists (select from t_bad where t_bad.n = p.n)
   and not exists (select from t_doubt where t_doubt.n = p.n)
 order by p.n;

create index on t_person (n);

create index on t_person (child_id) where not is_new;

analyze t_person;

create temp table t_changed (n int) on commit drop;

insert into casework_child (id, surname, forename, date_of_birth, sex, ethnicity, no_identifier_reason, area_id,
       came_from)
select t.child_id, p.surname, p.forename, p.born, p.sex, p.ethnicity, p.reason, area.id, 'return'
  from t_person t
  join s_person p on p.n = t.n
  left join lateral (select id from casework_area
                      where split_part(p.postcode, ' ', 1) = any (outward_postcodes) order by id limit 1) area on true
 where t.is_new
 order by t.n;

-- A value missing in the file never erases one that is held.
create temp table t_child_now on commit drop as
select t.n, p.line, c.id, c.came_from, c.surname old_surname, c.forename old_forename, c.date_of_birth old_born,
       c.sex old_sex, c.ethnicity old_ethnicity, p.surname, coalesce(nullif(p.forename, ''), c.forename) forename,
       p.born, case p.sex when 'U' then c.sex else p.sex end sex, coalesce(nullif(p.ethnicity, ''), c.ethnicity) ethnicity,
       coalesce(nullif(p.reason, ''), c.no_identifier_reason) reason, c.no_identifier_reason old_reason
  from t_person t
  join s_person p on p.n = t.n
  join casework_child c on c.id = t.child_id
 where not t.is_new;

insert into s_finding
select 'query', 'WM-201', line, n, element, '',
       element || ': Waymark has another value, from a caseworker, than the return. Kept what the caseworker recorded.',
       'Find out which is right; correct the record or the next return.'
  from t_child_now
  cross join lateral (values ('Surname', upper(surname) <> upper(old_surname)),
       ('Forename', upper(forename) <> upper(old_forename)), ('PersonBirthDate', born <> old_born),
       ('Sex', sex <> old_sex and old_sex <> 'U'), ('Ethnicity', ethnicity <> old_ethnicity and old_ethnicity <> ''))
       differing (element, differs)
 where came_from = 'caseworker' and differs;

with changed as (
    update casework_child c
       set surname = now.surname, forename = now.forename, date_of_birth = now.born, sex = now.sex,
           ethnicity = now.ethnicity, no_identifier_reason = now.reason, version = version + 1
      from t_child_now now
     where c.id = now.id and c.came_from = 'return'
       and (now.surname, now.forename, now.born, now.sex, now.ethnicity, now.reason)
           is distinct from (old_surname, old_forename, old_born, old_sex, old_ethnicity, old_reason)
    returning now.n)
insert into t_changed select n from changed;

-- What a caseworker left blank may be filled.
with changed as (
    update casework_child c
       set sex = now.sex, ethnicity = coalesce(nullif(c.ethnicity, ''), now.ethnicity), version = version + 1
      from t_child_now now
     where c.id = now.id and c.came_from = 'caseworker'
       and ((old_sex = 'U' and now.sex <> 'U') or (old_ethnicity = '' and now.ethnicity <> ''))
       and (old_sex = 'U' or now.sex = old_sex)
    returning now.n)
insert into t_changed select n from changed;

-- Identifiers. A number that another child holds is not given to this one.
create temp table t_number_new on commit drop as
select t.n, t.child_id, t.is_new, p.line, number.scheme, number.value, number.query,
       held.id held_id, held.query held_query
  from t_person t
  join s_person p on p.n = t.n
  cross join lateral (values ('upn', p.upn, p.upn_query), ('uln', p.uln, p.uln_query)) number (scheme, value, query)
  left join casework_childidentifier held
    on held.child_id = t.child_id and held.scheme = number.scheme and held.ends_on is null and not t.is_new
 where number.value <> '' and held.value is distinct from number.value
   and (t.is_new or not exists (select from casework_childidentifier same
                                 where same.child_id = t.child_id and same.value = number.value));

insert into s_finding
select 'query', 'WM-205', number.line, number.n, case scheme when 'upn' then 'UPN' else 'UniqueLearnerNumber' end, '',
       'The ' || upper(scheme) || ' belongs to another child in Waymark, so it was not stored for this one.',
       'Find out whose it is.'
  from t_number_new number
 where exists (select from casework_childidentifier i
                where i.value = number.value and i.scheme = number.scheme and i.child_id <> number.child_id);

delete from t_number_new number
 where exists (select from casework_childidentifier i
                where i.value = number.value and i.scheme = number.scheme and i.child_id <> number.child_id);

-- A number that was wrong is mended in place; a right one that changed is kept as a former one.
update casework_childidentifier i
   set value = number.value, query = number.query
  from t_number_new number
 where i.id = number.held_id and number.held_query <> '';

update casework_childidentifier i
   set scheme = case i.scheme when 'upn' then 'former_upn' else i.scheme end, ends_on = ret.ref - 1
  from t_number_new number, t_return ret
 where i.id = number.held_id and number.held_query = ''
   and (i.starts_on is null or i.starts_on < ret.ref);

insert into casework_childidentifier (child_id, scheme, value, query, starts_on)
select number.child_id, number.scheme, number.value, number.query,
       case when number.held_id is not null then ret.ref end
  from t_number_new number, t_return ret
 where number.held_id is null or number.held_query = ''
 order by number.scheme, number.value;

insert into t_changed select n from t_number_new where not is_new;

-- A number that is right now is no longer marked.
with changed as (
    update casework_childidentifier i
       set query = p.query
      from (select t.n, t.child_id, number.*
              from t_person t
              join s_person p on p.n = t.n
              cross join lateral (values ('upn', p.upn, p.upn_query), ('uln', p.uln, p.uln_query))
                   number (scheme, value, query)
             where not t.is_new and number.value <> '') p
     where i.child_id = p.child_id and i.scheme = p.scheme and i.value = p.value and i.query <> p.query
    returning p.n)
insert into t_changed select n from changed;

-- Homes: the postcode of the census day.
create temp table t_home on commit drop as
select t.n, t.child_id, t.is_new, p.line, p.postcode, held.id held_id, held.came_from held_from,
       held.postcode held_postcode, held.starts_on held_starts
  from t_person t
  join s_person p on p.n = t.n
  left join casework_childaddress held on held.child_id = t.child_id and held.ends_on is null and not t.is_new
 where p.postcode <> '' and held.postcode is distinct from p.postcode;

insert into s_finding
select 'query', 'WM-201', line, n, 'PostCode', postcode,
       'Postcode: Waymark has “' || held_postcode || '” from a caseworker and the return says “' || postcode || '”. Kept “'
       || held_postcode || '”.',
       'Find out which is right; correct the record or the next return.'
  from t_home where held_from = 'caseworker';

delete from t_home
 using t_return ret
 where held_from = 'caseworker' or held_starts >= ret.ref
    or (not is_new and exists (select from casework_childaddress a
                                where a.child_id = t_home.child_id and a.starts_on >= ret.ref));

update casework_childaddress a set ends_on = ret.ref - 1
  from t_home home, t_return ret
 where a.id = home.held_id;

insert into casework_childaddress (child_id, postcode, starts_on, came_from)
select home.child_id, home.postcode, case when home.held_id is not null then ret.ref end, 'return'
  from t_home home, t_return ret
 order by home.n;

insert into t_changed select n from t_home where not is_new;

-- Placements: known by child, rank, first day and setting.
create temp table t_placement on commit drop as
select s.n, s.k, t.child_id, t.is_new new_child, s.line, s.rank, s.starts, s.ends, setting.id establishment_id, s.code,
       s.words, s.unit, s.resourced, s.residential, s.work_based, held.id held_id, held.came_from held_from,
       held.ends_on held_ends
  from t_person t
  join s_placement s on s.n = t.n
  left join t_setting setting
    on (setting.urn = s.urn or (s.urn is null and setting.urn is null and setting.ukprn = s.ukprn))
  left join placements_placement held
    on held.child_id = t.child_id and held.rank = s.rank and held.starts_on = s.starts
   and held.establishment_id is not distinct from setting.id and held.setting_code = s.code and not t.is_new
 order by s.n, s.k;

create index on t_placement (child_id) where not new_child;

analyze t_placement;

insert into s_finding
select 'query', 'WM-201', line, n, 'LeavingDate', coalesce(ends::text, ''),
       'Placement leaving date: a caseworker recorded ' || coalesce(held_ends::text, 'that it goes on')
       || ' and the return says ' || ends || '. Kept what the caseworker recorded.',
       'Find out which is right; correct the record or the next return.'
  from t_placement where held_from = 'caseworker' and ends is distinct from held_ends and ends is not null;

with changed as (
    update placements_placement p
       set ends_on = coalesce(t.ends, p.ends_on), setting_words = coalesce(nullif(t.words, ''), p.setting_words),
           sen_unit = t.unit, resourced = t.resourced, residential = coalesce(nullif(t.residential, ''), p.residential),
           work_based = coalesce(nullif(t.work_based, ''), p.work_based), version = version + 1
      from t_placement t
     where p.id = t.held_id and p.came_from = 'return'
       and (p.ends_on, p.setting_words, p.sen_unit, p.resourced, p.residential, p.work_based)
           is distinct from (coalesce(t.ends, p.ends_on), coalesce(nullif(t.words, ''), p.setting_words), t.unit,
                             t.resourced, coalesce(nullif(t.residential, ''), p.residential),
                             coalesce(nullif(t.work_based, ''), p.work_based))
       and not exists (select from placements_placement other
                        where other.child_id = p.child_id and other.id <> p.id and other.rank = 1 and p.rank = 1
                          and other.period && daterange(p.starts_on, coalesce(t.ends, p.ends_on), '[]'))
    returning t.n)
insert into t_changed select n from changed;

-- A placement that an earlier return left open ends where a later return begins the next.
create temp table t_moved on commit drop as
select p.id, min(t.starts) - 1 ends_on, min(t.n) n, min(t.line) line, p.starts_on
  from t_placement t
  join placements_placement p
    on p.child_id = t.child_id and p.rank = 1 and p.ends_on is null and p.came_from = 'return' and p.starts_on < t.starts
 where not t.new_child and t.held_id is null and t.rank = 1
   and not exists (select from t_placement same where same.held_id = p.id)
 group by p.id, p.starts_on;

insert into s_finding
select 'query', 'WM-204', line, n, 'EntryDate', (ends_on + 1)::text,
       'The return lists a placement from ' || ends_on + 1 || ' and says nothing of the one Waymark has from ' || starts_on
       || '. That one was ended the day before.',
       'Give the earlier placement its last day.'
  from t_moved;

update placements_placement p
   set ends_on = t.ends_on, end_reason = 'A later return begins the next placement', version = version + 1
  from t_moved t
 where p.id = t.id;

insert into t_changed select n from t_moved;

insert into s_finding
select 'query', 'WM-204', t.line, t.n, 'EntryDate', t.starts::text,
       'The return lists a placement from ' || t.starts || ' that overlaps one Waymark has from ' || min(p.starts_on)
       || '. It was not stored.',
       'Find out where the child was, and correct the record or the next return.'
  from t_placement t
  join placements_placement p on p.child_id = t.child_id and p.rank = 1 and p.period && daterange(t.starts, t.ends, '[]')
 where not t.new_child and t.held_id is null and t.rank = 1
 group by t.line, t.n, t.starts;

delete from t_placement t
 using placements_placement p
 where not t.new_child and t.held_id is null and t.rank = 1 and p.child_id = t.child_id and p.rank = 1
   and p.period && daterange(t.starts, t.ends, '[]');

insert into placements_placement (child_id, rank, establishment_id, setting_code, setting_words, sen_unit, resourced,
       residential, work_based, starts_on, ends_on, came_from)
select child_id, rank, establishment_id, code, words, unit, resourced, residential, work_based, starts, ends, 'return'
  from t_placement
 where held_id is null
 order by n, k;

insert into t_changed select n from t_placement where held_id is null and not new_child;

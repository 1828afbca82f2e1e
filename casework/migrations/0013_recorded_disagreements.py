"""Which mediation meetings and appeals are recorded about each request: SEN2 items 2.5, 2.6 and 3.3 to 3.6."""

from django.db import migrations

# true: a meeting was held or an appeal registered; false: that was recorded and then taken away as never having
# happened; null: nothing about it is recorded here, so what a return said stands.
_MAKE = """
create function casework_recorded_disagreements()
returns table (
    request_id bigint, mediation_on_assess boolean, appeal_on_assess boolean, mediation_on_issue boolean,
    appeal_on_issue boolean, mediation_other boolean, appeal_other boolean
)
language sql stable parallel safe as $$
select d.origin_id,
       bool_or(not m.withdrawn) filter (where d.kind = 'mediation_held' and d.against = 'refuse_assess'),
       bool_or(not m.withdrawn) filter (where d.kind = 'appeal_registered' and d.against = 'refuse_assess'),
       bool_or(not m.withdrawn) filter (where d.kind = 'mediation_held' and d.against = 'refuse_issue'),
       bool_or(not m.withdrawn) filter (where d.kind = 'appeal_registered' and d.against = 'refuse_issue'),
       bool_or(not m.withdrawn) filter (
           where d.kind = 'mediation_held' and d.against not in ('refuse_assess', 'refuse_issue')),
       bool_or(not m.withdrawn) filter (
           where d.kind = 'appeal_registered' and d.against not in ('refuse_assess', 'refuse_issue'))
  from (select case_id, origin_id, against, 'mediation_held' as kind from casework_mediation
         union all
        select case_id, origin_id, against, 'appeal_registered' from casework_appeal) d
  join casework_milestone m on m.case_id = d.case_id and m.kind = d.kind and not m.replaced
 where d.origin_id is not null
 group by d.origin_id
$$;
"""


class Migration(migrations.Migration):
    """Adds the function that services, imports and pages ask."""

    dependencies = [("casework", "0012_disagreements")]

    operations = [
        migrations.RunSQL(_MAKE, "drop function casework_recorded_disagreements();"),
    ]

"""The subjects of indicators: functions and a view, written in sql/0002_subjects.sql."""

from pathlib import Path

from django.db import migrations

_SQL = (Path(__file__).parent / "sql" / "0002_subjects.sql").read_text(encoding="utf-8")

_UNDO = """
DROP FUNCTION reporting_case_age(integer);
DROP FUNCTION reporting_funded_children(date);
DROP FUNCTION reporting_cost_spells(daterange);
DROP FUNCTION reporting_open_request_spells(daterange);
DROP VIEW reporting_request_facts;
DROP INDEX milestone_refusal;
DROP FUNCTION reporting_plan_spells(daterange);
DROP FUNCTION reporting_plan_needs(daterange);
DROP FUNCTION reporting_main_places(daterange);
DROP FUNCTION reporting_recorded_places(daterange);
DROP FUNCTION reporting_setting_types(daterange);
DROP FUNCTION reporting_leaf_of_code(text);
DROP FUNCTION reporting_leaf_with_base(text, boolean, boolean);
DROP FUNCTION reporting_compulsory_until(date);
DROP FUNCTION reporting_compulsory_from(date);
DROP FUNCTION reporting_age_on(date, date);
DROP FUNCTION reporting_caseload_age_group(date, date);
DROP FUNCTION reporting_age_group(integer);
DROP FUNCTION reporting_cohort(date);
DROP FUNCTION reporting_school_year(date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_initial"),
        ("casework", "0001_initial"),
        ("placements", "0001_initial"),
        ("funding", "0001_initial"),
    ]
    operations = [migrations.RunSQL(_SQL, _UNDO)]

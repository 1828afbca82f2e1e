"""A plan counts from the day it was transferred here, written in sql/0004_transferred_plans.sql."""

from pathlib import Path

from django.db import migrations

_FOLDER = Path(__file__).parent / "sql"
_SQL = (_FOLDER / "0004_transferred_plans.sql").read_text(encoding="utf-8")
_BEFORE = (_FOLDER / "0002_subjects.sql").read_text(encoding="utf-8")
_START = _BEFORE.index("CREATE FUNCTION reporting_plan_spells")
_OLD = _BEFORE[_START : _BEFORE.index("$$;", _START) + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_first_needs"), ("casework", "0014_moves")]
    operations = [migrations.RunSQL(_SQL, _OLD)]

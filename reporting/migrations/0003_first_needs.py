"""The need of a request as a view of its own, written in sql/0003_first_needs.sql."""

from pathlib import Path

from django.db import migrations

_FOLDER = Path(__file__).parent / "sql"
_SQL = (_FOLDER / "0003_first_needs.sql").read_text(encoding="utf-8")
_BEFORE = (_FOLDER / "0002_subjects.sql").read_text(encoding="utf-8")
_START = _BEFORE.index("CREATE VIEW reporting_request_facts")
_OLD_VIEW = _BEFORE[_START : _BEFORE.index(";\n", _START)].replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_subjects")]
    operations = [migrations.RunSQL(_SQL, f"{_OLD_VIEW};\nDROP VIEW reporting_first_needs;")]

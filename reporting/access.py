"""Which rows of reporting a person may see."""

from casework.access.scope import everyone, register
from reporting.models import DoubtfulMatch, ImportFinding, ReturnImport, SnapshotRun

register(SnapshotRun, everyone)
# Whose children a file is about is settled by the permission to import; a candidate's own record has its own scope.
for _model in (ReturnImport, ImportFinding, DoubtfulMatch):
    register(_model, everyone)

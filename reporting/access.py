"""Which rows of reporting a person may see."""

from casework.access.scope import everyone, register
from reporting.models import SnapshotRun

register(SnapshotRun, everyone)

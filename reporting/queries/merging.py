"""What becomes of doubtful matches and findings when two records of one child are made one."""

from casework.queries.child_rows import ChildRows, register
from reporting.models import DoubtfulMatch, ImportFinding

register(
    ChildRows(DoubtfulMatch, "doubtful match of a return", "doubtful matches of returns", column="candidate")
)
register(ChildRows(ImportFinding, "finding in a return", "findings in returns"))

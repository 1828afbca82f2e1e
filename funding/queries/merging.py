"""What becomes of cost lines when two records of one child are made one."""

from casework.queries.child_rows import ChildRows, register
from funding.models import CostLine

register(ChildRows(CostLine, "cost line", "cost lines"))

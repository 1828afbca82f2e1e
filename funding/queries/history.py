"""How costs are told in a child's history, and who may read of them."""

from casework.queries.history_kinds import app_needs, describe
from casework.rules.permissions import Permission
from casework.ui.formats import percent
from funding.models import CostLine

app_needs("funding", Permission.SEE_COSTS)
describe(CostLine, title="Cost line", order=40, shows={"share": percent})

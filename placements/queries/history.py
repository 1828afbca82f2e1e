"""How placements are told in a child's history, and who may read of them."""

from casework.queries.history_kinds import app_needs, describe
from casework.rules.permissions import Permission
from placements.models import NamedPlacement, Placement

app_needs("placements", Permission.SEE_PLACEMENTS)
describe(NamedPlacement, title="Setting named in section I", order=30)
describe(Placement, title="Placement", order=31)

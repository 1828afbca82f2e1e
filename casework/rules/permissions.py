"""What a person may do, and the roles that bundle it. Roles are code: they are reviewed, not typed into a database."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One kind of thing a page or endpoint lets a person do."""

    SEE_CHILDREN = "see_children"
    EDIT_CHILDREN = "edit_children"
    SEE_CONTACTS = "see_contacts"
    SEE_WITHHELD_ADDRESSES = "see_withheld_addresses"
    RESTRICT_RECORDS = "restrict_records"
    MERGE_CHILDREN = "merge_children"
    SEE_DOCUMENTS = "see_documents"
    SEE_READINGS = "see_readings"
    MANAGE_LETTERS = "manage_letters"
    RECORD_CASEWORK = "record_casework"
    DECIDE = "decide"
    ALLOCATE = "allocate"
    SEE_PLACEMENTS = "see_placements"
    SEE_COSTS = "see_costs"
    SEE_REPORTS = "see_reports"
    REBUILD_REPORTS = "rebuild_reports"
    IMPORT_DATA = "import_data"
    EXPORT_HISTORY = "export_history"


@dataclass(frozen=True)
class Role:
    """A named set of permissions. `held_by` says who may hold it."""

    code: str
    name: str
    held_by: str
    permissions: frozenset[Permission]


P = Permission

CASEWORKER = Role(
    "caseworker",
    "Caseworker",
    "People who carry cases: log requests, prepare decisions and plans.",
    frozenset(
        {
            P.SEE_CHILDREN,
            P.EDIT_CHILDREN,
            P.SEE_CONTACTS,
            P.SEE_DOCUMENTS,
            P.RECORD_CASEWORK,
            P.DECIDE,
            P.SEE_PLACEMENTS,
        }
    ),
)
MANAGER = Role(
    "manager",
    "SEND manager",
    "Managers of the statutory team: everything a caseworker does, costs, reports and imports.",
    frozenset(set(P)),
)
FINANCE = Role(
    "finance",
    "Finance officer",
    "Officers who fund placements and report on the high needs block.",
    frozenset({P.SEE_CHILDREN, P.SEE_PLACEMENTS, P.SEE_COSTS, P.SEE_REPORTS}),
)
DATA_OFFICER = Role(
    "data_officer",
    "Data officer",
    "People who bring returns in and answer for the numbers.",
    frozenset(
        {P.SEE_CHILDREN, P.SEE_PLACEMENTS, P.SEE_REPORTS, P.REBUILD_REPORTS, P.IMPORT_DATA, P.MERGE_CHILDREN}
    ),
)
ANALYST = Role(
    "analyst",
    "Analyst",
    "People who read totals and never open a child's record.",
    frozenset({P.SEE_REPORTS}),
)

ROLES: dict[str, Role] = {role.code: role for role in (CASEWORKER, MANAGER, FINANCE, DATA_OFFICER, ANALYST)}

"""How the records of people and identity are told in a child's history."""

from casework.models import (
    CapacityFinding,
    ChildContact,
    ChildMerge,
    ChildStatus,
    ContactRestriction,
    FormerName,
    ParentalResponsibility,
    Person,
    PersonAddress,
    RecordRestriction,
)
from casework.models.identity import StatusKind
from casework.models.people import ContactLimit
from casework.queries.history_kinds import describe
from casework.rules.permissions import Permission

# Whoever may not read contacts on the page People does not read them in the history either.
for _model in (
    ChildContact,
    Person,
    PersonAddress,
    ParentalResponsibility,
    ContactRestriction,
    CapacityFinding,
):
    describe(_model, permission=Permission.SEE_CONTACTS)
describe(ParentalResponsibility, order=8)
describe(
    ContactRestriction,
    title="Restriction of contact",
    order=8,
    subject=lambda row: ContactLimit(row["limit"]).label,
)
describe(CapacityFinding, title="Finding about capacity", order=9)
describe(
    FormerName,
    title="Former name",
    order=1,
    subject=lambda row: f"{row['forename']} {row['surname']}".strip(),
)
describe(
    ChildStatus,
    title="Standing with other services",
    order=3,
    subject=lambda row: StatusKind(row["kind"]).label,
)
describe(RecordRestriction, title="Restriction of this record", order=3)
describe(ChildMerge, path="survivor", title="Merge of two records", order=3)

"""The tables of casework in a merge of two records (casework.queries.child_rows)."""

import datetime

from django.db.models import Q

from casework.models import (
    AccessLogEntry,
    AuthorityRole,
    CapacityFinding,
    Case,
    CaseAssignment,
    Child,
    ChildAddress,
    ChildContact,
    ChildIdentifier,
    ChildMerge,
    ChildStatus,
    ContactNote,
    Document,
    DocumentKind,
    FollowUp,
    FormerName,
    IdentifierScheme,
    Letter,
    NotTheSame,
    Plan,
    PlanText,
    RecordRestriction,
    RestrictedAccess,
    Sibling,
)
from casework.models.cases import ONE_OPEN_AT_A_TIME
from casework.queries.child_rows import ChildRows, Clash, Columns, register, register_stays


def _former_upn(row: ChildIdentifier, on: datetime.date) -> Columns | None:
    """A second UPN is kept as a former one, which schools and returns still know the child by."""
    if row.scheme != IdentifierScheme.UPN:
        return None
    return {
        "scheme": IdentifierScheme.FORMER_UPN.value,
        "ends_on": row.ends_on or max(on, row.starts_on or on),
    }


def _home_words(row: ChildAddress) -> str:
    return "Withheld address" if row.withheld else ", ".join(filter(None, (row.lines, row.postcode)))


register(
    ChildRows(
        Case, "case", "cases",
        clashes=(
            Clash(
                same=("kind",), when=Q(closed_on__isnull=True, kind__in=[str(kind) for kind in ONE_OPEN_AT_A_TIME]),
                dated=False,
                blocks="Both records have an open request. Decide or withdraw one of them first, or correct it if it was "
                "logged twice.",
            ),
        ),
    )
)  # fmt: skip
register(
    ChildRows(
        Plan, "plan", "plans",
        clashes=(
            Clash(
                blocks="Both records have a plan on the same days. One child has one plan: find out which is right and end "
                "the other first.",
            ),
        ),
    )
)  # fmt: skip
register(
    ChildRows(
        ChildIdentifier, "number", "numbers",
        clashes=tuple(
            Clash(
                same=("scheme",), when=Q(scheme=scheme), choice=label, words=lambda row: row.value,
                instead=_former_upn,
            )
            for scheme, label in (
                (IdentifierScheme.UPN, "UPN"), (IdentifierScheme.ULN, "ULN"), (IdentifierScheme.NHS, "NHS number"),
                (IdentifierScheme.LOCAL, "Local number"),
            )
        ),
    )
)  # fmt: skip
register(
    ChildRows(
        ChildAddress, "address", "addresses", clashes=(Clash(choice="Home address", words=_home_words),)
    )
)
register(
    ChildRows(
        CaseAssignment, "assignment", "assignments of workers",
        clashes=(Clash(when=Q(part="lead"), choice="Lead worker", words=lambda row: row.user.name),),
    )
)  # fmt: skip
register(
    ChildRows(
        ChildContact, "contact", "contacts",
        clashes=(
            Clash(same=("person",)),
            Clash(
                when=Q(contact_first=True), choice="Person to contact first", words=lambda row: row.person.name,
                instead=lambda row, on: {"contact_first": False},
            ),
        ),
    )
)  # fmt: skip
register(
    ChildRows(
        ChildStatus, "status", "statuses",
        clashes=(Clash(same=("kind",), choice="Status", words=lambda row: row.get_kind_display()),),
    )
)  # fmt: skip
register(
    ChildRows(AuthorityRole, "part of an authority", "parts of authorities", clashes=(Clash(same=("part",)),))
)
register(ChildRows(CapacityFinding, "finding about capacity", "findings about capacity", clashes=(Clash(),)))
register(ChildRows(RestrictedAccess, "leave to open", "leaves to open", clashes=(Clash(same=("user",)),)))
register(ChildRows(RecordRestriction, "restriction", "restrictions", clashes=(Clash(),)))
register(
    ChildRows(
        FormerName, "former name", "former names", clashes=(Clash(same=("surname", "forename"), dated=False),)
    )
)
register(
    ChildRows(
        PlanText, "text of a plan", "texts of plans",
        sealed="The other record has the words of a plan, which are sealed and stay there. Keep that record instead; "
        "where both have one, find out first which plan is the child’s.",
    )
)  # fmt: skip
register(ChildRows(Letter, "letter", "letters"))
register(ChildRows(FollowUp, "follow-up", "follow-ups"))
register(
    ChildRows(
        Document, "document", "documents",
        clashes=(
            Clash(
                same=("checksum",), dated=False,
                when=Q(case__isnull=True, withdrawn_at__isnull=True) & ~Q(kind=DocumentKind.LETTER),
            ),
        ),
    )
)  # fmt: skip
register(ChildRows(ContactNote, "note of contact", "notes of contact"))

for _column in ("first", "second"):
    register_stays(
        NotTheSame,
        _column,
        "It says of two records as they were that they are two children; a merge is another answer.",
    )
    register_stays(
        Sibling,
        _column,
        "A link is a pair in order: casework.services.merges turns it to the kept record by itself.",
    )
register_stays(
    AccessLogEntry, "child", "The log says whose record was opened at the time, and is never changed."
)
register_stays(ChildMerge, "survivor", "It is the account of the merge itself.")
register_stays(ChildMerge, "merged", "It is the account of the merge itself.")
register_stays(
    Child, "merged_into", "It is what the merge sets; records merged before are led to the kept one."
)

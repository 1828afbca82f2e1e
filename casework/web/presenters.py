"""Records as the words and rows that pages show."""

import datetime

from django.urls import reverse

from casework.models import Case, Child, Clock, User
from casework.queries.case_summary import ChildSummary
from casework.queries.timeline import Entry
from casework.rules.calendar import age_on, nc_year
from casework.rules.milestones import Milestone as MilestoneKind
from casework.rules.permissions import Permission
from casework.rules.undoing import UNDOABLE
from casework.ui.components import Event, Flag, Identity, Link
from casework.ui.formats import long_date

_LAST_SCHOOL_YEAR = 13
# Sections that need more than the permission to open the record.
_SECTION_NEEDS = {
    "child_people": Permission.SEE_CONTACTS,
    "child_documents": Permission.SEE_DOCUMENTS,
    "child_letters": Permission.SEE_DOCUMENTS,
}
_IDENTIFIERS = {
    "upn": "UPN",
    "former_upn": "Former UPN",
    "uln": "ULN",
    "nhs": "NHS number",
    "local": "Local number",
}


def age_words(child: Child, on: datetime.date) -> str:
    """ "9 years old"; nothing before birth or after death."""
    if child.died_on and child.died_on <= on:
        return f"died {long_date(child.died_on)}"
    if on < child.date_of_birth:
        return ""
    years = age_on(child.date_of_birth, on)
    return f"{years} year{'' if years == 1 else 's'} old"


def year_group(child: Child, on: datetime.date) -> str:
    """The expected year by age: "Year 4", "Reception", "Nursery", "Post-19"."""
    if on < child.date_of_birth:
        return ""
    year = nc_year(child.date_of_birth, on)
    if year > _LAST_SCHOOL_YEAR:
        return "Post-19" if year > _LAST_SCHOOL_YEAR + 1 else "Year 14"
    if year < 0:
        return "Before reception"
    return f"Year {year}" if year else "Reception"


def flags(child: Child) -> list[Flag]:
    """What every reader of the page must see."""
    found = [Flag("Restricted", "red")] if child.restricted else []
    return [*found, Flag("Died", "grey")] if child.died_on else found


def child_url(child: Child) -> str:
    """Address of the child's page."""
    return reverse("child", args=[child.public_id])


def moves_url(child: Child) -> str:
    """Address of the page of a child's moves."""
    return reverse("child_moves", args=[child.public_id])


def reviews_url(case: Case) -> str:
    """Address of the page of the child's reviews."""
    return reverse("child_reviews", args=[case.child.public_id])


def plain_identity(child: Child, on: datetime.date) -> Identity:
    """Who a page about one step is about."""
    return Identity(
        name=child.name,
        preferred=child.preferred_name,
        born=child.date_of_birth,
        age=age_words(child, on),
        year_group=year_group(child, on),
        flags=flags(child),
        url=child_url(child),
    )


def identity(summary: ChildSummary) -> Identity:
    """The whole header of a child's pages."""
    child, version = summary.child, summary.version_in_force
    plain = plain_identity(child, summary.as_at)
    facts = [("Lead worker", summary.lead or "Nobody yet"), ("Plan", _plan_words(summary))]
    if version and version.primary_need:
        facts.append(("Primary need", version.get_primary_need_display()))
    if child.area:
        facts.append(("Area", child.area.name))
    return Identity(
        name=plain.name,
        preferred=plain.preferred,
        born=plain.born,
        age=plain.age,
        year_group=plain.year_group,
        flags=plain.flags,
        url=plain.url,
        facts=facts,
        identifiers=[(_IDENTIFIERS[scheme], value) for scheme, value in getattr(child, "numbers", ())],
    )


def sections(child: Child, current: str, *, reader: User, as_at: datetime.date | None = None) -> list[Link]:
    """The pages of a child's record that `reader` may open."""
    day = f"?as_at={as_at}" if as_at else ""
    pages = (
        ("child", "Overview"),
        ("child_dates", "Dates"),
        ("child_assessment", "Assessment"),
        ("child_plan", "Plan"),
        ("child_reviews", "Reviews"),
        ("child_disagreements", "Disagreements"),
        ("child_moves", "Moves and responsibility"),
        ("child_people", "People"),
        ("child_identity", "Identity"),
        ("child_timeline", "Timeline"),
        ("child_contact_log", "Contact log"),
        ("child_documents", "Documents"),
        ("child_letters", "Letters"),
        ("child_history", "History"),
    )
    return [
        Link(text, reverse(name, args=[child.public_id]) + day, current=name == current)
        for name, text in pages
        if name not in _SECTION_NEEDS or reader.may(_SECTION_NEEDS[name])
    ]


def events(entries: list[Entry], *, may_correct: bool, may_undo: bool = False) -> list[Event]:
    """The timeline's lines, each with the ways to correct it, and to undo a decision, for those who may."""
    return [
        Event(
            title=entry.title,
            on=entry.on,
            by=entry.by,
            text=entry.text,
            struck=entry.struck,
            links=_ways_to_mend(entry, may_correct=may_correct, may_undo=may_undo),
        )
        for entry in entries
    ]


def _ways_to_mend(entry: Entry, *, may_correct: bool, may_undo: bool) -> list[Link]:
    row = entry.milestone
    if row is None:
        return []
    found = [Link("Correct this", reverse("correct_milestone", args=[row.public_id]))] if may_correct else []
    if may_undo and MilestoneKind(row.kind) in UNDOABLE:
        found.append(Link("Undo this decision", reverse("undo_decision", args=[row.public_id])))
    return found


def is_late(clock: Clock, on: datetime.date) -> bool:
    """Whether the date has passed without the duty done."""
    return clock.due_on < on and (clock.stopped_on is None or clock.stopped_on > on)


def _plan_words(summary: ChildSummary) -> str:
    version = summary.version_in_force
    if version is not None:
        made = version.plan.starts_on
        return f"In force since {long_date(made)}" if made else "In force"
    ended = next(
        (row.plan for row in summary.versions if row.plan.ends_on and row.plan.ends_on < summary.as_at), None
    )
    if ended is not None:
        return f"Ceased {long_date(ended.ends_on)}"
    request = summary.open_request
    return request.request.get_state_display() if request else "None"

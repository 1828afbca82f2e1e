"""Who changed a record since somebody read it, from the audit trail."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from casework.models import Case, User
from casework.rules.case_kinds import CaseKind
from casework.rules.clock_words import show_day
from casework.rules.milestone_facts import milestone_words
from casework.rules.milestones import Milestone as MilestoneKind


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what, who, when. `who` is "Another system" where no person was behind it."""

    what: str
    who: str
    at: datetime.datetime


def changes_since(record: Model, *, version: int) -> list[Change]:
    """What happened to a case, child or plan after `version` of it was read, oldest first."""
    events = list(
        _events_of(record)
        .filter(pgh_obj_id=record.pk, version__gt=version)
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    contexts = {event.pgh_context_id: event.pgh_context for event in events if event.pgh_context_id}
    milestones = _milestones_in(record, list(contexts))
    names = _names(contexts.values())
    changes: dict[object, Change] = {}
    for event in events:
        who = names.get(_user_id(event.pgh_context), "Another system")
        what = ", ".join(milestones[event.pgh_context_id]) or "changed the record"
        changes.setdefault(event.pgh_context_id or event.pgh_id, Change(what, who, event.pgh_created_at))
    return list(changes.values())


def _events_of(record: Model) -> Any:
    return apps.get_model("casework", f"{type(record).__name__}Event")._default_manager


def _milestones_in(record: Model, contexts: list[Any]) -> dict[Any, list[str]]:
    """Milestones of this case that were recorded in these contexts, in words."""
    found: dict[Any, list[str]] = defaultdict(list)
    if isinstance(record, Case) and contexts:
        rows = apps.get_model("casework", "MilestoneEvent")._default_manager.filter(
            case_id=record.pk, pgh_context_id__in=contexts, pgh_label="insert"
        )
        for row in rows.order_by("pgh_id"):
            words = milestone_words(MilestoneKind(row.kind), CaseKind(record.kind))
            verb = "said that this did not happen" if row.withdrawn else "recorded"
            found[row.pgh_context_id].append(f"{verb} “{words}” on {show_day(row.happened_on)}")
    return found


def _names(contexts: Any) -> dict[Any, str]:
    ids = {_user_id(context) for context in contexts} - {None}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _user_id(context: Any) -> Any:
    return (context.metadata or {}).get("user") if context else None

"""Meetings of panels and what they recommended."""

import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from casework.access.scope import visible
from casework.models import PanelMeeting, PanelOutcome, User

_RECENT = 10


def meetings(*, reader: User) -> QuerySet[Any]:
    """Every meeting, the latest first, with `heard`: how many children were heard whom the reader may see."""
    seen = visible(PanelOutcome, reader).values("pk")
    heard = Count("outcomes", filter=Q(outcomes__in=seen))
    return visible(PanelMeeting, reader).annotate(heard=heard).order_by("-held_on", "-pk")


def meetings_since(day: datetime.date | None, *, reader: User) -> list[PanelMeeting]:
    """The latest meetings on or after a day, to choose one from."""
    rows = visible(PanelMeeting, reader)
    return list((rows.filter(held_on__gte=day) if day else rows)[:_RECENT])


def outcomes_at(meeting: PanelMeeting, *, reader: User) -> QuerySet[PanelOutcome]:
    """What this meeting recommended, by child."""
    return (
        visible(PanelOutcome, reader)
        .filter(meeting=meeting)
        .select_related("case__child", "decision__milestone")
        .order_by("case__child__surname", "case__child__forename", "pk")
    )

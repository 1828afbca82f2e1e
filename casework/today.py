"""The one place that asks what day it is. Only the edge (pages, API, tasks, commands) may call it."""

import datetime
import zoneinfo

from django.conf import settings

LONDON = zoneinfo.ZoneInfo("Europe/London")


def today() -> datetime.date:
    """Today in London; or the stated day of a demonstration, when WAYMARK_TODAY is set."""
    if settings.WAYMARK_TODAY:
        return datetime.date.fromisoformat(settings.WAYMARK_TODAY)
    return datetime.datetime.now(tz=LONDON).date()

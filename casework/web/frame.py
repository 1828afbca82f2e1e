"""The frame of every page: who is signed in, where they may go, and which day the page stands on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from casework.today import today
from casework.ui import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of `casework/layouts/base.html`: `frame` (navigation, addresses, names) and `today`."""
    user = getattr(request, "user", None)
    items = navigation.items_for(user)
    day = today()
    return {
        "today": day,
        "frame": {
            "authority": settings.AUTHORITY_NAME,
            "navigation": items,
            "active": navigation.active_key(items, request.path),
            "home_url": navigation.address("my_work") or "/",
            "search_url": navigation.address("search") if items else "",
            "sign_in_url": navigation.address("sign_in", "account_login"),
            "sign_out_url": navigation.address("sign_out", "account_logout"),
            "demonstration_day": day if settings.WAYMARK_TODAY else None,
        },
    }

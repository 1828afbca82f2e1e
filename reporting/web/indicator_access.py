"""Who may open an indicator, and its lists."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from casework.models import User
from casework.rules.permissions import Permission
from casework.web.records import reader_of
from reporting.indicator import Indicator
from reporting.registry import INDICATORS, indicator


def indicator_or_404(request: HttpRequest, code: str) -> Indicator:
    """The indicator of an address. Raises PermissionDenied where it needs more than reports do, as money does."""
    try:
        wanted = indicator(code)
    except ValueError:
        raise Http404 from None
    if not reader_of(request).may(wanted.permission):
        raise PermissionDenied
    return wanted


def allowed(reader: User) -> dict[str, Indicator]:
    """The indicators this person may open."""
    return {code: one for code, one in INDICATORS.items() if reader.may(one.permission)}


def may_list(reader: User) -> bool:
    """Whether this person may see whom a figure counts.

    A list names children, so it needs the permission to see them besides the one for reports; an analyst reads totals
    and is refused the list as a whole, because rows without names would still tell dates of few children.
    """
    return reader.may(Permission.SEE_CHILDREN)

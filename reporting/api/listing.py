"""The records behind a number, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from casework.access.drf import visible_to_caller
from casework.api.cursors import page_size, seal, unseal
from casework.models import Case, Child, Plan
from casework.queries.whole_records import children
from reporting.api.questions import Question
from reporting.compute import Item, list_page

PAGE = 100
LARGEST_PAGE = 1000


@dataclass(frozen=True)
class ListedRecord:
    """One counted record as the caller may see it."""

    withheld: bool
    child: Child | None
    request: UUID | None
    plan: UUID | None
    amount: Decimal | None


@dataclass(frozen=True)
class Page:
    """One page and the addresses of its neighbours."""

    count: int
    next: str | None
    previous: str | None
    records: list[ListedRecord]


def page_of(question: Question, request: Request, *, on: date) -> Page:
    """The page the address asks for. The cursor holds a place in the list: records change under a long reading only
    when somebody changes the past, because the question names its days."""
    size = page_size(request.query_params.get("page_size"), default=PAGE, most=LARGEST_PAGE)
    cursor = request.query_params.get("cursor")
    begin = int(unseal(cursor).get("o", 0)) if cursor else 0
    asked: dict[str, Any] = {"window": question.window, "where": question.where, "part": question.part}
    found = list_page(question.indicator, **asked, limit=size, offset=begin)
    count = found.count
    return Page(
        count=count,
        next=_address(request, begin + size) if begin + size < count else None,
        previous=_address(request, max(0, begin - size)) if begin else None,
        records=_as_seen(found.items, request, on=on),
    )


def _address(request: Request, place: int) -> str:
    return replace_query_param(request.build_absolute_uri(), "cursor", seal({"o": place}))


def _as_seen(items: Iterable[Item], request: Request, *, on: date) -> list[ListedRecord]:
    items = list(items)
    seen = visible_to_caller(Child, request).filter(pk__in={item.child_id for item in items})
    found = {child.pk: child for child in children(seen, on=on)}
    requests = dict(
        visible_to_caller(Case, request)
        .filter(pk__in={item.case_id for item in items})
        .values_list("pk", "public_id")
    )
    plans = dict(
        visible_to_caller(Plan, request)
        .filter(pk__in={item.plan_id for item in items})
        .values_list("pk", "public_id")
    )
    return [
        ListedRecord(
            withheld=False,
            child=found[item.child_id],
            request=requests.get(item.case_id) if item.case_id else None,
            plan=plans.get(item.plan_id) if item.plan_id else None,
            amount=item.amount,
        )
        if item.child_id in found
        # The amount would say what a child costs whom the caller may not know of.
        else ListedRecord(withheld=True, child=None, request=None, plan=None, amount=None)
        for item in items
    ]

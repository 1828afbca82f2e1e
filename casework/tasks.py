"""Background work of casework. Safe to run twice and to miss once."""

import datetime
from typing import Any

import structlog
from celery import shared_task
from django.utils import timezone

from casework.services import advice, api_clients, clocks, files, forms_sent, review_calendar, unfinished
from casework.today import today

log = structlog.get_logger(__name__)
_KEPT = datetime.timedelta(days=2)
_UNFINISHED_KEPT = datetime.timedelta(days=7)


@shared_task
def check_clocks(**_: Any) -> int:
    """Compare every stored clock with its derivation; how many cases differ. Mends nothing: somebody should look."""
    found = sum(1 for _difference in clocks.differences())
    if found:
        log.error("clocks_differ", cases=found)
    forms_sent.forget(before=timezone.now() - _KEPT)
    unfinished.forget(before=timezone.now() - _UNFINISHED_KEPT)
    return found


@shared_task
def settle_reviews(**_: Any) -> int:
    """See that each plan in force has its next review, and no ended plan has one; how many were changed."""
    settled = review_calendar.settle(on=today())
    return settled.opened + settled.moved + settled.ended


@shared_task
def clear_tokens(**_: Any) -> int:
    """Remove the access tokens of other systems that have expired; how many went."""
    return api_clients.forget_expired_tokens()


@shared_task
def sweep_files(**_: Any) -> int:
    """Remove uploads that no record names, and report records whose file is missing; how many are missing."""
    swept = files.sweep(older_than=timezone.now() - _KEPT)
    if swept.removed:
        log.warning("files_without_record_removed", files=swept.removed)
    if swept.missing:
        log.error("files_missing", files=len(swept.missing), keys=swept.missing[:20])
    return len(swept.missing)


@shared_task
def remind_of_advice(**_: Any) -> int:
    """Write down which bodies are to be chased by today and who is shown it; how many reminders are new."""
    return advice.remind(on=today())

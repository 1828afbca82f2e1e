"""Keep what a person had typed when their session ended; give it back to them alone when they sign in again."""

import datetime
from typing import Any

from django.db import transaction

from casework.models import UnfinishedWork, User

TASKS, FORMS = "tasks", "kept_forms"
"""Where it lies in a session: the answers of tasks of several pages, and forms by the path they were sent to."""

_MOST_FORMS = 10


@transaction.atomic
def keep(
    *, user: User, tasks: dict[str, Any], path: str, sent: dict[str, list[str]] | None, at: datetime.datetime
) -> None:
    """Keep the answers of `tasks`, and the form `sent` to `path` just after the session had ended."""
    if not tasks and not sent:
        return
    row, _ = UnfinishedWork.objects.select_for_update().get_or_create(user=user, defaults={"kept_at": at})
    forms = {**row.forms, path: sent} if sent else row.forms
    row.tasks = {**row.tasks, **tasks}
    row.forms = dict(list(forms.items())[-_MOST_FORMS:])
    row.kept_at = at
    row.save()


@transaction.atomic
def take_back(*, user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tasks and the forms that were kept for this person; they are kept no longer."""
    row = UnfinishedWork.objects.select_for_update().filter(user=user).first()
    if row is None:
        return {}, {}
    found = row.tasks, row.forms
    row.delete()
    return found


def forget(*, before: datetime.datetime) -> int:
    """Remove what nobody came back for; how many people's."""
    removed, _ = UnfinishedWork.objects.filter(kept_at__lt=before).delete()
    return removed

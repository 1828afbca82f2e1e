"""Filters of My work that people keep by name."""

from django.db import transaction

from casework.models import SavedFilter, Team, User
from casework.services.refusals import Refused

LONGEST_NAME = 60


@transaction.atomic
def save(
    *, name: str, query: str, by: User, team: Team | None = None, is_default: bool = False
) -> SavedFilter:
    """Keep a view of My work under a name; the same name again replaces it. `team` may use it too.

    `is_default` lets it open My work in the place of what did before. Raises Refused without a name.
    """
    name = name.strip()
    if not name:
        raise Refused("Enter a name for this view.", field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(f"The name must be {LONGEST_NAME} characters or fewer.", field="name")
    # One at a time for one person, so that two views never both open My work.
    User.objects.select_for_update().get(pk=by.pk)
    if is_default:
        SavedFilter.objects.filter(owner=by, is_default=True).update(is_default=False)
    row, _ = SavedFilter.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "team": team, "is_default": is_default}
    )
    return row


@transaction.atomic
def remove(*, saved: SavedFilter, by: User) -> None:
    """Take a view away. Raises Refused when it is a colleague's."""
    if saved.owner_id != by.pk:
        raise Refused(f"This view belongs to {saved.owner}. Only they can take it away.")
    saved.delete()

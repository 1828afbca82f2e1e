"""Cover for a worker who is away: the lead stays the lead, and what they may open, whoever covers may open too."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from casework.audit import acting_as
from casework.models import Cover, RestrictedAccess, User
from casework.queries.teamwork import workers
from casework.rules.clock_words import show_day
from casework.services.refusals import Refused


@transaction.atomic
def arrange(
    *, user: User, covered_by: User, starts_on: date, ends_on: date, by: User, on: date, note: str = ""
) -> Cover:
    """Let `covered_by` watch everything of `user` from the first to the last day. Raises Refused.

    Restricted records that `user` may open in that time, `covered_by` may open in the same days.
    """
    if user.pk == covered_by.pk:
        raise Refused("Somebody else must cover. Choose another person.", field="covered_by")
    if ends_on < starts_on:
        raise Refused("The last day must be on or after the first day.", field="ends_on")
    if ends_on < on:
        raise Refused(f"{show_day(ends_on)} has passed. Enter a last day from today on.", field="ends_on")
    if not workers(by, on=max(starts_on, on)).filter(pk=covered_by.pk).exists():
        raise Refused(
            f"{covered_by.name} holds no role that works cases on {show_day(starts_on)}. Choose somebody else.",
            field="covered_by",
        )
    away = Cover.objects.overlapping(starts_on, ends_on).filter(user=covered_by).first()
    if away is not None:
        raise Refused(
            f"{covered_by.name} is away from {show_day(away.starts_on)} to {show_day(away.ends_on)}. Choose somebody "
            "else, or other days.",
            field="covered_by",
        )
    with acting_as(by):
        try:
            with transaction.atomic():
                cover = Cover.objects.create(
                    user=user, covered_by=covered_by, starts_on=starts_on, ends_on=ends_on, arranged_by=by,
                    note=note.strip(),
                )  # fmt: skip
        except IntegrityError as error:
            if "cover_by_one_at_a_time" not in str(error):
                raise
            raise Refused(
                f"{user.name} is already covered on some of these days. End that cover first.",
                field="starts_on",
            ) from error
        cover.refresh_from_db()
        _open_restricted(cover)
        return cover


@transaction.atomic
def end(*, cover: Cover, last_day: date, by: User, on: date) -> None:
    """End cover early, after `last_day`; before it has begun it is taken away. Raises Refused for a day that has passed."""
    if last_day < on - timedelta(days=1):
        raise Refused(
            "Cover cannot be ended in the past: whoever covered could see the records until now.",
            field="last_day",
        )
    with acting_as(by):
        granted = RestrictedAccess.objects.filter(user=cover.covered_by_id, reason=_reason(cover))
        granted.filter(starts_on__gt=last_day).delete()
        granted.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
        if last_day < cover.starts_on:
            cover.delete()
        else:
            Cover.objects.filter(pk=cover.pk).update(ends_on=min(last_day, cover.ends_on or last_day))


def _reason(cover: Cover) -> str:
    return f"Covers {cover.user.name} (cover {cover.public_id})"


def _open_restricted(cover: Cover) -> None:
    if cover.ends_on is None:
        return
    last: date = cover.ends_on
    theirs = RestrictedAccess.objects.overlapping(cover.starts_on, last)
    already = set(theirs.filter(user=cover.covered_by).values_list("child", flat=True))
    RestrictedAccess.objects.bulk_create(
        RestrictedAccess(
            child_id=row.child_id,
            user=cover.covered_by,
            reason=_reason(cover),
            starts_on=max(row.starts_on, cover.starts_on),
            ends_on=last if row.ends_on is None else min(row.ends_on, last),
        )
        for row in theirs.filter(user=cover.user)
        if row.child_id not in already
    )

"""Education outside a school by whose arrangement: at home by the parents' choice, or otherwise.

Elective home education is the parents' choice; education otherwise than at school (section 61) is arranged and paid for by
the authority. They never share a code. The plan goes on in each: it is maintained and reviewed, and the authority need not
make the provision itself only as far as the parents' arrangements are suitable (CFA 2014 s.42(5)).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import Child, User
from casework.rules.clock_words import show_day
from casework.services.refusals import Refused
from placements.models import Finding, HomeEducation, Placement, Rank, SettingCode, SuitabilityCheck

ARRANGEMENTS = (SettingCode.EHE, SettingCode.OLA, SettingCode.OPA)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notified:
    """How the authority learned that a child is educated at home."""

    told_on: date
    told_by: str = ""
    why: str = ""
    consent_on: date | None = None


@transaction.atomic
def begin(
    *,
    child: Child,
    arrangement: SettingCode,
    starts_on: date,
    by: User,
    on: date,
    notified: Notified | None = None,
    words: str = "",
) -> Placement:
    """From `starts_on` the child is educated outside a school; the main placement until then ends on the day before.

    Elective home education needs `notified`. Raises Refused (in the future, before birth, already so).
    """
    if arrangement not in ARRANGEMENTS:
        raise Refused("Choose whose arrangement it is.", field="arrangement")
    if arrangement == SettingCode.EHE and notified is None:
        raise Refused("Enter the day you were told that the child is educated at home.", field="told_on")
    _check_days(child, starts_on, notified, on=on)
    with acting_as(by):
        Child.objects.select_for_update().get(pk=child.pk)
        main = Placement.objects.filter(child=child, rank=Rank.PRIMARY)
        current: Placement | None = main.as_at(starts_on).first()
        if current is not None and current.setting_code == arrangement:
            raise Refused(
                f"That is recorded already, since {show_day(current.starts_on)}.", field="arrangement"
            )
        if current is not None and current.starts_on == starts_on:
            raise Refused(
                f"{current.setting_name} begins on that day. Enter a later day, or correct that placement.",
                field="starts_on",
            )
        if current is not None:
            Placement.objects.filter(pk=current.pk).update(
                ends_on=starts_on - _A_DAY,
                end_reason=f"{SettingCode(arrangement).label} from {show_day(starts_on)}",
            )
        try:
            with transaction.atomic():
                placed = Placement.objects.create(
                    child=child, setting_code=arrangement, setting_words=words.strip(), starts_on=starts_on
                )
        except IntegrityError as error:
            raise Refused(
                "Another main placement begins after that day. Correct it first.", field="starts_on"
            ) from error
        if notified is not None and arrangement == SettingCode.EHE:
            HomeEducation.objects.create(
                placement=placed,
                told_on=notified.told_on,
                told_by=notified.told_by.strip(),
                why=notified.why.strip(),
                consent_on=notified.consent_on,
            )
        return placed


@transaction.atomic
def record_check(
    *,
    home: HomeEducation,
    looked_on: date,
    finding: Finding,
    note: str,
    by: User,
    on: date,
    look_again_on: date | None = None,
) -> SuitabilityCheck:
    """What the authority found of education at home, and when to look again. Raises Refused."""
    if not note.strip():
        raise Refused("Enter what was seen, or why it could not be.", field="note")
    if looked_on > on:
        raise Refused(f"You cannot have looked after today, {show_day(on)}.", field="looked_on")
    if looked_on < home.told_on and looked_on < home.placement.starts_on:
        raise Refused(
            f"That is before you were told on {show_day(home.told_on)}. Check both dates.", field="looked_on"
        )
    if look_again_on is not None and look_again_on <= looked_on:
        raise Refused("The next look must be after this one.", field="look_again_on")
    with acting_as(by):
        return SuitabilityCheck.objects.create(
            home_education=home,
            looked_on=looked_on,
            finding=finding,
            note=note.strip(),
            look_again_on=look_again_on,
            recorded_by=by,
        )


@transaction.atomic
def end(*, placement: Placement, ends_on: date, why: str, by: User, on: date) -> Placement:
    """The arrangement ended; `ends_on` is its last day. Where the child goes then is another placement. Raises Refused."""
    if ends_on > on:
        raise Refused(f"The last day cannot be after today, {show_day(on)}.", field="ends_on")
    if ends_on < placement.starts_on:
        raise Refused(f"It began on {show_day(placement.starts_on)}. Check both dates.", field="ends_on")
    with acting_as(by):
        held: Placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
        if held.ends_on is not None:
            raise Refused(f"This ended on {show_day(held.ends_on)}.")
        Placement.objects.filter(pk=held.pk).update(ends_on=ends_on, end_reason=why.strip()[:200])
        held.refresh_from_db()
        return held


def _check_days(child: Child, starts_on: date, notified: Notified | None, *, on: date) -> None:
    if starts_on > on:
        raise Refused(
            f"{show_day(starts_on)} is after today. Record it once it has begun.", field="starts_on"
        )
    if starts_on < child.date_of_birth:
        raise Refused(
            f"{show_day(starts_on)} is before {child.name} was born. Check both dates.", field="starts_on"
        )
    if notified is not None and notified.told_on > on:
        raise Refused(f"You cannot have been told after today, {show_day(on)}.", field="told_on")
    if notified is not None and notified.consent_on is not None and notified.consent_on > on:
        raise Refused(f"You cannot have agreed after today, {show_day(on)}.", field="consent_on")

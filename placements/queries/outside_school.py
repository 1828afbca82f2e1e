"""A child who is educated outside a school on a day, and what the authority has found of it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from casework.models import Child
from placements.models import HomeEducation, Placement, Rank, SettingCode, SuitabilityCheck

_CODES = (SettingCode.EHE, SettingCode.OLA, SettingCode.OPA)


@dataclass(frozen=True, slots=True)
class OutsideSchool:
    """The arrangement. `home` and `checks` are of elective home education only; it may be known from a return alone."""

    placement: Placement
    home: HomeEducation | None
    checks: Sequence[SuitabilityCheck]
    look_again_on: datetime.date | None


def outside_school(child: Child, *, on: datetime.date) -> OutsideSchool | None:
    """The main placement of the day where it is no school; one statement for most children, two for the others."""
    placement = (
        Placement.objects.filter(child=child, rank=Rank.PRIMARY, setting_code__in=_CODES, period__contains=on)
        .select_related("home_education")
        .first()
    )
    if placement is None:
        return None
    home = getattr(placement, "home_education", None)
    checks = list(home.checks.select_related("recorded_by")) if home else []
    return OutsideSchool(placement, home, checks, checks[0].look_again_on if checks else None)

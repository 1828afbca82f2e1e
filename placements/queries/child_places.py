"""Where a child is, and where the plan says they should be, on a day."""

import datetime
from dataclasses import dataclass

from django.db import connection

from casework.models import Child, PlanVersion
from placements.models import Rank, ResidentialBand, SettingCode

_SQL = """
SELECT e.id, e.name, p.setting_words, p.setting_code, p.rank, p.sen_unit, p.resourced, p.residential, p.named, p.starts_on,
    p.ends_on
FROM (
    SELECT establishment_id, setting_words, setting_code, rank, sen_unit, resourced, residential, false AS named, starts_on,
        ends_on
    FROM placements_placement WHERE child_id = %(child)s AND (ends_on IS NULL OR ends_on >= %(day)s)
    UNION ALL
    SELECT establishment_id, setting_words, setting_code, rank, sen_unit, resourced, residential, true, NULL, NULL
    FROM placements_namedplacement WHERE plan_version_id = %(version)s
) p LEFT JOIN casework_establishment e ON e.id = p.establishment_id
ORDER BY p.starts_on, p.rank
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A setting, or a kind of setting, attended between two days or named in section I (then without days)."""

    establishment_id: int | None
    establishment_name: str | None
    setting_words: str
    setting_code: str
    rank: int
    sen_unit: bool
    resourced: bool
    residential: str
    named: bool
    starts_on: datetime.date | None
    ends_on: datetime.date | None

    @property
    def setting_name(self) -> str:
        """The setting's name, or what kind it is where it has none."""
        code = SettingCode(self.setting_code).label if self.setting_code else ""
        return self.establishment_name or self.setting_words or code or "Not recorded"

    @property
    def residential_words(self) -> str:
        """Weeks a year in residence; "" for a day place."""
        return ResidentialBand(self.residential).label if self.residential else ""

    @property
    def is_main(self) -> bool:
        """Whether it is the primary place."""
        return self.rank == Rank.PRIMARY


@dataclass(frozen=True, slots=True)
class ChildPlaces:
    """Placements on the day or to come, and what the plan in force names."""

    attended: list[Place]
    named: list[Place]

    @property
    def differ(self) -> bool:
        """Whether the main place attended is not the one named."""
        if not self.attended or not self.named:
            return False
        return self.attended[0].establishment_id != self.named[0].establishment_id


def child_places(child: Child, *, version: PlanVersion | None, as_at: datetime.date) -> ChildPlaces:
    """Where the child is on the day or will be, and what `version`, the plan's text in force then, names.

    One statement. Whoever holds the child has opened it through their scope; its places need no second look.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"child": child.pk, "day": as_at, "version": version.pk if version is not None else None}
        )
        places = [Place(*row) for row in cursor.fetchall()]
    return ChildPlaces([one for one in places if not one.named], [one for one in places if one.named])

"""Finds the rows that the returns brought in for generated children."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from casework.models import Case, Child, ChildIdentifier, Establishment, Plan, PlanVersion
from config.demo.lives import Life
from config.demo.settings_register import Setting
from placements.models import Placement


@dataclass(slots=True)
class Held:
    """What is in the database, by the keys that generated children have."""

    settings: dict[int, int]
    """Establishment by position in the register."""
    _by_upn: dict[str, int] = field(default_factory=dict)
    _by_name: dict[tuple[str, str, date], list[int]] = field(default_factory=lambda: defaultdict(list))
    plans: dict[int, Plan] = field(default_factory=dict)
    """The latest plan by child."""
    versions: dict[int, PlanVersion] = field(default_factory=dict)
    """The latest version by plan."""
    placements: dict[tuple[int, date], Placement] = field(default_factory=dict)
    """Main placements by child and first day."""
    open_requests: dict[int, Case] = field(default_factory=dict)

    def child_of(self, life: Life) -> int | None:
        """The child's key; None for one the returns did not tell of, or whose match waits for an answer."""
        if life.upn in self._by_upn:
            return self._by_upn[life.upn]
        found = self._by_name.get((life.surname, life.forename, date.fromordinal(life.born)), [])
        return found[0] if len(found) == 1 else None

    def add_child(self, life: Life, key: int) -> None:
        """Remember a child added since."""
        if life.upn:
            self._by_upn[life.upn] = key
        self._by_name[life.surname, life.forename, date.fromordinal(life.born)].append(key)


def read(register: list[Setting]) -> Held:
    """Read it all; a demonstration fits into memory."""
    by_number = {
        (row.urn or 0, 0 if row.urn else row.ukprn or 0): row.pk for row in Establishment.objects.all()
    }
    missing = [setting for setting in register if (setting.urn, setting.ukprn) not in by_number]
    for setting in missing:
        row = Establishment.objects.create(
            urn=setting.urn or None, ukprn=setting.ukprn or None, name=f"Provider with UKPRN {setting.ukprn}"
        )
        by_number[setting.urn, setting.ukprn] = row.pk
    held = Held({setting.position: by_number[setting.urn, setting.ukprn] for setting in register})
    for key, surname, forename, born in Child.objects.values_list(
        "pk", "surname", "forename", "date_of_birth"
    ):
        held._by_name[surname, forename, born].append(key)
    held._by_upn = dict(ChildIdentifier.objects.filter(scheme="upn").values_list("value", "child_id"))
    held.plans = {plan.child_id: plan for plan in Plan.objects.order_by("starts_on")}
    held.versions = {version.plan_id: version for version in PlanVersion.objects.order_by("number")}
    held.placements = {(place.child_id, place.starts_on): place for place in Placement.objects.filter(rank=1)}
    held.open_requests = {
        case.child_id: case for case in Case.objects.filter(kind="request", closed_on__isnull=True)
    }
    return held

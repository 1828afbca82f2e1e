"""Plans and placements since the last return: issued, moved in, amended, moved on, ceased."""

from datetime import date, timedelta

from casework.models import Case, Plan, PlanVersion, Stage
from config.demo.day import CENSUS_DAYS, LAST_RETURNED
from config.demo.held_rows import Held
from config.demo.lives import PlanLife, Spell, Version
from config.demo.places import NOWHERE
from config.demo.sen2_plan import CODES, NAMED_AS_TYPE, RESOURCED, UNITS, WORDS, residential_band
from placements.models import NamedPlacement, Placement

_LAST_CENSUS = max(CENSUS_DAYS.values()).toordinal()
_DAY = timedelta(days=1)


class Plans:
    """Collects what is to be written, for all children."""

    def __init__(self, held: Held, day: int) -> None:
        self._held = held
        self._day = day
        self._plans: list[Plan] = []
        self._versions: list[tuple[PlanVersion, Version]] = []
        self._placements: list[Placement] = []
        self._ceased: list[Plan] = []
        self._ended_versions: list[PlanVersion] = []
        self._ended_placements: list[Placement] = []

    def follow(self, child: int, life: PlanLife, case: Case | None) -> None:
        """One child's plan."""
        if life.arrived > self._day:
            return
        if life.arrived > LAST_RETURNED:
            plan = Plan(
                child_id=child,
                request=case,
                starts_on=date.fromordinal(life.start),
                transferred_from_la=life.from_la,
                ends_on=self._cease_day(life),
                cease_reason=life.reason if life.end <= self._day else "",
            )
            self._plans.append(plan)
            self._amend(plan, None, life, 0)
            self._placements += [
                self._placement(child, spell) for spell in life.spells if spell.start <= self._day
            ]
            return
        known = self._held.plans.get(child)
        if known is None or known.ends_on is not None:
            return
        if life.end <= self._day:
            known.ends_on, known.cease_reason = self._cease_day(life), life.reason
            self._ceased.append(known)
        self._amend(known, self._held.versions.get(known.pk), life, LAST_RETURNED)
        self._move(child, life)

    def write(self) -> None:
        """Write it all: what ends first, so that nothing overlaps."""
        Plan.objects.bulk_update(self._ceased, ["ends_on", "cease_reason"])
        PlanVersion.objects.bulk_update(self._ended_versions, ["ends_on"])
        Placement.objects.bulk_update(self._ended_placements, ["ends_on"])
        Plan.objects.bulk_create(self._plans)
        for version, _ in self._versions:
            version.plan_id = version.plan.pk
        PlanVersion.objects.bulk_create([version for version, _ in self._versions])
        NamedPlacement.objects.bulk_create(
            [
                NamedPlacement(plan_version=row, **self._setting(told.names, named=True))
                for row, told in self._versions
            ]
        )
        Placement.objects.bulk_create(self._placements)

    def _cease_day(self, life: PlanLife) -> date | None:
        return date.fromordinal(life.end) if life.end <= self._day else None

    def _amend(self, plan: Plan, before: PlanVersion | None, life: PlanLife, after: int) -> None:
        number = before.number if before else 0
        for told in life.versions:
            if not after < told.start <= min(self._day, life.end):
                continue
            starts_on = date.fromordinal(told.start)
            if before is not None:
                if before.starts_on is not None and before.starts_on >= starts_on:
                    continue
                before.ends_on = starts_on - _DAY
                if before.pk:
                    self._ended_versions.append(before)
            number += 1
            row = PlanVersion(
                plan=plan,
                number=number,
                stage=Stage.AMENDED_FINAL if number > 1 else Stage.FINAL,
                starts_on=starts_on,
                primary_need=told.need,
                secondary_need=told.secondary,
                personal_budget=life.personal_budget,
                organised_arrangements=life.organised if life.personal_budget else None,
                direct_payment=life.direct_payment,
            )
            self._versions.append((row, told))
            before = row
        if before is not None and life.end <= self._day:
            before.ends_on = self._cease_day(life)
            if before.pk and before not in self._ended_versions:
                self._ended_versions.append(before)

    def _move(self, child: int, life: PlanLife) -> None:
        for spell in life.spells:
            known = self._held.placements.get((child, date.fromordinal(spell.start)))
            if known is not None and known.ends_on is None and spell.end < self._day:
                known.ends_on = date.fromordinal(spell.end)
                self._ended_placements.append(known)
            elif known is None and _LAST_CENSUS < spell.start <= self._day:
                self._placements.append(self._placement(child, spell))

    def _placement(self, child: int, spell: Spell) -> Placement:
        return Placement(
            child_id=child,
            starts_on=date.fromordinal(spell.start),
            ends_on=date.fromordinal(spell.end) if spell.end < self._day else None,
            residential_weeks=spell.residential or None,
            **self._setting(spell, named=False),
        )

    def _setting(self, spell: Spell | None, *, named: bool) -> dict[str, object]:
        """The columns that named and attended places share."""
        if spell is None or (named and spell.leaf in NAMED_AS_TYPE):
            return {"setting_code": "OTH", "setting_words": WORDS["OTH"]}
        code = CODES[spell.leaf] if spell.setting == NOWHERE else ""
        return {
            "establishment_id": None if code else self._held.settings[spell.setting],
            "setting_code": code,
            "setting_words": WORDS.get(code, ""),
            "sen_unit": spell.leaf in UNITS,
            "resourced": spell.leaf in RESOURCED,
            "residential": residential_band(spell) if spell.residential else "",
            "work_based": spell.work_based,
        }

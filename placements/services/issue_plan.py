"""Issue the final plan together with what its section I names.

Placements stands above casework: it asks casework to make the plan and adds its own record in the same transaction.
Nothing is published upwards, so a plan without section I cannot come about by a subscriber that failed.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.audit import acting_as
from casework.models import Case, Establishment, Need, PlanVersion, User
from casework.services import plans
from casework.services.refusals import Refused
from placements.models import NamedPlacement, SettingCode


@dataclass(frozen=True, slots=True)
class SectionI:
    """A named setting, or a type of setting (CFA 2014 s.40(2)): exactly one of `establishment` and `code`."""

    establishment: Establishment | None = None
    code: SettingCode | None = None
    words: str = ""
    sen_unit: bool = False
    resourced: bool = False


@transaction.atomic
def issue_final_plan(
    *,
    case: Case,
    issued_on: date,
    primary_need: Need,
    section_i: SectionI,
    by: User,
    on: date,
    secondary_need: Need | str = "",
    version: int | None = None,
) -> PlanVersion:
    """Record the final plan and the setting or type it names. Raises Refused and StaleEdit; then nothing is kept."""
    check_section_i(section_i, issued_on)
    with acting_as(by):
        issued = plans.issue_final(
            case=case,
            issued_on=issued_on,
            primary_need=primary_need,
            secondary_need=secondary_need,
            by=by,
            on=on,
            version=version,
        )
        name_in(issued, section_i)
        return issued


def name_in(version: PlanVersion, section_i: SectionI) -> NamedPlacement:
    """What section I of a version names."""
    return NamedPlacement.objects.create(
        plan_version=version,
        establishment=section_i.establishment,
        setting_code=section_i.code or "",
        setting_words=section_i.words.strip(),
        sen_unit=section_i.sen_unit,
        resourced=section_i.resourced,
    )


def check_section_i(section_i: SectionI, issued_on: date) -> None:
    """Raise Refused unless it names one setting, open on the day, or one type."""
    if (section_i.establishment is None) == (section_i.code is None):
        raise Refused("Name a setting or a type of setting in section I.", field="setting")
    if section_i.code == SettingCode.OTH and not section_i.words.strip():
        raise Refused(
            "Enter the type of setting, such as “a mainstream secondary school”.", field="type_words"
        )
    setting = section_i.establishment
    if setting and setting.closed_on and setting.closed_on < issued_on:
        raise Refused(f"{setting.name} had closed by that day. Name another setting.", field="setting")

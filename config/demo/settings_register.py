"""Fictional schools, colleges and providers, in the shape of the national register (GIAS)."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from config.demo.areas import AREAS
from config.demo.day import AUTHORITY, LA_CODE
from config.demo.names import SETTING_STEMS
from placements.rules.provision import Leaf

FIRST_URN, FIRST_UKPRN = 990_001, 19_999_001


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of setting: how many in a small authority, whom it takes, how the register codes it."""

    leaf: Leaf
    count: int
    low_age: int
    high_age: int
    type_code: int
    type_name: str
    phase: str
    suffix: str
    fe_kind: str = ""
    base: str = ""
    """Whether the school has a SEN unit or resourced provision that takes these children."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One fictional setting. `urn` is 0 for a provider that only has a UKPRN."""

    position: int
    kind: Kind
    urn: int
    ukprn: int
    name: str
    area: int
    postcode: str
    number: str

    @property
    def leaf(self) -> Leaf:
        """The finest provision type of a placement here."""
        return self.kind.leaf


_PRIMARY, _SECONDARY = "Primary", "Secondary"
_UNIT, _RESOURCED = "SEN unit", "Resourced provision"

KINDS: tuple[Kind, ...] = (
    Kind(Leaf.MAINTAINED_NURSERY, 2, 2, 4, 15, "Local authority nursery school", "Nursery", "Nursery School"),
    Kind(Leaf.MAINSTREAM_MAINTAINED, 14, 3, 11, 1, "Community school", _PRIMARY, "Primary School"),
    Kind(Leaf.MAINSTREAM_MAINTAINED, 4, 3, 11, 2, "Voluntary aided school", _PRIMARY, "Church Primary School"),
    Kind(Leaf.MAINSTREAM_MAINTAINED_RESOURCED, 2, 3, 11, 1, "Community school", _PRIMARY, "Community Primary School",
         base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT, 2, 3, 11, 3, "Voluntary controlled school", _PRIMARY, "Vale Primary School",
         base=_UNIT),
    Kind(Leaf.MAINSTREAM_ACADEMY, 16, 3, 11, 34, "Academy converter", _PRIMARY, "Primary Academy"),
    Kind(Leaf.MAINSTREAM_ACADEMY_RESOURCED, 2, 3, 11, 28, "Academy sponsor led", _PRIMARY, "Park Primary Academy",
         base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_ACADEMY_SEN_UNIT, 2, 3, 11, 34, "Academy converter", _PRIMARY, "Green Primary Academy", base=_UNIT),
    Kind(Leaf.MAINSTREAM_FREE_SCHOOL, 2, 3, 11, 35, "Free schools", _PRIMARY, "Free Primary School"),
    Kind(Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED, 1, 3, 11, 35, "Free schools", _PRIMARY, "Hill Free School", base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_INDEPENDENT, 2, 3, 11, 11, "Other independent school", "Not applicable", "Preparatory School"),
    Kind(Leaf.MAINSTREAM_MAINTAINED, 4, 11, 18, 5, "Foundation school", _SECONDARY, "High School"),
    Kind(Leaf.MAINSTREAM_MAINTAINED_RESOURCED, 1, 11, 18, 1, "Community school", _SECONDARY, "Community College",
         base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT, 1, 11, 18, 5, "Foundation school", _SECONDARY, "Vale High School", base=_UNIT),
    Kind(Leaf.MAINSTREAM_ACADEMY, 9, 11, 18, 34, "Academy converter", _SECONDARY, "Academy"),
    Kind(Leaf.MAINSTREAM_ACADEMY_RESOURCED, 1, 11, 18, 28, "Academy sponsor led", _SECONDARY, "Park Academy",
         base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_ACADEMY_SEN_UNIT, 1, 11, 18, 34, "Academy converter", _SECONDARY, "Green Academy", base=_UNIT),
    Kind(Leaf.MAINSTREAM_FREE_SCHOOL, 2, 11, 18, 35, "Free schools", _SECONDARY, "Free School"),
    Kind(Leaf.MAINSTREAM_FREE_SCHOOL, 1, 14, 18, 40, "University technical college", _SECONDARY, "Technical College"),
    Kind(Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED, 1, 11, 18, 35, "Free schools", _SECONDARY, "Hill Academy", base=_RESOURCED),
    Kind(Leaf.MAINSTREAM_INDEPENDENT, 2, 11, 18, 11, "Other independent school", "Not applicable", "College School"),
    Kind(Leaf.SPECIAL_MAINTAINED, 5, 3, 19, 7, "Community special school", "Not applicable", "Special School"),
    Kind(Leaf.SPECIAL_ACADEMY, 4, 3, 19, 44, "Academy special converter", "Not applicable", "Special Academy"),
    Kind(Leaf.SPECIAL_FREE_SCHOOL, 1, 4, 19, 36, "Free schools special", "Not applicable", "Free Special School"),
    Kind(Leaf.SPECIAL_NON_MAINTAINED, 2, 4, 25, 8, "Non-maintained special school", "Not applicable", "Trust School"),
    Kind(Leaf.SPECIAL_INDEPENDENT, 6, 4, 25, 10, "Other independent special school", "Not applicable", "Grange School"),
    Kind(Leaf.PUPIL_REFERRAL_UNIT, 2, 2, 25, 14, "Pupil referral unit", "Not applicable", "Pupil Referral Unit"),
    Kind(Leaf.AP_ACADEMY, 2, 2, 25, 42, "Academy alternative provision converter", "Not applicable", "Academy Bridge"),
    Kind(Leaf.AP_FREE_SCHOOL, 1, 2, 25, 38, "Free schools alternative provision", "Not applicable", "Bridge School"),
    Kind(Leaf.GENERAL_FE_COLLEGE, 3, 14, 25, 18, "Further education", "16 plus", "College",
         "General Further Education College"),
    Kind(Leaf.SIXTH_FORM_COLLEGE, 1, 14, 25, 18, "Further education", "16 plus", "Sixth Form College",
         "Sixth Form College (General)"),
    Kind(Leaf.SPECIALIST_POST_16, 3, 14, 25, 32, "Special post 16 institution", "16 plus", "Specialist College"),
    Kind(Leaf.UKRLP_PROVIDER, 3, 14, 25, 0, "", "", "Training"),
    Kind(Leaf.ONLINE_PROVIDER, 1, 2, 25, 49, "Online provider", "Not applicable", "Online School"),
    Kind(Leaf.OTHER_SCHOOL, 1, 2, 25, 24, "Secure units", "Not applicable", "House"),
    Kind(Leaf.WELSH_ESTABLISHMENT, 1, 2, 25, 30, "Welsh establishment", "Not applicable", "School"),
)  # fmt: skip

_GROUPS = {
    1: ("4", "Local authority maintained schools"), 2: ("4", "Local authority maintained schools"),
    3: ("4", "Local authority maintained schools"), 5: ("4", "Local authority maintained schools"),
    14: ("4", "Local authority maintained schools"), 15: ("4", "Local authority maintained schools"),
    7: ("5", "Special schools"), 8: ("5", "Special schools"), 10: ("5", "Special schools"),
    11: ("3", "Independent schools"), 18: ("1", "Colleges"), 24: ("9", "Other types"), 32: ("9", "Other types"),
    28: ("10", "Academies"), 34: ("10", "Academies"), 42: ("10", "Academies"), 44: ("10", "Academies"),
    35: ("11", "Free Schools"), 36: ("11", "Free Schools"), 38: ("11", "Free Schools"), 40: ("11", "Free Schools"),
    30: ("6", "Welsh schools"), 49: ("13", "Online provider"),
}  # fmt: skip


def settings(copies: int = 1) -> list[Setting]:
    """The register: about 100 settings, or as many times that for a larger population."""
    made: list[Setting] = []
    random = Random("settings")
    urn, ukprn = FIRST_URN, FIRST_UKPRN
    for copy in range(copies):
        for kind in KINDS:
            for number in range(kind.count):
                position = len(made)
                area = (number + copy) % len(AREAS)
                stem = SETTING_STEMS[(position * 7) % len(SETTING_STEMS)]
                round_name = "" if position < len(SETTING_STEMS) else f" {position // len(SETTING_STEMS) + 1}"
                made.append(
                    Setting(
                        position=position,
                        kind=kind,
                        urn=urn if kind.type_code else 0,
                        ukprn=0 if kind.type_code else ukprn,
                        name=f"{stem} {kind.suffix}{round_name}",
                        area=area,
                        postcode=AREAS[area].postcode(random),
                        number=f"{_first_number(kind) + position % 1000:04d}",
                    )
                )
                urn += bool(kind.type_code)
                ukprn += not kind.type_code
    return made


def write_register(path: Path, register: list[Setting]) -> int:
    """Write the settings that have a URN as an "all establishments" file: cp1252, dates dd-mm-yyyy. Returns rows."""
    rows = [_row(setting) for setting in register if setting.urn]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _first_number(kind: Kind) -> int:
    return {_PRIMARY: 2000, _SECONDARY: 4000, "Nursery": 1000, "16 plus": 8000}.get(kind.phase, 7000)


def _row(setting: Setting) -> dict[str, str]:
    kind = setting.kind
    group_code, group = _GROUPS[kind.type_code]
    special = kind.leaf.value.startswith("special")
    needs = ("ASD - Autistic Spectrum Disorder", "SLD - Severe Learning Difficulty") if special else ()
    residential = kind.leaf in {
        Leaf.SPECIAL_NON_MAINTAINED,
        Leaf.SPECIAL_INDEPENDENT,
        Leaf.SPECIALIST_POST_16,
    }
    unit, resourced = kind.base == _UNIT, kind.base == _RESOURCED
    capacity = 60 if special else 420 if kind.phase == _PRIMARY else 1200 if kind.phase == _SECONDARY else 300
    row = {
        "URN": str(setting.urn),
        "LA (code)": LA_CODE,
        "LA (name)": AUTHORITY,
        "EstablishmentNumber": setting.number,
        "EstablishmentName": setting.name,
        "TypeOfEstablishment (code)": str(kind.type_code),
        "TypeOfEstablishment (name)": kind.type_name,
        "EstablishmentTypeGroup (code)": group_code,
        "EstablishmentTypeGroup (name)": group,
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-2009",
        "CloseDate": "",
        "PhaseOfEducation (code)": "0",
        "PhaseOfEducation (name)": kind.phase,
        "StatutoryLowAge": str(kind.low_age),
        "StatutoryHighAge": str(kind.high_age),
        "Boarders (code)": "2" if residential else "1",
        "Boarders (name)": "Boarding school" if residential else "No boarders",
        "AdmissionsPolicy (code)": "9",
        "AdmissionsPolicy (name)": "Not applicable",
        "SchoolCapacity": str(capacity),
        "NumberOfPupils": str(capacity * 9 // 10),
        "UKPRN": str(19_900_000 + setting.position),
        "FurtherEducationType (name)": kind.fe_kind or "Not applicable",
        "Postcode": setting.postcode,
        "Section41Approved (name)": "Approved" if kind.leaf is Leaf.SPECIAL_INDEPENDENT else "Not approved",
    }
    for number in range(1, 14):
        row[f"SEN{number} (name)"] = needs[number - 1] if number <= len(needs) else ""
    return row | {
        "TypeOfResourcedProvision (name)": kind.base or "Not applicable",
        "ResourcedProvisionOnRoll": "18" if resourced else "",
        "ResourcedProvisionCapacity": "20" if resourced else "",
        "SenUnitOnRoll": "22" if unit else "",
        "SenUnitCapacity": "24" if unit else "",
    }

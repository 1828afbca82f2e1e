"""The register's columns, read by name: columns have been added and moved before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from placements.rules.provision import leaf_type
from reporting.returns.sen2.staging import nothing, text


class RegisterRefused(Exception):
    """The file is not the register; the message says why and what to do."""


def _words(limit: int) -> Callable[[str], str]:
    return lambda raw: text(raw.strip())[:limit].rstrip("\\")


def _number(raw: str) -> str:
    return nothing(raw.strip() if raw.strip().isdigit() else "")


def _day(raw: str) -> str:
    """dd-mm-yyyy as ccyy-mm-dd; anything else as not known."""
    parts = raw.strip().split("-")
    if [len(part) for part in parts] != [2, 2, 4] or not "".join(parts).isdigit():
        return nothing("")
    return f"{parts[2]}-{parts[1]}-{parts[0]}"


def _approved(raw: str) -> str:
    return "t" if raw.strip().casefold() == "approved" else "f"


READ: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("urn", "URN", _number),
    ("ukprn", "UKPRN", _number),
    ("la_code", "LA (code)", _words(3)),
    ("establishment_number", "EstablishmentNumber", _words(4)),
    ("name", "EstablishmentName", _words(200)),
    ("type_code", "TypeOfEstablishment (code)", _number),
    ("postcode", "Postcode", _words(8)),
    ("phase", "PhaseOfEducation (name)", _words(40)),
    ("low_age", "StatutoryLowAge", _number),
    ("high_age", "StatutoryHighAge", _number),
    ("opened_on", "OpenDate", _day),
    ("closed_on", "CloseDate", _day),
    ("register_status", "EstablishmentStatus (name)", _words(40)),
    ("boarders", "Boarders (name)", _words(60)),
    ("admissions_policy", "AdmissionsPolicy (name)", _words(40)),
    ("capacity", "SchoolCapacity", _number),
    ("pupils", "NumberOfPupils", _number),
    ("section_41", "Section41Approved (name)", _approved),
    ("resourced_provision", "TypeOfResourcedProvision (name)", _words(60)),
    ("resourced_on_roll", "ResourcedProvisionOnRoll", _number),
    ("resourced_capacity", "ResourcedProvisionCapacity", _number),
    ("unit_on_roll", "SenUnitOnRoll", _number),
    ("unit_capacity", "SenUnitCapacity", _number),
    ("further_education_kind", "FurtherEducationType (name)", _words(60)),
)
"""Column of the temporary table, column of the register, how it is read."""

NEEDS = tuple(f"SEN{number} (name)" for number in range(1, 14))
_NOTHING = frozenset({"", "not applicable", "does not apply"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are in one file."""

    columns: tuple[tuple[int, Callable[[str], str]], ...]
    needs: tuple[int, ...]
    type_at: int
    kind_at: int
    last: int

    @classmethod
    def of(cls, header: Sequence[str]) -> "Layout":
        """Find every column by name. Raises RegisterRefused naming those that are missing."""
        places = {name.strip().lstrip("\ufeff"): at for at, name in enumerate(header)}
        missing = [name for _, name, _ in READ if name not in places]
        if "URN" in missing or len(missing) > len(READ) // 2:
            raise RegisterRefused(
                "This is not the register's \"all establishments\" file: its first line does not name the register's "
                "columns. Download edubasealldata from Get Information About Schools and choose that file."
            )
        if missing:
            raise RegisterRefused(
                f"The file lacks these columns: {', '.join(missing)}. Download it again with all columns."
            )
        columns = tuple((places[name], reader) for _, name, reader in READ)
        needs = tuple(places[name] for name in NEEDS if name in places)
        kind_at, type_at = places["FurtherEducationType (name)"], places["TypeOfEstablishment (code)"]
        return cls(columns, needs, type_at, kind_at, max(at for at, _ in columns))

    def line(self, row: Sequence[str]) -> str:
        """One line of COPY's text form."""
        values = [reader(row[at]) for at, reader in self.columns]
        needs = [text(row[at].strip()).replace('"', "")[:60] for at in self.needs if at < len(row)]
        kept = ",".join(f'"{need}"' for need in needs if need.casefold() not in _NOTHING)
        type_code = row[self.type_at].strip()
        kind = row[self.kind_at].strip()
        leaf = (
            leaf_type(gias_type_code=int(type_code), fe_kind=kind or None).value
            if type_code.isdigit()
            else ""
        )
        return "\t".join((*values, f"{{{kept}}}", leaf)) + "\n"

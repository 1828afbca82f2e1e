"""What places cost in the fictional authority: bands and their values by year, top-ups, fees and packages.

The magnitudes are typical of what authorities and the DfE publish (a state special place about £26,000 with its
£10,000 place, an independent one about £63,000); no authority's bands are copied.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from config.demo.latent import Choice
from config.demo.shares_provision import LEAVES
from placements.rules.provision import Leaf

SCHEME = ("FERN21", "Fernshire bands 2021", "Fictional schools forum, 12 January 2021, item 4")
FIRST_FUNDED = date(2021, 4, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 2021, 2026
UPLIFTS = {2022: "1.020", 2023: "1.034", 2024: "1.034", 2025: "1.025", 2026: "1.030"}

BANDS: dict[str, tuple[int, str]] = {
    "E1": (1_900, "Early years: inclusion support"),
    "M1": (1_750, "Mainstream: some support beyond what the school provides"),
    "M2": (3_250, "Mainstream: regular small-group and individual support"),
    "M3": (4_900, "Mainstream: individual support for much of the day"),
    "M4": (7_600, "Mainstream: individual support all day"),
    "M5": (11_400, "Mainstream: more than one adult at times"),
    "R1": (4_200, "SEN unit or resourced provision: core offer"),
    "R2": (7_900, "SEN unit or resourced provision: enhanced"),
    "S1": (5_200, "Special: moderate needs"),
    "S2": (9_300, "Special: complex needs"),
    "S3": (14_600, "Special: complex needs with high staffing"),
    "S4": (21_500, "Special: profound needs"),
    "S5": (32_000, "Special: individual package in school"),
    "A1": (9_800, "Alternative provision"),
    "F1": (2_600, "College: some support"),
    "F2": (5_700, "College: regular support"),
    "F3": (10_900, "College: high support"),
}
"""Pounds a year in 2021-22, on top of any place funding."""

_MAINSTREAM = Choice({"M1": 22, "M2": 30, "M3": 26, "M4": 12, "M5": 4, "": 6})
_BASE = Choice({"R1": 62, "R2": 38})
_SPECIAL = Choice({"S1": 28, "S2": 34, "S3": 22, "S4": 12, "S5": 4})
_COLLEGE = Choice({"F1": 42, "F2": 38, "F3": 14, "": 6})
_SPECIALIST_COLLEGE = Choice({"F2": 40, "F3": 60})
_TOP_UPS: dict[Leaf, Choice[str]] = {
    **dict.fromkeys(LEAVES["mainstream"], _MAINSTREAM),
    Leaf.MAINTAINED_NURSERY: _MAINSTREAM,
    **dict.fromkeys((leaf for leaf in LEAVES["mainstream"] if leaf.value.endswith(("sen_unit", "resourced"))), _BASE),
    **dict.fromkeys((Leaf.SPECIAL_MAINTAINED, Leaf.SPECIAL_ACADEMY, Leaf.SPECIAL_FREE_SCHOOL), _SPECIAL),
    **dict.fromkeys(LEAVES["ap"], Choice({"A1": 1})),
    **dict.fromkeys(LEAVES["fe"], _COLLEGE),
    Leaf.SPECIALIST_POST_16: _SPECIALIST_COLLEGE,
    Leaf.EARLY_YEARS: Choice({"E1": 70, "": 30}),
}  # fmt: skip
del _TOP_UPS[Leaf.MAINSTREAM_INDEPENDENT]
_FEES: dict[Leaf, tuple[int, int]] = {
    Leaf.SPECIAL_INDEPENDENT: (46_000, 82_000),
    Leaf.SPECIAL_NON_MAINTAINED: (33_000, 54_000),
    Leaf.MAINSTREAM_INDEPENDENT: (14_000, 27_000),
    Leaf.ONLINE_PROVIDER: (8_500, 14_500),
    Leaf.WELSH_ESTABLISHMENT: (19_000, 36_000),
}
"""Day fees a year, lowest and highest."""
_WEEKLY = (2_650, 4_900)
_PACKAGE = (6_000, 48_000)
_YEARLY_FEES = Decimal("1.035")
_SHARED = (Decimal("0.50000"), Decimal("0.60000"), Decimal("0.66667"))


@dataclass(frozen=True, slots=True)
class Line:
    """One cost line; `end` 0 while it goes on. Exactly one of `band` and `amount`."""

    kind: str
    start: int
    end: int
    band: str = ""
    amount: str = ""
    basis: str = "year"
    quantity: str = "1"
    share: str = "1"


def band_values() -> list[tuple[str, date, date | None, Decimal]]:
    """Code, first day, last day and pounds a year of every band in every financial year."""
    values = []
    for code, (start, _) in BANDS.items():
        amount = Decimal(start)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            amount = (amount * Decimal(UPLIFTS.get(year, "1"))).quantize(Decimal("0.01"))
            last = date(year + 1, 3, 31) if year < LAST_YEAR else None
            values.append((code, date(year, 4, 1), last, amount))
    return values


def lines(leaf: Leaf, start: int, end: int, until: int, weeks: int, random: Random) -> list[Line]:
    """The cost lines of a place from `start` to `end` (0 while it goes on), as far as `until`."""
    start = max(start, FIRST_FUNDED)
    if end and end < start:
        return []
    if weeks:
        return [_residential(start, end, weeks, random)]
    if leaf in _FEES:
        return _fees(*_FEES[leaf], start, end, until, random)
    if leaf is Leaf.ARRANGED_BY_AUTHORITY:
        amount = _pounds(*_PACKAGE, random)
        return [Line("package", start, end, amount=f"{amount}.00")]
    choice = _TOP_UPS.get(leaf)
    band = choice.at(random.random()) if choice else ""
    return [Line("top_up", start, end, band=band)] if band else []


def _residential(start: int, end: int, weeks: int, random: Random) -> Line:
    """A weekly fee; health or social care often pays a part."""
    weekly = f"{_pounds(*_WEEKLY, random)}.{int(random.random() * 100):02d}"
    share = str(_SHARED[int(random.random() * 3)]) if random.random() < 0.55 else "1"
    return Line("fee", start, end, amount=weekly, basis="week", quantity=str(weeks), share=share)


def _fees(low: int, high: int, start: int, end: int, until: int, random: Random) -> list[Line]:
    """A fee for each school year, raised every September; some are agreed by the term."""
    amount = Decimal(_pounds(low, high, random))
    by_term = random.random() < 0.4
    made = []
    while True:
        september = date(_school_year(start) + 1, 9, 1).toordinal()
        last = september - 1 if (not end or september <= end) and september <= until else end
        value = (amount / 3 if by_term else amount).quantize(Decimal("0.01"))
        made.append(Line("fee", start, last, amount=str(value), basis="term" if by_term else "year"))
        if last == end:
            return made
        start, amount = september, amount * _YEARLY_FEES


def _pounds(low: int, high: int, random: Random) -> int:
    return low + int(random.random() * (high - low) / 25) * 25


def _school_year(day: int) -> int:
    on = date.fromordinal(day)
    return on.year if on.month >= 9 else on.year - 1

"""Modules 4 and 5 of a SEN2 person: the plan as it names a setting, and what is happening."""

from datetime import date

from config.demo.day import FIRST_DAY
from config.demo.day_text import iso as day
from config.demo.lives import PlanLife, Review, Spell, Version
from config.demo.places import NOWHERE
from config.demo.sen2_form import Form, flag, tag
from placements.rules.provision import Leaf

_ASSESSMENT, _PLAN, _DETAIL = "          ", "            ", "              "
_ACTIVE, _ACTIVE_DETAIL = "          ", "            "

CODES: dict[Leaf, str] = {
    Leaf.EARLY_YEARS: "EYP",
    Leaf.ELECTIVE_HOME_EDUCATION: "EHE",
    Leaf.ARRANGED_BY_AUTHORITY: "OLA",
    Leaf.ARRANGED_BY_PARENTS: "OPA",
    Leaf.OTHER_SETTING: "OTH",
    Leaf.NEET: "NEET",
    Leaf.NOTICE_TO_CEASE: "NIEC",
    Leaf.NOT_IN_EDUCATION_OTHER: "NIEO",
    Leaf.NOT_IN_EDUCATION_SCHOOL_AGE: "NIEO",
}
"""SEN2 setting codes of the types without a number."""
NAMED_AS_TYPE = frozenset({Leaf.NEET, Leaf.NOTICE_TO_CEASE, Leaf.NOT_IN_EDUCATION_OTHER})
"""A plan can not name these; it names a type of setting."""
UNITS = frozenset({Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT, Leaf.MAINSTREAM_ACADEMY_SEN_UNIT})
RESOURCED = frozenset(
    {
        Leaf.MAINSTREAM_MAINTAINED_RESOURCED,
        Leaf.MAINSTREAM_ACADEMY_RESOURCED,
        Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED,
    }
)
WORDS = {"OTH": "Type of setting only", "NIEO": "Awaiting a place"}
"""What is written beside the codes that ask for words."""


def named_plan(plan: PlanLife, form: Form) -> str:
    """The NamedPlan element."""
    parts = [f"{_ASSESSMENT}<NamedPlan>\n", tag(_PLAN, "StartDate", day(told_version(plan, form).start))]
    spell = current_version(plan, form.last).names
    parts.append(f"{_PLAN}<PlanDetail>\n")
    parts.append(_setting(_DETAIL, spell, form, named=True))
    parts.append(tag(_DETAIL, "PlacementRank", "1"))
    parts.append(_bases(_DETAIL, spell))
    parts.append(f"{_PLAN}</PlanDetail>\n")
    if spell is not None and spell.residential:
        parts.append(tag(_PLAN, "PlanRes", residential_band(spell)))
    if spell is not None and spell.work_based:
        parts.append(tag(_PLAN, "PlanWBP", spell.work_based))
    parts.append(flag(_PLAN, "PB", plan.personal_budget))
    if plan.personal_budget:
        parts.append(flag(_PLAN, "OA", plan.organised))
        if plan.direct_payment:
            parts.append(tag(_PLAN, "DP", plan.direct_payment))
    if plan.end <= form.last:
        parts.append(tag(_PLAN, "CeaseDate", day(plan.end)))
        parts.append(tag(_PLAN, "CeaseReason", plan.reason))
    parts.append(f"{_ASSESSMENT}</NamedPlan>\n")
    return "".join(parts)


def active_plan(plan: PlanLife, form: Form) -> str:
    """The ActivePlans element: placements of the year, needs, the latest review, phase transfers."""
    parts = ["        <ActivePlans>\n"]
    if plan.from_la and plan.arrived >= form.first:
        parts.append(tag(_ACTIVE, "TransferLA", plan.from_la))
    spells = [spell for spell in plan.spells if spell.start <= form.census and spell.end >= form.first]
    if not form.has_sex:
        parts.append(_stays(_ACTIVE, next((spell for spell in reversed(spells) if spell.rank == 1), None)))
    parts += [_placement(spell, form) for spell in spells]
    parts += _needs(plan, form)
    if form.has_reviews:
        parts += _latest_review(plan, form)
    else:
        parts += [
            tag(_ACTIVE, "LastReview", day(review.decided))
            for review in plan.reviews
            if review is _last_decided(plan, form)
        ]
    parts.append("        </ActivePlans>\n")
    return "".join(parts)


def current_version(plan: PlanLife, on: int) -> Version:
    """The version in force on a day."""
    return next((version for version in reversed(plan.versions) if version.start <= on), plan.versions[0])


def told_version(plan: PlanLife, form: Form) -> Version:
    """The version whose date a return gives: amendments of the year the plan came into the returns are not told."""
    known_from = max(plan.arrived, FIRST_DAY.toordinal())
    first_year_end = date(date.fromordinal(known_from).year, 12, 31).toordinal()
    version = current_version(plan, form.last)
    return version if version.start > first_year_end else plan.versions[0]


def residential_band(spell: Spell) -> str:
    """B for 52 weeks, A for 38 to 51."""
    return "B" if spell.residential == 52 else "A"


def _setting(indent: str, spell: Spell | None, form: Form, *, named: bool) -> str:
    name = "SENSetting" if form.year < Form.YEAR_OF_SEX else "SENsetting"
    if spell is None or (named and spell.leaf in NAMED_AS_TYPE):
        return tag(indent, name, "OTH") + tag(indent, "SENSettingOther", WORDS["OTH"])
    if spell.setting == NOWHERE:
        code = CODES[spell.leaf]
        words = tag(indent, "SENSettingOther", WORDS[code]) if code in WORDS else ""
        return tag(indent, name, code) + words
    setting = form.register.settings[spell.setting]
    return tag(indent, "URN", str(setting.urn)) if setting.urn else tag(indent, "UKPRN", str(setting.ukprn))


def _bases(indent: str, spell: Spell | None) -> str:
    leaf = spell.leaf if spell is not None else None
    return flag(indent, "SENunitIndicator", leaf in UNITS) + flag(
        indent, "ResourcedProvisionIndicator", leaf in RESOURCED
    )


def _stays(indent: str, spell: Spell | None) -> str:
    """Residence and work-based learning."""
    if spell is None:
        return ""
    parts = tag(indent, "Res", residential_band(spell)) if spell.residential else ""
    return parts + (tag(indent, "WBP", spell.work_based) if spell.work_based else "")


def _placement(spell: Spell, form: Form) -> str:
    parts = [
        f"{_ACTIVE}<PlacementDetail>\n",
        _setting(_ACTIVE_DETAIL, spell, form, named=False),
        tag(_ACTIVE_DETAIL, "PlacementRank", str(spell.rank)),
        tag(_ACTIVE_DETAIL, "EntryDate", day(spell.start)),
    ]
    if spell.end <= form.census:
        parts.append(tag(_ACTIVE_DETAIL, "LeavingDate", day(spell.end)))
    if not form.has_sex and spell.setting != NOWHERE:
        parts.append(tag(_ACTIVE_DETAIL, "AttendancePattern", "FT"))
    parts.append(_bases(_ACTIVE_DETAIL, spell))
    if form.has_sex:
        parts.append(_stays(_ACTIVE_DETAIL, spell))
    parts.append(f"{_ACTIVE}</PlacementDetail>\n")
    return "".join(parts)


def _needs(plan: PlanLife, form: Form) -> list[str]:
    version = current_version(plan, form.last)
    needs = [version.need, version.secondary] if version.need else []
    if not form.has_sources:
        needs = ["OTH" if need == "DS" else need for need in needs]
    return [
        f"{_ACTIVE}<SENneed>\n{tag(_ACTIVE_DETAIL, 'SENtype', need)}"
        f"{tag(_ACTIVE_DETAIL, 'SENtypeRank', str(rank))}{_ACTIVE}</SENneed>\n"
        for rank, need in enumerate(filter(None, needs), 1)
    ]


def _last_decided(plan: PlanLife, form: Form) -> Review | None:
    return next((review for review in reversed(plan.reviews) if review.decided <= form.census), None)


def _latest_review(plan: PlanLife, form: Form) -> list[str]:
    review = next((review for review in reversed(plan.reviews) if review.meeting <= form.census), None)
    if review is None and not (form.has_sources and plan.phase_transfers):
        return []
    parts, last = [], ""
    if review is not None:
        parts.append(tag(_ACTIVE, "ReviewMeeting", day(review.meeting)))
        if review.decided <= form.census:
            last = tag(_ACTIVE, "LastReview", day(review.decided))
            if (
                form.year == Form.YEAR_OF_SOURCES
            ):  # where this element stood in 2025 is not certain; 2026 has it last
                parts.append(last)
                last = ""
            parts.append(tag(_ACTIVE, "ReviewOutcome", review.outcome))
        if form.has_sources and review.outcome == "A" and review.draft <= form.census:
            parts.append(tag(_ACTIVE, "ReviewDraft", day(review.draft)))
    if form.has_sources:
        due = next((transfer for transfer in plan.phase_transfers if transfer[0] >= form.census - 300), None)
        if due is not None and due[0] <= form.census + 90:
            parts.append(tag(_ACTIVE, "PhaseTransferDueDate", day(due[0])))
            if due[1] <= form.census:
                parts.append(tag(_ACTIVE, "PhaseTransferFinalDate", day(due[1])))
    return [*parts, last]

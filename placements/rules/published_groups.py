"""DfE's published groups of the SEN2 caseload, checked to add to all plans for 2025.

Shares use all plans as the denominator, "placement not recorded" included (national statistics, section 2.5).
"""

from enum import StrEnum

from placements.rules.provision import Leaf


class PublishedGroup(StrEnum):
    """A group total of DfE's caseload statistics."""

    EARLY_YEARS = "Non-maintained early years"
    MAINSTREAM = "Mainstream school"
    SPECIAL = "Special school"
    AP_PRU = "Alternative provision and pupil referral units"
    FURTHER_EDUCATION = "Further education"
    ELSEWHERE = "Educated elsewhere"
    NOT_RECORDED = "Placement not recorded"


_COLUMNS: dict[PublishedGroup, tuple[str, ...]] = {
    PublishedGroup.EARLY_YEARS: ("nm_early_years",),
    PublishedGroup.MAINSTREAM: (
        "mainstream_la_maintained",
        "mainstream_la_maintained_senunit",
        "mainstream_la_maintained_resourced_provision",
        "mainstream_academy",
        "mainstream_academy_senunit",
        "mainstream_academy_resourced_provision",
        "mainstream_free_school",
        "mainstream_free_school_senunit",
        "mainstream_free_school_resourced_provision",
        "mainstream_independent",
    ),
    PublishedGroup.SPECIAL: (
        "special_la_maintained",
        "special_academy_free",
        "special_non_maintained",
        "special_independent",
    ),
    PublishedGroup.AP_PRU: ("ap_pru_la_maintained", "ap_pru_academy", "ap_pru_free_school"),
    PublishedGroup.FURTHER_EDUCATION: (
        "general_fe_tertiary_colleges",
        "specialist_post_16_institutions",
        "ukrlp_provider",
    ),
    PublishedGroup.ELSEWHERE: (
        "elective_home_education",
        "other_arrangements_la",
        "other_arrangements_parents",
        "neet",
        "neet_ntci",
        "neet_other_csa",
        "neet_other",
        "online_provider",
        "other_schools",
        "other_placement_settings",
        "w_settings",
    ),
    PublishedGroup.NOT_RECORDED: ("placement_unknown",),
}

_BY_COLUMN: dict[str, PublishedGroup] = {
    column: group for group, columns in _COLUMNS.items() for column in columns
}


_SHARED_COLUMN_NAMES: dict[str, str] = {
    "mainstream_la_maintained": "Mainstream LA maintained schools",
    "special_academy_free": "Special academies and free schools",
    "general_fe_tertiary_colleges": "FE colleges and sixth forms",
}

COLUMN_NAMES: dict[str, str] = {
    leaf.column: _SHARED_COLUMN_NAMES.get(leaf.column, leaf.words) for leaf in Leaf if leaf.column
}
"""Column of the caseload file -> DfE's published name, also where several leaves share the column."""


def columns_of(group: PublishedGroup) -> tuple[str, ...]:
    """The columns of the caseload file that add to the group total."""
    return _COLUMNS[group]


def published_group(leaf: Leaf) -> PublishedGroup | None:
    """The group a leaf is published in; None where no source says (hospital schools since 2025)."""
    return _BY_COLUMN[leaf.column] if leaf.column else None

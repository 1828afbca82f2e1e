"""The classifications themselves: five of recovery reporting, with their later versions, and DfE's own groups.

Each table names where its mapping was read. Where a source says nothing about a leaf, the leaf has no category
and tables say so.
"""

from datetime import date

from placements.rules.classifications import Classification
from placements.rules.provision import Leaf
from placements.rules.published_groups import PublishedGroup, published_group

_MAINSTREAM = (
    Leaf.MAINTAINED_NURSERY,
    Leaf.MAINSTREAM_MAINTAINED,
    Leaf.MAINSTREAM_ACADEMY,
    Leaf.MAINSTREAM_FREE_SCHOOL,
)
_BASES = (
    Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT,
    Leaf.MAINSTREAM_MAINTAINED_RESOURCED,
    Leaf.MAINSTREAM_ACADEMY_SEN_UNIT,
    Leaf.MAINSTREAM_ACADEMY_RESOURCED,
    Leaf.MAINSTREAM_FREE_SCHOOL_SEN_UNIT,
    Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED,
)
_STATE_SPECIAL = (Leaf.SPECIAL_MAINTAINED, Leaf.SPECIAL_ACADEMY, Leaf.SPECIAL_FREE_SCHOOL)
_AP = (Leaf.PUPIL_REFERRAL_UNIT, Leaf.AP_ACADEMY, Leaf.AP_FREE_SCHOOL)
_NOT_IN_EDUCATION = (
    Leaf.NEET,
    Leaf.NOTICE_TO_CEASE,
    Leaf.NOT_IN_EDUCATION_SCHOOL_AGE,
    Leaf.NOT_IN_EDUCATION_OTHER,
)
_OTHER_PLACES = (
    Leaf.ONLINE_PROVIDER,
    Leaf.OTHER_SCHOOL,
    Leaf.OTHER_SETTING,
    Leaf.WELSH_ESTABLISHMENT,
)
_OUT_OF_SCHOOL = (Leaf.ELECTIVE_HOME_EDUCATION, Leaf.ARRANGED_BY_AUTHORITY, *_NOT_IN_EDUCATION)

MANAGEMENT_PLAN = Classification(
    code="management_plan",
    name="DSG management plan",
    source="A supplier's code for version 5 of the DfE template (2022-23)",
    applies_from=date(2020, 9, 1),
    applies_to=None,
    mapping={
        "Mainstream schools or academies": _MAINSTREAM,
        "Resourced provision or SEN units": _BASES,
        "Maintained special schools or special academies": _STATE_SPECIAL,
        "Non-maintained special schools or independent": (
            Leaf.SPECIAL_NON_MAINTAINED,
            Leaf.SPECIAL_INDEPENDENT,
        ),
        "Hospital schools or AP": (Leaf.HOSPITAL_SCHOOL, *_AP),
        "Post-16 and further education": (
            Leaf.GENERAL_FE_COLLEGE,
            Leaf.SIXTH_FORM_COLLEGE,
            Leaf.SPECIALIST_POST_16,
        ),
        "Other placements or direct payments": _OUT_OF_SCHOOL,
    },
    notes="The template was first published in September 2020; its categories were read in a later version.",
)

REFORM_PLAN = Classification(
    code="reform_plan",
    name="Local SEND reform plan, by provision",
    source="A supplier's code for the 2026 data return; the DfE form was not read",
    applies_from=date(2026, 1, 1),
    applies_to=None,
    mapping={
        "Early years settings including private and voluntary": (Leaf.EARLY_YEARS,),
        "Mainstream schools or academies": (*_MAINSTREAM, Leaf.SIXTH_FORM_COLLEGE),
        "Specialist bases in mainstream": _BASES,
        "Maintained special schools or academies": _STATE_SPECIAL,
        "NMSS or independent": (
            Leaf.MAINSTREAM_INDEPENDENT,
            Leaf.SPECIAL_NON_MAINTAINED,
            Leaf.SPECIAL_INDEPENDENT,
        ),
        "Alternative provision": _AP,
        "Mainstream post-16": (Leaf.GENERAL_FE_COLLEGE,),
        "Mainstream post-16 specialist": (),
        "Specialist post-16 institutions": (Leaf.SPECIALIST_POST_16,),
        "Elective home education": (Leaf.ELECTIVE_HOME_EDUCATION,),
        "Other arrangements by the authority (EOTAS)": (Leaf.ARRANGED_BY_AUTHORITY,),
        "Other": (Leaf.HOSPITAL_SCHOOL, *_NOT_IN_EDUCATION),
    },
    post_16={"Mainstream post-16 specialist": _BASES},
    notes=(
        "The return splits NMSS or independent into authority-funded and other suitable arrangements, and bases "
        "into support and specialist; the provision type alone does not say which."
    ),
)

REFORM_PLAN_BY_NEED = Classification(
    code="reform_plan_by_need",
    name="Local SEND reform plan, tables by need",
    source="A supplier's code for the 2026 data return, sections 7.1 to 7.7",
    applies_from=date(2026, 1, 1),
    applies_to=None,
    mapping={
        "Early years": (Leaf.EARLY_YEARS,),
        "Mainstream including support bases": (*_MAINSTREAM, Leaf.SIXTH_FORM_COLLEGE),
        "Specialist bases": _BASES,
        "Maintained special": _STATE_SPECIAL,
        "Non-maintained or independent": (
            Leaf.MAINSTREAM_INDEPENDENT,
            Leaf.SPECIAL_NON_MAINTAINED,
            Leaf.SPECIAL_INDEPENDENT,
        ),
        "AP or hospital": (*_AP, Leaf.HOSPITAL_SCHOOL),
        "Post-16": (Leaf.GENERAL_FE_COLLEGE, Leaf.SPECIALIST_POST_16),
    },
    post_16={"Post-16": _BASES},
    not_counted=frozenset(_OUT_OF_SCHOOL),
)

_BENCHMARKING_SHARED: dict[str, tuple[Leaf, ...]] = {
    "Mainstream schools or academies": _MAINSTREAM,
    "Resourced provision or SEN units": _BASES,
    "Maintained special schools or special academies": _STATE_SPECIAL,
    "NMSS or independent schools": (
        Leaf.MAINSTREAM_INDEPENDENT,
        Leaf.SPECIAL_NON_MAINTAINED,
        Leaf.SPECIAL_INDEPENDENT,
    ),
}
_BENCHMARKING_OTHER = (
    Leaf.EARLY_YEARS,
    *_OUT_OF_SCHOOL,
    Leaf.ARRANGED_BY_PARENTS,
    *_OTHER_PLACES,
    Leaf.NOT_RECORDED,
)

BENCHMARKING_TO_2024 = Classification(
    code="benchmarking_to_2024",
    name="DfE financial benchmarking (files to 2024)",
    source="DfE Financial Benchmarking and Insights Tool, SEN2 schema",
    applies_from=date(2022, 1, 1),
    applies_to=date(2024, 12, 31),
    mapping={
        **_BENCHMARKING_SHARED,
        "Hospital schools or alternative provision": (*_AP, Leaf.HOSPITAL_SCHOOL),
        "Post 16": (
            Leaf.GENERAL_FE_COLLEGE,
            Leaf.SIXTH_FORM_COLLEGE,
            Leaf.SPECIALIST_POST_16,
            Leaf.UKRLP_PROVIDER,
        ),
        "Other": _BENCHMARKING_OTHER,
    },
    notes="“Other” is the total less all other headings, so nothing is left out.",
)

BENCHMARKING = Classification(
    code="benchmarking",
    name="DfE financial benchmarking (from the 2025 file)",
    source="DfE Financial Benchmarking and Insights Tool, SEN2 schema",
    applies_from=date(2025, 1, 1),
    applies_to=None,
    mapping={
        **_BENCHMARKING_SHARED,
        "Hospital schools or alternative provision": _AP,
        "Post 16": (Leaf.GENERAL_FE_COLLEGE, Leaf.SIXTH_FORM_COLLEGE, Leaf.SPECIALIST_POST_16),
        "Other": (*_BENCHMARKING_OTHER, Leaf.HOSPITAL_SCHOOL, Leaf.UKRLP_PROVIDER),
    },
    notes=(
        "“Other” is the total less all other headings. Sixth form colleges lost their own column in the 2025 file; "
        "they are counted in the further education column it kept, which is our reading."
    ),
)

CAPACITY_SURVEY = Classification(
    code="capacity_survey",
    name="School capacity survey",
    source="A supplier's settings code (December 2025) for the DfE school capacity survey",
    applies_from=date(2023, 9, 1),
    applies_to=None,
    mapping={
        "SEN units and resourced provision": _BASES,
        "Special schools": (*_STATE_SPECIAL, Leaf.SPECIAL_NON_MAINTAINED),
        "Independent schools": (Leaf.MAINSTREAM_INDEPENDENT, Leaf.SPECIAL_INDEPENDENT),
        "Alternative provision": _AP,
    },
    not_counted=frozenset(
        {
            Leaf.EARLY_YEARS,
            *_MAINSTREAM,
            Leaf.HOSPITAL_SCHOOL,
            Leaf.GENERAL_FE_COLLEGE,
            Leaf.SIXTH_FORM_COLLEGE,
            Leaf.SPECIALIST_POST_16,
            *_OUT_OF_SCHOOL,
        }
    ),
    notes="Applies from the 2023-24 survey, the release that was read.",
)

LOCAL_RECOVERY_PLAN = Classification(
    code="local_recovery_plan",
    name="Local recovery plan (maintained and independent special)",
    source="Medway Council, report of 29 November 2022, table 3",
    applies_from=date(2022, 4, 1),
    applies_to=date(2026, 3, 31),
    mapping={
        "Early Years": (Leaf.EARLY_YEARS,),
        "Mainstream, including Resourced Provision": (*_MAINSTREAM, *_BASES),
        "Special - Maintained": _STATE_SPECIAL,
        "Special - Independent": (Leaf.SPECIAL_INDEPENDENT,),
        "Further Education": (Leaf.GENERAL_FE_COLLEGE,),
    },
    notes="The report shows these types only; its columns do not add to 100%.",
)

PUBLISHED_GROUPS = Classification(
    code="published_groups",
    name="DfE statistics: EHC plans, published groups",
    source="DfE, education, health and care plans, caseload file of 2025",
    applies_from=date(2023, 1, 1),
    applies_to=None,
    mapping={
        group.value: tuple(leaf for leaf in Leaf if published_group(leaf) is group)
        for group in PublishedGroup
    },
    notes="Shares use all plans, placement not recorded included. Independent mainstream counts as mainstream.",
)

CLASSIFICATIONS: dict[str, Classification] = {
    table.code: table
    for table in (
        PUBLISHED_GROUPS,
        MANAGEMENT_PLAN,
        REFORM_PLAN,
        REFORM_PLAN_BY_NEED,
        BENCHMARKING_TO_2024,
        BENCHMARKING,
        CAPACITY_SURVEY,
        LOCAL_RECOVERY_PLAN,
    )
}
"""Every classification by code."""


def classifications_on(day: date) -> list[Classification]:
    """The classifications in force for tables about `day`."""
    return [table for table in CLASSIFICATIONS.values() if table.in_force(day)]

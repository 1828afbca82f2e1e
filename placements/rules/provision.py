"""The finest provision type ("leaf") of a placement, and how it is found.

One leaf is kept with each placement; every table that groups provision maps from the leaf
(`placements.rules.classifications`), because the published groupings disagree with each other. Names and
`column` keys are those of DfE's caseload file of 2025; leaves without a column of their own share the column
of the wider type.

The mapping from the register's type codes is our reading of the type names; where DfE's statistics differ,
theirs wins.
"""

from enum import StrEnum


class Leaf(StrEnum):
    """The finest provision type. Values are stored: never change one."""

    EARLY_YEARS = "early_years"
    MAINTAINED_NURSERY = "maintained_nursery"
    MAINSTREAM_MAINTAINED = "mainstream_maintained"
    MAINSTREAM_MAINTAINED_SEN_UNIT = "mainstream_maintained_sen_unit"
    MAINSTREAM_MAINTAINED_RESOURCED = "mainstream_maintained_resourced"
    MAINSTREAM_ACADEMY = "mainstream_academy"
    MAINSTREAM_ACADEMY_SEN_UNIT = "mainstream_academy_sen_unit"
    MAINSTREAM_ACADEMY_RESOURCED = "mainstream_academy_resourced"
    MAINSTREAM_FREE_SCHOOL = "mainstream_free_school"
    MAINSTREAM_FREE_SCHOOL_SEN_UNIT = "mainstream_free_school_sen_unit"
    MAINSTREAM_FREE_SCHOOL_RESOURCED = "mainstream_free_school_resourced"
    MAINSTREAM_INDEPENDENT = "mainstream_independent"
    SPECIAL_MAINTAINED = "special_maintained"
    SPECIAL_ACADEMY = "special_academy"
    SPECIAL_FREE_SCHOOL = "special_free_school"
    SPECIAL_NON_MAINTAINED = "special_non_maintained"
    SPECIAL_INDEPENDENT = "special_independent"
    HOSPITAL_SCHOOL = "hospital_school"
    PUPIL_REFERRAL_UNIT = "pupil_referral_unit"
    AP_ACADEMY = "ap_academy"
    AP_FREE_SCHOOL = "ap_free_school"
    GENERAL_FE_COLLEGE = "general_fe_college"
    SIXTH_FORM_COLLEGE = "sixth_form_college"
    SPECIALIST_POST_16 = "specialist_post_16"
    UKRLP_PROVIDER = "ukrlp_provider"
    ELECTIVE_HOME_EDUCATION = "elective_home_education"
    ARRANGED_BY_AUTHORITY = "arranged_by_authority"
    ARRANGED_BY_PARENTS = "arranged_by_parents"
    NEET = "neet"
    NOTICE_TO_CEASE = "notice_to_cease"
    NOT_IN_EDUCATION_SCHOOL_AGE = "not_in_education_school_age"
    NOT_IN_EDUCATION_OTHER = "not_in_education_other"
    ONLINE_PROVIDER = "online_provider"
    OTHER_SCHOOL = "other_school"
    OTHER_SETTING = "other_setting"
    WELSH_ESTABLISHMENT = "welsh_establishment"
    NOT_RECORDED = "not_recorded"

    @property
    def words(self) -> str:
        """DfE's published name, or the finer name where DfE publishes only the wider type."""
        return _LEAVES[self][0]

    @property
    def column(self) -> str | None:
        """Key of the column in DfE's caseload file of 2025; None where no source says which it is."""
        return _LEAVES[self][1]


_LEAVES: dict[Leaf, tuple[str, str | None]] = {
    Leaf.EARLY_YEARS: ("Non maintained early years", "nm_early_years"),
    Leaf.MAINTAINED_NURSERY: ("Maintained nursery schools", "mainstream_la_maintained"),
    Leaf.MAINSTREAM_MAINTAINED: ("Mainstream LA maintained schools", "mainstream_la_maintained"),
    Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT: (
        "Mainstream LA maintained schools - SEN units",
        "mainstream_la_maintained_senunit",
    ),
    Leaf.MAINSTREAM_MAINTAINED_RESOURCED: (
        "Mainstream LA maintained schools - resourced provision",
        "mainstream_la_maintained_resourced_provision",
    ),
    Leaf.MAINSTREAM_ACADEMY: ("Mainstream academies", "mainstream_academy"),
    Leaf.MAINSTREAM_ACADEMY_SEN_UNIT: ("Mainstream academies - SEN units", "mainstream_academy_senunit"),
    Leaf.MAINSTREAM_ACADEMY_RESOURCED: (
        "Mainstream academies - resourced provision",
        "mainstream_academy_resourced_provision",
    ),
    Leaf.MAINSTREAM_FREE_SCHOOL: ("Mainstream free schools", "mainstream_free_school"),
    Leaf.MAINSTREAM_FREE_SCHOOL_SEN_UNIT: (
        "Mainstream free schools - SEN units",
        "mainstream_free_school_senunit",
    ),
    Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED: (
        "Mainstream free schools - resourced provision",
        "mainstream_free_school_resourced_provision",
    ),
    Leaf.MAINSTREAM_INDEPENDENT: ("Mainstream independent schools", "mainstream_independent"),
    Leaf.SPECIAL_MAINTAINED: ("LA maintained special schools", "special_la_maintained"),
    Leaf.SPECIAL_ACADEMY: ("Special academies", "special_academy_free"),
    Leaf.SPECIAL_FREE_SCHOOL: ("Special free schools", "special_academy_free"),
    Leaf.SPECIAL_NON_MAINTAINED: ("Non maintained special schools", "special_non_maintained"),
    Leaf.SPECIAL_INDEPENDENT: ("Independent special schools", "special_independent"),
    Leaf.HOSPITAL_SCHOOL: ("Hospital schools", None),
    Leaf.PUPIL_REFERRAL_UNIT: ("Pupil referral units", "ap_pru_la_maintained"),
    Leaf.AP_ACADEMY: ("Alternative provision academies", "ap_pru_academy"),
    Leaf.AP_FREE_SCHOOL: ("Alternative provision free schools", "ap_pru_free_school"),
    Leaf.GENERAL_FE_COLLEGE: ("General FE and tertiary colleges", "general_fe_tertiary_colleges"),
    Leaf.SIXTH_FORM_COLLEGE: ("Sixth form colleges", "general_fe_tertiary_colleges"),
    Leaf.SPECIALIST_POST_16: ("Specialist post 16 establishments", "specialist_post_16_institutions"),
    Leaf.UKRLP_PROVIDER: ("UKRLP providers", "ukrlp_provider"),
    Leaf.ELECTIVE_HOME_EDUCATION: ("Elective home education", "elective_home_education"),
    Leaf.ARRANGED_BY_AUTHORITY: ("Other arrangements made by LA", "other_arrangements_la"),
    Leaf.ARRANGED_BY_PARENTS: ("Other arrangements made by parents", "other_arrangements_parents"),
    Leaf.NEET: ("Not in employment, education or training", "neet"),
    Leaf.NOTICE_TO_CEASE: ("Not in education or training - notice to cease issued", "neet_ntci"),
    Leaf.NOT_IN_EDUCATION_SCHOOL_AGE: (
        "Not in education or training - compulsory school age",
        "neet_other_csa",
    ),
    Leaf.NOT_IN_EDUCATION_OTHER: ("Not in education or training - other age groups", "neet_other"),
    Leaf.ONLINE_PROVIDER: ("Online providers", "online_provider"),
    Leaf.OTHER_SCHOOL: ("Other school types", "other_schools"),
    Leaf.OTHER_SETTING: ("Other types of placement", "other_placement_settings"),
    Leaf.WELSH_ESTABLISHMENT: ("Welsh schools and establishments", "w_settings"),
    Leaf.NOT_RECORDED: ("Placement not recorded", "placement_unknown"),
}

_BY_GIAS_TYPE: dict[int, Leaf] = {
    **dict.fromkeys((1, 2, 3, 5), Leaf.MAINSTREAM_MAINTAINED),
    15: Leaf.MAINTAINED_NURSERY,
    **dict.fromkeys((28, 34, 45, 46), Leaf.MAINSTREAM_ACADEMY),
    **dict.fromkeys((35, 39, 40, 41), Leaf.MAINSTREAM_FREE_SCHOOL),
    **dict.fromkeys((6, 11), Leaf.MAINSTREAM_INDEPENDENT),
    **dict.fromkeys((7, 12), Leaf.SPECIAL_MAINTAINED),
    **dict.fromkeys((33, 44), Leaf.SPECIAL_ACADEMY),
    36: Leaf.SPECIAL_FREE_SCHOOL,
    8: Leaf.SPECIAL_NON_MAINTAINED,
    10: Leaf.SPECIAL_INDEPENDENT,
    14: Leaf.PUPIL_REFERRAL_UNIT,
    **dict.fromkeys((42, 43), Leaf.AP_ACADEMY),
    38: Leaf.AP_FREE_SCHOOL,
    18: Leaf.GENERAL_FE_COLLEGE,
    31: Leaf.SIXTH_FORM_COLLEGE,
    32: Leaf.SPECIALIST_POST_16,
    30: Leaf.WELSH_ESTABLISHMENT,
    49: Leaf.ONLINE_PROVIDER,
    # DfE's footnote to "other school types": secure units, offshore schools, service children's education,
    # miscellaneous, British schools overseas. 57 (secure academy) is put beside secure units.
    **dict.fromkeys((24, 25, 26, 27, 37, 57), Leaf.OTHER_SCHOOL),
    **dict.fromkeys((29, 56), Leaf.OTHER_SETTING),
}

_BY_SETTING: dict[str, Leaf] = {
    "OLA": Leaf.ARRANGED_BY_AUTHORITY,
    "OPA": Leaf.ARRANGED_BY_PARENTS,
    "EHE": Leaf.ELECTIVE_HOME_EDUCATION,
    "EYP": Leaf.EARLY_YEARS,
    "OTH": Leaf.OTHER_SETTING,
    "NEET": Leaf.NEET,
    "NIEC": Leaf.NOTICE_TO_CEASE,
    "NIEO": Leaf.NOT_IN_EDUCATION_OTHER,
}

_WITH_SEN_UNIT: dict[Leaf, Leaf] = {
    Leaf.MAINTAINED_NURSERY: Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT,
    Leaf.MAINSTREAM_MAINTAINED: Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT,
    Leaf.MAINSTREAM_ACADEMY: Leaf.MAINSTREAM_ACADEMY_SEN_UNIT,
    Leaf.MAINSTREAM_FREE_SCHOOL: Leaf.MAINSTREAM_FREE_SCHOOL_SEN_UNIT,
}

_WITH_RESOURCED: dict[Leaf, Leaf] = {
    Leaf.MAINTAINED_NURSERY: Leaf.MAINSTREAM_MAINTAINED_RESOURCED,
    Leaf.MAINSTREAM_MAINTAINED: Leaf.MAINSTREAM_MAINTAINED_RESOURCED,
    Leaf.MAINSTREAM_ACADEMY: Leaf.MAINSTREAM_ACADEMY_RESOURCED,
    Leaf.MAINSTREAM_FREE_SCHOOL: Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED,
}

SETTING_CODES: tuple[str, ...] = tuple(_BY_SETTING)
"""SEN2 setting codes, used where a placement has neither URN nor UKPRN."""


def leaf_type(
    *,
    gias_type_code: int | None = None,
    fe_kind: str | None = None,
    setting_code: str | None = None,
    sen_unit: bool = False,
    resourced: bool = False,
    hospital: bool = False,
    has_ukprn_only: bool = False,
    compulsory_school_age: bool | None = None,
) -> Leaf:
    """The leaf of a placement.

    The register's type comes first, then the SEN2 setting code, then a provider known only by UKPRN; with
    none of them the placement is not recorded. `fe_kind` is the register's "further education type name".
    `sen_unit` and `resourced` come from the child's placement, not from the school, and count only in a
    mainstream state school; with both the unit is taken. `hospital` says the school is a hospital school,
    which the register's type does not show. Code NIEO is split by `compulsory_school_age`
    (`casework.rules.calendar.is_compulsory_school_age`); unknown counts as other ages.

    A register type not in the table is "other types of placement". Raises ValueError for a setting code that
    SEN2 does not have.
    """
    if gias_type_code is not None:
        return _from_register(
            gias_type_code, fe_kind, sen_unit=sen_unit, resourced=resourced, hospital=hospital
        )
    if setting_code:
        if setting_code not in _BY_SETTING:
            message = f"“{setting_code}” is not a SEN2 setting code. Use one of {', '.join(SETTING_CODES)}."
            raise ValueError(message)
        if setting_code == "NIEO" and compulsory_school_age:
            return Leaf.NOT_IN_EDUCATION_SCHOOL_AGE
        return _BY_SETTING[setting_code]
    return Leaf.UKRLP_PROVIDER if has_ukprn_only else Leaf.NOT_RECORDED


def _from_register(
    type_code: int, fe_kind: str | None, *, sen_unit: bool, resourced: bool, hospital: bool
) -> Leaf:
    if hospital:
        return Leaf.HOSPITAL_SCHOOL
    leaf = _BY_GIAS_TYPE.get(type_code, Leaf.OTHER_SETTING)
    if leaf is Leaf.GENERAL_FE_COLLEGE and (fe_kind or "").casefold().startswith("sixth form"):
        return Leaf.SIXTH_FORM_COLLEGE
    if sen_unit and leaf in _WITH_SEN_UNIT:
        return _WITH_SEN_UNIT[leaf]
    if resourced and leaf in _WITH_RESOURCED:
        return _WITH_RESOURCED[leaf]
    return leaf


def leaf_choices() -> list[tuple[str, str]]:
    """Value and words of every leaf, in published order."""
    return [(leaf.value, leaf.words) for leaf in Leaf]

"""The leaf of a placement, and how each classification counts it."""

from datetime import date

import pytest

from placements.rules.classification_tables import (
    BENCHMARKING,
    BENCHMARKING_TO_2024,
    CAPACITY_SURVEY,
    CLASSIFICATIONS,
    LOCAL_RECOVERY_PLAN,
    MANAGEMENT_PLAN,
    PUBLISHED_GROUPS,
    REFORM_PLAN,
    REFORM_PLAN_BY_NEED,
    classifications_on,
)
from placements.rules.classifications import NotShown
from placements.rules.provision import SETTING_CODES, Leaf, leaf_choices, leaf_type
from placements.rules.published_groups import COLUMN_NAMES, PublishedGroup, columns_of, published_group


@pytest.mark.parametrize(
    ("codes", "leaf"),
    [
        ((1, 2, 3, 5), Leaf.MAINSTREAM_MAINTAINED),
        ((15,), Leaf.MAINTAINED_NURSERY),
        ((28, 34, 45, 46), Leaf.MAINSTREAM_ACADEMY),
        ((35, 39, 40, 41), Leaf.MAINSTREAM_FREE_SCHOOL),
        ((6, 11), Leaf.MAINSTREAM_INDEPENDENT),
        ((7, 12), Leaf.SPECIAL_MAINTAINED),
        ((33, 44), Leaf.SPECIAL_ACADEMY),
        ((36,), Leaf.SPECIAL_FREE_SCHOOL),
        ((8,), Leaf.SPECIAL_NON_MAINTAINED),
        ((10,), Leaf.SPECIAL_INDEPENDENT),
        ((14,), Leaf.PUPIL_REFERRAL_UNIT),
        ((42, 43), Leaf.AP_ACADEMY),
        ((38,), Leaf.AP_FREE_SCHOOL),
        ((18,), Leaf.GENERAL_FE_COLLEGE),
        ((31,), Leaf.SIXTH_FORM_COLLEGE),
        ((32,), Leaf.SPECIALIST_POST_16),
        ((30,), Leaf.WELSH_ESTABLISHMENT),
        ((49,), Leaf.ONLINE_PROVIDER),
        ((24, 25, 26, 27, 37, 57), Leaf.OTHER_SCHOOL),
        ((29, 56, 999), Leaf.OTHER_SETTING),
    ],
)
def test_register_types(codes, leaf):
    for code in codes:
        assert leaf_type(gias_type_code=code) is leaf


@pytest.mark.parametrize(
    ("fe_kind", "leaf"),
    [
        ("Sixth Form College (General)", Leaf.SIXTH_FORM_COLLEGE),
        ("Sixth Form College (Voluntary Aided)", Leaf.SIXTH_FORM_COLLEGE),
        ("General Further Education College", Leaf.GENERAL_FE_COLLEGE),
        ("Specialist Designated College", Leaf.GENERAL_FE_COLLEGE),
        ("Tertiary College", Leaf.GENERAL_FE_COLLEGE),
        ("", Leaf.GENERAL_FE_COLLEGE),
    ],
)
def test_colleges_need_the_second_column(fe_kind, leaf):
    assert leaf_type(gias_type_code=18, fe_kind=fe_kind) is leaf


@pytest.mark.parametrize(
    ("code", "flags", "leaf"),
    [
        (1, {"sen_unit": True}, Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT),
        (1, {"resourced": True}, Leaf.MAINSTREAM_MAINTAINED_RESOURCED),
        (1, {"sen_unit": True, "resourced": True}, Leaf.MAINSTREAM_MAINTAINED_SEN_UNIT),
        (34, {"sen_unit": True}, Leaf.MAINSTREAM_ACADEMY_SEN_UNIT),
        (34, {"resourced": True}, Leaf.MAINSTREAM_ACADEMY_RESOURCED),
        (35, {"sen_unit": True}, Leaf.MAINSTREAM_FREE_SCHOOL_SEN_UNIT),
        (35, {"resourced": True}, Leaf.MAINSTREAM_FREE_SCHOOL_RESOURCED),
        (7, {"sen_unit": True}, Leaf.SPECIAL_MAINTAINED),
        (11, {"resourced": True}, Leaf.MAINSTREAM_INDEPENDENT),
        (7, {"hospital": True}, Leaf.HOSPITAL_SCHOOL),
    ],
)
def test_units_and_resourced_provision_come_from_the_placement(code, flags, leaf):
    assert leaf_type(gias_type_code=code, **flags) is leaf


@pytest.mark.parametrize(
    ("facts", "leaf"),
    [
        ({"setting_code": "OLA"}, Leaf.ARRANGED_BY_AUTHORITY),
        ({"setting_code": "OPA"}, Leaf.ARRANGED_BY_PARENTS),
        ({"setting_code": "EHE"}, Leaf.ELECTIVE_HOME_EDUCATION),
        ({"setting_code": "EYP"}, Leaf.EARLY_YEARS),
        ({"setting_code": "OTH"}, Leaf.OTHER_SETTING),
        ({"setting_code": "NEET"}, Leaf.NEET),
        ({"setting_code": "NIEC"}, Leaf.NOTICE_TO_CEASE),
        ({"setting_code": "NIEO", "compulsory_school_age": True}, Leaf.NOT_IN_EDUCATION_SCHOOL_AGE),
        ({"setting_code": "NIEO", "compulsory_school_age": False}, Leaf.NOT_IN_EDUCATION_OTHER),
        ({"setting_code": "NIEO"}, Leaf.NOT_IN_EDUCATION_OTHER),
        ({"setting_code": "NEET", "compulsory_school_age": True}, Leaf.NEET),
        ({"has_ukprn_only": True}, Leaf.UKRLP_PROVIDER),
        ({"has_ukprn_only": True, "gias_type_code": 32}, Leaf.SPECIALIST_POST_16),
        ({}, Leaf.NOT_RECORDED),
        ({"setting_code": ""}, Leaf.NOT_RECORDED),
    ],
)
def test_placements_without_a_register_entry(facts, leaf):
    assert leaf_type(**facts) is leaf


def test_an_unknown_setting_code_is_refused():
    with pytest.raises(ValueError, match="Use one of OLA, OPA, EHE"):
        leaf_type(setting_code="XXX")
    assert len(SETTING_CODES) == 8


def test_all_columns_of_the_caseload_file_are_reached():
    columns = {column for group in PublishedGroup for column in columns_of(group)}
    assert len(columns) == 33
    assert {leaf.column for leaf in Leaf} == columns | {None}
    assert [leaf for leaf in Leaf if leaf.column is None] == [Leaf.HOSPITAL_SCHOOL]
    assert [len(columns_of(group)) for group in PublishedGroup] == [1, 10, 4, 3, 3, 11, 1]
    assert set(COLUMN_NAMES) == columns
    assert len(set(COLUMN_NAMES.values())) == 33
    assert COLUMN_NAMES["special_academy_free"] == "Special academies and free schools"
    assert len(leaf_choices()) == len(Leaf)


# The table of five classifications, one line a setting, as printed in the reference notes.
TABLE = [
    (Leaf.EARLY_YEARS, None, "Early years settings including private and voluntary", "Other", None, "Early Years"),
    (Leaf.MAINSTREAM_MAINTAINED, "Mainstream schools or academies", "Mainstream schools or academies",
     "Mainstream schools or academies", None, "Mainstream, including Resourced Provision"),
    (Leaf.MAINSTREAM_FREE_SCHOOL, "Mainstream schools or academies", "Mainstream schools or academies",
     "Mainstream schools or academies", None, "Mainstream, including Resourced Provision"),
    (Leaf.MAINSTREAM_ACADEMY_RESOURCED, "Resourced provision or SEN units", "Specialist bases in mainstream",
     "Resourced provision or SEN units", "SEN units and resourced provision",
     "Mainstream, including Resourced Provision"),
    (Leaf.MAINSTREAM_INDEPENDENT, None, "NMSS or independent", "NMSS or independent schools",
     "Independent schools", None),
    (Leaf.SPECIAL_ACADEMY, "Maintained special schools or special academies",
     "Maintained special schools or academies", "Maintained special schools or special academies",
     "Special schools", "Special - Maintained"),
    (Leaf.SPECIAL_NON_MAINTAINED, "Non-maintained special schools or independent", "NMSS or independent",
     "NMSS or independent schools", "Special schools", None),
    (Leaf.SPECIAL_INDEPENDENT, "Non-maintained special schools or independent", "NMSS or independent",
     "NMSS or independent schools", "Independent schools", "Special - Independent"),
    (Leaf.PUPIL_REFERRAL_UNIT, "Hospital schools or AP", "Alternative provision",
     "Hospital schools or alternative provision", "Alternative provision", None),
    (Leaf.HOSPITAL_SCHOOL, "Hospital schools or AP", "Other", "Other", None, None),
    (Leaf.GENERAL_FE_COLLEGE, "Post-16 and further education", "Mainstream post-16", "Post 16", None,
     "Further Education"),
    (Leaf.SIXTH_FORM_COLLEGE, "Post-16 and further education", "Mainstream schools or academies", "Post 16",
     None, None),
    (Leaf.SPECIALIST_POST_16, "Post-16 and further education", "Specialist post-16 institutions", "Post 16",
     None, None),
    (Leaf.ARRANGED_BY_AUTHORITY, "Other placements or direct payments",
     "Other arrangements by the authority (EOTAS)", "Other", None, None),
    (Leaf.ELECTIVE_HOME_EDUCATION, "Other placements or direct payments", "Elective home education", "Other",
     None, None),
    (Leaf.NOT_IN_EDUCATION_OTHER, "Other placements or direct payments", "Other", "Other", None, None),
]  # fmt: skip


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line[0].value)
def test_one_placement_in_five_classifications(line):
    leaf, *expected = line
    tables = (MANAGEMENT_PLAN, REFORM_PLAN, BENCHMARKING, CAPACITY_SURVEY, LOCAL_RECOVERY_PLAN)
    assert [table.category(leaf) for table in tables] == expected


def test_the_two_traps():
    assert PUBLISHED_GROUPS.category(Leaf.MAINSTREAM_INDEPENDENT) == "Mainstream school"
    assert BENCHMARKING.category(Leaf.MAINSTREAM_INDEPENDENT) == "NMSS or independent schools"
    assert CAPACITY_SURVEY.category(Leaf.SPECIAL_NON_MAINTAINED) == "Special schools"
    assert BENCHMARKING.category(Leaf.SPECIAL_NON_MAINTAINED) == "NMSS or independent schools"


def test_what_changed_with_the_2025_file():
    assert BENCHMARKING_TO_2024.category(Leaf.HOSPITAL_SCHOOL) == "Hospital schools or alternative provision"
    assert BENCHMARKING.category(Leaf.HOSPITAL_SCHOOL) == "Other"
    assert BENCHMARKING_TO_2024.category(Leaf.UKRLP_PROVIDER) == "Post 16"
    assert BENCHMARKING.category(Leaf.UKRLP_PROVIDER) == "Other"
    on_census_day = {table.code for table in classifications_on(date(2025, 1, 16))}
    assert "benchmarking" in on_census_day
    assert "benchmarking_to_2024" not in on_census_day
    assert "reform_plan" not in on_census_day
    assert "benchmarking_to_2024" in {table.code for table in classifications_on(date(2024, 12, 31))}


def test_post_16_bases_are_a_category_of_their_own_in_the_reform_plan():
    base = Leaf.MAINSTREAM_ACADEMY_SEN_UNIT
    assert REFORM_PLAN.category(base) == "Specialist bases in mainstream"
    assert REFORM_PLAN.category(base, post_16=True) == "Mainstream post-16 specialist"
    assert MANAGEMENT_PLAN.category(base, post_16=True) == "Resourced provision or SEN units"
    assert REFORM_PLAN_BY_NEED.category(Leaf.HOSPITAL_SCHOOL) == "AP or hospital"


@pytest.mark.parametrize("table", CLASSIFICATIONS.values(), ids=lambda table: table.code)
def test_every_leaf_has_one_category_or_a_reason(table):
    for mapping in (table.mapping, table.post_16):
        shown = [leaf for leaves in mapping.values() for leaf in leaves]
        assert len(shown) == len(set(shown))
        assert not set(shown) & table.not_counted
    for leaf in Leaf:
        assert (table.category(leaf) is None) == (table.not_shown(leaf) is not None)
        assert table.category(leaf) is None or table.category(leaf) in table.categories
    assert table.name
    assert table.source


def test_the_part_not_shown_is_stated():
    assert MANAGEMENT_PLAN.not_shown(Leaf.EARLY_YEARS) is NotShown.NOT_STATED
    assert CAPACITY_SURVEY.not_shown(Leaf.EARLY_YEARS) is NotShown.NOT_COUNTED
    assert LOCAL_RECOVERY_PLAN.part_not_shown([Leaf.PUPIL_REFERRAL_UNIT, Leaf.EARLY_YEARS]) == (
        "Not shown: Pupil referral units (not stated by its source)."
    )
    assert CAPACITY_SURVEY.part_not_shown([Leaf.NEET, Leaf.WELSH_ESTABLISHMENT]) == (
        "Not shown: Not in employment, education or training (not counted by this classification). "
        "Welsh schools and establishments (not stated by its source)."
    )
    assert BENCHMARKING.part_not_shown(list(Leaf)) == ""


def test_published_groups_leave_out_only_hospital_schools():
    assert [leaf for leaf in Leaf if published_group(leaf) is None] == [Leaf.HOSPITAL_SCHOOL]
    assert PUBLISHED_GROUPS.categories == tuple(group.value for group in PublishedGroup)

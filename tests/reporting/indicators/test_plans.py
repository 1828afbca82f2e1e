"""D9, D10, P1: plans, against cases worked out by hand."""

import datetime
from decimal import Decimal

import pytest

from casework.models import CeaseReason, Need
from casework.rules.calendar import age_at_31_august, is_compulsory_school_age
from placements.rules.provision import Leaf, leaf_type
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory
from tests.factories.places import EstablishmentFactory, EstablishmentStatusFactory, PlacementFactory
from tests.reporting.indicators.ask import ask, figures, on, only

pytestmark = pytest.mark.django_db

DAY = on(2026, 1, 15)


AGED_NINE = on(2016, 5, 4)


def plan_at(leaf: Leaf | None = None, *, born: datetime.date = AGED_NINE, **placement: object):
    """A plan since 2024, with a place in a setting of this type (none: no place recorded)."""
    plan = PlanFactory(child=ChildFactory(date_of_birth=born))
    if leaf:
        setting = EstablishmentFactory()
        EstablishmentStatusFactory(establishment=setting, leaf=leaf.value)
        placement = {"establishment": setting} | placement
    if placement:
        PlacementFactory(**{"child": plan.child, "establishment": None} | placement)
    return plan


def test_a_plan_counts_on_its_first_and_last_day() -> None:
    PlanFactory(starts_on=on(2025, 3, 1), ends_on=on(2025, 4, 1), cease_reason=CeaseReason.NEEDS_MET)
    days = [on(2025, 2, 28), on(2025, 3, 1), on(2025, 4, 1), on(2025, 4, 2)]
    assert [int(only(ask("D9", day)).numerator) for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (on(2020, 9, 1), "under_5"),
        (on(2020, 8, 31), "5_to_10"),
        (on(2014, 8, 31), "11_to_15"),
        (on(2009, 8, 31), "16_to_19"),
        (on(2005, 8, 31), "20_to_25"),
        (on(1999, 8, 31), "over_25"),
        (on(2026, 1, 1), "under_5"),
        (on(2020, 2, 29), "5_to_10"),
    ],
)
def test_age_on_31_august_before(born: datetime.date, group: str) -> None:
    plan_at(born=born)
    assert list(figures(ask("D9", DAY, by=["age"]))) == [(group,)]
    assert group in {"under_5"} or age_at_31_august(born, DAY) >= 5


def test_need_is_that_of_the_version_in_force() -> None:
    plan = PlanFactory(starts_on=on(2024, 1, 1))
    PlanVersionFactory(
        plan=plan, number=1, starts_on=on(2024, 2, 1), ends_on=on(2024, 5, 31), primary_need=Need.MLD
    )
    PlanVersionFactory(plan=plan, number=2, stage="draft", starts_on=None, primary_need=Need.PD)
    PlanVersionFactory(
        plan=plan, number=3, stage="amended_final", starts_on=on(2024, 7, 1), primary_need=Need.ASD
    )
    days = [on(2024, 1, 31), on(2024, 2, 1), on(2024, 5, 31), on(2024, 6, 1), on(2024, 7, 1)]
    needs = [list(figures(ask("D9", day, by=["need"]))) for day in days]
    assert needs == [[("not_recorded",)], [("MLD",)], [("MLD",)], [("not_recorded",)], [("ASD",)]]


@pytest.mark.parametrize("unit", [False, True])
@pytest.mark.parametrize("resourced", [False, True])
@pytest.mark.parametrize(
    ("type_code", "base"),
    [(1, Leaf.MAINSTREAM_MAINTAINED), (15, Leaf.MAINTAINED_NURSERY), (28, Leaf.MAINSTREAM_ACADEMY),
     (35, Leaf.MAINSTREAM_FREE_SCHOOL), (7, Leaf.SPECIAL_MAINTAINED), (11, Leaf.MAINSTREAM_INDEPENDENT)],
)  # fmt: skip
def test_units_count_as_the_rule_says(type_code: int, base: Leaf, unit: bool, resourced: bool) -> None:
    plan_at(base, sen_unit=unit, resourced=resourced)
    expected = leaf_type(gias_type_code=type_code, sen_unit=unit, resourced=resourced)
    assert list(figures(ask("D9", DAY, by=["provision"]))) == [(expected.value,)]


@pytest.mark.parametrize("code", ["OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", ""])
def test_codes_count_as_the_rule_says(code: str) -> None:
    plan_at(setting_code=code)
    assert list(figures(ask("D9", DAY, by=["provision"]))) == [(leaf_type(setting_code=code).value,)]


@pytest.mark.parametrize(
    "born",
    [
        on(2021, 2, 28),
        on(2020, 2, 29),
        on(2020, 8, 31),
        on(2020, 9, 1),
        on(2009, 8, 31),
        on(2009, 9, 1),
        on(2010, 1, 1),
        on(2020, 12, 31),
        on(2021, 1, 1),
        on(2021, 3, 31),
    ],
)
def test_not_in_education_is_split_by_compulsory_school_age(born: datetime.date) -> None:
    plan_at(setting_code="NIEO", born=born)
    for year in (2025, 2026):
        for day in (on(year, 3, 31), on(year, 6, 26), on(year, 6, 27), on(year, 8, 31), on(year, 12, 31)):
            expected = leaf_type(
                setting_code="NIEO", compulsory_school_age=is_compulsory_school_age(born, day)
            )
            assert list(figures(ask("D9", day, by=["provision"]))) == [(expected.value,)], day


def test_a_setting_counts_as_what_it_was_on_the_day() -> None:
    plan = PlanFactory(starts_on=on(2024, 1, 1))
    school = EstablishmentFactory()
    EstablishmentStatusFactory(establishment=school, leaf="mainstream_maintained", ends_on=on(2024, 8, 31))
    EstablishmentStatusFactory(establishment=school, leaf="mainstream_academy", starts_on=on(2024, 10, 1))
    PlacementFactory(
        child=plan.child, establishment=school, starts_on=on(2024, 2, 1), ends_on=on(2025, 1, 31)
    )
    PlacementFactory(child=plan.child, establishment=school, starts_on=on(2024, 2, 1), rank=2)
    days = [on(2024, 1, 31), on(2024, 2, 1), on(2024, 8, 31), on(2024, 9, 1), on(2024, 10, 1), on(2025, 2, 1)]
    assert [next(iter(figures(ask("D9", day, by=["provision"]))))[0] for day in days] == [
        "not_recorded", "mainstream_maintained", "mainstream_maintained", "not_recorded", "mainstream_academy",
        "not_recorded",
    ]  # fmt: skip


def test_a_provider_without_a_type() -> None:
    plan_at(establishment=EstablishmentFactory(urn=None, ukprn=10001234))
    plan_at(establishment=EstablishmentFactory(in_register=False))
    assert figures(ask("D9", DAY, by=["provision"])) == {
        ("ukrlp_provider",): (1, None),
        ("not_recorded",): (1, None),
    }


@pytest.fixture
def four_plans() -> None:
    """One mainstream, one independent mainstream, one in a unit aged 16, one not recorded."""
    plan_at(Leaf.MAINSTREAM_ACADEMY)
    plan_at(Leaf.MAINSTREAM_INDEPENDENT)
    plan_at(Leaf.MAINSTREAM_ACADEMY, sen_unit=True, born=on(2009, 5, 1))
    plan_at()


@pytest.mark.usefixtures("four_plans")
def test_the_classifications_disagree_and_each_adds_to_all_plans() -> None:
    published = ask("P1", DAY, by=["published_groups"])
    assert figures(published) == {("Mainstream school",): (3, 4), ("Placement not recorded",): (1, 4)}
    assert published.rows[0].value == Decimal(75)
    assert figures(ask("P1", DAY, by=["benchmarking"])) == {
        ("Mainstream schools or academies",): (1, 4),
        ("Resourced provision or SEN units",): (1, 4),
        ("NMSS or independent schools",): (1, 4),
        ("Other",): (1, 4),
    }
    assert figures(ask("P1", DAY, by=["management_plan"])) == {
        ("Mainstream schools or academies",): (1, 4),
        ("Resourced provision or SEN units",): (1, 4),
        ("not_stated",): (1, 4),
        ("not_recorded",): (1, 4),
    }
    assert figures(ask("P1", DAY, by=["reform_plan"])) == {
        ("Mainstream schools or academies",): (1, 4),
        ("NMSS or independent",): (1, 4),
        ("Mainstream post-16 specialist",): (1, 4),
        ("not_recorded",): (1, 4),
    }
    assert figures(ask("P1", DAY, by=["capacity_survey"])) == {
        ("SEN units and resourced provision",): (1, 4),
        ("Independent schools",): (1, 4),
        ("not_counted",): (1, 4),
        ("not_recorded",): (1, 4),
    }
    assert figures(ask("P1", DAY, by=["local_recovery_plan"])) == {
        ("Mainstream, including Resourced Provision",): (2, 4),
        ("not_stated",): (1, 4),
        ("not_recorded",): (1, 4),
    }


@pytest.mark.usefixtures("four_plans")
def test_a_share_within_an_age_group_is_of_that_age_group() -> None:
    assert figures(ask("P1", DAY, by=["age", "published_groups"])) == {
        ("5_to_10", "Mainstream school"): (2, 3),
        ("5_to_10", "Placement not recorded"): (1, 3),
        ("16_to_19", "Mainstream school"): (1, 1),
    }
    assert figures(ask("P1", DAY, where={"reform_plan": "Mainstream post-16 specialist"})) == {(): (1, 4)}


def test_growth_over_a_year() -> None:
    for starts in (on(2024, 1, 1), on(2024, 1, 1), on(2025, 6, 1)):
        PlanFactory(starts_on=starts)
    row = only(ask("D10", DAY))
    assert (row.numerator, row.denominator, row.value, row.shown) == (3, 2, Decimal(50), "50.0%")


def test_a_fall_is_negative_growth_and_growth_from_nothing_is_not_a_number() -> None:
    PlanFactory(starts_on=on(2024, 1, 1), ends_on=on(2025, 6, 1), cease_reason=CeaseReason.OTHER)
    PlanFactory(starts_on=on(2024, 1, 1))
    assert only(ask("D10", DAY)).shown == "-50.0%"
    assert only(ask("D10", on(2024, 6, 1))).value is None

"""M1 and M2: costs, against cases worked out by hand."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.models import Child
from reporting.compute import listed
from reporting.registry import indicator
from reporting.windows import Window
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.children import ChildFactory
from tests.factories.money import BandFactory, BandValueFactory, CostLineFactory
from tests.factories.places import EstablishmentFactory, EstablishmentStatusFactory, PlacementFactory
from tests.reporting.indicators.ask import ask, on, only

pytestmark = pytest.mark.django_db

DAY = on(2026, 1, 15)


def child_at(leaf: str) -> Child:
    plan = PlanVersionFactory().plan
    setting = EstablishmentFactory()
    EstablishmentStatusFactory(establishment=setting, leaf=leaf)
    PlacementFactory(child=plan.child, establishment=setting)
    return plan.child


def cost(day: datetime.date = DAY) -> Decimal:
    return only(ask("M1", day)).numerator


@pytest.mark.parametrize(
    ("line", "annual"),
    [
        ({"amount": Decimal("9000.00")}, "9000.00"),
        ({"amount": Decimal("1000.50"), "basis": "term"}, "3001.50"),
        ({"amount": Decimal("100.01"), "basis": "month"}, "1200.12"),
        ({"amount": Decimal("250.25"), "basis": "week", "quantity": Decimal(39)}, "9759.75"),
        ({"amount": Decimal("100.00"), "quantity": Decimal("2.5")}, "250.00"),
        ({"amount": Decimal("100.01"), "share": Decimal("0.5")}, "50.01"),
        ({"amount": Decimal("0.01"), "share": Decimal("0.33333")}, "0.00"),
    ],
)
def test_full_year_cost_of_a_line(line: dict[str, object], annual: str) -> None:
    CostLineFactory(**line)
    assert cost() == Decimal(annual)


def test_a_band_is_worth_what_it_was_on_the_day() -> None:
    band = BandFactory()
    BandValueFactory(band=band, annual_value=Decimal(1000), starts_on=on(2025, 4, 1), ends_on=on(2026, 3, 31))
    BandValueFactory(band=band, annual_value=Decimal(1100), starts_on=on(2026, 4, 1))
    BandValueFactory(
        band=band,
        annual_value=Decimal(9999),
        starts_on=on(2025, 4, 1),
        withdrawn_at=timezone.now() + datetime.timedelta(hours=1),
    )
    CostLineFactory(amount=None, band=band, share=Decimal("0.5"))
    assert [cost(day) for day in (on(2025, 3, 31), on(2025, 4, 1), on(2026, 3, 31), on(2026, 4, 1))] == [
        0, 500, 500, 550,
    ]  # fmt: skip


def test_cost_and_average_by_provision() -> None:
    special, mainstream = child_at("special_independent"), child_at("mainstream_academy")
    CostLineFactory(child=special, amount=Decimal("60000.00"), kind="fee")
    CostLineFactory(child=special, amount=Decimal("5000.00"), kind="transport")
    CostLineFactory(child=mainstream, amount=Decimal("8000.00"))
    CostLineFactory(child=child_at("mainstream_academy"), amount=Decimal("9000.00"), ends_on=on(2026, 1, 15))
    child_at("mainstream_academy")  # costs nothing
    CostLineFactory(amount=Decimal("100.00"))  # no plan
    rows = {row.dims: row for row in ask("M2", DAY, by=["provision"]).rows}
    assert {dims: (row.numerator, row.denominator, row.value) for dims, row in rows.items()} == {
        ("special_independent",): (65000, 1, 65000),
        ("mainstream_academy",): (17000, 2, 8500),
        ("not_recorded",): (100, 1, 100),
    }
    assert rows["mainstream_academy",].shown == "£8,500.00"
    assert ask("M1", DAY, by=["provision"]).total.shown == "£82,100.00"
    assert only(ask("M1", on(2026, 1, 16), where={"provision": "mainstream_academy"})).numerator == 8000


def test_the_amounts_of_the_list_add_to_the_cost() -> None:
    child = child_at("special_independent")
    for amount in ("0.10", "0.20", "70.03"):
        CostLineFactory(child=child, amount=Decimal(amount), kind="therapy")
    CostLineFactory(child=PlanFactory(child=ChildFactory()).child, amount=Decimal("12.34"))
    items = listed(indicator("M1"), window=Window.day(DAY))
    assert sum(item.amount for item in items) == cost() == Decimal("82.67")
    assert len(items) == 2

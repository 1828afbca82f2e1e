"""Cover and saved filters: what the database refuses."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import UserFactory
from tests.factories.teamwork import CoverFactory, SavedFilterFactory

D = datetime.date


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"ends_on": None}, "cover_has_a_last_day"),
        ({"ends_on": D(2025, 8, 31)}, "cover_days_in_order"),
    ],
)
def test_cover_the_database_refuses(db, broken, constraint):
    # A range that ends before it begins is refused as such before any constraint is looked at.
    words = f"{constraint}|range lower bound"
    with pytest.raises(Exception, match=words) as refused, transaction.atomic():
        CoverFactory(**broken)
    assert "Error" in type(refused.value).__name__


def test_nobody_covers_themselves_or_is_covered_twice(db):
    user = UserFactory()
    with pytest.raises(IntegrityError, match="cover_by_somebody_else"), transaction.atomic():
        CoverFactory(user=user, covered_by=user)
    CoverFactory(user=user)
    with pytest.raises(IntegrityError, match="cover_by_one_at_a_time"), transaction.atomic():
        CoverFactory(user=user, starts_on=D(2025, 9, 14), ends_on=D(2025, 9, 20))
    CoverFactory(user=user, starts_on=D(2025, 9, 15), ends_on=D(2025, 9, 20))


def test_a_filter_has_a_name_of_its_own_and_one_opens_my_work(db):
    first = SavedFilterFactory(name="Late", is_default=True)
    for broken, constraint in (
        ({"name": "Late"}, "saved_filter_name_once"),
        ({"name": "Other", "is_default": True}, "saved_filter_one_default"),
        ({"name": ""}, "saved_filter_has_a_name"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            SavedFilterFactory(owner=first.owner, **broken)
    SavedFilterFactory(name="Late", is_default=True)

"""Education outside a school, by whose arrangement, and what the authority found of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.models import RoleCode
from casework.services import review_calendar
from casework.services.refusals import Refused
from placements.models import Finding, HomeEducation, Placement, SettingCode
from placements.services import home_education
from placements.services.home_education import Notified
from tests.casework.test_move_pages import send, through
from tests.casework.test_review_pages import days
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.moves import SuitabilityCheckFactory
from tests.factories.people import UserFactory
from tests.factories.places import PlacementFactory

D = datetime.date
ON = D(2026, 6, 30)


@pytest.fixture
def at_school(child):
    return PlacementFactory(child=child, starts_on=D(2022, 9, 1))


def begin(child, caseworker, **different):
    given = {
        "child": child, "arrangement": SettingCode.EHE, "starts_on": D(2026, 4, 13),
        "notified": Notified(told_on=D(2026, 4, 10), told_by="Parents"), "by": caseworker, "on": ON,
    }  # fmt: skip
    return home_education.begin(**given | different)


def test_the_school_ends_the_day_before(child, at_school, caseworker):
    placed = begin(child, caseworker)
    at_school.refresh_from_db()
    assert (at_school.ends_on, placed.setting_code, placed.starts_on) == (
        D(2026, 4, 12),
        "EHE",
        D(2026, 4, 13),
    )
    assert placed.home_education.told_on == D(2026, 4, 10)


def test_otherwise_than_at_school_is_no_home_education(child, at_school, caseworker):
    begin(child, caseworker, arrangement=SettingCode.OLA, notified=None)
    assert not HomeEducation.objects.exists()


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"notified": None}, "the day you were told"),
        ({"starts_on": D(2026, 7, 1)}, "after today"),
        ({"starts_on": D(2016, 5, 3)}, "before Rowan Heath was born"),
        ({"starts_on": D(2022, 9, 1)}, "begins on that day"),
        ({"arrangement": SettingCode.NEET}, "whose arrangement"),
        ({"notified": Notified(told_on=D(2026, 7, 1))}, "told after today"),
    ],
)
def test_what_cannot_be(child, at_school, caseworker, different, words):
    with pytest.raises(Refused, match=words):
        begin(child, caseworker, **different)
    assert Placement.objects.count() == 1


def test_it_is_recorded_once_and_ends(child, at_school, caseworker):
    placed = begin(child, caseworker)
    with pytest.raises(Refused, match="recorded already"):
        begin(child, caseworker, starts_on=D(2026, 5, 1))
    home_education.end(placement=placed, ends_on=D(2026, 6, 1), why="Back to school", by=caseworker, on=ON)
    with pytest.raises(Refused, match="This ended on 1 June 2026"):
        home_education.end(placement=placed, ends_on=D(2026, 6, 2), why="Again", by=caseworker, on=ON)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"note": ""}, "what was seen"),
        ({"looked_on": D(2026, 7, 1)}, "after today"),
        ({"looked_on": D(2026, 4, 1)}, "before you were told"),
        ({"look_again_on": D(2026, 5, 4)}, "after this one"),
    ],
)
def test_a_look_that_cannot_be(child, at_school, caseworker, different, words):
    home = begin(child, caseworker).home_education
    given = {"looked_on": D(2026, 5, 4), "finding": Finding.SUITABLE, "note": "A broad programme"} | different
    with pytest.raises(Refused, match=words):
        home_education.record_check(home=home, by=caseworker, on=ON, **given)


def test_the_database_wants_the_next_look_later(db):
    with pytest.raises(IntegrityError, match="suitability_look_again_later"), transaction.atomic():
        SuitabilityCheckFactory(look_again_on=D(2024, 12, 2))


def test_the_pages(client, child, at_school, settings):
    settings.WAYMARK_TODAY = ON.isoformat()
    client.force_login(UserFactory(role=RoleCode.CASEWORKER))
    PlanVersionFactory(plan=PlanFactory(child=child, starts_on=D(2025, 9, 1)))
    review_calendar.settle(on=ON)
    check = through(
        client, "outside_school", child.public_id,
        {"arrangement": "EHE", "told_by": "Parents", **days("starts_on", D(2026, 4, 13)), **days("told_on", D(2026, 4, 10))},
    )  # fmt: skip
    assert "The plan goes on: it is maintained, and reviewed" in check.content.decode()
    page = send(client, check).content.decode()
    assert "Nobody has recorded whether it is suitable" in page
    home = HomeEducation.objects.get()
    check = through(
        client, "suitability", home.public_id,
        {**days("looked_on", D(2026, 5, 11)), "finding": "not_suitable", "note": "Nothing in place",
         **days("look_again_on", D(2026, 6, 15))},
    )  # fmt: skip
    assert "the provision in the plan is made" in check.content.decode()
    page = send(client, check).content.decode()
    assert "Look again by 15 June 2026" in page
    assert "Nothing in place" in page
    check = through(
        client, "end_outside_school", home.placement.public_id,
        {**days("ends_on", D(2026, 6, 19)), "why": "Starts at Brambleside"},
    )  # fmt: skip
    assert "None is recorded" in send(client, check).content.decode()
    refused = client.post(reverse("outside_school", args=[child.public_id]), {"arrangement": "EHE"})
    assert "Enter the day you were told" in refused.content.decode()

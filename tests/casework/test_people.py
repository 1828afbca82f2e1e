"""People are added with a role from a day, or refused with what to do."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from casework.models import RoleCode, TeamMembership, User
from casework.rules.permissions import Permission
from casework.services.people import add_person
from casework.services.refusals import Refused

DAY = datetime.date(2026, 9, 1)
PASSWORD = "harbour-lantern-meadow"
pytestmark = pytest.mark.django_db


def add(**changes):
    given = {
        "email": "heron@example.org", "name": "Heron Ashby", "password": PASSWORD,
        "role": RoleCode.MANAGER, "team": "North casework", "by": None, "on": DAY,
    }  # fmt: skip
    return add_person(**{**given, **changes})


def test_a_person_may_do_what_their_role_allows_from_the_day_and_not_before():
    user = add()
    assert user.check_password(PASSWORD)
    assert Permission.IMPORT_DATA in user.permissions_on(DAY)
    assert user.permissions_on(DAY - datetime.timedelta(days=1)) == frozenset()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "HERON@example.org"}, "already has an account"),
        ({"email": "wren@example.org", "password": "short"}, "at least 12"),
        ({"email": "wren@example.org", "name": " "}, "name"),
    ],
)
def test_a_second_account_a_weak_password_or_no_name_is_refused_and_nothing_is_written(changes, words):
    add()
    with pytest.raises(Refused, match=words):
        add(**changes)
    assert User.objects.count() == TeamMembership.objects.count() == 1


def test_the_command_adds_a_person_and_says_why_not(monkeypatch, capsys):
    monkeypatch.setenv("WAYMARK_PASSWORD", PASSWORD)
    given = ["add_person", "wren@example.org", "Wren Holloway", "--role", "caseworker", "--team", "South"]
    call_command(*given)
    assert "can sign in as wren@example.org" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already has an account"):
        call_command(*given)

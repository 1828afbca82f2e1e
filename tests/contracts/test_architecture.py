"""Who may import whom, and what each layer may not do."""

import ast
import subprocess
import sys

import pytest

from casework.models import RoleCode
from casework.rules.permissions import ROLES
from tests.contracts.source import ROOT, place, python_of, tree

CLOCKS = {"today", "now", "utcnow", "localdate", "localtime", "time_ns", "monotonic"}
CLOCK_MODULES = {"datetime", "date", "timezone", "time", "dt"}


def test_imports_keep_their_direction():
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def _asks_the_day(node):
    if isinstance(node, ast.ImportFrom):
        return node.module == "casework.today" or (node.module == "time" and bool(node.names))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
        owner = node.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        return name in CLOCK_MODULES
    return False


# Who a person is today is asked where access is decided, once a request.
MAY_ASK = {"casework/models/users.py"}


def _stamps(module):
    """Calls of timezone.now() that say when something was recorded, and are not made into a day."""
    made_into_a_day = {
        node.value for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr == "date"
    }
    return {
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and ast.unparse(node) == "timezone.now()"
        and node not in made_into_a_day
    }


@pytest.mark.parametrize("layer", ["rules", "models", "queries", "services"])
def test_the_domain_never_asks_what_day_it_is(layer):
    asked = [
        place(path, node)
        for path in python_of(layer)
        if str(path.relative_to(ROOT)) not in MAY_ASK
        for module in [tree(path)]
        for stamps in [_stamps(module) if layer == "services" else set()]
        for node in ast.walk(module)
        if _asks_the_day(node) and node not in stamps
    ]
    assert asked == [], (
        "Take the day as an argument (`on=` or `as_at=`); pages, API, tasks and commands pass today()."
    )


def _managers(module):
    """Uses of a manager, except `Model.objects.none()`, which reaches nothing."""
    harmless = {
        node.value for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    for node in ast.walk(module):
        managers = {"objects", "_default_manager", "_base_manager"}
        if isinstance(node, ast.Attribute) and node.attr in managers and node not in harmless:
            yield node


@pytest.mark.parametrize("layer", ["web", "api", "tasks"])
def test_the_edge_reaches_records_through_the_scope(layer):
    direct = [place(path, node) for path in python_of(layer) for node in _managers(tree(path))]
    assert direct == [], "Use casework.access.scope.visible(Model, user), or a query or service that does."


def test_roles_of_the_database_are_the_roles_of_the_code():
    assert {code.value: code.label for code in RoleCode} == {
        role.code: role.name for role in ROLES.values()
    }, "RoleCode in casework/models/users.py and ROLES in casework/rules/permissions.py name the same roles."


def test_a_role_says_who_may_hold_it():
    assert [role.code for role in ROLES.values() if not role.held_by.endswith(".")] == []


def test_a_clock_is_recognised():
    assert _asks_the_day(ast.parse("datetime.date.today()").body[0].value)
    assert _asks_the_day(ast.parse("timezone.now()").body[0].value)
    assert not _asks_the_day(ast.parse("models.functions.Now()").body[0].value)
    assert _stamps(ast.parse("row.at = timezone.now()"))
    assert not _stamps(ast.parse("day = timezone.now().date()"))

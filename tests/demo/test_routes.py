"""The two routes into the database: the same kind of population, exactly what the services would derive, once only."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Q

from casework.models import (
    AssessmentRequest,
    Case,
    CaseAssignment,
    Child,
    Clock,
    Milestone,
    Plan,
    RoleCode,
    TeamMembership,
    User,
)
from casework.models.cases import AHEAD
from casework.services import clocks, review_calendar, review_tables
from config.demo import bulk, people
from config.demo.day import DEMO_DAY
from config.demo.seed import seed
from config.demo.stories import STORIES
from funding.models import CostLine
from placements.models import NamedPlacement, Placement

PLANS = 600


def quiet(_words: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture
def fast(db):
    bulk.load(plans=PLANS, progress=quiet)


@pytest.fixture
def standard(db, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    seed(plans=PLANS, progress=quiet)


@pytest.mark.usefixtures("fast")
def test_the_fast_route_holds_the_plans_asked_for():
    assert Plan.objects.as_at(DEMO_DAY).count() == PLANS


@pytest.mark.usefixtures("fast")
def test_the_fast_route_writes_what_the_services_would_derive():
    columns = ("received_on", "decided_on", "outcome_on", "final_plan_on", "ended_on", "state")
    live = AssessmentRequest.objects.filter(decided_before_period=False).order_by("pk")
    before = list(
        live.values_list("pk", *columns, "case__opened_on", "case__closed_on", "case__closed_because")
    )
    rebuilt = clocks.rebuild_many(
        case_ids=list(Case.objects.filter(milestones__isnull=False).values_list("pk", flat=True))
    )
    assert rebuilt.clocks == rebuilt.requests == 0
    assert review_tables.write() == 0
    assert (
        list(live.values_list("pk", *columns, "case__opened_on", "case__closed_on", "case__closed_because"))
        == before
    )
    settled = review_calendar.settle(on=DEMO_DAY)
    assert (settled.opened, settled.moved, settled.ended) == (0, 0, 0)


@pytest.mark.usefixtures("fast")
def test_the_fast_route_leaves_the_tables_as_guarded_as_it_found_them():
    child = Child.objects.order_by("pk").first()
    other = Child.objects.create(surname="Moss", forename="Lark", date_of_birth=child.date_of_birth, sex="F")
    assert other.pk > child.pk
    place = Placement.objects.filter(ends_on__isnull=True, rank=1).first()
    with pytest.raises(Exception, match="child_in_one_place"):
        Placement.objects.create(child=place.child, setting_code="EHE", starts_on=place.starts_on)


def guards() -> tuple[set, set]:
    """Every constraint and index, without the casts that PostgreSQL adds when it reads its own words back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
            "where connamespace = current_schema()::regnamespace"
        )
        constraints = {(table, name, plain(words)) for table, name, words in cursor.fetchall()}
        cursor.execute("select indexname, indexdef from pg_indexes where schemaname = current_schema()")
        return constraints, {(name, plain(words)) for name, words in cursor.fetchall()}


def plain(words: str) -> str:
    """A definition without casts and brackets."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", words)


@pytest.mark.django_db
def test_the_fast_route_puts_every_constraint_and_index_back():
    before = guards()
    bulk.load(plans=20, progress=quiet)
    assert guards() == before


@pytest.mark.usefixtures("standard")
def test_the_standard_route_tells_of_nothing_after_the_day():
    assert not Milestone.objects.filter(happened_on__gt=DEMO_DAY).exclude(kind__in=AHEAD)
    assert not Plan.objects.filter(Q(starts_on__gt=DEMO_DAY) | Q(ends_on__gt=DEMO_DAY))
    assert not Placement.objects.filter(Q(starts_on__gt=DEMO_DAY) | Q(ends_on__gt=DEMO_DAY))
    assert not AssessmentRequest.objects.filter(received_on__gt=DEMO_DAY)


@pytest.mark.usefixtures("standard")
def test_the_standard_route_brings_the_authority_up_to_the_day():
    assert Plan.objects.as_at(DEMO_DAY).count() == pytest.approx(PLANS + len(STORIES), abs=PLANS * 0.01)
    since = AssessmentRequest.objects.filter(received_on__gt=DEMO_DAY - timedelta(days=180))
    assert since.exclude(source="").count() == since.count() > 20
    waiting = dict(
        AssessmentRequest.objects.filter(case__closed_on__isnull=True)
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    assert {"undecided", "assessing", "issuing"} <= set(waiting)
    late = Clock.objects.filter(rule_code="A10", stopped_on__isnull=True, due_on__lt=DEMO_DAY)
    assert late.filter(case__exceptions__isnull=False).exists()
    assert late.filter(case__exceptions__isnull=True).exists()
    assert CostLine.objects.filter(band__isnull=False).exists()
    assert CostLine.objects.filter(basis="week", quantity__in=[38, 52]).exists()
    assert Child.objects.filter(restricted=True, access_grants__isnull=False).exists()
    held = Child.objects.filter(plans__period__contains=DEMO_DAY)
    assert not held.exclude(pk__in=CaseAssignment.objects.as_at(DEMO_DAY).values("child"))


@pytest.mark.usefixtures("standard")
def test_every_role_can_sign_in_with_the_stated_password():
    for email, _ in people.DEMO_USERS:
        assert User.objects.get(email=email).check_password(people.DEMO_PASSWORD)
    held = TeamMembership.objects.as_at(DEMO_DAY).filter(
        user__email__in=[email for email, _ in people.DEMO_USERS]
    )
    assert set(held.values_list("role", flat=True)) == set(RoleCode.values)


def test_both_routes_make_the_same_kind_of_population(db, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    counts = []
    for fast in (False, True):
        seed(plans=PLANS, fast=fast, reset=True, progress=quiet)
        counts.append(
            {
                "children": Child.objects.count(),
                "requests": AssessmentRequest.objects.filter(received_on__year__gte=2022).count(),
                "refused": AssessmentRequest.objects.filter(state="refused").count(),
                "issued": AssessmentRequest.objects.filter(
                    state="issued", received_on__year__gte=2023
                ).count(),
                "open": Case.objects.filter(kind="request", closed_on__isnull=True).count(),
                "plans": Plan.objects.as_at(DEMO_DAY).count(),
                "placed": Placement.objects.as_at(DEMO_DAY).filter(rank=1).count(),
                "special": Placement.objects.as_at(DEMO_DAY)
                .filter(establishment__statuses__leaf__startswith="special")
                .count(),
                "named": NamedPlacement.objects.filter(plan_version__period__contains=DEMO_DAY).count(),
                "lines": CostLine.objects.as_at(DEMO_DAY).count(),
                "workers": CaseAssignment.objects.as_at(DEMO_DAY).count(),
            }
        )
    returns, tables = counts
    assert {name: pytest.approx(count, rel=0.06, abs=8) for name, count in returns.items()} == tables


@pytest.mark.usefixtures("fast")
def test_the_command_refuses_to_run_twice_and_says_what_to_do():
    children = Child.objects.count()
    with pytest.raises(CommandError, match="Use --reset"):
        call_command("seed_demo", "--plans", "10", stdout=StringIO())
    assert Child.objects.count() == children


@pytest.mark.usefixtures("fast")
def test_the_command_starts_afresh_when_asked(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    out = StringIO()
    call_command("seed_demo", "--plans", "40", "--fast", "--reset", stdout=out)
    assert Plan.objects.as_at(DEMO_DAY).count() == 40
    assert people.DEMO_PASSWORD in out.getvalue()


@pytest.mark.parametrize("day", ["2019-01-01", "2030-01-01"])
def test_the_command_refuses_a_day_it_cannot_stand_on(db, day):
    with pytest.raises(CommandError, match="Give a day"):
        call_command("seed_demo", "--as-at", day, stdout=StringIO())

"""The settings register: read by column name, updated, followed by date, and refused when it is something else."""

import csv
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from casework.models import Establishment, EstablishmentStatus
from placements.models import Placement
from placements.rules.provision import Leaf
from reporting.returns.gias.columns import NEEDS, READ
from reporting.returns.gias.load import day_of, load
from tests.reporting.returns import factory as f

COLUMNS = [name for _, name, _ in READ] + list(NEEDS)
SCHOOL = {
    "URN": "100001", "UKPRN": "10000001", "LA (code)": "999", "EstablishmentNumber": "1234",
    "EstablishmentName": "St Éloi’s – Test School", "TypeOfEstablishment (code)": "1", "OpenDate": "01-09-1998",
    "EstablishmentStatus (name)": "Open", "SEN1 (name)": "ASD - Autistic Spectrum Disorder", "SEN2 (name)": "Not Applicable",
    "Section41Approved (name)": "Approved", "StatutoryLowAge": "4", "Postcode": "ZZ1 1AA", "SenUnitCapacity": "12",
}  # fmt: skip


def register(path, *schools, columns=COLUMNS, encoding="cp1252"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(schools)
    return path


@pytest.fixture
def loaded(tmp_path, db):
    def one(*schools, day="2026-01-15", **options):
        return load(
            register(tmp_path / "register.csv", *schools, **options), as_at=date.fromisoformat(day), by=None
        )

    return one


def test_a_school_as_the_register_has_it(loaded):
    done = loaded(SCHOOL)
    assert (done.rows, done.added, done.changed, done.same) == (1, 1, 0, 0)
    school = Establishment.objects.get()
    assert (school.urn, school.ukprn, school.name) == (100001, 10000001, "St Éloi’s – Test School")
    assert (school.opened_on, school.closed_on, school.low_age, school.high_age) == (
        date(1998, 9, 1),
        None,
        4,
        None,
    )
    assert (school.section_41, school.unit_capacity, school.in_register) == (True, 12, True)
    assert school.special_needs == ["ASD - Autistic Spectrum Disorder"]
    status = school.statuses.get()
    assert (status.type_code, status.leaf, status.starts_on) == (1, Leaf.MAINSTREAM_MAINTAINED, None)


@pytest.mark.parametrize(
    ("code", "kind", "leaf"),
    [
        ("18", "General Further Education College", Leaf.GENERAL_FE_COLLEGE),
        ("18", "Sixth Form College (General)", Leaf.SIXTH_FORM_COLLEGE),
        ("36", "", Leaf.SPECIAL_FREE_SCHOOL),
        ("10", "", Leaf.SPECIAL_INDEPENDENT),
    ],
)
def test_the_type_gives_the_provision(code, kind, leaf, loaded):
    loaded({**SCHOOL, "TypeOfEstablishment (code)": code, "FurtherEducationType (name)": kind})
    assert EstablishmentStatus.objects.get().leaf == leaf


def test_the_same_file_again_changes_nothing(loaded):
    loaded(SCHOOL)

    def events():
        with connection.cursor() as cursor:
            cursor.execute(
                "select (select count(*) from casework_establishmentevent)"
                " + (select count(*) from casework_establishmentstatusevent)"
            )
            return cursor.fetchone()[0]

    before = events()
    done = loaded(SCHOOL, day="2026-03-01")
    assert (done.added, done.changed, done.same, done.types_changed) == (0, 0, 1, 0)
    assert events() == before


def test_a_school_that_became_another_type_is_followed_by_date(loaded):
    loaded(SCHOOL)
    done = loaded(
        {**SCHOOL, "TypeOfEstablishment (code)": "34", "EstablishmentName": "Test Academy"}, day="2026-04-01"
    )
    assert (done.changed, done.types_changed) == (1, 1)
    old, new = EstablishmentStatus.objects.order_by("pk")
    assert (old.leaf, old.ends_on) == (Leaf.MAINSTREAM_MAINTAINED, date(2026, 3, 31))
    assert (new.leaf, new.starts_on, new.ends_on) == (Leaf.MAINSTREAM_ACADEMY, date(2026, 4, 1), None)


def test_an_older_register_does_not_rewrite_what_came_later(loaded):
    loaded(SCHOOL)
    loaded({**SCHOOL, "TypeOfEstablishment (code)": "34"}, day="2026-04-01")
    loaded(SCHOOL, day="2026-02-01")
    assert EstablishmentStatus.objects.count() == 2
    assert EstablishmentStatus.objects.get(ends_on=None).type_code == 34


def test_columns_in_another_order_and_new_ones(loaded):
    loaded(SCHOOL, columns=["A new column", *reversed(COLUMNS)])
    assert Establishment.objects.get().la_code == "999"


def test_a_file_saved_again_as_utf_8(loaded):
    loaded(SCHOOL, encoding="utf-8-sig")
    assert Establishment.objects.get().name == "St Éloi’s – Test School"


def test_a_setting_named_in_a_return_gets_its_name_and_type(loaded, bring):
    bring([f.person(1, f.held())])
    setting = Establishment.objects.get()
    done = loaded(SCHOOL)
    assert (done.added, done.changed, done.still_unknown) == (0, 1, 0)
    setting.refresh_from_db()
    assert (setting.name, setting.in_register) == ("St Éloi’s – Test School", True)
    assert Placement.objects.get().establishment == setting


def test_a_provider_known_by_ukprn_gets_its_urn(loaded, bring):
    bring([f.person(1, f.held("2021-05-10", f.place("PlanDetail", None, UKPRN="10000001"), live=f.active(
        f.attended(urn=None, UKPRN="10000001"), f.need("ASD"))))])  # fmt: skip
    loaded(SCHOOL)
    assert Establishment.objects.get().urn == 100001


WRONG = {
    "not_the_register": (b"Name,Colour\nA,blue\n", "is not the register"),
    "empty": (b"", "empty"),
    "no_rows": (",".join(f'"{name}"' for name in COLUMNS).encode(), "no settings"),
    "binary": (b"\x50\x4b\x03\x04\x81\x8d\x90", "is not the"),
    "column_missing": (
        ",".join(f'"{name}"' for name in COLUMNS if name != "OpenDate").encode(), "lacks these columns: OpenDate",
    ),
    "cut_short": ((",".join(f'"{name}"' for name in COLUMNS) + "\n100001,1\n").encode(), "cut short"),
    "urn_twice": (
        (",".join(f'"{name}"' for name in COLUMNS) + "\n" + ("100001" + "," * (len(COLUMNS) - 1) + "\n") * 2).encode(),
        "twice",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.django_db
def test_wrong_files_are_refused_in_words(name, tmp_path, capsys):
    content, words = WRONG[name]
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        call_command("load_establishments", str(path))
    assert stopped.value.code == 1
    assert words in capsys.readouterr().err
    assert Establishment.objects.count() == 0


@pytest.mark.django_db
def test_the_command_reads_the_day_from_the_name_and_prints_json(tmp_path, capsys):
    path = register(tmp_path / "edubasealldata20260110.csv", SCHOOL)
    assert day_of(path) == date(2026, 1, 10)
    call_command("load_establishments", str(path), "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["as_at"] == "2026-01-10"
    assert report["added"] == 1

"""Each rule, broken on purpose: which errors stop a person, which queries are kept, and where they are said to be."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.models import Child, ChildIdentifier, Establishment
from placements.models import Placement
from reporting.returns.sen2.form import days
from tests.reporting.conftest import rules
from tests.reporting.returns import factory as f

PLAN = "2021-05-10"


def _placed(*placements):
    return f.held(live=f.active(*placements, f.need("ASD")))


ERRORS = {
    "day_not_real": ("SCH-065", f.person(1, f.refused(), PersonBirthDate="2015-02-30")),
    "day_as_in_words": ("SCH-066", f.person(1, f.refused("3 March 2025"))),
    "day_in_week_form": ("SCH-066", f.person(1, f.refused("2025-W10-1"))),
    "before_birth": ("INF-002", f.person(1, f.refused(), PersonBirthDate="2025-03-04")),
    "future_received": ("WM-001", f.person(1, f.undecided("2026-06-02"))),
    "future_birth": ("WM-001", f.person(1, PersonBirthDate="2026-09-01")),
    "unknown_code": ("SCH-024", f.person(1, f.refused(), Sex="X")),
    "unknown_outcome": ("SCH-030", f.person(1, f.request("2025-03-03", "T", None))),
    "neet_named_in_plan": ("SCH-046", f.person(1, f.held(PLAN, f.place("PlanDetail", None, SENsetting="NEET")))),
    "no_surname": ("SCH-011", f.person(1, f.refused(), Surname=None)),
    "empty_surname": ("SCH-011", f.person(1, f.refused(), Surname=" ")),
    "long_surname": ("WM-002", f.person(1, f.refused(), Surname="x" * 101)),
    "no_birth_date": ("SCH-013", f.person(1, f.refused(), PersonBirthDate=None)),
    "upn_no_upn": ("SCH-060", f.person(1, f.refused(), UPN="H12")),
    "uln_no_uln": ("SCH-061", f.person(1, f.refused(), UniqueLearnerNumber="12345678")),
    "given_twice": ("SCH-002", [*f.person(1, f.refused()), ("Surname", "Other")]),
    "two_assessments": (
        "SCH-006", f.person(1, f.request("2025-03-03", "Y", "2025-04-01", f.assessment("A"), f.assessment("A"))),
    ),
    "no_outcome": ("INF-007", f.person(1, [("ReceivedDate", "2025-03-03")])),
    "decided_before_received": ("INF-008", f.person(1, f.refused("2025-04-07", "2025-03-03"))),
    "refused_without_day": ("GDE-011", f.person(1, f.request("2025-03-03", "N", None))),
    "two_open": ("INF-012", f.person(1, f.undecided(), f.undecided("2025-12-11"))),
    "issued_before_decided": (
        "INF-021", f.person(1, f.request("2025-03-03", "Y", "2025-05-01", f.assessment("N", "2025-04-01"))),
    ),
    "not_issued_without_day": (
        "GDE-018", f.person(1, f.request("2025-03-03", "Y", "2025-04-01", f.assessment("N"))),
    ),
    "issued_without_day": (
        "INF-028", f.person(1, f.request("2025-03-03", "Y", "2025-04-01", f.assessment("Y", None, f.named_plan()))),
    ),
    "plan_without_start": ("INF-030", f.person(1, f.held(None))),
    "ceased_before_start": ("INF-033", f.person(1, f.held("2025-05-10", CeaseDate="2025-05-09", CeaseReason="2"))),
    "ceased_without_reason": ("INF-034", f.person(1, f.held(CeaseDate="2025-05-09"))),
    "plans_overlap": ("INF-046", f.person(1, f.held(), f.held("2023-01-01"))),
    "urn_and_code": ("GDE-030", f.person(1, _placed(f.attended(SENsetting="EHE")))),
    "urn_of_letters": ("SCH-062", f.person(1, _placed(f.attended(urn="ABC")))),
    "two_named_same_rank": (
        "INF-036", f.person(1, f.held(PLAN, f.place("PlanDetail"), f.place("PlanDetail", "100002"))),
    ),
    "no_entry": ("INF-048", f.person(1, _placed(f.attended(None)))),
    "left_before_entry": ("INF-049", f.person(1, _placed(f.attended("2025-01-06", "2025-01-05")))),
    "primary_overlap": (
        "INF-051", f.person(1, _placed(f.attended("2024-09-02"), f.attended("2025-01-06", urn="100002"))),
    ),
    "needs_same_rank": (
        "GDE-043", f.person(1, f.held(live=f.active(f.attended(), f.need("ASD"), f.need("MLD")))),
    ),
    "needs_same": (
        "INF-055", f.person(1, f.held(live=f.active(f.attended(), f.need("ASD"), f.need("ASD", "2")))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_stops_the_import(name, bring, rows):
    rule, broken = ERRORS[name]
    before = rows()
    outcome = bring([f.person(50, f.refused()), broken])

    errors = [one for one in outcome.findings if one.severity == "error"]
    assert rule in [one.rule for one in errors]
    assert all(one.person == 2 and one.line > 0 and one.problem and one.mend for one in errors)
    assert not outcome.written
    assert rows() == before


@pytest.mark.parametrize("name", ERRORS)
def test_the_others_are_imported_when_errors_are_left_out(name, bring):
    _, broken = ERRORS[name]
    outcome = bring([f.person(50, f.refused()), broken], leave_out_errors=True)

    assert outcome.written
    assert list(outcome.left_out) == [2]
    assert Child.objects.get().forename == "Childfa"


QUERIES = {
    "wrong_upn_letter": ("SIB-1510", f.person(1, f.refused(), UPN="A801200001001")),
    "wrong_uln_digit": ("SIB-1575", f.person(1, f.refused(), UniqueLearnerNumber="1000000001")),
    "no_identifier": ("GDE-003", f.person(1, f.refused(), UPN=None)),
    "no_source": ("GDE-009", f.person(1, f.refused(RequestSource=None))),
    "no_postcode": ("GDE-007", f.person(1, f.refused(), PostCode=None)),
    "odd_element": ("WM-101", f.person(1, [*f.refused(), ("Colour", "blue")])),
    "empty_element": ("SCH-010", f.person(1, f.refused(RequestMediation=""))),
    "no_received": ("GDE-008", f.person(1, f.refused(None))),
    "withdrawn_without_day": ("WM-103", f.person(1, f.request("2025-03-03", "W", None))),
    "no_needs": ("INF-054", f.person(1, f.held(live=f.active(f.attended())))),
    "no_active": ("INF-044", f.person(1, f.held()[:2])),
    "no_setting": ("INF-037", f.person(1, _placed(f.attended(urn=None)))),
    "left_on_the_day_of_the_next": (
        "WM-107", f.person(1, _placed(f.attended("2024-09-02", "2025-01-06"), f.attended("2025-01-06", urn="100002"))),
    ),
    "active_elsewhere": (
        "PRA-212", f.person(1, f.held()[:2], [("RequestOutcome", "N"), ("RequestOutcomeDate", "2020-02-03"), f.active()]),
    ),
    "over_25": ("INF-003", f.person(1, f.refused(), PersonBirthDate="1999-05-05")),
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_kept_and_listed(name, bring):
    rule, odd = QUERIES[name]
    outcome = bring([odd])

    assert outcome.findings.errors == 0, list(outcome.findings)
    assert rule in rules(outcome)
    assert outcome.written
    assert Child.objects.count() == 1


def test_a_wrong_check_letter_is_marked_on_the_identifier(bring):
    bring([f.person(1, f.refused(), UPN="A801200001001")])
    identifier = ChildIdentifier.objects.get()
    assert (identifier.value, identifier.query) == ("A801200001001", "Wrong check letter")


def test_an_unknown_urn_is_kept_as_a_setting_and_listed_once(bring):
    outcome = bring([f.person(number, f.held()) for number in (1, 2, 3)])
    setting = Establishment.objects.get()
    assert (setting.urn, setting.in_register, setting.name) == (
        100001, False, "Setting with URN 100001 (not in the register)",
    )  # fmt: skip
    assert Placement.objects.filter(establishment=setting).count() == 3
    (one,) = [one for one in outcome.findings if one.rule == "INF-038"]
    assert "3 persons" in one.problem


def test_the_same_upn_on_two_persons_is_an_error_of_both(bring):
    outcome = bring([f.person(1, f.refused()), f.person(2, f.refused(), UPN=f.upn(1))])
    assert [(one.rule, one.person) for one in outcome.findings] == [("SIB-1520", 1), ("SIB-1520", 2)]
    assert not outcome.written


def test_findings_name_line_person_and_element_but_no_name_or_number(bring, tmp_path):
    outcome = bring(
        [f.person(1, f.refused()), f.person(2, f.refused(), UPN="A801200001001")], check_only=True
    )
    (one,) = list(outcome.findings)
    text = (tmp_path / "return-1.xml").read_text().splitlines()
    assert text[one.line - 1].strip() == "<UPN>A801200001001</UPN>"
    assert (one.person, one.element, one.value) == (2, "UPN", "")
    assert "A801" not in "".join(map(str, one))


def _five_bad_among_500(path):
    people = [
        f.person(number, f.refused(), UPN=None, UniqueLearnerNumber=f.uln(number)) for number in range(1, 501)
    ]
    for at in (0, 99, 250, 251, 499):
        people[at] = f.person(at + 1, f.refused(), UPN=None, PersonBirthDate="2027-01-01")
    return f.write(path, people)


@pytest.mark.django_db
def test_five_bad_persons_among_500_both_ways(tmp_path, capsys, rows):
    path = _five_bad_among_500(tmp_path / "five.xml")
    before = rows()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_sen2", str(path))
    assert stopped.value.code == 1
    said = capsys.readouterr().out
    assert "5 errors in 5 persons" in said
    assert "person 252, PersonBirthDate" in said
    assert rows() == before

    call_command("import_sen2", str(path), "--leave-out-errors", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["written"] is True
    assert report["summary"]["children_added"] == 495
    assert Child.objects.count() == 495

    left = tmp_path / "five.left-out.xml"
    assert report["left_out_file"] == str(left)
    mended = tmp_path / "mended.xml"
    mended.write_text(left.read_text().replace("2027-01-01", "2017-01-01"))
    call_command("import_sen2", str(mended))
    assert Child.objects.count() == 500


@pytest.mark.django_db
def test_the_report_as_csv(tmp_path, capsys):
    path = f.write(tmp_path / "a.xml", [f.person(1, f.refused(RequestSource=None), PostCode="=1+1")])
    call_command("import_sen2", str(path), "--check", "--csv")
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {"GDE-009"} <= {line["rule"] for line in lines}
    assert set(lines[0]) == {"severity", "rule", "line", "person", "element", "value", "problem", "mend"}


@given(text=st.text(st.characters(codec="utf-8"), max_size=12))
@settings(max_examples=200)
def test_only_real_days_are_days(text):
    assert text not in days()


@given(day=st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 12, 31)))
def test_every_real_day_is_known(day):
    assert day.isoformat() in days()

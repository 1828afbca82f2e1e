"""The rules and `docs/domain/deadlines.csv` say the same, row by row."""

import csv
from pathlib import Path

import pytest

from casework.rules.case_kinds import CaseKind
from casework.rules.clock_rule import FixedDay, PublishedDays
from casework.rules.clocks import ENABLED_CODES, RULES, Limit, Sense, Verification, rules_for
from casework.rules.exceptions import ADVISER_GROUNDS, AUTHORITY_GROUNDS
from casework.rules.milestone_facts import FACTS
from casework.rules.milestones import Milestone as M

TABLE = Path(__file__).parents[3] / "docs" / "domain" / "deadlines.csv"
with TABLE.open(encoding="utf-8") as handle:
    ROWS = {row["id"]: row for row in csv.DictReader(handle)}
DUTY_WORDS = {
    "LA": "The authority",
    "LA must allow": "The authority",
    "OLD authority": "The old authority",
    "NEW authority": "The new authority",
}
UNITS = {"weeks": "weeks", "weeks before (minimum)": "weeks", "calendar days": "days", "days": "days"}
UNITS |= {
    "calendar days (minimum)": "days",
    "calendar days (guidance)": "days",
    "working days": "working days",
}
UNITS |= {"months": "months", "months before": "months"}
PLAIN = [rule for rule in RULES.values() if rule.code == rule.csv_row and ROWS[rule.code]["value"].isdigit()]


def test_the_table_was_read():
    assert len(ROWS) == 57
    assert len(PLAIN) > 35


def test_every_row_has_its_rules_and_every_rule_its_row():
    assert {rule.csv_row for rule in RULES.values()} == set(ROWS)
    assert {code for code in RULES if "." in code} == {f"G6.{n}" for n in range(1, 8)} | {
        f"H9.{n}" for n in range(1, 5)
    }


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_source_verification_and_duty_holder_are_those_of_the_table(rule):
    row = ROWS[rule.csv_row]
    assert rule.source == row["legal_source"]
    assert rule.verification == row["verification"]
    assert rule.duty_holder == DUTY_WORDS.get(row["duty_holder"], row["duty_holder"])


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.code)
def test_length_and_unit_are_those_of_the_table(rule):
    row = ROWS[rule.code]
    assert isinstance(rule.limit, Limit)
    assert abs(rule.limit.length) == int(row["value"])
    assert rule.limit.unit == UNITS[row["unit"]]
    assert (rule.limit.length < 0) == ("before" in row["unit"])
    assert (rule.sense is Sense.MINIMUM) == (row["unit"] == "calendar days (minimum)")


def test_rows_without_a_limit_are_steps_and_not_clocks():
    without = {code for code, row in ROWS.items() if row["unit"] in {"no fixed limit", "no separate limit"}}
    assert {rule.code for rule in RULES.values() if rule.limit is None} == without


def test_fixed_and_published_days():
    for code in ("D1", "D2"):
        limit = RULES[code].limit
        assert isinstance(limit, FixedDay)
        months = {2: "February", 3: "March"}
        assert ROWS[code]["value"] == f"{limit.day} {months[limit.month]}"
    published = RULES["J1"].limit
    assert isinstance(published, PublishedDays)
    for census, last in published.days:
        for day in (census, last):
            assert f"{day.day} {day:%B %Y}" in ROWS["J1"]["due"]


def test_only_rows_whose_source_was_read_are_on():
    assert set(RULES) - ENABLED_CODES == {"C11", "H10"}
    for code in set(RULES) - ENABLED_CODES:
        assert RULES[code].verification is Verification.NOT_CONFIRMED
        assert ROWS[code]["verification"] == "not confirmed in this research"


def test_grounds_are_those_the_regulations_list():
    assert {code for code, rule in RULES.items() if rule.grounds == AUTHORITY_GROUNDS} == {
        code for code, row in ROWS.items() if "impractical" in row["effect_of_exception"]
    }
    assert RULES["A5"].grounds == ADVISER_GROUNDS
    assert {code for code, rule in RULES.items() if rule.grounds} == {"A1", "A2", "A5", "A6", "A10", "B2"}


def test_days_counted_with_the_anchor_say_so_in_the_table():
    counted = {
        code for code, rule in RULES.items() if isinstance(rule.limit, Limit) and rule.limit.counts_anchor
    }
    assert counted == {"A8", "C1", "C2", "C8", "E2", "E4", "I1"}
    assert "counts as day 1" in ROWS["A8"]["clock_starts"]
    assert "starting with" in ROWS["C1"]["day_counting"]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_can_start_and_stop_in_each_of_its_cases(rule):
    assert rule.stops
    for case_kind in rule.case_kinds:
        recordable = {kind for kind in M if case_kind in FACTS[kind].case_kinds}
        assert not rule.anchors or recordable & set(rule.anchors), case_kind
        assert recordable & set(rule.stops), case_kind
        assert not rule.requires or recordable & set(rule.requires), case_kind
    assert not set(rule.stops) & set(rule.ends)


def test_every_kind_of_case_has_limits_and_only_known_rows_have_no_case():
    for case_kind in CaseKind:
        assert any(rule.limit for rule in rules_for(case_kind))
    assert {code for code, rule in RULES.items() if not rule.case_kinds} == {"C11", "F5", "J1"}

"""The content of plans as plain values: what is said of it, what is missing, and how two versions differ."""

import dataclasses
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.plan_checks import Weight, check, vague_words, words_of
from casework.rules.plan_content import (
    BudgetRow,
    NeedRow,
    OutcomeRow,
    PlanContent,
    ProvisionRow,
    budget_facts,
    direct_payment_code,
    how_much,
)
from casework.rules.plan_diff import Mark, compare, compare_rows, compare_text
from casework.rules.plan_sections import PROVISION_SECTIONS, SECTIONS, WRITTEN, Section
from casework.rules.plan_shown import Line, ShownRow, show
from tests.casework.plan_words import AMENDED, PLAN


def test_the_sections_are_those_of_regulation_12():
    assert "".join(SECTIONS) == "ABCDEFGH1H2IJK"
    assert set(Section) - set(WRITTEN) == {Section.I}
    assert PROVISION_SECTIONS == (Section.F, Section.G, Section.H1, Section.H2)


@pytest.mark.parametrize(
    ("amount", "unit", "times", "per", "words"),
    [
        (Decimal("45.00"), "minutes", 1, "week", "45 minutes, once a week"),
        (Decimal("1.50"), "hours", 2, "fortnight", "1.5 hours, twice a fortnight"),
        (Decimal(1), "hours", 3, "half_term", "1 hour, 3 times a half term"),
        (Decimal(100), "hours", None, "", "100 hours"),
        (None, "", 6, "term", "6 times a term"),
        (Decimal(500), "pounds", 1, "year", "£500.00, once a year"),
        (None, "", None, "", ""),
    ],
)
def test_how_much_in_words(amount, unit, times, per, words):
    assert how_much(ProvisionRow("k", "F", "x", amount=amount, unit=unit, times=times, per=per)) == words


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), ""),
        ((("E", "direct"),), "E"),
        ((("S", "direct"), ("E", "organised")), "S"),
        ((("S", "direct"), ("E", "direct")), "I"),
        ((("H", "third_party"),), ""),
    ],
)
def test_what_direct_payments_cover(rows, code):
    budget = tuple(BudgetRow(str(number), part, way, "x") for number, (part, way) in enumerate(rows))
    assert direct_payment_code(budget) == code
    assert budget_facts(budget)["personal_budget"] is bool(rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Access to a quiet room as required, and access to help", ["Access to", "as required"]),
        ("Regular breaks", ["Regular"]),
        ("An irregular verb; accessible toilets; the group of up to four", ["up to"]),
        ("Opportunities for play where\nappropriate", ["Opportunities for"]),
        ("Fifteen minutes of reading with a teacher every day", []),
    ],
)
def test_vague_words(text, found):
    assert vague_words(text) == found


def findings(**different):
    return {
        (finding.section, finding.row, finding.weight)
        for finding in check(dataclasses.replace(PLAN, **different))
    }


def test_a_careful_plan_gives_nothing_to_say():
    assert check(PLAN) == []
    assert words_of(check(PLAN)) == "nothing found"


def test_an_empty_plan_misses_every_section():
    found = check(PlanContent())
    assert [finding.section for finding in found] == list(WRITTEN)
    assert words_of(found) == "11 things missing"


F, B, E = Section.F, Section.B, Section.E
MISSING, LOOK = Weight.MISSING, Weight.LOOK


@pytest.mark.parametrize(
    ("different", "found"),
    [
        ({"provision": PLAN.provision[:1]}, {(B, "Need 2", MISSING)}),
        ({"needs": (PLAN.needs[0], dataclasses.replace(PLAN.needs[1], kind="SLCN"))}, {(B, "Need 2", MISSING)}),
        ({"needs": (dataclasses.replace(PLAN.needs[0], kind=""), PLAN.needs[1])}, {(B, "Need 1", MISSING)}),
        ({"outcomes": (dataclasses.replace(PLAN.outcomes[0], by_when=" "), PLAN.outcomes[1])}, {(E, "Outcome 1", MISSING)}),
        ({"outcomes": (dataclasses.replace(PLAN.outcomes[0], steps=""), PLAN.outcomes[1])}, {(E, "Outcome 1", LOOK)}),
        ({"provision": (dataclasses.replace(PLAN.provision[0], who=""), PLAN.provision[1])},
         {(F, "Provision F1", MISSING)}),
        ({"provision": (dataclasses.replace(PLAN.provision[0], amount=None, unit=""), PLAN.provision[1])},
         {(F, "Provision F1", LOOK)}),
        ({"provision": (dataclasses.replace(PLAN.provision[0], amount=None, unit="", times=None, per=""),
                        PLAN.provision[1])}, {(F, "Provision F1", MISSING)}),
        ({"provision": (dataclasses.replace(PLAN.provision[0], what="Regular therapy"), PLAN.provision[1])},
         {(F, "Provision F1", LOOK)}),
        ({"advice": PLAN.advice[:4]}, {(Section.K, "", LOOK)}),
        ({"budget": (BudgetRow("k", "E", "direct", "A helper"),)}, {(Section.J, "Part 1", MISSING)}),
        ({"budget": (BudgetRow("k", "E", "organised", "A helper"),)}, set()),
        ({"words": {**PLAN.words, "F": "Support as needed"}}, {(F, "", LOOK)}),
    ],
)  # fmt: skip
def test_what_is_missing_or_vague(different, found):
    assert findings(**different) == found


@pytest.mark.parametrize(("year", "what", "said"), [(8, "Therapy", False), (9, "Therapy", True),
                                                    (11, "Travel training towards independence", False)])  # fmt: skip
def test_from_year_9_provision_prepares_for_adulthood(year, what, said):
    content = dataclasses.replace(
        PLAN, provision=(dataclasses.replace(PLAN.provision[0], what=what), PLAN.provision[1])
    )
    assert any("adulthood" in finding.words for finding in check(content, nc_year=year)) is said


# Comparing.

TEXTS = st.text(alphabet=st.sampled_from("abé .,’-\n\r\tß1"), max_size=60) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_applying_a_comparison_gives_both_texts_back(older, newer):
    segments = compare_text(older, newer)
    assert "".join(one.text for one in segments if one.mark is not Mark.ADDED) == older
    assert "".join(one.text for one in segments if one.mark is not Mark.REMOVED) == newer
    assert all(one.text for one in segments)
    assert all(one.mark is not two.mark for one, two in itertools.pairwise(segments))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(segment.mark is Mark.KEPT for segment in compare_text(text, text))


ROWS = st.lists(st.tuples(st.sampled_from("abcdefg"), TEXTS), max_size=6, unique_by=lambda row: row[0])


def shown(rows):
    return [
        ShownRow(key, f"Outcome {number}", (Line("Outcome", text),))
        for number, (key, text) in enumerate(rows, 1)
    ]


@given(ROWS, ROWS)
def test_every_row_is_compared_once_and_in_the_order_of_the_newer(older, newer):
    before, after = shown(older), shown(newer)
    rows = compare_rows(before, after)
    assert [row.name for row in rows if row.mark is not Mark.REMOVED] == [row.name for row in after]
    removed = {row.key for row in before} - {row.key for row in after}
    assert sum(row.mark is Mark.REMOVED for row in rows) == len(removed)
    added = {row.key for row in after} - {row.key for row in before}
    assert sum(row.mark is Mark.ADDED for row in rows) == len(added)
    texts = dict(older)
    unchanged = sum(texts.get(key) == text for key, text in newer)
    assert sum(row.mark is Mark.KEPT for row in rows) == unchanged


def test_words_are_marked_whole_and_spaces_go_with_them():
    marked = [(one.mark, one.text) for one in compare_text("45 minutes a week", "60 long minutes a term")]
    assert marked == [
        (Mark.REMOVED, "45"),
        (Mark.ADDED, "60 long"),
        (Mark.KEPT, " minutes a "),
        (Mark.REMOVED, "week"),
        (Mark.ADDED, "term"),
    ]


def test_a_plan_and_its_amendment():
    compared = compare(show(PLAN, need_words={}), show(AMENDED, need_words={}))
    assert {section.letter: section.summary for section in compared if section.changed} == {
        Section.A: "words changed",
        Section.E: "1 row added, 1 row removed, 1 row changed",
        Section.F: "2 rows changed",
        Section.J: "words changed, 1 row added",
    }
    outcomes = next(section for section in compared if section.letter is Section.E)
    assert [(row.mark, row.name) for row in outcomes.rows] == [
        (Mark.CHANGED, "Outcome 1"),
        (Mark.REMOVED, "Outcome 2"),
        (Mark.ADDED, "Outcome 2"),
    ]


def test_a_row_that_moved_says_what_it_was():
    first, second = OutcomeRow("a", "Read"), OutcomeRow("b", "Swim")
    compared = compare(
        show(PlanContent(outcomes=(first, second)), need_words={}),
        show(PlanContent(outcomes=(second,)), need_words={}),
    )
    [removed, moved] = next(one for one in compared if one.letter is Section.E).rows
    assert (removed.name, removed.mark) == ("Outcome 1", Mark.REMOVED)
    assert (moved.name, moved.was, moved.mark) == ("Outcome 1", "Outcome 2", Mark.KEPT)


def test_a_need_is_shown_with_the_words_of_its_type():
    [_, needs, *_] = show(
        PlanContent(needs=(NeedRow("k", "Reads slowly", "SPLD"),)), need_words={"SPLD": "Specific"}
    )
    assert [line.text for line in needs.rows[0].rest] == ["Specific"]

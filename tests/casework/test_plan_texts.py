"""Writing, serving and finishing the text of a plan through the services; what the database refuses."""

import dataclasses
import datetime
import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from casework.models import (
    Answer,
    CaseKind,
    MilestoneKind,
    Need,
    PlanSection,
    PlanText,
    PlanVersion,
    Stage,
    TextState,
)
from casework.queries.plan_texts import content_of, sections_of
from casework.rules.plan_sections import Section
from casework.services import amendments, milestones, plan_serving, plan_texts, plans, reviews
from casework.services.plan_texts import SectionChanged
from casework.services.refusals import Refused
from tests.casework.plan_words import AMENDED, PLAN
from tests.factories.cases import CaseFactory, MilestoneFactory, PlanFactory, PlanVersionFactory
from tests.factories.people import UserFactory
from tests.factories.plans import (
    PlanAdviceFactory,
    PlanBudgetPartFactory,
    PlanNeedFactory,
    PlanOutcomeFactory,
    PlanProvisionFactory,
    PlanSectionFactory,
    PlanTextFactory,
)

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)
NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)


@pytest.fixture
def case(log_request, caseworker):
    """A request that was decided and is waiting for its plan."""
    case = log_request()
    for kind, day in ((M.DECIDED_TO_ASSESS, D(2025, 7, 1)), (M.DECIDED_TO_ISSUE, D(2025, 9, 1))):
        milestones.record(case=case, kind=kind, happened_on=day, by=caseworker, on=ON)
    return case


@pytest.fixture
def draft(case, caseworker):
    return plan_texts.write_whole(case=case, content=PLAN, by=caseworker)


def issue(case, caseworker, **different):
    facts = {
        "case": case, "issued_on": D(2025, 10, 10), "primary_need": Need.SLCN, "secondary_need": Need.ASD,
        "by": caseworker, "on": ON,
    }  # fmt: skip
    return plans.issue_final(**facts | different)


@pytest.fixture
def final(case, draft, caseworker):
    plan_serving.serve(text=draft, served_on=D(2025, 9, 15), by=caseworker, on=ON)
    return issue(case, caseworker)


@pytest.fixture
def review(final, caseworker):
    """The review of the plan, held and decided: amend."""
    case = reviews.review_of(final.plan, on=ON, by=caseworker).case
    reviews.hold_meeting(case=case, held_on=D(2026, 5, 5), by=caseworker, on=ON)
    reviews.decide(
        case=case, answer=Answer.AMEND, reasons="Outcomes met.", decided_on=D(2026, 5, 19), told_on=D(2026, 5, 20),
        by=caseworker, on=ON,
    )  # fmt: skip
    return case


def words(text):
    return {section.letter: section.words for section in text.sections.all()}


def plain(text):
    """The content without keys, which are the database's own."""
    return [
        (section.letter, section.words, [row.lines for row in section.rows]) for section in sections_of(text)
    ]


def test_a_whole_plan_is_written_in_one_call(draft):
    content = content_of(draft)
    assert content.words["A"] == PLAN.words["A"]
    assert [row.words for row in content.needs] == [row.words for row in PLAN.needs]
    therapy = content.provision[0]
    assert therapy.needs == (content.needs[0].key,)
    assert therapy.outcomes == (content.outcomes[0].key,)
    shown = {section.letter: section for section in sections_of(draft)}
    assert [(line.label, line.text) for line in shown["F"].rows[0].rest] == [
        ("Who provides it", "A speech and language therapist with experience of autism"),
        ("How much and how often", "45 minutes, once a week"),
        ("How", "Face to face, one to one"),
        ("Meets", "Need 1, Outcome 1"),
    ]


def test_writing_it_again_changes_it_and_keeps_the_rows_known(draft, case, caseworker):
    before = content_of(draft)
    again = plan_texts.write_whole(case=case, content=AMENDED, by=caseworker)
    assert again.pk == draft.pk
    after = content_of(PlanText.objects.get(pk=draft.pk))
    assert [row.key for row in after.needs] == [row.key for row in before.needs]
    assert after.outcomes[0].key == before.outcomes[0].key
    assert after.outcomes[1].key not in {row.key for row in before.outcomes}


def test_starting_twice_goes_on_with_the_same_draft(case, caseworker):
    assert plan_texts.start(case=case, by=caseworker) == plan_texts.start(case=case, by=caseworker)


def test_no_plan_is_written_in_an_appeal(caseworker, db):
    with pytest.raises(Refused, match="No plan is written in this case"):
        plan_texts.start(case=CaseFactory(kind=CaseKind.APPEAL), by=caseworker)


def test_no_plan_is_written_in_a_closed_case(case, caseworker):
    milestones.record(case=case, kind=M.MOVED_AWAY, happened_on=D(2025, 9, 20), by=caseworker, on=ON)
    with pytest.raises(Refused, match="This case is closed"):
        plan_texts.start(case=case, by=caseworker)


def test_serving_seals_the_draft_and_starts_the_fifteen_days(draft, case, caseworker):
    served = plan_serving.serve(text=draft, served_on=D(2025, 9, 15), by=caseworker, on=ON)
    assert (served.state, served.served_as.happened_on) == (TextState.SERVED, D(2025, 9, 15))
    # Day 1 is the day they had it: 15 to 29 September.
    assert case.clocks.get(rule_code="A8").due_on == D(2025, 9, 29)
    with pytest.raises(Refused, match="can no longer be changed"):
        plan_texts.save_section(text=served, section=Section.A, words="No", rows=(), by=caseworker)
    with pytest.raises(Refused, match="can no longer be changed"):
        plan_serving.serve(text=served, served_on=D(2025, 9, 16), by=caseworker, on=ON)


def test_a_draft_recorded_as_served_before_is_not_recorded_twice(draft, case, caseworker):
    milestones.record(case=case, kind=M.DRAFT_PLAN_SERVED, happened_on=D(2025, 9, 15), by=caseworker, on=ON)
    plan_serving.serve(text=draft, served_on=D(2025, 9, 15), by=caseworker, on=ON)
    assert case.milestones.filter(kind=M.DRAFT_PLAN_SERVED).count() == 1


def test_the_final_plan_has_the_words_that_were_served(final, draft):
    assert final.text.state == TextState.FINAL
    assert final.text.based_on == draft
    assert plain(final.text) == plain(draft)
    assert draft.plan_version_id is None


def test_the_final_plan_has_the_words_changed_after_representations(draft, case, caseworker):
    plan_serving.serve(text=draft, served_on=D(2025, 9, 15), by=caseworker, on=ON)
    said = plan_serving.record_representations(
        case=case, received_on=D(2025, 9, 25), words="Twice a week, please.", by=caseworker, on=ON
    )
    assert said.note == "Twice a week, please."
    changed = plan_texts.start(case=case, by=caseworker)
    assert plain(changed) == plain(draft)
    plan_texts.save_section(text=changed, section=Section.C, words="Asthma.", rows=(), by=caseworker)
    version = issue(case, caseworker)
    assert version.text == changed
    assert (words(version.text)["C"], words(draft)["C"]) == ("Asthma.", "None identified.")


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"words": "  "}, "Enter what the family said"),
        ({}, "No draft is recorded as sent"),
    ],
)
def test_representations_that_are_refused(case, caseworker, facts, message):
    with pytest.raises(Refused, match=message):
        plan_serving.record_representations(
            **{"case": case, "received_on": D(2025, 9, 25), "words": "More", "by": caseworker, "on": ON}
            | facts
        )


def test_a_plan_may_be_issued_without_a_text(case, caseworker):
    version = issue(case, caseworker, primary_need=Need.MLD)
    assert not PlanText.objects.filter(plan_version=version).exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"primary_need": Need.MLD}, "puts “Speech, language and communication needs” first"),
        ({"secondary_need": Need.MLD}, "puts “Autistic spectrum disorder” second"),
    ],
)
def test_needs_unlike_the_draft_are_refused_and_nothing_is_kept(draft, case, caseworker, given, message):
    with pytest.raises(Refused, match=message):
        issue(case, caseworker, **given)
    assert not PlanVersion.objects.exists()
    assert not case.milestones.filter(kind=M.FINAL_PLAN_ISSUED).exists()


def test_a_review_starts_from_the_plan_in_force_and_ends_in_its_own_words(review, final, caseworker):
    draft = plan_texts.start(case=review, by=caseworker)
    assert draft.based_on == final.text
    assert plain(draft) == plain(final.text)
    plan_texts.write_whole(case=review, content=AMENDED, by=caseworker)
    served = plan_serving.serve(
        text=draft, served_on=D(2026, 5, 22), reached_on=D(2026, 5, 26), by=caseworker, on=ON
    )
    assert served.plan_version.stage == Stage.PROPOSED
    assert review.clocks.get(rule_code="C8").due_on == D(2026, 6, 9)
    amended = amendments.issue_final(case=review, issued_on=D(2026, 6, 15), by=caseworker, on=ON)
    assert plain(amended.text) == plain(served)
    assert (amended.primary_need, amended.secondary_need) == ("SLCN", "ASD")
    assert (amended.personal_budget, amended.organised_arrangements, amended.direct_payment) == (
        True,
        False,
        "E",
    )
    assert words(final.text)["A"] == PLAN.words["A"]


def test_a_notice_recorded_as_a_step_seals_the_draft_too(review, caseworker):
    draft = plan_texts.start(case=review, by=caseworker)
    proposed = amendments.send_notice(case=review, sent_on=D(2026, 5, 22), by=caseworker, on=ON)
    draft.refresh_from_db()
    assert (draft.state, draft.plan_version) == (TextState.SERVED, proposed)


def test_words_written_after_the_notice_are_joined_to_it(review, caseworker):
    proposed = amendments.send_notice(case=review, sent_on=D(2026, 5, 22), by=caseworker, on=ON)
    draft = plan_texts.start(case=review, by=caseworker)
    served = plan_serving.serve(text=draft, served_on=D(2026, 5, 22), by=caseworker, on=ON)
    assert served.plan_version == proposed
    assert review.milestones.filter(kind=M.AMENDMENT_NOTICE_SENT).count() == 1


def test_a_decision_not_to_amend_sets_the_draft_aside(review, caseworker):
    plan_serving.serve(
        text=plan_texts.start(case=review, by=caseworker), served_on=D(2026, 5, 22), by=caseworker, on=ON
    )
    again = plan_texts.start(case=review, by=caseworker)
    amendments.decide_not_to_amend(
        case=review, reasons="The school will do it.", decided_on=D(2026, 6, 10), told_on=D(2026, 6, 10),
        by=caseworker, on=ON,
    )  # fmt: skip
    again.refresh_from_db()
    assert again.state == TextState.SET_ASIDE


def test_the_words_of_a_plan_issued_elsewhere_are_entered_once(caseworker, child):
    version = PlanVersionFactory(plan=PlanFactory(child=child))
    text = plan_texts.enter_text(plan_version=version, content=PLAN, by=caseworker)
    assert (text.state, text.case) == (TextState.FINAL, None)
    assert words(text)["A"] == PLAN.words["A"]
    with pytest.raises(Refused, match="already has its text"):
        plan_texts.enter_text(plan_version=version, content=PLAN, by=caseworker)


def test_the_second_of_two_people_is_told_and_given_both_texts(draft, caseworker):
    other = UserFactory(name="Sorrel Marchbank")
    read = PlanSection.objects.get(text=draft, letter="A").version
    plan_texts.save_section(text=draft, section=Section.A, words="Sorrel’s", rows=(), by=other, version=read)
    with pytest.raises(SectionChanged, match="Sorrel Marchbank saved section A") as told:
        plan_texts.save_section(
            text=draft, section=Section.A, words="Wren’s", rows=(), by=caseworker, version=read
        )
    assert told.value.theirs.words["A"] == "Sorrel’s"
    assert words(draft)["A"] == "Sorrel’s"
    plan_texts.save_section(
        text=draft, section=Section.A, words="Both", rows=(), by=caseworker, version=told.value.version
    )


def test_another_section_may_be_saved_meanwhile(draft, caseworker):
    read = {section.letter: section.version for section in draft.sections.all()}
    for letter in (Section.A, Section.C):
        plan_texts.save_section(
            text=draft, section=letter, words=letter, rows=(), by=caseworker, version=read[letter]
        )


@pytest.mark.django_db(transaction=True)
def test_two_drafts_begun_at_once_are_one(caseworker, case):
    begun = []

    def begin():
        try:
            begun.append(plan_texts.start(case=case, by=caseworker).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(begun), len(set(begun))) == (4, 1)


# What the database refuses, whoever writes.


PARTS = [
    PlanSectionFactory, PlanNeedFactory, PlanOutcomeFactory, PlanProvisionFactory, PlanBudgetPartFactory, PlanAdviceFactory,
]  # fmt: skip
SEALED = "This text of a plan is sealed"


@pytest.fixture
def sealed(db):
    text = PlanTextFactory()
    parts = [factory(text=text) for factory in PARTS]
    plan_texts.set_aside(case=text.case, by=UserFactory())
    text.refresh_from_db()
    return text, parts


@pytest.mark.parametrize("number", range(len(PARTS)))
@pytest.mark.parametrize("how", ["change", "remove", "add"])
def test_no_part_of_a_sealed_text_can_be_changed(sealed, number, how):
    text, parts = sealed
    part = parts[number]
    rows = type(part).objects.filter(pk=part.pk)
    worded = isinstance(part, PlanSection)
    ways = {
        "remove": rows.delete,
        "change": lambda: rows.update(**{"version" if worded else "position": 9}),
        "add": lambda: PARTS[number](text=text, **({"letter": "C"} if worded else {"position": 2})),
    }
    with pytest.raises(IntegrityError, match=SEALED), transaction.atomic():
        ways[how]()


def test_a_part_cannot_be_moved_out_of_or_into_a_sealed_text(sealed):
    text, parts = sealed
    other = PlanNeedFactory(text=PlanTextFactory())
    for row, target in ((parts[1], other.text), (other, text)):
        with pytest.raises(IntegrityError, match=SEALED), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(text=target, position=7)


@pytest.mark.parametrize("how", ["reopen", "remove"])
def test_a_sealed_text_cannot_be_reopened(sealed, how):
    rows = PlanText.objects.filter(pk=sealed[0].pk)
    with pytest.raises(IntegrityError, match=SEALED), transaction.atomic():
        rows.update(state="writing", sealed_at=None) if how == "reopen" else rows._raw_delete("default")


@pytest.mark.parametrize(
    ("factory", "facts", "constraint"),
    [
        (PlanTextFactory, {"state": "lost", "sealed_at": NOON}, "plan_text_state_known"),
        (PlanTextFactory, {"state": "final", "sealed_at": NOON}, "plan_text_final_is_of_a_version"),
        (PlanTextFactory, {"state": "served", "sealed_at": NOON}, "plan_text_served_says_when"),
        (PlanTextFactory, {"state": "set_aside"}, "plan_text_sealed_when_not_written"),
        (PlanSectionFactory, {"letter": "I"}, "plan_section_letter_known"),
        (PlanNeedFactory, {"words": ""}, "plan_need_says_what"),
        (PlanNeedFactory, {"kind": "XYZ"}, "plan_need_kind_known"),
        (PlanNeedFactory, {"area": "other"}, "plan_need_area_known"),
        (PlanOutcomeFactory, {"outcome": ""}, "plan_outcome_says_what"),
        (PlanProvisionFactory, {"what": ""}, "plan_provision_says_what"),
        (PlanProvisionFactory, {"section": "B"}, "plan_provision_section_known"),
        (PlanProvisionFactory, {"unit": "minutes"}, "plan_provision_amount_has_a_unit"),
        (PlanProvisionFactory, {"amount": 3}, "plan_provision_amount_has_a_unit"),
        (PlanProvisionFactory, {"amount": 0, "unit": "hours"}, "plan_provision_amount_has_a_unit"),
        (PlanProvisionFactory, {"amount": 1, "unit": "cups"}, "plan_provision_unit_known"),
        (PlanProvisionFactory, {"times": 1, "per": "moon"}, "plan_provision_per_known"),
        (PlanProvisionFactory, {"per": "week"}, "plan_provision_times_in_a_time"),
        (PlanProvisionFactory, {"times": 1}, "plan_provision_times_in_a_time"),
        (PlanProvisionFactory, {"starts_on": D(2026, 2, 2), "ends_on": D(2026, 2, 1)}, "plan_provision_days_in_order"),
        (PlanBudgetPartFactory, {"part": "X"}, "plan_budget_part_known"),
        (PlanBudgetPartFactory, {"way": "cash"}, "plan_budget_part_way_known"),
        (PlanBudgetPartFactory, {"what": ""}, "plan_budget_part_says_what"),
        (PlanBudgetPartFactory, {"amount": -1}, "plan_budget_part_not_negative"),
        (PlanAdviceFactory, {"source": "rumour"}, "plan_advice_source_known"),
    ],
)  # fmt: skip
def test_a_constraint_holds(db, factory, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**facts)


def test_a_text_being_written_is_not_sent(db):
    with pytest.raises(IntegrityError, match="plan_text_being_written_is_not_sent"), transaction.atomic():
        PlanTextFactory(served_as=MilestoneFactory())


@pytest.mark.parametrize(
    ("factory", "facts", "constraint"),
    [
        (PlanSectionFactory, {}, "plan_section_once"),
        (PlanNeedFactory, {}, "plan_need_position_once"),
        (PlanOutcomeFactory, {}, "plan_outcome_position_once"),
        (PlanProvisionFactory, {}, "plan_provision_position_once"),
        (PlanBudgetPartFactory, {}, "plan_budget_part_position_once"),
        (PlanAdviceFactory, {}, "plan_advice_position_once"),
    ],
)
def test_a_place_in_a_text_is_taken_once(db, factory, facts, constraint):
    first = factory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(text=first.text, **facts)


@pytest.mark.parametrize(
    "factory",
    [PlanNeedFactory, PlanOutcomeFactory, PlanProvisionFactory, PlanBudgetPartFactory, PlanAdviceFactory],
)
def test_a_row_is_in_a_text_once(db, factory):
    first = factory()
    with pytest.raises(IntegrityError, match="key_once"), transaction.atomic():
        factory(text=first.text, position=2, key=first.key)


def test_a_case_has_one_text_being_written(db):
    first = PlanTextFactory()
    with pytest.raises(IntegrityError, match="plan_text_one_being_written"), transaction.atomic():
        PlanTextFactory(case=first.case, number=2)
    with pytest.raises(IntegrityError, match="plan_text_number_once"), transaction.atomic():
        PlanTextFactory(case__child=first.child, case__kind=CaseKind.ANNUAL_REVIEW)


def test_the_history_of_every_word_is_kept(draft, caseworker):
    events = apps.get_model("casework", "PlanSectionEvent").objects.filter(letter="A", text_id=draft.pk)
    assert "Rowan likes building" in events.latest("pgh_id").words


def test_only_what_changed_is_in_the_history(draft, case, caseworker):
    events = apps.get_model("casework", "PlanProvisionEvent").objects.filter(text_id=draft.pk)
    before = events.count()
    content = content_of(draft)
    swapped = dataclasses.replace(content.provision[1], times=3), content.provision[0]
    plan_texts.save_section(text=draft, section=Section.F, words="", rows=content.provision, by=caseworker)
    assert events.count() == before
    plan_texts.save_section(text=draft, section=Section.F, words="", rows=swapped, by=caseworker)
    assert sorted(events.values_list("pgh_label", flat=True))[-2:] == ["update", "update"]
    assert events.count() == before + 2
    after = content_of(PlanText.objects.get(pk=draft.pk)).provision
    assert [(row.what, row.times) for row in after] == [(row.what, row.times) for row in swapped]

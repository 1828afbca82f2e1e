"""What the database refuses, whatever a service let through."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from casework.models import Appeal, Mediation, TribunalDirection, TribunalHearing, TribunalOrder
from tests.factories.cases import MilestoneFactory
from tests.factories.disagreements import (
    AppealFactory,
    MediationFactory,
    TribunalDirectionFactory,
    TribunalHearingFactory,
    TribunalOrderFactory,
)

D = datetime.date


@pytest.mark.parametrize(
    ("factory", "facts", "constraint"),
    [
        (MediationFactory, {"against": "nothing"}, "mediation_against_known"),
        (MediationFactory, {"about": "weather"}, "mediation_about_known"),
        (AppealFactory, {"against": "nothing"}, "appeal_against_known"),
        (AppealFactory, {"sections": "FB"}, "appeal_sections_known"),
        (AppealFactory, {"sections": ""}, "appeal_contents_names_sections"),
        (AppealFactory, {"against": "refuse_assess", "sections": "B"}, "appeal_sections_of_a_plan"),
        (
            AppealFactory,
            {"against": "refuse_assess", "sections": "", "asks_health": True},
            "appeal_to_assess_asks_no_recommendation",
        ),
        (TribunalDirectionFactory, {"kind": "nothing"}, "direction_kind_known"),
        (TribunalDirectionFactory, {"text": ""}, "direction_says_what"),
        (
            TribunalDirectionFactory,
            {"done_on": D(2026, 4, 1), "dropped_because": "x"},
            "direction_done_or_dropped",
        ),
        (TribunalHearingFactory, {"kind": "nothing"}, "hearing_kind_known"),
        (TribunalHearingFactory, {"outcome": "nothing"}, "hearing_outcome_known"),
        (TribunalOrderFactory, {"kind": "nothing"}, "order_kind_known"),
        (TribunalOrderFactory, {"terms": ""}, "order_has_terms"),
    ],
)
def test_each_constraint(db, factory, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**facts)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [
        (MediationFactory, "mediation_one_open_of_a_decision"),
        (AppealFactory, "appeal_one_open_of_a_decision"),
    ],
)
def test_one_open_case_of_a_decision(db, factory, constraint):
    decision = MilestoneFactory(kind="final_plan_issued")
    first = factory(decision=decision)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(decision=decision)
    type(first).objects.filter(pk=first.pk).update(is_open=False)
    factory(decision=decision)
    # Two about decisions that are not recorded here do not stand in each other's way.
    factory(decision=None)
    factory(decision=None)


def test_a_reference_of_the_tribunal_belongs_to_one_appeal(db):
    AppealFactory(tribunal_reference="EH000/26/00001")
    with pytest.raises(IntegrityError, match="appeal_reference_once"), transaction.atomic():
        AppealFactory(tribunal_reference="EH000/26/00001")
    AppealFactory()
    AppealFactory()


def test_one_hearing_a_day_unless_it_was_vacated(db):
    hearing = TribunalHearingFactory()
    with pytest.raises(IntegrityError, match="hearing_one_a_day"), transaction.atomic():
        TribunalHearingFactory(case=hearing.case, listed_for=hearing.listed_for)
    TribunalHearing.objects.update(outcome="vacated")
    TribunalHearingFactory(case=hearing.case, listed_for=hearing.listed_for)


def test_constraints_speak_in_words(db):
    worded = {
        constraint.name: constraint.violation_error_message
        for model in (Mediation, Appeal, TribunalDirection, TribunalHearing, TribunalOrder)
        for constraint in model._meta.constraints
        if not constraint.name.endswith("_known")
    }
    assert all(not words.startswith("Constraint") for words in worded.values()), worded

"""The database refuses rows about advice and panels that slip past the services."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.casework.conftest import MONDAY
from tests.factories.advice import (
    AdviceChaseFactory,
    AdviceReminderFactory,
    AdviceRequestFactory,
    ExistingAdviceFactory,
    PanelMeetingFactory,
    PanelOutcomeFactory,
)
from tests.factories.cases import DecisionFactory


def day(number):
    return MONDAY + datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("advice_body_known", lambda: AdviceRequestFactory(body="witness")),
        ("advice_end_known", lambda: AdviceRequestFactory(ended_on=MONDAY, ended_because="tired")),
        ("advice_ended_with_a_reason", lambda: AdviceRequestFactory(ended_on=MONDAY)),
        ("advice_ended_with_a_reason", lambda: AdviceRequestFactory(ended_because="withdrawn")),
        ("advice_received_after_asked", lambda: AdviceRequestFactory(received_on=MONDAY)),
        ("advice_received_after_asked", lambda: AdviceRequestFactory(asked_on=MONDAY, received_on=day(-1))),
        ("advice_due_after_asked", lambda: AdviceRequestFactory(asked_on=MONDAY, due_on=day(-1))),
        ("advice_one_open_request_to_a_body", lambda: AdviceRequestFactory(case=AdviceRequestFactory().case)),
        ("existing_advice_named", lambda: ExistingAdviceFactory(what="")),
        ("existing_advice_family_with_a_name", lambda: ExistingAdviceFactory(family_agreed_on=MONDAY)),
        ("existing_advice_adviser_with_a_name", lambda: ExistingAdviceFactory(adviser_agreed_by="Fern")),
        ("existing_advice_authority_with_a_name", lambda: ExistingAdviceFactory(authority_agreed_by="Fern")),
        (
            "existing_advice_accepted_by_all_three",
            lambda: ExistingAdviceFactory(
                accepted_on=MONDAY, adviser_agreed_on=MONDAY, adviser_agreed_by="Fern", family_agreed_on=MONDAY,
                family_agreed_by="Reed",
            ),
        ),
        ("chase_means_known", lambda: AdviceChaseFactory(means="pigeon")),
        ("chase_again_later", lambda: AdviceChaseFactory(chased_on=MONDAY, next_on=MONDAY)),
        ("reminder_made_when_due", lambda: AdviceReminderFactory(for_day=day(1), made_on=MONDAY)),
        ("reminder_once_for_a_day", lambda: AdviceReminderFactory(advice=AdviceReminderFactory().advice)),
        ("panel_has_members", lambda: PanelMeetingFactory(members=[])),
        ("panel_sits_once_a_day", lambda: PanelMeetingFactory(name=PanelMeetingFactory().name)),
        ("panel_question_known", lambda: PanelOutcomeFactory(question="fund")),
        ("panel_recommendation_known", lambda: PanelOutcomeFactory(recommendation="wait")),
        ("panel_outcome_with_reasons", lambda: PanelOutcomeFactory(reasons="")),
        ("panel_departure_has_a_decision", lambda: PanelOutcomeFactory(departed_because="Another view")),
        (
            "panel_hears_a_question_once",
            lambda: PanelOutcomeFactory(
                meeting=(first := PanelOutcomeFactory()).meeting, case=first.case
            ),
        ),
        (
            "casework_paneloutcome_decision_id",
            lambda: PanelOutcomeFactory(decision=PanelOutcomeFactory(decision=DecisionFactory()).decision),
        ),
    ],
)  # fmt: skip
def test_constraints(db, constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()

"""Logging a request, and what it refuses."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from casework.models import AssessmentRequest, Case, CaseKind, MilestoneKind, RequestSource, RequestState
from casework.services import milestones
from casework.services.refusals import OpenRequest, Refused
from tests.casework.conftest import MONDAY
from tests.factories.cases import CaseFactory
from tests.factories.children import AreaFactory, ChildFactory


def test_the_three_dates_run_from_the_day_of_receipt(log_request):
    """The worked example of the statutory process: 2 June 2025 gives 14 July, 22 September and 20 October."""
    case = log_request()
    due = dict(case.clocks.values_list("rule_code", "due_on"))
    assert due == {
        "A1": datetime.date(2025, 7, 14),
        "A6": datetime.date(2025, 9, 22),
        "A10": datetime.date(2025, 10, 20),
    }
    assert (case.request.state, case.request.received_on) == (RequestState.UNDECIDED, MONDAY)
    assert case.opened_on == MONDAY


def test_brought_to_attention_runs_from_becoming_responsible(log_request):
    case = log_request(source=RequestSource.HEALTH, brought_to_attention=True)
    assert case.milestones.get().kind == MilestoneKind.RESPONSIBILITY_BEGAN
    assert set(case.clocks.values_list("rule_code", flat=True)) == {"A2", "A6", "A10"}


def test_the_request_takes_the_childs_area_unless_another_is_chosen(log_request, caseworker):
    own, other = AreaFactory(), AreaFactory()
    assert log_request(child=ChildFactory(area=own)).request.area == own
    assert log_request(child=ChildFactory(area=own), area=other).request.area == other


def test_a_second_open_request_is_refused_with_the_first(log_request):
    first = log_request()
    with pytest.raises(OpenRequest) as refusal:
        log_request(received_on=MONDAY - datetime.timedelta(days=3))
    assert refusal.value.case == first
    assert first.reference in refusal.value.words
    assert Case.objects.count() == 1


def test_the_database_refuses_a_second_open_request_too(log_request, child):
    log_request()
    with pytest.raises(IntegrityError, match="case_one_open_of_a_kind"), transaction.atomic():
        CaseFactory(child=child, kind=CaseKind.REQUEST)


def test_after_a_withdrawal_a_new_request_may_be_logged(log_request, caseworker):
    first = log_request()
    milestones.record(
        case=first, kind=MilestoneKind.REQUEST_WITHDRAWN, happened_on=MONDAY, by=caseworker, on=MONDAY
    )
    first.refresh_from_db()
    assert (first.closed_on, first.closed_because) == (MONDAY, "withdrawn")
    assert log_request().pk != first.pk


@pytest.mark.parametrize(
    ("different", "field", "words"),
    [
        ({"received_on": MONDAY + datetime.timedelta(days=1)}, "received_on", "after today"),
        ({"received_on": datetime.date(2016, 5, 3)}, "received_on", "before Rowan Heath was born"),
        ({"source": RequestSource.HEALTH}, "brought_to_attention", "section 36(1)"),
        (
            {"source": RequestSource.PARENT_OR_YOUNG_PERSON, "brought_to_attention": True},
            "brought_to_attention",
            "section 36(1)",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(log_request, different, field, words):
    with pytest.raises(Refused) as refusal:
        log_request(**different)
    assert refusal.value.field == field
    assert words in refusal.value.words
    assert not Case.objects.exists()


def test_from_25_on_there_is_no_request(log_request):
    born = datetime.date(2000, 6, 2)
    with pytest.raises(Refused, match="25th birthday"):
        log_request(child=ChildFactory(date_of_birth=born))
    assert log_request(child=ChildFactory(date_of_birth=born + datetime.timedelta(days=1)))


def test_the_trail_names_who_logged_it(log_request, caseworker):
    case = log_request()
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct c.metadata->>'user' from casework_caseevent e"
            " join pghistory_context c on c.id = e.pgh_context_id where e.pgh_obj_id = %s",
            [case.pk],
        )
        assert cursor.fetchall() == [(str(caseworker.pk),)]


def test_the_database_refuses_a_decision_before_receipt(log_request):
    case = log_request()
    with pytest.raises(IntegrityError, match="request_decided_after_received"), transaction.atomic():
        AssessmentRequest.objects.filter(case=case).update(decided_on=MONDAY - datetime.timedelta(days=1))

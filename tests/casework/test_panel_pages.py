"""Pages of panels, and the decision that takes a recommendation over, without a browser."""

import datetime

import pytest
from django.urls import reverse

from casework.models import (
    AdviceBody,
    Answer,
    Decision,
    PanelMeeting,
    PanelOutcome,
    Question,
)
from casework.services import panels
from casework.services.advice import Ask
from casework.services.panels import Recommendation
from tests.casework.conftest import MONDAY
from tests.factories.children import ChildFactory

D = datetime.date
TODAY = MONDAY + datetime.timedelta(days=100)  # 10 September 2025
HEALTH, PSYCHOLOGY = Ask(AdviceBody.HEALTH), Ask(AdviceBody.PSYCHOLOGY)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = TODAY.isoformat()


@pytest.fixture
def worker(client, caseworker):
    client.force_login(caseworker)
    return caseworker


@pytest.fixture
def case(worker, assessment):
    return assessment


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def text(response):
    return response.content.decode()


def fill(client, name, subject, data):
    """Send the first page of a task."""
    return client.post(reverse(name, args=[subject]), data)


def through(client, name, subject, data):
    """Fill in a task, check it, record it; the page it leads to."""
    filled = fill(client, name, subject, data)
    assert filled.status_code == 302, text(filled)
    check = client.get(filled.url)
    return client.post(filled.url, {"key": check.context["form"]["key"].value()}, follow=True)


def page_of(client, case):
    return client.get(reverse("child_assessment", args=[case.child.public_id]))


def meeting_of(client, **different):
    key = client.get(reverse("record_meeting")).context["form"]["key"].value()
    return {
        "key": key,
        "name": "SEND panel",
        "members": "Sorrel Finch\nAsh Marlow",
        **days("held_on", TODAY),
    } | different


def test_a_meeting_then_outcomes_of_children(client, case, ask, receive):
    health, _ = ask(HEALTH, PSYCHOLOGY)
    receive(health)
    url = reverse("panel_outcome", args=[case.public_id])
    assert client.get(url).url == f"{reverse('record_meeting')}?case={case.public_id}"
    add = f"{reverse('record_meeting')}?case={case.public_id}"
    data = meeting_of(client)
    response = client.post(add, data, follow=True)
    assert "Record what the panel recommended" in text(response)
    again = client.post(reverse("record_meeting"), meeting_of(client))
    assert "is already recorded on 10 September 2025" in text(again)
    form = client.get(url).context["form"]
    assert form.initial["advice"] == [health.part]
    meeting = PanelMeeting.objects.get()
    given = {
        "meeting": str(meeting.public_id),
        "recommendation": "issue",
        "advice": [health.part],
        "band": "Band C",
    }
    assert "Enter the panel&#x27;s reasons" in text(fill(client, "panel_outcome", case.public_id, given))
    through(client, "panel_outcome", case.public_id, given | {"reasons": "Needs more than the school has."})
    outcome = PanelOutcome.objects.get()
    assert outcome.advice_considered == ["Health, received 1 August 2025"]
    listed = text(client.get(reverse("panels")))
    assert "Sorrel Finch; Ash Marlow" in listed
    assert "Heath, Rowan" in text(client.get(reverse("panel", args=[meeting.public_id])))
    type(case.child).objects.filter(pk=case.child.pk).update(restricted=True)
    assert "Heath" not in text(client.get(reverse("panel", args=[meeting.public_id])))


@pytest.fixture
def recommended(case, worker):
    meeting = panels.record_meeting(
        name="SEND panel", held_on=TODAY, members=["Ash Marlow"], by=worker, on=TODAY
    )
    return panels.record_outcome(
        case=case, meeting=meeting, question=Question.ISSUE, by=worker, on=TODAY,
        given=Recommendation(Answer.ISSUE, "Needs more than the school has."),
    )  # fmt: skip


def decide(client, case, *pages):
    """Send the pages of a decision in order; the page after the last."""
    url = reverse("decide_to_issue", args=[case.public_id])
    for data in pages:
        response = client.post(url, data)
        assert response.status_code == 302, text(response)
        url = response.url
    return client.get(url)


TOLD = days("decided_on", TODAY) | days("told_on", TODAY)


def test_the_decision_begins_with_what_the_panel_said(client, case, recommended):
    opened = client.get(reverse("decide_to_issue", args=[case.public_id]))
    assert opened.context["form"].initial == {"answer": "yes"}
    check = decide(client, case, {"answer": "yes"}, TOLD)
    assert "SEND panel, 10 September 2025: issue a plan" in text(check)
    key = check.context["form"]["key"].value()
    client.post(reverse("decide_to_issue", args=[case.public_id, "check"]), {"key": key})
    recommended.refresh_from_db()
    assert recommended.decision.answer == Answer.ISSUE
    assert client.get(reverse("panel_outcome", args=[case.public_id])).status_code == 302


def test_a_decision_another_way_says_why(client, case, recommended):
    refusal = {
        "limb": "not_necessary",
        "grounds": ["support_working"],
        "reasons": "The school meets the needs.",
    }
    asked = decide(client, case, {"answer": "no"}, refusal)
    assert "Why is the decision another than the panel recommended?" in text(asked)
    back = asked.context["back_url"]
    assert back.endswith("/reasons/")
    empty = client.post(reverse("decide_to_issue", args=[case.public_id, "panel"]), {"departed_because": " "})
    assert "Enter why the decision is another" in text(empty)
    check = decide(
        client,
        case,
        {"answer": "no"},
        refusal,
        {"departed_because": "New advice came after the panel."},
        TOLD,
    )
    assert "New advice came after the panel." in text(check)
    key = check.context["form"]["key"].value()
    client.post(reverse("decide_to_issue", args=[case.public_id, "check"]), {"key": key})
    decision = Decision.objects.get(question=Question.ISSUE)
    assert decision.panel_outcome.departed_because == "New advice came after the panel."
    assert "another way than recommended" in text(page_of(client, case))


def test_a_panel_on_whether_to_assess(client, worker, log_request):
    case = log_request(child=ChildFactory())
    panels.record_meeting(name="SEND panel", held_on=TODAY, members=["Ash Marlow"], by=worker, on=TODAY)
    form = client.get(reverse("panel_outcome", args=[case.public_id])).context["form"]
    assert [value for value, _ in form.fields["recommendation"].choices] == ["assess", "refuse_assess"]
    assert "advice" not in form.fields

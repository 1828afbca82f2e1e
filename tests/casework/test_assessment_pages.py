"""Pages of the assessment as the people of a team use them, without a browser."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import (
    AccessLogEntry,
    AdviceBody,
    AdviceChase,
    AdviceReminder,
    AdviceRequest,
    ClockException,
    RestrictedAccess,
    RoleCode,
)
from casework.services import advice
from casework.services.advice import Ask
from casework.tasks import remind_of_advice
from tests.casework.conftest import ASKED, MONDAY
from tests.factories.cases import CaseAssignmentFactory, PlanFactory, PlanVersionFactory
from tests.factories.people import TeamMembershipFactory, UserFactory
from tests.factories.places import EstablishmentFactory, PlacementFactory

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


# The page


def test_a_child_without_a_request_has_no_assessment(client, worker, child):
    assert "No assessment" in text(client.get(reverse("child_assessment", args=[child.public_id])))


def test_before_the_decision_to_assess_nobody_is_asked(client, worker, log_request):
    response = page_of(client, log_request())
    assert "Advice is asked for once the decision to assess is recorded." in text(response)
    assert response.context["missing"] == []
    assert response.context["decide"].text == "Decide whether to assess"


def test_the_page_names_who_must_still_be_asked(client, case, ask):
    ask(HEALTH, PSYCHOLOGY)
    missing = [body.value for body in page_of(client, case).context["missing"]]
    assert missing == ["family", "education", "social_care"]


def test_a_known_impairment_adds_the_specialist_teacher(client, case):
    plan = PlanFactory(child=case.child, starts_on=D(2020, 1, 6), ends_on=D(2021, 1, 6), cease_reason="2")
    PlanVersionFactory(plan=plan, primary_need="HI")
    assert "sensory" in [body.value for body in page_of(client, case).context["missing"]]


def test_each_state_in_words(client, case, ask, receive):
    ask(HEALTH)
    ask(PSYCHOLOGY, asked_on=TODAY - datetime.timedelta(days=36))
    ask(Ask(AdviceBody.SOCIAL_CARE), asked_on=TODAY)
    [family] = ask(Ask(AdviceBody.FAMILY))
    receive(family, received_on=ASKED + datetime.timedelta(days=43))
    words = {line.advice.body: line.state.words for line, _ in page_of(client, case).context["lines"]}
    assert words == {
        "health": "Late", "psychology": "Due soon", "social_care": "Waiting", "family": "Received late"
    }  # fmt: skip
    shown = text(page_of(client, case))
    assert "1 day late" in shown
    assert (
        "Request for advice received by the adviser 5 July 2025 + 6 weeks (42 days) = 16 August 2025."
        in shown
    )
    assert "No limit binds them" in shown


def test_the_page_takes_as_many_statements_whatever_was_asked(client, case, ask):
    needed = []
    for body in (None, AdviceBody.HEALTH, AdviceBody.FAMILY, AdviceBody.OTHER):
        if body:
            [row] = ask(Ask(body))
            advice.chase(advice=[row], chased_on=TODAY, means="email", by=UserFactory(), on=TODAY)
        page_of(client, case)
        with CaptureQueriesContext(connection) as statements:
            page_of(client, case)
        needed.append(len(statements))
    assert needed[1] == needed[2] == needed[3] <= 21


def test_a_reader_who_records_nothing_sees_no_way_to(client, case, ask):
    ask(HEALTH)
    client.force_login(UserFactory(role=RoleCode.FINANCE))
    shown = text(page_of(client, case))
    assert "Health" in shown
    for words in ("Record advice received", ">Chase<", "Decide whether", "Ask someone else"):
        assert words not in shown


def test_opening_is_logged_and_a_restricted_record_asks_why(client, case, ask):
    [health] = ask(HEALTH)
    page_of(client, case)
    assert AccessLogEntry.objects.filter(child=case.child).count() == 1
    type(case.child).objects.filter(pk=case.child.pk).update(restricted=True)
    assert page_of(client, case).status_code == 404
    for name, subject in (
        ("advice_ask", case.public_id), ("advice_receive", case.public_id), ("existing_for_case", case.public_id),
        ("panel_outcome", case.public_id), ("advice_existing", health.public_id),
        ("advice_not_needed", health.public_id), ("advice_exception", health.public_id),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[subject])).status_code == 404, name
    assert client.get(reverse("advice_chase"), {"advice": health.public_id}).status_code == 302
    assert "36 days" not in text(client.get(reverse("advice_list")))
    RestrictedAccess.objects.create(
        child=case.child, user=UserFactory._meta.model.objects.get(name="Wren Underhill"), reason="Works the case",
        starts_on=D(2020, 1, 1),
    )  # fmt: skip
    assert "This record is restricted" in text(page_of(client, case))


def test_only_bodies_that_are_bound_can_be_excused(client, case, ask):
    ask(HEALTH, Ask(AdviceBody.FAMILY))
    ways = {
        line.advice.body: [link.text for link in links]
        for line, links in page_of(client, case).context["lines"]
    }
    assert ways == {
        "family": ["Received", "Chase", "Existing advice", "Not needed"],
        "health": ["Received", "Chase", "Existing advice", "Not needed", "Exception"],
    }


# Tasks


def test_asking_in_one_step_names_the_setting_attended(client, case):
    school = EstablishmentFactory(name="Otterbrook Primary School")
    PlacementFactory(child=case.child, establishment=school, starts_on=D(2020, 9, 1))
    url = reverse("advice_ask", args=[case.public_id])
    form = client.get(url).context["form"]
    assert form.initial["bodies"] == ["family", "education", "health", "psychology", "social_care"]
    assert form.initial["who_education"] == "Otterbrook Primary School"
    response = through(
        client, "advice_ask", case.public_id,
        {"bodies": ["education", "health"], "who_education": "Otterbrook Primary School", "who_health": "Dr Moss",
         "who_other": "left over"} | days("asked_on", ASKED),
    )  # fmt: skip
    assert "2 bodies are asked for advice, due by 16 August 2025." in text(response)
    assert list(AdviceRequest.objects.order_by("body").values_list("body", "who", "setting__name")) == [
        ("education", "", "Otterbrook Primary School"), ("health", "Dr Moss", None)
    ]  # fmt: skip
    assert client.get(url).context["form"].initial["bodies"] == ["family", "psychology", "social_care"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Select who is asked for advice"),
        ({"bodies": ["witness"]}, "Select who is asked for advice from the list"),
        ({"bodies": ["requested"]}, "Enter who is asked: someone the family asks for"),
        ({"bodies": ["other"], "who_other": " "}, "Enter who is asked: someone else"),
        (
            {"bodies": ["health"]} | days("asked_on", TODAY + datetime.timedelta(days=1)),
            "must be today or in the past",
        ),
        (
            {"bodies": ["health"]} | days("asked_on", D(2025, 6, 1)),
            "must be the same as or after 2 June 2025",
        ),
        (
            {"bodies": ["health"], "asked_on-day": "31", "asked_on-month": "2", "asked_on-year": "2025"},
            "real date",
        ),
    ],
)
def test_asking_explains_what_is_wrong(client, case, data, words):
    response = fill(client, "advice_ask", case.public_id, data)
    assert response.status_code == 200
    assert words in text(response)


def test_receiving_several_at_once(client, case, ask):
    health, psychology = ask(HEALTH, PSYCHOLOGY)
    url = f"{reverse('advice_receive', args=[case.public_id])}?advice={health.public_id}"
    assert client.get(url).context["form"].initial["advice"] == [str(health.public_id)]
    response = fill(client, "advice_receive", case.public_id, days("received_on", TODAY))
    assert "Select whose advice has come" in text(response)
    data = {"advice": [str(health.public_id), str(psychology.public_id)]}
    response = fill(client, "advice_receive", case.public_id, data | days("received_on", D(2025, 7, 4)))
    assert "must be the same as or after 5 July 2025" in text(response)
    response = through(client, "advice_receive", case.public_id, data | days("received_on", TODAY))
    assert "2 of 2 pieces of advice in hand" in text(response)


def test_a_colleague_who_was_quicker(client, case, ask, receive):
    [health] = ask(HEALTH)
    data = {"advice": [str(health.public_id)]} | days("received_on", TODAY)
    filled = fill(client, "advice_receive", case.public_id, data)
    key = client.get(filled.url).context["form"]["key"].value()
    ask(PSYCHOLOGY)
    response = client.post(filled.url, {"key": key})
    assert "This record has changed since you opened the page" in text(response)
    assert "Wren Underhill recorded “Request for advice received by the adviser” on 5 July 2025" in text(
        response
    )


def test_advice_not_needed(client, case, ask):
    [health] = ask(HEALTH)
    response = fill(client, "advice_not_needed", health.public_id, days("ended_on", TODAY))
    assert "Enter why this advice is no longer needed" in text(response)
    url = reverse("advice_not_needed", args=[health.public_id, "check"])
    fill(client, "advice_not_needed", health.public_id, {"why": "Asked twice"} | days("ended_on", TODAY))
    assert "The authority must ask this body (SEND Regs 2014 reg 6(1)(c))." in text(client.get(url))
    through(client, "advice_not_needed", health.public_id, {"why": "Asked twice"} | days("ended_on", TODAY))
    health.refresh_from_db()
    assert health.ended_because == "withdrawn"


def test_existing_advice_waits_for_the_third_agreement(client, case):
    two = {
        "body": "psychology", "what": "Report of March", "adviser_agreed_by": "Dr Dale", "authority_agreed_by": "Wren",
        **days("adviser_agreed_on", D(2025, 7, 20)), **days("authority_agreed_on", D(2025, 7, 21)),
    }  # fmt: skip
    response = fill(client, "existing_for_case", case.public_id, two | {"family_agreed_by": "Briar Heath"})
    assert "Enter the day the parents or young person agreed" in text(response)
    response = fill(
        client, "existing_for_case", case.public_id, two | days("family_agreed_on", D(2025, 7, 22))
    )
    assert "Enter who agreed for the parents or young person" in text(response)
    response = through(client, "existing_for_case", case.public_id, two)
    assert "not accepted yet: the parents or young person must agree too" in text(response)
    row = AdviceRequest.objects.get()
    initial = client.get(reverse("advice_existing", args=[row.public_id])).context["form"].initial
    assert (initial["adviser_agreed_by"], initial["family_agreed_on"]) == ("Dr Dale", None)
    third = {key: value for key, value in two.items() if key != "body"} | {
        "family_agreed_by": "Briar Heath", **days("family_agreed_on", D(2025, 7, 22))
    }  # fmt: skip
    assert "Existing advice is used: Report of March." in text(
        through(client, "advice_existing", row.public_id, third)
    )
    row.refresh_from_db()
    assert (row.ended_on, row.ended_because) == (D(2025, 7, 22), "existing")


def test_an_exception_of_one_body(client, case, ask):
    [health] = ask(HEALTH)
    shown = text(client.get(reverse("advice_exception", args=[health.public_id])))
    assert "missed an appointment" in shown
    assert "closed for at least 4 weeks" not in shown
    response = fill(client, "advice_exception", health.public_id, {"ground": "school_closed"})
    assert "Select what made it impractical from the list" in text(response)
    data = {"ground": "missed_appointment", "evidence": "Letter of the clinic"} | days(
        "starts_on", D(2025, 7, 20)
    )
    through(client, "advice_exception", health.public_id, data)
    assert ClockException.objects.get().part == health.part
    assert "Late, excused" in text(page_of(client, case))
    # On the authority's own page of exceptions the body's six weeks are not offered.
    limits = (
        client.get(reverse("add_exception", args=[case.public_id]))
        .context["form"]
        .fields["rule_code"]
        .choices
    )
    assert [code for code, _ in limits] == ["A1", "A6", "A10"]


# Across children


@pytest.fixture
def three(case, ask, worker, log_request):
    """Three requests: late since 16 August, due in a week, due later; the first child led by the worker."""
    CaseAssignmentFactory(child=case.child, user=worker)
    TeamMembershipFactory(user=worker, team__name="North")
    ask(HEALTH)
    ask(PSYCHOLOGY, asked_on=TODAY - datetime.timedelta(days=35))
    [later] = ask(Ask(AdviceBody.FAMILY), asked_on=TODAY)
    return later


def test_the_list_counts_by_part_and_body_and_shows_what_it_counts(client, three, worker):
    for which, number in (("late", 1), ("chase", 2), ("soon", 1), ("all", 3)):
        response = client.get(reverse("advice_list"), {"which": which})
        assert response.context["page"].paginator.count == number
        for link in (*response.context["tabs"], *response.context["bodies"]):
            assert client.get(reverse("advice_list") + link.url).context["page"].paginator.count == link.count
    late = client.get(reverse("advice_list")).context["page"].object_list
    assert [row.body for row in late] == ["health"]
    everything = {"which": "all"}
    for narrowed, number in (
        ({"worker": worker.public_id}, 3),
        ({"worker": UserFactory(role=RoleCode.CASEWORKER).public_id}, 0),
        ({"team": "North"}, 3),
        ({"body": "family"}, 1),
    ):
        response = client.get(reverse("advice_list"), everything | narrowed)
        assert response.context["page"].paginator.count == number, narrowed
    for wrong in ({"worker": "nobody"}, {"which": "never"}, {"body": "witness"}, {"team": "Nowhere"}):
        response = client.get(reverse("advice_list"), wrong)
        assert response.status_code == 200
        assert "page" not in response.context


def test_the_list_takes_as_many_statements_whatever_is_on_it(client, three, case, ask):
    needed = []
    client.get(reverse("advice_list"))
    for number in range(3):
        ask(Ask(AdviceBody.OTHER, f"Person {number}"))
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("advice_list"))
        needed.append(len(statements))
    assert needed[0] == needed[1] == needed[2] <= 9


def chase(client, rows, **data):
    url = reverse("advice_chase") + "?" + "&".join(f"advice={row}" for row in rows)
    opened = client.get(url)
    key = opened.context["form"]["key"].value()
    return url, {"key": key, "means": "email", **days("chased_on", TODAY), **data}


def test_several_are_chased_once(client, three):
    rows = [str(row.public_id) for row in AdviceRequest.objects.all()]
    url, data = chase(client, [*rows, "nonsense", uuid.uuid4()], note="Where is it?")
    response = client.post(url, data, follow=True)
    assert "The chase is recorded for 3 requests for advice. No date has moved." in text(response)
    assert "3 of" not in text(response)
    client.post(url, data, follow=True)  # a second click
    assert AdviceChase.objects.count() == 3


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"means": ""}, "Select how they were chased"),
        ({"means": "pigeon"}, "Select how they were chased from the list"),
        (days("chased_on", TODAY + datetime.timedelta(days=1)), "must be today or in the past"),
        (days("next_on", TODAY), "The next chase must be after this one."),
        (days("chased_on", D(2025, 7, 1)), "after the chase on 1 July 2025"),
    ],
)
def test_a_chase_explains_what_is_wrong(client, three, different, words):
    [health] = AdviceRequest.objects.filter(body="health")
    url, data = chase(client, [health.public_id], note="Kept word for word")
    response = client.post(url, data | different)
    assert words in text(response)
    assert "Kept word for word" in text(response)
    assert not AdviceChase.objects.exists()


def test_the_morning_task_reminds_once(three, client, case):
    assert remind_of_advice() == 2
    assert remind_of_advice() == 0
    assert AdviceReminder.objects.count() == 2
    assert "reminded 10 Sep 2025" in text(page_of(client, case))

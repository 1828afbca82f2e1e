"""Pages of plans as a caseworker uses them, without a browser."""

import datetime

import pytest
from django.urls import reverse

from casework.models import (
    AccessLogEntry,
    Answer,
    MilestoneKind,
    Need,
    PlanSection,
    PlanText,
    RoleCode,
    TextState,
)
from casework.queries.plan_texts import content_of
from casework.rules.plan_sections import Section
from casework.services import amendments, milestones, plan_serving, plan_texts, plans, reviews
from tests.casework.plan_words import AMENDED, PLAN
from tests.factories.cases import PlanFactory, PlanVersionFactory
from tests.factories.people import UserFactory
from tests.factories.places import NamedPlacementFactory

D = datetime.date
M = MilestoneKind
ON = D(2026, 6, 30)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = ON.isoformat()


@pytest.fixture
def case(log_request, caseworker, client):
    client.force_login(caseworker)
    case = log_request()
    for kind, day in ((M.DECIDED_TO_ASSESS, D(2025, 7, 1)), (M.DECIDED_TO_ISSUE, D(2025, 9, 1))):
        milestones.record(case=case, kind=kind, happened_on=day, by=caseworker, on=ON)
    return case


@pytest.fixture
def draft(case, caseworker):
    return plan_texts.write_whole(case=case, content=PLAN, by=caseworker)


@pytest.fixture
def amended(case, draft, caseworker):
    """The plan of 10 October 2025 and its amendment of 15 June 2026."""
    plan_serving.serve(text=draft, served_on=D(2025, 9, 15), by=caseworker, on=ON)
    version = plans.issue_final(
        case=case, issued_on=D(2025, 10, 10), primary_need=Need.SLCN, secondary_need=Need.ASD, by=caseworker, on=ON
    )  # fmt: skip
    NamedPlacementFactory(plan_version=version, establishment__name="Brambleside Primary School")
    review = reviews.review_of(version.plan, on=ON, by=caseworker).case
    reviews.hold_meeting(case=review, held_on=D(2026, 5, 5), by=caseworker, on=ON)
    reviews.decide(
        case=review, answer=Answer.AMEND, reasons="Outcomes met.", decided_on=D(2026, 5, 19), told_on=D(2026, 5, 20),
        by=caseworker, on=ON,
    )  # fmt: skip
    text = plan_texts.write_whole(case=review, content=AMENDED, by=caseworker)
    plan_serving.serve(text=text, served_on=D(2026, 5, 22), by=caseworker, on=ON)
    return amendments.issue_final(case=review, issued_on=D(2026, 6, 15), by=caseworker, on=ON)


def page(client, name, record, *args, **query):
    response = client.get(reverse(name, args=[record.public_id, *args]), query)
    assert response.status_code == 200, (name, response.status_code)
    return " ".join(response.content.decode().split())


def section_url(text, section):
    return reverse("plan_section", args=[text.public_id, section.lower()])


def sent(client, text, section, **different):
    """The form of a section as the page would send it unchanged, with what a test changes."""
    form = client.get(section_url(text, section)).context["form"]
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if hasattr(value, "day"):
            data |= {f"{name}-{part}": getattr(value, part) or "" for part in ("day", "month", "year")}
        elif value is not None and value is not False:
            data[name] = value
        assert field is not None
    return client.post(section_url(text, section), data | different)


def test_the_plan_page_says_what_there_is_to_do(client, case):
    words = page(client, "child_plan", case.child)
    assert "No plan yet" in words
    assert "Write the draft" in words
    assert "the text here may be left out" in words


def test_a_draft_is_begun_with_a_button(client, case):
    response = client.post(reverse("start_draft", args=[case.public_id]))
    draft = PlanText.objects.get(case=case)
    assert response.url == reverse("plan_draft", args=[draft.public_id])
    assert "Section F is empty" in page(client, "plan_draft", draft)
    assert client.get(reverse("start_draft", args=[case.public_id])).status_code == 302


def test_the_words_of_a_section_are_saved(client, case, caseworker):
    draft = plan_texts.start(case=case, by=caseworker)
    response = sent(client, draft, Section.A, words="Rowan likes trains.", then="next")
    assert response.url == section_url(draft, Section.B)
    assert PlanSection.objects.get(text=draft, letter="A").words == "Rowan likes trains."


def test_rows_are_added_changed_and_removed(client, draft):
    before = content_of(draft)
    response = sent(
        client, draft, Section.E, then="more",
        r0_by_when="July 2030", r1_remove="on", r2_outcome="Rowan will ride a bicycle.",
    )  # fmt: skip
    assert response.url == section_url(draft, Section.E) + "#new"
    after = content_of(PlanText.objects.get(pk=draft.pk))
    assert [(row.outcome, row.by_when) for row in after.outcomes] == [
        (PLAN.outcomes[0].outcome, "July 2030"),
        ("Rowan will ride a bicycle.", ""),
    ]
    assert after.outcomes[0].key == before.outcomes[0].key


def test_an_unchanged_section_is_saved_unchanged(client, draft):
    before = content_of(draft)
    for section in (Section.B, Section.E, Section.F, Section.J, Section.K):
        assert sent(client, draft, section).status_code == 302
    assert content_of(PlanText.objects.get(pk=draft.pk)) == before


def test_provision_is_typed_with_amount_and_links(client, draft):
    keys = content_of(draft)
    response = sent(
        client, draft, Section.F,
        r2_what="Lessons in typing", r2_who="A teacher", r2_amount="1.5", r2_unit="hours", r2_times="3", r2_per="term",
        r2_needs=[keys.needs[0].key], r2_outcomes=[keys.outcomes[1].key],
        **{"r2_starts_on-day": "1", "r2_starts_on-month": "9", "r2_starts_on-year": "2026"},
    )  # fmt: skip
    assert response.status_code == 302
    words = page(client, "plan_text", draft)
    assert "1.5 hours, 3 times a term" in words
    assert "Need 1, Outcome 2" in words
    assert "1 September 2026" in words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"r2_who": "A teacher"}, "Provision F3: enter what it is, or tick that the row is removed"),
        ({"r2_what": "Typing", "r2_amount": "3"}, "Provision F3: select what the amount is counted in"),
        ({"r2_what": "Typing", "r2_unit": "hours"}, "Provision F3: enter how much"),
        ({"r2_what": "Typing", "r2_times": "3"}, "Provision F3: select in what time, such as a week"),
        ({"r2_what": "Typing", "r2_per": "week"}, "Provision F3: enter how many times"),
        ({"r2_what": "Typing", "r2_amount": "some", "r2_unit": "hours"}, "must be a number, like 45 or 1.5"),
        ({"r2_what": "Typing", "r2_amount": "0", "r2_unit": "hours"}, "must be more than nothing"),
        ({"r2_what": "Typing", "r2_times": "0", "r2_per": "week"}, "must be 1 or more"),
        ({"r2_what": "Typing", "r2_starts_on-day": "31", "r2_starts_on-month": "2", "r2_starts_on-year": "2026"},
         "must be a real date"),
        ({"r2_what": "Typing", "r2_starts_on-day": "3", "r2_starts_on-month": "2", "r2_starts_on-year": "2026",
          "r2_ends_on-day": "2", "r2_ends_on-month": "2", "r2_ends_on-year": "2026"}, "the last day is before the first"),
    ],
)  # fmt: skip
def test_bad_input_is_explained_and_every_word_kept(client, draft, typed, message):
    response = sent(client, draft, Section.F, **typed)
    words = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert message in words
    assert "Error:" in words
    for value in typed.values():
        assert f'value="{value}"' in words or f">{value}" in words or f"{value}</textarea>" in words
    assert PLAN.provision[0].what in words
    assert len(content_of(PlanText.objects.get(pk=draft.pk)).provision) == 2


@pytest.mark.parametrize("count", ["-3", "x", "100000000", ""])
def test_a_forged_number_of_rows_harms_nothing(client, draft, count):
    response = sent(client, draft, Section.E, count=count)
    assert response.status_code in (200, 302)


def test_the_second_of_two_people_sees_both_texts(client, draft):
    read = PlanSection.objects.get(text=draft, letter="A").version
    plan_texts.save_section(
        text=draft, section=Section.A, words="Sorrel’s words", rows=(),
        by=UserFactory(name="Sorrel Marchbank"), version=read,
    )  # fmt: skip
    data = {"words": "Wren’s words", "version": read, "count": 0}
    response = client.post(section_url(draft, Section.A), data)
    words = response.content.decode()
    assert "Sorrel Marchbank saved section A after you opened it" in words
    assert "What Sorrel Marchbank saved, beside what you typed" in words
    assert response.context["form"]["words"].value() == "Wren’s words"
    assert PlanSection.objects.get(text=draft, letter="A").words == "Sorrel’s words"
    data["version"] = response.context["form"]["version"].value()
    assert client.post(section_url(draft, Section.A), data).status_code == 302
    assert PlanSection.objects.get(text=draft, letter="A").words == "Wren’s words"


def test_a_second_click_is_no_quarrel(client, draft):
    read = PlanSection.objects.get(text=draft, letter="A").version
    data = {"words": "Rowan likes trains.", "version": read, "count": 0}
    first = client.post(section_url(draft, Section.A), data)
    assert client.post(section_url(draft, Section.A), data).url == first.url
    assert PlanSection.objects.get(text=draft, letter="A").version == read + 1


def test_rows_typed_over_another_persons_are_kept_too(client, draft):
    read = PlanSection.objects.get(text=draft, letter="E").version
    theirs = content_of(draft).outcomes[:1]
    plan_texts.save_section(
        text=draft, section=Section.E, words="", rows=theirs, by=UserFactory(name="Sorrel Marchbank"), version=read
    )  # fmt: skip
    response = sent(client, draft, Section.E, version=read, count=3, r2_outcome="Rowan will swim.")
    assert "Rowan will swim." in response.content.decode()
    assert response.status_code == 200


def test_the_draft_is_served_after_a_check_page(client, draft, case):
    words = page(client, "serve_draft", draft)
    assert "A draft must not name a setting" in words
    url = reverse("serve_draft", args=[draft.public_id])
    client.post(url, {"served_on-day": "15", "served_on-month": "6", "served_on-year": "2026"})
    words = page(client, "serve_draft", draft, "check")
    assert "The text is sealed: nobody can change it." in words
    assert "the final plan must not be sent before 30 June 2026" in words
    key = client.get(f"{url}check/").context["form"]["key"].value()
    assert client.post(f"{url}check/", {"key": key}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == TextState.SERVED
    words = page(client, "child_plan", case.child)
    assert "With the family" in words
    assert "Change the draft after what the family said" in words
    assert client.get(url).status_code == 302
    assert client.get(section_url(draft, Section.A)).url == reverse("plan_text", args=[draft.public_id])


def test_a_text_is_read_with_section_i_from_the_placement(client, amended, case):
    words = page(client, "plan_text", case.plan_texts.get(state=TextState.FINAL))
    assert "Brambleside Primary School" in words
    assert "Replaced" not in words
    assert AccessLogEntry.objects.filter(child=case.child).exists()
    draft = case.plan_texts.get(state=TextState.SERVED)
    assert "Left blank: a draft must not name a setting" in page(client, "plan_text", draft)


def test_two_versions_are_compared(client, amended, case):
    first = case.plan_texts.get(state=TextState.FINAL)
    response = client.get(
        reverse("compare_plans", args=[amended.text.public_id]), {"with": str(first.public_id)}
    )
    changed = {section.letter: section for section in response.context["changed"]}
    assert {letter: changed[letter].summary for letter in ("A", "E", "F", "J")} == {
        "A": "words changed",
        "E": "1 row added, 1 row removed, 1 row changed",
        # The second row worked towards the outcome that is gone.
        "F": "2 rows changed",
        "J": "words changed, 1 row added",
    }
    words = " ".join(response.content.decode().split())
    assert "[removed: </span>45<" in words
    assert "[added: </span>60<" in words
    assert "Read section C, the same in both" in words


def test_a_text_alone_is_compared_with_nothing(client, draft):
    assert "Nothing to compare with yet" in page(client, "compare_plans", draft)


def test_a_text_of_another_child_is_not_compared(client, draft):
    other = PlanVersionFactory(plan=PlanFactory())
    text = plan_texts.enter_text(plan_version=other, content=PLAN, by=None)
    url = reverse("compare_plans", args=[draft.public_id])
    assert client.get(url, {"with": str(text.public_id)}).status_code == 404
    assert client.get(url, {"with": "nonsense"}).status_code == 404


def test_the_plan_page_lists_versions_with_and_without_text(client, amended, case):
    words = page(client, "child_plan", case.child)
    assert "Amended final plan of 15 June 2026" in words
    assert "Proposed amendments sent on 22 May 2026" in words
    assert "Final plan of 10 October 2025" in words
    assert "£1,250.00" in words
    PlanVersionFactory(plan=PlanFactory(child=case.child, starts_on=D(2020, 1, 6), ends_on=D(2021, 1, 5), cease_reason="2"),
                       ends_on=D(2021, 1, 5))  # fmt: skip
    assert "Kept elsewhere" in page(client, "child_plan", case.child)


def test_nobody_sees_the_plan_of_a_restricted_child(client, draft, case):
    type(case.child).objects.filter(pk=case.child_id).update(restricted=True)
    for name, record in (("child_plan", case.child), ("plan_text", draft), ("plan_draft", draft), ("compare_plans", draft),
                         ("serve_draft", draft), ("start_draft", case), ("record_representations", case),
                         ("personal_budget", case.child)):  # fmt: skip
        assert client.get(reverse(name, args=[record.public_id])).status_code == 404, name
    assert client.get(section_url(draft, Section.A)).status_code == 404


def test_finance_may_read_and_not_write(client, draft):
    client.force_login(UserFactory(role=RoleCode.FINANCE))
    assert page(client, "plan_text", draft)
    assert client.get(reverse("plan_draft", args=[draft.public_id])).status_code == 403
    assert client.post(section_url(draft, Section.A), {"words": "x"}).status_code == 403


def record_budget(client, child, kind, day, words="A helper at the club"):
    url = reverse("personal_budget", args=[child.public_id])
    given = {"kind": kind, "words": words} | {
        f"happened_on-{part}": getattr(day, part) for part in ("day", "month", "year")
    }
    response = client.post(url, given)
    if response.status_code == 200:
        return response
    key = client.get(f"{url}check/").context["form"]["key"].value()
    return client.post(f"{url}check/", {"key": key}, follow=True)


def test_a_personal_budget_from_the_request_to_the_review(client, case):
    for kind, day in (
        (M.PERSONAL_BUDGET_REQUESTED, D(2025, 9, 20)),
        (M.PERSONAL_BUDGET_DECIDED, D(2025, 10, 1)),
        (M.DIRECT_PAYMENTS_STARTED, D(2025, 11, 3)),
    ):
        assert "Recorded: " in record_budget(client, case.child, kind, day).content.decode()
    # Day 1 is the day of the first payment: the three months end on 2 February 2026.
    clock = case.clocks.get(rule_code="I1")
    assert (clock.due_on, clock.stopped_on) == (D(2026, 2, 2), None)
    record_budget(client, case.child, M.DIRECT_PAYMENTS_REVIEWED, D(2026, 1, 20))
    clock.refresh_from_db()
    assert clock.stopped_on == D(2026, 1, 20)
    assert "A helper at the club" in page(client, "child_plan", case.child)


def test_a_step_of_a_personal_budget_out_of_turn_is_not_offered(client, case):
    response = record_budget(client, case.child, M.DIRECT_PAYMENTS_REVIEWED, D(2026, 1, 20))
    assert "Select what happened from the list" in response.content.decode()


def test_a_child_without_an_open_case_is_told_to_open_a_review(client, caseworker, child):
    client.force_login(caseworker)
    response = client.get(reverse("personal_budget", args=[child.public_id]), follow=True)
    assert "Open a review first" in response.content.decode()

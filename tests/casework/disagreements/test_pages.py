"""Pages of mediation and appeals as the people of a team use them, without a browser."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from casework.models import (
    Case,
    CaseKind,
    DirectionKind,
    HearingOutcome,
    MilestoneKind,
    RoleCode,
    TribunalDirection,
)
from casework.queries.worklist import worklist_of
from casework.rules.appeal_rights import Appealable
from casework.rules.tribunal_orders import OrderKind
from casework.services import appeals, disagreements, mediation, tribunal
from casework.web import appeal_tasks, mediation_tasks
from tests.casework.disagreements.cases import due, fresh, held, registered
from tests.casework.disagreements.conftest import ON
from tests.factories.cases import CaseAssignmentFactory
from tests.factories.children import ChildFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory

D = datetime.date
M = MilestoneKind


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = ON.isoformat()


@pytest.fixture
def desk(client, caseworker):
    client.force_login(caseworker)
    return client


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def through(desk, name, record, data):
    """Fill in a task, check it, record it: the check page and the page it leads to."""
    filled = desk.post(reverse(name, args=[record.public_id]), data)
    assert filled.status_code == 302, filled.content.decode()
    check = desk.get(filled.url)
    return check, desk.post(filled.url, {"key": check.context["form"]["key"].value()}, follow=True)


def address(child):
    return reverse("child_disagreements", args=[child.public_id])


def test_every_step_of_a_mediation_opens_and_the_one_offered_are_linked(desk, plan_sent, by):
    case = mediation.open_mediation(
        about=disagreements.disputed(plan_sent),
        first=M.MEDIATION_ADVISER_CONTACTED,
        happened_on=D(2025, 3, 10),
        **by,
    )
    page = desk.get(address(case.child)).content.decode()
    for task in mediation_tasks.TASKS.values():
        url = reverse(task.url_name, args=[case.public_id])
        assert desk.get(url).status_code == 200
        assert (url in page) == (task.slug in {"requested", "declined", "certificate", "not-continued"}), (
            task.slug
        )


def test_every_step_of_an_appeal_opens_and_the_ones_offered_are_linked(desk, plan_sent, by):
    case = registered(plan_sent, by)
    page = desk.get(address(case.child)).content.decode()
    for task in appeal_tasks.TASKS.values():
        url = reverse(task.url_name, args=[case.public_id])
        assert desk.get(url).status_code == 200
        assert (url in page) == (task.slug not in {"carry-out", "recommendation"}), task.slug


def test_mediation_with_health_from_the_request_to_the_agreement(desk, refused, child):
    check, page = through(
        desk, "open_mediation", refused,
        {"first": "requested", "about": "with_health", "adviser": "Fernshire Mediation", "note": ""}
        | days("happened_on", D(2025, 7, 14)),
    )  # fmt: skip
    assert check.context["consequences"] == [
        "Arrange mediation (30 days): due by 13 August 2025.",
        "Tell the health commissioner the issues (3 working days): due by 17 July 2025.",
    ]
    assert "Mediation to be held" in page.content.decode()
    case = Case.objects.get(kind=CaseKind.MEDIATION)
    through(desk, "mediation_health_told", case, {"note": "By e-mail"} | days("happened_on", D(2025, 7, 15)))
    nobody = desk.post(
        reverse("mediation_held", args=[case.public_id]), {"note": ""} | days("happened_on", D(2025, 8, 4))
    )
    assert "Enter who attended" in nobody.content.decode()
    through(
        desk, "mediation_held", case, {"note": "Parents, SEND manager"} | days("happened_on", D(2025, 8, 4))
    )
    check, page = through(
        desk,
        "mediation_agreed",
        case,
        {"what": "assess", "note": "To assess"} | days("agreed_on", D(2025, 8, 4)),
    )
    assert (
        "Agreement to assess: tell the family you will (2 weeks): due by 18 August 2025."
        in check.context["consequences"]
    )
    assert "To carry out: assess or re-assess." in page.content.decode()
    check, page = through(
        desk, "mediation_carry_out", case,
        {"kind": "decided_to_assess", "note": ""} | days("happened_on", D(2025, 8, 12)),
    )  # fmt: skip
    assert due(case)["G6.1"] == (D(2025, 8, 18), D(2025, 8, 12))
    assert fresh(refused.case).request.state == "assessing"


def test_a_refused_form_keeps_every_word_and_a_refusal_is_shown_where_it_belongs(desk, refused, by):
    case = registered(refused, by)
    other = registered_by_another(by)
    data = {"tribunal_reference": "EH000/25/00009", "representative": "Advice Fernshire", "officer": "",
            "working_document": ""}  # fmt: skip
    _check, page = through(desk, "appeal_details", case, data)
    assert "Another appeal has this reference" in page.content.decode()
    form = desk.get(reverse("appeal_details", args=[case.public_id])).context["form"]
    assert form["representative"].value() == "Advice Fernshire"
    assert fresh(other).appeal.tribunal_reference == "EH000/25/00009"


def registered_by_another(by):
    about = disagreements.earlier_decision(
        child=ChildFactory(), against=Appealable.REFUSE_ASSESS, sent_on=D(2025, 6, 2), on=ON
    )
    return appeals.register(
        about=about, registered_on=D(2025, 7, 1), tribunal_reference="EH000/25/00009", **by
    )


def test_an_appeal_after_the_last_day_and_without_a_certificate_says_so(desk, plan_sent):
    check, _page = through(
        desk, "register_appeal", plan_sent,
        {"tribunal_reference": "", "sections": ["B", "F"], "recommendations": ["health"], "officer": "",
         "representative": ""} | days("registered_on", D(2025, 5, 6)),
    )  # fmt: skip
    words = " ".join(check.context["consequences"])
    assert "3 days after the last day, 3 May 2025" in words
    assert "No mediation certificate is recorded" in words
    assert "No day for the response is given" in words
    appeal = Case.objects.get(kind=CaseKind.APPEAL).appeal
    assert (appeal.sections, appeal.asks_health, appeal.asks_social_care) == ("BF", True, False)


def test_a_contents_appeal_without_sections_is_refused_by_the_form(desk, plan_sent):
    page = desk.post(
        reverse("register_appeal", args=[plan_sent.public_id]), days("registered_on", D(2025, 5, 2))
    )
    assert "Select the sections it is about" in page.content.decode()


def test_an_entry_without_a_right_of_appeal_leads_back_with_the_reason(desk, log_request):
    milestone = log_request().milestones.get()
    for name in ("register_appeal", "open_mediation"):
        page = desk.get(reverse(name, args=[milestone.public_id]), follow=True)
        assert "carries no right of appeal" in page.content.decode()


def test_directions_are_moved_dropped_and_done(desk, refused, by):
    case = registered(refused, by)
    one, two, three = (
        tribunal.direct(case=case, kind=DirectionKind.OTHER, text=text, due_on=D(2026, 7, 6), **by)
        for text in ("One", "Two", "Three")
    )
    for row in (one, two, three):
        row.refresh_from_db()
    no_reason = desk.post(
        reverse("tribunal_direction", args=[one.public_id]),
        {"what": "moved", "note": ""} | days("due_on", D(2026, 7, 20)),
    )
    assert "Enter why the day was moved" in no_reason.content.decode()
    through(desk, "tribunal_direction", one,
            {"what": "moved", "note": "Order of 1 June"} | days("due_on", D(2026, 7, 20)))  # fmt: skip
    through(desk, "tribunal_direction", two, {"what": "dropped", "note": "Vacated"})
    through(
        desk, "tribunal_direction", three, {"what": "done", "note": ""} | days("happened_on", D(2026, 6, 29))
    )
    assert [(row.due_on, row.done_on, row.dropped_because) for row in TribunalDirection.objects.order_by("pk")] == [
        (D(2026, 7, 20), None, ""), (D(2026, 7, 6), None, "Vacated"), (D(2026, 7, 6), D(2026, 6, 29), ""),
    ]  # fmt: skip
    page = desk.get(address(case.child)).content.decode()
    assert "Day moved: Order of 1 June" in page
    assert "No longer applies: Vacated" in page


def test_what_the_tribunal_expects_is_in_my_work_until_it_has_decided(desk, caseworker, refused, by):
    CaseAssignmentFactory(child=refused.case.child, user=caseworker)
    case = registered(refused, by, response_due_on=D(2026, 7, 3))
    (entry,) = worklist_of(caseworker, reader=caseworker, as_at=ON).entries
    assert [(one.title, one.due_on) for one in entry.duties] == [
        ("Tribunal: response to the appeal", D(2026, 7, 3))
    ]
    page = desk.get("/my-work/").content.decode()
    assert "Tribunal: response to the appeal" in page
    assert address(case.child) in page
    tribunal.order(case=case, kind=OrderKind.ASSESS, made_on=D(2026, 6, 22), terms="Assess.", **by)
    (entry,) = worklist_of(caseworker, reader=caseworker, as_at=ON).entries
    assert [one.rule_code for one in entry.duties] == ["H2", "H3", "H4"]


def test_the_amended_plan_an_order_requires(desk, plan_sent, by):
    version = plan_sent.case.plans.get().versions.get()
    NamedPlacementFactory(plan_version=version, establishment=EstablishmentFactory(name="Brambleside"))
    case = registered(plan_sent, by)
    tribunal.order(case=case, kind=OrderKind.AMEND, made_on=D(2026, 5, 4), terms="Amend F.", **by)
    url = reverse("issue_plan_as_bound", args=[case.public_id])
    assert url in desk.get(address(case.child)).content.decode()
    check, page = through(
        desk, "issue_plan_as_bound", case,
        {"section_i": "unchanged", "primary_need": "", "setting": "", "type_words": ""}
        | days("issued_on", D(2026, 6, 9)),
    )  # fmt: skip
    # 4 May + 5 weeks = 8 June.
    assert (
        "Order to amend: send the amended plan (5 weeks): 1 day late. The last day was 8 June 2026."
        in (check.context["consequences"])
    )
    assert fresh(case).closed_because == "carried_out"
    assert "Carried out" in page.content.decode()


# The board


@pytest.fixture
def board(refused, plan_sent, by, caseworker):
    """An appeal with a hearing, a mediation with an agreement late, and an appeal of another officer."""
    officer = UserFactory(name="Tansy Oakley", role=RoleCode.CASEWORKER)
    CaseAssignmentFactory(child=refused.case.child, user=caseworker)
    appeal = registered(
        refused, by, response_due_on=D(2026, 7, 10), hearing_on=D(2026, 8, 3), officer=officer
    )
    talks = held(plan_sent, by)
    mediation.agree(case=talks, what="amend", agreed_on=D(2025, 8, 4), terms="Amend", **by)
    return appeal, talks, officer


def numbers(page):
    return {tab.text: tab.count for tab in page.context["tabs"]}


def test_the_board_counts_what_its_lists_hold(desk, board):
    page = desk.get(reverse("disagreements"))
    assert numbers(page) == {
        "All open": 2, "Overdue": 1, "Due in 14 days": 1, "Hearings in 8 weeks": 1, "To carry out": 1,
    }  # fmt: skip
    assert [line.what for line in page.context["lines"]] == ["Mediation", "Appeal"]
    for tab in page.context["tabs"]:
        assert desk.get(tab.url).context["page"].paginator.count == tab.count, tab.text
    for kind in page.context["kinds"]:
        assert desk.get(kind["url"]).context["page"].paginator.count == kind["number"]
        for cell in kind["cells"]:
            assert desk.get(cell.url).context["page"].paginator.count == cell.number, cell.words


def test_the_board_narrows_by_kind_decision_and_officer(desk, board, caseworker):
    appeal, talks, officer = board

    def found(**query):
        lines = desk.get(reverse("disagreements"), query).context["lines"]
        return [line.standing.case.pk for line in lines]

    assert found(kind="appeal") == [appeal.pk]
    assert found(against="contents") == [talks.pk]
    assert found(worker=officer.public_id) == [appeal.pk]
    assert found(worker=caseworker.public_id) == [talks.pk, appeal.pk]  # the child's lead worker
    wrong = desk.get(reverse("disagreements"), {"against": "weather"})
    assert "lines" not in wrong.context
    assert desk.get(reverse("disagreements"), {"part": "nonsense"}).context["page"].paginator.count == 2


def test_the_file_is_the_list(desk, board):
    response = desk.get(reverse("disagreements_csv"), {"part": "hearings"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["What it is"], row["Due by"], row["Next hearing"], row["Officer"]) == (
        "Appeal", "2026-07-10", "2026-08-03", "Tansy Oakley",
    )  # fmt: skip
    assert desk.get(reverse("disagreements_csv"), {"against": "weather"}).status_code == 400


def test_a_hearing_that_was_held_leaves_the_list(desk, board, settings):
    hearing = board[0].hearings.get()
    settings.WAYMARK_TODAY = "2026-08-04"
    through(desk, "tribunal_hearing", hearing, {"outcome": "held", "note": ""})
    hearing.refresh_from_db()
    assert hearing.outcome == HearingOutcome.HELD
    assert numbers(desk.get(reverse("disagreements")))["Hearings in 8 weeks"] == 0


def test_readers_without_casework_see_and_change_nothing(client, board, child):
    client.force_login(UserFactory(role=RoleCode.FINANCE))
    page = client.get(address(child)).content.decode()
    assert "Refusal to assess" in page or "Contents of the plan" in page
    for words in ("Record an order", "Record mediation", "Record what happened"):
        assert words not in page


def test_the_pages_need_the_same_statements_for_any_number(desk, board, by, django_assert_max_num_queries):
    for number in range(4):
        about = disagreements.earlier_decision(
            child=ChildFactory(), against=Appealable.REFUSE_ISSUE, sent_on=D(2026, 3, 2 + number), on=ON
        )
        case = appeals.register(about=about, registered_on=D(2026, 5, 1), hearing_on=D(2026, 9, 1), **by)
        tribunal.direct(case=case, kind=DirectionKind.OTHER, text="Bundle", due_on=D(2026, 8, 1), **by)
    desk.get(reverse("disagreements"))
    with django_assert_max_num_queries(14):
        desk.get(reverse("disagreements"))
    with django_assert_max_num_queries(24):
        desk.get(address(board[0].child))

"""Pages of reviews as the people of a team use them, without a browser."""

import csv
import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Case, CaseKind, MilestoneKind, Plan, Review, RoleCode
from casework.services import review_calendar, reviews
from tests.factories.cases import CaseAssignmentFactory, PlanFactory, PlanVersionFactory
from tests.factories.children import AreaFactory, ChildFactory, ChildIdentifierFactory
from tests.factories.people import UserFactory
from tests.factories.places import EstablishmentFactory, NamedPlacementFactory, PlacementFactory

D = datetime.date
ON = D(2026, 6, 30)
M = MilestoneKind


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = ON.isoformat()


@pytest.fixture
def worker(client, db):
    worker = UserFactory(name="Mira Quillfeather", role=RoleCode.CASEWORKER)
    client.force_login(worker)
    return worker


@pytest.fixture
def school(db):
    return EstablishmentFactory(name="Brambleside Primary School", low_age=4, high_age=11)


BORN = D(2016, 5, 4)


def child_with_plan(school, made, surname="Heath", born=BORN, **different):
    child = ChildFactory(surname=surname, forename="Rowan", date_of_birth=born, **different)
    plan = PlanFactory(child=child, starts_on=made)
    version = PlanVersionFactory(plan=plan)
    if school is not None:
        PlacementFactory(child=child, establishment=school, starts_on=D(2020, 9, 1))
        NamedPlacementFactory(plan_version=version, establishment=school)
    return child


def address(name, *args, **query):
    url = reverse(name, args=args)
    return f"{url}?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else url


def case_of(child):
    return Case.objects.get(child=child, kind=CaseKind.ANNUAL_REVIEW, closed_on__isnull=True)


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def through(client, name, case, data):
    """Fill in a task, check it, record it; the page it leads to."""
    url = reverse(name, args=[case.public_id])
    filled = client.post(url, data)
    assert filled.status_code == 302, filled.content.decode()
    check = client.get(filled.url)
    key = check.context["form"]["key"].value()
    return client.post(filled.url, {"key": key}, follow=True)


# Board and list


@pytest.fixture
def three(school, worker):
    """One overdue, one due in August, one next spring; one of them at no setting."""
    late = child_with_plan(school, D(2025, 6, 2), "Alder")
    soon = child_with_plan(school, D(2025, 8, 20), "Birch", area=AreaFactory(code="north"))
    later = child_with_plan(None, D(2026, 4, 1), "Cedar")
    review_calendar.settle(on=ON)
    return late, soon, later


def test_the_board_counts_by_setting_and_month_and_each_count_opens_its_list(client, three):
    response = client.get(address("reviews"))
    board = response.context["board"]
    assert [(row.name, row.overdue, row.total) for row in board.rows] == [
        ("Brambleside Primary School", 1, 2),
        ("No setting recorded", 0, 1),
    ]
    assert board.rows[0].months[2] == 1  # due 19 August 2026
    assert board.rows[1].later == 1  # due 31 March 2027
    for row in [*response.context["rows"], response.context["totals"]]:
        for cell in row["cells"]:
            assert client.get(cell.url).context["page"].paginator.count == cell.number
    for link in response.context["states"]:
        assert client.get(link.url).context["page"].paginator.count == link.count


def test_the_list_narrows_by_area_worker_and_state(client, three, worker):
    CaseAssignmentFactory(child=three[0], user=worker)

    def names(**query):
        return [row["child"].surname for row in client.get(address("reviews_list", **query)).context["rows"]]

    assert names() == ["Alder"]  # who leads children begins with those
    assert names(worker="") == ["Alder", "Birch", "Cedar"]
    assert names(worker="", area="north") == ["Birch"]
    assert names(worker=worker.public_id) == ["Alder"]
    assert names(worker="", state="overdue") == ["Alder"]
    assert names(worker="", state="due") == ["Birch"]
    assert names(worker="", month="2026-08") == ["Birch"]
    assert names(worker="", setting=0) == ["Cedar"]
    wrong = client.get(address("reviews_list", month="soon"))
    assert "rows" not in wrong.context
    assert "Enter a month as YYYY-MM" in wrong.content.decode()


def test_the_file_is_the_list_and_no_cell_is_a_formula(client, three, school):
    three[0].surname = '=HYPERLINK("http://example.invalid")'
    three[0].save()
    response = client.get(address("reviews_csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Surname"] for row in rows] == ['\'=HYPERLINK("http://example.invalid")', "Birch", "Cedar"]
    assert (rows[0]["Review due"], rows[0]["State"]) == ("2026-06-01", "Overdue")


def test_plans_with_no_review_are_listed_and_those_reviewed_are_not(client, three, worker):
    reviews.record_earlier(
        plan=Plan.objects.get(child=three[0]), completed_on=D(2026, 6, 1), by=worker, on=ON
    )
    page = client.get(address("reviews_never")).context["page"]
    assert [plan.child.surname for plan in page] == ["Birch", "Cedar"]
    assert client.get(address("reviews_never", due="overdue")).context["page"].paginator.count == 0


def test_restricted_children_are_not_counted_for_others(client, three):
    three[0].restricted = True
    three[0].save()
    assert client.get(address("reviews")).context["board"].totals.total == 2


@pytest.mark.parametrize("name", ["reviews", "reviews_list", "reviews_never", "phase_transfers"])
def test_the_number_of_statements_does_not_grow_with_the_list(
    client, worker, school, django_assert_max_num_queries, name
):
    for number in range(3):
        child_with_plan(EstablishmentFactory(high_age=11), D(2025, 1 + number, 5), f"Few{number}")
    review_calendar.settle(on=ON)
    client.get(address(name))
    with django_assert_max_num_queries(100) as few:
        client.get(address(name))
    for number in range(12):
        child_with_plan(EstablishmentFactory(high_age=11), D(2025, 1 + number % 6, 5), f"Many{number}")
    review_calendar.settle(on=ON)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(name))


# The pages of one review


def test_a_review_from_the_meeting_to_the_amended_plan(client, worker, school):
    child = child_with_plan(school, D(2025, 6, 2))
    review_calendar.settle(on=ON)
    case = case_of(child)
    page = client.get(address("child_reviews", child.public_id)).content.decode()
    assert "Next review due by 1 June 2026" in page
    through(client, "review_held", case, days("happened_on", D(2026, 5, 4)))
    through(client, "review_report", case, {**days("happened_on", D(2026, 5, 20)), "note": "Amend section F"})
    done = through(
        client,
        "decide_review",
        case,
        {
            "answer": "amend",
            "reasons": "Section F does not fit any more.",
            **days("decided_on", D(2026, 5, 28)),
            **days("told_on", D(2026, 5, 29)),
            **days("notice_sent_on", D(2026, 5, 29)),
        },
    )
    assert "Decision recorded" in done.content.decode()
    through(
        client, "issue_amended_plan", case, {**days("issued_on", D(2026, 6, 26)), "section_i": "unchanged"}
    )
    review = Review.objects.get(case=case)
    assert (review.final_on, review.case.closed_because) == (D(2026, 6, 26), "amended")
    version = review.plan.versions.get(stage="amended_final")
    assert version.named_placements.get().establishment == school
    page = client.get(address("child_reviews", child.public_id)).content.decode()
    assert "Next review due by 28 May 2027" in page
    assert "Earlier reviews" in page


def test_a_refused_step_keeps_what_was_typed(client, worker, school):
    child = child_with_plan(school, D(2025, 6, 2))
    review_calendar.settle(on=ON)
    url = reverse("review_held", args=[case_of(child).public_id])
    response = client.post(url, {**days("happened_on", D(2026, 7, 9)), "note": "Everybody came"})
    text = response.content.decode()
    assert "must be today or in the past" in text
    assert "Everybody came" in text
    assert 'value="9"' in text


def test_two_people_at_one_review(client, worker, school):
    """The second is told what the first recorded, and nothing is lost."""
    child = child_with_plan(school, D(2025, 6, 2))
    review_calendar.settle(on=ON)
    case = case_of(child)
    url = reverse("review_held", args=[case.public_id])
    client.post(url, {**days("happened_on", D(2026, 5, 4)), "note": ""})
    other = UserFactory(name="Wren Underhill", role=RoleCode.CASEWORKER)
    reviews.plan_meeting(case=case, planned_on=D(2026, 7, 6), by=other, on=ON)
    check = f"{url}check/"
    key = client.get(check).context["form"]["key"].value()
    response = client.post(check, {"key": key})
    assert "Wren Underhill" in response.content.decode()
    assert Review.objects.get(case=case).held_on is None


# Returns from settings


def bring(client, text):
    file = SimpleUploadedFile("reviews.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("review_returns"), {"file": file}, follow=True)


def test_a_return_is_shown_first_and_recorded_when_confirmed(client, worker, school):
    child = child_with_plan(school, D(2025, 6, 2))
    upn = ChildIdentifierFactory(child=child).value
    review_calendar.settle(on=ON)
    case = case_of(child)
    response = bring(
        client,
        "UPN,Date of birth,Surname,Meeting held,Report sent,Recommendation\n"
        f"{upn},04/05/2016,HEATH,01/06/2026,12/06/2026,amend\n"
        f"{upn[:-1]}9,04/05/2016,Heath,01/06/2026,,\n"
        ",,Heath,first of June,,perhaps\n",
    )
    found = response.context["found"]
    assert [line.row for line in found.good] == [2]
    assert [line.row for line in found.wrong] == [3, 4]
    assert "No child with an open review has this UPN" in found.wrong[0].problems[0]
    assert "is not a day. Write it as DD/MM/YYYY" in " ".join(found.wrong[1].problems)
    assert Review.objects.get(case=case).held_on is None
    url = response.request["PATH_INFO"]
    assert "1 review recorded" in client.post(url, follow=True).content.decode()
    review = Review.objects.get(case=case)
    assert (review.held_on, review.report_on) == (D(2026, 6, 1), D(2026, 6, 12))
    report = case.milestones.get(kind=M.REVIEW_REPORT_RECEIVED)
    assert "recommends to amend" in report.note
    assert review.decided_on is None
    assert "recorded already" in client.post(url, follow=True).content.decode()
    mend = b"".join(client.get(f"{url}to-mend.csv").streaming_content).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(mend)))) == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("04/05/2016,Heath,09/07/2026,", "is after today"),
        ("04/05/2016,Heath,01/06/2025,", "before the plan was made"),
        ("04/05/2016,Heath,01/06/2026,31/05/2026", "before the meeting"),
        ("04/05/2016,Thorn,01/06/2026,", "surname: it differs"),
        ("04/05/2015,Heath,01/06/2026,", "No child with an open review"),
        ("04/05/2016,Heath,,", "enter the day of the meeting"),
    ],
)
def test_each_wrong_row_says_how_to_mend_it(client, worker, school, cells, words):
    child = child_with_plan(school, D(2025, 6, 2))
    upn = ChildIdentifierFactory(child=child).value
    review_calendar.settle(on=ON)
    response = bring(client, f"upn,date_of_birth,surname,meeting_held,report_sent\n{upn},{cells}\n")
    (line,) = response.context["found"].wrong
    assert words in " ".join(line.problems)


def test_a_twin_row_and_a_file_without_columns_are_refused(client, worker, school):
    child = child_with_plan(school, D(2025, 6, 2))
    review_calendar.settle(on=ON)
    reference = case_of(child).reference
    response = bring(client, f"case_reference,meeting_held\n{reference},01/06/2026\n{reference},02/06/2026\n")
    assert not response.context["found"].good
    assert "about the same review" in response.context["found"].wrong[0].problems[0]
    assert "no column meeting_held" in bring(client, "case_reference\nEHC-1\n").content.decode()
    assert "not a CSV file" in bring(client, "PK\x03\x04\x00\x00").content.decode()

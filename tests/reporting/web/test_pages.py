"""Pages of reports: who may open what, what they say, and what happens to questions that cannot be answered."""

import datetime

import pytest

from casework.models import AccessLogEntry, AssessmentRequest, RestrictedAccess, RoleCode
from reporting.models import RunState, SnapshotRun, SnapshotState
from reporting.registry import INDICATORS
from reporting.services.snapshots import build_snapshots_now
from tests.api.callers import person
from tests.api.conftest import make_records
from tests.reporting.web.reading import cells, lines, ok

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 12, 31)
YEAR = "from=2025-01-01&to=2025-12-31"


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.WAYMARK_TODAY = DAY.isoformat()


@pytest.fixture
def children():
    """Two children with a request in January 2025; the second is restricted."""
    return make_records(), make_records(surname="Sealwort", restricted=True)


# Who may open what


def test_money_needs_the_permission_to_see_costs(children, data_officer):
    for code in ("M1", "M2"):
        for page in (
            "",
            "list/",
            "over-time/",
            "figures.csv",
            "about.csv",
            "picture.svg",
            "over-time.csv",
            "list.csv",
        ):
            assert data_officer.get(f"/reports/{code}/{page}").status_code == 403
    assert "Cost of provision" not in ok(data_officer, "/reports/").content.decode()


def test_an_analyst_reads_totals_and_no_list(children, analyst):
    page = ok(analyst, f"/reports/D1/?{YEAR}")
    assert [cell.url for row in cells(page) for cell in row] == [""] * sum(len(row) for row in cells(page))
    assert "name children, and your role does not open them" in page.content.decode()
    assert analyst.get(f"/reports/D1/list/?{YEAR}").status_code == 403
    assert analyst.get(f"/reports/D1/list.csv?{YEAR}").status_code == 403


def test_a_caseworker_opens_no_report():
    caseworker = person(RoleCode.CASEWORKER)
    assert caseworker.get("/reports/").status_code == 403
    assert caseworker.get("/reports/D1/list/").status_code == 403


def test_a_restricted_child_is_a_row_without_a_name(children, manager):
    page = ok(manager, f"/reports/D1/list/?{YEAR}")
    assert page.context["page"].paginator.count == 2
    body = page.content.decode()
    assert "Restricted record" in body
    assert "Sealwort" not in body
    assert str(children[1].child.public_id) not in body
    assert [row["surname"] for row in lines(manager, f"/reports/D1/list.csv?{YEAR}")].count(
        "Restricted record"
    ) == 1


def test_who_was_named_sees_the_restricted_child(children, manager):
    RestrictedAccess.objects.create(
        child=children[1].child,
        user=manager.person,
        reason="Leads the case",
        starts_on=datetime.date(2025, 1, 1),
    )
    body = ok(manager, f"/reports/D1/list/?{YEAR}").content.decode()
    assert "Sealwort" in body
    assert "Restricted record" not in body


def test_the_amount_of_a_restricted_child_is_withheld(children, manager):
    page = ok(manager, "/reports/M1/list/?as_at=2025-06-30")
    shown = [value for record, _, values in page.context["rows"] if record.withheld for _, value in values]
    assert shown == ["", "", "", ""]


# Reading is written down


def test_a_download_of_a_list_is_logged_for_each_child_it_names(children, manager):
    before = AccessLogEntry.objects.count()
    ok(manager, f"/reports/D1/list/?{YEAR}")
    assert AccessLogEntry.objects.count() == before
    lines(manager, f"/reports/D1/list.csv?{YEAR}")
    logged = AccessLogEntry.objects.order_by("pk")[before:]
    assert [(entry.child_id, entry.action, entry.user) for entry in logged] == [
        (children[0].child.pk, "export", manager.person)
    ]


# What pages say


def test_without_a_snapshot_the_first_page_says_so_and_offers_to_make_one(manager, analyst):
    assert "No figures yet" in ok(manager, "/reports/").content.decode()
    assert 'action="/reports/work-out/"' in ok(manager, "/reports/").content.decode()
    assert 'action="/reports/work-out/"' not in ok(analyst, "/reports/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_with_a_snapshot_the_first_page_answers_the_questions(children, manager):
    build_snapshots_now(as_at=DAY)
    page = ok(manager, "/reports/")
    assert [tile.question for tile in page.context["tiles"]] == [
        "Are we in time?", "Who asks, and what do we decide?", "Where are children?", "What does it cost?",
        "Who is waiting?", "How many plans?",
    ]  # fmt: skip
    asked = page.context["tiles"][1]
    assert asked.figure == "2"
    assert asked.changes[1] == "Up 2 since 31 Dec 2024"
    assert ok(manager, asked.url).context["total"].text == "2"


@pytest.mark.django_db(transaction=True)
def test_a_new_snapshot_changes_the_first_page_at_once(children, manager):
    build_snapshots_now(as_at=DAY)
    assert ok(manager, "/reports/").context["tiles"][1].figure == "2"
    make_records()
    build_snapshots_now(as_at=DAY)
    assert ok(manager, "/reports/").context["tiles"][1].figure == "3"


@pytest.mark.parametrize("code", INDICATORS)
def test_every_indicator_says_how_it_is_counted(code, children, manager):
    page = ok(manager, f"/reports/{code}/").content.decode()
    indicator = INDICATORS[code]
    said = dict(ok(manager, f"/reports/{code}/").context["how"])
    assert said["Definition"] == indicator.definition
    assert said["Source of the definition"] == indicator.source
    assert said.get("Denominator", "") == indicator.denominator_words
    assert "Worked out just now" in page


def test_a_classification_is_named_and_what_it_does_not_show_is_said(children, manager):
    page = ok(manager, "/reports/P1/?by=local_recovery_plan&as_at=2025-06-30").content.decode()
    assert "Grouped as in “Local recovery plan (maintained and independent special)”" in page
    assert "Types of provision it has no group for:" in page


def test_refusals_stand_beside_what_became_of_them_and_timeliness(children, manager):
    beside = [one.title for one in ok(manager, "/reports/D4/").context["beside"]]
    assert beside == [INDICATORS[code].title for code in ("D4A", "D7S", "D7", "D7X")]
    assert not ok(manager, "/reports/D1/").context["beside"]


# Questions


def test_a_chosen_period_becomes_the_address_of_the_question(manager):
    answer = manager.get("/reports/D1/?period=2025-01-01_2025-12-31&by=area&source=1&source=2&first-day=")
    assert answer.status_code == 302
    assert answer.url == "/reports/D1/?from=2025-01-01&to=2025-12-31&by=area&source=1&source=2"


def test_days_of_ones_own_win_over_the_list(manager):
    own = "first-day=1&first-month=2&first-year=2025&last-day=28&last-month=2&last-year=2025"
    answer = manager.get(f"/reports/D1/?period=2025-01-01_2025-12-31&by=&{own}")
    assert answer.url == "/reports/D1/?from=2025-02-01&to=2025-02-28&by="


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("first-day=31&first-month=2&first-year=2025", "First day must be a real date"),
        ("first-day=1&first-month=2&first-year=2025", "Enter the last day too"),
        ("last-day=1&last-month=2&last-year=2025", "Enter the first day too"),
        (
            "first-day=2&first-month=2&first-year=2025&last-day=1&last-month=2&last-year=2025",
            "Last day must be on or after the first day",
        ),
    ],
)
def test_a_slip_in_the_days_is_kept_and_explained(typed, said, manager):
    page = manager.get(f"/reports/D1/?period=&by=source&{typed}")
    assert page.status_code == 200
    body = page.content.decode()
    assert said in body
    assert "<title>Error:" in body
    assert 'value="2025"' in body


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("D1/?from=2025-02-30", "is not a day"),
        ("D1/?from=2025-12-31&to=2025-01-01", "on or after the first day"),
        ("D1/?by=colour", "has no dimension"),
        ("D1/?source=9", "is not a value of source"),
        ("D9/?from=2025-01-01", "is counted on one day"),
        ("D9/?as_at=0001-01-01", "Choose a day from"),
        ("D1/?period=then", "Choose a period from the list"),
        ("D1/?period=2025-12-31_2025-01-01", "Choose a period from the list"),
        ("D1/list/?part=both", "numerator or the denominator"),
        ("D1/list/?part=denominator", "has no denominator"),
        ("D1/figures.csv?source=9", "is not a value of source"),
        ("D1/over-time/?source=9", "is not a value of source"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(question, said, manager):
    page = manager.get(f"/reports/{question}")
    assert page.status_code == 400
    assert said in page.content.decode()
    assert "Start again with" in page.content.decode()


def test_an_indicator_that_is_not_there_is_not_found(manager):
    assert manager.get("/reports/D99/").status_code == 404


# Pictures


def test_the_picture_is_drawn_again_only_when_the_figures_change(children, manager):
    address = f"/reports/D1/picture.svg?by=source&{YEAR}"
    first = ok(manager, address)
    assert first.headers["Content-Type"] == "image/svg+xml"
    assert first.content.startswith(b"<svg")
    again = manager.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    AssessmentRequest.objects.filter(pk=children[0].request.pk).update(source="5")
    assert manager.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_lines_are_drawn_again_after_a_new_snapshot(children, manager):
    build_snapshots_now(as_at=DAY)
    address = "/reports/P1/over-time.svg"
    first = ok(manager, address)
    assert manager.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    build_snapshots_now(as_at=DAY)
    assert manager.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


# Working the figures out


def test_asking_twice_shows_the_same_run(manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent:
        first = manager.post("/reports/work-out/")
        second = manager.post("/reports/work-out/")
    run = SnapshotRun.objects.get()
    assert first.url == second.url == f"/reports/work-out/{run.public_id}/"
    assert (run.asked_by, run.as_at, len(sent)) == (manager.person, DAY, 1)


def test_progress_is_told_until_the_end(manager):
    run = SnapshotRun.objects.create(
        as_at=DAY, state=RunState.RUNNING, steps=56, steps_done=12, message="Plans"
    )
    page = ok(manager, f"/reports/work-out/{run.public_id}/").content.decode()
    assert "12 of 56" in page
    assert 'http-equiv="refresh"' in page
    SnapshotRun.objects.update(state=RunState.FAILED, message="The worker stopped.")
    page = ok(manager, f"/reports/work-out/{run.public_id}/").content.decode()
    assert "could not be worked out" in page
    assert "The worker stopped." in page
    assert 'http-equiv="refresh"' not in page
    SnapshotRun.objects.update(state=RunState.DONE)
    assert "See the reports" in ok(manager, f"/reports/work-out/{run.public_id}/").content.decode()
    assert not SnapshotState.objects.exists()

"""The words of a plan over REST: what was sent, under a scope of their own, never a draft or a restricted child's."""

from casework.models import AccessLogEntry, PlanText, TextState
from tests.api.callers import system


def address(text):
    return f"/api/v1/plan-texts/{text.public_id}/"


def test_a_text_in_whole(records, warehouse):
    body = warehouse.get(address(records.text)).json()
    assert (body["id"], body["plan_version"]) == (str(records.text.public_id), str(records.version.public_id))
    assert (body["case"], body["state"]) == (str(records.request.case.public_id), "final")
    assert body["child"]["surname"] == records.child.surname
    assert body["sections"] == [
        {
            "letter": "A",
            "title": "Views, interests and aspirations",
            "words": "Rowan likes building and wants to work with animals.",
        }
    ]
    [need] = body["needs"]
    assert (need["words"], need["kind"], need["area"]) == (
        "Rowan follows one instruction at a time.",
        "SLCN",
        None,
    )
    assert (body["outcomes"], body["provision"], body["budget"], body["advice"]) == ([], [], [], [])


def test_a_version_says_where_its_words_are(records, warehouse):
    [version] = warehouse.get("/api/v1/plan-versions/").json()["results"]
    assert version["text"] == str(records.text.public_id)


def test_a_draft_that_is_being_written_is_not_read(records, warehouse):
    assert PlanText.objects.get(pk=records.draft.pk).state == TextState.WRITING
    assert warehouse.get(address(records.draft)).status_code == 404


def test_the_words_of_a_restricted_child_are_not_read(restricted, warehouse):
    assert warehouse.get(address(restricted.text)).status_code == 404


def test_the_scope_for_plans_is_not_the_scope_for_their_words(records):
    assert system("plans:read").get(address(records.text)).status_code == 403


def test_a_reading_is_logged(records, warehouse):
    before = AccessLogEntry.objects.filter(child=records.child).count()
    warehouse.get(address(records.text))
    assert AccessLogEntry.objects.filter(child=records.child).count() == before + 1

"""The stories of the demonstration stand where the tour says they stand."""

from casework.models import Child, Clock, Plan, Review, User
from casework.queries.worklist import worklist_of
from casework.rules.reviews import ReviewState
from config.demo.day import DEMO_DAY
from config.demo.people import PEOPLE
from config.demo.seed import seed
from config.demo.stories import STORIES

CLOCKS = {
    ("Lateborough", "A1"): "overdue",
    ("Freshwater", "A1"): "due_soon",
    ("Farafield", "A10"): "overdue_excused",
    ("Notyet", "A1"): "met",
}
REVIEWS = {"Meetwell": ReviewState.WAITING_REPORT, "Amendbury": ReviewState.WAITING_FINAL}


def test_the_stories_stand_as_they_are_told(db, settings, tmp_path):
    """One test, because telling takes seconds and every look at it is only a look."""
    settings.STATE_DIR = tmp_path
    seed(plans=60, progress=lambda _words: None)

    worker = User.objects.get(email=PEOPLE[0].email)
    listed = {entry.child.surname for entry in worklist_of(worker, reader=worker, as_at=DEMO_DAY).entries}
    assert {story.who.split(" ")[-1] for story in STORIES} <= listed

    clocks = Clock.objects.with_status(DEMO_DAY)
    assert {
        (surname, rule): clocks.get(case__child__surname=surname, rule_code=rule).status
        for surname, rule in CLOCKS
    } == CLOCKS

    advice = Child.objects.get(surname="Waitwell").cases.get().advice_requests
    assert advice.filter(received_on__isnull=False).count() == 2
    late = advice.get(body="psychology")
    assert late.due_on < DEMO_DAY
    assert late.chase_on is not None

    for surname, state in REVIEWS.items():
        reviews = Review.objects.with_state(DEMO_DAY).filter(case__child__surname=surname)
        assert str(state) in {review.state for review in reviews}, surname

    twins = Child.objects.filter(surname="Twinmoor")
    assert len({child.date_of_birth for child in twins}) == 1
    assert Plan.objects.as_at(DEMO_DAY).filter(child__in=twins).count() == 2

    [before, after] = Child.objects.get(surname="Amendbury").plan_texts.order_by("pk")
    assert (before.state, after.state) == ("final", "served")

    ordered = Child.objects.get(surname="Orderham").cases.get(kind="request")
    assert ordered.closed_on is None or ordered.request.state == "refused"
    assert clocks.filter(case__child__surname="Orderham", case__kind="appeal", stopped_on=None).exists()
    assert clocks.filter(case__child__surname="Newcombe", case__kind="transfer_in", stopped_on=None).exists()

    hushed = Child.objects.get(surname="Hushcombe")
    assert hushed.restricted
    assert hushed.access_grants.count() == 2

"""Plans in force: reviews at different duties, and a change of phase."""

from casework.models import Answer, Need, Sex
from casework.rules.phase_transfers import Phase
from casework.services import amendments, phase_transfers, plan_texts, reviews
from config.demo.stories.cast import Cast, Story
from config.demo.stories.plan_words import AFTER, BEFORE


def _report_awaited(cast: Cast) -> None:
    """The meeting was held and the school's report has not come."""
    child = cast.child("Fennel", "Meetwell", years=10, sex=Sex.FEMALE)
    case = reviews.review_of(cast.plan(child, days_ago=350), on=cast.as_at, by=cast.worker).case
    reviews.hold_meeting(case=case, held_on=cast.ago(16), by=cast.worker, on=cast.as_at)


def _amending(cast: Cast) -> None:
    """Decided to amend: the notice is out and the final plan is due."""
    child = cast.child("Rush", "Amendbury", years=12, sex=Sex.MALE)
    plan = cast.plan(child, days_ago=400, need=Need.SEMH, secondary=True)
    plan_texts.enter_text(plan_version=plan.versions.get(), content=BEFORE, by=cast.worker)
    case = reviews.review_of(plan, on=cast.as_at, by=cast.worker).case
    reviews.hold_meeting(case=case, held_on=cast.ago(55), by=cast.worker, on=cast.as_at)
    reviews.receive_report(case=case, received_on=cast.ago(45), by=cast.worker, on=cast.as_at)
    reviews.decide(
        case=case,
        answer=Answer.AMEND,
        reasons="What the plan provides for his emotional needs has to change after the move to a larger school.",
        decided_on=cast.ago(30),
        told_on=cast.ago(29),
        by=cast.worker,
        on=cast.as_at,
    )
    plan_texts.write_whole(case=case, content=AFTER, by=cast.worker)
    amendments.send_notice(case=case, sent_on=cast.ago(28), by=cast.worker, on=cast.as_at)


def _changing_phase(cast: Cast) -> None:
    """In year 6: the plan must name the secondary school before 15 February."""
    child = cast.child("Willow", "Movingham", years=10, sex=Sex.FEMALE)
    cast.plan(child, days_ago=300, need=Need.SLCN)
    year = cast.as_at.year + 1
    phase_transfers.open_transfers(
        moves={child.pk: Phase.TO_SECONDARY}, year=year, by=cast.worker, on=cast.as_at
    )


STORIES = (
    Story("Fennel Meetwell", "a review whose report is awaited", _report_awaited),
    Story("Rush Amendbury", "a plan that is being amended after its review", _amending),
    Story("Willow Movingham", "a move to secondary school, due before 15 February", _changing_phase),
)

"""Families who disagree, and a family that came from elsewhere."""

from casework.models import LocalAuthority, Need, Sex
from casework.rules.tribunal_orders import OrderKind
from casework.services import appeals, decisions, moves_in, tribunal
from casework.services.disagreements import disputed
from casework.services.move_checks import ArrivedPlan
from config.demo.day import LA_CODE
from config.demo.stories.cast import Cast, Story


def _ordered(cast: Cast) -> None:
    """Refused, appealed, and the Tribunal ordered an assessment: two weeks to tell the family."""
    child = cast.child("Linnet", "Orderham", years=8, sex=Sex.FEMALE)
    case = cast.request(child, days_ago=190)
    refusal = decisions.refuse_to_assess(
        case=case,
        limb="not_necessary",
        grounds=["support_working"],
        reasons="The school's reports show progress with the small group she joined in the autumn.",
        decided_on=cast.ago(155),
        told_on=cast.ago(154),
        by=cast.worker,
        on=cast.as_at,
    )
    appeal = appeals.register(
        about=disputed(refusal.milestone),
        registered_on=cast.ago(92),
        certificate_on=cast.ago(120),
        tribunal_reference="EH999/26/00001",
        officer=cast.worker,
        by=cast.worker,
        on=cast.as_at,
    )
    tribunal.order(
        case=appeal,
        kind=OrderKind.ASSESS,
        made_on=cast.ago(9),
        terms="The authority is to carry out an EHC needs assessment.",
        by=cast.worker,
        on=cast.as_at,
    )


def _moved_in(cast: Cast) -> None:
    """Moved here with a plan two weeks ago: the family is to be told within six weeks what happens to it."""
    child = cast.child("Aspen", "Newcombe", years=7, sex=Sex.MALE)
    neighbour = LocalAuthority.objects.exclude(code=LA_CODE).order_by("code")[0]
    case = moves_in.open_move_in(
        child=child,
        authority=neighbour,
        moved_on=cast.ago(16),
        known_on=cast.ago(18),
        told_by="The other authority's SEND team, by secure e-mail",
        by=cast.worker,
        on=cast.as_at,
    )
    moves_in.receive_plan(
        case=case,
        transferred_on=cast.ago(16),
        plan=ArrivedPlan(made_on=cast.ago(420), last_reviewed_on=cast.ago(60), primary_need=Need.SLCN),
        by=cast.worker,
        on=cast.as_at,
    )


STORIES = (
    Story("Linnet Orderham", "an appeal that ended in an order to assess", _ordered),
    Story("Aspen Newcombe", "a move in from another authority, with a plan", _moved_in),
)

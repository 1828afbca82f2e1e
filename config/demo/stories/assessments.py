"""From the first letter to the plan: one child at each stage, one late, one excused, one refused."""

from casework.models import AdviceBody, ChaseMeans, Ground, RequestSource, Sex
from casework.services import advice, decisions, exceptions
from casework.services.advice import Ask
from config.demo.stories.cast import Cast, Story


def _late(cast: Cast) -> None:
    """Past six weeks without a decision."""
    child = cast.child("Quill", "Lateborough", years=7, sex=Sex.MALE)
    cast.request(
        child, days_ago=52, source=RequestSource.PARENT_OR_YOUNG_PERSON, by_whom="The mother, by e-mail"
    )


def _new(cast: Cast) -> None:
    """A decision to make this week."""
    child = cast.child("Sorrel", "Freshwater", years=5, sex=Sex.FEMALE)
    cast.request(child, days_ago=38)


def _refused(cast: Cast) -> None:
    """Refused with the legal test, grounds and reasons."""
    child = cast.child("Bracken", "Notyet", years=9, sex=Sex.MALE)
    case = cast.request(child, days_ago=60)
    decisions.refuse_to_assess(
        case=case,
        limb="not_necessary",
        grounds=["progress"],
        reasons="Reading and number work have caught up with the class over two terms of the support now in place.",
        decided_on=cast.ago(22),
        told_on=cast.ago(21),
        by=cast.worker,
        on=cast.as_at,
    )


def _assessing(cast: Cast) -> None:
    """Advice asked of every body; one has come, one is late and was chased."""
    child = cast.child("Tamsin", "Waitwell", years=8, sex=Sex.FEMALE)
    case = cast.request(child, days_ago=92)
    cast.assess(case, days_ago=56)
    asked = advice.ask(
        case=case,
        whom=[
            Ask(AdviceBody.FAMILY),
            Ask(AdviceBody.EDUCATION, setting=cast.school()),
            Ask(AdviceBody.HEALTH, who="Community paediatrics"),
            Ask(AdviceBody.PSYCHOLOGY, who="Educational psychology service"),
            Ask(AdviceBody.SOCIAL_CARE, who="Children's social care, first contact team"),
        ],
        asked_on=cast.ago(54),
        by=cast.worker,
        on=cast.as_at,
    )
    came = [one for one in asked if one.body in {AdviceBody.FAMILY, AdviceBody.EDUCATION}]
    advice.receive(case=case, advice=came, received_on=cast.ago(30), by=cast.worker, on=cast.as_at)
    late = [one for one in asked if one.body == AdviceBody.PSYCHOLOGY]
    advice.chase(
        advice=late,
        chased_on=cast.ago(7),
        means=ChaseMeans.EMAIL,
        to_whom="The duty psychologist",
        note="The visit to the school is planned for next week; the report follows within five days.",
        next_on=cast.ago(-3),
        by=cast.worker,
        on=cast.as_at,
    )


def _excused(cast: Cast) -> None:
    """Past twenty weeks because the family was away: late, and lawfully so."""
    child = cast.child("Heron", "Farafield", years=6, sex=Sex.MALE)
    case = cast.request(child, days_ago=150)
    cast.assess(case, days_ago=110)
    for rule in ("A6", "A10"):
        exceptions.add(
            case=case,
            rule_code=rule,
            ground=Ground.ABSENT,
            starts_on=cast.ago(75),
            ends_on=cast.ago(40),
            evidence="The family was abroad for five weeks; the school's letter of absence is on file.",
            approved_on=cast.ago(38),
            family_told_on=cast.ago(37),
            by=cast.worker,
            on=cast.as_at,
        )


STORIES = (
    Story("Quill Lateborough", "a request that is past its six weeks", _late),
    Story("Sorrel Freshwater", "a request to decide this week", _new),
    Story("Bracken Notyet", "an assessment refused, with the legal test and the reasons", _refused),
    Story("Tamsin Waitwell", "advice asked for: some has come, some is late and chased", _assessing),
    Story("Heron Farafield", "late, and lawfully excused: the family was away", _excused),
)

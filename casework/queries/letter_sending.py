"""What the sending of a letter means for the days of its case, and the letters of a child."""

from datetime import date

from django.db.models import QuerySet

from casework.models import Child, Letter, MilestoneKind
from casework.rules.clock_words import show_day
from casework.rules.letter_kinds import LetterKind
from casework.rules.milestone_facts import milestone_words


def letters_of(child: Child) -> QuerySet[Letter]:
    """The letters of a child, latest first."""
    return Letter.objects.filter(child=child).select_related("case", "made_by", "sent_by", "document")


def letters_in_error() -> QuerySet[Letter]:
    """Every letter that was sent in error, latest first: the lines for the log of data breaches."""
    return (
        Letter.objects.filter(error_at__isnull=False)
        .select_related("child", "error_by")
        .order_by("-error_at")
    )


def milestone_to_record(letter: Letter) -> MilestoneKind | None:
    """The milestone that sending this letter records: one that no decision records, and that does not stand already."""
    kind = _told_by(letter)
    if kind is None or _standing(letter, kind) is not None:
        return None
    return kind if LetterKind(letter.kind).facts.records else None


def sending_consequences(letter: Letter, sent_on: date) -> list[str]:
    """Sentences: what is recorded with it, and which days do not agree and have to be put right."""
    facts = LetterKind(letter.kind).facts
    sentences = []
    if facts.dated and sent_on != letter.dated:
        sentences.append(
            f"The letter is dated {show_day(letter.dated)} and its time limits count from then, but it goes on "
            f"{show_day(sent_on)}. Tell the family the right last days, or discard it and make it again."
        )
    kind = _told_by(letter)
    if kind is None:
        return sentences
    words = milestone_words(kind)
    stands = _standing(letter, kind)
    if stands is None:
        if milestone_to_record(letter) is not None:
            sentences.append(f"“{words}” is recorded on the case for {show_day(sent_on)}.")
        else:
            sentences.append(
                f"“{words}” is not recorded on the case yet. Record it there as well: it moves the dates."
            )
    elif stands != sent_on:
        sentences.append(
            f"The case says “{words}” on {show_day(stands)}, and this letter went on {show_day(sent_on)}. The law counts the "
            "day it was sent: correct the date in the timeline."
        )
    else:
        sentences.append(f"This agrees with the case: “{words}” on {show_day(stands)}.")
    return sentences


def _told_by(letter: Letter) -> MilestoneKind | None:
    if letter.case is None:
        return None
    facts = LetterKind(letter.kind).facts
    return MilestoneKind(facts.told_by) if facts.told_by else None


def _standing(letter: Letter, kind: MilestoneKind) -> date | None:
    if letter.case is None:
        return None
    rows = letter.case.milestones.filter(kind=kind, replaced=False, withdrawn=False)
    return rows.order_by("-happened_on").values_list("happened_on", flat=True).first()

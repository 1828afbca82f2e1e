"""What issuing a final plan does with its text, and what about the text should give pause, in sentences."""

import datetime

from casework.models import Case, Clock, PlanText, TextState
from casework.queries.plan_texts import FIFTEEN_DAYS, content_of
from casework.rules.calendar import nc_year
from casework.rules.clock_words import show_day
from casework.rules.plan_checks import check, words_of


def text_consequences(case: Case, issued_on: datetime.date) -> list[str]:
    """Where the words come from, what is missing in them, and whether the family had its fifteen days with them."""
    texts = list(
        PlanText.objects.filter(case=case, state__in=[TextState.WRITING, TextState.SERVED]).order_by(
            "-number"
        )
    )
    if not texts:
        return [
            "No draft is written here, so this version is recorded without its text: the words are kept elsewhere."
        ]
    text = texts[0]
    findings = check(content_of(text), nc_year=nc_year(case.child.date_of_birth, issued_on))
    which = "draft" if text.is_open else "draft that was served"
    sentences = [
        f"The {which} becomes the text of the plan and is sealed. The check of it: {words_of(findings)}."
    ]
    clock = Clock.objects.filter(case=case, rule_code__in=FIFTEEN_DAYS).order_by("-due_on").first()
    if clock is None:
        sentences.append(
            "No draft is recorded as sent to the family. The family must have at least 15 days with a draft before the "
            "plan is final."
        )
    elif issued_on <= clock.due_on:
        sentences.append(
            f"The family’s 15 days with the draft end on {show_day(clock.due_on)}, after that day."
        )
    if text.is_open and any(one.state == TextState.SERVED for one in texts):
        sentences.append(
            "The draft was changed after the family had it. Compare the two before you record this."
        )
    return sentences

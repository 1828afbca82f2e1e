"""The days that every decision has: when it was made, and when the family was told."""

from datetime import date

from casework.rules.clock_words import show_day
from casework.services.refusals import Refused


def check_decided_and_told(decided_on: date, told_on: date, *, on: date) -> None:
    """Raise Refused for a day to come, or a family told before there was a decision."""
    if decided_on > on:
        raise Refused(
            f"The decision cannot be made after today, {show_day(on)}. Enter the day it was made.",
            field="decided_on",
        )
    if told_on > on:
        raise Refused(
            f"The family cannot have been told after today, {show_day(on)}. Record the decision once the letter has "
            "gone.",
            field="told_on",
        )
    if told_on < decided_on:
        raise Refused(
            f"The family was told on {show_day(told_on)}, before the decision on {show_day(decided_on)}. "
            "Check both dates.",
            field="told_on",
        )

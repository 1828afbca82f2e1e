"""What the reader of the indicator page may choose: periods, splits and filters, and the filter in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casework.ui.components import Link
from reporting.dimensions import ClassificationDimension, Dimension, MonthDimension
from reporting.web import indicator_periods
from reporting.web.indicator_question import Question, filterable


@dataclass(frozen=True)
class Choice:
    """An option of a select or a box to tick."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Options under one heading; `code` is the name they are sent under."""

    words: str
    choices: Sequence[Choice]
    code: str = ""


def period_groups(question: Question, *, on: Any) -> list[ChoiceGroup]:
    """Periods to choose from; days of the reader's own stand first."""
    groups = [
        ChoiceGroup(
            group.words,
            [
                Choice(period_value(period.window), period.words, period.window == question.window)
                for period in group.periods
            ],
        )
        for group in indicator_periods.groups(question.indicator, on=on)
    ]
    if any(choice.chosen for group in groups for choice in group.choices):
        return _first_only(groups)
    own = Choice(
        period_value(question.window), indicator_periods.words(question.indicator, question.window), True
    )
    return [ChoiceGroup("Chosen", [own]), *groups]


def _first_only(groups: list[ChoiceGroup]) -> list[ChoiceGroup]:
    """The same days may stand under two headings: only the first is marked as chosen."""
    marked, found = [], False
    for group in groups:
        choices = []
        for choice in group.choices:
            choices.append(replace(choice, chosen=choice.chosen and not found))
            found = found or choice.chosen
        marked.append(replace(group, choices=choices))
    return marked


def period_value(window: Any) -> str:
    """How the select sends a period."""
    return f"{window.first}_{window.last}"


def split_groups(question: Question) -> list[ChoiceGroup]:
    """Dimensions to split by; classifications of provision by name."""
    chosen = question.by.code if question.by else ""
    plain = [Choice("", "Not split", not chosen)]
    classified: list[Choice] = []
    for dimension in question.indicator.dimensions:
        choice = Choice(dimension.code, dimension.title, dimension.code == chosen)
        (classified if isinstance(dimension, ClassificationDimension) else plain).append(choice)
    groups = [ChoiceGroup("Split", plain)]
    return [*groups, ChoiceGroup("Provision as grouped by", classified)] if classified else groups


def filter_groups(question: Question, values: Mapping[str, Mapping[str, str]]) -> list[ChoiceGroup]:
    """Boxes to tick, a group for each dimension; of the classifications only the one the table is split by."""
    return [
        ChoiceGroup(
            dimension.title,
            [
                Choice(value, words, value in question.where.get(dimension.code, ()))
                for value, words in values[dimension.code].items()
            ],
            dimension.code,
        )
        for dimension in offered_filters(question)
    ]


def offered_filters(question: Question) -> list[Dimension]:
    """The filters of the page: no classification but the one in use, which would only repeat provision."""
    used = {*question.where, *question.split}
    return [
        dimension
        for dimension in filterable(question.indicator)
        if not isinstance(dimension, ClassificationDimension) or dimension.code in used
    ]


def chosen_links(question: Question, values: Mapping[str, Mapping[str, str]]) -> list[Link]:
    """A tag for each value of the filter, which takes it away."""
    links = []
    for dimension in question.indicator.dimensions:
        for value in question.where.get(dimension.code, ()):
            words = (
                value if isinstance(dimension, MonthDimension) else values[dimension.code].get(value, value)
            )
            away = question.without(dimension.code, value).address("indicator")
            links.append(Link(f"{dimension.title}: {words}", away))
    return links


def filter_sentences(question: Question) -> list[str]:
    """The filter in words, for pages that cannot change it."""
    sentences = []
    for dimension in question.indicator.dimensions:
        if values := question.where.get(dimension.code):
            names = dimension.values()
            sentences.append(f"{dimension.title}: {', '.join(names.get(value, value) for value in values)}")
    return sentences

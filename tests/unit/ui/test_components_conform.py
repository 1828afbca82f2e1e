"""Our component tags against the examples GOV.UK Frontend publishes."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from casework.ui.components import Cell, Column, Link, Row, Task
from tests.unit.ui.official import BeyondOurs, Options, Taker, expressible, shape


def draw(source: str, **context: Any) -> str:
    return Template("{% load waymark_ui %}" + source).render(Context(context))


def a_button(options: Options) -> str:
    given = Taker(options)
    kind = given.take("classes", "")
    if kind and not re.fullmatch(r"govuk-button--(secondary|warning|inverse)", kind):
        raise BeyondOurs(kind)
    once = given.take("preventDoubleClick", None)
    if once is False:
        raise BeyondOurs("preventDoubleClick off")
    values = {name: given.take(name, "") for name in ("text", "href", "name", "value", "id", "disabled")}
    values["type"] = given.take("type", "submit")
    given.finish()
    return draw(
        "{% button text href=href kind=kind type=type name=name value=value id=id disabled=disabled once=once %}",
        kind=kind.removeprefix("govuk-button--"), once=once, **values,
    )  # fmt: skip


def a_tag(options: Options) -> str:
    given = Taker(options)
    text, classes = given.take("text", ""), given.take("classes", "")
    given.finish()
    return draw("{% tag text colour %}", text=text, colour=classes.removeprefix("govuk-tag--"))


def an_inset(options: Options) -> str:
    given = Taker(options)
    text = given.take("text", "")
    given.finish()
    return draw("{% inset %}{{ text }}{% endinset %}", text=text)


def a_warning(options: Options) -> str:
    given = Taker(options)
    text = given.take("text", "")
    if given.take("iconFallbackText", "Warning") != "Warning":
        raise BeyondOurs("another fallback")
    given.finish()
    return draw("{% warning_text text %}", text=text)


def some_details(options: Options) -> str:
    given = Taker(options)
    values = {name: given.take(name, "") for name in ("summaryText", "text", "open", "id")}
    given.finish()
    return draw("{% details summaryText open=open id=id %}{{ text }}{% enddetails %}", **values)


def a_panel(options: Options) -> str:
    given = Taker(options)
    title, text = given.take("titleText", ""), given.take("text", "")
    given.finish()
    return draw("{% panel title text %}", title=title, text=text)


def a_notification(options: Options) -> str:
    given = Taker(options)
    success = given.take("type") == "success"
    title = given.take("titleText", "Success" if success else "Important")
    title_id = given.take("titleId", "govuk-notification-banner-title")
    text = given.take("text", "")
    given.finish()
    ours = draw(
        "{% notification text title=title success=success id='x' %}", text=text, title=title, success=success
    )
    return ours.replace("x-title", title_id)


def breadcrumbs(options: Options) -> str:
    given = Taker(options)
    links = [Link(item.pop("text", ""), item.pop("href", "")) for item in map(dict, given.take("items"))]
    if any("html" in item or "attributes" in item for item in options["items"]):
        raise BeyondOurs("items with attributes")
    given.finish()
    return draw("{% breadcrumbs links %}", links=links)


def a_back_link(options: Options) -> str:
    given = Taker(options)
    url, text = given.take("href", "#"), given.take("text") or "Back"
    given.finish()
    return draw("{% back_link url text %}", url=url or "#", text=text)


def a_summary_list(options: Options) -> str:
    given = Taker(options)
    card = Taker(given.take("card", {}))
    title = Taker(card.take("title", {}))
    heading, level = title.take("text", ""), title.take("headingLevel", 2)
    title.finish()
    card.finish()
    if "card" in options and not heading:
        raise BeyondOurs("a card without a title")
    borders = given.take("classes", "") != "govuk-summary-list--no-border"
    rows = [_row(row) for row in given.take("rows") if row]
    given.finish()
    return draw(
        "{% summary_list rows card=card borders=borders level=level %}",
        rows=rows, card=heading, borders=borders, level=level,
    )  # fmt: skip


def _row(options: Options) -> Row:
    given = Taker(options)
    actions = Taker(given.take("actions", {}))
    items = actions.take("items", [])
    actions.finish()
    if len(items) > 1 or (items and not items[0].get("visuallyHiddenText")):
        raise BeyondOurs("several actions, or one without its object")
    link = Taker(items[0] if items else {})
    row = Row(
        given.text("key"), given.text("value"),
        link.take("href", ""), link.take("visuallyHiddenText", ""), link.take("text", "Change"),
    )  # fmt: skip
    link.finish()
    given.finish()
    return row


def a_task_list(options: Options) -> str:
    given = Taker(options)
    tasks = []
    for item in given.take("items"):
        line = Taker(item or {"empty": True})
        status = Taker(line.take("status"))
        tag = Taker(status.take("tag", {}))
        words, colour = tag.take("text"), tag.take("classes", "").removeprefix("govuk-tag--")
        if words and not colour:
            raise BeyondOurs("a tag without a colour")
        tag.finish()
        words = words or status.take("text", "")
        status.finish()
        tasks.append(Task(line.text("title"), words, colour, line.take("href", ""), line.text("hint")))
        line.finish()
    identifier = given.take("idPrefix", "task-list")
    given.finish()
    return draw("{% task_list tasks id=id %}", tasks=tasks, id=identifier)


def a_table(options: Options) -> str:
    given = Taker(options)
    caption, classes = given.take("caption", ""), given.take("captionClasses", "")
    if classes not in ("", "govuk-table__caption--m") or not options.get("head"):
        raise BeyondOurs("another size of caption, or no head")
    first = given.take("firstCellIsHeader", False)
    columns = []
    for head in map(Taker, given.take("head")):
        columns.append(Column(head.take("text", ""), numeric=head.take("format") == "numeric"))
        head.finish()
    rows = []
    for row in given.take("rows"):
        cells = []
        for cell in map(Taker, row):
            cell.take("format")
            cells.append(Cell(cell.take("text", "")))
            cell.finish()
        if len(cells) != len(columns):
            raise BeyondOurs("rows of another length")
        rows.append(cells)
    given.finish()
    ours = draw(
        "{% table columns rows caption=caption compact=False first_is_header=first %}",
        columns=columns, rows=rows, caption=caption, first=first,
    )  # fmt: skip
    # Ours stands in a box that scrolls by itself on a small screen.
    return ours[ours.index("<table") : ours.index("</table>") + len("</table>")]


def pages(options: Options) -> str:
    """Addresses are ours; the example's are put in their places."""
    given = Taker(options)
    items = given.take("items", [])
    ahead, behind = Taker(given.take("next", {})), Taker(given.take("previous", {}))
    if not items or any(
        not item or isinstance(item.get("number"), str) or "visuallyHiddenText" in item for item in items
    ):
        raise BeyondOurs("no numbers")
    numbers = [item["number"] for item in items if "number" in item]
    current = next((item["number"] for item in items if item.get("current")), None)
    if current is None:
        raise BeyondOurs("nowhere")
    page = Paginator(range(numbers[-1]), 1).page(current)
    on_each_side = 2 if len(items) > 5 else 1
    page.paginator.get_elided_page_range = lambda number, **_: type(page.paginator).get_elided_page_range(  # type: ignore[method-assign]
        page.paginator, number, on_each_side=on_each_side, on_ends=1
    )
    ours = draw("{% pagination page %}", page=page)
    for number in numbers:
        ours = re.sub(rf'href="\?page={number}" aria', f'href="/page/{number}" aria', ours)
    ours = re.sub(r'href="[^"]*" rel="prev"', f'href="{behind.take("href", "")}" rel="prev"', ours)
    ours = re.sub(r'href="[^"]*" rel="next"', f'href="{ahead.take("href", "")}" rel="next"', ours)
    for part in (ahead, behind, given):
        part.finish()
    return ours[: ours.index("</nav>") + len("</nav>")]


def the_service_navigation(options: Options) -> str:
    given = Taker(options)
    items = [item for item in given.take("navigation") or [] if item]
    if len(items) < 2 or any(set(item) - {"href", "text", "active"} or "href" not in item for item in items):
        raise BeyondOurs("items of another kind")
    given.finish()
    active = next((item["text"] for item in items if item.get("active")), None)
    entries = [SimpleNamespace(key=item["text"], title=item["text"], url=item["href"]) for item in items]
    return render_to_string(
        "casework/ui/components/service_navigation.html", {"items": entries, "active": active}
    )


# Component, how we draw an example, and how many of the examples our component must be able to express.
OURS = [
    ("button", a_button, 17),
    ("tag", a_tag, 10),
    ("inset-text", an_inset, 2),
    ("warning-text", a_warning, 4),
    ("details", some_details, 5),
    ("panel", a_panel, 3),
    ("notification-banner", a_notification, 8),
    ("breadcrumbs", breadcrumbs, 4),
    ("back-link", a_back_link, 3),
    ("summary-list", a_summary_list, 4),
    ("task-list", a_task_list, 2),
    ("table", a_table, 3),
    ("pagination", pages, 4),
    ("service-navigation", the_service_navigation, 4),
]


@pytest.mark.parametrize(("component", "how", "least"), OURS, ids=[name for name, *_ in OURS])
def test_component_draws_what_the_official_one_draws(component: str, how: Any, least: int) -> None:
    cases = expressible(component, how)
    assert len(cases) >= least, [name for name, *_ in cases]
    for name, ours, official in cases:
        assert shape(ours) == shape(official), name

"""Component tags and filters of Waymark's pages: `{% load waymark_ui %}`. casework/ui/README.md shows each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from casework.ui import formats
from casework.ui.components import STATUS_TAGS, Column, Event, Identity, Link, Row, Task
from casework.ui.forms import revealed_names, summary_of_errors

register = template.Library()
_FOLDER = "casework/ui/components"

for _filter in (
    formats.long_date,
    formats.short_date,
    formats.days_away,
    formats.days_ago,
    formats.money,
    formats.percent,
    formats.number,
    formats.file_size,
):
    register.filter(_filter.__name__, _filter)
register.filter("revealed_names", revealed_names)


# Forms


@register.inclusion_tag(f"{_FOLDER}/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """The list of what is wrong, at the top of the page, each a link to its field. Nothing when nothing is wrong."""
    bound = form if isinstance(form, BaseForm) and form.is_bound else None
    return {"errors": list(summary_of_errors(bound)) if bound else []}


@register.inclusion_tag(f"{_FOLDER}/button.html")
def button(
    text: str, *, href: str = "", kind: str = "", type: str = "submit", **options: Any
) -> dict[str, Any]:
    """A button, or a link that looks like one (`href`). `kind`: "secondary", "warning", "inverse"."""
    return {"text": text, "href": href, "kind": kind, "type": type, **options}


@register.inclusion_tag(f"{_FOLDER}/search_box.html")
def search_box(
    url: str, value: str = "", label: str = "Search", name: str = "q", id: str = "search"
) -> dict[str, Any]:
    """A GET form with one box."""
    return {"url": url, "value": value, "label": label, "name": name, "id": id}


@register.simple_block_tag(end_name="endfilter_panel")
def filter_panel(
    content: str,
    *,
    chosen: Sequence[Link] = (),
    clear_url: str = "",
    keep: dict[str, str] | None = None,
    open: bool = False,
    action: str = "",
) -> SafeString:
    """Filters as a GET form around the fields inside. `chosen` are links that take one filter away each."""
    return _draw(
        "filter_panel",
        {
            "content": content,
            "chosen": chosen,
            "clear_url": clear_url,
            "keep": keep,
            "open": open,
            "action": action,
        },
    )


# Saying how things stand


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A tag. Colours: grey, green, teal, blue, purple, magenta, red, orange, yellow.

    Written here and not in a template of its own: lists draw it on every line.
    """
    classes = f"govuk-tag govuk-tag--{colour}" if colour else "govuk-tag"
    return format_html('<strong class="{}">{}</strong>', classes, text)


@register.simple_tag
def status_tag(status: Any, text: str = "") -> SafeString:
    """The status of a clock in its one wording and colour; an unknown status is written out in grey."""
    words, colour = STATUS_TAGS.get(str(status), (str(status).replace("_", " ").capitalize(), "grey"))
    return tag(text or getattr(status, "words", "") or words, colour)


@register.inclusion_tag(f"{_FOLDER}/notification.html")
def notification(
    text: str, *, title: str = "", success: bool = False, id: str = "notification"
) -> dict[str, Any]:
    """A banner on top of the page: something has happened (`success`) or must be known."""
    return {
        "text": text,
        "title": title or ("Done" if success else "Important"),
        "success": success,
        "id": id,
    }


@register.inclusion_tag(f"{_FOLDER}/panel.html")
def panel(title: str, text: str = "") -> dict[str, Any]:
    """The confirmation at the end of a task; holds the page's h1."""
    return {"title": title, "text": text}


@register.inclusion_tag(f"{_FOLDER}/day_banner.html")
def day_banner(day: Any, today: Any) -> dict[str, Any]:
    """ "As it stood on 1 September 2025", when the day shown is not today."""
    return {"day": day if day and day != today else None, "past": bool(day and today and day < today)}


@register.inclusion_tag(f"{_FOLDER}/warning_text.html")
def warning_text(text: str) -> dict[str, Any]:
    """A warning with its sign: a legal consequence, something that cannot be undone."""
    return {"text": text}


@register.inclusion_tag(f"{_FOLDER}/progress.html")
def progress(done: int, total: int, *, what: str = "", detail: str = "", poll: str = "") -> dict[str, Any]:
    """How far long work has come. `poll` is the page's own address, asked again by script instead of a reload."""
    share = 100 * done // total if total else 0
    return {"done": done, "total": total, "share": share, "what": what, "detail": detail, "poll": poll}


@register.inclusion_tag(f"{_FOLDER}/empty_state.html")
def empty_state(title: str, text: str = "", *, url: str = "", action: str = "") -> dict[str, Any]:
    """Instead of an empty list: why there is nothing, and what to do."""
    return {"title": title, "text": text, "url": url, "action": action}


# Showing records


@register.inclusion_tag(f"{_FOLDER}/summary_list.html")
def summary_list(
    rows: Sequence[Row], *, card: str = "", borders: bool = True, compact: bool = False, level: int = 2
) -> dict[str, Any]:
    """Facts as pairs, each with its change link; `card` is the title of a card around them."""
    return {
        "rows": rows,
        "card": card,
        "borders": borders,
        "compact": compact,
        "level": level,
        "any_change": any(row.change_url for row in rows),
    }


@register.inclusion_tag(f"{_FOLDER}/table.html")
def table(
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[Any]],
    *,
    caption: str = "",
    caption_hidden: bool = False,
    compact: bool = True,
    first_is_header: bool = False,
    totals: Sequence[Any] = (),
) -> dict[str, Any]:
    """A table of cells (`Cell`, or plain values); for a list with tags or links of its own write the HTML by hand."""
    heads = [Column(column) if isinstance(column, str) else column for column in columns]
    return {
        "columns": heads,
        "rows": [list(zip(heads, row, strict=True)) for row in rows],
        "totals": list(zip(heads, totals, strict=True)) if totals else [],
        "caption": caption,
        "caption_hidden": caption_hidden,
        "compact": compact,
        "first_is_header": first_is_header,
    }


@register.simple_tag
def count_cells(cells: Sequence[Any], what: str) -> SafeString:
    """The numbers of a table's line, each a link to what it counts; a late one first.

    `cells` have `number`, `url` and `column`. Written here and not in a template of its own: a board has hundreds.
    """
    return format_html_join(
        "\n",
        '<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>',
        ((_count_link(cell, what, late=place == 0),) for place, cell in enumerate(cells)),
    )


def _count_link(cell: Any, what: str, *, late: bool) -> SafeString:
    if not cell.number:
        return mark_safe('<span class="wm-aside">0</span>')
    return format_html(
        '<a class="govuk-link{}" href="{}">{}<span class="govuk-visually-hidden"> {}, {}</span></a>',
        " wm-late" if late else "", cell.url, formats.number(cell.number), cell.column, what,
    )  # fmt: skip


@register.inclusion_tag(f"{_FOLDER}/timeline.html")
def timeline(events: Sequence[Event], *, level: int = 2) -> dict[str, Any]:
    """What happened, newest first, one line each; corrections are struck through with the reason."""
    return {"events": events, "level": level}


@register.inclusion_tag(f"{_FOLDER}/task_list.html")
def task_list(tasks: Sequence[Task], *, id: str = "task-list") -> dict[str, Any]:
    """Steps and how each stands."""
    return {"tasks": tasks, "id": id}


@register.inclusion_tag(f"{_FOLDER}/identity_bar.html")
def identity_bar(identity: Identity) -> dict[str, Any]:
    """Who this page is about."""
    return {"identity": identity}


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, *, open: bool = False, id: str = "") -> SafeString:
    """Something to open: "Why this date", "How this is counted"."""
    return _draw("details", {"content": content, "summary": summary, "open": open, "id": id})


@register.simple_block_tag(end_name="endinset")
def inset(content: str) -> SafeString:
    """A passage set apart, such as the legal test."""
    return _draw("inset", {"content": content})


# Finding the way


@register.inclusion_tag(f"{_FOLDER}/tabs.html")
def tabs(links: Sequence[Link], *, label: str = "Lists") -> dict[str, Any]:
    """Tabs that are links, with counts: each is a page of its own."""
    return {"links": links, "label": label}


@register.inclusion_tag(f"{_FOLDER}/side_navigation.html")
def side_navigation(links: Sequence[Link], *, label: str = "Sections") -> dict[str, Any]:
    """Pages of one record."""
    return {"links": links, "label": label}


@register.inclusion_tag(f"{_FOLDER}/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> dict[str, Any]:
    """The way here; the last, without an address, is this page."""
    return {"links": links}


@register.inclusion_tag(f"{_FOLDER}/back_link.html")
def back_link(url: str, text: str = "Back") -> dict[str, Any]:
    """One step back, on pages of a task."""
    return {"url": url, "text": text}


@register.inclusion_tag(f"{_FOLDER}/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Page[Any], *, what: str = "results", key: str = "page"
) -> dict[str, Any]:
    """Pages of a list; the other parts of the address (filters, order) are kept."""
    request = context.get("request")
    kept = [
        (name, value)
        for name, values in (request.GET.lists() if request else ())
        for value in values
        if name != key
    ]

    def address(number: int) -> str:
        return "?" + urlencode([*kept, (key, number)])

    numbers = [
        {"number": number, "url": address(number), "current": number == page.number}
        if isinstance(number, int)
        else {}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "what": what,
        "numbers": numbers,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


def _draw(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"{_FOLDER}/{name}.html", context)

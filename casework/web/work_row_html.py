"""The line of My work as HTML, in Python: thirty lines of seven cells took a template longer than all else on the page.

Every value goes through `format_html`, which escapes it.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from casework.templatetags.waymark_ui import tag
from casework.web.worklist_rows import WorkRow

_NOTHING = mark_safe("")
_ROW = """<tr class="govuk-table__row">
<td class="govuk-table__cell"><input type="checkbox" name="child" value="{id}" aria-label="{name}: {what}"></td>
<th scope="row" class="govuk-table__header" data-label="Child"><a class="govuk-link" href="{url}">{surname}, {forename}</a> \
<span class="wm-aside">{age}, {year}</span>{flags}</th>
<td class="govuk-table__cell" data-label="What is due">{kind}{what}{why}{then}</td>
<td class="govuk-table__cell wm-nowrap" data-label="By">{by}</td>
<td class="govuk-table__cell" data-label="Waiting for">{waits}</td>
<td class="govuk-table__cell wm-nowrap" data-label="Last contact">{contact}</td>
<td class="govuk-table__cell wm-nowrap" data-label="Next step">{steps}</td>
</tr>"""


def work_row_html(row: WorkRow) -> SafeString:
    """One line of the table."""
    child = row.child
    return format_html(
        _ROW,
        id=child.public_id,
        name=child.name,
        url=row.url,
        surname=child.surname,
        forename=child.forename,
        age=row.age,
        year=row.year_group,
        flags=_flags(row),
        kind=_NOTHING if row.statutory else _FOLLOW_UP,
        what=row.what,
        why=_aside(row.why),
        then=format_html(_LATER, row.then) if row.then else _NOTHING,
        by=_by(row),
        waits=_waits(row),
        contact=row.last_contact,
        steps=format_html_join(
            " · ", _STEP, ((one.url, one.text, child.name) for one in (row.step, row.other_step) if one)
        ),
    )


_FOLLOW_UP = tag("Follow-up", "grey") + mark_safe(
    '<span class="govuk-visually-hidden"> not a statutory date:</span> '
)
_LATER = ' <span class="wm-aside">+{}<span class="govuk-visually-hidden"> more later</span></span>'
_STEP = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>'


def _aside(words: str) -> SafeString:
    return format_html(' <span class="wm-aside">{}</span>', words) if words else _NOTHING


def _flags(row: WorkRow) -> SafeString:
    found = [tag(flag.text, flag.colour) for flag in row.flags]
    if row.covers:
        found.append(tag("Cover", "purple") + _aside(f"for {row.covers}"))
    return format_html_join("", " {}", ((one,) for one in found))


def _by(row: WorkRow) -> SafeString:
    if not row.due:
        return _NOTHING
    status = f"wm-{'late' if row.late else 'aside'}"
    excused = format_html(" {}", tag(row.status, row.colour)) if row.excused else _NOTHING
    return format_html('{} <span class="{}">{}</span>{}', row.due, status, row.away, excused)


def _waits(row: WorkRow) -> SafeString:
    if not row.waits_for:
        return _NOTHING
    status = f"wm-{'late' if row.waits_late else 'aside'}"
    more = _aside(f"and {row.more_waits} more") if row.more_waits else _NOTHING
    return format_html('{} <span class="{}">{}</span>{}', row.waits_for, status, row.waits_since, more)

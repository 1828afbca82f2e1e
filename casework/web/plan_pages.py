"""What the pages of plans share: the text an address names, its words for a line of a list, and its tables."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.scope import visible
from casework.models import Case, Child, PlanText, TextState
from casework.queries.plan_texts import WRITTEN_IN, TextOrVersion, standing_of, with_parts
from casework.rules.calendar import nc_year
from casework.rules.plan_sections import SECTIONS, WRITTEN, Section
from casework.rules.plan_shown import ShownSection
from casework.ui.components import Link
from casework.ui.formats import long_date
from casework.web.plan_section_i import named_in
from casework.web.records import reader_of

COLOURS = {
    TextState.WRITING: "blue",
    TextState.SERVED: "purple",
    TextState.FINAL: "green",
    TextState.SET_ASIDE: "grey",
}
BLANK_I = "Left blank: a draft must not name a setting or a type of setting (section 38(5))."


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows of a section as a table: one column for each label that says something in some row."""

    labels: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def text_or_404(request: HttpRequest, public_id: uuid.UUID) -> PlanText:
    """A text in scope, with everything in it."""
    texts = with_parts(visible(PlanText, reader_of(request)))
    return get_object_or_404(
        texts.select_related("child", "case", "plan_version__plan", "served_as", "based_on"),
        public_id=public_id,
    )


def plan_case_or_404(request: HttpRequest, public_id: uuid.UUID) -> Case:
    """A case in scope in which a plan may be written."""
    cases = visible(Case, reader_of(request)).filter(kind__in=WRITTEN_IN)
    return get_object_or_404(cases.select_related("child"), public_id=public_id)


def section_or_404(letter: str) -> Section:
    """The section of an address."""
    found = next((one for one in WRITTEN if one.lower() == letter.lower()), None)
    if found is None:
        raise Http404
    return found


def title_of(text: PlanText) -> str:
    """ "Final plan of 3 March 2026", "Draft served on 1 March 2026", "Draft being written"."""
    version = text.plan_version
    if text.state == TextState.FINAL and version is not None:
        kind = "Amended final plan" if version.stage == "amended_final" else "Final plan"
        return f"{kind} of {long_date(version.starts_on)}" if version.starts_on else kind
    if text.state == TextState.SERVED:
        stands = standing_of(text.served_as) if text.served_as else None
        kind = "Proposed amendments sent" if version is not None else "Draft served"
        return (
            f"{kind} on {long_date(stands.happened_on)}" if stands else f"{kind}: that record was withdrawn"
        )
    return "Draft being written" if text.is_open else "Draft set aside"


def title_of_line(line: TextOrVersion) -> str:
    """The same for a line of the list of versions, with or without a text."""
    if line.text is not None:
        line.text.plan_version = line.version
        return title_of(line.text)
    version = line.version
    day = (version.starts_on or version.served_on) if version else None
    kind = {"final": "Final plan", "amended_final": "Amended final plan", "proposed": "Proposed amendments"}
    words = kind.get(version.stage, "Draft") if version else "Plan"
    return f"{words} of {long_date(day)}" if day else words


def section_i(texts: Sequence[PlanText]) -> dict[int, str]:
    """What section I says in each text, by the text's key."""
    versions = [text.plan_version for text in texts if text.plan_version and text.state == TextState.FINAL]
    named = named_in(versions)
    return {
        text.pk: named.get(text.plan_version_id or 0, "Not recorded")
        if text.state == TextState.FINAL
        else BLANK_I
        for text in texts
    }


def whole(sections: Sequence[ShownSection], named: str) -> list[ShownSection]:
    """All twelve sections, with section I in its place."""
    result = list(sections)
    place = next(number for number, one in enumerate(result) if one.letter is Section.J)
    result.insert(place, ShownSection(Section.I, SECTIONS[Section.I].title, named, ()))
    return result


def table_of(section: ShownSection) -> RowTable | None:
    """The rows of a section; None where it has none."""
    if not section.rows:
        return None
    used = {line.label for row in section.rows for line in row.lines if line.text}
    labels = [line.label for line in section.rows[0].lines if line.label in used]
    rows = []
    for row in section.rows:
        texts = {line.label: line.text for line in row.lines}
        rows.append((row.name, [(label, texts[label]) for label in labels]))
    return RowTable(labels, rows)


def plan_url(child: Child) -> str:
    """Address of the page of a child's plan."""
    return reverse("child_plan", args=[child.public_id])


def draft_sections(text: PlanText, current: Section | None) -> list[Link]:
    """The sections of a draft as links beside the one that is open."""
    overview = Link("All sections", reverse("plan_draft", args=[text.public_id]), current=current is None)
    return [
        overview,
        *(
            Link(
                f"{section} {_SHORT.get(section, SECTIONS[section].title)}",
                reverse("plan_section", args=[text.public_id, section.lower()]),
                current=section is current,
            )
            for section in WRITTEN
        ),
    ]


def year_of(child: Child, text: PlanText) -> int:
    """The child's expected year on the day the text was begun, for regulation 12(3)."""
    return nc_year(child.date_of_birth, text.started_at.date())


_SHORT = {
    Section.A: "Views and aspirations",
    Section.B: "Educational needs",
    Section.F: "Educational provision",
    Section.H1: "Social care (1970 Act)",
    Section.H2: "Social care (other)",
    Section.K: "Advice",
}

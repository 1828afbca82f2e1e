"""Read a text of a plan, write a draft section by section, and compare two texts."""

import dataclasses
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import PlanText, TextState
from casework.queries.plan_texts import content_of, sections_of, with_parts
from casework.rules.permissions import Permission
from casework.rules.plan_checks import Finding, Weight, check, words_of
from casework.rules.plan_content import PlanContent
from casework.rules.plan_diff import ComparedSection, compare
from casework.rules.plan_sections import SECTIONS, WRITTEN, Rows, Section
from casework.rules.plan_shown import show
from casework.services import plan_texts
from casework.services.plan_texts import SectionChanged
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Link
from casework.web.forms.plan_sections import SectionForm
from casework.web.plan_pages import (
    COLOURS,
    draft_sections,
    plan_url,
    section_i,
    section_or_404,
    table_of,
    text_or_404,
    title_of,
    whole,
    year_of,
)
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.child import open_record


@needs(Permission.SEE_CHILDREN)
def read_plan(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A whole text, sections A to K, for reading and for paper."""
    text = text_or_404(request, public_id)
    opened = open_record(request, text.child.public_id, "child_plan")
    if isinstance(opened, HttpResponse):
        return opened
    _, context = opened
    shown = whole(sections_of(text), section_i([text])[text.pk])
    context |= {
        "text": text,
        "title": title_of(text),
        "colour": COLOURS[TextState(text.state)],
        "shown": [(section, table_of(section)) for section in shown],
        "plan_url": plan_url(text.child),
        "as_at": today(),
    }
    return render(request, "casework/plans/read.html", context)


@needs(Permission.RECORD_CASEWORK)
def plan_draft(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every section of a draft: what is written, by whom, what is missing or vague."""
    text = text_or_404(request, public_id)
    opened = open_record(request, text.child.public_id, "child_plan")
    if isinstance(opened, HttpResponse):
        return opened
    if not text.is_open:
        return redirect(reverse("plan_text", args=[text.public_id]))
    _, context = opened
    content = content_of(text)
    findings = check(content, nc_year=year_of(text.child, text))
    saved = {row.letter: row for row in text.sections.select_related("edited_by")}
    context |= {
        "text": text,
        "sections": draft_sections(text, None),
        "found": words_of(findings),
        "lines": [
            {
                "letter": section,
                "title": SECTIONS[section].title,
                "url": reverse("plan_section", args=[text.public_id, section.lower()]),
                "empty": content.is_empty(section),
                "rows": len(content.rows(section)),
                "missing": _of(findings, section, Weight.MISSING),
                "look": _of(findings, section, Weight.LOOK),
                "saved": saved[section],
            }
            for section in WRITTEN
        ],
        "plan_url": plan_url(text.child),
        "from_words": title_of(text.based_on) if text.based_on else "",
        "as_at": today(),
    }
    return render(request, "casework/plans/draft.html", context)


@needs(Permission.RECORD_CASEWORK)
def plan_section(request: HttpRequest, public_id: uuid.UUID, letter: str) -> HttpResponse:
    """Write one section. Whoever saves second is shown both texts and keeps their own words."""
    text, section = text_or_404(request, public_id), section_or_404(letter)
    opened = open_record(request, text.child.public_id, "child_plan")
    if isinstance(opened, HttpResponse):
        return opened
    if not text.is_open:
        messages.warning(request, plan_texts.SEALED)
        return redirect(reverse("plan_text", args=[text.public_id]))
    _, context = opened
    content = content_of(text)
    version = next(row.version for row in text.sections.all() if row.letter == section)
    form = SectionForm(
        request.POST if request.method == "POST" else None, section=section, content=content, version=version
    )
    theirs: ComparedSection | None = None
    if request.method == "POST" and form.is_valid():
        try:
            plan_texts.save_section(
                text=text,
                section=section,
                words=form.cleaned_data["words"],
                rows=form.made_rows,
                by=reader_of(request),
                version=form.cleaned_data["version"],
            )
        except SectionChanged as changed:
            theirs = _both(section, changed.theirs, form)
            if not theirs.changed:
                # The same words again, such as a second click: they are saved.
                return redirect(_next(request, text, section))
            form = _again(request.POST, section, content, changed)
            context["who"] = changed.who
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Section {section} is saved")
            return redirect(_next(request, text, section))
    context |= {
        "form": form,
        "text": text,
        "letter": section,
        "facts": SECTIONS[section],
        "has_rows": SECTIONS[section].rows is not Rows.NONE,
        "sections": draft_sections(text, section),
        "findings": [
            one for one in check(content, nc_year=year_of(text.child, text)) if one.section is section
        ],
        "theirs": theirs,
        "is_last": section is WRITTEN[-1],
        "as_at": today(),
    }
    return render(request, "casework/plans/section.html", context)


@needs(Permission.SEE_CHILDREN)
def compare_plans(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Two texts of one child side by side: the one of the address and `with`, else the one it started from."""
    text = text_or_404(request, public_id)
    opened = open_record(request, text.child.public_id, "child_plan")
    if isinstance(opened, HttpResponse):
        return opened
    _, context = opened
    texts = list(
        visible(PlanText, reader_of(request))
        .filter(child=text.child)
        .select_related("plan_version", "served_as")
        .order_by("-number")
    )
    other = _other(request, text, texts)
    older, newer = sorted((text, other), key=lambda one: one.number) if other else (text, text)
    named = section_i([older, newer])
    compared = compare(whole(sections_of(older), named[older.pk]), whole(sections_of(newer), named[newer.pk]))
    context |= {
        "text": text,
        "older": older,
        "newer": newer,
        "older_title": title_of(older),
        "newer_title": title_of(newer),
        "compared": compared,
        "changed": [section for section in compared if section.changed],
        "choices": [
            Link(title_of(one), str(one.public_id), current=one == other) for one in texts if one != text
        ],
        "plan_url": plan_url(text.child),
        "as_at": today(),
    }
    return render(request, "casework/plans/compare.html", context)


def _other(request: HttpRequest, text: PlanText, texts: list[PlanText]) -> PlanText | None:
    """The text to compare with: the one asked for, else for a final text the final one before, else the one it came from."""
    asked = request.GET.get("with", "")
    if asked:
        chosen = next((one for one in texts if str(one.public_id) == asked), None)
        if chosen is None:
            raise Http404
    else:
        earlier = [one for one in texts if one.number < text.number]
        final = next((one for one in earlier if one.state == text.state == TextState.FINAL), None)
        based_on = next((one for one in texts if one.pk == text.based_on_id), None)
        chosen = final or based_on or next(iter(earlier), None)
    if chosen is None or chosen == text:
        return None
    whole_text = with_parts(visible(PlanText, reader_of(request)))
    found: PlanText = whole_text.select_related("plan_version", "served_as").get(pk=chosen.pk)
    return found


def _next(request: HttpRequest, text: PlanText, section: Section) -> str:
    """Where the button that was pressed leads."""
    then = request.POST.get("then", "")
    if then == "more":
        return reverse("plan_section", args=[text.public_id, section.lower()]) + "#new"
    place = WRITTEN.index(section) + 1
    if then == "next" and place < len(WRITTEN):
        return reverse("plan_section", args=[text.public_id, WRITTEN[place].lower()])
    return reverse("plan_draft", args=[text.public_id])


def _again(data: QueryDict, section: Section, content: PlanContent, changed: SectionChanged) -> SectionForm:
    """The form as it was sent, now under the version the other person saved."""
    again = data.copy()
    again["version"] = str(changed.version)
    form = SectionForm(again, section=section, content=content, version=changed.version)
    form.is_valid()
    form.add_error(None, changed.words)
    return form


def _both(section: Section, theirs: PlanContent, form: SectionForm) -> ComparedSection:
    """The section as the other person saved it beside the one that was just sent."""
    mine: dict[str, Any] = {"words": {**theirs.words, section: form.cleaned_data["words"]}}
    kind = SECTIONS[section].rows
    if kind is Rows.PROVISION:
        others = tuple(row for row in theirs.provision if row.section != section)
        mine["provision"] = (*others, *form.made_rows)
    elif kind is not Rows.NONE:
        mine[kind.value] = tuple(form.made_rows)
    pair = (
        [one for one in show(content, need_words={}) if one.letter is section]
        for content in (theirs, dataclasses.replace(theirs, **mine))
    )
    return compare(*pair)[0]


def _of(findings: list[Finding], section: Section, weight: Weight) -> list[Finding]:
    return [one for one in findings if one.section is section and one.weight is weight]

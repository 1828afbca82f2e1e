"""Write a letter: choose, say what the record does not hold, check the person and the place, make it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Case, Child, ChildContact, LetterTemplate, LetterTemplateVersion
from casework.queries.letter_check import SELF, Body, Checked, Draft
from casework.queries.letter_templates import newest_versions
from casework.queries.letter_values import asked_of, decision_for
from casework.queries.recipients import People, people_of
from casework.rules.letter_fields import FIELDS
from casework.rules.letter_kinds import LetterKind
from casework.rules.permissions import Permission
from casework.services import letters
from casework.services.files import FileLost
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.forms.letters import SOMEBODY_ELSE, CheckLetterForm, ChooseLetterForm, LetterWordsForm
from casework.web.journey import Journey
from casework.web.presenters import plain_identity
from casework.web.records import child_or_404, reader_of
from casework.web.refused import add_refusal

_NAME = "write_letter"
_LONGEST_BACK = 28


@dataclass(frozen=True)
class _Writing:
    """One letter being written."""

    request: HttpRequest
    child: Child
    journey: Journey

    def url(self, page: str = "") -> str:
        """Address of a page of this task."""
        return reverse(_NAME, args=[self.child.public_id, page] if page else [self.child.public_id])


@needs(Permission.RECORD_CASEWORK)
def write_letter(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The pages of the task."""
    child = child_or_404(request, public_id)
    journey = Journey(request, _NAME, child.public_id)
    writing = _Writing(request, child, journey)
    if page == "" and request.method == "GET" and "kind" in request.GET:
        journey.end()  # another letter than the one that was begun
    journey.begin(version=child.version)
    if page == "":
        return _choose(writing)
    if page not in {"words", "check"}:
        raise Http404
    chosen = _chosen(writing)
    if chosen is None:
        return redirect(writing.url())
    return _words(writing, chosen) if page == "words" else _check(writing, chosen)


def _choose(writing: _Writing) -> HttpResponse:
    request = writing.request
    data = request.POST if request.method == "POST" else writing.journey.typed("choose")
    form = _choose_form(writing, data)
    if request.method == "POST":
        writing.journey.keep("choose", request.POST)
        if form.is_valid():
            chosen = _draft_of(writing, form.cleaned_data)
            return redirect(writing.url("words" if _has_words(chosen) else "check"))
    context = _page(writing, form, "Write a letter") | {
        "no_templates": not form.fields["template"].choices,  # type: ignore[attr-defined]
        "back_url": reverse("child_letters", args=[writing.child.public_id]),
    }
    return render(request, "casework/letters/choose.html", context)


def _words(writing: _Writing, chosen: Draft) -> HttpResponse:
    request = writing.request
    data = request.POST if request.method == "POST" else writing.journey.typed("words")
    form = _words_form(chosen, data)
    if request.method == "POST":
        writing.journey.keep("words", request.POST)
        if form.is_valid():
            return redirect(writing.url("check"))
    context = _page(writing, form, "What the letter says") | {"back_url": writing.url()}
    return render(request, "casework/decide.html", context)


def _check(writing: _Writing, chosen: Draft) -> HttpResponse:
    request, journey = writing.request, writing.journey
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader_of(request))):
        return redirect(led)
    draft = _with_words(writing, chosen)
    if draft is None:
        return redirect(writing.url("words"))
    reader = reader_of(request)
    checked = letters.check(draft, by=reader, on=today(), authority=settings.AUTHORITY_NAME)
    form = CheckLetterForm(
        request.POST or None,
        statement=f"I have checked that this letter about {draft.child.name} is meant for {checked.to.name}",
    )
    if request.method == "POST" and form.is_valid() and not checked.stops:
        try:
            url = act_once(
                form.cleaned_data["key"],
                user=reader,
                act=lambda: _make(request, draft, form.cleaned_data["seen"]),
            )
        except (Refused, FileLost) as refusal:
            add_refusal(form, refusal)
        else:
            journey.end()
            return redirect(url)
    # What is shown now is what the next confirmation is about.
    form.initial = {"key": str(journey.key), "seen": checked.seen}
    if form.is_bound:
        typed = request.POST.copy()
        typed["seen"] = checked.seen
        form.data = typed
    context = _page(
        writing, form, "Stop: this letter cannot be made" if checked.stops else "Right person, right letter?"
    )
    context |= {
        "checked": checked,
        "about": _about(draft),
        "to": _to(checked, writing),
        "letter": _letter_rows(checked, writing),
        "told_differs": checked.told_on if checked.told_on and checked.told_on != draft.dated else None,
        "dated": draft.dated,
        "submit": "Make the letter",
        "back_url": writing.url("words" if _has_words(chosen) else ""),
        "change_url": writing.url(),
    }
    return render(request, "casework/letters/check.html", context)


def _make(request: HttpRequest, draft: Draft, seen: str) -> str:
    made = letters.make(
        draft=draft, seen=seen, by=reader_of(request), on=today(), authority=settings.AUTHORITY_NAME
    )
    made.refresh_from_db(fields=["public_id"])
    return reverse("letter", args=[made.public_id])


def _choose_form(writing: _Writing, data: QueryDict | None) -> ChooseLetterForm:
    child, day = writing.child, today()
    cases = list(visible(Case, reader_of(writing.request)).filter(child=child))
    versions = newest_versions(visible(LetterTemplate, reader_of(writing.request)))
    people = people_of(child, on=day)
    return ChooseLetterForm(
        data,
        initial=_initial(writing, versions, cases, people),
        templates=[(str(one.template.public_id), one.template.name) for one in versions],
        cases=[(str(case.public_id), f"{case.get_kind_display()} ({case.reference})") for case in cases],
        recipients=[(_value(one.contact), one) for one in people.recipients],
        today=day,
        born=child.date_of_birth,
    )


def _initial(
    writing: _Writing, versions: list[LetterTemplateVersion], cases: list[Case], people: People
) -> dict[str, Any]:
    """The letter and the case that the link named, its date, and whoever decides."""
    wanted = writing.request.GET
    initial: dict[str, Any] = {"dated": today()}
    version = next((one for one in versions if one.template.kind == wanted.get("kind")), None)
    case = next((one for one in cases if str(one.public_id) == wanted.get("case")), None)
    if version is not None:
        initial["template"] = str(version.template.public_id)
    if case is not None:
        initial["case"] = str(case.public_id)
    if version is not None and case is not None:
        decision = decision_for(LetterKind(version.template.kind), case)
        if decision and 0 <= (today() - decision.milestone.happened_on).days <= _LONGEST_BACK:
            initial["dated"] = decision.milestone.happened_on
    if len(people.deciders) == 1:
        initial["to"] = _value(people.deciders[0].contact)
    return initial


def _chosen(writing: _Writing) -> Draft | None:
    typed = writing.journey.typed("choose")
    form = _choose_form(writing, typed) if typed is not None else None
    return _draft_of(writing, form.cleaned_data) if form is not None and form.is_valid() else None


def _draft_of(writing: _Writing, given: dict[str, Any]) -> Draft:
    reader = reader_of(writing.request)
    versions = newest_versions(visible(LetterTemplate, reader).filter(public_id=given["template"]))
    case = contact = body = None
    if given["case"]:
        case = visible(Case, reader).select_related("child").get(public_id=given["case"])
    if given["to"] == SOMEBODY_ELSE:
        body = Body(given["body"].strip(), "", "")
    elif given["to"] != SELF:
        contact = visible(ChildContact, reader).select_related("person").get(public_id=given["to"])
    return Draft(writing.child, case, versions[0], given["dated"], contact, body)


def _has_words(chosen: Draft) -> bool:
    return chosen.body is not None or bool(asked_of(tuple(chosen.version.fields)))


def _words_form(chosen: Draft, data: QueryDict | None) -> LetterWordsForm:
    return LetterWordsForm(
        data, asked=asked_of(tuple(chosen.version.fields)), is_body=chosen.body is not None
    )


def _with_words(writing: _Writing, chosen: Draft) -> Draft | None:
    """The draft with what was typed; None where something still has to be."""
    if not _has_words(chosen):
        return chosen
    form = _words_form(chosen, writing.journey.typed("words") or QueryDict())
    if not form.is_valid():
        return None
    given = form.cleaned_data
    body = chosen.body
    if body is not None:
        body = Body(
            body.name, given["body_role"].strip(), given["body_address"].strip().replace("\r\n", "\n")
        )
    asked = {name: words for name, words in given.items() if name in FIELDS}
    return Draft(chosen.child, chosen.case, chosen.version, chosen.dated, chosen.contact, body, asked)


def _value(contact: ChildContact | None) -> str:
    return str(contact.public_id) if contact else SELF


def _about(draft: Draft) -> list[Row]:
    child = draft.child
    return [
        Row("Name", child.name + (f" ({child.preferred_name})" if child.preferred_name else "")),
        Row("Date of birth", long_date(child.date_of_birth)),
        Row("Case", str(draft.case) if draft.case else "About no case"),
    ]


def _to(checked: Checked, writing: _Writing) -> list[Row]:
    one = checked.recipient
    rows = [
        Row("Name", checked.to.name, writing.url(), "the recipient"),
        Row("Who they are", checked.to.relationship),
    ]
    if one is not None:
        rows += [
            Row("Parental responsibility", "Yes" if one.has_responsibility else "No"),
            Row("Standing today", one.standing.because),
            Row("May be written to", "Yes" if one.may_write else "No"),
        ]
        limits = [
            f"{row.get_limit_display()} ({row.get_basis_display().lower()})" for row in one.restrictions
        ]
        rows.append(Row("Restrictions", "\n".join(limits) or "None"))
    hidden = checked.withheld and any("withheld" in stop.what for stop in checked.stops)
    address = "Withheld" if hidden else checked.to.address or "None recorded"
    return [
        *rows,
        Row("Address", address),
        Row("Withheld address", "Yes: for nobody else’s eyes" if checked.withheld else "No"),
    ]


def _letter_rows(checked: Checked, writing: _Writing) -> list[Row]:
    draft = checked.draft
    asked = asked_of(tuple(draft.version.fields))
    words = [
        Row(
            FIELDS[name].words,
            checked.values.words.get(name, ""),
            writing.url("words"),
            FIELDS[name].words.lower(),
        )
        for name in asked
    ]
    if "decision_reasons" in checked.values.words:
        words.insert(0, Row("Reasons, as recorded", checked.values.words["decision_reasons"]))
    return [
        Row(
            "Letter",
            f"{draft.version.template.name}, version {draft.version.number}",
            writing.url(),
            "the letter",
        ),
        Row("Date of the letter", long_date(draft.dated), writing.url(), "the date of the letter"),
        *words,
    ]


def _page(writing: _Writing, form: Any, heading: str) -> dict[str, Any]:
    return {
        "form": form,
        "heading": heading,
        "identity": plain_identity(writing.child, today()),
        "cancel_url": reverse("child_letters", args=[writing.child.public_id]),
    }

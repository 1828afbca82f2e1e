"""Managers keep the templates of letters, their versions, and the words that stand in every letter."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import LetterTemplate, LetterTemplateVersion
from casework.queries.letter_templates import newest_versions, words_of_every_letter
from casework.rules.file_types import WORD
from casework.rules.letter_fields import FIELDS, Source
from casework.rules.letter_kinds import LetterKind
from casework.rules.permissions import Permission
from casework.services import files
from casework.services import letter_templates as services
from casework.services.refusals import Refused
from casework.web.downloads import as_attachment
from casework.web.forms.letters import NewTemplateForm, NewVersionForm, StandingWordsForm
from casework.web.records import reader_of
from casework.web.refused import add_refusal

_SOURCES = {
    Source.RECORD: "From the record",
    Source.STANDING: "The same in every letter",
    Source.ASKED: "Asked when the letter is written",
}


@needs(Permission.MANAGE_LETTERS)
def letter_templates(request: HttpRequest) -> HttpResponse:
    """Every template, and what is missing for letters to be made."""
    words = words_of_every_letter()
    standing = [name for name, field in FIELDS.items() if field.source is Source.STANDING]
    context = {
        "versions": newest_versions(visible(LetterTemplate, reader_of(request)), in_use=False),
        "missing": [FIELDS[name].words for name in standing if name not in words],
        "fields": [(name, field.words, _SOURCES[field.source]) for name, field in FIELDS.items()],
        "nav_key": "letters",
    }
    return render(request, "casework/letters/templates.html", context)


@needs(Permission.MANAGE_LETTERS)
def add_letter_template(request: HttpRequest) -> HttpResponse:
    """A new template with its first file."""
    form = NewTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            version = services.add_template(
                kind=LetterKind(form.cleaned_data["kind"]),
                name=form.cleaned_data["name"],
                content=sent.read(services.MOST_BYTES + 1),
                file_name=sent.name,
                by=reader_of(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The template has been checked and added")
            return redirect("letter_template", version.template.public_id)
    context = {
        "form": form,
        "heading": "Add a template",
        "submit": "Check and add",
        "back_url": reverse("letter_templates"),
        "nav_key": "letters",
    }
    return render(request, "casework/layouts/form.html", context)


@needs(Permission.MANAGE_LETTERS)
def letter_template(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The versions of a template; add one."""
    template = get_object_or_404(visible(LetterTemplate, reader_of(request)), public_id=public_id)
    form = NewVersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            version = services.add_version(
                template=template,
                content=sent.read(services.MOST_BYTES + 1),
                file_name=sent.name,
                by=reader_of(request),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Version {version.number} has been checked and is used from now on")
            return redirect("letter_template", template.public_id)
    must_say = LetterKind(template.kind).facts.must_say
    context = {
        "template": template,
        "versions": template.versions.select_related("added_by"),
        "must_say": [(name, FIELDS[name].words) for name in must_say],
        "form": form,
        "nav_key": "letters",
    }
    return render(request, "casework/letters/template.html", context)


@needs(Permission.MANAGE_LETTERS)
def use_letter_template(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Offer a template, or no longer."""
    template = get_object_or_404(visible(LetterTemplate, reader_of(request)), public_id=public_id)
    if request.method == "POST":
        services.use_template(template=template, in_use=template.out_of_use, by=reader_of(request))
        messages.success(
            request,
            "The template is offered again" if template.out_of_use else "The template is no longer offered",
        )
    return redirect("letter_template", template.public_id)


@require_GET
@needs(Permission.MANAGE_LETTERS)
def template_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The Word file of one version, to be saved."""
    rows = visible(LetterTemplateVersion, reader_of(request)).select_related("template")
    version = get_object_or_404(rows, public_id=public_id)
    try:
        content = files.read(key=version.storage_key, checksum=version.checksum)
    except files.FileLost as lost:
        messages.warning(request, lost.words)
        return redirect("letter_template", version.template.public_id)
    return as_attachment(content, file_name=version.file_name, content_type=WORD.content_type)


@needs(Permission.MANAGE_LETTERS)
def letter_words(request: HttpRequest) -> HttpResponse:
    """The words that stand in every letter."""
    form = StandingWordsForm(request.POST or None, initial=words_of_every_letter())
    if request.method == "POST" and form.is_valid():
        services.set_words(words=form.cleaned_data, by=reader_of(request))
        messages.success(request, "The words of every letter have been saved")
        return redirect("letter_templates")
    context = {
        "form": form,
        "heading": "Words in every letter",
        "submit": "Save",
        "back_url": reverse("letter_templates"),
        "nav_key": "letters",
    }
    return render(request, "casework/layouts/form.html", context)

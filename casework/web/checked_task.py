"""A task of one form and its check page. Higher apps use it too, so that every task behaves alike."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.models import Child
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused, StaleEdit
from casework.today import today
from casework.ui.components import Row
from casework.web.forms.check import CheckForm
from casework.web.journey import Journey
from casework.web.presenters import child_url, plain_identity
from casework.web.records import reader_of
from casework.web.refused import add_refusal

Given = dict[str, Any]


def no_consequences(given: Given) -> list[str]:
    """For a step that moves no date."""
    return []


@dataclass(frozen=True)
class CheckedTask:
    """Fill in, check, record. `name` is the address's name: it takes `subject`, and optionally the page "check".

    `act` records what was given under the version the person read, and returns the address that follows; what it
    refuses is shown on the check page, where every answer can still be changed. `back` is the page it was begun from; the
    child's page where it is empty.
    """

    name: str
    subject: uuid.UUID
    child: Child
    heading: str
    form: Callable[[QueryDict | None], forms.Form]
    rows: Callable[[Given], list[Row]]
    act: Callable[[Given, int], str]
    consequences: Callable[[Given], list[str]] = no_consequences
    version: int = 0
    check_heading: str = "Check your answers"
    submit: str = "Record"
    intro: str = ""
    warning: str = ""
    back: str = ""

    def url(self, page: str = "") -> str:
        """Address of a page of this task."""
        return reverse(self.name, args=[self.subject, page] if page else [self.subject])

    def run(self, request: HttpRequest, page: str) -> HttpResponse:
        """Answer a request for one of the two pages."""
        journey = Journey(request, self.name, self.subject)
        if page == "check":
            return self._check(request, journey)
        if page:
            raise Http404
        return self._fill_in(request, journey)

    def _fill_in(self, request: HttpRequest, journey: Journey) -> HttpResponse:
        journey.begin(version=self.version)
        form = self.form(request.POST if request.method == "POST" else journey.typed("form"))
        if request.method == "POST":
            journey.keep("form", request.POST)
            if form.is_valid():
                return redirect(self.url("check"))
        context = {
            "form": form,
            "heading": self.heading,
            "identity": plain_identity(self.child, today()),
            "legal_test": self.intro,
            "back_url": self.back or child_url(self.child),
            "cancel_url": self.back or child_url(self.child),
        }
        return render(request, "casework/decide.html", context)

    def _check(self, request: HttpRequest, journey: Journey) -> HttpResponse:
        if request.method == "POST" and (
            led := where_it_led(request.POST.get("key"), user=reader_of(request))
        ):
            return redirect(led)
        filled = self.form(journey.typed("form"))
        if not filled.is_valid():
            return redirect(self.url())
        given = filled.cleaned_data
        form = CheckForm(request.POST or None, initial={"key": journey.key})
        if request.method == "POST" and form.is_valid():
            try:
                url = act_once(
                    journey.key, user=reader_of(request), act=lambda: self.act(given, journey.version)
                )
            except Refused as refusal:
                add_refusal(form, refusal)
                if isinstance(refusal, StaleEdit):
                    journey.saw(refusal.version)
            else:
                journey.end()
                return redirect(url)
        context = {
            "form": form,
            "heading": self.check_heading,
            "identity": plain_identity(self.child, today()),
            "answers": self.rows(given),
            "consequences": self.consequences(given),
            "warning": self.warning,
            "submit": self.submit,
            "back_url": self.url(),
            "cancel_url": self.back or child_url(self.child),
        }
        return render(request, "casework/layouts/check_answers.html", context)

"""A task of one page: filled in and recorded at once, because nothing legal hangs on it and it can be put right."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from casework.models import Child
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.forms import GovukForm
from casework.web.presenters import child_url, plain_identity
from casework.web.records import reader_of
from casework.web.refused import add_refusal


class KeyedForm(GovukForm):
    """A form that is acted on once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class SingleTask:
    """Fill in and record. `form` takes what was sent (None for a fresh page) and the first values.

    `act` records what the valid form says and returns the address that follows; what it refuses is shown where it was
    typed.
    """

    heading: str
    form: Callable[[QueryDict | None, Mapping[str, Any]], forms.Form]
    act: Callable[[Any], str]
    back_url: str = ""
    child: Child | None = None
    intro: str = ""
    submit: str = "Save"
    nav_key: str = "children"
    template: str = "casework/decide.html"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def run(self, request: HttpRequest) -> HttpResponse:
        """Answer a request for the page."""
        reader = reader_of(request)
        sent = request.POST if request.method == "POST" else None
        if sent is not None and (led := where_it_led(sent.get("key"), user=reader)):
            return redirect(led)
        form = self.form(sent, {"key": uuid.uuid4()})
        if sent is not None and form.is_valid():
            try:
                key = form.cleaned_data["key"]
                return redirect(act_once(key, user=reader, act=lambda: self.act(form)))
            except Refused as refusal:
                add_refusal(form, refusal)
        back = self.back_url or (child_url(self.child) if self.child else "")
        context = {
            "form": form,
            "heading": self.heading,
            "identity": plain_identity(self.child, today()) if self.child else None,
            "legal_test": self.intro,
            "submit": self.submit,
            "back_url": back,
            "cancel_url": back,
            "nav_key": self.nav_key,
            **self.extra,
        }
        return render(request, self.template, context)

"""Advice that has not come, across children: sorted by lateness, counted by body, chased several at a time."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import AdviceBody, AdviceRequest, ChaseMeans, RoleCode, Team, User
from casework.queries import advice as queries
from casework.queries.advice import ALL, CHASE, LATE, SOON
from casework.rules.permissions import Permission
from casework.services import advice as services
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Link
from casework.web.forms.advice import AdviceFilterForm, ChaseForm
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.assessment import assessment_url

PAGE_SIZE = 50
_TABS = ((LATE, "Late"), (CHASE, "To chase today"), (SOON, "Due in 7 days"), (ALL, "All outstanding"))
_FILTERS = ("body", "worker", "team")


@needs(Permission.RECORD_CASEWORK)
def advice_list(request: HttpRequest) -> HttpResponse:
    """Outstanding advice of a worker, a team or everybody."""
    day, reader = today(), reader_of(request)
    workers = visible(User, reader).filter(memberships__role=RoleCode.CASEWORKER).distinct().order_by("name")
    form = AdviceFilterForm(request.GET, workers=workers, teams=visible(Team, reader))
    context: dict[str, Any] = {"form": form, "nav_key": "advice", "clear_url": reverse("advice_list")}
    if form.is_valid():
        chosen = form.chosen
        rows = queries.outstanding(reader=reader, on=day, chosen=chosen)
        counts = queries.counts(rows, on=day, chosen=chosen)
        found = queries.listed(rows, on=day, chosen=chosen)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        kept = {name: form.data[name] for name in _FILTERS if form.data.get(name)}
        context |= {
            "page": page,
            "counts": counts,
            "chosen": chosen,
            "tabs": [
                Link(
                    words,
                    f"?{urlencode({**kept, 'which': key})}",
                    counts.parts[key],
                    current=key == chosen.which,
                )
                for key, words in _TABS
            ],
            "bodies": [
                Link(
                    str(body.label),
                    f"?{urlencode({**kept, 'which': chosen.which, 'body': body.value})}",
                    counts.bodies[body],
                    current=chosen.body == body,
                )
                for body in AdviceBody
                if counts.bodies[body]
            ],
            "filters": _on(form, kept),
            "kept": {"which": chosen.which},
            "mine_url": f"?{urlencode({'which': chosen.which, 'worker': reader.public_id})}",
            "is_mine": chosen.worker == reader,
        }
    return render(request, "casework/assessment/list.html", context)


@needs(Permission.RECORD_CASEWORK)
def advice_chase(request: HttpRequest) -> HttpResponse:
    """Record one chase of the requests the address names, be they of one child or of many."""
    day, reader = today(), reader_of(request)
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader)):
        return redirect(led)
    rows = _chosen(request)
    if not rows:
        messages.warning(request, "Select the advice to chase first.")
        return redirect("advice_list")
    children = {row.case.child_id for row in rows}
    home = assessment_url(rows[0].case) if len(children) == 1 else reverse("advice_list")
    form = ChaseForm(
        request.POST or None,
        today=day,
        initial={"key": uuid.uuid4(), "chased_on": day, "to_whom": rows[0].who if len(rows) == 1 else ""},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            services.chase(
                advice=rows, chased_on=given["chased_on"], means=ChaseMeans(given["means"]), to_whom=given["to_whom"],
                note=given["note"], next_on=given["next_on"], by=reader, on=day,
            )  # fmt: skip
            messages.success(request, f"The chase is recorded for {_number(len(rows))}. No date has moved.")
            return home

        try:
            return redirect(act_once(given["key"], user=reader, act=act))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "heading": f"Chase {rows[0].name}" if len(rows) == 1 else f"Chase {_number(len(rows))}",
        "rows": rows,
        "submit": "Record the chase",
        "back_url": home,
        "cancel_url": home,
        "nav_key": "advice",
    }
    return render(request, "casework/assessment/chase.html", context)


def _chosen(request: HttpRequest) -> Sequence[AdviceRequest]:
    """The requests named in the address that this person may see; what is no identifier is left out."""
    wanted = []
    for text in request.GET.getlist("advice")[: PAGE_SIZE * 2]:
        try:
            wanted.append(uuid.UUID(text))
        except ValueError:
            continue
    rows = visible(AdviceRequest, reader_of(request)).filter(public_id__in=wanted)
    return list(rows.select_related("case__child", "setting").order_by("due_on", "pk"))


def _number(number: int) -> str:
    return "1 request for advice" if number == 1 else f"{number} requests for advice"


def _on(form: AdviceFilterForm, kept: dict[str, str]) -> list[Link]:
    """What is on, each as a link that takes it away."""
    given = form.cleaned_data
    words = {
        "body": AdviceBody(given["body"]).label if given["body"] else "",
        "worker": str(given["worker"].name) if given["worker"] else "",
        "team": str(given["team"] or ""),
    }
    which = given["which"] or LATE
    return [
        Link(
            str(text),
            "?" + urlencode({"which": which, **{key: value for key, value in kept.items() if key != name}}),
        )
        for name, text in words.items()
        if text
    ]

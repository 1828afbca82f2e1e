"""Find a child, and add one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Area, Child
from casework.queries.recent import recently_opened
from casework.queries.search import former_names_matching, search
from casework.rules.permissions import Permission
from casework.services import children as services
from casework.services.children import PossibleDuplicates
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.forms.check import CheckForm
from casework.web.forms.children import ChildForm, NotTheSameForm
from casework.web.journey import Journey
from casework.web.presenters import child_url, flags, year_group
from casework.web.records import reader_of
from casework.web.refused import add_refusal

_NAME = "add_child"


@needs(Permission.SEE_CHILDREN)
def children(request: HttpRequest) -> HttpResponse:
    """Search by name, number or postcode; without words, whom this person opened last."""
    reader, day = reader_of(request), today()
    text = request.GET.get("q", "").strip()
    found = search(text, reader=reader)
    if found.how and found.how != "name" and len(found.children) == 1 and "typing" not in request.GET:
        # A number, postcode or case reference that names one child leads straight there.
        return redirect(child_url(found.children[0]))
    shown = found.children if text else recently_opened(reader)
    former = former_names_matching(text, shown) if found.how == "name" and not found.alike else {}
    context = {
        "search_text": text,
        "found": found,
        "rows": [
            {
                "child": child,
                "url": child_url(child),
                "year_group": year_group(child, day),
                "flags": flags(child),
                "former": former.get(child.pk, ""),
            }
            for child in shown
        ],
        "may_add": reader.may(Permission.EDIT_CHILDREN),
        "may_merge": reader.may(Permission.MERGE_CHILDREN),
        "nav_key": "children",
    }
    return render(request, "casework/children.html", context)


@needs(Permission.EDIT_CHILDREN)
def add_child(request: HttpRequest) -> HttpResponse:
    """Who the child is."""
    journey = Journey(request, _NAME, "new")
    journey.begin()
    form = _form(request, request.POST if request.method == "POST" else journey.typed("form"))
    if request.method == "POST":
        journey.keep("form", request.POST)
        if form.is_valid():
            return redirect("add_child_check")
    context = {
        "form": form,
        "heading": "Add a child",
        "back_url": reverse("children"),
        "cancel_url": reverse("children"),
    }
    return render(request, "casework/layouts/form.html", context)


@needs(Permission.EDIT_CHILDREN)
def add_child_check(request: HttpRequest) -> HttpResponse:
    """Records that may be the same child, each to be ruled out; then the answers to check."""
    reader, journey = reader_of(request), Journey(request, _NAME, "new")
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader)):
        return redirect(led)
    filled = _form(request, journey.typed("form"))
    if not filled.is_valid():
        return redirect("add_child")
    new = filled.new_child()
    candidates = services.look_for(child=new)
    seen = {child.pk for child in visible(Child, reader).filter(pk__in=[one.child.pk for one in candidates])}
    shown = [one for one in candidates if one.child.pk in seen]
    hidden = [one for one in candidates if one.child.pk not in seen]
    ruling_out = NotTheSameForm(
        request.POST or None, choices=[(str(one.child.pk), f"{one.child.name} is a different child") for one in shown]
    ) if shown else None  # fmt: skip
    form = CheckForm(request.POST or None, initial={"key": journey.key})
    if request.method == "POST" and form.is_valid() and (ruling_out is None or ruling_out.is_valid()):

        def act() -> str:
            looked_at = [*(one.child.pk for one in shown), *(one.child.pk for one in hidden)]
            return child_url(services.add(child=new, by=reader, on=today(), not_the_same_as=looked_at))

        try:
            url = act_once(journey.key, user=reader, act=act)
        except PossibleDuplicates:
            # Somebody added a like child a moment ago: show that record too.
            return redirect("add_child_check")
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            journey.end()
            return redirect(url)
    return render(
        request, "casework/add_child_check.html", _check_context(form, ruling_out, new, shown, hidden)
    )


def _form(request: HttpRequest, data: Any) -> ChildForm:
    return ChildForm(data, today=today(), areas=visible(Area, reader_of(request)))


def _check_context(
    form: CheckForm, ruling_out: Any, new: Any, shown: list[Any], hidden: list[Any]
) -> dict[str, Any]:
    url = reverse("add_child")
    rows = [
        Row("Name", f"{new.forename} {new.surname}", url),
        Row("Preferred name", new.preferred_name or "The same", url),
        Row("Date of birth", long_date(new.date_of_birth), url),
        Row("Sex", new.sex.label, url),
        *(Row(scheme.label, value, url) for scheme, value in new.identifiers.items()),
        Row("Home", "\n".join(filter(None, [new.address, new.postcode])) or "Not given", url),
        Row("Area", new.area.name if new.area else "Not known", url),
    ]
    return {
        "form": form if form.errors or ruling_out is None else ruling_out,
        "check_form": form,
        "ruling_out": ruling_out,
        "answers": rows,
        "candidates": [{"candidate": one, "url": child_url(one.child)} for one in shown],
        "hidden": len(hidden),
        "back_url": url,
        "cancel_url": reverse("children"),
    }

"""What is done with the children ticked on a list: they wait in the session, never in an address."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Child, User
from casework.queries.loads import led_by, unallocated
from casework.rules.permissions import Permission
from casework.services import followups
from casework.today import today
from casework.ui.formats import long_date
from casework.web.forms.followups import FollowUpForm, Who
from casework.web.records import reader_of
from casework.web.single_task import SingleTask

_KEY = "selected"
_MOST = 1000
_ALL = "allocate_all"
_ACTIONS = {"follow_up": "follow_up_selected", "reassign": "reassign", _ALL: "reassign"}


@needs(Permission.RECORD_CASEWORK)
def selected(request: HttpRequest) -> HttpResponse:
    """Remember the ticked children and go on to what is to be done with them."""
    back = _back(request.POST.get("back", ""))
    if request.method != "POST":
        return redirect(back)
    ids, action = _ticked(request), request.POST.get("action", "")
    if not ids or action not in _ACTIONS:
        messages.warning(request, "No child is ticked. Tick the children first, then choose what to do.")
        return redirect(back)
    request.session[_KEY] = {"children": list(dict.fromkeys(ids)), "back": back}
    return redirect(reverse(_ACTIONS[action]))


def _ticked(request: HttpRequest) -> list[str]:
    """The ticked children; or everybody a worker leads; or everybody on the list of children nobody leads."""
    reader, day = reader_of(request), today()
    rows = None
    if worker := _uuid(request.POST.get("worker", "")):
        rows = led_by(get_object_or_404(visible(User, reader), public_id=worker), reader=reader, as_at=day)
    if request.POST.get("action") == _ALL:
        rows = unallocated(reader=reader, as_at=day)
        area = request.POST.get("area", "")
        rows = rows.filter(area=int(area)) if area.isdigit() else rows
    if rows is not None:
        return [str(found) for found in rows.order_by("pk").values_list("public_id", flat=True)[:_MOST]]
    return [found for text in request.POST.getlist("child")[:_MOST] if (found := _uuid(text))]


def chosen_children(request: HttpRequest) -> tuple[Sequence[Child], str]:
    """The ticked children in scope, by name, and the list they were ticked on."""
    kept = request.session.get(_KEY, {})
    rows = visible(Child, reader_of(request)).filter(public_id__in=kept.get("children", []))
    return list(rows.order_by("surname", "forename", "pk")), kept.get("back", reverse("my_work"))


@needs(Permission.RECORD_CASEWORK)
def follow_up_selected(request: HttpRequest) -> HttpResponse:
    """Add the same follow-up for each ticked child."""
    reader, day = reader_of(request), today()
    children, back = chosen_children(request)
    if not children:
        messages.warning(request, "No child is ticked. Tick the children first, then choose what to do.")
        return redirect(back)
    who = Who(reader, on=day)

    def act(form: FollowUpForm) -> str:
        made = followups.add_for_several(children=children, intent=form.intent, by=reader, on=day)
        number = "1 child" if len(made) == 1 else f"{len(made):,} children"
        messages.success(request, f"The follow-up is added for {number}, by {long_date(form.intent.due_on)}.")
        return back

    return SingleTask(
        heading="Add a follow-up",
        form=lambda data, initial: FollowUpForm(data, initial=initial, who=who, today=day),
        act=act,
        back_url=back,
        submit=f"Add {len(children):,} follow-ups" if len(children) > 1 else "Add the follow-up",
        nav_key="my_work",
        template="casework/teamwork/selected.html",
        extra={"children": children},
    ).run(request)


def _back(sent: str) -> str:
    """The list to go back to: only a query of one of our own lists is believed."""
    path, _, query = sent.partition("?")
    known = {reverse(name) for name in ("my_work", "unallocated", "team")}
    return f"{path}?{query}" if path in known and query else (path if path in known else reverse("my_work"))


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""

"""Children nobody leads; giving children to lead workers after a look at who would get what; the page they hand over with."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import AccessAction, Area, Child, User
from casework.queries import loads as queries
from casework.queries.attended import with_setting
from casework.queries.handover import handover
from casework.queries.loads import Load, team_loads
from casework.rules.clocks import RULES
from casework.rules.loads import share_out
from casework.rules.permissions import Permission
from casework.services import allocation
from casework.services.access_log import record_readings
from casework.services.allocation import Move
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.formats import long_date, short_date
from casework.web.forms.allocation import BY_AREA, BY_SETTING, AllocateForm
from casework.web.forms.check import CheckForm
from casework.web.journey import Journey
from casework.web.presenters import child_url, year_group
from casework.web.records import reader_of
from casework.web.refused import add_refusal
from casework.web.views.selected import chosen_children

PAGE_SIZE = 50
_NAME, _SUBJECT, _PROPOSAL = "reassign", "selected", "proposal"


@needs(Permission.RECORD_CASEWORK)
def unallocated(request: HttpRequest) -> HttpResponse:
    """Children with an open case or a plan whom nobody leads, soonest date first."""
    reader, day = reader_of(request), today()
    rows = queries.with_next_due(queries.unallocated(reader=reader, as_at=day))
    area = request.GET.get("area", "")
    if area.isdigit():
        rows = rows.filter(area=int(area))
    rows = with_setting(rows, child="", on=day).order_by(
        F("next_due").asc(nulls_last=True), "surname", "forename", "pk"
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            {
                "child": child,
                "url": child_url(child),
                "year_group": year_group(child, day),
                "what": RULES[child.rule_code].title if child.rule_code else "No date is running",
            }
            for child in page.object_list
        ],
        "areas": list(visible(Area, reader)),
        "area": area,
        "may_allocate": reader.may(Permission.ALLOCATE),
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/unallocated.html", context)


@needs(Permission.ALLOCATE)
def reassign(request: HttpRequest, page: str = "") -> HttpResponse:
    """Give the chosen children to lead workers: how and among whom, then who would get what, then it is done."""
    journey = Journey(request, _NAME, _SUBJECT)
    if page == "check" and request.method == "POST":
        led = where_it_led(request.POST.get("key"), user=reader_of(request))
        if led:
            return redirect(led)
    children, back = chosen_children(request)
    if not children:
        messages.warning(request, "No child is chosen. Tick the children first, then choose what to do.")
        return redirect(back)
    carried = team_loads(reader=reader_of(request), as_at=today())
    if page == "check":
        return _check(request, journey, children, carried, back)
    if page:
        raise Http404
    journey.begin()
    sent = request.POST if request.method == "POST" else journey.typed("form")
    form = AllocateForm(sent, loads=carried, today=today(), initial={"starts_on": today()})
    if request.method == "POST":
        journey.keep("form", request.POST)
        if form.is_valid():
            return redirect("reassign", page="check")
    context = {
        "form": form,
        "heading": "Choose the lead worker",
        "children": children,
        "back_url": back,
        "cancel_url": back,
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/reassign.html", context)


def _check(
    request: HttpRequest, journey: Journey, children: Sequence[Child], carried: Sequence[Load], back: str
) -> HttpResponse:
    reader, day = reader_of(request), today()
    filled = AllocateForm(journey.typed("form") if journey.is_begun else None, loads=carried, today=day)
    if not filled.is_valid():
        return redirect("reassign")
    starts_on = filled.cleaned_data["starts_on"]
    sent = request.POST if request.method == "POST" else None
    form = CheckForm(sent, initial={"key": journey.key})
    if sent is not None and form.is_valid():
        moves = _read(request)

        def act() -> str:
            done = allocation.assign(
                moves=moves, starts_on=starts_on, by=reader, on=day, reason=filled.cleaned_data["reason"]
            )
            request.session["handed_over"] = {
                "to": [str(load.worker.public_id) for load in carried if load.worker.pk in done.children],
                "from": str(starts_on), "number": done.number, "follow_ups": done.follow_ups,
            }  # fmt: skip
            return reverse("reassigned")

        try:
            url = act_once(journey.key, user=reader, act=act)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            journey.end()
            return redirect(url)
    moves = _propose(filled, children, carried, starts_on)
    # What is confirmed is what was read: the proposal waits in the session, and a lead that changed meanwhile is refused.
    request.session[_PROPOSAL] = [[move.child_id, move.to_id, move.was] for move in moves]
    context = {
        "form": form,
        "heading": "Check who gets whom",
        "starts_on": starts_on,
        "shares": _shares(moves, children, carried, day),
        "number": len(children),
        "same": sum(1 for move in moves if move.to_id == move.was),
        "restricted": sum(1 for child in children if child.restricted),
        "submit": "Confirm",
        "back_url": reverse("reassign"),
        "cancel_url": back,
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/reassign_check.html", context)


def _read(request: HttpRequest) -> list[Move]:
    return [Move(*row) for row in request.session.get(_PROPOSAL, [])]


def _propose(
    filled: AllocateForm, children: Sequence[Child], carried: Sequence[Load], starts_on: datetime.date
) -> list[Move]:
    """Who would get which child; the same answer for the same records."""
    day, way = today(), filled.cleaned_data["way"]
    chosen = {load.worker.pk: load.weight for load in carried if str(load.worker.public_id) in filled.chosen}
    leads = queries.leads_of((child.pk for child in children), as_at=starts_on)
    weights = queries.weights_of(children, as_at=day)
    # What somebody on the list gives up no longer weighs on them.
    for child, worker in leads.items():
        if worker in chosen:
            chosen[worker] -= weights[child]
    preferred = None
    if way == BY_AREA:
        preferred = queries.known_by_area(children, as_at=day)
    if way == BY_SETTING:
        preferred = queries.known_by_setting(children, as_at=day)
    shares = share_out(weights, chosen, preferred=preferred)
    return [Move(child.pk, shares[child.pk], leads.get(child.pk)) for child in children]


def _shares(
    moves: Sequence[Move], children: Sequence[Child], carried: Sequence[Load], day: datetime.date
) -> list[dict[str, Any]]:
    """For each worker who gets or gives: whom they get, and what they carry before and after."""
    by_id, weights = {child.pk: child for child in children}, queries.weights_of(children, as_at=day)
    gets: dict[int, list[Child]] = defaultdict(list)
    change: dict[int, int] = defaultdict(int)
    count: dict[int, int] = defaultdict(int)
    for move in moves:
        gets[move.to_id].append(by_id[move.child_id])
        if move.to_id != move.was:
            change[move.to_id] += weights[move.child_id]
            count[move.to_id] += 1
            if move.was is not None:
                change[move.was] -= weights[move.child_id]
                count[move.was] -= 1
    return [
        {
            "worker": load.worker,
            "gets": gets.get(load.worker.pk, ()),
            "children": load.children,
            "children_after": load.children + count[load.worker.pk],
            "load": load.weight,
            "load_after": load.weight + change[load.worker.pk],
        }
        for load in carried
        if load.worker.pk in gets or change.get(load.worker.pk)
    ]


@needs(Permission.ALLOCATE)
def reassigned(request: HttpRequest) -> HttpResponse:
    """What was done, with a page to hand over with for each worker who got children."""
    done = request.session.get("handed_over")
    if not done:
        return redirect("team")
    reader = reader_of(request)
    people = visible(User, reader).filter(public_id__in=done["to"]).order_by("name")
    starts_on = datetime.date.fromisoformat(done["from"])
    number = "1 child has" if done["number"] == 1 else f"{done['number']:,} children have"
    context = {
        "panel_title": "Lead worker changed",
        "panel_text": f"{number} a new lead worker from {long_date(starts_on)}",
        "people": [(person, _handover_url(person, starts_on)) for person in people],
        "follow_ups": done["follow_ups"],
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/reassigned.html", context)


def _handover_url(person: User, starts_on: datetime.date) -> str:
    return f"{reverse('handover', args=[person.public_id])}?from={starts_on}"


@needs(Permission.RECORD_CASEWORK)
def handover_page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One page to print for a worker who gets children on a day: each child, what is next, who is waited for."""
    reader, day = reader_of(request), today()
    worker = get_object_or_404(visible(User, reader), public_id=public_id)
    try:
        starts_on = datetime.date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        starts_on = day
    handed = handover(worker, starts_on=starts_on, reader=reader, on=day)
    record_readings((one.child.pk for one in handed), by=reader, action=AccessAction.EXPORT)
    context = {
        "worker": worker,
        "starts_on": starts_on,
        "rows": [
            {
                "handed": one,
                "url": child_url(one.child),
                "year_group": year_group(one.child, day),
                "what": one.due.title if one.due else "No date is running",
                "then": [f"{due.title}: {short_date(due.due_on)}" for due in one.duties[1:3]],
            }
            for one in handed
        ],
        "nav_key": "my_work",
    }
    return render(request, "casework/teamwork/handover.html", context)

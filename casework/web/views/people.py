"""Who may be written to about a child, and who the child is: two pages and the tasks that change them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import (
    AccessAction,
    ChildContact,
    ChildIdentifier,
    ChildMerge,
    ChildStatus,
    FormerName,
    RecordRestriction,
    RestrictedAccess,
)
from casework.queries.recipients import people_of
from casework.queries.siblings import siblings_of, suggested_siblings
from casework.rules.contacting import DecidedBy
from casework.rules.permissions import Permission
from casework.services.access_log import record_view
from casework.today import today
from casework.ui.components import Link
from casework.web.checked_task import CheckedTask, Given
from casework.web.contact_tasks import CONTACT_TASKS
from casework.web.identity_tasks import IDENTITY_TASKS
from casework.web.people_rows import homes_of, other_entries, person_rows, who_decides
from casework.web.people_task import Of, PeopleTask, Stand, answer_rows
from casework.web.records import child_or_404, reader_of
from casework.web.views.child import open_record

TASKS = {task.word: task for task in (*CONTACT_TASKS, *IDENTITY_TASKS)}
_ON_PEOPLE = ("add-contact", "home", "correct-home")
# What may be recorded about capacity, by who decides now; while the parents decide it is no question.
_ON_CAPACITY = {
    DecidedBy.YOUNG_PERSON: ("capacity",),
    DecidedBy.REPRESENTATIVE: ("end-capacity",),
    DecidedBy.PARENT_IN_PLACE: ("end-capacity",),
}


@needs(Permission.SEE_CONTACTS)
def child_people(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who may be written to today, how and where; who was and will be; the homes."""
    opened = open_record(request, public_id, "child_people")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    child, reader, day = summary.child, reader_of(request), today()
    people = people_of(child, on=day)
    homes = homes_of(child, reader=reader, on=day)
    may_change = reader.may(Permission.EDIT_CHILDREN)
    if homes.revealed or any(one.address and one.address.withheld for one in people.recipients):
        record_view(child=child, by=reader, action=AccessAction.ADDRESS)
    stand = Stand(reader, day, child)
    context |= {
        "people": people,
        "rows": person_rows(child, people, reader=reader, on=day, tasks=CONTACT_TASKS if may_change else ()),
        "decides": who_decides(child, people, day),
        "others": other_entries(child, reader=reader, on=day),
        "homes": homes.rows,
        "tasks": _links(stand, _ON_PEOPLE + _ON_CAPACITY.get(people.decided_by, ())) if may_change else [],
        "as_at": day,
    }
    return render(request, "casework/people/people.html", context)


@needs(Permission.SEE_CHILDREN)
def child_identity(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Names, numbers, brothers and sisters, standing with other services, who may open the record."""
    opened = open_record(request, public_id, "child_identity")
    if isinstance(opened, HttpResponse):
        return opened
    summary, context = opened
    child, reader, day = summary.child, reader_of(request), today()
    linked = siblings_of(child, reader=reader)
    grants = visible(RestrictedAccess, reader).filter(child=child, period__contains=day)
    context |= {
        "child": child,
        "former_names": visible(FormerName, reader).filter(child=child),
        "numbers": visible(ChildIdentifier, reader)
        .filter(child=child)
        .order_by("scheme", "-starts_on", "pk"),
        "siblings": linked,
        "suggested": suggested_siblings(child, reader=reader, on=day, linked=linked),
        "statuses": visible(ChildStatus, reader).filter(child=child).order_by("-ends_on", "kind"),
        "restriction": visible(RecordRestriction, reader).filter(child=child, period__contains=day).first(),
        "grants": grants.select_related("user").order_by("user__name"),
        "merges": visible(ChildMerge, reader).filter(survivor=child).select_related("merged", "merged_by"),
        "may_change": reader.may(Permission.EDIT_CHILDREN),
        "may_restrict": reader.may(Permission.RESTRICT_RECORDS),
        "may_merge": reader.may(Permission.MERGE_CHILDREN),
        "as_at": day,
    }
    return render(request, "casework/people/identity.html", context)


@needs(Permission.EDIT_CHILDREN)
def child_task(request: HttpRequest, public_id: uuid.UUID, word: str, page: str = "") -> HttpResponse:
    """A task about a child's people or identity."""
    child = child_or_404(request, public_id)
    return _run(request, TASKS[word], Stand(reader_of(request), today(), child), page)


@needs(Permission.RESTRICT_RECORDS)
def restriction_task(request: HttpRequest, public_id: uuid.UUID, word: str, page: str = "") -> HttpResponse:
    """A task about who may open a record."""
    child = child_or_404(request, public_id)
    return _run(request, TASKS[word], Stand(reader_of(request), today(), child), page)


@needs(Permission.EDIT_CHILDREN)
def contact_task(request: HttpRequest, public_id: uuid.UUID, word: str, page: str = "") -> HttpResponse:
    """A task about one contact of a child."""
    rows = visible(ChildContact, reader_of(request)).select_related("child__area", "person")
    contact = get_object_or_404(rows, public_id=public_id)
    return _run(request, TASKS[word], Stand(reader_of(request), today(), contact.child, contact), page)


def _run(request: HttpRequest, task: PeopleTask, stand: Stand, page: str) -> HttpResponse:
    if page not in ("", "check"):
        raise Http404
    child = stand.child
    on_people = task in CONTACT_TASKS
    back = reverse("child_people" if on_people else "child_identity", args=[child.public_id])
    if child.restricted and str(child.pk) not in request.session.get("reasons", {}):
        # The page it belongs to asks for the reason first.
        return redirect(back)

    def act(given: Given, version: int) -> str:
        messages.success(request, task.act(stand, given, version))
        gone = not visible(type(child), stand.reader).filter(pk=child.pk).exists()
        return reverse("children") if gone else back

    subject = stand.contact.public_id if task.of is Of.CONTACT else child.public_id
    name = f": {stand.contact.person.name}" if task.of is Of.CONTACT else ""
    return CheckedTask(
        name=task.url_name,
        subject=subject,
        child=child,
        version=child.version,
        heading=f"{task.title}{name}",
        form=lambda data: task.form(stand, data),
        rows=lambda given: answer_rows(task.form(stand, None), given, task.url(stand)),
        consequences=lambda given: task.consequences(stand, given),
        act=act,
        submit=task.submit,
        intro=task.intro,
        warning=task.warning,
        back=back,
    ).run(request, page)


def _links(stand: Stand, words: tuple[str, ...]) -> list[Link]:
    return [Link(TASKS[word].title, TASKS[word].url(stand)) for word in words]

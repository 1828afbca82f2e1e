"""Who is away, who covers, and ending that early."""

import datetime
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Cover
from casework.queries.teamwork import workers
from casework.rules.permissions import Permission
from casework.services import absence
from casework.services.refusals import Refused
from casework.today import today
from casework.ui.formats import long_date
from casework.web.forms.allocation import CoverForm
from casework.web.records import reader_of
from casework.web.single_task import SingleTask


@needs(Permission.ALLOCATE)
def cover(request: HttpRequest) -> HttpResponse:
    """Arrange cover; above the form, the cover that runs or is to come."""
    reader, day = reader_of(request), today()
    people = {str(user.public_id): user for user in workers(reader, on=day)}

    def act(form: CoverForm) -> str:
        given = form.cleaned_data
        made = absence.arrange(
            user=people[given["user"]], covered_by=people[given["covered_by"]], starts_on=given["starts_on"],
            ends_on=given["ends_on"], note=given["note"], by=reader, on=day,
        )  # fmt: skip
        messages.success(
            request,
            f"{made.covered_by} covers {made.user} from {long_date(made.starts_on)} to {long_date(made.ends_on)}.",
        )
        return reverse("cover")

    rows = visible(Cover, reader).filter(ends_on__gte=day).select_related("user", "covered_by")
    return SingleTask(
        heading="Arrange cover",
        form=lambda data, initial: CoverForm(
            data,
            initial=initial,
            people=[(key, user.name) for key, user in people.items()],
            today=day,
        ),
        act=act,
        back_url=reverse("team"),
        submit="Arrange cover",
        nav_key="my_work",
        template="casework/teamwork/cover.html",
        extra={"covers": list(rows)},
    ).run(request)


@needs(Permission.ALLOCATE)
def end_cover(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """End cover with yesterday; what was to come is taken away."""
    reader, day = reader_of(request), today()
    row = get_object_or_404(
        visible(Cover, reader).filter(ends_on__gte=day).select_related("user", "covered_by"),
        public_id=public_id,
    )
    if request.method == "POST":
        try:
            absence.end(cover=row, last_day=day - datetime.timedelta(days=1), by=reader, on=day)
        except Refused as refusal:
            messages.warning(request, refusal.words)
        else:
            messages.success(request, f"{row.covered_by} no longer covers {row.user}.")
    return redirect("cover")

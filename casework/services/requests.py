"""Log a request for an EHC needs assessment."""

from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import (
    Area,
    AssessmentRequest,
    Case,
    CaseKind,
    Channel,
    Child,
    Milestone,
    MilestoneKind,
    RequestSource,
    RequestState,
    User,
)
from casework.rules.calendar import age_on
from casework.rules.clock_words import show_day
from casework.services.milestones import rebuild
from casework.services.refusals import OpenRequest, Refused

_TOO_OLD = 25


@transaction.atomic
def log_request(
    *,
    child: Child,
    source: RequestSource,
    received_on: date,
    channel: Channel | str,
    by: User,
    on: date,
    area: Area | None = None,
    requested_by: str = "",
    brought_to_attention: bool = False,
    youth_accommodation: bool | None = None,
) -> Case:
    """Open a request and start its clocks from `received_on`, whatever day of the week that is.

    A request by a parent, young person or school runs from receipt (CFA 2014 s.36(1)). When anyone else brings the
    child to attention, `received_on` is the day the authority became responsible (s.24). Raises OpenRequest when a
    request is open, Refused for a day that cannot be.
    """
    _check_day(child, received_on, on=on)
    _check_source(source, brought_to_attention=brought_to_attention)
    with acting_as(by):
        # Two people logging at once: the second waits here and then sees the first one's case.
        Child.objects.select_for_update().get(pk=child.pk)
        _check_open(child)
        try:
            with transaction.atomic():
                case = Case.objects.create(child=child, kind=CaseKind.REQUEST, opened_on=received_on)
        except IntegrityError:
            _check_open(child)
            raise
        AssessmentRequest.objects.create(
            case=case,
            source=source,
            channel=channel,
            requested_by=requested_by.strip(),
            area=area or child.area,
            brought_to_attention=brought_to_attention,
            youth_accommodation=youth_accommodation,
            state=RequestState.UNDECIDED,
        )
        start = MilestoneKind.RESPONSIBILITY_BEGAN if brought_to_attention else MilestoneKind.REQUEST_RECEIVED
        Milestone.objects.create(case=case, kind=start, happened_on=received_on, recorded_by=by)
        rebuild(case)
        return Case.objects.select_related("child", "request").get(pk=case.pk)


def _check_day(child: Child, received_on: date, *, on: date) -> None:
    if received_on > on:
        raise Refused(
            f"The request cannot be received after today, {show_day(on)}. Enter the day it arrived.",
            field="received_on",
        )
    if received_on < child.date_of_birth:
        raise Refused(
            f"{show_day(received_on)} is before {child.name} was born ({show_day(child.date_of_birth)}). "
            "Check the date received, and the date of birth on the child's page.",
            field="received_on",
        )
    if child.died_on and received_on > child.died_on:
        raise Refused(
            f"{child.name} is recorded as having died on {show_day(child.died_on)}. Check the child's record.",
            field="received_on",
        )
    if age_on(child.date_of_birth, received_on) >= _TOO_OLD:
        raise Refused(
            f"{child.name} was {age_on(child.date_of_birth, received_on)} on {show_day(received_on)}. A request can "
            "be made up to the 25th birthday. Check both dates.",
            field="received_on",
        )


def _check_source(source: RequestSource, *, brought_to_attention: bool) -> None:
    if source == RequestSource.PARENT_OR_YOUNG_PERSON and brought_to_attention:
        raise Refused(
            "A parent or young person who asks has made a request under section 36(1), in whatever words. "
            "Say that it is a request.",
            field="brought_to_attention",
        )
    outside = {RequestSource.HEALTH, RequestSource.SOCIAL_CARE, RequestSource.OTHER}
    if source in outside and not brought_to_attention:
        raise Refused(
            "Only a parent, a young person, a school or a post-16 institution can make a request under section "
            "36(1). Say that the child was brought to your attention.",
            field="brought_to_attention",
        )


def _check_open(child: Child) -> None:
    case = Case.objects.filter(child=child, kind=CaseKind.REQUEST, closed_on__isnull=True).first()
    if case is not None:
        began = f" from {show_day(case.opened_on)}" if case.opened_on else ""
        raise OpenRequest(
            f"{child.name} already has an open request{began} ({case.reference}). "
            "Open that request and go on there.",
            case=case,
        )

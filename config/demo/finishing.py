"""What no return tells and no caseworker would have to type: costs, workers, restricted records, exceptions."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from casework.models import (
    AssessmentRequest,
    Case,
    CaseAssignment,
    Child,
    EstablishmentStatus,
    Ground,
    RestrictedAccess,
    User,
)
from casework.services import exceptions
from config.demo.areas import AREAS
from config.demo.funding import lines
from config.demo.people import PEOPLE
from funding.models import CostLine
from placements.models import Placement
from placements.rules.provision import leaf_type

RESTRICTED = 4
_EXCUSED = 3
_TWENTY_WEEKS = 140
_WEEKS = {"A": 38, "B": 52, "": 0}


def add_costs(bands: dict[str, int], as_at: date, seed: int) -> int:
    """A cost line for each element of each place's cost. Returns the number of lines."""
    random = Random(f"costs:{seed}")
    kinds = {
        status.establishment_id: (status.type_code, status.further_education_kind)
        for status in EstablishmentStatus.objects.order_by("starts_on")
    }
    made = []
    places = (
        Placement.objects.filter(rank=1)
        .select_related("establishment")
        .order_by("child__date_of_birth", "pk")
    )
    for place in places:
        type_code, college = kinds.get(place.establishment_id or 0, (None, None))
        leaf = leaf_type(
            gias_type_code=type_code,
            fe_kind=college,
            setting_code=place.setting_code or None,
            sen_unit=place.sen_unit,
            resourced=place.resourced,
            has_ukprn_only=place.establishment_id is not None and type_code is None,
        )
        end = place.ends_on.toordinal() if place.ends_on else 0
        weeks = place.residential_weeks or _WEEKS[place.residential]
        for line in lines(leaf, place.starts_on.toordinal(), end, as_at.toordinal(), weeks, random):
            made.append(
                CostLine(
                    child_id=place.child_id,
                    placement=place,
                    provider_id=place.establishment_id,
                    kind=line.kind,
                    band_id=bands[line.band] if line.band else None,
                    amount=Decimal(line.amount) if line.amount else None,
                    basis=line.basis,
                    quantity=Decimal(line.quantity),
                    share=Decimal(line.share),
                    starts_on=date.fromordinal(line.start),
                    ends_on=date.fromordinal(line.end) if line.end else None,
                )
            )
    CostLine.objects.bulk_create(made, batch_size=2000)
    return len(made)


def assign_workers(areas: list[int], workers: list[list[int]], as_at: date) -> int:
    """A lead worker for every child with a plan in force or a request open. Returns the number of children."""
    by_area = dict(zip(areas, workers, strict=True))
    since: dict[int, date] = {}
    area_of: dict[int, int | None] = dict(Child.objects.values_list("pk", "area_id"))
    held = Child.objects.filter(plans__starts_on__lte=as_at, plans__ends_on__isnull=True)
    for child, starts_on in held.values_list("pk", "plans__starts_on"):
        since[child] = starts_on
    for child, opened_on in Case.objects.filter(kind="request", closed_on__isnull=True).values_list(
        "child_id", "opened_on"
    ):
        since[child] = opened_on or as_at
    CaseAssignment.objects.bulk_create(
        [
            CaseAssignment(child_id=child, user_id=team[child % len(team)], starts_on=since[child])
            for child in sorted(since)
            for team in [by_area.get(area_of[child] or areas[0], workers[0])]
        ]
    )
    return len(since)


def restrict_some(as_at: date) -> None:
    """One restricted child in each area; the lead worker and the manager may open the record."""
    manager = User.objects.get(email=next(person.email for person in PEOPLE if person.role == "manager"))
    for area in AREAS[:RESTRICTED]:
        assignment = CaseAssignment.objects.filter(child__area__code=area.code).order_by("child_id").first()
        if assignment is None:
            continue
        Child.objects.filter(pk=assignment.child_id).update(restricted=True)
        for user_id in {assignment.user_id, manager.pk}:
            RestrictedAccess.objects.create(
                child_id=assignment.child_id,
                user_id=user_id,
                reason="Carries the case. The family's whereabouts must not be known.",
                starts_on=as_at - timedelta(days=200),
            )


def excuse_some(as_at: date) -> int:
    """Record a lawful exception in a few open cases that are past their twenty weeks; the others are simply late."""
    late = AssessmentRequest.objects.filter(
        case__closed_on__isnull=True, received_on__lt=as_at - timedelta(days=_TWENTY_WEEKS), excepted=False
    ).order_by("received_on", "pk")
    worker = User.objects.get(email=PEOPLE[0].email)
    done = 0
    for request in late.select_related("case")[:_EXCUSED]:
        assert request.received_on is not None  # noqa: S101 - filtered above
        exceptions.add(
            case=request.case,
            rule_code="A10",
            ground=Ground.ABSENT,
            starts_on=request.received_on + timedelta(days=50),
            ends_on=request.received_on + timedelta(days=92),
            evidence="The family was abroad for six weeks; letter from the school of 3 pages on file.",
            approved_on=min(as_at, request.received_on + timedelta(days=95)),
            family_told_on=min(as_at, request.received_on + timedelta(days=97)),
            by=worker,
            on=as_at,
        )
        done += 1
    return done

"""Education outside a school, as tasks: begun, looked at, ended."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import Child
from casework.rules.permissions import Permission
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.presenters import moves_url
from casework.web.records import child_or_404, plan_in_force, reader_of
from placements.models import Finding, HomeEducation, Placement, SettingCode
from placements.services import home_education as services
from placements.web.forms.home_education import EndOutsideForm, OutsideSchoolForm, SuitabilityForm


@needs(Permission.RECORD_CASEWORK)
def outside_school(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The child is educated at home by the parents' choice, or otherwise than at school."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    url = reverse("outside_school", args=[child.public_id])
    has_plan = plan_in_force(request, child) is not None

    def act(given: Given, version: int) -> str:
        at_home = given["arrangement"] == SettingCode.EHE
        services.begin(
            child=child,
            arrangement=SettingCode(given["arrangement"]),
            starts_on=given["starts_on"],
            notified=services.Notified(
                told_on=given["told_on"],
                told_by=given["told_by"],
                why=given["why"],
                consent_on=given["consent_on"],
            )
            if at_home
            else None,
            by=reader,
            on=day,
        )
        messages.success(request, f"Recorded: {SettingCode(given['arrangement']).label.lower()}.")
        return moves_url(child)

    return CheckedTask(
        name="outside_school",
        subject=child.public_id,
        child=child,
        heading="Record education outside a school",
        back=moves_url(child),
        intro="Elective home education is the parents’ choice. Education otherwise than at school is arranged and paid by "
        "the authority. They are reported apart (SEN2 codes EHE, OLA and OPA).",
        form=lambda data: OutsideSchoolForm(data, child=child, today=day),
        rows=lambda given: [
            Row("Arrangement", SettingCode(given["arrangement"]).label, url, "whose arrangement it is"),
            Row("From", long_date(given["starts_on"]), url, "the first day"),
            *(
                [
                    Row(
                        "Told",
                        " ".join(filter(None, [long_date(given["told_on"]), given["told_by"]])),
                        url,
                        "the day",
                    ),
                    Row(
                        "Special school: agreed on",
                        long_date(given["consent_on"]) or "Not asked",
                        url,
                        "the consent",
                    ),
                ]
                if given["arrangement"] == SettingCode.EHE
                else []
            ),
            Row("Why", given["why"] or "Not known", url, "why"),
        ],
        consequences=lambda given: _what_follows(child, given, has_plan=has_plan),
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def suitability(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What was found of education at home."""
    home, reader, day = _home(request, public_id), reader_of(request), today()
    child = home.placement.child
    url = reverse("suitability", args=[home.public_id])

    def act(given: Given, version: int) -> str:
        services.record_check(
            home=home,
            looked_on=given["looked_on"],
            finding=Finding(given["finding"]),
            note=given["note"],
            look_again_on=given["look_again_on"],
            by=reader,
            on=day,
        )
        messages.success(request, "The finding is recorded.")
        return moves_url(child)

    return CheckedTask(
        name="suitability",
        subject=home.public_id,
        child=child,
        heading="Record whether education at home is suitable",
        back=moves_url(child),
        intro="While the parents’ arrangements are suitable, you need not make the provision yourselves. The plan is kept "
        "and reviewed all the same.\n\nCFA 2014 s.42(5); Education Act 1996 s.436A",
        form=lambda data: SuitabilityForm(data, today=day, earliest=home.placement.starts_on),
        rows=lambda given: [
            Row("Looked on", long_date(given["looked_on"]), url, "the day"),
            Row("Found", Finding(given["finding"]).label, url, "what you found"),
            Row("Seen", given["note"], url, "what was seen"),
            Row("Look again on", long_date(given["look_again_on"]) or "Not set", url, "the next look"),
        ],
        consequences=lambda given: _after_looking(given),
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def end_outside(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """The arrangement has ended."""
    reader, day = reader_of(request), today()
    rows = visible(Placement, reader).filter(setting_code__in=services.ARRANGEMENTS).select_related("child")
    placement = get_object_or_404(rows, public_id=public_id)
    url = reverse("end_outside_school", args=[placement.public_id])

    def act(given: Given, version: int) -> str:
        services.end(placement=placement, ends_on=given["ends_on"], why=given["why"], by=reader, on=day)
        messages.success(request, "Recorded. Say where the child goes now.")
        return moves_url(placement.child)

    return CheckedTask(
        name="end_outside_school",
        subject=placement.public_id,
        child=placement.child,
        version=placement.version,
        heading=f"End: {placement.get_setting_code_display()}",
        back=moves_url(placement.child),
        form=lambda data: EndOutsideForm(data, today=day, earliest=placement.starts_on),
        rows=lambda given: [
            Row("Last day", long_date(given["ends_on"]), url, "the last day"),
            Row("Then", given["why"], url, "what happens then"),
        ],
        consequences=lambda given: ["From the next day no main placement is recorded until you record one."],
        act=act,
    ).run(request, page)


def _home(request: HttpRequest, public_id: uuid.UUID) -> HomeEducation:
    rows = visible(HomeEducation, reader_of(request)).select_related("placement__child")
    return get_object_or_404(rows, public_id=public_id)


def _what_follows(child: Child, given: Given, *, has_plan: bool) -> list[str]:
    found = [f"The main placement until then ends on the day before {long_date(given['starts_on'])}."]
    if has_plan:
        found.append("The plan goes on: it is maintained, and reviewed every twelve months as before.")
    if given["arrangement"] == SettingCode.EHE:
        found += [
            "Find out whether the arrangements are suitable; while they are, you need not make the provision yourselves.",
            "What is paid to the school does not stop of itself: end it by its own decision.",
        ]
    if given["arrangement"] == SettingCode.OLA:
        found.append(
            "The authority must arrange and fund this provision, and section I says so (CFA 2014 s.61)."
        )
    return found


def _after_looking(given: Given) -> list[str]:
    if given["finding"] in (Finding.NOT_SUITABLE, Finding.NOT_SEEN):
        return [
            (
                "You must see to it that the provision in the plan is made: consider a setting, a review, or a "
                "school attendance order."
            ),
            "Nothing is decided by this: record what you decide on the review.",
        ]
    if given["finding"] == Finding.PARTLY:
        return ["You go on arranging that part of the provision which the parents’ arrangements do not meet."]
    return ["The plan is reviewed as before; the review looks at the arrangements again."]

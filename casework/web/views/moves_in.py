"""A child moves in: recorded, then what the family was told."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import CaseKind, MilestoneKind
from casework.queries.consequences import Step, consequences
from casework.rules.clock_words import show_day
from casework.rules.permissions import Permission
from casework.services import clocks, moves_in
from casework.services.milestones import standing_of
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.moves import (
    ASSESSING,
    PLAN,
    YES,
    MoveInForm,
    TellFamilyForm,
)
from casework.web.presenters import moves_url
from casework.web.records import child_or_404, course_or_404, reader_of
from casework.web.views.moves import no_list, others

M = MilestoneKind
_IN, _OUT = CaseKind.TRANSFER_IN, CaseKind.TRANSFER_OUT


@needs(Permission.RECORD_CASEWORK)
def record_move_in(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """A child moves into the area: from where, when, and with what."""
    child, reader, day = child_or_404(request, public_id), reader_of(request), today()
    url = reverse("record_move_in", args=[child.public_id])

    def act(given: Given, version: int) -> str:
        common = {
            "child": child, "authority": given["authority"], "moved_on": given["moved_on"], "by": reader, "on": day,
        }  # fmt: skip
        if given["had"] == PLAN:
            moves_in.open_move_in(**common, known_on=given["known_on"], told_by=given["told_by"])
            messages.success(request, "The move in is recorded. Next: record the plan when it comes.")
            return moves_url(child)
        if given["had"] == ASSESSING:
            case = moves_in.arrive_during_assessment(**common, stage=given["stage"])
            return reverse("request_logged", args=[case.public_id])
        moves_in.arrive_without_plan(**common)
        messages.success(request, "Recorded: this authority is responsible.")
        return moves_url(child)

    return CheckedTask(
        name="record_move_in",
        subject=child.public_id,
        child=child,
        heading="Record a move in",
        back=moves_url(child),
        intro="The authority before must transfer the plan on the day of the move; with less than 15 working days’ notice, "
        f"within 15 working days of learning of it (SEND Regs 2014 reg 15(2)).{no_list()}",
        form=lambda data: MoveInForm(data, child=child, today=day, authorities=others(request)),
        rows=lambda given: [
            Row("Moves from", str(given["authority"]), url, "the authority before"),
            Row("Day of the move", long_date(given["moved_on"]), url, "the day of the move"),
            Row("You learned of it", long_date(given["known_on"]), url, "the day you learned of it"),
            Row("Told by", given["told_by"] or "Not said", url, "who told you"),
            Row("There was", _had(given), url, "what there was"),
        ],
        consequences=lambda given: _after_moving_in(child.name, given),
        act=act,
        submit="Record the move in",
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def tell_family(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """What the family was told within six weeks of the transfer."""
    case, reader, day = course_or_404(request, public_id, _IN), reader_of(request), today()
    url, due = reverse("tell_family_of_transfer", args=[case.public_id]), moves_in.review_due(case)
    standing = standing_of(case)
    came = standing.get(M.PLAN_TRANSFERRED_IN, [case.child.date_of_birth])[0]

    def act(given: Given, version: int) -> str:
        moves_in.tell_family(
            case=case, told_on=given["told_on"], will_reassess=given["reassess"] == YES, review_by=given["review_by"],
            note=given["note"], by=reader, on=day, version=version,
        )  # fmt: skip
        return reverse("move_recorded", args=[case.public_id])

    return CheckedTask(
        name="tell_family_of_transfer",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        heading="Record what the family was told",
        back=moves_url(case.child),
        intro="Within six weeks of the transfer, tell the family that the plan has come, whether you will re-assess, and "
        "when you will review it (SEND Regs 2014 reg 15(4)).",
        form=lambda data: TellFamilyForm(data, today=day, earliest=came, due=due),
        rows=lambda given: [
            Row("Family told on", long_date(given["told_on"]), url, "the day the family was told"),
            Row(
                "Re-assessment",
                "Yes" if given["reassess"] == YES else "No",
                url,
                "whether you will re-assess",
            ),
            Row("Review by", long_date(given["review_by"]), url, "the day of the review"),
            Row("Also told", given["note"] or "Nothing else", url, "what else they were told"),
        ],
        consequences=lambda given: [
            *consequences(
                _IN, standing, Step(M.FAMILY_TOLD_OF_TRANSFER, given["told_on"]), calendar=clocks.calendar()
            ),
            *([f"By law the plan is to be reviewed by {show_day(due)}."] if due else []),
            *(
                [
                    "Start the re-assessment next: you decided it yourselves, so its 14 weeks begin with telling the family."
                ]
                if given["reassess"] == YES
                else []
            ),
        ],
        act=act,
    ).run(request, page)


def _had(given: Given) -> str:
    if given["had"] == PLAN:
        return "An EHC plan"
    if given["had"] == ASSESSING:
        return f"An assessment under way. {given['stage']}".strip()
    return "Neither plan nor assessment"


def _after_moving_in(name: str, given: Given) -> list[str]:
    authority, moved = given["authority"], given["moved_on"]
    if given["had"] == PLAN:
        return [
            f"This authority becomes responsible on {long_date(moved)}; the plan is ours once it is transferred.",
            f"{authority} must transfer the plan on {long_date(moved)}, or within 15 working days of learning of the move.",
            "Within six weeks of the transfer you tell the family whether you will re-assess and when you will review.",
            "The plan keeps the day it was made, and the setting it names, until you amend it.",
        ]
    if given["had"] == ASSESSING:
        return [
            f"A new case opens, and its six, sixteen and twenty weeks run from {long_date(moved)}.",
            (
                f"Ask {authority} for the advice it has. It may be used where the adviser, you and the family agree it is "
                "sufficient (SEND Regs 2014 reg 6(4))."
            ),
        ]
    return [f"This authority is recorded as responsible for {name} from {long_date(moved)}."]

"""Ask bodies for advice, record what came, and what makes new advice unnecessary or its lateness excused."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.web import needs
from casework.models import AdviceBody, Case, Ground, User
from casework.queries.advice import advice_of, known_needs, setting_attended
from casework.rules.advice import AdviceBody as Body
from casework.rules.advice import AdviceState, Agrees, standard_bodies
from casework.rules.clocks import RULES
from casework.rules.due_dates import due_on
from casework.rules.milestones import Milestone as M
from casework.rules.permissions import Permission
from casework.services import advice as services
from casework.services import exceptions, existing_advice
from casework.services.advice import Ask
from casework.today import today
from casework.ui.components import Row
from casework.ui.formats import long_date
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.advice import (
    AdviceExceptionForm,
    AskForm,
    ExistingAdviceForm,
    NotNeededForm,
    ReceiveForm,
)
from casework.web.records import advice_or_404, assessment_case_or_404, reader_of
from casework.web.views.assessment import assessment_url

_GONE = (AdviceState.NOT_NEEDED, AdviceState.NOT_ASKED)


@needs(Permission.RECORD_CASEWORK)
def advice_ask(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Ask the bodies the law names, and others, in one step."""
    case, reader, day = assessment_case_or_404(request, public_id), reader_of(request), today()
    url = reverse("advice_ask", args=[case.public_id])
    lines = advice_of(case, on=day)
    asked = {line.advice.body for line in lines if line.state not in _GONE}
    named = standard_bodies(case.child.date_of_birth, day, known_needs(case))
    setting = setting_attended(case.child, on=day)
    initial = {"bodies": [body.value for body in named if body.value not in asked], "asked_on": day}
    if setting is not None:
        initial["who_education"] = setting.name

    def act(given: Given, version: int) -> str:
        rows = services.ask(
            case=case, whom=AskForm.whom(given, setting), asked_on=given["asked_on"], by=reader, on=day, version=version
        )  # fmt: skip
        number = len(rows)
        messages.success(
            request,
            f"{number} {'body is' if number == 1 else 'bodies are'} asked for advice, "
            f"due by {long_date(rows[0].due_on)}.",
        )
        return assessment_url(case)

    def follows(given: Given) -> list[str]:
        due = due_on(RULES["A5"], {M.ADVICE_REQUESTED: given["asked_on"]}, frozenset())
        left_out = [
            body.words for body in named if body.value not in asked and body.value not in given["bodies"]
        ]
        sentences = [f"Each has six weeks, until {long_date(due)}, and a clock of its own."]
        if left_out:
            sentences.append(f"The law names them and they are not asked: {', '.join(left_out)}.")
        return sentences

    return CheckedTask(
        name="advice_ask",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading="Ask for advice",
        form=lambda data: AskForm(data, today=day, earliest=case.opened_on, initial=initial),
        rows=lambda given: [
            Row("Asked", "\n".join(_named(one) for one in AskForm.whom(given, setting)), url, "who is asked"),
            Row(
                "Requests reached them on",
                long_date(given["asked_on"]),
                url,
                "the day the requests reached them",
            ),
        ],
        consequences=follows,
        act=act,
        submit="Record the requests",
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def advice_receive(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Record advice that came, from one body or several."""
    case, reader, day = assessment_case_or_404(request, public_id), reader_of(request), today()
    url = reverse("advice_receive", args=[case.public_id])
    waiting = {line.advice.part: line.advice for line in advice_of(case, on=day) if line.state.is_waiting}
    choices = [(part, f"{one.name}, due by {long_date(one.due_on)}") for part, one in waiting.items()]
    asked = [one.asked_on for one in waiting.values() if one.asked_on]

    def act(given: Given, version: int) -> str:
        services.receive(
            case=case, advice=[waiting[part] for part in given["advice"]], received_on=given["received_on"],
            note=given["note"], by=reader, on=day, version=version,
        )  # fmt: skip
        messages.success(request, "The advice is recorded as received.")
        return assessment_url(case)

    def follows(given: Given) -> list[str]:
        sentences = []
        for part in given["advice"]:
            row = waiting[part]
            late = (given["received_on"] - row.due_on).days if row.due_on else 0
            how = "in time" if late <= 0 else f"{late} day{'' if late == 1 else 's'} late"
            sentences.append(f"{row.name}: {how}.")
        left = len(waiting) - len(given["advice"])
        sentences.append(f"{left} still to come." if left else "All advice that was asked for has come.")
        return sentences

    return CheckedTask(
        name="advice_receive",
        subject=case.public_id,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading="Record advice received",
        form=lambda data: ReceiveForm(
            data, choices=choices, today=day, earliest=min(asked, default=case.child.date_of_birth),
            initial={"advice": request.GET.getlist("advice"), "received_on": day},
        ),
        rows=lambda given: [
            Row("From", "\n".join(waiting[part].name for part in given["advice"]), url, "whose advice has come"),
            Row("Came on", long_date(given["received_on"]), url, "the day it came"),
            Row("Note", given["note"] or "None", url, "the note"),
        ],
        consequences=follows,
        act=act,
    ).run(request, page)  # fmt: skip


@needs(Permission.RECORD_CASEWORK)
def advice_not_needed(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Say that advice is not needed any more."""
    advice, reader, day = advice_or_404(request, public_id), reader_of(request), today()
    case = advice.case
    url = reverse("advice_not_needed", args=[advice.public_id])

    def act(given: Given, version: int) -> str:
        services.withdraw(
            advice=advice, ended_on=given["ended_on"], why=given["why"], by=reader, on=day, version=version
        )
        messages.success(request, f"{advice.name}: not needed any more.")
        return assessment_url(case)

    named = Body(advice.body) in standard_bodies(case.child.date_of_birth, day)
    return CheckedTask(
        name="advice_not_needed",
        subject=advice.public_id,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading=f"Advice not needed: {advice.name}",
        form=lambda data: NotNeededForm(
            data, today=day, earliest=advice.asked_on or case.child.date_of_birth, initial={"ended_on": day}
        ),
        rows=lambda given: [
            Row("Not needed from", long_date(given["ended_on"]), url, "the day"),
            Row("Why", given["why"], url, "why"),
        ],
        consequences=lambda given: ["Its six weeks fall away. The other bodies' limits go on."],
        warning=f"The authority must ask this body ({Body(advice.body).source})." if named else "",
        act=act,
    ).run(request, page)


@needs(Permission.RECORD_CASEWORK)
def existing_for_case(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Propose advice given before, by a body that is not asked yet."""
    case = assessment_case_or_404(request, public_id)
    return _existing(request, page, "existing_for_case", case, None, {})


@needs(Permission.RECORD_CASEWORK)
def advice_existing(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Propose advice given before instead of what a body was asked for, or add an agreement."""
    advice = advice_or_404(request, public_id)
    known = getattr(advice, "existing", None)
    names = ["what", "given_on", *(f"{party}_agreed_{part}" for party in Agrees for part in ("on", "by"))]
    initial = {name: getattr(known, name) for name in names} if known else {}
    return _existing(request, page, "advice_existing", advice.case, advice, initial)


def _existing(
    request: HttpRequest, page: str, name: str, case: Case, advice: object, initial: dict[str, object]
) -> HttpResponse:
    reader, day = reader_of(request), today()
    subject = getattr(advice, "public_id", case.public_id)
    url = reverse(name, args=[subject])

    def act(given: Given, version: int) -> str:
        found = existing_advice.propose(
            case=case,
            whose=advice or Ask(AdviceBody(given["body"]), given["who"]),  # type: ignore[arg-type]
            what=given["what"], given_on=given["given_on"], agreements=ExistingAdviceForm.agreements(given), by=reader,
            on=day, version=version,
        )  # fmt: skip
        if found.accepted_on:
            messages.success(request, f"Existing advice is used: {found.what}.")
        else:
            messages.info(
                request, f"Recorded, but not accepted yet: {_missing(found.missing)} must agree too."
            )
        return assessment_url(case)

    def follows(given: Given) -> list[str]:
        left = [str(party) for party in Agrees if party not in ExistingAdviceForm.agreements(given)]
        if left:
            return [
                f"Not accepted yet: {_missing(left)} must agree too. Until then a clock that runs goes on."
            ]
        return ["All three agree, so this advice is used and no new advice is asked for (reg 6(4))."]

    rows_of_parties = [(party, f"{party}_agreed_by", f"{party}_agreed_on") for party in Agrees]
    return CheckedTask(
        name=name,
        subject=subject,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading=f"Existing advice: {advice}" if advice else "Use existing advice",
        intro="New advice need not be asked for where advice was given before and the person who gave it, the authority "
        "and the parents or young person are all satisfied that it is enough (SEND Regs 2014 reg 6(4)). Two of three are "
        "not enough.",
        form=lambda data: ExistingAdviceForm(
            data, today=day, of_a_request=advice is not None, initial=initial
        ),
        rows=lambda given: [
            *(
                [
                    Row(
                        "Whose",
                        _named(Ask(AdviceBody(given["body"]), given["who"])),
                        url,
                        "whose advice it is",
                    )
                ]
                if advice is None
                else []
            ),
            Row("Which advice", given["what"], url, "which advice"),
            Row("Given on", long_date(given["given_on"]) or "Not said", url, "the day it was given"),
            *(
                Row(
                    f"{party.words[0].upper()}{party.words[1:]}",
                    f"{given[by]}, {long_date(given[on])}" if given[on] else "Has not agreed",
                    url,
                    f"the agreement of {party.words}",
                )
                for party, by, on in rows_of_parties
            ),
        ],
        consequences=follows,
        act=act,
    ).run(request, page)


@needs(Permission.DECIDE)
def advice_exception(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Excuse one body on a ground of regulation 8(2)."""
    advice, reader, day = advice_or_404(request, public_id), reader_of(request), today()
    case = advice.case
    url = reverse("advice_exception", args=[advice.public_id])

    def act(given: Given, version: int) -> str:
        exceptions.add(
            case=case, rule_code="A5", part=advice.part, ground=Ground(given["ground"]), starts_on=given["starts_on"],
            ends_on=given["ends_on"], evidence=given["evidence"], approved_on=day, by=reader, on=day, version=version,
        )  # fmt: skip
        messages.success(request, f"The exception for {advice.name} is recorded. The date stays as it is.")
        return assessment_url(case)

    return CheckedTask(
        name="advice_exception",
        subject=advice.public_id,
        child=case.child,
        version=case.version,
        back=assessment_url(case),
        heading=f"Record an exception: {advice.name}",
        intro="It excuses this body only (SEND Regs 2014 reg 8(2)). The authority's own 16 and 20 weeks go on: advice that "
        "comes late excuses none of them.",
        form=lambda data: AdviceExceptionForm(
            data, today=day, earliest=advice.asked_on or case.child.date_of_birth
        ),
        rows=lambda given: [
            Row("Ground", Ground(given["ground"]).label, url, "the ground"),
            Row(
                "When",
                f"{long_date(given['starts_on'])} to {long_date(given['ends_on']) or 'still going on'}",
                url,
                "the days",
            ),
            Row("Evidence", given["evidence"], url, "the evidence"),
        ],
        consequences=lambda given: _excuses(reader, long_date(advice.due_on)),
        act=act,
        submit="Approve and record the exception",
    ).run(request, page)


def _excuses(reader: User, due: str) -> list[str]:
    return [
        f"{due} stays the date. If it is missed, it is shown as late and excused.",
        f"{reader.name} approves this exception, today.",
    ]


def _named(one: Ask) -> str:
    who = one.who or (one.setting.name if one.setting else "")
    return f"{one.body.label} ({who})" if who else str(one.body.label)


def _missing(parties: list[str]) -> str:
    words = [Agrees(party).words for party in parties]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]

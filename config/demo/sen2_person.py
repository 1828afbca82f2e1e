"""One person of a SEN2 return: modules 1 to 3. Module 4 and 5 are in `config.demo.sen2_plan`."""

from config.demo.day_text import iso as day
from config.demo.lives import Life, PlanLife, Request
from config.demo.sen2_form import Form, flag, tag
from config.demo.sen2_plan import active_plan, named_plan

_PERSON, _REQUEST, _ASSESSMENT = "      ", "        ", "          "
_SIX_YEARS = 2191


def person(life: Life, form: Form) -> str:
    """The person element, or nothing when the person has no place in this return."""
    requests = _requests(life, form)
    if not requests:
        return ""
    return f"    <Person>\n{_module_1(life, form)}{requests}    </Person>\n"


def _module_1(life: Life, form: Form) -> str:
    parts = [
        tag(_PERSON, "Surname", life.surname),
        tag(_PERSON, "Forename", life.forename),
        tag(_PERSON, "PersonBirthDate", day(life.born)),
    ]
    if form.has_sex:
        parts.append(tag(_PERSON, "Sex", life.sex))
    else:
        parts.append(tag(_PERSON, "GenderCurrent", "1" if life.sex == "M" else "2"))
    parts.append(tag(_PERSON, "Ethnicity", life.ethnicity))
    parts.append(
        tag(_PERSON, "PostCode", life.later_postcode if life.moved_home <= form.census else life.postcode)
    )
    numbers = ""
    if life.upn and life.upn_from <= form.census:
        numbers += tag(_PERSON, "UPN", life.upn)
    if life.uln and life.uln_from <= form.census:
        numbers += tag(_PERSON, "UniqueLearnerNumber", life.uln)
    if not numbers:
        reason = "UN1" if form.census - life.born < _SIX_YEARS - 2 else life.no_number_reason
        numbers = tag(_PERSON, "UPNunknown", reason)
    parts.append(numbers)
    return "".join(parts)


def _requests(life: Life, form: Form) -> str:
    asked, plan = life.request, life.plan
    if plan is not None and not plan.arrived <= form.last:
        plan = None
    if plan is not None and plan.end < form.first:
        return ""  # ceased in an earlier year: it was in that year's return
    if asked is None:
        return _old_plan(plan, form) if plan is not None else ""
    if asked.received > form.last:
        return ""
    return _module_2(asked, plan, form)


def _old_plan(plan: PlanLife, form: Form) -> str:
    """A plan whose request is history, or was another authority's: a shell with outcome H and no dates."""
    return (
        f"{_PERSON}<Requests>\n{tag(_REQUEST, 'RequestOutcome', 'H')}"
        f"{_REQUEST}<Assessment>\n{tag(_ASSESSMENT, 'AssessmentOutcome', 'H')}"
        f"{named_plan(plan, form)}{_REQUEST}</Assessment>\n{active_plan(plan, form)}{_PERSON}</Requests>\n"
    )


def _module_2(asked: Request, plan: PlanLife | None, form: Form) -> str:
    over = min(asked.concluded if asked.outcome else asked.answered, asked.moved)
    if plan is None and over < form.first:
        return ""
    outcome = _request_outcome(asked, form)
    history = outcome == "H"
    parts = [f"{_PERSON}<Requests>\n"]
    # Of what was decided in an earlier year, the day of receipt matters while the plan is still to be timed.
    if not history or over >= form.first:
        parts.append(tag(_REQUEST, "ReceivedDate", day(asked.received)))
        if form.has_sources and asked.source and not source_not_known(asked):
            parts.append(tag(_REQUEST, "RequestSource", asked.source))
    if not history:
        parts.append(flag(_REQUEST, "RYA", asked.youth_accommodation))
    if outcome in "YN":
        parts.append(tag(_REQUEST, "RequestOutcomeDate", day(asked.answered)))
    parts.append(tag(_REQUEST, "RequestOutcome", outcome))
    if outcome in "YN":
        parts.append(flag(_REQUEST, "RequestMediation", asked.mediation and asked.answered + 60 <= form.last))
        parts.append(flag(_REQUEST, "RequestTribunal", asked.tribunal and asked.answered + 60 <= form.last))
    if asked.moved <= form.last:
        parts.append(tag(_REQUEST, "Exported", asked.moved_to))
    elif outcome in "YH":
        parts.append(_module_3(asked, plan, form))
    parts.append(f"{_PERSON}</Requests>\n")
    return "".join(parts)


def source_not_known(asked: Request) -> bool:
    """Whether the authority has lost who asked (one request in eleven, as nationally in 2025)."""
    return (asked.received * 7919 + asked.answered * 104729) % 1000 < 95


def _request_outcome(asked: Request, form: Form) -> str:
    if asked.answered > form.last:
        return "A"
    if asked.answer != "Y":
        return asked.answer
    return "Y" if asked.answered >= form.first else "H"


def _module_3(asked: Request, plan: PlanLife | None, form: Form) -> str:
    concluded = asked.concluded <= form.last
    if concluded:
        outcome = asked.outcome if asked.concluded >= form.first else "H"
    else:
        outcome = "Y" if asked.decided_to_issue <= form.last else "A"
    parts = [f"{_REQUEST}<Assessment>\n", tag(_ASSESSMENT, "AssessmentOutcome", outcome)]
    if concluded and outcome in "YN":
        parts.append(tag(_ASSESSMENT, "AssessmentOutcomeDate", day(asked.concluded)))
    if outcome in "YN":
        told = asked.concluded + 60 <= form.last
        parts += [
            flag(_ASSESSMENT, "AssessmentMediation", asked.no_plan_mediation and told),
            flag(_ASSESSMENT, "AssessmentTribunal", asked.no_plan_tribunal and told),
            flag(_ASSESSMENT, "OtherMediation", asked.other_mediation and told),
            flag(_ASSESSMENT, "OtherTribunal", asked.other_tribunal and told),
        ]
    if concluded and outcome == "Y":
        parts.append(flag(_ASSESSMENT, "Week20", asked.excepted))
    issued = plan is not None and asked.concluded <= form.last
    if issued and plan is not None:
        parts.append(named_plan(plan, form))
    parts.append(f"{_REQUEST}</Assessment>\n")
    if issued and plan is not None:
        parts.append(active_plan(plan, form))
    return "".join(parts)

"""One person of the file, checked and turned into rows for the temporary tables."""

from functools import lru_cache

from casework.rules.case_kinds import CaseKind
from casework.rules.identifiers import Finding
from casework.rules.names import matching_name
from casework.rules.postcodes import normalise_postcode
from reporting.returns.sen2.checks import ValueChecks, checked_uln, checked_upn
from reporting.returns.sen2.clocks import clocks_of
from reporting.returns.sen2.findings import Problems
from reporting.returns.sen2.form import Form
from reporting.returns.sen2.plans import Attended, Place, PlanRead, read_placements, read_plans
from reporting.returns.sen2.reader import Person
from reporting.returns.sen2.requests import Happened, Request, RequestChecks
from reporting.returns.sen2.reviews import read_reviews, read_transfer
from reporting.returns.sen2.staging import CASE_LETTERS, Staging, nothing, text
from reporting.returns.sen2.tree import Node

_SEXES = {"M": "M", "F": "F", "1": "M", "2": "F"}
_FLAGS = {"1": "t", "0": "f"}
_WRONG_UPN = "Wrong check letter"
_WRONG_ULN = "Wrong check digit"


class PersonReader:
    """Reads the persons of one file into a Staging. `errors` and `queries` count findings."""

    def __init__(self, form: Form, as_at: str, staging: Staging) -> None:
        self._values = ValueChecks(form, as_at)
        self._requests = RequestChecks(form, as_at)
        self._staging = staging
        self.bad_persons = 0

    def take(self, person: Person) -> None:
        """Check one person and set the rows down; a person with an error leaves only itself and the findings."""
        problems = Problems(person.position)
        node = person.node
        self._values.check(person, problems)
        read = None
        if not problems.fatal:
            read = self._read(node, problems)
        self._person_row(person, bad=problems.fatal)
        if read is not None and not problems.fatal:
            self._set_down(person.position, *read)
        elif problems.fatal:
            self.bad_persons += 1
        if problems.found:
            self._staging.add_findings(problems.found)
        self._staging.flush_when_full()

    def _read(self, node: Node, problems: Problems) -> tuple[list[Request], list[PlanRead], list[Attended]]:
        requests = [
            self._requests.read(part, number, problems)
            for number, part in enumerate(node.parts, start=1)
            if part.tag == "Requests"
        ]
        if sum(not request.closed for request in requests) > 1 and not problems.fatal:
            problems.add("INF-012", [request for request in requests if not request.closed][1].node)
        return requests, read_plans(requests, problems), read_placements(requests, problems)

    def _person_row(self, person: Person, *, bad: bool) -> None:
        values = person.node.values
        upn, uln = values.get("UPN", ""), values.get("UniqueLearnerNumber", "")
        upn_query = uln_query = ""
        if upn:
            upn_checked = checked_upn(upn)
            upn = upn_checked.value
            upn_query = _WRONG_UPN if upn_checked.finding is Finding.QUERY else ""
        if uln:
            uln_checked = checked_uln(uln)
            uln = "" if uln_checked.temporary else uln_checked.value
            uln_query = _WRONG_ULN if uln_checked.finding is Finding.QUERY else ""
        surname, forename = text(values.get("Surname", "")), text(values.get("Forename", ""))
        sex = _SEXES.get(values.get("Sex") or values.get("GenderCurrent", ""), "U")
        born = values.get("PersonBirthDate", "")
        ethnicity, reason = values.get("Ethnicity", ""), values.get("UPNunknown", "")
        if bad:
            # They may be what is wrong; the row only keeps the identifiers from being used twice.
            born = ethnicity = reason = ""
        line = person.node.element.sourceline or 0
        self._staging.rows("s_person").append(
            f"{person.position}\t{line}\t{'t' if bad else 'f'}\t{text(upn)}\t{upn_query}\t{text(uln)}\t{uln_query}\t"
            f"{surname}\t{forename}\t{nothing(born)}\t{sex}\t{ethnicity}\t{_postcode(values.get('PostCode', ''))}\t"
            f"{reason}\t{_key(surname)}|{_key(forename)}\n"
        )

    def _set_down(
        self, n: int, requests: list[Request], plans: list[PlanRead], placements: list[Attended]
    ) -> None:
        for request in requests:
            self._request_row(n, request)
        problems = Problems(n)
        numbers = {"annual_review": 0, "phase_transfer": 0}
        for plan in plans:
            self._plan_row(n, plan)
            for review in read_reviews(plan, problems):
                numbers["annual_review"] += 1
                k = numbers["annual_review"]
                line = plan.node.element.sourceline or 0
                self._staging.rows("s_review").append(
                    f"{n}\t{k}\t{line}\t{nothing(review.meeting)}\t{nothing(review.decided)}\t{nothing(review.closed)}\n"
                )
                self._milestones(n, CaseKind.ANNUAL_REVIEW, k, review.happened)
            transfer = read_transfer(plan, problems)
            if transfer is not None:
                numbers["phase_transfer"] += 1
                k = numbers["phase_transfer"]
                line = plan.node.element.sourceline or 0
                self._staging.rows("s_transfer").append(
                    f"{n}\t{k}\t{line}\t{transfer.due}\t{nothing(transfer.final)}\t{nothing(transfer.closed)}\n"
                )
                self._milestones(n, CaseKind.PHASE_TRANSFER, k, transfer.happened)
        if placements:
            rows = self._staging.rows("s_placement")
            for number, one in enumerate(placements, start=1):
                line = one.node.element.sourceline or 0
                rows.append(
                    f"{n}\t{number}\t{line}\t{_place(one.place)}\t{one.starts}\t{nothing(one.ends)}\n"
                )
        if problems.found:
            self._staging.add_findings(problems.found)

    def _request_row(self, n: int, request: Request) -> None:
        values = request.node.values
        assessed = request.assessment.values if request.assessment else {}
        plan_start = request.plan.values.get("StartDate", "") if request.plan else ""
        flags = "\t".join(
            _FLAGS.get(value, "\\N")
            for value in (
                values.get("RequestMediation", ""), values.get("RequestTribunal", ""),
                assessed.get("AssessmentMediation", ""), assessed.get("AssessmentTribunal", ""),
                assessed.get("OtherMediation", ""), assessed.get("OtherTribunal", ""),
            )
        )  # fmt: skip
        self._staging.rows("s_request").append(
            f"{n}\t{request.number}\t{request.node.element.sourceline or 0}\t{nothing(request.received)}\t"
            f"{values.get('RequestSource', '')}\t{_FLAGS.get(values.get('RYA', ''), _NULL)}\t"
            f"{'t' if request.history else 'f'}\t{request.state}\t{nothing(request.decided)}\t"
            f"{nothing(request.outcome)}\t{nothing(request.final)}\t{nothing(request.ended)}\t"
            f"{nothing(request.opened)}\t{nothing(request.closed)}\t{values.get('Exported', '')}\t"
            f"{'t' if assessed.get('Week20') == '1' else 'f'}\t{flags}\t{nothing(plan_start)}\n"
        )
        self._milestones(n, CaseKind.REQUEST, request.number, request.happened)

    def _milestones(self, n: int, kind: CaseKind, k: int, happened: list[Happened]) -> None:
        if not happened:
            return
        letter = CASE_LETTERS[kind.value]
        self._staging.rows("s_milestone").extend(
            f"{n}\t{letter}\t{k}\t{one.kind.value}\t{one.day}\t{'t' if one.approximate else 'f'}\t"
            f"{one.question}\t{one.answer}\n"
            for one in happened
        )
        self._staging.rows("s_clock").extend(
            f"{n}\t{letter}\t{k}\t{code}\t{started}\t{due}\t{nothing(stopped)}\t{how}\n"
            for code, started, due, stopped, how in clocks_of(kind, {one.kind: one.day for one in happened})
        )

    def _plan_row(self, n: int, plan: PlanRead) -> None:
        values = plan.node.values
        transfer = plan.active.values.get("TransferLA", "") if plan.active else ""
        number = plan.request.number
        self._staging.rows("s_plan").append(
            f"{n}\t{number}\t{plan.node.element.sourceline or 0}\t{plan.starts}\t{nothing(plan.ends)}\t{plan.reason}\t"
            f"{transfer}\t{plan.needs[0]}\t{plan.needs[1]}\t{_FLAGS.get(values.get('PB', ''), _NULL)}\t"
            f"{_FLAGS.get(values.get('OA', ''), _NULL)}\t{values.get('DP', '')}\n"
        )
        line = plan.node.element.sourceline or 0
        self._staging.rows("s_named").extend(
            f"{n}\t{number}\t{line}\t{_place(place)}\n" for place in plan.named
        )


_NULL = "\\N"


def _place(place: Place) -> str:
    return (
        f"{place.rank}\t{nothing(place.urn)}\t{nothing(place.ukprn)}\t{place.code}\t{text(place.words)}\t"
        f"{'t' if place.unit else 'f'}\t{'t' if place.resourced else 'f'}\t{place.residential}\t{place.work_based}"
    )


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return matching_name(name)


@lru_cache(maxsize=20_000)
def _postcode(raw: str) -> str:
    """The postcode in standard form; one that is not a postcode is kept as far as the column holds it."""
    return normalise_postcode(raw) or text(raw.upper())[:8]

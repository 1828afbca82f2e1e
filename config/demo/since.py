"""What caseworkers have recorded since the last return, up to the day of the demonstration.

Milestones are written in bulk and the clocks and columns follow by the casework services, as they do for a return.
"""

from collections.abc import Iterable
from datetime import date
from random import Random

from casework.columns import CameFrom
from casework.models import (
    AssessmentRequest,
    Case,
    CaseKind,
    Child,
    ChildAddress,
    ChildIdentifier,
    Decision,
    IdentifierScheme,
    Milestone,
    RequestState,
)
from casework.rules.legal_tests import WHETHER_TO_ASSESS, WHETHER_TO_ISSUE
from casework.rules.milestones import Milestone as M
from casework.services import clocks, review_calendar
from config.demo.bulk_cases import DECISIONS, happened_by
from config.demo.day import LAST_RETURNED
from config.demo.held_rows import Held
from config.demo.lives import Life, Request
from config.demo.since_plans import Plans
from config.demo.since_reviews import reviews_since

BROUGHT_TO_ATTENTION = "345"
"""Sources that are not a parent, young person or school: they bring a child to attention (CFA 2014 s.36(3))."""

_REASONS = {
    "progress": "Attainment and progress over two terms are close to what was expected with the support in place.",
    "nature_of_needs": "The evidence shows needs of a kind and extent that the setting's own support can meet.",
    "support_working": "The support given since the autumn is meeting the needs; progress reviews show it.",
    "ordinarily_available": "What is needed is ordinarily available in the area's settings and has not been tried yet.",
    "health_or_care_only": "The needs found are health needs that do not call for special educational provision.",
    "no_needs": "The assessment found no special educational needs.",
}


def bring_up_to_day(
    children: Iterable[Life], held: Held, as_at: date, areas: list[int], workers: list[list[int]], seed: int
) -> int:
    """Record everything between the last return and the day. Returns the number of requests logged since."""
    since = _Since(held, as_at, areas, workers, Random(f"since:{seed}"))
    lives = list(children)
    since.add_children(lives)
    for life in lives:
        since.request(life)
    logged = since.write_requests()
    plans = Plans(held, as_at.toordinal())
    for life in lives:
        key = held.child_of(life)
        if key is not None and life.plan is not None:
            plans.follow(key, life.plan, since.cases.get(life.number))
    plans.write()
    touched = [*since.touched, *reviews_since(lives, held, as_at.toordinal())]
    clocks.rebuild_many(case_ids=touched)
    review_calendar.settle(on=as_at)
    return logged


class _Since:
    def __init__(
        self, held: Held, as_at: date, areas: list[int], workers: list[list[int]], random: Random
    ) -> None:
        self._held = held
        self._day = as_at.toordinal()
        self._areas = areas
        self._workers = workers
        self._random = random
        self._new: list[tuple[Life, Case, Request]] = []
        self._milestones: list[tuple[Milestone, Life]] = []
        self.cases: dict[int, Case] = {}
        """The case of each child's request that something happened in, by the child's number."""
        self.touched: list[int] = []

    def add_children(self, lives: list[Life]) -> None:
        """The children whom the authority did not know at the last return."""
        new = [life for life in lives if self._is_new(life)]
        rows = Child.objects.bulk_create(
            [
                Child(
                    surname=life.surname,
                    forename=life.forename,
                    date_of_birth=date.fromordinal(life.born),
                    sex=life.sex,
                    ethnicity=life.ethnicity,
                    area_id=self._areas[life.area],
                )
                for life in new
            ]
        )
        numbers, homes = [], []
        for life, row in zip(new, rows, strict=True):
            self._held.add_child(life, row.pk)
            moved = life.moved_home <= self._day
            homes.append(ChildAddress(child=row, postcode=life.later_postcode if moved else life.postcode))
            for scheme, value, known in (
                (IdentifierScheme.UPN, life.upn, life.upn_from),
                (IdentifierScheme.ULN, life.uln, life.uln_from),
            ):
                if value and known <= self._day:
                    query = "Wrong check letter" if scheme == IdentifierScheme.UPN and life.wrong_upn else ""
                    numbers.append(ChildIdentifier(child=row, scheme=scheme, value=value, query=query))
        ChildAddress.objects.bulk_create(homes)
        ChildIdentifier.objects.bulk_create(numbers)

    def _is_new(self, life: Life) -> bool:
        if life.request is not None:
            return life.request.received > LAST_RETURNED
        return life.plan is not None and LAST_RETURNED < life.plan.arrived <= self._day

    def request(self, life: Life) -> None:
        """What happened in a child's request since the return."""
        asked, child = life.request, self._held.child_of(life)
        if asked is None or child is None:
            return
        since = {kind: day for kind, day in happened_by(asked, self._day).items() if day > LAST_RETURNED}
        if not since:
            return
        if asked.received > LAST_RETURNED:
            case = Case(child_id=child, kind=CaseKind.REQUEST, opened_on=date.fromordinal(asked.received))
            self._new.append((life, case, asked))
        elif child in self._held.open_requests:
            case = self._held.open_requests[child]
        else:
            return
        if asked.source in BROUGHT_TO_ATTENTION and M.REQUEST_RECEIVED in since:
            since[M.RESPONSIBILITY_BEGAN] = since.pop(M.REQUEST_RECEIVED)
        self.cases[life.number] = case
        self._milestones += [
            (
                Milestone(
                    case=case, kind=kind, happened_on=date.fromordinal(day), recorded_by_id=self._worker(life)
                ),
                life,
            )
            for kind, day in since.items()
        ]

    def write_requests(self) -> int:
        """Write cases, requests, milestones and the decisions behind them."""
        Case.objects.bulk_create([case for _, case, _ in self._new])
        AssessmentRequest.objects.bulk_create([self._request_row(*one) for one in self._new])
        for milestone, _ in self._milestones:
            milestone.case_id = milestone.case.pk
        rows = Milestone.objects.bulk_create([milestone for milestone, _ in self._milestones])
        Decision.objects.bulk_create([self._decision(row) for row in rows if M(row.kind) in DECISIONS])
        for _, case, asked in self._new:
            if asked.excepted and asked.concluded <= self._day:
                self._except(case)
        self.touched = [case.pk for case in self.cases.values()]
        return len(self._new)

    def _request_row(self, life: Life, case: Case, asked: Request) -> AssessmentRequest:
        told = asked.concluded + 60 <= self._day
        answered = asked.answered + 60 <= self._day
        return AssessmentRequest(
            case=case,
            source=asked.source,
            channel=asked.channel,
            brought_to_attention=asked.source in BROUGHT_TO_ATTENTION,
            area_id=self._areas[life.area],
            youth_accommodation=asked.youth_accommodation,
            moved_to_la=asked.moved_to if asked.moved <= self._day else "",
            state=RequestState.UNDECIDED,
            excepted=asked.excepted and asked.concluded <= self._day,
            mediation_on_assess=asked.mediation if answered else None,
            appeal_on_assess=asked.tribunal if answered else None,
            mediation_on_issue=asked.no_plan_mediation if told else None,
            appeal_on_issue=asked.no_plan_tribunal if told else None,
            mediation_other=asked.other_mediation if told else None,
            appeal_other=asked.other_tribunal if told else None,
            came_from=CameFrom.CASEWORKER,
        )

    def _decision(self, row: Milestone) -> Decision:
        question, answer = DECISIONS[M(row.kind)]
        decision = Decision(
            milestone=row,
            question=question,
            answer=answer,
            decided_on=row.happened_on,
            decided_by_id=row.recorded_by_id,
        )
        if answer.startswith("refuse"):
            test = WHETHER_TO_ASSESS if question == "assess" else WHETHER_TO_ISSUE
            grounds = sorted(set(test.grounds) & set(_REASONS))
            ground = grounds[int(self._random.random() * len(grounds))]
            decision.test_applied = list(test.limbs)[-1]
            decision.grounds = [ground]
            decision.reasons = _REASONS[ground]
        return decision

    def _except(self, case: Case) -> None:
        case.exceptions.create(
            rule_code="A10",
            ground="personal",
            starts_on=case.opened_on,
            evidence="The family was in hospital for several weeks.",
            approved_on=case.opened_on,
        )

    def _worker(self, life: Life) -> int:
        workers = self._workers[life.area]
        return workers[life.number % len(workers)]

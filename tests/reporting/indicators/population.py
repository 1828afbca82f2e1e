"""A small random population full of edges: gaps, ends on count days, plans without anything, lines that overlap."""

import random
from datetime import date, timedelta
from decimal import Decimal

from casework.models import (
    Area,
    AssessmentRequest,
    Case,
    Child,
    Establishment,
    EstablishmentStatus,
    Milestone,
    Need,
    Plan,
    PlanVersion,
    RequestSource,
    RequestState,
)
from funding.models import Band, BandScheme, BandValue, CostLine
from placements.models import Placement
from placements.rules.provision import Leaf
from reporting.count_days import count_days

AS_AT = date(2026, 1, 29)
_CODES = ("OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO", "NIEO", "")
_BASIS = ("year", "term", "month", "week")


class Population:
    """Writes children with requests, plans, places and costs. The same seed gives the same records."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.edges = [day + timedelta(days=off) for day in count_days(AS_AT) for off in (-1, 0, 1)]

    def day(self, first: date = date(2019, 6, 1), last: date = AS_AT) -> date:
        """A day; often one beside a count day."""
        if self.random.random() < 0.4:
            edge = self.random.choice(self.edges)
            if first <= edge <= last:
                return edge
        return first + timedelta(days=self.random.randint(0, max(0, (last - first).days)))

    def stretches(self, number: int, first: date) -> list[tuple[date, date | None]]:
        """Stretches of days that do not overlap, some of which meet; the last may go on."""
        days = sorted({self.day(first) for _ in range(2 * number)})
        found: list[tuple[date, date | None]] = []
        while len(days) >= 2 and len(found) < number:
            start, end = days.pop(0), days.pop(0)
            found.append((start, end))
            if self.random.random() < 0.5 and days and days[0] > end + timedelta(days=1):
                days.insert(0, end + timedelta(days=1))
        if found and self.random.random() < 0.6:
            found[-1] = (found[-1][0], None)
        return found

    def write(self, children: int) -> None:
        """Write everything."""
        pick = self.random
        areas = [Area.objects.create(code=code, name=code.title()) for code in ("north", "south")]
        schools = self._schools()
        bands = self._bands()
        for number in range(children):
            child = Child.objects.create(
                surname=f"Thistle{number}",
                forename="Juniper",
                date_of_birth=self.day(date(2000, 1, 1), date(2021, 12, 31)),
                sex="F",
                area=pick.choice([*areas, None]),
            )
            request = self._request(child, areas) if pick.random() < 0.8 else None
            for start, end in self.stretches(pick.choice((0, 1, 1, 2)), date(2019, 6, 1)):
                self._plan(child, start, end, request)
            self._places(child, schools)
            self._costs(child, bands)

    def _schools(self) -> list[Establishment]:
        schools = [Establishment.objects.create(urn=900000 + n, name=f"Invented {n}") for n in range(12)]
        schools.append(Establishment.objects.create(ukprn=10000001, name="Invented provider"))
        leaves = [
            Leaf.MAINSTREAM_MAINTAINED,
            Leaf.MAINTAINED_NURSERY,
            *(leaf for leaf in Leaf if "_sen_" not in leaf),
        ]
        for school in schools[1:]:
            first = True
            for start, end in self.stretches(self.random.choice((0, 1, 2)), date(2020, 1, 1)):
                EstablishmentStatus.objects.create(
                    establishment=school,
                    type_code=1,
                    leaf=self.random.choice(leaves).value,
                    starts_on=None if first and self.random.random() < 0.7 else start,
                    ends_on=end,
                )
                first = False
        return schools

    def _bands(self) -> list[Band]:
        scheme = BandScheme.objects.create(code="S", name="Scheme")
        bands = [Band.objects.create(scheme=scheme, code=str(n)) for n in range(3)]
        for band in bands:
            for start, end in self.stretches(3, date(2020, 1, 1)):
                BandValue.objects.create(
                    band=band,
                    annual_value=Decimal(self.random.randint(100, 999999)) / 100,
                    starts_on=start,
                    ends_on=end,
                )
        return bands

    def _request(self, child: Child, areas: list[Area]) -> Case:
        pick = self.random
        state = pick.choice(RequestState.values)
        received = self.day()
        days = [received]
        for _ in range(3):
            days.append(
                min(AS_AT, days[-1] + timedelta(days=pick.choice((0, 1, 41, 42, 43, 97, 98, 99, 200))))
            )
        decided = days[1] if pick.random() < 0.9 and state != "undecided" else None
        closed = state in {"refused", "not_issued", "issued", "withdrawn", "moved_away"}
        case = Case.objects.create(
            child=child,
            kind=pick.choice(("request", "request", "request", "reassessment")),
            opened_on=received,
            closed_on=days[3] if closed else None,
            closed_because="ended" if closed else "",
        )
        AssessmentRequest.objects.create(
            case=case,
            source=pick.choice([*RequestSource.values, ""]),
            area=pick.choice([*areas, None, None]),
            received_on=received if pick.random() < 0.95 else None,
            decided_on=decided,
            outcome_on=days[2]
            if state in {"not_issued", "issuing", "issued"} and pick.random() < 0.9
            else None,
            final_plan_on=days[3] if state == "issued" and pick.random() < 0.9 else None,
            ended_on=days[3] if state in {"withdrawn", "moved_away"} and pick.random() < 0.9 else None,
            state=state,
            decided_before_period=pick.random() < 0.05,
            excepted=pick.random() < 0.2,
            mediation_on_assess=pick.choice((None, None, None, False, True)),
            appeal_other=pick.choice((None, None, None, False, True)),
        )
        if decided and state in {"issued", "assessing"} and pick.random() < 0.2:
            Milestone.objects.create(case=case, kind="decided_not_to_assess", happened_on=decided)
        return case

    def _plan(self, child: Child, start: date, end: date | None, request: Case | None) -> None:
        plan = Plan.objects.create(
            child=child,
            request=request if self.random.random() < 0.7 else None,
            starts_on=start,
            ends_on=end,
            cease_reason="2" if end else "",
        )
        for number, (first, last) in enumerate(
            self.stretches(self.random.choice((0, 1, 2, 3)), start), start=1
        ):
            whole = number == 1 and self.random.random() < 0.5
            PlanVersion.objects.create(
                plan=plan,
                number=number,
                stage="final",
                starts_on=start if whole else first,
                ends_on=last,
                primary_need=self.random.choice([*Need.values, ""]),
            )

    def _places(self, child: Child, schools: list[Establishment]) -> None:
        for first, last in self.stretches(self.random.choice((0, 1, 2, 3)), date(2019, 6, 1)):
            school = self.random.choice([*schools, None])
            Placement.objects.create(
                child=child,
                establishment=school,
                setting_code="" if school else self.random.choice(_CODES),
                sen_unit=self.random.random() < 0.2,
                resourced=self.random.random() < 0.2,
                rank=self.random.choice((1, 1, 1, 2)),
                starts_on=first,
                ends_on=last,
            )

    def _costs(self, child: Child, bands: list[Band]) -> None:
        pick = self.random
        for _ in range(pick.choice((0, 0, 1, 2, 4))):
            for first, last in self.stretches(1, date(2019, 6, 1)):
                band = pick.choice([*bands, None])
                CostLine.objects.create(
                    child=child,
                    kind="therapy",
                    band=band,
                    amount=None if band else Decimal(pick.randint(0, 999999)) / 100,
                    basis=pick.choice(_BASIS),
                    quantity=Decimal(pick.choice(("1", "39", "0.5"))),
                    share=Decimal(pick.choice(("1", "0.5", "0.33333"))),
                    starts_on=first,
                    ends_on=last,
                )

"""What the stories share: the day they are seen from, who records them, and children to begin with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.models import (
    Area,
    AssignmentPart,
    Case,
    CaseAssignment,
    Channel,
    Child,
    Establishment,
    Need,
    Plan,
    RequestSource,
    Sex,
    User,
)
from casework.services import children, decisions, requests
from casework.services.children import NewChild
from placements.models import Placement
from placements.services.issue_plan import SectionI, issue_final_plan


@dataclass(frozen=True, slots=True)
class Story:
    """One thing the demonstration shows, and how it is recorded. `what` is for the guided tour."""

    who: str
    what: str
    told: Callable[["Cast"], object]


@dataclass
class Cast:
    """The day, the people, and the steps that many stories begin with. Days are counted back from `as_at`."""

    as_at: date
    worker: User
    manager: User
    _schools: dict[bool, Establishment] = field(default_factory=dict)

    def ago(self, days: int) -> date:
        """The day `days` before the day of the demonstration; a day to come where negative."""
        return self.as_at - timedelta(days=days)

    def child(
        self,
        forename: str,
        surname: str,
        *,
        years: int,
        sex: Sex,
        postcode: str = "",
        twin_of: int | None = None,
    ) -> Child:
        """A child whose birthday was three months ago, led by the caseworker for two years."""
        added = children.add(
            child=NewChild(
                surname=surname,
                forename=forename,
                date_of_birth=self._birthday(years),
                sex=sex,
                postcode=postcode,
                area=Area.objects.order_by("pk").first(),
            ),
            by=self.worker,
            on=self.as_at,
            not_the_same_as=[twin_of] if twin_of else [],
        )
        CaseAssignment.objects.create(
            child=added, user=self.worker, part=AssignmentPart.LEAD, starts_on=self.ago(730)
        )
        return added

    def request(
        self, child: Child, *, days_ago: int, source: RequestSource = RequestSource.SCHOOL, by_whom: str = ""
    ) -> Case:
        """A request that came in so many days ago."""
        return requests.log_request(
            child=child,
            source=source,
            received_on=self.ago(days_ago),
            channel=Channel.EMAIL,
            requested_by=by_whom or "The school's SENCO",
            by=self.worker,
            on=self.as_at,
        )

    def assess(self, case: Case, *, days_ago: int) -> None:
        """Decided to assess, and told the family the same day."""
        day = self.ago(days_ago)
        decisions.decide_to_assess(
            case=case,
            decided_on=day,
            told_on=day,
            reasons="Progress is well below what is expected, and what the school can provide has been tried.",
            by=self.worker,
            on=self.as_at,
        )

    def issue(self, case: Case, *, days_ago: int) -> None:
        """Decided to issue a plan, and told the family the same day."""
        day = self.ago(days_ago)
        decisions.decide_to_issue(
            case=case,
            decided_on=day,
            told_on=day,
            reasons="The provision needed is more than the school can make from its own resources.",
            by=self.worker,
            on=self.as_at,
        )

    def plan(self, child: Child, *, days_ago: int, need: Need = Need.ASD, secondary: bool = False) -> Plan:
        """A plan made so many days ago after an assessment in time, and the place it names taken up that day."""
        case = self.request(child, days_ago=days_ago + 135)
        self.assess(case, days_ago=days_ago + 100)
        self.issue(case, days_ago=days_ago + 30)
        school = self.school(secondary=secondary)
        version = issue_final_plan(
            case=case,
            issued_on=self.ago(days_ago),
            primary_need=need,
            section_i=SectionI(establishment=school),
            by=self.worker,
            on=self.as_at,
        )
        Placement.objects.create(child=child, establishment=school, starts_on=self.ago(days_ago))
        return version.plan

    def school(self, *, secondary: bool = False) -> Establishment:
        """An open mainstream school for the age."""
        if secondary not in self._schools:
            found = Establishment.objects.filter(in_register=True, closed_on__isnull=True)
            ages = {"high_age__gte": 16, "low_age__gte": 10} if secondary else {"high_age": 11}
            school = found.filter(**ages).order_by("pk").first() or found.order_by("pk").first()
            assert school is not None, "The register of the demonstration is empty."  # noqa: S101
            self._schools[secondary] = school
        return self._schools[secondary]

    def _birthday(self, years: int) -> date:
        day = self.ago(91)
        return date(day.year - years, day.month, min(day.day, 28))

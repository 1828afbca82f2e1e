"""Subjects: the one SQL relation that says what is counted, with its dimensions as columns.

The relations are functions and a view made by `reporting/migrations/sql/0002_subjects.sql`; here stands how an
indicator reads them. `columns` gives each dimension column as SQL over the relation, named `s`. Parameters:
`%(first)s` and `%(last)s`, the days of the window (the same day for a stock).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What is counted. A row of a list carries a child, and a case or plan where there is one.

    `plan` gives the plan of a row. Rows of a case are told apart by the case, so that the plan may be looked up for the
    rows of one page only.
    """

    code: str
    title: str
    relation: str
    columns: Mapping[str, str]
    amount: str = "NULL::numeric"
    plan: str = "s.plan_id"
    told_apart_by: tuple[str, ...] = ("child_id", "plan_id")


_AREA = "coalesce((SELECT a.code FROM casework_area a WHERE a.id = s.area_id), '')"
_CASELOAD_AGE = "reporting_caseload_age_group(s.date_of_birth, %(last)s::date)"

PLANS = Subject(
    code="plans",
    title="EHC plans held",
    relation="reporting_plan_spells(daterange(%(last)s::date, %(last)s::date, '[]'))",
    columns={"area": _AREA, "need": "s.need", "provision": "s.provision", "age_group": _CASELOAD_AGE},
)
FUNDED_CHILDREN = Subject(
    code="funded_children",
    title="Children and young people with a cost",
    relation="reporting_funded_children(%(last)s::date)",
    columns={"area": _AREA, "need": "s.need", "provision": "s.provision", "age_group": _CASELOAD_AGE},
    amount="s.annual_cost",
)
REQUESTS = Subject(
    code="requests",
    title="Requests for an EHC needs assessment",
    relation="reporting_request_facts",
    columns={
        "source": "s.source",
        "area": _AREA,
        "need": "s.need",
        "age_group": "reporting_age_group(reporting_age_on(s.date_of_birth, s.received_on))",
    },
    # The same plan as the view's, which looks every request's plan up to find one.
    plan="(SELECT p.id FROM casework_plan p WHERE p.request_id = s.case_id ORDER BY p.starts_on, p.id LIMIT 1)",
    told_apart_by=("child_id", "case_id"),
)
OPEN_REQUESTS = Subject(
    code="open_requests",
    title="Open requests",
    relation="reporting_open_request_spells(daterange(%(last)s::date, %(last)s::date, '[]'))",
    columns={
        "source": "s.source",
        "area": _AREA,
        "stage": "s.stage",
        "case_age": "reporting_case_age(%(last)s::date - s.received_on)",
    },
    told_apart_by=("child_id", "case_id"),
)

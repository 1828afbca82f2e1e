"""One child with a record of every kind, and callers."""

import datetime
from types import SimpleNamespace

import pytest

from casework.models import Child, TextState
from casework.rules.plan_sections import WRITTEN
from casework.services import plan_texts
from tests.api.callers import SCOPES, system
from tests.factories.advice import AdviceRequestFactory, PanelOutcomeFactory
from tests.factories.cases import (
    AssessmentRequestFactory,
    ClockFactory,
    DecisionFactory,
    MilestoneFactory,
    PlanFactory,
    PlanVersionFactory,
    ReviewFactory,
)
from tests.factories.children import AreaFactory, ChildFactory, ChildIdentifierFactory
from tests.factories.disagreements import AppealFactory
from tests.factories.money import BandFactory, CostLineFactory
from tests.factories.places import NamedPlacementFactory, PlacementFactory
from tests.factories.plans import PlanNeedFactory, PlanSectionFactory, PlanTextFactory

RECEIVED = datetime.date(2025, 1, 16)


def make_text(case, version):
    """The words of a final version: a section and a need."""
    text = PlanTextFactory(case=case)
    PlanSectionFactory(text=text)
    PlanNeedFactory(text=text)
    return plan_texts.seal(text=text, state=TextState.FINAL, plan_version=version, by=None)


def make_records(**child_facts):
    """A child with a request, decision, plan, version, placements and a cost line."""
    child = ChildFactory(**child_facts)
    ChildIdentifierFactory(child=child)
    request = AssessmentRequestFactory(
        case__child=child, case__opened_on=RECEIVED, received_on=RECEIVED, area=AreaFactory()
    )
    ClockFactory(case=request.case, started_on=RECEIVED, due_on=datetime.date(2025, 6, 5))
    decision = DecisionFactory(
        milestone=MilestoneFactory(case=request.case, kind="decided_to_assess", happened_on=RECEIVED)
    )
    advice = AdviceRequestFactory(case=request.case)
    panel = PanelOutcomeFactory(case=request.case).meeting
    plan = PlanFactory(child=child, request=request.case)
    version = PlanVersionFactory(plan=plan)
    text = make_text(request.case, version)
    named = NamedPlacementFactory(plan_version=version)
    placement = PlacementFactory(child=child)
    line = CostLineFactory(child=child, placement=placement, provider=placement.establishment)
    review = ReviewFactory(case__child=child, plan=plan)
    draft = PlanTextFactory(case=request.case, number=2)
    for section in WRITTEN:
        PlanSectionFactory(text=draft, letter=section)
    appeal = AppealFactory(case__child=child)
    made = SimpleNamespace(
        advice=advice, panel=panel, appeal=appeal,
        review=review, child=child, request=request, decision=decision, plan=plan, version=version, text=text,
        draft=draft, named=named, placement=placement, line=line,
    )  # fmt: skip
    for record in (panel, child, appeal.case, request.case, review.case, request.area, decision.milestone, plan, version,
                   text, draft, placement, line, placement.establishment):  # fmt: skip
        record.refresh_from_db()
    return made


@pytest.fixture
def records(db):
    """One child's records."""
    return make_records()


@pytest.fixture
def restricted(db):
    """The records of a child whom only people named may see."""
    made = make_records(surname="Sealwort", restricted=True)
    assert Child.objects.get(pk=made.child.pk).restricted
    return made


@pytest.fixture
def warehouse(db):
    """Another system that may read everything there is a scope for."""
    return system(*SCOPES)


@pytest.fixture
def band(db):
    """A band of a scheme."""
    return BandFactory()

"""Whatever is tracked is shown in the history of the child it hangs on, or is named here with the reason why not."""

from dataclasses import replace

import pytest
from django.apps import apps

from casework.access.scope import has_scope
from casework.models import Case, Milestone, PhaseTransfer
from casework.queries import history_kinds
from casework.queries.history_kinds import is_tracked, kinds
from casework.rules.permissions import Permission
from tests.contracts.source import APPS

# Records of no child. A model that follows a child (scope `follows_child`) needs no line here: it is shown by itself.
LEFT_OUT = {
    "casework.ApiClient": "Another system that may read; it belongs to no child.",
    "casework.Area": "A part of the authority.",
    "casework.Cover": "Who covers for whom; the cases themselves change hands in CaseAssignment.",
    "casework.Establishment": "A setting, known to the whole country.",
    "casework.EstablishmentStatus": "A setting, known to the whole country.",
    "casework.LetterTemplate": "A letter for any child; what was written for one is a Letter.",
    "casework.LetterTemplateVersion": "A letter for any child; what was written for one is a Letter.",
    "casework.LetterWords": "Words that stand in every letter.",
    "casework.LocalAuthority": "An authority, known to the whole country.",
    "casework.MergedRow": "What a merge changed; each change is told where it happened.",
    "casework.NonWorkingDay": "A day of the calendar.",
    "casework.NotTheSame": "A pair of children, one of whom the reader may not see.",
    "casework.PanelMeeting": "A meeting about many children; what it said of each is a PanelOutcome.",
    "casework.ReviewReturn": "A file about many children; what it changed is in the history of each.",
    "casework.Sibling": "A pair of children, one of whom the reader may not see; the page Identity shows those they may.",
    "casework.Team": "A team of the authority.",
    "casework.TeamMembership": "What a member of staff may do.",
    "funding.Band": "A price list.",
    "funding.BandScheme": "A price list.",
    "funding.BandValue": "A price list.",
    "reporting.DoubtfulMatch": "A question about a person of a file, who may be no child of ours.",
    "reporting.ReturnImport": "A file about many children; what it changed is in the history of each.",
}
TRACKED = [model for app in APPS for model in apps.get_app_config(app).get_models() if is_tracked(model)]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.label)
def test_every_tracked_model_is_in_the_history_or_says_why_not(model):
    label = model._meta.label
    assert (model in kinds()) != (label in LEFT_OUT), (
        f"{label}: give it a scope with follows_child(path) and it is shown; if it belongs to no child, name it in "
        "LEFT_OUT with the reason; not both."
    )
    assert label not in LEFT_OUT or len(LEFT_OUT[label].split()) >= 3


def test_nothing_is_left_out_that_is_gone():
    assert set(LEFT_OUT) <= {model._meta.label for model in TRACKED}


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_kind_tells_something_and_leads_to_the_child(kind):
    assert kind.fields(), "Everything of it is hidden."
    assert kind.permission
    for name in kind.derived | kind.hidden | kind.told | set(kind.shows):
        kind.model._meta.get_field(name)
    assert len({other.title for other in kinds().values()}) == len(kinds()), "Two kinds share a title."
    columns = {column.attname for column in kind.events._meta.fields}
    assert {column.attname for column in kind.fields()} <= columns


def test_the_models_a_record_names_have_a_scope():
    """A model without a scope is never named, so its key would read as “a setting (not named here)”."""
    named = {
        column.related_model for kind in kinds().values() for column in kind.fields() if column.is_relation
    }
    assert {model._meta.label for model in named if not has_scope(model)} == set()


def test_a_record_that_is_one_with_another_needs_its_permission():
    """So that a letter asks for what the document it is asks for, though nobody said so."""
    case = replace(kinds()[Case], permission=Permission.SEE_COSTS)
    assert history_kinds._needed(kinds()[PhaseTransfer], {Case: case}) == Permission.SEE_COSTS
    assert history_kinds._needed(kinds()[Milestone], {Case: case}) == Permission.SEE_CHILDREN

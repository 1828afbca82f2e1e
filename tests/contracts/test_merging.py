"""Every table with a column that names a child says what becomes of its rows when two records are made one."""

import pytest
from django.apps import apps

from casework.models import Child
from casework.queries.child_rows import moved_tables, what_becomes_of
from tests.contracts.source import APPS

COLUMNS = [
    (model, field.name)
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "pgh_tracked_model")
    for field in model._meta.concrete_fields
    if field.is_relation and field.related_model is Child
]


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=lambda one: getattr(one, "__name__", one))
def test_a_row_that_names_a_child_is_moved_or_says_why_not(model, column):
    answer = what_becomes_of(model, column)
    assert answer == "moved" or len(answer.split()) >= 5, (
        f"Say what becomes of {model.__name__}.{column} when two records of one child are merged: register ChildRows, or "
        "register_stays with the reason (casework/queries/child_rows.py), from the app's queries/merging.py."
    )


def test_nothing_is_moved_that_names_no_child():
    assert {(rows.model, rows.column) for rows in moved_tables()} <= set(COLUMNS)


@pytest.mark.parametrize("rows", moved_tables(), ids=lambda rows: rows.label)
def test_a_merge_can_name_the_rows_in_a_sentence(rows):
    assert "" not in {rows.one, rows.many}
    assert len({rows.key(clash) for clash in rows.clashes}) == len(rows.clashes)

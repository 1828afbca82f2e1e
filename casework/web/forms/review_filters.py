"""What a list of reviews is narrowed by, read strictly: what cannot be understood is explained, never ignored."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from casework.models import Area, User
from casework.queries.reviews_due import ANY_DAY, LATER, OVERDUE, ReviewFilters
from casework.rules.reviews import OPEN_STATES, ReviewState
from casework.ui.forms import GovukForm, ModelSelectField, SelectField

DAYS = {OVERDUE: "Past the last day", LATER: "Due after these months", ANY_DAY: "Not decided yet"}
"""Words that may stand for a month."""


class ReviewFilterForm(GovukForm):
    """Filters of the board and of the list of reviews."""

    state = SelectField(
        label="How it stands",
        required=False,
        choices=[("", "Any"), *((s.value, s.words) for s in OPEN_STATES)],
    )
    area = ModelSelectField(
        label="Area", required=False, queryset=Area.objects.none(), to_field_name="code", empty_label="Any"
    )
    worker = ModelSelectField(
        label="Lead worker", required=False, queryset=User.objects.none(), to_field_name="public_id",
        empty_label="Any",
    )  # fmt: skip
    month = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10)
    setting = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, areas: Any, workers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]

    def clean_month(self) -> str:
        """A month as 2026-03, or one of the words for other days."""
        typed: str = self.cleaned_data["month"]
        if typed in ("", *DAYS):
            return typed
        try:
            datetime.date.fromisoformat(f"{typed}-01")
        except ValueError:
            raise ValidationError("Enter a month as YYYY-MM, such as 2026-03") from None
        return typed

    @property
    def address(self) -> str:
        """The filters as an address writes them."""
        return urlencode({name: self.data[name] for name in self.fields if name in self.data})

    @property
    def chosen(self) -> ReviewFilters:
        """The filters, for the query; only of a valid form."""
        given = self.cleaned_data
        month = given["month"]
        return ReviewFilters(
            setting=given["setting"],
            area=given["area"].code if given["area"] else "",
            worker=given["worker"],
            state=ReviewState(given["state"]) if given["state"] else None,
            month=datetime.date.fromisoformat(f"{month}-01") if month and month not in DAYS else None,
            due=month if month in DAYS else "",
        )

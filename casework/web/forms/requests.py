"""Logging a request."""

import datetime
from typing import Any

from casework.models import Area, Channel, Child, RequestSource
from casework.ui.forms import DateField, GovukForm, ModelSelectField, RadiosField, TextField

REQUEST, ATTENTION = "request", "attention"


class RequestForm(GovukForm):
    """What came, when, from whom and how. No form is required by law: a letter or an e-mail counts."""

    source = RadiosField(label="Who asked?", subject="who asked", choices=RequestSource.choices, small=True)
    requested_by = TextField(
        label="Name and role of who asked",
        required=False,
        max_length=200,
        hint="For example, Fern Dale, SENCO",
    )
    footing = RadiosField(
        label="How does the law see it?",
        subject="how the law sees it",
        choices=[
            (REQUEST, "A request under section 36(1)"),
            (ATTENTION, "The child was brought to your attention"),
        ],
        hints={
            REQUEST: "By a parent, a young person, or somebody acting for a school or post-16 institution. In any words.",
            ATTENTION: "By anyone else: health, social care, an early years setting that is not a school, others.",
        },
        small=True,
    )
    received_on = DateField(
        label="When did it arrive?",
        subject="the day it arrived",
        hint="The day the message arrived, weekend or not. If the child was brought to your attention, the day "
        "the authority became responsible.",
    )
    channel = RadiosField(
        label="How did it come?", subject="how it came", choices=Channel.choices, small=True
    )
    area = ModelSelectField(label="Area", queryset=Area.objects.none(), required=False, subject="the area")

    def __init__(self, *args: Any, child: Child, today: datetime.date, areas: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


def as_logged(given: dict[str, Any]) -> dict[str, Any]:
    """What the service takes, but for child, user and day."""
    return {
        "source": RequestSource(given["source"]),
        "channel": Channel(given["channel"]),
        "received_on": given["received_on"],
        "requested_by": given["requested_by"],
        "brought_to_attention": given["footing"] == ATTENTION,
        "area": given["area"],
    }

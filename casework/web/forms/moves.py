"""Forms of moves between authorities."""

import datetime
from collections.abc import Iterable
from typing import Any

from casework.models import AuthorityPart, Child, LocalAuthority, Paper
from casework.ui.forms import (
    DateField,
    GovukForm,
    LongTextField,
    ModelSelectField,
    RadiosField,
    TextField,
)

PLAN, ASSESSING, NOTHING = "plan", "assessing", "nothing"
YES, NO = "yes", "no"
SENT, NOT_HELD, NOT_YET = "sent", "not_held", "not_yet"
NO_LIST = (
    "No list of authorities is loaded, so none can be chosen. Whoever runs Waymark loads it with the command "
    "load_local_authorities."
)


def _authority(label: str, subject: str) -> ModelSelectField:
    return ModelSelectField(
        label=label, subject=subject, queryset=LocalAuthority.objects.none(), to_field_name="code"
    )


class MoveInForm(GovukForm):
    """Where from, when, and what there was."""

    authority = _authority("Which authority did the child live in before?", "the authority before")
    moved_on = DateField(
        label="When does the child move, or when did they?", subject="the day of the move",
        hint="The day the child lives in our area. It may lie ahead.",
    )  # fmt: skip
    known_on = DateField(label="When did you learn of the move?", subject="the day you learned of the move")
    told_by = TextField(
        label="Who told you?", required=False, max_length=200, hint="Name and role, or the authority"
    )
    had = RadiosField(
        label="What was there in that authority?",
        subject="what there was in that authority",
        choices=[(PLAN, "An EHC plan"), (ASSESSING, "An assessment under way"), (NOTHING, "Neither")],
        hints={
            PLAN: "It is transferred to us and keeps the day it was made",
            ASSESSING: "It does not transfer: our limits run from the day the child moved",
            NOTHING: "Only who is responsible is recorded",
        },
        reveals={ASSESSING: "stage"},
    )
    stage = TextField(
        label="How far had they come?", required=False, max_length=120,
        hint="For example, advice asked on 2 February. Their advice may be used where everybody agrees it is sufficient",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        child: Child,
        today: datetime.date,
        authorities: Iterable[LocalAuthority],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        self.fields["moved_on"].limit(earliest=child.date_of_birth)  # type: ignore[attr-defined]
        self.fields["known_on"].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]
        self.today = today

    def clean(self) -> None:
        """What has begun here begins with the move."""
        moved, had = self.cleaned_data.get("moved_on"), self.cleaned_data.get("had")
        if moved and moved > self.today and had in (ASSESSING, NOTHING):
            self.add_error("moved_on", "Record this once the child has moved: our limits run from that day")
        self.forget_unless("had", ASSESSING, "stage")


class TellFamilyForm(GovukForm):
    """What the family was told, and when."""

    told_on = DateField(
        label="When was the family told?",
        subject="the day the family was told",
        hint="The day the letter was sent",
    )
    reassess = RadiosField(
        label="Will you re-assess?", subject="whether you will re-assess",
        choices=[(YES, "Yes, we will re-assess"), (NO, "No, the plan goes on as it is until its review")],
    )  # fmt: skip
    review_by = DateField(
        label="By when were they told that the plan will be reviewed?",
        subject="the day by which the plan will be reviewed",
    )
    note = LongTextField(label="Anything else they were told", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        earliest: datetime.date,
        due: datetime.date | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["told_on"].limit(past_of=today, earliest=earliest)  # type: ignore[attr-defined]
        self.fields["review_by"].limit(earliest=earliest, latest=due)  # type: ignore[attr-defined]
        if due is not None:
            self.fields["review_by"].help_text = f"Not later than {due.day} {due:%B %Y}, the last day by law"


class CallOffForm(GovukForm):
    """Why the move does not take place."""

    why = LongTextField(label="Why is the move called off?", subject="why the move is called off", rows=3)


class MoveOutForm(GovukForm):
    """Where to, and when."""

    authority = _authority("Which authority does the child move to?", "the authority the child moves to")
    moved_on = DateField(
        label="When does the child move, or when did they?", subject="the day of the move",
        hint="It may lie ahead. Until the plan is transferred it is ours.",
    )  # fmt: skip
    known_on = DateField(
        label="When did you learn of the move?", subject="the day you learned of the move",
        hint="With less than 15 working days' notice, the plan goes within 15 working days beginning with this day",
    )  # fmt: skip
    told_by = TextField(label="Who told you?", required=False, max_length=200)

    def __init__(
        self,
        *args: Any,
        child: Child,
        today: datetime.date,
        authorities: Iterable[LocalAuthority],
        with_plan: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        moved = self.fields["moved_on"]
        moved.limit(earliest=child.date_of_birth, past_of=None if with_plan else today)  # type: ignore[attr-defined]
        self.fields["known_on"].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]
        if not with_plan:
            moved.help_text = "The request is closed on this day, and the new authority begins"
            del self.fields["known_on"], self.fields["told_by"]


class HandOverForm(GovukForm):
    """The plan went to the new authority."""

    ended_on = DateField(
        label="When was the plan sent to the new authority?", subject="the day the plan was sent",
        hint="It is ours until then: this day is its last day with us",
    )  # fmt: skip
    proof = TextField(
        label="How can it be proved?", subject="how it can be proved", max_length=300,
        hint="For example, secure e-mail to the SEN team, receipt kept",
    )  # fmt: skip

    def __init__(self, *args: Any, today: datetime.date, moved_on: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].limit(past_of=today, earliest=moved_on)  # type: ignore[attr-defined]


class PapersForm(GovukForm):
    """One line for each paper: sent on a day with proof, not held, or not yet."""

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        known_on: datetime.date,
        papers: Iterable[Paper],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.papers = tuple(papers)
        for paper in self.papers:
            choices = [(SENT, "Sent"), (NOT_YET, "Not yet")]
            if paper != Paper.PLAN:
                choices.insert(1, (NOT_HELD, "There is none"))
            self.fields[paper.value] = RadiosField(
                label=paper.label, subject="whether it was sent", choices=choices, inline=False, small=True,
                label_size="s", reveals={SENT: f"{paper}_on"},
            )  # fmt: skip
            day = DateField(label="When was it sent?", subject="the day it was sent", required=False)
            day.limit(past_of=today, earliest=known_on)
            self.fields[f"{paper}_on"] = day
        self.fields["proof"] = TextField(
            label="How can it be proved?", subject="how it can be proved", max_length=300, label_size="s", required=False,
            hint="For example, secure e-mail to the SEN team, receipt kept",
        )  # fmt: skip

    def clean(self) -> None:
        """A paper that was sent has a day; what was sent can be proved."""
        for paper in self.papers:
            self.require_when(paper.value, SENT, f"{paper}_on", "Enter the day it was sent")
            self.forget_unless(paper.value, SENT, f"{paper}_on")
        if SENT in [
            self.cleaned_data.get(paper.value) for paper in self.papers
        ] and not self.cleaned_data.get("proof"):
            self.add_error("proof", "Enter how it can be proved")


class AuthorityPartForm(GovukForm):
    """Which authority has which part, from when."""

    part = RadiosField(
        label="What does the authority do for the child?", subject="what the authority does", choices=AuthorityPart.choices,
        hints={
            AuthorityPart.RESPONSIBLE.value: "It maintains the plan, or would assess",
            AuthorityPart.RESIDENT.value: "Its area is where the child lives now",
            AuthorityPart.LOOKED_AFTER_BY.value: "It has the care of the child",
        },
    )  # fmt: skip
    authority = _authority("Which authority?", "the authority")
    starts_on = DateField(label="From which day?", subject="the first day")
    reason = TextField(label="How do you know?", required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        child: Child,
        today: datetime.date,
        authorities: Iterable[LocalAuthority],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        self.fields["starts_on"].limit(past_of=today, earliest=child.date_of_birth)  # type: ignore[attr-defined]

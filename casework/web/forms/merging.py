"""Forms about two records that may be one child."""

from typing import Any

from casework.queries.merging import Comparison
from casework.services.merges import KEPT, OTHER
from casework.ui.forms import GovukForm, LongTextField, RadiosField

CHOICE = "choice-"


class CompareForm(GovukForm):
    """For each fact that differs, whose is right; and how it is known that the two are one child."""

    def __init__(self, *args: Any, comparison: Comparison, **options: Any) -> None:
        super().__init__(*args, **options)
        self._keys = [fact.key for fact in comparison.choices]
        for fact in comparison.choices:
            self.fields[CHOICE + fact.key] = RadiosField(
                label=fact.label,
                subject=f"which is right: {fact.label.lower()}",
                choices=[
                    (KEPT, f"{fact.kept or 'Not recorded'} (this record)"),
                    (OTHER, f"{fact.other or 'Not recorded'} (the other record)"),
                ],
                small=True,
                inline=True,
                # What only one record knows is not lost by looking away.
                initial="" if fact.kept and fact.other else (KEPT if fact.kept else OTHER),
            )
        self.fields["why"] = LongTextField(
            label="How do you know that these are one child?",
            hint="For example, the school has one child of that name and birth date",
            subject="how you know that these are one child",
            max_length=300,
            rows=2,
        )

    def chosen(self) -> dict[str, str]:
        """Whose is kept, fact by fact, as the service takes it."""
        return {key: self.cleaned_data[CHOICE + key] for key in self._keys}


class TwinForm(GovukForm):
    """What shows that two records are not of twins."""

    checked = RadiosField(
        label="What have you checked?",
        subject="what you have checked",
        choices=[
            ("birth", "A birth certificate or NHS record: one birth on that day"),
            ("family", "The parents said that there is one child"),
            ("setting", "The setting or health visitor said that there is one child"),
        ],
        small=True,
    )
    evidence = LongTextField(
        label="Who told you, when, and what did they say or show?",
        subject="who told you, when, and what they said or showed",
        max_length=200,
        rows=3,
    )


class DifferentForm(GovukForm):
    """How it is known that two records are of two children."""

    why = LongTextField(
        label="How do you know that these are two children?",
        subject="how you know that these are two children",
        max_length=300,
        rows=2,
    )


class UndoForm(GovukForm):
    """Why a merge is undone."""

    why = LongTextField(
        label="Why is the merge undone?",
        subject="why the merge is undone",
        max_length=250,
        rows=2,
        label_size="m",
    )

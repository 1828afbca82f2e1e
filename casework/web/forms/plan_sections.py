"""One section of a draft plan on one page: its words and its rows, as many as there are and one to add."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from casework.models import Need
from casework.rules.advice import AdviceBody
from casework.rules.plan_content import (
    AdviceRow,
    BudgetPart,
    BudgetRow,
    BudgetWay,
    NeedArea,
    NeedRow,
    OutcomeRow,
    Per,
    PlanContent,
    ProvisionRow,
    Row,
    Unit,
)
from casework.rules.plan_sections import SECTIONS, Rows, Section
from casework.ui.forms import (
    CheckboxesField,
    CheckboxField,
    DateField,
    GovukForm,
    LongTextField,
    MoneyField,
    SelectField,
    TextField,
    WholeNumberField,
)

_MOST_ROWS = 60
Fields = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class RowKind:
    """How rows of one kind are typed. `main` must be given; `name` and `new` are what a card is called."""

    name: str
    new: str
    main: str
    fields: Callable[[PlanContent], Fields]
    make: Callable[[str, Section, dict[str, Any]], Row]


@dataclass(frozen=True, slots=True)
class Card:
    """The fields of one row as the page draws them."""

    title: str
    is_new: bool
    key: BoundField
    fields: Mapping[str, BoundField]
    remove: BoundField | None


class SectionForm(GovukForm):
    """The words and rows of a section. `made_rows` are the rows it was sent with, after `is_valid()`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_MOST_ROWS)
    words = LongTextField(label="Words", required=False, rows=8)

    def __init__(
        self, data: QueryDict | None = None, *, section: Section, content: PlanContent, version: int
    ) -> None:
        self.section, self.kind = section, KINDS.get(SECTIONS[section].rows)
        rows = content.rows(section)
        count = min(len(rows) + 1, _MOST_ROWS) if self.kind else 0
        initial: dict[str, Any] = {
            "version": version, "count": count, "words": content.words.get(section, ""),
        }  # fmt: skip
        super().__init__(data, initial=initial)
        self.row_count = _count(data, count)
        words = self.fields["words"]
        words.label = WORDS_LABELS.get(section, "What the plan says in this section")
        words.widget.attrs["rows"] = 4 if self.kind else 14
        if self.kind:
            for number in range(self.row_count):
                self._add_row(self.kind, number, content, rows[number] if number < len(rows) else None)
        self.made_rows: list[Row] = []

    def _add_row(self, kind: RowKind, number: int, content: PlanContent, row: Row | None) -> None:
        fields = kind.fields(content)
        fields["key"] = forms.CharField(widget=forms.HiddenInput, required=False)
        fields["remove"] = CheckboxField(
            label=f"Remove {_lower(self._name(number))}", required=False, small=True
        )
        known = asdict(row) if row is not None else {}
        for name, field in fields.items():
            field.required = False
            self.fields[f"r{number}_{name}"] = field
            if name in known:
                value = known[name]
                self.initial[f"r{number}_{name}"] = list(value) if isinstance(value, tuple) else value

    def _name(self, number: int) -> str:
        letter = self.section if self.kind is KINDS[Rows.PROVISION] else ""
        return f"{self.kind.name if self.kind else ''} {letter}{number + 1}"

    @property
    def cards(self) -> list[Card]:
        """The rows, in order; those without a key are new."""
        found = []
        for number in range(self.row_count if self.kind else 0):
            drawn = {
                name: self[f"r{number}_{name}"]
                for name in self.kind.fields(PlanContent())  # type: ignore[union-attr]
            }
            key = self[f"r{number}_key"]
            is_new = not key.value()
            found.append(
                Card(
                    self.kind.new if is_new else self._name(number),  # type: ignore[union-attr]
                    is_new,
                    key,
                    drawn,
                    None if is_new else self[f"r{number}_remove"],
                )
            )
        return found

    def clean(self) -> None:
        """Make the rows; a row left empty or to be removed is left out."""
        for number in range(self.row_count if self.kind else 0):
            self._clean_row(self.kind, number)  # type: ignore[arg-type]

    def _clean_row(self, kind: RowKind, number: int) -> None:
        prefix = f"r{number}_"
        given = {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }
        faulty = {name for name in self.errors if name.startswith(prefix)}
        key, remove = given.pop("key", ""), given.pop("remove", False)
        if remove:
            for name in faulty:
                del self.errors[name]
            return
        if not faulty and not any(_filled(value) for value in given.values()):
            return
        if not given.get(kind.main) and prefix + kind.main not in faulty:
            self.add_error(prefix + kind.main, f"{self._name(number)}: {_MISSING[kind.main]}")
        for one, other, words in PAIRS:
            if one in given and other in given and _filled(given[one]) != _filled(given[other]):
                empty = other if _filled(given[one]) else one
                self.add_error(prefix + empty, f"{self._name(number)}: {words[empty]}")
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error(prefix + "ends_on", f"{self._name(number)}: the last day is before the first")
        if not any(name.startswith(prefix) for name in self.errors):
            self.made_rows.append(kind.make(_key_of(key), self.section, given))


def _lower(words: str) -> str:
    """The first letter small: "provision F1"."""
    return words[:1].lower() + words[1:]


def _filled(value: Any) -> bool:
    return value not in (None, "", [])


def _count(data: QueryDict | None, otherwise: int) -> int:
    try:
        typed = data.get("count", "") if data is not None else ""
        return max(0, min(int(typed), _MOST_ROWS)) if typed else otherwise
    except ValueError:
        return otherwise


def _key_of(typed: str) -> str:
    """A key sent back as it was given out; anything else is a new row."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return ""


_MISSING = {
    "words": "enter the need, or tick that the row is removed",
    "outcome": "enter the outcome, or tick that the row is removed",
    "what": "enter what it is, or tick that the row is removed",
    "source": "select whose advice it is, or tick that the row is removed",
}
PAIRS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("amount", "unit", {"amount": "enter how much", "unit": "select what the amount is counted in"}),
    ("times", "per", {"times": "enter how many times", "per": "select in what time, such as a week"}),
    ("part", "way", {"part": "select the service", "way": "select how it is delivered"}),
    ("part", "what", {"part": "select the service", "what": "enter what it is for"}),
)
WORDS_LABELS = {
    Section.B: "Introduction, if any",
    Section.E: "Introduction or arrangements for setting shorter-term targets, if any",
    Section.F: "Other provision in words, if any",
    Section.G: "In words, or “None required”",
    Section.H1: "In words, or “None required”",
    Section.H2: "In words, or “None required”",
    Section.J: "In words, or “None requested”",
    Section.K: "Note, if any",
}


def _needs(content: PlanContent) -> Fields:
    return {
        "words": LongTextField(label="Need, as the plan says it", subject="the need", rows=3),
        "kind": SelectField(label="Type of need", subject="the type of need", choices=[("", "Not given"), *Need.choices]),
        "area": SelectField(label="Area of need", subject="the area", choices=[("", "Not given"), *NeedArea.choices()]),
    }  # fmt: skip


def _outcomes(content: PlanContent) -> Fields:
    return {
        "outcome": LongTextField(
            label="Outcome", subject="the outcome", rows=2,
            hint="What the child or young person will be able to do: “Rowan will…”",
        ),
        "by_when": TextField(
            label="By when", subject="by when", max_length=200, hint="A date or the end of a key stage"
        ),
        "steps": LongTextField(label="Steps towards it", subject="the steps", rows=2),
    }  # fmt: skip


class _AmountField(WholeNumberField, forms.DecimalField):
    """An amount, whole or with decimals."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_digits", 9)
        options.setdefault("decimal_places", 2)
        options.setdefault("min_value", Decimal("0.01"))
        super().__init__(**options)

    def sentences(self) -> dict[str, str]:
        """In place of those for whole numbers."""
        words = "The amount must be a number, like 45 or 1.5"
        return super().sentences() | {
            "invalid": words, "max_digits": words, "max_decimal_places": words, "max_whole_digits": words,
            "min_value": "The amount must be more than nothing",
        }  # fmt: skip

    def to_python(self, value: Any) -> Any:
        """A decimal."""
        return forms.DecimalField.to_python(self, value)

    def prepare_value(self, value: Any) -> Any:
        """45, not 45.00."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _provision(content: PlanContent) -> Fields:
    return {
        "what": LongTextField(label="What is provided", subject="what is provided", rows=3),
        "who": TextField(
            label="Who provides it, and with what expertise", subject="who provides it", max_length=300
        ),
        "amount": _AmountField(label="How much", subject="how much", width="4"),
        "unit": SelectField(label="Of what", subject="the unit", choices=[("", ""), *Unit.choices()]),
        "times": WholeNumberField(
            label="How many times", subject="how many times", width="4", min_value=1, max_value=400
        ),
        "per": SelectField(label="In what time", subject="the time", choices=[("", ""), *Per.choices()]),
        "how": TextField(
            label="How, such as one to one or in a group", subject="how", max_length=500
        ),
        "starts_on": DateField(label="From, if not at once", subject="the first day"),
        "ends_on": DateField(label="Until, if it ends", subject="the last day"),
        "needs": CheckboxesField(
            label="Which needs does it meet?", subject="the needs", small=True,
            choices=[(row.key, f"Need {number}: {_short(row.words)}") for number, row in enumerate(content.needs, 1)],
        ),
        "outcomes": CheckboxesField(
            label="Which outcomes does it work towards?", subject="the outcomes", small=True,
            choices=[
                (row.key, f"Outcome {number}: {_short(row.outcome)}")
                for number, row in enumerate(content.outcomes, 1)
            ],
        ),
    }  # fmt: skip


def _budget(content: PlanContent) -> Fields:
    return {
        "what": LongTextField(label="What it is for: the needs and outcomes it meets", subject="what it is for", rows=2),
        "part": SelectField(label="Service", subject="the service", choices=[("", ""), *BudgetPart.choices()]),
        "way": SelectField(
            label="How it is delivered", subject="how it is delivered", choices=[("", ""), *BudgetWay.choices()]
        ),
        "amount": MoneyField(label="Amount a year", subject="the amount a year", max_digits=9),
    }  # fmt: skip


def _advice(content: PlanContent) -> Fields:
    return {
        "source": SelectField(
            label="From", subject="whose advice it is", choices=[("", ""), *((body.value, body.words) for body in AdviceBody)]
        ),
        "who": TextField(label="Name and role", subject="the name and role", max_length=200),
        "dated_on": DateField(label="Date of the advice", subject="the date of the advice"),
    }  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= 70 else words[:69].rsplit(" ", 1)[0] + "…"


def _made(kind: type, *columns: str) -> Callable[[str, Section, dict[str, Any]], Row]:
    def make(key: str, section: Section, given: dict[str, Any]) -> Row:
        row: Row = kind(key=key, **{name: given.get(name) for name in columns})
        return row

    return make


def _made_provision(key: str, section: Section, given: dict[str, Any]) -> Row:
    lists = {name: tuple(given.get(name) or ()) for name in ("needs", "outcomes")}
    return ProvisionRow(key=key, section=section, **{**given, **lists})


KINDS: dict[Rows, RowKind] = {
    Rows.NEEDS: RowKind("Need", "Add a need", "words", _needs, _made(NeedRow, "words", "kind", "area")),
    Rows.OUTCOMES: RowKind(
        "Outcome", "Add an outcome", "outcome", _outcomes, _made(OutcomeRow, "outcome", "by_when", "steps")
    ),
    Rows.PROVISION: RowKind("Provision", "Add provision", "what", _provision, _made_provision),
    Rows.BUDGET: RowKind(
        "Part", "Add a part", "what", _budget, _made(BudgetRow, "part", "way", "what", "amount")
    ),
    Rows.ADVICE: RowKind(
        "Advice", "Add advice", "source", _advice, _made(AdviceRow, "source", "who", "dated_on")
    ),
}

"""Forms drawn with GOV.UK components: the renderer named in FORM_RENDERER, the base class, and the fields."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict
from django.http import QueryDict

from casework.ui.boundfield import GovukBoundField
from casework.ui.fields import (
    CheckboxesField,
    CheckboxField,
    DateField,
    EmailField,
    FileField,
    FilesField,
    LongTextField,
    ModelCheckboxesField,
    ModelRadiosField,
    ModelSelectField,
    MoneyField,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
    WholeNumberField,
)
from casework.ui.kept import given_back

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "DateField",
    "EmailField",
    "FileField",
    "FilesField",
    "GovukForm",
    "GovukFormRenderer",
    "LongTextField",
    "ModelCheckboxesField",
    "ModelRadiosField",
    "ModelSelectField",
    "MoneyField",
    "RadiosField",
    "SelectField",
    "TextField",
    "TimeField",
    "WholeNumberField",
    "summary_of_errors",
]


class GovukFormRenderer(DjangoTemplates):
    """Draws every form of the site, ours and those of the packages we use, with GOV.UK components."""

    form_template_name = "casework/ui/form.html"
    field_template_name = "casework/ui/field.html"
    bound_field_class = GovukBoundField


class GovukForm(forms.Form):
    """A form of ours: no browser validation, no colon after labels, and requirements that depend on an answer."""

    use_required_attribute = False
    is_given_back = False

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        typed = given_back(name for name, field in self.fields.items() if not field.widget.is_hidden)
        if typed is not None:
            # Shown as it was typed, under a fresh key, with nothing said to be wrong: nobody has sent it yet.
            hidden = {
                self.add_prefix(name): self.get_initial_for_field(field, name)
                for name, field in self.fields.items()
                if field.widget.is_hidden
            }
            self.data, self.is_bound, self.is_given_back = _with(typed, hidden), True, True
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """What is given back after a session ended is never valid: the person must send it again."""
        return not self.is_given_back and super().is_valid()

    def require_when(self, field: str, value: str, needed: str, message: str) -> None:
        """In `clean()`: when `field` was answered `value`, `needed` must be answered too; else `message` beside it."""
        answer = self.cleaned_data.get(field)
        chosen = value in answer if isinstance(answer, list) else str(answer) == value
        if chosen and needed not in self.errors and not self.cleaned_data.get(needed):
            self.add_error(needed, message)

    def forget_unless(self, field: str, value: str, needed: str) -> None:
        """In `clean()`: drop the answer and the errors of a revealed field whose choice was not made."""
        answer = self.cleaned_data.get(field)
        chosen = value in answer if isinstance(answer, list) else str(answer) == value
        if not chosen:
            self.errors.pop(needed, None)
            self.cleaned_data[needed] = self.fields[needed].to_python("")


def _with(typed: QueryDict, values: dict[str, Any]) -> QueryDict:
    data = typed.copy()
    for name, value in values.items():
        data[name] = "" if value is None else str(value)
    return data


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Fields drawn inside the choice that reveals them, and so not again on their own."""
    looks = (getattr(field, "look", None) for field in form.fields.values())
    return {name for look in looks if look for name in look.reveals.values()}


def summary_of_errors(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Pairs of message and link target ("" when the fault is of the form as a whole), in the order of the page."""
    for message in form.non_field_errors():
        yield str(message), ""
    for name in form.fields:
        bound = form[name]
        for message in getattr(bound, "messages", bound.errors):
            target = "" if bound.is_hidden else getattr(bound, "target_id", bound.id_for_label)
            yield str(message), target

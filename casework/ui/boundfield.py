"""A field bound to a form, drawn as its GOV.UK component."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from casework.ui.look import Look
from casework.ui.widgets import DateParts
from casework.ui.wording import required_message, subject_of

_PLAIN = Look()


@dataclass(frozen=True)
class Item:
    """One radio or checkbox."""

    id: str
    value: str
    label: str
    checked: bool
    attrs: dict[str, Any]
    hint: str = ""
    divider: str = ""
    reveals: BoundField | None = None
    exclusive: bool = False

    @property
    def hint_id(self) -> str:
        """Id of the choice's own hint."""
        return f"{self.id}-item-hint"

    @property
    def conditional_id(self) -> str:
        """Id of the part the choice reveals; our style sheet hides it while the choice is not made."""
        return f"conditional-{self.id}"


class GovukBoundField(BoundField):
    """`{{ form.name }}` draws label, hint, error and control together; `as_widget` draws the control alone."""

    def __str__(self) -> SafeString:
        return self.as_hidden() if self.is_hidden else self.as_field_group()

    @property
    def look(self) -> Look:
        """Look of the field; the plain one for fields that are not ours (allauth, django-filter)."""
        return getattr(self.field, "look", _PLAIN)

    @property
    def component(self) -> str:
        """Which component draws this field, chosen by its widget."""
        widget = self.field.widget
        pairs: tuple[tuple[type | tuple[type, ...], str], ...] = (
            (DateParts, "date_input"),
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "checkbox"),
            (forms.Select, "select"),
            (forms.Textarea, "textarea"),
            (forms.FileInput, "file_upload"),
        )
        return next((name for kinds, name in pairs if isinstance(widget, kinds)), "input")

    @property
    def component_template(self) -> str:
        """Template of the component."""
        return f"casework/ui/fields/{self.component}.html"

    @property
    def control_id(self) -> str:
        """Id of the control, or of the group that holds the controls."""
        return self.field.widget.attrs.get("id") or self.auto_id

    @property
    def hint_id(self) -> str:
        """Id of the hint."""
        return f"{self.control_id}-hint"

    @property
    def error_id(self) -> str:
        """Id of the error message."""
        return f"{self.control_id}-error"

    @property
    def info_id(self) -> str:
        """Id of the line that counts characters."""
        return f"{self.control_id}-info"

    @property
    def limit(self) -> int | None:
        """How many characters or words the count allows; None when nothing is counted."""
        if self.look.count_words:
            return self.look.count_words
        return getattr(self.field, "max_length", None) if self.look.count else None

    @property
    def described_by(self) -> str:
        """Ids of what describes the control, in reading order."""
        named = [
            (self.limit is not None, self.info_id),
            (bool(self.help_text), self.hint_id),
            (bool(self.errors), self.error_id),
        ]
        return " ".join(name for is_there, name in named if is_there)

    @property
    def messages(self) -> list[str]:
        """What is wrong, in our words also where a package's field only says that it is required."""
        found = []
        for error in self.form.errors.as_data().get(self.name, []):
            plain = error.code == "required" and not hasattr(self.field, "subject")
            subject = subject_of(str(self.label), "")
            found += (
                [required_message("Enter", subject, "an answer")]
                if plain
                else [str(words) for words in error]
            )
        return found

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Boxes of a date that are at fault; all of them when the fault is not in one."""
        if not self.errors:
            return ()
        found: list[str] = []
        for error in self.form.errors.as_data().get(self.name, []):
            found += (error.params or {}).get("parts", ())
        return tuple(found) or ("day", "month", "year")

    @property
    def target_id(self) -> str:
        """Where a link from the error summary goes: the control, or the first box at fault."""
        if self.component == "date_input":
            return f"{self.control_id}-{self.wrong_parts[0] if self.wrong_parts else 'day'}"
        return self.control_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Classes and descriptions of the control.

        No `required` and no `maxlength`: the browser's own messages differ from ours, and a pasted text must not lose
        its end without a word.
        """
        widget = widget or self.field.widget
        attrs = dict(attrs)
        if self.field.disabled:
            attrs["disabled"] = True
        if widget.is_hidden:
            return attrs
        widget.attrs.pop("maxlength", None)
        widget.attrs.pop("placeholder", None)
        attrs["class"] = " ".join(filter(None, [self._classes(), widget.attrs.get("class", "")]))
        if self.component == "date_input":
            attrs["data-wrong"] = " ".join(self.wrong_parts)
        elif not self.use_fieldset and self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.look.autocomplete:
            attrs["autocomplete"] = self.look.autocomplete
        if self.look.inputmode:
            attrs["inputmode"] = self.look.inputmode
        if self.look.spellcheck is not None:
            attrs["spellcheck"] = "true" if self.look.spellcheck else "false"
        if self.component == "textarea":
            attrs["rows"] = self.look.rows
            widget.attrs.pop("cols", None)
        return attrs

    @property
    def items(self) -> list[Item]:
        """The radios or checkboxes. The first has the field's own id, so that the error summary can link to it."""
        items: list[Item] = []
        number = 0
        for choice in self.subwidgets:
            value = str(choice.data["value"])
            revealed = self.look.reveals.get(value)
            divider = self.look.dividers.get(value, "")
            number += 2 if divider else 1  # the official component counts a divider as an item
            items.append(
                Item(
                    id=self.control_id if not items else f"{self.control_id}-{number}",
                    value=value,
                    label=choice.choice_label,
                    checked=bool(choice.data["selected"]),
                    attrs={"disabled": True} if self.field.disabled else {},
                    hint=self.look.hints.get(value, ""),
                    divider=divider,
                    reveals=self.form[revealed] if revealed else None,
                    exclusive=value == self.look.exclusive and bool(value),
                )
            )
        return items

    def _classes(self) -> str:
        base = {"input": "govuk-input", "select": "govuk-select", "textarea": "govuk-textarea",
                "file_upload": "govuk-file-upload"}.get(self.component, "")  # fmt: skip
        if not base:
            return ""
        words = [base]
        if self.look.width:
            words.append(
                f"govuk-input--width-{self.look.width}"
                if self.look.width.isdigit()
                else f"govuk-!-width-{self.look.width}"
            )
        if self.limit is not None:
            words.append("govuk-js-character-count")
        if self.look.classes:
            words.append(self.look.classes)
        if self.errors:
            words.append(f"{base}--error")
        return " ".join(words)

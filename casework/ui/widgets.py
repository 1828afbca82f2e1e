"""Widgets Django does not have: three boxes for a date, and a select that begins with nothing chosen."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html_join

from casework.ui.dates import PARTS, DateText, date_text


class DateParts(forms.Widget):
    """Day, month and year in three boxes; posted as name-day, name-month, name-year."""

    template_name = "casework/ui/widgets/date_parts.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateText:
        """What was typed. One value under the plain name (from a link or a script) goes to the first box."""
        typed = DateText(*(str(data.get(f"{name}-{part}", "") or "").strip() for part in PARTS))
        if typed.is_empty and data.get(name):
            return DateText(day=str(data[name]).strip())
        return typed

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """No box of this date was posted."""
        return not any(f"{name}-{part}" in data for part in PARTS) and name not in data

    def format_value(self, value: Any) -> DateText:
        """The three boxes for a date, or what was typed."""
        if isinstance(value, DateText):
            return value
        if isinstance(value, datetime.date):
            return date_text(value)
        return DateText(day=str(value)) if value else DateText()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes for the template."""
        context = super().get_context(name, value, attrs)
        typed = self.format_value(value)
        base = context["widget"]["attrs"].get("id", name)
        wrong = context["widget"]["attrs"].pop("data-wrong", "").split()
        context["widget"]["boxes"] = [
            {
                "id": f"{base}-{part}",
                "name": f"{name}-{part}",
                "label": part.capitalize(),
                "value": getattr(typed, part),
                "width": 4 if part == "year" else 2,
                "error": part in wrong,
                # A month may be typed as a name, so its keyboard keeps its letters.
                "inputmode": "" if part == "month" else "numeric",
                "autocomplete": f"bday-{part}"
                if context["widget"]["attrs"].get("autocomplete") == "bday"
                else "",
            }
            for part in PARTS
        ]
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The first box, so that a link from the error summary lands in it."""
        return f"{id_}-day" if id_ else id_


class ChoiceSelect(forms.Select):
    """A select whose first option is empty, so that no answer is given by accident."""

    template_name = "casework/ui/widgets/select.html"
    blank = "Choose"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The options are written here: a template for each, as Django has it, makes a long list slow."""
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (
                group,
                format_html_join(
                    "\n",
                    '<option value="{}"{}>{}</option>',
                    ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options),
                ),
            )
            for group, options, _ in context["widget"]["optgroups"]
        ]
        return context

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        """The options, with an empty one first unless the choices bring their own."""
        groups = super().optgroups(name, value, attrs)
        options = [option for _, members, _ in groups for option in members]
        if any(str(option["value"] or "") == "" for option in options):
            return groups
        nothing_chosen = not any(option["selected"] for option in options)
        empty = self.create_option(name, "", self.blank, nothing_chosen, 0, attrs=attrs)
        return [(None, [empty], 0), *groups]

"""Our form fields against the examples GOV.UK Frontend publishes."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from casework.ui import forms
from tests.unit.ui.official import BeyondOurs, Options, Taker, expressible, shape


def drawn(
    names: tuple[str, str], field: Any, value: Any, error: Any, data: dict[str, Any] | None = None
) -> str:
    """The field in a form, bound when there is something wrong with it. `names` are the example's id and name."""
    name, official_name = names
    field.required = False
    kind = type("AForm", (forms.GovukForm,), {name: field})
    if not error:
        return _renamed(str(kind(auto_id="%s", initial={name: value})[name]), name, official_name)
    form = kind(data if data is not None else {name: value or ""}, auto_id="%s")
    form.full_clean()
    form.errors.clear()
    form.add_error(name, error)
    return _renamed(str(form[name]), name, official_name)


def _renamed(html: str, ours: str, official: str) -> str:
    return html.replace(f' name="{ours}"', f' name="{official}"')


def common(given: Taker, legend: str = "label") -> tuple[dict[str, Any], str]:
    """Label, hint, size and the error of an example."""
    if legend == "label":
        holder = Taker(given.take("label", {}))
        text, classes, heading = (
            holder.take("text"),
            holder.take("classes", ""),
            holder.take("isPageHeading", False),
        )
    else:
        fieldset = Taker(given.take("fieldset", {}))
        holder = Taker(fieldset.take("legend", {}))
        text, classes, heading = (
            holder.take("text"),
            holder.take("classes", ""),
            holder.take("isPageHeading", False),
        )
        fieldset.finish()
    holder.finish()
    size = re.fullmatch(r"govuk-(?:label|fieldset__legend)--(s|m|l|xl)", classes)
    if not text or (classes and not size):
        raise BeyondOurs("no label, or of another kind")
    error = given.text("errorMessage")
    look = {
        "label": text,
        "hint": given.text("hint"),
        "page_heading": heading,
        "label_size": size[1] if size else "",
    }
    return look, error


def names_of(given: Taker) -> tuple[str, str]:
    """Id and name of an example; a form needs a name it can keep in an attribute."""
    identifier, name = given.take("id"), given.take("name")
    if not re.fullmatch(r"[\w-]+", identifier or name or ""):
        raise BeyondOurs("no name, or of a kind Django forms do not have")
    return identifier or name, name or identifier


def an_input(options: Options) -> str:
    given = Taker(options)
    names = names_of(given)
    look, error = common(given)
    width = re.fullmatch(r"govuk-input--width-(\d+)", given.take("classes", ""))
    if options.get("classes") and not width:
        raise BeyondOurs("another class")
    affixes = {"prefix": given.text("prefix"), "suffix": given.text("suffix")}
    extras = {part: given.take(part, "") for part in ("autocomplete", "inputmode")}
    spellcheck, value = given.take("spellcheck"), given.take("value")
    disabled = given.take("disabled", False)
    if given.take("type", "text") != "text":
        raise BeyondOurs("another type")
    given.finish()
    field = forms.TextField(
        **look, **affixes, **extras, width=width[1] if width else "", spellcheck=spellcheck, disabled=disabled
    )
    return drawn(names, field, value, error)


def a_textarea(options: Options) -> str:
    given = Taker(options)
    names = names_of(given)
    look, error = common(given)
    field = forms.LongTextField(
        **look, rows=given.take("rows", 5), autocomplete=given.take("autocomplete", "")
    )
    value = given.take("value")
    given.finish()
    return drawn(names, field, value, error)


def a_counted_textarea(options: Options) -> str:
    given = Taker(options)
    names = names_of(given)
    look, error = common(given)
    limit, words = given.take("maxlength"), given.take("maxwords")
    if not (limit or words):
        raise BeyondOurs("no limit")
    field = forms.LongTextField(
        **look,
        rows=given.take("rows", 5),
        max_length=int(limit) if limit else None,
        count=bool(limit),
        count_words=int(words) if words else None,
    )
    value = given.take("value")
    given.finish()
    return drawn(names, field, value, error)


def a_select(options: Options) -> str:
    given = Taker(options)
    names = names_of(given)
    look, error = common(given)
    choices, chosen = [], given.take("value")
    for option in given.take("items") or []:
        item = Taker(option or {"empty": True})
        value = item.take("value")
        if value is None:
            raise BeyondOurs("an option without a value")
        choices.append((str(value), item.take("text")))
        selected = item.take("selected")
        if selected is False or value in (0, False):
            raise BeyondOurs("an option that says it is not selected, or a value that counts as none")
        chosen = value if selected else chosen
        item.finish()
    given.finish()
    field = forms.SelectField(**look, choices=choices)
    field.widget.blank = ""
    ours = drawn(names, field, chosen, error)
    # Ours begins with an empty option, so that no answer is given by accident.
    return re.sub(r'<option value=""( selected)?>\s*</option>', "", ours)


def a_file_upload(options: Options) -> str:
    given = Taker(options)
    names = names_of(given)
    look, error = common(given)
    given.finish()
    return drawn(names, forms.FileField(**look), None, error)


def choices_of(given: Taker, multiple: bool) -> tuple[dict[str, Any], Any]:
    """Choices with their hints, dividers and which are chosen; an "or" belongs to the choice after it."""
    choices: list[tuple[str, str]] = []
    hints, dividers, chosen, divider, exclusive = {}, {}, [], "", ""
    for option in given.take("items"):
        item = Taker(option or {"empty": True})
        if "divider" in item.left:
            divider = item.take("divider")
            item.finish()
            continue
        value = str(item.take("value"))
        choices.append((value, item.take("text")))
        if hint := item.text("hint"):
            hints[value] = hint
        if divider:
            dividers[value], divider = divider, ""
        if item.take("checked", False):
            chosen.append(value)
        if item.take("behaviour") == "exclusive":
            exclusive = value
        item.finish()
    if len({value for value, _ in choices}) != len(choices):
        raise BeyondOurs("the same value twice")
    preset = given.take("values" if multiple else "value")
    if preset:
        chosen += [str(value) for value in (preset if multiple else [preset])]
    look = {"choices": choices, "hints": hints, "dividers": dividers, "exclusive": exclusive}
    return look, chosen if multiple else (chosen[0] if chosen else "")


def some_radios(options: Options) -> str:
    return _choices(options, "radios", forms.RadiosField)


def some_checkboxes(options: Options) -> str:
    return _choices(options, "checkboxes", forms.CheckboxesField)


def _choices(options: Options, component: str, kind: Any) -> str:
    given = Taker(options)
    identifier, name = given.take("idPrefix"), given.take("name")
    if "fieldset" not in options:
        raise BeyondOurs("no fieldset")
    look, error = common(given, "legend")
    classes = set(given.take("classes", "").split())
    look["small"] = f"govuk-{component}--small" in classes
    look["inline"] = "govuk-radios--inline" in classes
    if classes - {f"govuk-{component}--small", "govuk-radios--inline"}:
        raise BeyondOurs("another class")
    choices, chosen = choices_of(given, component == "checkboxes")
    given.finish()
    return drawn((identifier or name, name), kind(**look, **choices), chosen, error)


def a_date(options: Options) -> str:
    given = Taker(options)
    name = given.take("id")
    prefix = given.take("namePrefix")
    if "fieldset" not in options or prefix not in (None, name):
        raise BeyondOurs("no fieldset, or another name")
    look, error = common(given, "legend")
    values = given.take("values", {})
    typed = forms.DateField(label="x").widget.value_from_datadict(
        {f"{name}-{part.removeprefix(f'{name}-')}": value for part, value in values.items()}, None, name
    )
    fault: dict[str, Any] = {}
    for part in ("day", "month", "year"):
        box = Taker(given.take(part, {}))
        fault[part] = box.take("error")
        box.finish()
    given.finish()
    wrong = [part for part, at_fault in fault.items() if at_fault]
    if not wrong and False in fault.values():
        wrong = [part for part, at_fault in fault.items() if at_fault is None]
    if wrong and not error:
        raise BeyondOurs("something wrong that is not said")
    said = ValidationError(error, params={"parts": tuple(wrong)}) if wrong else error
    ours = drawn((name, name), forms.DateField(**look), typed, said, data={})
    if prefix is None:
        ours = ours.replace(f'name="{name}-', 'name="')
    # A month may be typed as a word, so ours does not ask for the keyboard of numbers there.
    return re.sub(rf'(id="{name}-month"[^>]*)>', r'\1 inputmode="numeric">', ours)


OURS = [
    ("input", an_input, 27),
    ("textarea", a_textarea, 9),
    ("character-count", a_counted_textarea, 10),
    ("select", a_select, 4),
    ("file-upload", a_file_upload, 6),
    ("radios", some_radios, 11),
    ("checkboxes", some_checkboxes, 12),
    ("date-input", a_date, 8),
]


@pytest.mark.parametrize(("component", "how", "least"), OURS, ids=[name for name, *_ in OURS])
def test_field_draws_what_the_official_one_draws(component: str, how: Any, least: int) -> None:
    cases = expressible(component, how)
    assert len(cases) >= least, [name for name, *_ in cases]
    for name, ours, official in cases:
        assert shape(ours) == shape(official), name

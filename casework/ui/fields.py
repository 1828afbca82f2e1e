"""Form fields that know their GOV.UK component and speak the GOV.UK error pattern.

Every field takes `label`, `hint`, `required`, `subject` (what it asks for, as words inside a sentence: "date the request
was received") and the options of `casework.ui.look.Look`.
"""

import datetime
import decimal
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from casework.ui.dates import DateText, DateTextError, read_date
from casework.ui.look import Look
from casework.ui.widgets import ChoiceSelect, DateParts
from casework.ui.wording import required_message, statement_subject, subject_of

_HALF_DAY = 12


class GovukField(forms.Field):
    """What all our fields share: hint, look, subject and sentences made from them."""

    verb = "Enter"
    fallback = "an answer"

    def __init__(self, *, label: str, hint: str = "", subject: str = "", **options: Any) -> None:
        self.look = Look.take_from(options)
        self.subject = subject_of(label, subject)
        own = self.sentences()
        options["error_messages"] = {**own, **(options.get("error_messages") or {})}
        options.setdefault("help_text", hint)
        super().__init__(label=label, **options)

    @property
    def statement(self) -> str:
        """The subject at the start of a sentence."""
        return statement_subject(self.subject, "Answer")

    def sentences(self) -> dict[str, str]:
        """Error messages by Django's code."""
        return {"required": required_message(self.verb, self.subject, self.fallback)}


class TextField(GovukField, forms.CharField):
    """One line of text."""

    def sentences(self) -> dict[str, str]:
        """Adds the lengths."""
        return super().sentences() | {
            "max_length": f"{self.statement} must be %(limit_value)d characters or fewer",
            "min_length": f"{self.statement} must be %(limit_value)d characters or more",
        }


class LongTextField(TextField):
    """Several lines. With `max_length` and `count=True` it says how many characters are left."""

    widget = forms.Textarea


class TimeField(TextField):
    """A time of day: "14:30", "2.30pm" and "9am" are read; what is typed is kept and explained when it is no time."""

    _pattern = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]\.?m\.?)?", re.IGNORECASE)

    def __init__(self, **options: Any) -> None:
        options.setdefault("width", "5")
        super().__init__(**options)

    def sentences(self) -> dict[str, str]:
        """Adds the form of a time."""
        return super().sentences() | {"invalid": f"{self.statement} must be written like 14:30 or 2.30pm"}

    def clean(self, value: Any) -> Any:
        """The time, or None where nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        found = self._pattern.fullmatch(typed)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1].lower()
        if half and not 1 <= hour <= _HALF_DAY:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if half:
            hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
        try:
            return datetime.time(hour, minute)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class EmailField(TextField, forms.EmailField):
    """An email address."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("autocomplete", "email")
        options.setdefault("spellcheck", False)
        super().__init__(**options)

    def sentences(self) -> dict[str, str]:
        """Adds the form of an address."""
        return super().sentences() | {
            "invalid": "Enter an email address in the correct format, like name@example.com"
        }


class WholeNumberField(GovukField, forms.IntegerField):
    """A whole number, typed as text: number inputs lose what was typed when it is not a number."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("inputmode", "numeric")
        options.setdefault("width", "5")
        super().__init__(**options)

    def sentences(self) -> dict[str, str]:
        """Adds the form and the limits."""
        return super().sentences() | {
            "invalid": f"{self.statement} must be a whole number, like 15",
            "max_value": f"{self.statement} must be %(limit_value)s or fewer",
            "min_value": f"{self.statement} must be %(limit_value)s or more",
        }

    def to_python(self, value: Any) -> int | None:
        """Commas and spaces between thousands are allowed."""
        return super().to_python(re.sub(r"[,\s]", "", value) if isinstance(value, str) else value)


class MoneyField(GovukField, forms.DecimalField):
    """Pounds and pence. "£1,234.56", "1234.56" and "1,234" are read; anything else is kept and explained."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("prefix", "£")
        options.setdefault("inputmode", "decimal")
        options.setdefault("width", "10")
        options.setdefault("spellcheck", False)
        options.setdefault("max_digits", 12)
        options.setdefault("min_value", decimal.Decimal(0))
        super().__init__(decimal_places=2, **options)

    def sentences(self) -> dict[str, str]:
        """Adds the form and the limits."""
        return super().sentences() | {
            "invalid": f"{self.statement} must be an amount in pounds and pence, like 1,234.56",
            "max_decimal_places": f"{self.statement} must have no more than 2 numbers after the decimal point",
            "max_digits": f"{self.statement} is too large: check the amount",
            "max_whole_digits": f"{self.statement} is too large: check the amount",
            "min_value": f"{self.statement} must be £%(limit_value)s or more",
            "max_value": f"{self.statement} must be £%(limit_value)s or less",
        }

    def to_python(self, value: Any) -> decimal.Decimal | None:  # type: ignore[override]
        """Drops the pound sign and the commas between thousands."""
        if isinstance(value, str):
            value = re.sub(r"\s", "", value).removeprefix("£")
            if "," in value and not re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = value.replace(",", "")
            if value and not re.fullmatch(r"-?\d+(\.\d*)?|-?\.\d+", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Amounts of ours with two decimals; typed words as typed."""
        return f"{value:.2f}" if isinstance(value, decimal.Decimal | int) else value


class DateField(GovukField):
    """A date in three boxes giving a `datetime.date`, with month names and slips read as in the GOV.UK pattern.

    `limit()` sets the days allowed; the form that knows what today is passes it.
    """

    widget = DateParts
    fallback = "a date"

    def __init__(self, **options: Any) -> None:
        self.earliest = datetime.date(1900, 1, 1)
        self.latest: datetime.date | None = None
        self.today: datetime.date | None = None
        super().__init__(**options)

    @property
    def statement(self) -> str:
        """The subject at the start of a sentence."""
        return statement_subject(self.subject, "Date")

    def limit(
        self,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        past_of: datetime.date | None = None,
    ) -> None:
        """Allow only days from `earliest` to `latest`; `past_of` is today, for "must be today or in the past"."""
        self.earliest = earliest or self.earliest
        self.latest = latest or self.latest
        self.today = past_of or self.today

    def to_python(self, value: Any) -> datetime.date | None:
        """The date, or a ValidationError whose `params["parts"]` are the boxes at fault."""
        if isinstance(value, datetime.date):
            return value
        typed = value if isinstance(value, DateText) else DateText(day=str(value or ""))
        if typed.is_empty:
            return None
        try:
            return read_date(typed)
        except DateTextError as error:
            words = error.words if error.stands_alone else f"{self.statement} {error.words}"
            raise ValidationError(words, code="invalid", params={"parts": error.parts}) from None

    def validate(self, value: Any) -> None:
        """Present if required, and within the limits."""
        super().validate(value)
        if value is None:
            return
        if self.today and value > self.today:
            raise ValidationError(f"{self.statement} must be today or in the past", code="future")
        if value < self.earliest:
            day = formats.date_format(self.earliest, "j F Y")
            raise ValidationError(f"{self.statement} must be the same as or after {day}", code="too_early")
        if self.latest and value > self.latest:
            day = formats.date_format(self.latest, "j F Y")
            raise ValidationError(f"{self.statement} must be the same as or before {day}", code="too_late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not what was typed."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class FileField(GovukField, forms.FileField):
    """A file from the user's machine. `accept` is the list the browser offers, such as ".xml,.csv"."""

    verb = "Select"
    fallback = "a file"

    def __init__(self, *, accept: str = "", **options: Any) -> None:
        super().__init__(**options)
        if accept:
            self.widget.attrs["accept"] = accept

    def sentences(self) -> dict[str, str]:
        """Adds the ways a file can be wrong."""
        return super().sentences() | {
            "invalid": "The file was not received. Select it again",
            "missing": "The file was not received. Select it again",
            "empty": "The selected file is empty",
            "max_length": "The name of the file must be %(max)d characters or fewer",
        }


class SeveralFiles(forms.FileInput):
    """Lets the browser offer more than one file."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class FilesField(FileField):
    """One file or several, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself. An empty one is left to whoever reads the contents, who can say which it was."""
        self.allow_empty_file = True
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in sent]


class ChoiceSentences(GovukField):
    """Sentences of fields that offer answers."""

    verb = "Select"

    def sentences(self) -> dict[str, str]:
        """Adds the answer that is not on the list."""
        chosen = required_message(self.verb, self.subject, self.fallback)
        return super().sentences() | {
            "invalid_choice": f"{chosen} from the list",
            "invalid_list": chosen,
            "invalid_pk_value": chosen,
        }


class RadiosField(ChoiceSentences, forms.ChoiceField):
    """One of a few. `reveals={"other": "other_words"}` shows that field under its choice."""

    widget = forms.RadioSelect


class SelectField(ChoiceSentences, forms.ChoiceField):
    """One of many; begins with nothing chosen."""

    widget = ChoiceSelect


class CheckboxesField(ChoiceSentences, forms.MultipleChoiceField):
    """Any of several."""

    widget = forms.CheckboxSelectMultiple


class CheckboxField(ChoiceSentences, forms.BooleanField):
    """One box to tick."""


class ModelRadiosField(ChoiceSentences, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a queryset, as radios."""

    widget = forms.RadioSelect
    empty_label = None

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", None)
        super().__init__(**options)


class ModelSelectField(ChoiceSentences, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a queryset, as a select."""

    widget = ChoiceSelect

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", ChoiceSelect.blank)
        super().__init__(**options)


class ModelCheckboxesField(ChoiceSentences, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any rows of a queryset."""

    widget = forms.CheckboxSelectMultiple

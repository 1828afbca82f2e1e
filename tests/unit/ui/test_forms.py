"""How our forms behave: messages, words kept, fields that depend on an answer, forms of other packages."""

import decimal
from decimal import Decimal

import lxml.html
import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from casework.ui import forms


class Request(forms.GovukForm):
    surname = forms.TextField(label="Surname", max_length=5)
    source = forms.RadiosField(
        label="Who asked?",
        subject="who asked for the assessment",
        choices=[("parent", "Parent"), ("other", "Someone else")],
        reveals={"other": "source_words"},
    )
    source_words = forms.TextField(label="Who was it?", required=False)
    grounds = forms.CheckboxesField(
        label="Grounds", subject="at least one ground", choices=[("a", "A"), ("b", "B")]
    )
    area = forms.SelectField(label="Area", subject="an area", choices=[("n", "North")])
    reasons = forms.LongTextField(label="Reasons", subject="your reasons", max_length=10, count=True)
    cost = forms.MoneyField(label="Weekly cost")
    hours = forms.WholeNumberField(label="Hours a week", max_value=40, min_value=0)
    sure = forms.CheckboxField(label="I have read it", subject="the box to say that you have read it")
    paper = forms.FileField(label="Paper", subject="a paper")

    def clean(self) -> None:
        self.require_when("source", "other", "source_words", "Enter who asked for the assessment")


GOOD = {"surname": "Heath", "source": "parent", "grounds": ["a"], "area": "n", "reasons": "Enough", "cost": "1,200.50",
        "hours": "15", "sure": "on"}  # fmt: skip


def a_file(text: bytes = b"x") -> dict[str, SimpleUploadedFile]:
    return {"paper": SimpleUploadedFile("paper.txt", text)}


def messages(form: django_forms.BaseForm) -> list[str]:
    return [words for words, _ in forms.summary_of_errors(form)]


def test_good_answers_are_read() -> None:
    form = Request(GOOD, a_file())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cost"] == Decimal("1200.50")
    assert form.cleaned_data["hours"] == 15


def test_nothing_answered_says_for_each_field_what_to_do() -> None:
    assert messages(Request({}, {})) == [
        "Enter the surname",
        "Select who asked for the assessment",
        "Select at least one ground",
        "Select an area",
        "Enter your reasons",
        "Enter the weekly cost",
        "Enter the hours a week",
        "Select the box to say that you have read it",
        "Select a paper",
    ]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("surname", "Heather", "Surname must be 5 characters or fewer"),
        ("source", "stranger", "Select who asked for the assessment from the list"),
        ("grounds", ["z"], "Select at least one ground from the list"),
        ("reasons", "Far too many words", "Your reasons must be 10 characters or fewer"),
        ("cost", "lots", "Weekly cost must be an amount in pounds and pence, like 1,234.56"),
        ("cost", "12,34", "Weekly cost must be an amount in pounds and pence, like 1,234.56"),
        ("cost", "1e3", "Weekly cost must be an amount in pounds and pence, like 1,234.56"),
        ("cost", "NaN", "Weekly cost must be an amount in pounds and pence, like 1,234.56"),
        ("cost", "1.234", "Weekly cost must have no more than 2 numbers after the decimal point"),
        ("cost", "-1", "Weekly cost must be £0 or more"),
        ("hours", "ten", "Hours a week must be a whole number, like 15"),
        ("hours", "41", "Hours a week must be 40 or fewer"),
    ],
)
def test_wrong_answers_are_explained_and_kept(name: str, value: object, message: str) -> None:
    form = Request({**GOOD, name: value}, a_file())
    assert messages(form) == [message]
    html = lxml.html.fromstring(f"<form>{form}</form>")
    if isinstance(value, str) and name != "source":
        kept = html.xpath(f"//*[@id='id_{name}']")[0]
        assert (kept.text if kept.tag == "textarea" else kept.get("value")).strip() == value


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£1,234.56", "1234.56"),
        ("1234.5", "1234.5"),
        (" 12 ", "12"),
        ("1,234,567", "1234567"),
        ("0", "0"),
        (".50", "0.50"),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert forms.MoneyField(label="Cost").clean(typed) == Decimal(amount)


@given(st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2))
def test_money_written_by_us_is_read_back(amount: decimal.Decimal) -> None:
    field = forms.MoneyField(label="Cost")
    assert field.clean(field.prepare_value(amount)) == amount
    assert field.clean(f"£{amount:,.2f}") == amount


def test_an_empty_file_is_refused() -> None:
    assert messages(Request(GOOD, a_file(b""))) == ["The selected file is empty"]


def test_a_revealed_field_is_needed_only_with_its_choice() -> None:
    assert messages(Request({**GOOD, "source": "other"}, a_file())) == ["Enter who asked for the assessment"]
    assert Request({**GOOD, "source": "other", "source_words": "A doctor"}, a_file()).is_valid()


def test_a_revealed_field_is_drawn_once_inside_its_choice() -> None:
    page = lxml.html.fromstring(f"<form>{Request()}</form>")
    assert len(page.xpath("//input[@name='source_words']")) == 1
    inside = page.xpath("//div[contains(@class, 'govuk-radios__conditional')]//input[@name='source_words']")
    assert len(inside) == 1
    # Shown without script: nothing in the markup hides it. Our style sheet does, where the browser can.
    assert not page.xpath("//*[contains(@class, 'conditional--hidden')]")


def test_an_answer_whose_choice_was_not_made_is_forgotten() -> None:
    class Forgetful(Request):
        source_words = forms.TextField(label="Who was it?", required=False, max_length=3)

        def clean(self) -> None:
            self.forget_unless("source", "other", "source_words")

    form = Forgetful({**GOOD, "source_words": "left over"}, a_file())
    assert form.is_valid()
    assert form.cleaned_data["source_words"] == ""


def test_every_link_of_the_summary_lands_on_something() -> None:
    form = Request({}, {})
    page = lxml.html.fromstring(f"<form>{form}</form>")
    for _, target in forms.summary_of_errors(form):
        assert page.xpath(f"//*[@id='{target}']"), target


def test_every_label_and_description_points_at_something() -> None:
    page = lxml.html.fromstring(f"<form>{Request({}, {})}</form>")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//label/@for"):
        assert target in ids
    for described in page.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids), described


def test_the_browser_is_not_asked_to_judge() -> None:
    html = str(Request())
    assert " required" not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_a_select_begins_with_nothing_chosen() -> None:
    options = lxml.html.fromstring(str(Request()["area"])).xpath("//option")
    assert [(option.get("value"), option.get("selected") is not None) for option in options] == [
        ("", True),
        ("n", False),
    ]
    chosen = lxml.html.fromstring(str(Request(initial={"area": "n"})["area"])).xpath(
        "//option[@selected]/@value"
    )
    assert chosen == ["n"]


def test_what_was_typed_is_escaped() -> None:
    html = str(Request({**GOOD, "surname": '"><script>x</script>'}, {}))
    assert "<script>" not in html
    summary = Template("{% load waymark_ui %}{% error_summary form %}").render(
        Context({"form": Request({"grounds": ["<b>"]})})
    )
    assert "<b>" not in summary


class SignIn(django_forms.Form):
    login = django_forms.EmailField(
        label="Email", widget=django_forms.EmailInput(attrs={"placeholder": "Email"})
    )
    password = django_forms.CharField(widget=django_forms.PasswordInput)


def test_a_form_of_another_package_is_drawn_and_speaks_as_ours() -> None:
    form = SignIn({})
    assert messages(form) == ["Enter the email", "Enter the password"]
    page = lxml.html.fromstring(f"<form>{form}</form>")
    assert page.xpath("//input[@id='id_login']/@class") == ["govuk-input govuk-input--error"]
    assert not page.xpath("//@placeholder")
    assert page.xpath("//input[@type='password']")


def test_faults_of_the_form_as_a_whole_come_first_and_link_nowhere() -> None:
    form = SignIn({"login": "a@example.com"})
    form.add_error(None, "The email address or the password is not right")
    assert next(iter(forms.summary_of_errors(form))) == ("The email address or the password is not right", "")


def test_summary_of_an_unbound_form_or_of_none_is_empty() -> None:
    template = Template("{% load waymark_ui %}{% error_summary form %}")
    assert template.render(Context({"form": Request()})).strip() == ""
    assert template.render(Context({})).strip() == ""


@pytest.mark.parametrize(
    ("label", "subject", "message"),
    [
        ("Surname", "", "Enter the surname"),
        ("EHC plan number", "", "Enter the EHC plan number"),
        ("Your name", "", "Enter your name"),
        ("What is the reason?", "", "Enter an answer"),
        ("What is the reason?", "why the request was refused", "Enter why the request was refused"),
    ],
)
def test_sentences_made_from_labels(label: str, subject: str, message: str) -> None:
    assert forms.TextField(label=label, subject=subject).error_messages["required"] == message

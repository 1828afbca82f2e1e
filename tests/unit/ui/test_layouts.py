"""Every page's frame, the error pages, and what no template may contain."""

import datetime
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from casework.ui import forms, navigation
from casework.ui.components import Identity, Link, Row

pytestmark = pytest.mark.urls("tests.unit.ui.routes")
APPS = ("casework", "placements", "funding", "reporting", "config")
TEMPLATES = sorted(path for app in APPS for path in (settings.BASE_DIR / app).glob("templates/**/*.html"))


class Person:
    """Somebody signed in who may do everything."""

    is_authenticated = True

    def may(self, permission: str) -> bool:
        return True

    def __str__(self) -> str:
        return "Mira Quillfeather"


class Surname(forms.GovukForm):
    surname = forms.TextField(label="Surname")


def page(template: str, context: dict[str, Any] | None = None, user: Any = None) -> lxml.html.HtmlElement:
    request = RequestFactory().get("/children/7/")
    request.user = user or Person()
    request.csrf_processing_done = True
    return lxml.html.document_fromstring(render_to_string(template, context or {}, request))


@pytest.fixture(autouse=True)
def _entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_ITEMS", {})
    navigation.register(navigation.NavItem("children", "Children", "children", "child.view", 10))


FILLED = {
    "wide": {},
    "form": {"form": Surname(), "heading": "Add a child", "back_url": "/b", "cancel_url": "/c"},
    "decision": {"form": Surname(), "heading": "Decide", "identity": Identity("Rowan Heath"), "legal_test": "The test"},
    "check_answers": {"form": forms.GovukForm(), "heading": "Check", "answers": [Row("Decision", "Refuse")],
                      "consequences": ["An appeal is possible."], "warning": "Cannot be undone"},
    "child": {"identity": Identity("Rowan Heath"), "sections": [Link("Overview", "/o", current=True)]},
    "confirmation": {"panel_title": "Recorded", "panel_text": "Today", "next_steps": [Link("Write", "/w"), "Wait."]},
    "progress": {"heading": "Importing", "done": 1, "total": 2},
}  # fmt: skip


@pytest.mark.parametrize(("layout", "context"), FILLED.items(), ids=list(FILLED))
def test_every_layout_has_its_frame(layout: str, context: dict[str, Any]) -> None:
    shown = page(f"casework/layouts/{layout}.html", context)
    assert shown.xpath("//a[@class='govuk-skip-link']/@href") == ["#main-content"]
    assert len(shown.xpath("//main[@id='main-content']")) == 1
    assert shown.xpath("//nav[@aria-label='Menu']//a/@aria-current") == ["true"]
    assert shown.xpath("//form[@role='search']/@action") == ["/search/"]
    assert "Mira Quillfeather" in shown.xpath("string(//footer)")
    assert shown.xpath("//footer//form/@action") == ["/sign-out/"]
    assert len(shown.xpath("//h1")) == (0 if layout == "wide" else 1)
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_nobody_signed_in_sees_no_navigation_and_no_search() -> None:
    shown = page("account/login.html", {"form": Surname()}, user=AnonymousUser())
    assert not shown.xpath("//nav[@aria-label='Menu']")
    assert not shown.xpath("//form[@role='search']")
    assert not shown.xpath("//footer//form")


def test_a_page_with_errors_says_so_in_its_title_and_above_its_heading() -> None:
    shown = page("casework/layouts/form.html", {"form": Surname({}), "heading": "Add a child"})
    assert shown.findtext(".//title") == "Error: Add a child - Waymark"
    order = [
        node.get("class", "")
        for node in shown.xpath("//main//*[@data-module='govuk-error-summary' or self::h1]")
    ]
    assert order == ["govuk-error-summary", "govuk-heading-l"]
    assert (
        page("casework/layouts/form.html", {"form": Surname(), "heading": "Add"}).findtext(".//title")
        == "Add - Waymark"
    )


def test_a_form_that_sends_files_says_so() -> None:
    class Upload(forms.GovukForm):
        paper = forms.FileField(label="Paper")

    shown = page("casework/layouts/form.html", {"form": Upload(), "heading": "Upload"})
    assert shown.xpath("//main//form/@enctype") == ["multipart/form-data"]


def test_long_work_reloads_itself_only_while_it_runs() -> None:
    running = page("casework/layouts/progress.html", FILLED["progress"])
    ended = page("casework/layouts/progress.html", {**FILLED["progress"], "finished": True})
    assert len(running.xpath("//noscript/meta[@http-equiv='refresh']")) == 1
    assert running.xpath("//@data-poll") == ["/children/7/"]
    assert not ended.xpath("//meta[@http-equiv='refresh']")
    assert not ended.xpath("//@data-poll")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_say_what_to_do(name: str) -> None:
    shown = page(f"{name}.html")
    assert len(shown.xpath("//h1")) == 1
    assert len(shown.xpath("//main//p")) >= 2


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_pages_that_django_draws_without_a_request_need_no_context(name: str) -> None:
    assert len(lxml.html.document_fromstring(get_template(name).render()).xpath("//h1")) == 1


def test_sign_in_shows_its_two_fields_and_the_way_back() -> None:
    class SignIn(forms.GovukForm):
        login = forms.EmailField(label="Email")
        password = forms.TextField(label="Password")

    context = {"form": SignIn(), "redirect_field": '<input type="hidden" name="next" value="/children/">'}
    shown = page("account/login.html", context, user=AnonymousUser())
    names = shown.xpath("//main//input[@type != 'hidden']/@name")
    assert names == ["login", "password"]


def test_the_day_of_a_demonstration_is_said_on_every_page(settings: Any) -> None:
    settings.WAYMARK_TODAY = "2026-03-03"
    assert "today is 3 March 2026" in page("casework/layouts/wide.html").xpath("string(//header)")
    settings.WAYMARK_TODAY = ""
    assert "Demonstration" not in page("casework/layouts/wide.html").xpath("string(//header)")


def test_a_day_in_the_past_is_said_above_the_content() -> None:
    shown = page("casework/layouts/wide.html", {"as_at": datetime.date(2025, 9, 1)})
    assert "As it stood on 1 September 2025" in shown.xpath("string(//main)")


def test_messages_of_the_last_page_are_shown() -> None:
    shown = page("casework/layouts/wide.html", {"messages": ["The request has been logged"]})
    assert "The request has been logged" in shown.xpath("string(//div[@role='alert'])")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_templates_carry_nothing_the_security_policy_drops(path: Path) -> None:
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, flags=re.I)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"(src|href)=[\"'](https?:)?//", text)
    engines["django"].from_string(text)


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "casework/static/casework").iterdir()), ids=lambda path: path.name
)
def test_our_static_files_fetch_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|@import|url\(", text)

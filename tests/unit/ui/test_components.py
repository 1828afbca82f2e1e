"""Components that have no official example, and the frame."""

import datetime

import lxml.html
import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from casework.rules.clock_status import ClockStatus
from casework.ui import navigation
from casework.ui.components import STATUS_TAGS, Cell, Event, Flag, Identity, Link

DAY = datetime.date(2026, 3, 3)


def draw(source: str, **context: object) -> lxml.html.HtmlElement:
    html = Template("{% load waymark_ui %}" + source).render(Context(context))
    return lxml.html.fromstring(f"<div>{html}</div>")


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("status", ClockStatus)
def test_every_state_of_a_clock_has_its_words_and_a_colour(status: ClockStatus) -> None:
    said, colour = STATUS_TAGS[status.value]
    for given in (status, status.value):
        tag = draw("{% status_tag status %}", status=given).find("strong")
        assert (words(tag), tag.get("class")) == (status.words, f"govuk-tag govuk-tag--{colour}")
    assert said == status.words


def test_a_status_nobody_knows_is_still_written_out() -> None:
    assert words(draw("{% status_tag 'sent_back' %}")) == "Sent back"


def test_tabs_are_links_and_show_a_count_of_nought() -> None:
    page = draw("{% tabs links %}", links=[Link("Overdue", "/o", 0, current=True), Link("All", "/a")])
    assert [words(link) for link in page.iter("a")] == ["Overdue 0", "All"]
    assert [link.get("aria-current") for link in page.iter("a")] == ["page", None]


def test_timeline_strikes_a_correction_through_and_says_why() -> None:
    events = [
        Event("Decision recorded", DAY, "Ivo Saltmarsh", struck="Wrong twin"),
        Event("Request logged", DAY),
    ]
    page = draw("{% timeline events %}", events=events)
    assert [words(struck) for struck in page.iter("s")] == ["Decision recorded"]
    assert "Wrong twin" in words(page)
    assert page.xpath("//time/@datetime") == ["2026-03-03", "2026-03-03"]


def test_identity_bar_shows_flags_and_identifiers_to_copy() -> None:
    identity = Identity(
        "Rowan Heath", born=DAY, age="0", identifiers=[("UPN", "A1")], flags=[Flag("Restricted", "red")]
    )
    page = draw("{% identity_bar identity %}", identity=identity)
    assert words(page.find(".//h1")) == "Rowan Heath"
    assert page.xpath("//@data-copy") == ["A1"]
    assert "Restricted" in words(page)


def test_pagination_keeps_filters_and_order() -> None:
    request = RequestFactory().get("/", {"area": ["n", "s"], "page": "2"})
    page = draw("{% pagination page %}", page=Paginator(range(100), 10).get_page(2), request=request)
    assert page.xpath("//a[@rel='next']/@href") == ["?area=n&area=s&page=3"]
    assert "11 to 20 of 100 results" in words(page)


def test_one_page_needs_no_numbers() -> None:
    page = draw("{% pagination page %}", page=Paginator(range(5), 10).get_page(1))
    assert not page.xpath("//nav")


def test_filter_panel_is_a_get_form_that_keeps_what_it_is_told() -> None:
    page = draw(
        "{% filter_panel chosen=chosen clear_url='?' keep=keep %}<b>inside</b>{% endfilter_panel %}",
        chosen=[Link("North", "?due=late")],
        keep={"due": "late"},
    )
    form = page.find(".//form")
    assert form.get("method") == "get"
    assert form.xpath(".//input[@type='hidden']/@value") == ["late"]
    assert form.find(".//b") is not None
    assert "Remove this filter North" in words(page)


def test_day_banner_only_when_the_day_is_another() -> None:
    source = "{% day_banner day today %}"
    assert words(draw(source, day=datetime.date(2025, 9, 1), today=DAY)) == "As it stood on 1 September 2025"
    assert (
        words(draw(source, day=datetime.date(2026, 9, 1), today=DAY))
        == "As it would stand on 1 September 2026"
    )
    assert words(draw(source, day=DAY, today=DAY)) == ""
    assert words(draw(source, today=DAY)) == ""


def test_table_writes_nought_and_escapes() -> None:
    page = draw(
        "{% table columns rows %}",
        columns=["A", "B", "C"],
        rows=[[0, None, Cell("<b>", "/x", hidden="of it")]],
    )
    assert [words(cell) for cell in page.iter("td")] == ["0", "", "<b> of it"]
    assert page.find(".//b") is None


def test_progress_of_nothing_is_nought() -> None:
    page = draw("{% progress 0 0 %}")
    assert "0 of 0 (0%)" in words(page)


class Person:
    """Somebody signed in who may do only what is given."""

    is_authenticated = True

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def may(self, permission: str) -> bool:
        return permission in self.permissions


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_ITEMS", {})
    navigation.register(navigation.NavItem("reports", "Reports", "reports", "report.view", 20))
    navigation.register(navigation.NavItem("children", "Children", "children", "child.view", 10))
    navigation.register(navigation.NavItem("help", "Help", "help", "", 30))


@pytest.mark.usefixtures("entries")
def test_navigation_offers_what_the_role_opens_in_order() -> None:
    def keys(person: object) -> list[str]:
        return [item.key for item in navigation.items_for(person)]

    assert keys(Person("report.view", "child.view")) == ["children", "reports", "help"]
    assert keys(Person("child.view")) == ["children", "help"]
    assert keys(None) == []


@pytest.mark.usefixtures("entries")
def test_navigation_refuses_two_entries_with_one_key() -> None:
    same = navigation.NavItem("children", "Children", "children", "child.view", 10)
    navigation.register(same)
    with pytest.raises(ValueError, match="children"):
        navigation.register(navigation.NavItem("children", "Others", "others", "", 1))


def test_active_entry_is_the_longest_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"home": "/", "children": "/children/", "mend": "/children/mend/"}
    monkeypatch.setattr(navigation, "reverse", places.__getitem__)
    items = [navigation.NavItem(key, key, key, "", 0) for key in places]
    assert navigation.active_key(items, "/children/7/") == "children"
    assert navigation.active_key(items, "/children/mend/2") == "mend"
    assert navigation.active_key(items, "/") == "home"
    assert navigation.active_key(items, "/elsewhere/") == ""


@pytest.mark.urls("tests.unit.ui.routes")
def test_part_of_the_frame_without_a_page_is_left_out() -> None:
    assert navigation.address("no_such_page") == ""
    assert navigation.address("no_such_page", "children") == "/children/"

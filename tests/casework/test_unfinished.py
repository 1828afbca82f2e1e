"""What was typed when a session ended comes back after signing in: to the same person, on the same page, unsaved."""

import datetime
import time

import pytest
from django.conf import settings as project
from django.urls import reverse
from django.utils import timezone

from casework.models import ContactNote, Decision, UnfinishedWork
from casework.services import unfinished
from tests.casework.conftest import MONDAY
from tests.casework.test_pages import answer, date, key_of
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.teamwork import UnfinishedWorkFactory

TODAY = datetime.date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _stated_day(settings):
    settings.WAYMARK_TODAY = str(TODAY)


@pytest.fixture
def desk(client, caseworker):
    client.force_login(caseworker)
    return client


def let_it_end(client):
    """The session has been idle for too long."""
    session = client.session
    session["seen"] = int(time.time()) - project.SESSION_IDLE_SECONDS - 1
    session.save()


def sign_in(client, user):
    return client.post(reverse("sign_in"), {"login": user.email, "password": PASSWORD})


def note(child):
    return {
        "way": "phone", "with_whom": "Rowan's mother", "said": "She asks <b>when</b>", "next_step": "none",
        "happened_at": "half two",
    } | date("happened_on", TODAY)  # fmt: skip


def test_a_form_sent_too_late_comes_back_as_it_was(desk, caseworker, child):
    url = reverse("note_contact", args=[child.public_id])
    key = key_of(desk.get(url))
    let_it_end(desk)
    sent = desk.post(url, note(child) | key)
    assert sent.headers["Location"] == f"{reverse('sign_in')}?next={url}"
    assert "asks" not in sent.headers["Location"]
    assert not ContactNote.objects.exists()
    sign_in(desk, caseworker)
    assert not UnfinishedWork.objects.exists()
    page = desk.get(url)
    text = page.content.decode()
    assert "You were signed out before this was saved" in text
    assert "She asks &lt;b&gt;when&lt;/b&gt;" in text
    assert 'value="half two"' in text
    assert "There is a problem" not in text
    assert key_of(page) != key
    assert desk.get(url).context["form"].is_given_back
    desk.post(url, note(child) | key_of(page) | {"happened_at": ""})
    assert ContactNote.objects.get().said == "She asks <b>when</b>"
    assert not desk.get(url).context["form"].is_given_back


def test_a_task_of_several_pages_goes_on_where_it_was(desk, caseworker, log_request):
    case = log_request()
    answer(desk, case, refuse=True)
    url = reverse("decide_to_assess", args=[case.public_id])
    let_it_end(desk)
    assert desk.get(f"{url}reasons/").status_code == 302
    sign_in(desk, caseworker)
    assert "Why not." in desk.get(f"{url}reasons/").content.decode()
    check = desk.get(f"{url}check/")
    assert check.status_code == 200
    desk.post(f"{url}check/", key_of(check))
    assert Decision.objects.get().reasons == "Why not."


def test_the_page_sent_too_late_is_newer_than_what_the_task_had(desk, caseworker, log_request):
    case = log_request()
    answer(desk, case, refuse=True)
    url = reverse("decide_to_assess", args=[case.public_id])
    let_it_end(desk)
    newer = {"limb": "not_necessary", "grounds": ["progress"], "reasons": "Written anew."}
    desk.post(f"{url}reasons/", newer)
    sign_in(desk, caseworker)
    assert "Written anew." in desk.get(f"{url}reasons/").content.decode()
    desk.post(f"{url}reasons/", newer)
    desk.post(f"{url}days/", date("decided_on", MONDAY) | date("told_on", MONDAY))
    check = desk.get(f"{url}check/")
    assert "Written anew." in check.content.decode()


def test_nobody_else_gets_it(desk, caseworker, child, client):
    url = reverse("note_contact", args=[child.public_id])
    let_it_end(desk)
    desk.post(url, note(child))
    colleague = UserFactory(role="caseworker")
    sign_in(client, colleague)
    assert "asks" not in client.get(url).content.decode()
    assert UnfinishedWork.objects.get().user == caseworker


def test_a_password_is_never_kept(desk, caseworker):
    let_it_end(desk)
    desk.post(reverse("sign_in"), {"login": caseworker.email, "password": PASSWORD})
    assert not UnfinishedWork.objects.exclude(forms={}).exists()


def test_what_nobody_comes_back_for_is_forgotten(db):
    UnfinishedWorkFactory(kept_at=timezone.now() - datetime.timedelta(days=8))
    kept = UnfinishedWorkFactory()
    assert unfinished.forget(before=timezone.now() - datetime.timedelta(days=7)) == 1
    assert list(UnfinishedWork.objects.all()) == [kept]

"""When somebody signs in: what they had typed before their session ended goes into the new one."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from casework.models import User
from casework.services import unfinished


@receiver(user_logged_in)
def give_back(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    """Put unfinished tasks and forms into the session, where their pages look for them."""
    if request is None:
        return
    tasks, forms = unfinished.take_back(user=user)
    if tasks:
        request.session[unfinished.TASKS] = {**tasks, **request.session.get(unfinished.TASKS, {})}
    if forms:
        request.session[unfinished.FORMS] = forms

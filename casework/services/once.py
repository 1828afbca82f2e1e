"""Act on a form once: the back button and a second click lead to where the first one led, and change nothing."""

import uuid
from collections.abc import Callable

from django.db import transaction

from casework.models import SentForm, User
from casework.services import files


def act_once(key: uuid.UUID, *, user: User, act: Callable[[], str]) -> str:
    """The address `act` returns; for a key that was acted on before, its address, without acting again.

    Two clicks at once: the second waits for the first. When `act` raises, nothing is kept and the key is free again.
    """
    with files.with_the_transaction(), transaction.atomic():
        sent, is_new = SentForm.objects.get_or_create(key=key, user=user)
        if is_new:
            sent.url = act()
            sent.save(update_fields=["url"])
        return sent.url


def where_it_led(key: object, *, user: User) -> str:
    """The address a form with this key led to before; "" when it was never acted on."""
    try:
        wanted = uuid.UUID(str(key))
    except ValueError:
        return ""
    sent = SentForm.objects.filter(key=wanted, user=user).first()
    return sent.url if sent else ""

"""Where a page begins, sealed: a cursor holds a row's key or place, which nobody outside needs to read or make up."""

import base64
from urllib.parse import parse_qsl, urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import ValidationError


def seal(parts: dict[str, str | int]) -> str:
    """The cursor for a place in a list."""
    return _key().encrypt(urlencode(parts).encode()).decode()


def unseal(cursor: str) -> dict[str, str]:
    """The place a cursor stands for. Raises ValidationError for one that this service did not make."""
    try:
        return dict(parse_qsl(_key().decrypt(cursor.encode()).decode()))
    except (InvalidToken, UnicodeError):
        raise ValidationError(
            {"cursor": ["Use a cursor from `next` or `previous`, or leave it out to begin."]}
        ) from None


def page_size(asked: str | None, *, default: int, most: int) -> int:
    """How many records a page holds. Raises ValidationError for anything but a whole number from 1 to `most`."""
    if asked is None:
        return default
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len(str(most)) and 1 <= int(asked) <= most):
        raise ValidationError({"page_size": [f"Enter a whole number from 1 to {most}."]})
    return int(asked)


def _key() -> Fernet:
    digest = salted_hmac("waymark.paging", "cursor", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))

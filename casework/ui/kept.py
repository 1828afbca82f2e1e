"""What a person had typed on a page when their session ended, given back to the form that asks for it again.

The middleware that ends sessions sets it for one request; a form of ours that finds its own fields in it shows them as they
were typed, checks nothing and is never valid: it must be sent again by the person.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import QueryDict

_kept: ContextVar[QueryDict | None] = ContextVar("kept", default=None)


@contextmanager
def giving_back(typed: QueryDict | None) -> Iterator[None]:
    """While inside, forms of ours are filled with `typed`."""
    token = _kept.set(typed)
    try:
        yield
    finally:
        _kept.reset(token)


def given_back(names: Iterable[str]) -> QueryDict | None:
    """What was typed, when it answers any of these fields (a date is three boxes: name-day and so on); else None."""
    typed = _kept.get()
    if typed is None:
        return None
    asked = {name.removesuffix("-day").removesuffix("-month").removesuffix("-year") for name in typed}
    return typed if asked & set(names) else None

"""What a service says when it will not do what was asked: what happened, then what to do."""

from casework.models import Case
from casework.queries.changes import Change


class Refused(Exception):
    """The records do not allow this. `words` are for the person who asked; `field` names the answer at fault."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.field = field


class OpenRequest(Refused):
    """The child already has a request that is not finished; `case` is that request."""

    def __init__(self, words: str, *, case: Case) -> None:
        super().__init__(words)
        self.case = case


class StaleEdit(Refused):
    """The record changed after the page was opened. `changes` says who changed what and when, oldest first."""

    def __init__(self, changes: list[Change], *, version: int) -> None:
        super().__init__(
            "This record has changed since you opened the page. Nothing was saved. "
            "Read what changed, check your answers, then send them again."
        )
        self.changes = changes
        self.version = version

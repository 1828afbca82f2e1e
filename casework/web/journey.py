"""A task of several pages. What was answered is kept in the session, word for word, until the task is done."""

import uuid
from typing import Any

from django.http import HttpRequest, QueryDict

_SESSION_KEY = "tasks"
_MOST_AT_ONCE = 10


class Journey:
    """The answers of one task about one record. Pages may be visited in any order and changed before the end."""

    def __init__(self, request: HttpRequest, name: str, subject: object) -> None:
        self._session = request.session
        self._name = f"{name}:{subject}"

    @property
    def is_begun(self) -> bool:
        """Whether anything has been answered."""
        return self._name in self._tasks

    def begin(self, *, version: int = 0) -> None:
        """Start, or go on with what was begun; `version` is of the record as this person now sees it."""
        tasks = self._tasks
        if self._name not in tasks:
            tasks[self._name] = {"key": str(uuid.uuid4()), "version": version, "answers": {}}
            # Tasks that were given up make room; the oldest goes first.
            for name in list(tasks)[:-_MOST_AT_ONCE]:
                del tasks[name]
            self._save(tasks)

    @property
    def key(self) -> uuid.UUID:
        """The key of the form, sent once (`casework.services.once`)."""
        return uuid.UUID(self._task["key"])

    @property
    def version(self) -> int:
        """The version of the record that the person has read."""
        return int(self._task["version"])

    def saw(self, version: int) -> None:
        """The person has been shown a newer version."""
        self._task["version"] = version
        self._save(self._tasks)

    def keep(self, page: str, data: QueryDict) -> None:
        """Keep what was typed on a page."""
        self._task["answers"][page] = {
            name: values for name, values in data.lists() if name != "csrfmiddlewaretoken"
        }
        self._save(self._tasks)

    def typed(self, page: str) -> QueryDict | None:
        """What was typed on a page; None when it has not been visited."""
        answers = self._task["answers"].get(page) if self.is_begun else None
        if answers is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in answers.items():
            data.setlist(name, values)
        return data

    def end(self) -> None:
        """Forget the answers; they are recorded."""
        tasks = self._tasks
        if tasks.pop(self._name, None) is not None:
            self._save(tasks)

    @property
    def _tasks(self) -> dict[str, Any]:
        tasks: dict[str, Any] = self._session.get(_SESSION_KEY, {})
        return tasks

    @property
    def _task(self) -> dict[str, Any]:
        task: dict[str, Any] = self._tasks[self._name]
        return task

    def _save(self, tasks: dict[str, Any]) -> None:
        self._session[_SESSION_KEY] = tasks
        self._session.modified = True

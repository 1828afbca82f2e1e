"""Files beside the database: kept under random names, and only for as long as a row says so.

A file is written and flushed before its row, so that no row ever stands without its file. When the transaction of the row
fails, `with_the_transaction` takes the file away again; what a power cut leaves behind is found by `sweep`.
"""

import hashlib
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError

from casework.models import Document, LetterTemplateVersion
from casework.services.refusals import Refused

_kept: ContextVar[list[Path] | None] = ContextVar("files kept in this transaction", default=None)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was kept."""

    key: str
    size: int
    checksum: str


@dataclass(slots=True)
class Swept:
    """What a sweep found: files removed, and names of files that a row wants and that are not there or differ in size."""

    removed: int = 0
    missing: list[str] = field(default_factory=list)


class FileLost(Refused):
    """A row's file is not there, or is not what was kept: somebody meddled with the folder, or a restore left it out."""

    def __init__(self) -> None:
        super().__init__(
            "The file of this document is missing or has been changed outside Waymark. Nothing was sent. "
            "Tell whoever looks after Waymark; the file can come back from a backup."
        )


@contextmanager
def with_the_transaction() -> Iterator[None]:
    """Around a transaction: when the block fails, the files kept in it are removed. Blocks may stand inside one another."""
    outer = _kept.get()
    mine: list[Path] = []
    token = _kept.set(mine)
    try:
        yield
    except (OperationalError, InterfaceError):
        # The connection may have gone while the row was committed: the row may stand. The sweep will know.
        raise
    except Exception:
        for path in mine:
            path.unlink(missing_ok=True)
        raise
    finally:
        _kept.reset(token)
    if outer is not None:
        outer.extend(mine)


def keep(content: bytes) -> Stored:
    """Write `content` under a new random name and flush it. Raises RuntimeError outside `with_the_transaction`."""
    pending = _kept.get()
    if pending is None:
        message = "keep() needs with_the_transaction() around it: otherwise a failure leaves the file behind."
        raise RuntimeError(message)
    key = secrets.token_hex(20)
    path = path_of(key)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pending.append(path)
    with open(path, "xb", opener=_for_us_alone) as target:  # Path.open takes no opener
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    return Stored(key=key, size=len(content), checksum=checksum_of(content))


def read(*, key: str, checksum: str) -> bytes:
    """The content of a file, as it was kept. Raises FileLost when it is not there or was changed."""
    try:
        content = path_of(key).read_bytes()
    except OSError as error:
        raise FileLost from error
    if checksum_of(content) != checksum:
        raise FileLost
    return content


def checksum_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(key: str) -> Path:
    """Where the file of a key is: in one of 256 folders, so that none grows too long."""
    return _folder() / key[:2] / key


def sweep(*, older_than: datetime) -> Swept:
    """Remove files that no row names and that were written before `older_than`; say which rows want a file in vain."""
    swept = Swept()
    wanted = _sizes()
    there: dict[str, int] = {}
    for path in _files():
        with suppress(FileNotFoundError):
            facts = path.stat()
            there[path.name] = facts.st_size
            if path.name not in wanted and facts.st_mtime < older_than.timestamp():
                path.unlink()
                swept.removed += 1
    swept.missing = sorted(key for key, size in wanted.items() if there.get(key) != size)
    return swept


def _sizes() -> dict[str, int]:
    return dict(Document.objects.values_list("storage_key", "size")) | dict(
        LetterTemplateVersion.objects.values_list("storage_key", "size")
    )


def _files() -> Collection[Path]:
    folder = _folder()
    return [path for path in folder.glob("??/*") if path.is_file()] if folder.is_dir() else []


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)

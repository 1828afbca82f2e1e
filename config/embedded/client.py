"""Finds or starts the supervisor of a state folder's servers, and holds the line that keeps them up."""

import contextlib
import fcntl
import os
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

from config.embedded.places import EmbeddedServerError, Places

START_SECONDS = 120
CHECKOUT = Path(__file__).resolve().parent.parent.parent

# State folder to file descriptor. A bare descriptor, because a socket object would be closed, with a warning,
# when the interpreter ends; forked children inherit it and so keep the servers up as well.
_lines: dict[Path, int] = {}


def hold(state_dir: Path, *, durable: bool) -> None:
    """Have the servers of `state_dir` running until this process and its forks are gone.

    Raises EmbeddedServerError when they cannot be started.
    """
    places = Places.of(state_dir)
    if places.state not in _lines:
        places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        _lines[places.state] = _line(places, durable=durable).detach()


def lost(state_dir: Path) -> bool:
    """Whether servers that this process started or joined have gone away since."""
    line = _lines.get(Places.of(state_dir).state)
    # The supervisor writes nothing after its first answer, so there is something to read only at the end.
    return line is not None and bool(select.select([line], [], [], 0)[0])


def _line(places: Places, *, durable: bool) -> socket.socket:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        line = _connect(places)
        if line is None:
            _start_unless_starting(places, durable=durable)
            line = _connect(places)
        if line is not None:
            answer = _answer(line)
            if answer == "ready":
                return line
            line.close()
            if answer:
                raise EmbeddedServerError(answer)
        # No line or a line that dropped: the supervisor is stopping. Wait for it to be gone.
        time.sleep(0.05)
    raise EmbeddedServerError(
        f"The private PostgreSQL and Redis of {places.state} neither answered nor made room for a new start "
        f"in {START_SECONDS} seconds. {places.log} may say why."
    )


def _connect(places: Places) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(str(places.control))
    except OSError:
        line.close()
        return None
    return line


def _answer(line: socket.socket) -> str:
    """ "ready", why the servers cannot run, or nothing if the supervisor hung up."""
    line.settimeout(START_SECONDS)
    try:
        with line.makefile() as answers:
            return answers.readline().strip()
    except OSError:
        return ""


def _start_unless_starting(places: Places, *, durable: bool) -> None:
    """Start a supervisor if nobody has the lock.

    The supervisor is born with the lock and with a socket that listens already, so there is no moment at
    which two could start, or at which one is starting and cannot be reached.
    """
    with contextlib.ExitStack() as closing:
        # The folder itself is locked, so no lock file can be left behind.
        lock = os.open(places.state, os.O_RDONLY)
        closing.callback(os.close, lock)
        listener = closing.enter_context(socket.socket(socket.AF_UNIX))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        places.prepare()
        places.control.unlink(missing_ok=True)
        listener.bind(str(places.control))
        listener.listen(128)
        log = closing.enter_context(places.log.open("w"))
        command = [sys.executable, "-m", "config.embedded.supervisor", str(places.state)]
        command += [str(lock), str(listener.fileno()), "durable" if durable else "quick"]
        # It puts itself into the background, so this returns at once and no child is left to wait for.
        subprocess.run(  # noqa: S603 - our own program
            command,
            check=True,
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            pass_fds=(lock, listener.fileno()),
            start_new_session=True,  # Ctrl-C in the terminal is for the clients; the servers follow in order
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )

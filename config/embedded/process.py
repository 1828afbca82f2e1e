"""Child processes of the supervisor: they die with it, and are never left half started."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.embedded.places import EmbeddedServerError, Places
from config.end_with_parent import end_with_parent

START_SECONDS = 100
STOP_SECONDS = 30

Command = Sequence[str | os.PathLike[str]]


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    process: subprocess.Popen[bytes]
    places: Places

    @classmethod
    def start(
        cls, command: Command, *, name: str, places: Places, account: pwd.struct_passwd | None, lock: int
    ) -> "Server":
        """Start a server that holds the lock too, so that the lock is free only when the server is gone."""
        return cls(name, _spawn(command, places, account, pass_fds=(lock,)), places)

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait until `ready()`. Raises EmbeddedServerError if the server ends or takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if not self.alive or time.monotonic() > deadline:
                self.stop()
                raise EmbeddedServerError(
                    f"The private {self.name} did not start. {self.places.log} says why."
                )
            time.sleep(0.02)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End the server in good order, by force if it takes too long."""
        # SIGINT is PostgreSQL's fast shutdown (on SIGTERM it would wait for its clients); Redis takes it too.
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(command: Command, *, name: str, places: Places, account: pwd.struct_passwd | None) -> None:
    """Run a program to its end. Raises EmbeddedServerError if it fails."""
    if _spawn(command, places, account).wait() != 0:
        raise EmbeddedServerError(f"{name} failed. {places.log} says why.")


def _spawn(
    command: Command, places: Places, account: pwd.struct_passwd | None, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the servers' own programs
        command,
        cwd=places.run,
        # PGDATA, PGPORT and their like are meant for the user's other servers.
        env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
        stdin=subprocess.DEVNULL,
        pass_fds=pass_fds,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        # After the change of user, which would clear it.
        preexec_fn=lambda: end_with_parent(signal.SIGINT),
    )

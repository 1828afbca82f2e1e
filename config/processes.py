"""Several programs that run together and end together."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from django.core.management.base import CommandError

from config.end_with_parent import end_with_parent

STOP_SECONDS = 10


class Processes:
    """Programs by name, all run in one folder, each with a log file; leaving the context ends them all."""

    def __init__(self, folder: Path, *, logs: Path) -> None:
        self._folder = folder
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A second Ctrl-C out of impatience must not leave half of them running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # A long task is not waited for: it is safe to run again.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def log(self, name: str) -> Path:
        """Where a program's output goes."""
        return self._logs / f"{name}.log"

    def start(self, name: str, command: Sequence[str], *, if_we_die: signal.Signals = signal.SIGTERM) -> None:
        """Start a program in a session of its own, so that Ctrl-C reaches us alone and we end it in order.

        `if_we_die` is the signal it gets should we end without having the time to, as by `kill -9`.
        """
        with self.log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own programs
                command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: end_with_parent(if_we_die),
            )

    def check(self) -> None:
        """Raise CommandError if a program ended by itself."""
        for name, process in self._running.items():
            if process.poll() is not None:
                last = self.log(name).read_text(errors="replace").splitlines()[-15:]
                raise CommandError(
                    f"The {name} process ended by itself. The end of {self.log(name)}:\n" + "\n".join(last)
                )

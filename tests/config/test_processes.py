"""Programs that run together end together, and say why when one of them does not run."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from config.processes import Processes

Children = Callable[[], list[psutil.Process]]

UP = "import signal, sys, time; print('up', flush=True); "
WAIT = [sys.executable, "-c", UP + "time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + UP + "time.sleep(600)",
]
PARENT = """
import sys, time
from pathlib import Path
from config.processes import Processes

with Processes(Path.cwd(), logs=Path(sys.argv[1])) as processes:
    processes.start("child", [sys.executable, "-c", "import time; time.sleep(600)"])
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _own_interrupts() -> Iterator[None]:
    """Leaving Processes switches Ctrl-C off, for a process that is about to end; this one is not."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def started() -> Children:
    """The child processes started since; a browser of other tests may be among the earlier ones."""
    before = set(psutil.Process().children())
    return lambda: [child for child in psutil.Process().children() if child not in before]


def test_all_end_when_the_context_does(tmp_path: Path, started: Children) -> None:
    with Processes(tmp_path, logs=tmp_path / "logs") as processes:
        processes.start("one", WAIT)
        processes.start("other", WAIT)
        children = started()
        assert len(children) == 2
        processes.check()

    assert not any(child.is_running() for child in children)


def test_one_that_will_not_end_is_made_to(
    tmp_path: Path, started: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.processes.STOP_SECONDS", 0.5)
    with Processes(tmp_path, logs=tmp_path / "logs") as processes:
        processes.start("deaf", DEAF)
        _wait_until(lambda: processes.log("deaf").read_text() == "up\n")
        (child,) = started()

    assert not child.is_running()


def test_one_that_ends_by_itself_is_named_with_its_last_words(tmp_path: Path, started: Children) -> None:
    with Processes(tmp_path, logs=tmp_path / "logs") as processes:
        processes.start("hasty", [sys.executable, "-c", "raise SystemExit('no paper left')"])
        psutil.wait_procs(started(), timeout=30)

        with pytest.raises(CommandError, match=r"hasty process ended by itself(.|\n)*no paper left"):
            processes.check()


def test_kill_of_the_parent_ends_the_children(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], cwd=settings.BASE_DIR)
    _wait_until(lambda: len(psutil.Process(parent.pid).children()) == 1)
    (child,) = psutil.Process(parent.pid).children()

    parent.kill()
    parent.wait()

    _wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_a_busy_port_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(CommandError, match=f"Port {port} cannot be used: .*PORT=8001 make demo"):
            call_command("quickstart")


@pytest.mark.parametrize("port", ["", "web", "0", "65536", "-1", "80.5"])
def test_what_is_no_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(CommandError, match="PORT has to be a number from 1 to 65535"):
        call_command("quickstart")


def _wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)

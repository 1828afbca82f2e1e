"""Everything Waymark needs on a laptop, from one command, until Ctrl-C."""

import http.client
import os
import signal
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format

from casework.today import today
from config import embedded
from config.demo.people import DEMO_PASSWORD, DEMO_USERS
from config.processes import Processes

HOST = "127.0.0.1"
WEB_SECONDS = 60


class Command(BaseCommand):
    """Migrate, fill in the demonstration authority the first time, and run web, worker and beat."""

    help = "Serve the demonstration authority with all it needs, until Ctrl-C. PORT names the port (8000)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop, until the terminal is gone, or until a part ends by itself."""
        port = _free_port()
        parent = os.getppid()
        # All as Ctrl-C, which a script that starts us in the background has switched off.
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.default_int_handler)
        try:
            with Processes(settings.BASE_DIR, logs=settings.STATE_DIR / "logs") as processes:
                self._prepare()
                self._start(processes, port)
                _wait_for_web(processes, port)
                self._welcome(port)
                # `make` may be killed without having the time to tell us.
                while os.getppid() == parent:
                    processes.check()
                    if embedded.lost(settings.STATE_DIR):
                        raise CommandError("The private PostgreSQL and Redis went away: start again.")
                    time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database")
        call_command("migrate", verbosity=0)
        call_command("install_letters", verbosity=0)
        if not get_user_model().objects.filter(email=DEMO_USERS[0][0]).exists():
            self.stdout.write("Making the demonstration authority; this happens once and takes a few minutes")
            call_command("seed_demo")
            call_command("rebuild_snapshots")  # so that the reports open with numbers

    def _start(self, processes: Processes, port: int) -> None:
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "-A", "config"]
        schedule = settings.STATE_DIR / "beat-schedule"
        worker = [*celery, "worker", "-Q", "default,reports", "-c", "2"]
        # SIGQUIT, because on SIGTERM it would finish a long task first.
        processes.start("worker", worker, if_we_die=signal.SIGQUIT)
        processes.start("beat", [*celery, "beat", "--schedule", str(schedule), "--pidfile", ""])
        gunicorn = [*python, "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"]
        # No control socket: gunicorn would put it into the home folder, where two copies share it.
        processes.start("web", [*gunicorn, "--workers", "2", "--threads", "4", "--no-control-socket"])

    def _welcome(self, port: int) -> None:
        width = max(len(email) for email, _ in DEMO_USERS)
        lines = [
            "",
            f"Waymark serves {settings.AUTHORITY_NAME} at http://{HOST}:{port}",
            f"It stands on {date_format(today(), 'j F Y')}. Sign in as one of these, with the password {DEMO_PASSWORD}",
            "",
            *(f"    {email:{width}}  {role}" for email, role in DEMO_USERS),
            "",
            f"Logs are in {settings.STATE_DIR / 'logs'}. Ctrl-C stops everything.",
        ]
        self.stdout.write("\n".join(lines))


def _free_port() -> int:
    """PORT, or 8000. Raises CommandError if it is not a port or somebody has it."""
    wanted = os.environ.get("PORT", "8000")
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise CommandError(f"PORT has to be a number from 1 to 65535, not {wanted!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except OSError as error:
            raise CommandError(
                f"Port {wanted} cannot be used: {error.strerror}. Choose another: PORT=8001 make demo"
            ) from None
    return int(wanted)


def _wait_for_web(processes: Processes, port: int) -> None:
    deadline = time.monotonic() + WEB_SECONDS
    while time.monotonic() < deadline:
        processes.check()
        # Not urllib, which would ask a proxy named in the environment.
        web = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            web.request("GET", "/healthz")
            if web.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            web.close()
    raise CommandError(f"The web server did not answer in {WEB_SECONDS} seconds: see {processes.log('web')}.")

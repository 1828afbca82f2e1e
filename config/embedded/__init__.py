"""A laptop's own PostgreSQL and Redis, from wheels, when DATABASE_URL and REDIS_URL are unset.

Asking for an address starts the servers if they are not running and holds a line to their supervisor for
as long as this process, or a child it forks, lives. When the last line drops, however that happens, the
supervisor stops the servers: nobody has to remember to. Servers listen on Unix sockets only.

    places.py       where data, sockets and locks are, and as whom the servers run
    client.py       finds or starts the supervisor and holds the line
    supervisor.py   the process that starts and stops both servers
    postgres.py, redis_server.py   how each server is found and started
"""

import os
import secrets
from pathlib import Path

from config.embedded.client import hold, lost
from config.embedded.places import EmbeddedServerError, Places
from config.embedded.postgres import DATABASE, USER

__all__ = ["EmbeddedServerError", "database_url", "lost", "redis_url", "secret_key"]


def database_url(state_dir: Path, *, durable: bool = True) -> str:
    """The address of the private PostgreSQL of this state folder, started if need be.

    `durable=False` asks for a server that trades safety against power cuts for speed: for tests.
    Raises EmbeddedServerError with the way out when the server cannot run here.
    """
    hold(state_dir, durable=durable)
    return f"postgresql://{USER}@/{DATABASE}?host={Places.of(state_dir).run}"


def redis_url(state_dir: Path, *, database: int = 0, durable: bool = True) -> str:
    """The address of the private Redis of this state folder, started if need be. Raises like database_url."""
    hold(state_dir, durable=durable)
    return f"unix://{Places.of(state_dir).redis_socket}?db={database}"


def secret_key(state_dir: Path) -> str:
    """A signing key that is made once for each state folder, so that sessions outlive a restart."""
    path = state_dir / "secret_key"
    if not path.exists():
        state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = state_dir / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            # A link, unlike a rename, never replaces the key that another process made a moment ago.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()

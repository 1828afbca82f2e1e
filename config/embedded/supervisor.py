"""The process above the private servers: starts them, and stops them when nobody holds a line any more.

Run by client.py: python -m config.embedded.supervisor STATE_DIR LOCK_FD LISTENER_FD durable|quick
"""

import os
import selectors
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType

from config.embedded import postgres, redis_server
from config.embedded.places import EmbeddedServerError, Places
from config.embedded.process import Server

# Long enough for the next command of a script to find the servers up, short enough that nobody wonders.
GRACE_SECONDS = 2.0


def main(state_dir: str, lock: str, listener: str, durability: str) -> None:
    """Start both servers, serve lines until the last one drops, stop both servers."""
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, _leave)
    places = Places.of(Path(state_dir))
    servers: list[Server] = []
    door = socket.socket(fileno=int(listener))
    try:
        servers.append(postgres.start(places, durable=durability == "durable", lock=int(lock)))
        servers.append(redis_server.start(places, lock=int(lock)))
        _serve(door, servers)
    except EmbeddedServerError as error:
        print(error, file=sys.stderr, flush=True)
        _refuse(door, str(error))
    finally:
        # First the door, so that a newcomer waits for the lock and then starts afresh.
        places.control.unlink(missing_ok=True)
        door.close()
        for server in reversed(servers):
            server.stop()
        places.clear_up()


def _serve(door: socket.socket, servers: list[Server]) -> None:
    """Answer everyone who comes; return when nobody is left, or a server is gone."""
    lines = 0
    last_seen = time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(door, selectors.EVENT_READ)
        while lines or time.monotonic() - last_seen < GRACE_SECONDS:
            for key, _ in selector.select(timeout=0.5):
                if key.fileobj is door:
                    line, _ = door.accept()
                    line.sendall(b"ready\n")
                    selector.register(line, selectors.EVENT_READ)
                    lines += 1
                else:
                    # Clients never write, so this is one that ended.
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]
                    lines -= 1
                last_seen = time.monotonic()
            for server in servers:
                if not server.alive:
                    print(f"{server.name} ended by itself.", file=sys.stderr, flush=True)
                    return


def _refuse(door: socket.socket, why: str) -> None:
    door.settimeout(0)
    try:
        while True:
            line, _ = door.accept()
            with line:
                line.sendall(f"{why}\n".encode())
    except BlockingIOError:
        return


def _leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main(*sys.argv[1:])

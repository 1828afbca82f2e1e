"""The private servers start once, serve everyone, and are gone when their last user is, however it ended."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from config import embedded
from config.embedded.places import Places
from config.embedded.remove import remove

pytestmark = pytest.mark.slow

CLIENT = """
import sys
from pathlib import Path
import psycopg, redis
from config import embedded

state, durable = Path(sys.argv[1]), sys.argv[2] == "durable"
with psycopg.connect(embedded.database_url(state, durable=durable)) as connection:
    connection.execute("SELECT pg_advisory_xact_lock(1)")  # CREATE ... IF NOT EXISTS does not wait for another
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    connection.execute("CREATE TABLE IF NOT EXISTS visit (at timestamptz DEFAULT now())")
    connection.execute("INSERT INTO visit DEFAULT VALUES")
    visits = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
with redis.Redis.from_url(embedded.redis_url(state, durable=durable)) as cache:
    cache.ping()
print(visits, flush=True)
sys.stdin.read()
"""

StartClient = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A state folder whose path has a space and is longer than a socket's address may be."""
    folder = tmp_path / "a folder with spaces" / ("long" * 20)
    yield folder
    _wait_until(lambda: not _servers(folder))
    _wait_until(
        lambda: remove(folder)
    )  # a process that was killed gives its lock back a moment after it is gone


@pytest.fixture
def start_client(tmp_path: Path) -> Iterator[StartClient]:
    """Starts a process that uses both servers and stays until its input is closed."""
    clients: list[subprocess.Popen[str]] = []

    def start(state: Path, how: str = "quick") -> subprocess.Popen[str]:
        client = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", CLIENT, str(state), how],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.kill()
        client.wait()
        client.stdin.close()
        client.stdout.close()


def test_data_outlive_the_servers(state: Path, start_client: StartClient) -> None:
    first = start_client(state)
    assert _visits(first) == 1
    _leave(first)
    _wait_until(lambda: not _servers(state))

    assert _visits(start_client(state)) == 2


def test_two_clients_at_once_share_one_pair_of_servers(state: Path, start_client: StartClient) -> None:
    clients = [start_client(state) for _ in range(4)]

    assert sorted(_visits(client) for client in clients) == [1, 2, 3, 4]
    assert len(_servers(state)) == len(("supervisor", "PostgreSQL", "Redis"))

    for client in clients[1:]:
        _leave(client)
    _leave(clients[0])
    _wait_until(lambda: not _servers(state))


def test_servers_stay_while_one_client_is_left(state: Path, start_client: StartClient) -> None:
    one, other = start_client(state), start_client(state)
    _visits(one), _visits(other)
    servers = {process.pid for process in _servers(state)}

    one.kill()
    one.wait()
    third = start_client(state)

    assert _visits(third) == 3
    assert {process.pid for process in _servers(state)} == servers


def test_killed_client_leaves_no_process_and_no_socket(state: Path, start_client: StartClient) -> None:
    client = start_client(state)
    _visits(client)

    client.send_signal(signal.SIGKILL)

    _wait_until(lambda: not _servers(state))
    assert not Places.of(state).run.exists()


def test_killed_supervisor_takes_the_servers_along_and_the_next_start_works(
    state: Path, start_client: StartClient
) -> None:
    _visits(start_client(state))
    (supervisor,) = (each for each in _servers(state) if "config.embedded.supervisor" in each.cmdline())

    supervisor.kill()

    # At once, while the old servers are still shutting down: the newcomer has to wait for them.
    assert _visits(start_client(state)) == 2


def test_everything_killed_at_once_loses_nothing(state: Path, start_client: StartClient) -> None:
    client = start_client(state, "durable")
    _visits(client)

    for process in _servers(state):
        process.kill()
    client.kill()

    assert _visits(start_client(state, "durable")) == 2


def test_two_state_folders_have_separate_servers(tmp_path: Path, start_client: StartClient) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    one, other = start_client(here), start_client(there)
    try:
        assert _visits(one) == 1
        assert _visits(other) == 1
    finally:
        for client, folder in ((one, here), (other, there)):
            _leave(client)
            _wait_until(lambda folder=folder: not _servers(folder))
            _wait_until(lambda folder=folder: remove(folder))


def test_deleted_state_folder_begins_afresh(state: Path, start_client: StartClient) -> None:
    first = start_client(state)
    assert _visits(first) == 1
    _leave(first)
    _wait_until(lambda: not _servers(state))

    subprocess.run(["rm", "-r", str(state)], check=True)

    assert _visits(start_client(state)) == 1


def test_data_of_running_servers_are_not_removed(state: Path, start_client: StartClient) -> None:
    client = start_client(state)
    _visits(client)

    assert not remove(state)
    assert Places.of(state).data.exists()


def test_stranger_s_folder_is_refused(state: Path) -> None:
    run = Places.of(state).run
    run.mkdir(mode=0o755)
    try:
        with pytest.raises(embedded.EmbeddedServerError, match="not a private folder"):
            embedded.database_url(state)
    finally:
        run.rmdir()


def test_server_that_cannot_start_says_where_to_look(state: Path, start_client: StartClient) -> None:
    first = start_client(state)
    _visits(first)
    _leave(first)
    _wait_until(lambda: not _servers(state))
    broken = next(Places.of(state).data.glob("postgres-*")) / "global/pg_control"
    broken.write_bytes(b"")

    with pytest.raises(
        embedded.EmbeddedServerError, match=r"PostgreSQL did not start\..*servers\.log says why"
    ):
        embedded.database_url(state)


def test_nobody_else_can_reach_the_servers(state: Path, start_client: StartClient) -> None:
    _visits(start_client(state))
    places = Places.of(state)

    assert places.run.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(host=str(places.run), user="waymark", dbname="waymark") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    key = embedded.secret_key(tmp_path / "state")

    assert len(key) >= 50
    assert embedded.secret_key(tmp_path / "state") == key
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["secret_key"]
    assert (tmp_path / "state/secret_key").stat().st_mode & 0o777 == 0o600


def _visits(client: subprocess.Popen[str]) -> int:
    return int(client.stdout.readline())


def _leave(client: subprocess.Popen[str]) -> None:
    client.stdin.close()
    client.wait()


def _servers(state: Path) -> list[psutil.Process]:
    """The supervisor and the main process of each server of this state folder."""
    places = Places.of(state)
    marks = (str(places.state), str(places.run))
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        if "-c" not in words and any(mark in word for mark in marks for word in words):
            found.append(process)
    return found


def _wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)

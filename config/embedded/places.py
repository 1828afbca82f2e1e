"""Where the private servers keep their things, and as whom they run."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# Not tempfile.gettempdir(): TMPDIR may be long (a socket path has at most 107 bytes) and may differ between
# two terminals, which have to meet at the same socket.
SOCKETS_IN = Path("/tmp")  # noqa: S108 - the folder made there is private and its owner is checked
ROOT_DATA_IN = Path("/var/tmp")  # noqa: S108 - as above; unlike /tmp it is kept when the machine restarts


class EmbeddedServerError(ImproperlyConfigured):
    """The private servers cannot run here; the message says what to do."""


@dataclass(frozen=True)
class Places:
    """The folders of one state folder's servers. Two checkouts never share one: names derive from the path.

    The state folder itself is locked (flock) while the supervisor or any server lives, however they came to
    lose each other: the kernel lets go when the last of them has ended.
    """

    state: Path
    data: Path
    run: Path
    account: pwd.struct_passwd | None
    """Whom PostgreSQL runs as when we are root, because it refuses to run as root; else None."""

    @classmethod
    def of(cls, state_dir: Path) -> "Places":
        """The places that belong to a state folder. Nothing is made yet."""
        state = state_dir.resolve()
        name = f"waymark-{os.getuid()}-{hashlib.sha256(os.fsencode(state)).hexdigest()[:12]}"
        if os.getuid() != 0:
            return cls(state, state, SOCKETS_IN / name, None)
        # The checkout may lie where `nobody` cannot look, and no folder's mode is ours to change.
        return cls(state, ROOT_DATA_IN / name, SOCKETS_IN / name, pwd.getpwnam("nobody"))

    @property
    def log(self) -> Path:
        """What the supervisor and both servers had to say since they were last started."""
        return self.state / "servers.log"

    @property
    def control(self) -> Path:
        """The supervisor's socket."""
        return self.run / "control"

    @property
    def redis_socket(self) -> Path:
        """Redis's socket. PostgreSQL names its own, in the same folder."""
        return self.run / "redis"

    def prepare(self) -> None:
        """Make the folders. Call it with the lock held."""
        self._private_folder(self.run)
        if self.account:
            self._renew_if_orphaned()
            self._private_folder(self.data)
            self._mark.write_text(self._identity())

    def clear_up(self) -> None:
        """Remove the folder of sockets. Call it with the lock held and the servers gone."""
        shutil.rmtree(self.run, ignore_errors=True)

    def hand_over(self, path: Path) -> None:
        """Give a folder and all in it to the account the servers run as."""
        if self.account:
            for folder, _, files in os.walk(path):
                for name in (folder, *(os.path.join(folder, file) for file in files)):
                    os.chown(name, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    def _private_folder(self, path: Path) -> None:
        owner = self.account.pw_uid if self.account else os.getuid()
        try:
            path.mkdir(mode=0o700)
            self.hand_over(path)
        except FileExistsError:
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
                raise EmbeddedServerError(
                    f"{path} exists and is not a private folder of Waymark's. Remove it, or set "
                    "WAYMARK_STATE to another folder."
                ) from None

    @property
    def _mark(self) -> Path:
        return self.data / "belongs-to"

    def _identity(self) -> str:
        identity = self.state / "identity"
        if not identity.exists():
            identity.write_text(secrets.token_hex(16))
        return identity.read_text()

    def _renew_if_orphaned(self) -> None:
        # Root's data lies outside the state folder. When that folder was deleted, or a fresh checkout stands
        # in its place, the old data must not come back.
        if self._mark.exists() and self._mark.read_text() != self._identity():
            shutil.rmtree(self.data)

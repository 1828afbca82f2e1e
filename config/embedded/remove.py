"""Remove the private servers' data of this checkout, for `make clean`: python -m config.embedded.remove"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

from config import env
from config.embedded.places import Places


def remove(state_dir: Path) -> bool:
    """Remove all that belongs to a state folder; False, and nothing removed, if its servers run."""
    places = Places.of(state_dir)
    if not places.state.is_dir():
        return True
    lock = os.open(places.state, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        for folder in {places.run, places.data, places.state}:
            shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(lock)


if __name__ == "__main__":
    state = env.state_dir(Path(__file__).resolve().parent.parent.parent)
    # The tests' folder lies in the other, so it goes first.
    if not all(remove(folder) for folder in (state / "test", state)):
        sys.exit(f"Waymark is running with the data in {state}. Stop it first, then remove them.")

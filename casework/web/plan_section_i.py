"""What section I of a version names: a record of a higher app, which says here how to read it, and kept nowhere else."""

from collections.abc import Callable, Iterable, Mapping

from casework.models import PlanVersion

Load = Callable[[Iterable[PlanVersion]], Mapping[int, str]]

_loaders: list[Load] = []


def register(load: Load) -> None:
    """Say how section I is read: words by the key of a version. The last one said wins."""
    _loaders[:] = [load]


def named_in(versions: Iterable[PlanVersion]) -> Mapping[int, str]:
    """What each version names, in words; a version that names nothing is left out."""
    found = list(versions)
    return _loaders[0](found) if _loaders and found else {}

"""Names of files as we keep and send them: what a person typed, without what a computer might act on."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

MOST = 150
_LONGEST_ENDING = 10
# Besides control characters: what Windows forbids, and marks that turn the direction of text ("gpj.exe" as "exe.jpg").
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_SPACES = re.compile(r"\s+")


def clean_name(name: str, *, extension: str) -> str:
    """The file's own name, with `extension` where it had none; "document" when nothing readable is left."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = "".join(one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one)[0] != "C")
    kept = _SPACES.sub(" ", _UNSAFE.sub(" ", kept)).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, ending = kept, extension
    stem = stem.strip(" .") or "document"
    return f"{stem[: MOST - len(ending) - 1].rstrip(' .')}.{ending}"


def title_from(name: str) -> str:
    """A title to begin with: the name without its ending, and without joints: "ep_report-final.pdf" is "ep report final"."""
    stem = name.rpartition(".")[0] or name
    return _SPACES.sub(" ", re.sub(r"[_-]+", " ", stem)).strip() or name

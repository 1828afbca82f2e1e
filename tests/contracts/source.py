"""The project's own source, for tests that read it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("casework", "placements", "funding", "reporting")
# Made by others, or of no meaning as text.
NOT_READ = {".png", ".jpg", ".ico", ".woff2", ".zip", ".gz"}


def committed() -> list[Path]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [ROOT / line for line in listed.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix not in NOT_READ]


def python_of(*layers: str) -> Iterator[Path]:
    """Python files of these layers in every app: a folder or a module of that name."""
    for app in APPS:
        for layer in layers:
            module = ROOT / app / f"{layer}.py"
            yield from [module] if module.exists() else sorted((ROOT / app / layer).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(), str(path))


def place(path: Path, node: ast.AST) -> str:
    """File and line, as an editor opens them."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"

"""What the repository may not hold: names of machines and registries, dependencies without a reason."""

import re

import pytest

from tests.contracts.source import ROOT, committed

# Put together here so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "files.python" + "hosted",
    "registry." + "npmjs",
    "jsdelivr" + ".net",
    "unpkg" + ".com",
]
MACHINES = [
    r"/home/\w+",
    "/ro" + r"ot/\w",
    r"/Users/\w",
    r"/tm" + r"p/(?!waymark-)\w",
    r"/wo" + r"rk/\w",
    r"C:\\\\Users",
]


@pytest.mark.parametrize("word", REGISTRIES)
def test_no_registry_host_is_named(word):
    found = [str(path.relative_to(ROOT)) for path in committed() if word in path.read_text(errors="ignore")]
    assert found == [], f"{word} belongs to a machine's settings, not in the repository."


@pytest.mark.parametrize("pattern", MACHINES)
def test_no_path_of_a_machine(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in committed()
        for match in [re.search(rf"(?<![\w.~}}]){pattern}", path.read_text(errors="ignore"))]
        if match
    ]
    assert found == [], (
        "Paths of one machine do not work on another: use BASE_DIR, WAYMARK_STATE or tempfile."
    )


def test_every_dependency_says_why():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    inside, silent = False, []
    for line in lines:
        if re.match(r"(dependencies|laptop|dev|bench) = \[$", line):
            inside = True
        elif line == "]":
            inside = False
        elif inside and not re.search(r"#\s*\w.*\w{3}", line.split('"')[-1]):
            silent.append(line.strip())
    assert silent == [], "Put the reason behind each dependency, on its line."


def test_no_file_is_too_long_to_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in committed()
        if path.suffix == ".py" and "migrations" not in path.parts
        for lines in [len(path.read_text().splitlines())]
        if lines > 500
    }
    assert long == {}, "Split these where a second noun begins."

"""What a measurement says, and the table of all of them."""

import json
import platform
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Measured:
    """One ratio: our time (or memory) against a yardstick, and the most it may be."""

    name: str
    ours: float
    yardstick: float
    at_most: float
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the yardstick."""
        return self.ours / self.yardstick

    @property
    def met(self) -> bool:
        """Whether it is within what was promised."""
        return self.ratio <= self.at_most


def table(measured: list[Measured]) -> str:
    """A Markdown table."""
    lines = ["| What | Ours | Yardstick | Ratio | At most | |", "| --- | ---: | ---: | ---: | ---: | --- |"]
    lines += [
        f"| {one.name} | {one.ours:.2f} {one.unit} | {one.yardstick:.2f} {one.unit} | {one.ratio:.2f} | {one.at_most:g} | "
        f"{'met' if one.met else 'NOT met'}{'; ' + one.note if one.note else ''} |"
        for one in measured
    ]
    return "\n".join(lines)


def write(measured: list[Measured], day: date) -> Path:
    """Keep the results of a day as JSON and Markdown; the later run of a day replaces the earlier."""
    RESULTS.mkdir(exist_ok=True)
    facts = {
        "day": str(day),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "results": [asdict(one) | {"ratio": one.ratio, "met": one.met} for one in measured],
    }
    path = RESULTS / f"{day}.json"
    path.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(table(measured) + "\n", encoding="utf-8")
    return path

"""Compare two versions of a plan: words with words, rows with the same rows.

Applying a comparison gives the new text back: the kept and added segments joined are the newer, the kept and removed
segments joined are the older. A property test holds it to that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from casework.rules.plan_sections import Section
from casework.rules.plan_shown import ShownRow, ShownSection


class Mark(StrEnum):
    """What became of a segment or a row."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with its mark."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One labelled value in both versions."""

    label: str
    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(segment.mark is not Mark.KEPT for segment in self.segments)

    @property
    def before(self) -> tuple[Segment, ...]:
        """The older text."""
        return tuple(segment for segment in self.segments if segment.mark is not Mark.ADDED)

    @property
    def after(self) -> tuple[Segment, ...]:
        """The newer text."""
        return tuple(segment for segment in self.segments if segment.mark is not Mark.REMOVED)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row in both versions, or in one of them. `name` is its name in the newer; `was` in the older if it moved."""

    mark: Mark
    name: str
    lines: tuple[ComparedLine, ...]
    was: str = ""


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section in both versions."""

    letter: Section
    title: str
    words: ComparedLine
    rows: tuple[ComparedRow, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return self.words.changed or any(row.mark is not Mark.KEPT for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether neither version says anything here."""
        return not self.words.segments and not self.rows

    @property
    def kept_rows(self) -> tuple[ComparedRow, ...]:
        """The rows that are the same."""
        return tuple(row for row in self.rows if row.mark is Mark.KEPT)

    @property
    def other_rows(self) -> tuple[ComparedRow, ...]:
        """The rows that are not."""
        return tuple(row for row in self.rows if row.mark is not Mark.KEPT)

    @property
    def summary(self) -> str:
        """ "words changed, 1 row added, 2 rows changed"; "not changed"."""
        parts = ["words changed"] if self.words.changed else []
        for mark in (Mark.ADDED, Mark.REMOVED, Mark.CHANGED):
            count = sum(row.mark is mark for row in self.rows)
            if count:
                parts.append(f"{count} row{'' if count == 1 else 's'} {mark}")
        return ", ".join(parts) or "not changed"


def compare(older: Sequence[ShownSection], newer: Sequence[ShownSection]) -> list[ComparedSection]:
    """Every section of two versions, in the order of the plan."""
    return [
        ComparedSection(
            new.letter, new.title, ComparedLine("Words", compare_text(old.words, new.words)),
            compare_rows(old.rows, new.rows),
        )
        for old, new in zip(older, newer, strict=True)
    ]  # fmt: skip


def compare_rows(older: Sequence[ShownRow], newer: Sequence[ShownRow]) -> tuple[ComparedRow, ...]:
    """The rows of the newer version in order; each removed row where it stood in the older."""
    before = {row.key: row for row in older}
    kept = {row.key for row in newer}
    result: list[ComparedRow] = []
    waiting = list(older)
    for row in newer:
        old = before.get(row.key)
        # Removed rows that stood before this one come first.
        while waiting and waiting[0].key not in kept:
            result.append(_one_sided(waiting.pop(0), Mark.REMOVED))
        if old is not None:
            waiting = [one for one in waiting if one.key != row.key]
            result.append(_both(old, row))
        else:
            result.append(_one_sided(row, Mark.ADDED))
    result += [_one_sided(row, Mark.REMOVED) for row in waiting if row.key not in kept]
    return tuple(result)


def compare_text(older: str, newer: str) -> tuple[Segment, ...]:
    """Segments of the two texts: first paragraph by paragraph, then word by word within what changed."""
    segments: list[Segment] = []
    old, new = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    for how, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if how == "equal":
            segments.append(Segment(Mark.KEPT, before))
        else:
            segments += _words(before, after)
    return _joined(segments)


def _words(older: str, newer: str) -> list[Segment]:
    old, new = re.findall(r"\s+|[^\s\w]|\w+", older), re.findall(r"\s+|[^\s\w]|\w+", newer)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    segments: list[Segment] = []
    codes = matcher.get_opcodes()
    for number, (how, a, b, c, d) in enumerate(codes):
        before, after = "".join(old[a:b]), "".join(new[c:d])
        # A lone space between two changes is not worth an island of kept text.
        island = how == "equal" and not before.strip() and 0 < number < len(codes) - 1
        if how == "equal" and not island:
            segments.append(Segment(Mark.KEPT, before))
            continue
        segments += [Segment(Mark.REMOVED, before), Segment(Mark.ADDED, after)]
    return segments


def _joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbours of one mark together; between kept text what was removed comes before what was added."""
    result: list[Segment] = []
    removed = added = ""
    for segment in (*segments, Segment(Mark.KEPT, "")):
        if segment.mark is Mark.REMOVED:
            removed += segment.text
        elif segment.mark is Mark.ADDED:
            added += segment.text
        else:
            result += [Segment(Mark.REMOVED, removed)] if removed else []
            result += [Segment(Mark.ADDED, added)] if added else []
            removed = added = ""
            if segment.text and result and result[-1].mark is Mark.KEPT:
                result[-1] = Segment(Mark.KEPT, result[-1].text + segment.text)
            elif segment.text:
                result.append(segment)
    return tuple(result)


def _both(old: ShownRow, new: ShownRow) -> ComparedRow:
    lines = tuple(
        ComparedLine(after.label, compare_text(before.text, after.text))
        for before, after in zip(old.lines, new.lines, strict=True)
    )
    lines = tuple(line for line in lines if line.segments)
    mark = Mark.CHANGED if any(line.changed for line in lines) else Mark.KEPT
    return ComparedRow(mark, new.name, lines, was=old.name if old.name != new.name else "")


def _one_sided(row: ShownRow, mark: Mark) -> ComparedRow:
    lines = tuple(ComparedLine(line.label, (Segment(mark, line.text),)) for line in row.lines if line.text)
    return ComparedRow(mark, row.name, lines)

"""Which merge fields a document has, what makes it unfit as a template, and filling the fields in."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from casework.word.package import Element, W, WordPackage, texts_of

_FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Word's own fields that stand for the page they are on; any other may change after the letter is made, or fetch something.
_HARMLESS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK")
# What may not stand in XML at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """What a template holds: the names of its fields in order of appearance, and sentences about what is unfit."""

    fields: tuple[str, ...]
    faults: tuple[str, ...]


class Unfilled(Exception):
    """Fields for which no value was given; no letter is made."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def read_template(content: bytes) -> Read:
    """The fields and the faults of a Word document. Raises NotReadable."""
    package = WordPackage(content)
    names: dict[str, None] = {}
    faults: dict[str, None] = {}
    for paragraph in package.paragraphs():
        words = "".join(piece.text or "" for piece in texts_of(paragraph))
        names |= dict.fromkeys(_FIELD.findall(words))
        if _BRACES.search(_FIELD.sub("", words)):
            near = words.strip()[:60]
            faults[f"A pair of braces does not hold the name of one field, near “{near}”."] = None
    for root in package.texts.values():
        faults |= dict.fromkeys(_faults_of(root))
    faults |= dict.fromkeys(_outside(package))
    return Read(tuple(names), tuple(faults))


def fill_in(content: bytes, values: Mapping[str, str]) -> bytes:
    """The document with every field replaced; line breaks of a value become line breaks. Raises Unfilled, NotReadable."""
    package = WordPackage(content)
    missing: dict[str, None] = {}
    for paragraph in package.paragraphs():
        missing |= dict.fromkeys(_fill_paragraph(paragraph, values))
    if missing:
        raise Unfilled(list(missing))
    return package.save()


def words_of(content: bytes) -> str:
    """All text of a document, a line for each paragraph. Raises NotReadable."""
    lines = []
    for paragraph in WordPackage(content).paragraphs():
        pieces = []
        for piece in paragraph.iter(f"{W}t", f"{W}br"):
            if next(piece.iterancestors(f"{W}p")) is paragraph:
                pieces.append("\n" if piece.tag == f"{W}br" else piece.text or "")
        lines.append("".join(pieces))
    return "\n".join(lines)


def _fill_paragraph(paragraph: Element, values: Mapping[str, str]) -> list[str]:
    """Replace the fields of one paragraph, however Word has cut its text into pieces; names without a value."""
    pieces = texts_of(paragraph)
    words = "".join(piece.text or "" for piece in pieces)
    found = list(_FIELD.finditer(words))
    missing = [match[1] for match in found if match[1] not in values]
    if missing:
        return missing
    # From the last to the first, so that the places of the earlier ones stay right.
    for match in reversed(found):
        _replace(pieces, match.start(), match.end(), values[match[1]])
    for piece in pieces:
        _break_lines(piece)
    return []


def _replace(pieces: list[Element], start: int, end: int, value: str) -> None:
    """Put `value` into the piece where the field begins, and take the rest of the field out of those after it."""
    position = 0
    put = False
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - position, 0), min(end - position, len(text))
        if first < last:
            piece.text = text[:first] + ("" if put else _clean(value)) + text[last:]
            piece.set(_XML_SPACE, "preserve")
            put = True
        position += len(text)


def _clean(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def _break_lines(piece: Element) -> None:
    """Where a piece has line breaks, pieces of one line with Word's breaks between them."""
    lines = (piece.text or "").split("\n")
    if len(lines) == 1:
        return
    piece.text = lines[0]
    after = piece
    for line in lines[1:]:
        breaking = etree.Element(f"{W}br")
        text = deepcopy(piece)
        text.text, text.tail = line, None
        text.set(_XML_SPACE, "preserve")
        after.addnext(breaking)
        breaking.addnext(text)
        after = text


def _faults_of(root: Element) -> list[str]:
    found = []
    if _has(root, "ins", "del", "moveFrom", "moveTo"):
        found.append(
            "It has tracked changes. Accept or reject them all, so that no draft wording reaches a family."
        )
    if _has(root, "commentReference"):
        found.append("It has comments. Delete them, so that none reaches a family.")
    if _has(root, "altChunk", "object", "control"):
        found.append("It has another file or a control inside it. Take it out.")
    for code in _codes(root):
        kind = (code.split() or [""])[0].upper()
        if kind == "MERGEFIELD":
            name = [*code.split(), ""][1].strip('"')
            found.append(f"It has Word’s own merge field “{name}”. Type {{{{{name}}}}} in its place.")
        elif kind in {"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"}:
            found.append(
                f"It has Word’s field {kind}, which changes by itself. Type {{{{letter_date}}}} in its place."
            )
        elif kind not in _HARMLESS:
            found.append(
                f"It has Word’s field {kind or 'without a name'}, which can change or fetch text. Take it out."
            )
    return found


def _has(root: Element, *names: str) -> bool:
    return next(root.iter(*(f"{W}{name}" for name in names)), None) is not None


def _codes(root: Element) -> list[str]:
    """The codes of Word's own fields, each put together from its pieces."""
    codes = [str(field.get(f"{W}instr") or "") for field in root.iter(f"{W}fldSimple")]
    open_codes: list[str] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            if open_codes:
                open_codes[-1] += element.text or ""
            else:
                codes.append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            open_codes.append("")
        elif element.get(f"{W}fldCharType") == "end" and open_codes:
            codes.append(open_codes.pop())
    return [*codes, *open_codes]


def _outside(package: WordPackage) -> list[str]:
    """Links that make Word fetch something when the letter is opened; a hyperlink waits to be followed."""
    for relation in package.relations():
        kind = str(relation.get("Type") or "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            return ["It fetches something from outside when it is opened. Save the text into a new document."]
    return []

"""Opening a Word document without trusting it: a limit on what it unpacks to, no entities, nothing fetched."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_UNPACKED = 60 * 1024 * 1024
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml\Z")
_RELATIONS = re.compile(r"(.*/)?_rels/[^/]*\.rels\Z")
Element = Any


class NotReadable(Exception):
    """The file cannot be opened as a Word document; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class WordPackage:
    """The parts of one document: those with text parsed, all others as they came."""

    def __init__(self, content: bytes) -> None:
        self.parts: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                    raise NotReadable("The document unpacks to more than 60 MB. Make its pictures smaller.")
                for entry in archive.infolist():
                    self.parts[entry.filename] = archive.read(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise NotReadable(
                "The document is damaged. Save it again in Word and upload the new copy."
            ) from error
        self.texts = {name: _parse(part) for name, part in self.parts.items() if _TEXT_PARTS.match(name)}
        if "word/document.xml" not in self.texts:
            raise NotReadable("The document has no text of a Word document in it.")

    def paragraphs(self) -> Iterator[Element]:
        """Every paragraph: body, tables, text boxes, headers, footers and notes."""
        for root in self.texts.values():
            yield from root.iter(f"{W}p")

    def relations(self) -> Iterator[Element]:
        """Every link from a part to another part or to the outside."""
        for name, part in self.parts.items():
            if _RELATIONS.match(name):
                yield from _parse(part)

    def save(self) -> bytes:
        """The document with its texts as they are now."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in self.parts.items():
                root = self.texts.get(name)
                if root is not None:
                    part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), part)
        return target.getvalue()


def texts_of(paragraph: Element) -> list[Element]:
    """The pieces of text of a paragraph, in order; a text box inside it has paragraphs of its own."""
    return [piece for piece in paragraph.iter(f"{W}t") if next(piece.iterancestors(f"{W}p")) is paragraph]


def _parse(part: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable(
            "The document is damaged. Save it again in Word and upload the new copy."
        ) from error
    if root.getroottree().docinfo.doctype:
        raise NotReadable("The document declares a document type, which Word never does. Do not use it.")
    return root

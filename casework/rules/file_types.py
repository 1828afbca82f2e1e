"""What a file is, read from its content. Its name is only compared with that: a name can say anything.

Accepted are the kinds a SEND team exchanges with families, settings and health, none of which runs by itself when
it is opened: PDF, Word and Excel without macros, pictures, plain text and saved e-mails.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as email_policy
from pathlib import PurePosixPath

_HEAD = 1024
_MOST_PARTS = 5_000
_MOST_TYPES_BYTES = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_MESSAGE = "__properties_version1.0".encode("utf-16-le")
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = (b"macroEnabled", b"vbaProject", b"macrosheet")


class NotAccepted(Exception):
    """The file is not one of the accepted kinds, or its name says another; `words` say what was found and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class FileType:
    """One accepted kind. The first of `extensions` is given to a file that came without one."""

    words: str
    content_type: str
    extensions: tuple[str, ...]


PDF = FileType("a PDF", "application/pdf", ("pdf",))
WORD = FileType(
    "a Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)
)
EXCEL = FileType(
    "an Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)
)
PNG = FileType("a PNG picture", "image/png", ("png",))
JPEG = FileType("a JPEG picture", "image/jpeg", ("jpg", "jpeg"))
TEXT = FileType("plain text", "text/plain", ("txt",))
EMAIL = FileType("a saved e-mail", "message/rfc822", ("eml",))
OUTLOOK = FileType("an e-mail saved by Outlook", "application/vnd.ms-outlook", ("msg",))

ACCEPTED = (PDF, WORD, EXCEL, PNG, JPEG, TEXT, EMAIL, OUTLOOK)
ACCEPTED_WORDS = (
    "PDF, Word (.docx), Excel (.xlsx), PNG or JPEG pictures, plain text, saved e-mails (.eml, .msg)"
)

_SAVE_AS_PDF = "Save it as a PDF and attach that."
_SAVE_AS_JPEG = "Save the picture as a JPEG and attach that."
# How other files begin, what they are called in the message, and what somebody can do about it.
_KNOWN_OTHERS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"MZ", "a Windows program", "Programs are never accepted."),
    (0, b"\x7fELF", "a program", "Programs are never accepted."),
    (0, b"#!", "a script", "Scripts are never accepted."),
    (0, b"GIF8", "a GIF picture", _SAVE_AS_JPEG),
    (0, b"BM", "a bitmap picture", _SAVE_AS_JPEG),
    (0, b"II*\x00", "a TIFF picture", _SAVE_AS_PDF),
    (0, b"MM\x00*", "a TIFF picture", _SAVE_AS_PDF),
    (8, b"WEBP", "a WebP picture", _SAVE_AS_JPEG),
    (4, b"ftypheic", "a HEIC photograph from a telephone", _SAVE_AS_JPEG),
    (4, b"ftypheix", "a HEIC photograph from a telephone", _SAVE_AS_JPEG),
    (4, b"ftypmif1", "a HEIC photograph from a telephone", _SAVE_AS_JPEG),
    (4, b"ftyp", "a film or a sound recording", "Keep recordings where the authority keeps them."),
    (0, b"ID3", "a sound recording", "Keep recordings where the authority keeps them."),
    (0, b"{\\rtf", "a rich text document (RTF)", "Save it as .docx or PDF and attach that."),
    (0, b"Rar!", "an archive (RAR)", "Take the files out of it and attach them one by one."),
    (0, b"7z\xbc\xaf", "an archive (7-Zip)", "Take the files out of it and attach them one by one."),
    (0, b"\x1f\x8b", "an archive (gzip)", "Take the files out of it and attach them one by one."),
)
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|svg|script|head|body|iframe)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(rb"\A[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n")


def check_file(content: bytes, name: str) -> FileType:
    """The accepted type that `content` is. Raises NotAccepted: empty, unknown, macros, or a name that says otherwise."""
    if not content:
        raise NotAccepted(f"“{name}” is empty. Open it on your computer to see what became of it.")
    found = _found(content, name)
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    if extension and extension not in found.extensions and not (found is EMAIL and extension == "txt"):
        raise NotAccepted(
            f"“{name}” ends in .{extension}, but its content is {found.words}. Find out where the file comes from; if it "
            f"can be trusted, save it with the ending .{found.extensions[0]} and attach it again."
        )
    return found


def _found(content: bytes, name: str) -> FileType:
    for file_type, is_one in _TESTS:
        if is_one(content):
            return file_type
    if content.startswith(b"PK\x03\x04"):
        return _office(content, name)
    if content.startswith(_OLE):
        if _OUTLOOK_MESSAGE in content:
            return OUTLOOK
        raise NotAccepted(
            f"“{name}” is a document of an Office before 2007, which can hold macros that nobody sees. "
            "Save it as .docx, .xlsx or PDF and attach that."
        )
    for position, sign, words, remedy in _KNOWN_OTHERS:
        if content[position : position + len(sign)] == sign:
            raise NotAccepted(f"“{name}” is {words}. {remedy}")
    if _MARKUP.search(content[: 4 * _HEAD]) and not _is_mail(content):
        raise NotAccepted(f"“{name}” is a web page or drawing that can hold a script. {_SAVE_AS_PDF}")
    if _is_text(content):
        return EMAIL if _is_mail(content) and not name.lower().endswith(".txt") else TEXT
    raise NotAccepted(f"“{name}” is not a kind of file that can be opened here. Attach {ACCEPTED_WORDS}.")


def _is_pdf(content: bytes) -> bool:
    # Readers accept some bytes before the sign; a file that is something else first is not a PDF.
    return content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


_TESTS: tuple[tuple[FileType, Callable[[bytes], bool]], ...] = (
    (PDF, _is_pdf),
    (PNG, _is_png),
    (JPEG, _is_jpeg),
)


def _office(content: bytes, name: str) -> FileType:
    """Word or Excel, told by the types that the package declares for its parts (ISO/IEC 29500-2)."""
    archive = NotAccepted(
        f"“{name}” is an archive (ZIP) or a kind of document that is not accepted. "
        "Take the files out of it and attach them one by one, or save it as PDF."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if len(names) > _MOST_PARTS or "[Content_Types].xml" not in names:
                raise archive
            if package.getinfo("[Content_Types].xml").file_size > _MOST_TYPES_BYTES:
                raise archive
            types = package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise NotAccepted(
            f"“{name}” is damaged: it begins like a Word or Excel file and cannot be read to the end. "
            "Save it again and attach the new copy."
        ) from error
    if any(sign in types for sign in _MACROS) or any("vbaproject" in part.lower() for part in names):
        raise NotAccepted(
            f"“{name}” holds macros, which run when somebody opens it. Save it as .docx, .xlsx or PDF without macros and "
            "attach that."
        )
    if _WORD in types and "word/document.xml" in names:
        return WORD
    if _EXCEL in types and "xl/workbook.xml" in names:
        return EXCEL
    raise archive


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Notes of older Windows programs; every other byte that is no letter there marks a binary file.
        try:
            words = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not any(ord(one) < 32 and one not in "\t\r\n\f\x1b" for one in words)


def _is_mail(content: bytes) -> bool:
    if not _MAIL_HEADER.match(content):
        return False
    headers = message_from_bytes(content[: 64 * _HEAD], policy=email_policy)
    return "from" in headers and ("date" in headers or "received" in headers or "message-id" in headers)

"""Small files of every kind, made here so that none is committed."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
MAIL = (
    b"From: Fern Dale <fern@otterbrook.example>\r\nDate: Mon, 2 Jun 2025 09:00:00 +0100\r\n"
    b"Subject: Advice\r\n\r\nSee below.\r\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OUTLOOK = OLE + "__properties_version1.0".encode("utf-16-le") + bytes(400)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le") + bytes(400)
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def png():
    """One white pixel."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def package(part, content_type, others=()):
    """A ZIP that declares one main part, as Word and Excel do."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        types = f'<Types><Override PartName="/{part}" ContentType="{content_type}"/></Types>'
        made.writestr("[Content_Types].xml", types)
        made.writestr(part, "<x/>")
        for name in others:
            made.writestr(name, "x")
    return target.getvalue()


def word():
    """The least that is told to be a Word document."""
    return package("word/document.xml", WORD_TYPE)


def excel():
    """The least that is told to be a workbook."""
    return package("xl/workbook.xml", EXCEL_TYPE)


def archive():
    """A plain ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("secret.exe", b"MZ")
    return target.getvalue()

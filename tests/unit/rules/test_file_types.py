"""What a file is comes from its content; a name that says otherwise is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.file_names import MOST, clean_name, title_from
from casework.rules.file_types import ACCEPTED, NotAccepted, check_file
from tests.casework import files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD = {
    "report.pdf": (files.PDF, "application/pdf"),
    "REPORT.PDF": (files.PDF, "application/pdf"),
    "no ending": (files.PDF, "application/pdf"),
    "photo.png": (files.png(), "image/png"),
    "photo.jpg": (files.JPEG, "image/jpeg"),
    "photo.jpeg": (files.JPEG, "image/jpeg"),
    "letter.docx": (files.word(), WORD),
    "costs.xlsx": (files.excel(), EXCEL),
    "note.txt": ("Rowan’s view: £5 — fine".encode(), "text/plain"),
    "old note.txt": ("Rowan’s view".encode("cp1252"), "text/plain"),
    "colon.txt": (b"Note: a line\nFrom: here\n", "text/plain"),
    "mail.eml": (files.MAIL, "message/rfc822"),
    "mail.txt": (files.MAIL, "text/plain"),
    "mail.msg": (files.OUTLOOK, "application/vnd.ms-outlook"),
}
BAD = [
    ("empty.pdf", b"", "is empty"),
    ("report.pdf", b"MZ\x90\x00" + bytes(60), "is a Windows program"),
    ("script.txt", b"#!/bin/sh\nrm", "is a script"),
    ("photo.jpg", files.PDF, "ends in .jpg, but its content is a PDF"),
    ("photo.png", files.JPEG, "ends in .png, but its content is a JPEG picture"),
    ("report.docx", files.PDF, "ends in .docx, but its content is a PDF"),
    ("report.pdf.exe", files.PDF, "ends in .exe, but its content is a PDF"),
    ("letter.pdf", files.word(), "ends in .pdf, but its content is a Word document"),
    ("costs.docx", files.excel(), "ends in .docx, but its content is an Excel workbook"),
    ("page.txt", b"<!DOCTYPE html><html><script>alert(1)</script>", "can hold a script"),
    ("drawing.svg", b'<?xml version="1.0"?><svg onload="x()"/>', "can hold a script"),
    ("macros.docx", files.package("word/document.xml", files.MACRO_TYPE), "holds macros"),
    (
        "hidden.docx",
        files.package("word/document.xml", files.WORD_TYPE, ["word/vbaProject.bin"]),
        "holds macros",
    ),
    ("files.zip", files.archive(), "is an archive (ZIP)"),
    ("broken.docx", files.word()[:-30], "is damaged"),
    ("old.doc", files.OLD_WORD, "an Office before 2007"),
    ("telephone.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC photograph"),
    ("telephone.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC photograph"),
    ("film.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(20), "a film"),
    ("rich.doc", b"{\\rtf1 hello}", "rich text"),
    ("noise.txt", b"\x01\x02\x03 noise", "not a kind of file"),
]


@pytest.mark.parametrize("name", GOOD)
def test_an_accepted_file_is_told_by_its_content(name):
    content, content_type = GOOD[name]
    assert check_file(content, name).content_type == content_type


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[f"{one[0]}: {one[2]}" for one in BAD])
def test_any_other_is_refused_with_what_it_is_and_what_to_do(name, content, words):
    with pytest.raises(NotAccepted) as refusal:
        check_file(content, name)
    assert words in refusal.value.words
    assert f"“{name}”" in refusal.value.words
    assert refusal.value.words.endswith(".")


@given(st.binary(max_size=400))
def test_any_bytes_are_accepted_or_refused_in_words(content):
    try:
        found = check_file(content, "unknown")
    except NotAccepted as refusal:
        words = refusal.words
    else:
        words = "An accepted file." if found in ACCEPTED else ""
    assert words.endswith(".")


@given(
    st.sampled_from([name for name in GOOD if "." in name and "mail" not in name and "txt" not in name]),
    st.from_regex(r"[a-z]{1,5}", fullmatch=True),
)
def test_a_false_extension_is_always_refused(name, extension):
    content, _ = GOOD[name]
    if extension in check_file(content, name).extensions:
        return
    with pytest.raises(NotAccepted, match="but its content is"):
        check_file(content, f"file.{extension}")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("D:\\scans\\report.pdf", "report.pdf"),
        ("exe.\u202efdp.pdf", "exe.fdp.pdf"),
        ('a<b>:"c|d?.pdf', "a b c d.pdf"),
        ("  spaced   out .pdf", "spaced out.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("line\nbreak.pdf", "linebreak.pdf"),
        ("a." + "y" * 200, "a." + "y" * (MOST - 6) + ".pdf"),
        ("x" * 300 + ".pdf", "x" * (MOST - 4) + ".pdf"),
    ],
)
def test_names_are_cleaned(name, kept):
    assert clean_name(name, extension="pdf") == kept


@given(st.text(max_size=300))
def test_a_cleaned_name_is_always_safe(name):
    kept = clean_name(name, extension="pdf")
    assert 0 < len(kept) <= MOST
    assert not set(kept) & set('<>:"/\\|?*\r\n\x00')
    assert not kept.startswith(".")


def test_a_title_is_made_from_the_name():
    assert title_from("ep_report-final.pdf") == "ep report final"
    assert title_from("---.pdf") == "---.pdf"

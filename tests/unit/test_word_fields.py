"""Merge fields in Word documents: found however Word cuts them up, filled in whole, and nothing that acts by itself."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.word.build import build_document
from casework.word.fields import Unfilled, fill_in, read_template, words_of
from casework.word.package import NotReadable

BODY = "word/document.xml"


def document(*runs):
    made = Document()
    paragraph = made.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    return saved(made)


def saved(made):
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def changed(content, part, old, new):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            data = source.read(entry)
            made.writestr(entry.filename, data.replace(old, new) if entry.filename == part else data)
    return target.getvalue()


def with_field(code, *, simple=False):
    made = Document()
    paragraph = made.add_paragraph("x")
    if simple:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)
        return saved(made)
    for kind in ("begin", code, "end"):
        run = paragraph.add_run()
        if kind == code:
            element = OxmlElement("w:instrText")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    return saved(made)


def test_a_field_is_found_however_the_text_is_cut():
    for runs in (
        ["Dear {{child_name}},"],
        ["Dear {", "{child", "_name }", "},"],
        ["Dear {{", " child_name", "}}", ","],
    ):
        content = document(*runs)
        assert read_template(content).fields == ("child_name",)
        assert words_of(fill_in(content, {"child_name": "Rowan Heath"})).strip() == "Dear Rowan Heath,"


def test_fields_in_tables_headers_and_twice_in_a_line_are_filled():
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{{reference}}"
    made.add_table(1, 1).cell(0, 0).text = "{{child_name}} and {{child_name}}, {{reference}}"
    content = saved(made)
    assert set(read_template(content).fields) == {"reference", "child_name"}
    words = words_of(fill_in(content, {"reference": "EHC-1", "child_name": "Rowan"}))
    assert "Rowan and Rowan, EHC-1" in words
    assert words.count("EHC-1") == 2


def test_lines_of_a_value_stay_lines_and_what_xml_forbids_is_left_out():
    content = fill_in(document("A {{reasons}} Z"), {"reasons": "one\r\ntwo\n\nfour & <five>\x0b\x00"})
    assert words_of(content).strip() == "A one\ntwo\n\nfour & <five> Z"


def test_a_value_is_text_and_never_a_field():
    content = fill_in(document("{{a}}{{b}}"), {"a": "{{b}}", "b": "x"})
    assert words_of(content).strip() == "{{b}}x"


def test_a_field_without_value_makes_no_letter():
    with pytest.raises(Unfilled) as unfilled:
        fill_in(document("{{a}} {{b}} {{c}}"), {"b": "x"})
    assert unfilled.value.names == ["a", "c"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            document("Dear {{child name}}"),
            "A pair of braces does not hold the name of one field, near “Dear {{child name}}”."),
        (document("Dear {{child_name"), "does not hold the name of one field"),
        (document("{% if x %}{{x.y}}"), "does not hold the name of one field"),
        (with_field(" MERGEFIELD child_name "), "Word’s own merge field “child_name”. Type {{child_name}} in its place."),
        (with_field(" DATE \\@ dd "), "Word’s field DATE, which changes by itself. Type {{letter_date}} in its place."),
        (with_field("INCLUDETEXT c:x", simple=True), "Word’s field INCLUDETEXT, which can change or fetch text."),
        (with_field("DDEAUTO x"), "Word’s field DDEAUTO"),
        (changed(document("x"), BODY, b"<w:r>", b'<w:ins w:id="1"><w:r/></w:ins><w:r>'), "It has tracked changes."),
        (changed(document("x"), BODY, b"<w:t>", b'<w:commentReference w:id="1"/><w:t>'), "It has comments."),
        (changed(document("x"), BODY, b"<w:t>", b"<w:object/><w:t>"), "another file or a control inside it"),
        (
            changed(
                document("x"), "word/_rels/document.xml.rels", b"</Relationships>",
                b'<Relationship Id="z" Type="http://x/attachedTemplate" Target="http://x/y" TargetMode="External"/>'
                b"</Relationships>",
            ),
            "fetches something from outside",
        ),
    ],
)  # fmt: skip
def test_what_makes_a_template_unfit_is_said(content, fault):
    faults = read_template(content).faults
    assert any(fault in one for one in faults), faults


def test_harmless_fields_of_word_are_allowed():
    assert read_template(with_field(" PAGE ")).faults == ()


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        document("x")[:-40],
        changed(document("x"), BODY, b"<w:body>", b"<w:body"),
        changed(document("x"), BODY, b"<w:document", b'<!DOCTYPE d [<!ENTITY a "b">]><w:document'),
    ],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(NotReadable):
        read_template(content)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(["{{a}}", "{{ b }}", "x", " ", "y{"]), max_size=8),
    st.lists(st.integers(1, 6), max_size=12),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_no_field_is_left_wherever_the_text_is_cut(parts, cuts, first, second):
    words = "".join(parts)
    runs, rest = [], words
    for cut in cuts:
        runs.append(rest[:cut])
        rest = rest[cut:]
    content = document(*runs, rest)
    names = read_template(content).fields
    assert set(names) == {name for name in "ab" if f"{{{{{name}}}}}" in words.replace(" ", "")}
    plain = {"a": first.replace("{", "").replace("}", ""), "b": second.replace("{", "").replace("}", "")}
    assert "{{" not in words_of(fill_in(content, plain)).replace("y{", "")


def test_a_built_document_can_be_read():
    content = build_document(["# About {{child_name}}", "- one", "{{letter_date}}"], title="T", author="A")
    assert read_template(content) == read_template(content)
    assert read_template(content).fields == ("child_name", "letter_date")

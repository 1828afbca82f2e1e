"""Makes a Word document from plain lines, for the templates that come with Waymark."""

import io
from collections.abc import Sequence

from docx import Document
from docx.shared import Cm, Pt


def build_document(lines: Sequence[str], *, title: str, author: str) -> bytes:
    """A letter on A4 in a plain readable face. "# " begins a heading, "- " a line of a list, "" a new paragraph."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(12)
    style.paragraph_format.space_after = Pt(8)
    for name, size in (("Heading 1", 14), ("Heading 2", 12)):
        heading = document.styles[name]
        heading.font.name, heading.font.size, heading.font.bold = "Arial", Pt(size), True
        heading.font.color.rgb = None
    for line in lines:
        if line.startswith("# "):
            document.add_heading(line[2:], level=1)
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_paragraph(line)
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()

"""When a file as a whole cannot be trusted. Nothing of it is used; the message says what to do."""

from lxml import etree


class ReturnRefused(Exception):
    """The file is refused. `line` is where, when a line is to blame."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return f"{self.message} (line {self.line})" if self.line else self.message


_MAKE_AGAIN = "Make the file again from the system that wrote it."

# What the parser says -> what it means for the person who brought the file.
_PARSER_MESSAGES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "huge text node",
            "xmlSAX2Characters",
            "Huge",
            "huge",
            "Buffer size limit",
            "too long",
            "Resource limit",
        ),
        "One value in the file is far longer than any value of a return can be, so the file is not trusted.",
    ),
    (
        (
            "not proper UTF-8",
            "encoding",
            "Encoding",
            "invalid multibyte",
            "Invalid bytes",
            "Char 0x",
            "PCDATA invalid",
        ),
        "The file is not in the encoding it says it is in. Save it as UTF-8 and keep the first line as it is.",
    ),
    (
        ("Entity", "entity", "DTD", "DOCTYPE"),
        "The file uses an entity. Returns need none, and entities can be used to read other files, so it is refused.",
    ),
    (
        (
            "Premature end",
            "EndTag: '</' not found",
            "Extra content",
            "not closed",
            "end of data",
            "Couldn't find end",
        ),
        "The file stops before its end, or goes on after it. It was cut short when it was saved or sent.",
    ),
    (
        ("Start tag expected", "Document is empty", "no element found"),
        "This is not an XML file. A SEN2 return ends in .xml and begins with <Message>.",
    ),
)


def of_parser(error: etree.XMLSyntaxError, *, anything_read: bool) -> ReturnRefused:
    """The refusal for what the XML parser could not read."""
    said = error.msg or ""
    line = error.lineno or 0
    if not anything_read and ("Start tag expected" in said or "Document is empty" in said):
        return ReturnRefused(_PARSER_MESSAGES[-1][1], line=line)
    for signs, message in _PARSER_MESSAGES:
        if any(sign in said for sign in signs):
            advice = "" if "Save it" in message else f" {_MAKE_AGAIN}"
            return ReturnRefused(f"{message}{advice}", line=line)
    return ReturnRefused(f"The XML of the file is broken: {said}. {_MAKE_AGAIN}", line=line)


def empty() -> ReturnRefused:
    """A file without a byte in it."""
    return ReturnRefused(f"The file is empty. {_MAKE_AGAIN}")


def has_doctype() -> ReturnRefused:
    """A document type declaration, whatever is in it."""
    return ReturnRefused(
        "The file has a document type declaration (<!DOCTYPE ...>). Returns have none, and it can be used to read "
        "other files, so the file is refused. Make the file again without it."
    )


def wrong_root(tag: str) -> ReturnRefused:
    """XML, but not a return."""
    return ReturnRefused(
        f"This is XML but not a SEN2 return: it begins with <{tag[:40]}> and a return begins with <Message>. "
        "Choose the file that was, or would be, loaded to COLLECT."
    )


def wrong_collection(name: str) -> ReturnRefused:
    """A return of another collection."""
    return ReturnRefused(f"This is a return of the collection “{name[:40]}”. Choose the SEN2 return.")


def no_header() -> ReturnRefused:
    """No header before the persons."""
    return ReturnRefused(
        f"The file has no <Header> before <Persons>, so nobody can say which return it is. {_MAKE_AGAIN}"
    )


def unknown_year(year: str, readable: list[int]) -> ReturnRefused:
    """A year whose form is not known."""
    years = f"{readable[0]} to {readable[-1]}"
    given = f"“{year[:20]}”" if year else "no year"
    return ReturnRefused(f"The file gives {given} as its return year. Waymark reads the returns of {years}.")


def other_authority(found: str, ours: str) -> ReturnRefused:
    """A return of another authority."""
    given = f"number {found[:10]}" if found else "no number"
    return ReturnRefused(
        f"The file gives {given} as the authority (LEA). This Waymark belongs to authority {ours}. "
        "Choose your own authority's return."
    )


def no_persons() -> ReturnRefused:
    """A return of nobody."""
    return ReturnRefused(f"There is no <Person> in the file. {_MAKE_AGAIN}")


def person_too_large(line: int) -> ReturnRefused:
    """One person larger than any person can be."""
    return ReturnRefused(
        "One person of the file, or one value in it, is larger than 4 MB, far longer than any of a return can be, so "
        "the file is not trusted. "
        f"{_MAKE_AGAIN}",
        line=line,
    )

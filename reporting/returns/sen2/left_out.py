"""The persons with errors as a return of their own: same form, same header, so that it can be mended and brought in."""

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from reporting.returns.sen2.reader import ReturnReader


def left_out_path(path: Path) -> Path:
    """Where the file goes: beside the input, as `<name>.left-out.xml`."""
    return path.with_name(f"{path.stem}.left-out.xml")


def write_left_out(path: Path, positions: Sequence[int], target: Path, *, la_code: str) -> int:
    """Copy the header and the persons at `positions` (ascending) from `path` to `target`, one at a time; how many."""
    wanted = iter(positions)
    following = next(wanted, None)
    written = 0
    draft = target.with_name(f"{target.name}.part")
    with draft.open("wb") as out:
        out.write(
            b'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  ' + _header(path) + b"\n  <Persons>\n"
        )
        persons = ReturnReader(path, la_code=la_code).persons()
        for person in persons:
            if person.position == following:
                out.write(b"    " + _plain(person.node.element) + b"\n")
                written += 1
                following = next(wanted, None)
                if following is None:
                    persons.close()
        out.write(b"  </Persons>\n</Message>\n")
    draft.replace(target)
    return written


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        events = etree.iterparse(
            file, events=("end",), tag="{*}Header", resolve_entities=False, load_dtd=False, no_network=True
        )
        for _, element in events:
            return _plain(element)
    return b"<Header/>"


def _plain(element: etree._Element) -> bytes:
    """The element without a namespace, and without the white space after it."""
    for each in element.iter():
        each.tag = str(each.tag).rpartition("}")[2]
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="utf-8", with_tail=False)

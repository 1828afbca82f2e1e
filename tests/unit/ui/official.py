"""The examples GOV.UK Frontend publishes with each component, and a way to compare HTML that ignores spelling."""

import json
import re
from collections.abc import Callable
from typing import Any

import lxml.html
from django.conf import settings

COMPONENTS = settings.BASE_DIR / "node_modules/govuk-frontend/dist/govuk/components"
Options = dict[str, Any]


class BeyondOurs(Exception):
    """The example uses an option our component does not have."""


class Taker:
    """Takes options out of an example; whatever is left over in the end is beyond our component."""

    def __init__(self, options: Options | None) -> None:
        if options is not None and not isinstance(options, dict):
            raise BeyondOurs("a part left out")
        self.left = dict(options or {})

    def take(self, name: str, default: Any = None) -> Any:
        return self.left.pop(name, default)

    def text(self, name: str, default: str = "") -> str:
        """A value the official component writes as {"text": ...}."""
        value = self.left.pop(name, None)
        if value is None:
            return default
        inner = Taker(value)
        text = inner.take("text", "")
        inner.finish()
        return text

    def finish(self) -> None:
        if self.left:
            raise BeyondOurs(", ".join(self.left))


def examples(component: str) -> list[dict[str, Any]]:
    """Every example of a component: name, options, html."""
    return json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]


def expressible(component: str, draw: Callable[[Options], str]) -> list[tuple[str, str, str]]:
    """Name, our HTML and the official HTML of each example that our component can express."""
    found = []
    for example in examples(component):
        try:
            ours = draw(example["options"])
        except BeyondOurs:
            continue
        found.append((example["name"], ours, example["html"]))
    return found


def shape(html: str) -> list[Any]:
    """Tags, attributes and text of a piece of HTML, without the spelling of either."""
    return [
        _shape(node)
        for node in lxml.html.fragments_fromstring(html)
        if not isinstance(node, str) or node.strip()
    ]


def _shape(node: Any) -> Any:
    if isinstance(node, str):
        return _words(node)
    children = [_words(node.text or "")]
    for child in node:
        children += [_shape(child), _words(child.tail or "")]
    return (node.tag, _attributes(node), [child for child in children if child])


def _attributes(node: Any) -> dict[str, Any]:
    attributes = dict(node.attrib)
    # Classes of our own style sheet come on top of the official ones.
    classes = [name for name in attributes.pop("class", "").split() if not name.startswith("wm-")]
    return attributes | ({"class": sorted(classes)} if classes else {})


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

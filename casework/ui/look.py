"""How a form field looks: the options of the GOV.UK components that Django's fields have no word for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Look:
    """Options of one field's component. Empty means the component's own default."""

    label_size: str = ""  # "s", "m", "l" or "xl"
    page_heading: bool = False  # the label or legend is the page's h1
    label_hidden: bool = False  # read aloud, not shown: only where the page shows the words otherwise
    width: str = ""  # "2", "3", "4", "5", "10", "20" characters, or "one-half", "two-thirds"
    prefix: str = ""
    suffix: str = ""
    rows: int = 5
    count: bool = False  # say how many characters are left of max_length
    count_words: int | None = None
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)  # choice value -> hint under that choice
    dividers: Mapping[str, str] = field(default_factory=dict)  # choice value -> word before it, usually "or"
    reveals: Mapping[str, str] = field(default_factory=dict)  # choice value -> name of the field it reveals
    exclusive: str = ""  # checkbox value that clears the others, as in "None of these"
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool | None = None
    classes: str = ""

    @classmethod
    def take_from(cls, options: dict[str, Any]) -> "Look":
        """Take the options that are ours out of a field's keyword arguments."""
        return cls(**{f.name: options.pop(f.name) for f in fields(cls) if f.name in options})

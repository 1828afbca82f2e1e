"""Names written one way, so that the same person is found however the name was typed.

For matching and searching only: what a family writes is kept and shown as they write it.
"""

import unicodedata

_LETTERS_WITHOUT_PARTS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
)


def matching_name(raw: str) -> str:
    """The name in lower case without accents, apostrophes or other marks; hyphens and spaces become one space.

    "Zoë O’Brien-Smith" and "ZOE OBRIEN SMITH" give the same. Letters of other scripts stay.
    """
    # Decomposing can bring back capitals (styled letters, "™"), and folding can compose: so both, twice.
    folded = raw
    for _ in range(2):
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
    folded = folded.translate(_LETTERS_WITHOUT_PARTS)
    signs = []
    for sign in folded:
        if sign.isalnum():
            signs.append(sign)
        elif sign.isspace() or unicodedata.category(sign) == "Pd":
            signs.append(" ")
    return " ".join("".join(signs).split())


def same_name(one: str, other: str) -> bool:
    """Whether two names match once written one way. Two empty names are not the same person."""
    normal = matching_name(one)
    return bool(normal) and normal == matching_name(other)

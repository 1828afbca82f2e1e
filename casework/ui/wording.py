"""Sentences of the GOV.UK error pattern, made from what a field asks for."""

import re

_BEGINS_WITH_ARTICLE = re.compile(
    r"^(the|a|an|your|their|how|why|what|when|where|who|whom|which|whether|if)\b", re.I
)


def lower_first(text: str) -> str:
    """Lower the first letter, unless the word is an abbreviation ("EHC plan" stays)."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Raise the first letter and leave the rest."""
    return text[:1].upper() + text[1:]


def subject_of(label: str, subject: str) -> str:
    """What the field asks for, as words inside a sentence; "" when the label is a question and nothing else is said."""
    if subject:
        return lower_first(subject)
    label = label.strip()
    return "" if label.endswith("?") else lower_first(label.rstrip(":"))


def required_message(verb: str, subject: str, fallback: str) -> str:
    """ "Enter the surname", "Select who asked for the assessment"; `fallback` when there is no subject."""
    if not subject:
        return f"{verb} {fallback}"
    if verb == "Enter" and not _BEGINS_WITH_ARTICLE.match(subject):
        return f"{verb} the {subject}"
    return f"{verb} {subject}"


def statement_subject(subject: str, fallback: str) -> str:
    """The subject at the start of "... must be a real date"."""
    return upper_first(subject or fallback)

"""Letter templates and invented addresses for them."""

from casework.services import letter_templates

_WORDS = {
    "team_address": "SEND team, 1 Market Hall, Fernford, ZZ1 1AA\nTelephone 01632 960100",
    "sendiass": "Fernshire SENDIASS, 01632 960111, help@sendiass.fernshire.example, sendiass.fernshire.example",
    "mediation_adviser": "Mediation in Fernshire, 01632 960122, advice@mediation.fernshire.example",
    "disagreement_resolution": "Fernshire Disagreement Resolution, 01632 960133, talk@resolution.fernshire.example",
    "tribunal": "SEND Tribunal (the address of a demonstration), 01632 960144, send@tribunal.example",
    "local_offer": "localoffer.fernshire.example",
}


def make_letters() -> None:
    """The templates that come with Waymark, and the words of every letter."""
    letter_templates.install_starters(by=None, author="Fernshire")
    letter_templates.set_words(words=_WORDS, by=None)

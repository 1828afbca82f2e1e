"""Right person, right letter: what stops a letter before it is made. Facts of one day in, stops out.

Sources: Children and Families Act 2014 ss. 80 and 83(2) and SEND Regulations 2014 reg 64 (who decides; see
`casework.rules.contacting`), UK GDPR Article 5(1)(d) and (f) (accurate, and kept from those it is not meant for).
"""

from dataclasses import dataclass

from casework.rules.letter_kinds import Goes, LetterKind


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason why the letter is not made, and what to do."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class LetterToCheck:
    """What is about to go to whom. `because` says in words why the recipient may or may not be written to."""

    kind: LetterKind
    child: str
    recipient: str
    is_body: bool = False
    of_this_child: bool = True
    may_write: bool = True
    decides: bool = True
    agreed_to_copies: bool = False
    because: str = ""
    deciders: tuple[str, ...] = ()
    has_address: bool = True
    address_withheld: bool = False
    may_read_withheld: bool = True
    may_learn_address: bool = True
    tells_place: tuple[str, ...] = ()
    case_of_this_child: bool = True
    case_fits: bool = True
    decision_fits: bool = True
    missing: tuple[str, ...] = ()
    missing_standing: tuple[str, ...] = ()
    other_child: str = ""
    died: bool = False


def stops(facts: LetterToCheck) -> list[Stop]:
    """Everything that stops the letter, the most dangerous first. Nothing here can be waved through."""
    # Where the child or the person is wrong, the address does not matter; asking for it would be the next mistake.
    found = _wrong_child(facts) or _wrong_person(facts) or _wrong_place(facts)
    return [*found, *_wrong_letter(facts)]


def _wrong_child(facts: LetterToCheck) -> list[Stop]:
    found = []
    if not facts.of_this_child:
        found.append(
            Stop(
                f"{facts.recipient} is not recorded as a contact of {facts.child} today.",
                "Check that you are on the right child’s record. If they belong here, add them under People first.",
            )
        )
    if not facts.case_of_this_child:
        found.append(
            Stop(
                f"The case belongs to another child, not to {facts.child}.",
                "Begin the letter again from the record of the child it is about.",
            )
        )
    if facts.other_child:
        found.append(
            Stop(
                f"The words of this letter name {facts.other_child}, another child of these people, and not {facts.child}.",
                "Read the reasons and what you have typed. Take the other child out, or begin on that child’s record.",
            )
        )
    return found


def _wrong_person(facts: LetterToCheck) -> list[Stop]:
    if facts.is_body:
        if facts.kind.facts.goes is not Goes.DECIDER:
            return []
        return [
            Stop(
                f"This letter goes to the family, and {facts.recipient} is somebody else.",
                _instead(facts),
            )
        ]
    if not facts.may_write:
        return [Stop(f"{facts.recipient} may not be written to: {_lower(facts.because)}.", _instead(facts))]
    if facts.kind.facts.goes is Goes.BODY:
        return [
            Stop(
                f"This letter asks a setting or a service, and {facts.recipient} is a person around the child.",
                "Choose “Somebody else” and enter the setting or service, or choose another letter.",
            )
        ]
    if facts.kind.facts.goes is Goes.DECIDER and not (facts.decides or facts.agreed_to_copies):
        return [
            Stop(
                f"This letter goes to whoever decides about the plan, and {facts.recipient} does not: "
                f"{_lower(facts.because)}.",
                _instead(facts),
            )
        ]
    return []


def _wrong_place(facts: LetterToCheck) -> list[Stop]:
    found = []
    if not facts.has_address:
        found.append(
            Stop(
                f"No address is recorded for {facts.recipient} today.",
                "Ask for it and record it under People. A letter that is handed over needs one too: it says who it is for.",
            )
        )
    if facts.address_withheld and not facts.may_read_withheld:
        found.append(
            Stop(
                f"The address of {facts.recipient} is withheld, and you are not among those who may read it.",
                "Ask the child’s worker or a manager to make this letter.",
            )
        )
    if not facts.may_learn_address and facts.tells_place:
        named = ", ".join(facts.tells_place)
        found.append(
            Stop(
                f"{facts.recipient} must not learn where the child lives or learns, and this letter says: {named}.",
                "Write it on a template without that, or ask a manager.",
            )
        )
    return found


def _wrong_letter(facts: LetterToCheck) -> list[Stop]:
    found = []
    if facts.died:
        found.append(
            Stop(
                f"{facts.child} has died.",
                "Do not send a standard letter. Speak to your manager and write by hand.",
            )
        )
    if not facts.case_fits:
        found.append(
            Stop(
                f"“{facts.kind.facts.words}” does not belong to this kind of case.",
                "Choose the case it is about, or another letter.",
            )
        )
    if not facts.decision_fits:
        found.append(
            Stop(
                f"“{facts.kind.facts.words}” says something else than the decision that is recorded, or none is recorded.",
                "Record the decision first, or choose the letter of the decision that was made.",
            )
        )
    if facts.missing:
        found.append(
            Stop(
                f"The record does not say: {', '.join(facts.missing)}.",
                "Record it first: the letter would have a gap there.",
            )
        )
    if facts.missing_standing:
        found.append(
            Stop(
                f"The words for every letter lack: {', '.join(facts.missing_standing)}.",
                "A manager enters them under Letters, “Words in every letter”.",
            )
        )
    return found


def _instead(facts: LetterToCheck) -> str:
    if facts.deciders:
        return f"Write to {' or '.join(facts.deciders)}. If this is wrong, correct it under People, with the evidence."
    return "Nobody is recorded who decides and may be written to. Record them under People, or speak to your manager."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]

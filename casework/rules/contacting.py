"""Who decides about a child's plan, and who may be written to.

Plain rules over facts of one day. Sources: Children and Families Act 2014 ss. 80 and 83(2) (a young person is over
compulsory school age and under 25; rights pass to them), Education Act 1996 s. 8 (when that age ends), SEND Regulations
2014 reg 64 (a representative, or the parent where there is none, in place of a young person who lacks capacity),
Mental Capacity Act 2005 s. 1 (capacity is presumed), Children Act 1989 s. 3 (parental responsibility).
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.calendar import compulsory_school_age_ends

NO_CONTACT, LETTERS_ONLY, SUPERVISED, NO_ADDRESS = "no_contact", "letters_only", "supervised", "no_address"
SELF, REPRESENTATIVE = "self", "representative"
# Parents in the law's sense without an order: Children and Families Act 2014 s. 83(2), Education Act 1996 s. 576.
CARES_FOR = {
    "mother", "father", "parent", "step_parent", "grandparent", "guardian", "foster_carer", "other_carer", "relative",
}  # fmt: skip
# People who act beside the family and are written to about their part, not as the family.
PROFESSIONAL = {"social_worker", "advocate"}


class DecidedBy(StrEnum):
    """Whose rights under Part 3 of the Act are exercised on a day."""

    PARENT = "parent"
    YOUNG_PERSON = "young_person"
    REPRESENTATIVE = "representative"
    PARENT_IN_PLACE = "parent_in_place"


def decided_by(
    date_of_birth: datetime.date, on: datetime.date, *, lacks_capacity: bool, has_representative: bool
) -> DecidedBy:
    """Who decides on a day: the parent to the end of compulsory school age, the young person from the day after."""
    if on <= compulsory_school_age_ends(date_of_birth):
        return DecidedBy.PARENT
    if not lacks_capacity:
        return DecidedBy.YOUNG_PERSON
    return DecidedBy.REPRESENTATIVE if has_representative else DecidedBy.PARENT_IN_PLACE


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is known of one contact on a day. `limits` are those in force then."""

    relationship: str
    has_responsibility: bool
    lives_with_child: bool
    limits: Collection[str] = ()
    young_person_agreed: bool = False
    is_representative: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody may be written to about the child, as what, and why not or on what terms, in sentences."""

    may_write: bool
    decides: bool
    because: str
    terms: tuple[str, ...] = ()


_TERMS = {
    LETTERS_ONLY: "By letter only: do not call or send messages.",
    SUPERVISED: "Only through the worker named in the restriction.",
    NO_ADDRESS: "Must not learn where the child lives or learns: take the address and setting out of what you send.",
}


def standing(facts: ContactFacts, decider: DecidedBy) -> Standing:
    """Whether this contact may be written to on the day, given who decides then.

    A restriction is stronger than any right to be told: whoever wants to write all the same asks a manager first.
    """
    decides = _decides(facts, decider)
    if NO_CONTACT in facts.limits:
        return Standing(False, decides, "No contact is allowed")
    terms = tuple(words for limit, words in _TERMS.items() if limit in facts.limits)
    if decides:
        return Standing(True, True, _DECIDES[decider], terms)
    may, because = _beside(facts, decider)
    return Standing(may, False, because, terms if may else ())


_DECIDES = {
    DecidedBy.PARENT: "Decides as parent",
    DecidedBy.YOUNG_PERSON: "Decides, being over compulsory school age",
    DecidedBy.REPRESENTATIVE: "Decides as representative",
    DecidedBy.PARENT_IN_PLACE: "Decides as parent, in place of a young person who lacks capacity",
}


def _decides(facts: ContactFacts, decider: DecidedBy) -> bool:
    if decider is DecidedBy.YOUNG_PERSON:
        return facts.relationship == SELF
    if decider is DecidedBy.REPRESENTATIVE:
        return facts.is_representative
    return facts.has_responsibility or (facts.relationship in CARES_FOR and facts.lives_with_child)


def _beside(facts: ContactFacts, decider: DecidedBy) -> tuple[bool, str]:
    """Whether somebody who does not decide may be written to, and why."""
    if facts.relationship in PROFESSIONAL:
        return True, "Professional: about their own part"
    if facts.relationship == SELF:
        return True, "May be told; a parent or representative decides"
    if decider is DecidedBy.YOUNG_PERSON and facts.young_person_agreed:
        return True, "The young person agreed"
    if decider is DecidedBy.YOUNG_PERSON:
        return False, "The young person decides and has not agreed to this"
    if decider is DecidedBy.REPRESENTATIVE:
        return False, "The representative decides"
    return False, "Neither has parental responsibility nor lives with the child"

"""The merge fields a letter may have: what each stands for and where its words come from."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where the words of a field come from."""

    RECORD = "record"
    """What is recorded of the child, the case, the decision and the recipient."""
    STANDING = "standing"
    """The same in every letter of the authority; managers keep it."""
    ASKED = "asked"
    """Whoever writes the letter is asked."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `long` asks for several lines; `tells_place` may give away where the child lives or learns."""

    words: str
    source: Source
    hint: str = ""
    long: bool = False
    tells_place: bool = False


def _record(words: str, *, tells_place: bool = False) -> Field:
    return Field(words, Source.RECORD, tells_place=tells_place)


def _standing(words: str, hint: str) -> Field:
    return Field(words, Source.STANDING, hint, long=True)


def _asked(words: str, hint: str = "", *, long: bool = False, tells_place: bool = False) -> Field:
    return Field(words, Source.ASKED, hint, long, tells_place)


FIELDS: dict[str, Field] = {
    "letter_date": _record("Date of the letter"),
    "reference": _record("Reference of the case, such as EHC-0000123"),
    "child_name": _record("Name of the child or young person"),
    "child_first_name": _record("Name they are called by"),
    "child_birth_date": _record("Date of birth"),
    "recipient_name": _record("Name of whoever the letter goes to"),
    "recipient_salutation": _record("How the letter begins, such as Ms Thistle"),
    "recipient_address": _record("Address of whoever the letter goes to"),
    "officer_name": _record("Name of whoever writes the letter"),
    "officer_email": _record("E-mail address of whoever writes the letter"),
    "authority_name": _record("Name of the authority"),
    "request_received_date": _record("Day the request was received"),
    "decision_date": _record("Day of the decision"),
    "decision_test": _record("Part of the legal test that is not met"),
    "decision_evidence": _record("Evidence behind the decision"),
    "decision_reasons": _record("Reasons of the decision, as recorded"),
    "final_plan_due": _record("Last day for the final plan (20 weeks)"),
    "advice_due": _record("Last day for advice: six weeks from the date of the letter"),
    "reply_by": _record("Last of 15 days, beginning with the date of the letter"),
    "appeal_deadline": _record("Last day to appeal: two months from the date of the letter, moved out of the holidays"),
    "mediation_deadline": _record("Last day to contact the mediation adviser: two months from the date of the letter"),
    "team_address": _standing("Address and telephone number of the team", "Printed at the top of each letter"),
    "sendiass": _standing(
        "Information, advice and support service (SENDIASS)", "Name, telephone number, e-mail address and website"
    ),
    "mediation_adviser": _standing("Mediation adviser", "Name, telephone number and e-mail address (regulation 32)"),
    "disagreement_resolution": _standing(
        "Disagreement resolution service", "Name, telephone number and e-mail address (section 57)"
    ),
    "tribunal": _standing(
        "First-tier Tribunal (Special Educational Needs and Disability)", "Address, telephone number and e-mail address"
    ),
    "local_offer": _standing("Local offer", "Website"),
    "proposed_amendments": _asked(
        "Amendments that are proposed", "As in the notice: what is to change, in which section, and on what evidence",
        long=True,
    ),
    "cease_reasons": _asked("Reasons for ceasing", "In words the family will read", long=True),
    "cease_date": _asked("Day from which the plan is to cease", "Not before the time to appeal has ended"),
    "advice_wanted": _asked("Advice that is asked for", "Which questions, about which needs", long=True),
    "advice_asked_date": _asked("Day on which the advice was first asked for", "For example, 3 March 2026"),
    "advice_was_due": _asked("Day by which the advice was due", "For example, 14 April 2026"),
    "review_date": _asked("Day and time of the review meeting", "For example, 3 March 2026 at 2pm"),
    "review_place": _asked("Where the review meeting is held", tells_place=True),
    "setting_named": _asked("Setting, or type of setting, named in section I", tells_place=True),
}  # fmt: skip


def unknown(names: tuple[str, ...]) -> list[str]:
    """The names that are no field."""
    return [name for name in names if name not in FIELDS]


def of_source(names: tuple[str, ...], source: Source) -> list[str]:
    """The fields whose words come from `source`, in the order of the letter."""
    return [name for name in names if name in FIELDS and FIELDS[name].source is source]

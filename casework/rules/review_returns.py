"""The file in which a setting returns its reviews: its columns, and how one row is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

COLUMNS: dict[str, str] = {
    "case_reference": "The number on our letters, such as EHC-0001234. Or leave it empty and give UPN and date of birth.",
    "upn": "Unique pupil number.",
    "date_of_birth": "Day as DD/MM/YYYY or YYYY-MM-DD.",
    "surname": "To check that the row is about the right child; it may be left empty.",
    "meeting_held": "The day of the review meeting.",
    "notice_given": "The day the invitations went out. May be empty.",
    "advice_circulated": "The day the advice was sent round. May be empty.",
    "report_sent": "The day you sent the report. May be empty until it is sent.",
    "recommendation": "maintain, amend or cease. May be empty.",
    "comment": "Anything the authority should know. May be empty.",
}
"""Column names in the order of the template, and what belongs in each."""

RECOMMENDATIONS = ("maintain", "amend", "cease")
MOST_ROWS = 2000
_DAYS = ("meeting_held", "notice_given", "advice_circulated", "report_sent")
_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")


@dataclass(frozen=True, slots=True)
class ReturnedReview:
    """One row, read. `problems` say what cannot be understood and how to mend it."""

    reference: int | None = None
    upn: str = ""
    date_of_birth: date | None = None
    surname: str = ""
    days: dict[str, date] = field(default_factory=dict)
    recommendation: str = ""
    comment: str = ""
    problems: tuple[str, ...] = ()


def missing_columns(heads: list[str]) -> list[str]:
    """The columns a file lacks so badly that no row of it can be read."""
    lacking = [] if "meeting_held" in heads else ["meeting_held"]
    if "case_reference" not in heads and not {"upn", "date_of_birth"} <= set(heads):
        lacking.append("case_reference (or upn and date_of_birth)")
    return lacking


def tidy_head(text: str) -> str:
    """A column's name however it was typed: "Meeting held " is meeting_held."""
    return "_".join(text.strip().strip("\ufeff").lower().replace("-", " ").replace("_", " ").split())


def read_row(cells: Mapping[str, str]) -> ReturnedReview:
    """Read the cells of one row; nothing is looked up."""
    text = {name: _plain(cells.get(name, "")) for name in COLUMNS}
    problems: list[str] = []
    days: dict[str, date] = {}
    for name in _DAYS:
        if text[name] and (day := _day(text[name])) is not None:
            days[name] = day
        elif text[name]:
            problems.append(
                f"{name}: “{text[name]}” is not a day. Write it as DD/MM/YYYY, such as 12/03/2026."
            )
    if not text["meeting_held"]:
        problems.append(
            "meeting_held: enter the day of the meeting. Leave the row out if it was not held yet."
        )
    reference = _reference(text["case_reference"])
    if text["case_reference"] and reference is None:
        problems.append(
            f"case_reference: “{text['case_reference']}” is not one of our numbers. They look like EHC-0001234."
        )
    born = _day(text["date_of_birth"]) if text["date_of_birth"] else None
    if text["date_of_birth"] and born is None:
        problems.append(f"date_of_birth: “{text['date_of_birth']}” is not a day. Write it as DD/MM/YYYY.")
    if not text["case_reference"] and not (text["upn"] and text["date_of_birth"]):
        problems.append("Give the case reference, or both the UPN and the date of birth.")
    recommendation = text["recommendation"].lower()
    if recommendation and recommendation not in RECOMMENDATIONS:
        problems.append(
            f"recommendation: “{text['recommendation']}” is not known. Write maintain, amend or cease, or leave it empty."
        )
    return ReturnedReview(
        reference=reference,
        upn=text["upn"].upper(),
        date_of_birth=born,
        surname=text["surname"],
        days=days,
        recommendation=recommendation,
        comment=text["comment"],
        problems=tuple(problems),
    )


def _plain(text: str) -> str:
    """A cell without the apostrophe our own exports put before what looks like a formula."""
    return text.strip().removeprefix("'").strip()


def _reference(text: str) -> int | None:
    digits = text.upper().removeprefix("EHC").lstrip("- ").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def _day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None

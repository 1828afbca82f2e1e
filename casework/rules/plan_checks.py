"""What is missing from a plan, and which words are vague: a list for the writer, never a bar.

Provision must be "detailed and specific and should normally be quantified" (Code of Practice 9.69), provision must be
specified "for each and every need" in section B (the same), and each section must stand on its own (reg 12(1)).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.advice import AdviceBody
from casework.rules.plan_content import (
    BudgetWay,
    NeedRow,
    OutcomeRow,
    PlanContent,
    ProvisionRow,
    how_much,
)
from casework.rules.plan_sections import PROVISION_SECTIONS, WRITTEN, Section

_YEAR_9 = 9
VAGUE = (
    "access to", "opportunities for", "opportunities to", "opportunity to", "opportunity for", "as required", "as needed",
    "as necessary", "as appropriate", "where appropriate", "when appropriate", "when required", "where possible",
    "if possible", "regular", "regularly", "frequent", "frequently", "periodic", "periodically", "ongoing",
    "from time to time", "up to",
    "or equivalent", "may benefit", "would benefit from", "should benefit from", "a high level of", "some support",
    "adult support", "encouraged to",
)  # fmt: skip
"""Words that say no amount, no time or no certainty, as tribunals and families find them wanting."""
_VAGUE = re.compile(r"\b(" + "|".join(re.escape(words) for words in VAGUE) + r")\b", re.IGNORECASE)
_ADULTHOOD = re.compile(
    r"\b(adulthood|adult life|adult services|independen|employ|work experience|college|career|travel train)",
    re.IGNORECASE,
)


class Weight(StrEnum):
    """How much a finding matters."""

    MISSING = "missing"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to see to in a section. `row` names the row, "" for the section."""

    section: Section
    weight: Weight
    words: str
    row: str = ""


def vague_words(text: str) -> list[str]:
    """The vague words in a text as they stand there, each once, in order."""
    found: dict[str, str] = {}
    for match in _VAGUE.finditer(text):
        found.setdefault(match.group(0).lower(), match.group(0))
    return list(found.values())


def check(content: PlanContent, *, nc_year: int | None = None) -> list[Finding]:
    """What is missing or vague, in the order of the plan. `nc_year` is the child's expected year, for reg 12(3)."""
    findings: list[Finding] = []
    for section in WRITTEN:
        if content.is_empty(section):
            findings.append(Finding(section, Weight.MISSING, f"Section {section} is empty"))
            continue
        if section is Section.B:
            findings += _needs(content)
        elif section is Section.E:
            findings += _outcomes(content.outcomes)
        elif section in PROVISION_SECTIONS:
            findings += _provision(content, section)
        elif section is Section.J:
            findings += _budget(content)
        elif section is Section.K:
            findings += _advice(content)
    if (
        nc_year is not None
        and nc_year >= _YEAR_9
        and not _ADULTHOOD.search(" ".join(row.what for row in content.provision))
        and not any(_ADULTHOOD.search(content.words.get(section, "")) for section in PROVISION_SECTIONS)
    ):
        findings.append(Finding(
            Section.F, Weight.LOOK,
            "From year 9 the provision must help to prepare for adulthood and independent living (reg 12(3)); "
            "no provision mentions it",
        ))  # fmt: skip
    order = list(Section)
    return sorted(findings, key=lambda finding: order.index(finding.section))


def _needs(content: PlanContent) -> list[Finding]:
    findings = []
    if not content.needs:
        findings.append(
            Finding(Section.B, Weight.MISSING, "No need is listed, so none can be matched with provision")
        )
    met = {key for row in content.rows(Section.F) if isinstance(row, ProvisionRow) for key in row.needs}
    for number, row in enumerate(content.needs, start=1):
        name = f"Need {number}"
        if row.key not in met:
            findings.append(Finding(Section.B, Weight.MISSING, "No provision in section F meets it", name))
        if number == 1 and not row.kind:
            findings.append(
                Finding(Section.B, Weight.MISSING, "The main need has no type, which SEN2 asks for", name)
            )
    findings += _same_kind(content.needs)
    return findings


def _same_kind(needs: Sequence[NeedRow]) -> list[Finding]:
    first_two = [row.kind for row in needs[:2] if row.kind]
    if len(first_two) != len(set(first_two)):
        words = "Has the same type as the main need: SEN2 wants two different types"
        return [Finding(Section.B, Weight.MISSING, words, "Need 2")]
    return []


def _outcomes(rows: Sequence[OutcomeRow]) -> list[Finding]:
    if not rows:
        return [Finding(Section.E, Weight.MISSING, "No outcome is listed")]
    findings = []
    for number, row in enumerate(rows, start=1):
        name = f"Outcome {number}"
        if not row.by_when.strip():
            findings.append(Finding(Section.E, Weight.MISSING, "Does not say by when", name))
        if not row.steps.strip():
            findings.append(Finding(Section.E, Weight.LOOK, "Has no steps towards it", name))
        findings += _vague(Section.E, row.outcome, name)
    return findings


def _provision(content: PlanContent, section: Section) -> list[Finding]:
    rows = [row for row in content.rows(section) if isinstance(row, ProvisionRow)]
    findings = []
    if section is Section.F and not rows:
        findings.append(Finding(section, Weight.MISSING, "No provision is listed row by row"))
    keys = {row.key for row in content.needs} | {row.key for row in content.outcomes}
    for number, row in enumerate(rows, start=1):
        name = f"Provision {section}{number}"
        if not row.who.strip():
            findings.append(Finding(section, Weight.MISSING, "Does not say who provides it", name))
        if not how_much(row):
            findings.append(
                Finding(section, Weight.MISSING, "Is not quantified: how much and how often", name)
            )
        elif row.times is None or row.amount is None:
            missing = "how often" if row.times is None else "how much each time"
            findings.append(Finding(section, Weight.LOOK, f"Does not say {missing}", name))
        if section is Section.F and not keys.intersection((*row.needs, *row.outcomes)):
            findings.append(Finding(section, Weight.LOOK, "Is not matched with a need or an outcome", name))
        findings += _vague(section, f"{row.what} {row.how}", name)
    findings += _vague(section, content.words.get(section, ""), "")
    return findings


def _vague(section: Section, text: str, name: str) -> list[Finding]:
    found = vague_words(text)
    if not found:
        return []
    listed = ", ".join(f"“{words}”" for words in found)
    return [Finding(section, Weight.LOOK, f"Could be more exact than {listed}", name)]


def _budget(content: PlanContent) -> list[Finding]:
    return [
        Finding(Section.J, Weight.MISSING, "Gives no amount", f"Part {number}")
        for number, row in enumerate(content.budget, start=1)
        if row.amount is None and row.way == BudgetWay.DIRECT_PAYMENT
    ]


_ALWAYS = (
    AdviceBody.FAMILY,
    AdviceBody.EDUCATION,
    AdviceBody.HEALTH,
    AdviceBody.PSYCHOLOGY,
    AdviceBody.SOCIAL_CARE,
)


def _advice(content: PlanContent) -> list[Finding]:
    given = {row.source for row in content.advice}
    return [
        Finding(Section.K, Weight.LOOK, f"Nothing is listed from: {source.words.lower()} (reg 6(1))")
        for source in _ALWAYS
        if source not in given
    ]


def words_of(findings: Sequence[Finding]) -> str:
    """ "3 things missing, 2 to look at"; "nothing found"."""
    missing = sum(finding.weight is Weight.MISSING for finding in findings)
    look = len(findings) - missing
    parts = [f"{missing} thing{'' if missing == 1 else 's'} missing"] if missing else []
    parts += [f"{look} to look at"] if look else []
    return ", ".join(parts) or "nothing found"

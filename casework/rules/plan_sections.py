"""The sections of an EHC plan and what the law wants in each (SEND Regulations 2014 reg 12; Code of Practice 9.62, 9.69)."""

from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The letter a section must be identified by."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H1 = "H1"
    H2 = "H2"
    I = "I"  # noqa: E741 - the law's own letter
    J = "J"
    K = "K"


class Rows(StrEnum):
    """What kind of rows a section holds beside its words."""

    NEEDS = "needs"
    OUTCOMES = "outcomes"
    PROVISION = "provision"
    BUDGET = "budget"
    ADVICE = "advice"
    NONE = ""


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """One section: its title, what belongs in it, where that is said, and which rows it holds."""

    title: str
    guidance: str
    source: str
    rows: Rows = Rows.NONE


SECTIONS: dict[Section, SectionFacts] = {
    Section.A: SectionFacts(
        "Views, interests and aspirations",
        "What the child or young person and their parents say: history, play, health, schooling, independence, friends, "
        "further education and employment. If it is quoted or written by somebody for the child, say so.",
        "reg 12(1)(a)",
    ),
    Section.B: SectionFacts(
        "Special educational needs",
        "Every special educational need that the assessment identified, the main one first. Each need must be met by "
        "provision in section F.",
        "reg 12(1)(b)",
        Rows.NEEDS,
    ),
    Section.C: SectionFacts(
        "Health needs",
        "Health needs related to the special educational needs. Write “None identified” if there are none.",
        "reg 12(1)(c)",
    ),
    Section.D: SectionFacts(
        "Social care needs",
        "Social care needs related to the special educational needs or to a disability. Write “None identified” if there "
        "are none.",
        "reg 12(1)(d)",
    ),
    Section.E: SectionFacts(
        "Outcomes",
        "What the child or young person will be able to do, by when, and the steps towards it. An outcome is not a "
        "description of the service provided.",
        "reg 12(1)(e)",
        Rows.OUTCOMES,
    ),
    Section.F: SectionFacts(
        "Special educational provision",
        "Provision for each and every need in section B: detailed, specific and normally quantified. Say what, by whom "
        "with what expertise, how much and how often.",
        "reg 12(1)(f)",
        Rows.PROVISION,
    ),
    Section.G: SectionFacts(
        "Health provision",
        "Health provision reasonably required by the difficulties or disabilities behind the special educational needs. "
        "The commissioning body must agree it. Write “None required” if there is none.",
        "reg 12(1)(g), 12(2)",
        Rows.PROVISION,
    ),
    Section.H1: SectionFacts(
        "Social care provision under section 2 of the Chronically Sick and Disabled Persons Act 1970",
        "Provision that must be made for a child or young person under 18. Write “None required” if there is none.",
        "reg 12(1)(h)(i)",
        Rows.PROVISION,
    ),
    Section.H2: SectionFacts(
        "Other social care provision",
        "Other provision reasonably required, including any under the Care Act 2014 for a young person over 18. Write "
        "“None required” if there is none.",
        "reg 12(1)(h)(ii)",
        Rows.PROVISION,
    ),
    Section.I: SectionFacts(
        "Setting, or type of setting",
        "Left blank in a draft: a draft must not name a setting or type of setting.",
        "reg 12(1)(i); CFA 2014 s.38(5)",
    ),
    Section.J: SectionFacts(
        "Personal budget",
        "The personal budget, if one was asked for and agreed: how it is used, and the needs and outcomes that any direct "
        "payment meets. Write “None requested” if there is none.",
        "reg 12(1)(j)",
        Rows.BUDGET,
    ),
    Section.K: SectionFacts(
        "Advice and information",
        "A list of the advice gathered in the assessment. The advice itself goes with the plan as appendices.",
        "reg 12(4)",
        Rows.ADVICE,
    ),
}
"""Facts by section, in the order of the plan."""

WRITTEN = tuple(section for section in Section if section is not Section.I)
"""The sections that are written. Section I is what the placement named says, and is kept only there."""

PROVISION_SECTIONS = tuple(section for section, facts in SECTIONS.items() if facts.rows is Rows.PROVISION)
"""The sections whose rows are provision."""

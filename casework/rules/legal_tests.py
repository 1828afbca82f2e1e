"""The legal tests behind the two decisions on a request, and the coded grounds of a refusal.

The grounds are the evidence of SEND Code of Practice 2015 para 9.14 turned round. None of them is a test: a refusal
must say which part of the statutory test is not met and why, in words, for this child
(R (W) v Hertfordshire [2023] EWHC 3138 (Admin)).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LegalTest:
    """A statutory test in plain words; `limbs` are the parts of it that a refusal can say are not met."""

    question: str
    words: str
    source: str
    limbs: dict[str, str]
    grounds: dict[str, str]


WHETHER_TO_ASSESS = LegalTest(
    question="Does the child or young person need an EHC needs assessment?",
    words=(
        "You must assess if the child or young person has or may have special educational needs, and it may be "
        "necessary for special educational provision to be made for them in accordance with an EHC plan.\n"
        "Both parts say “may”: it is a low test. A rule of your own, such as a number of cycles of support or of "
        "years behind, does not replace it."
    ),
    source="CFA 2014 s.36(8)",
    limbs={
        "no_needs": "They do not have, and may not have, special educational needs",
        "not_necessary": (
            "They have or may have special educational needs, but it is not the case that provision under an "
            "EHC plan may be necessary"
        ),
    },
    grounds={
        "progress": "Attainment and rate of progress",
        "nature_of_needs": "Nature, extent and context of the needs",
        "support_working": "Support already given is meeting the needs",
        "ordinarily_available": "Needs can be met from what settings in the area ordinarily have available",
        "development_and_health": "Physical, emotional and social development, and health",
        "post_16": "Outcomes of a young person over 18 have been met",
    },
)

WHETHER_TO_REASSESS = LegalTest(
    question="Is there a reason not to re-assess?",
    words=(
        "You must re-assess when the parent, the young person, the setting they attend or the health commissioner asks. "
        "You need not if an assessment was carried out within the last six months, or if you do not think that another is "
        "necessary."
    ),
    source="CFA 2014 s.44(2); SEND Regs 2014 reg 24",
    limbs={
        "recent": "An assessment was carried out within the last six months",
        "not_necessary": "It is not necessary to carry out a further assessment",
    },
    grounds={
        "plan_fits": "The plan describes the needs and the provision as they are now",
        "amend_at_review": "What has changed can be dealt with by amending the plan after a review",
        "advice_is_current": "The advice the plan rests on is current",
        "progress": "Attainment and rate of progress",
    },
)

WHETHER_TO_ISSUE = LegalTest(
    question="Is an EHC plan necessary?",
    words=(
        "You must issue a plan if, in the light of the assessment, it is necessary for special educational "
        "provision to be made for the child or young person in accordance with an EHC plan."
    ),
    source="CFA 2014 s.37(1)",
    limbs={"not_necessary": "In the light of the assessment, provision under an EHC plan is not necessary"},
    grounds={
        "no_needs": "The assessment found no special educational needs",
        "ordinarily_available": "Needs can be met from what settings in the area ordinarily have available",
        "support_working": "Support already given is meeting the needs",
        "health_or_care_only": "The needs are health or social care needs without special educational provision",
        "post_16": "Outcomes of a young person over 18 have been met",
    },
)

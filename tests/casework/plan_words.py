"""A whole plan for an invented child, and the same plan a year on."""

import dataclasses
import datetime
from decimal import Decimal

from casework.rules.plan_content import (
    AdviceRow,
    BudgetRow,
    NeedRow,
    OutcomeRow,
    PlanContent,
    ProvisionRow,
)

D = datetime.date

PLAN = PlanContent(
    words={
        "A": "Rowan likes building and wants to work with animals.\n\nRowan’s mother hopes that he will have friends.",
        "B": "Rowan is kind and curious. He learns best from things he can touch.",
        "C": "None identified.",
        "D": "None identified.",
        "G": "None required.",
        "H1": "None required.",
        "H2": "None required.",
        "J": "None requested.",
    },
    needs=(
        NeedRow("follow", "Rowan follows one instruction at a time.", "SLCN", "communication"),
        NeedRow("noise", "Loud rooms upset Rowan, who then leaves the room.", "ASD", "sensory"),
    ),
    outcomes=(
        OutcomeRow(
            "three",
            "Rowan will follow three instructions in a row without a prompt.",
            "July 2027",
            "Two instructions by December 2026",
        ),
        OutcomeRow(
            "quiet",
            "Rowan will say when a room is too loud and choose where to go.",
            "July 2027",
            "With a card by Easter",
        ),
    ),
    provision=(
        ProvisionRow(
            "therapy",
            "F",
            "Speech and language therapy, with a programme for staff to follow",
            who="A speech and language therapist with experience of autism",
            amount=Decimal(45),
            unit="minutes",
            times=1,
            per="week",
            how="Face to face, one to one",
            needs=("follow",),
            outcomes=("three",),
        ),
        ProvisionRow(
            "room",
            "F",
            "A quiet room, with an adult whom Rowan knows",
            who="A teaching assistant trained in autism",
            amount=Decimal(20),
            unit="minutes",
            times=2,
            per="day",
            needs=("noise",),
            outcomes=("quiet",),
        ),
    ),
    advice=(
        AdviceRow("parent", "family", "Rowan’s mother", D(2025, 7, 1)),
        AdviceRow("school", "education", "Head teacher", D(2025, 7, 3)),
        AdviceRow("doctor", "health", "Community paediatrician", D(2025, 7, 8)),
        AdviceRow("psychologist", "psychology", "Educational psychologist", D(2025, 7, 10)),
        AdviceRow("social", "social_care", "Social worker, early help team", D(2025, 7, 2)),
    ),
)

AMENDED = dataclasses.replace(
    PLAN,
    words={
        **PLAN.words,
        "A": "Rowan likes building and now wants to be a vet.\n\nRowan’s mother hopes that he will have friends.",
        "J": "A direct payment was agreed on review.",
    },
    outcomes=(
        dataclasses.replace(PLAN.outcomes[0], by_when="July 2028"),
        OutcomeRow(
            "club", "Rowan will take part in a club every week.", "July 2027", "Visit two clubs by Easter"
        ),
    ),
    provision=(
        dataclasses.replace(PLAN.provision[0], amount=Decimal(60), times=2),
        PLAN.provision[1],
    ),
    budget=(
        BudgetRow("assistant", "E", "direct", "A helper at the club, towards outcome 2", Decimal("1250.00")),
    ),
)

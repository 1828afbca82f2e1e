"""The words of one plan, and what is to change in them after its review."""

from dataclasses import replace
from decimal import Decimal

from casework.rules.plan_content import NeedRow, OutcomeRow, PlanContent, ProvisionRow

BEFORE = PlanContent(
    words={
        "A": "Rush wants to be a chef and to have one friend he can trust. His family hopes that he will go to school "
        "every day.",
        "B": "Rush is funny and remembers everything he hears. Changes that nobody told him of make him leave the room.",
        "C": "None identified.",
        "D": "None identified.",
        "G": "None required.",
        "H1": "None required.",
        "H2": "None required.",
        "J": "None requested.",
    },
    needs=(
        NeedRow("change", "Changes without warning make Rush anxious, and he leaves the room.", "SEMH", "semh"),
        NeedRow("words", "He finds no words for what he feels while he is upset.", "SLCN", "communication"),
    ),
    outcomes=(
        OutcomeRow(
            "stay", "By July 2027 Rush will stay in class through a change of plan, four times out of five.", "July 2027",
            "Twice out of five by Christmas",
        ),
    ),
    provision=(
        ProvisionRow(
            "mentor", "F", "A mentor whom Rush knows, to go through the day before it begins",
            who="A learning mentor trained in emotional literacy", amount=Decimal(15), unit="minutes", times=1, per="day",
            how="One to one", needs=("change",), outcomes=("stay",),
        ),
    ),
)  # fmt: skip

AFTER = replace(
    BEFORE,
    words={
        **BEFORE.words,
        "B": "Rush is funny, remembers everything he hears and cooks for his class. Changes that nobody told him of make "
        "him leave the room; since the move to a larger school this happens most days.",
    },
    provision=(
        replace(BEFORE.provision[0], amount=Decimal(30)),
        ProvisionRow(
            "therapy", "F", "Play-based therapy for anxiety, with a programme for the staff who teach him",
            who="A therapist registered with a professional body", amount=Decimal(50), unit="minutes", times=1,
            per="week", how="One to one, in school", needs=("words",), outcomes=("stay",),
        ),
    ),
)  # fmt: skip

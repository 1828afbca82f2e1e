"""Undo a plan that was issued by mistake: its words are set aside, and can still be read."""

from datetime import date

from casework.models import PlanText, User
from casework.services import plan_texts
from casework.services.undo_parts import Subject, UndoPart, register


def undo(subject: Subject, by: User, on: date) -> list[str]:
    """Let go of the version: the text stays, set aside."""
    if subject.version is None:
        return []
    text = PlanText.objects.filter(plan_version=subject.version).select_related("child", "case").first()
    if text is None:
        return []
    draft = plan_texts.take_back(text=text, by=by)
    said = ["The text of the plan is set aside; it can still be read."]
    return [*said, "A draft with the same words takes its place in the case."] if draft else said


register(UndoPart("plan_text", undo=undo))

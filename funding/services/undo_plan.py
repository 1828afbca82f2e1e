"""When a plan that was issued by mistake is undone, money that began with it is pointed at; nothing is stopped silently."""

from casework.rules.clock_words import show_day
from casework.rules.undoing import PLANS
from casework.services.undo_parts import Subject, UndoPart, register
from funding.models import CostLine


def left(subject: Subject) -> list[str]:
    """How many cost lines began on the day of the plan or after it. No amounts: not everybody who decides may see costs."""
    if subject.kind not in PLANS:
        return []
    day = subject.milestone.happened_on
    lines = CostLine.objects.filter(child_id=subject.case.child_id, starts_on__gte=day).count()
    if not lines:
        return []
    if lines == 1:
        return [f"A cost line that began on or after {show_day(day)} stays. Ask finance to look at it."]
    return [f"{lines} cost lines that began on or after {show_day(day)} stay. Ask finance to look at them."]


register(UndoPart("funding", left=left))

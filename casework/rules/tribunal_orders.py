"""The orders of the Tribunal: what each is called, the milestone it is recorded as, and which appeals it can end."""

from enum import StrEnum

from casework.rules.appeal_rights import Appealable
from casework.rules.milestones import Milestone as M

RECOMMENDATION_RULE = "H10"
"""Five weeks to answer a recommendation. The period was not confirmed, so it runs as a date to keep and not as a clock."""


class OrderKind(StrEnum):
    """What the Tribunal ordered. Values are stored: never change one."""

    ASSESS = "assess"
    MAKE_PLAN = "make_plan"
    AMEND = "amend"
    CHANGE_SETTING = "change_setting"
    CONTINUE = "continue"
    DISMISSED = "dismissed"
    STRUCK_OUT = "struck_out"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The order as a caseworker reads it."""
        return _WORDS[self]

    @property
    def ends_the_appeal(self) -> bool:
        """Whether nothing is left to decide after it. Another order, such as one to reconsider, leaves the appeal open."""
        return self is not OrderKind.OTHER


_WORDS: dict[OrderKind, str] = {
    OrderKind.ASSESS: "Assess or re-assess",
    OrderKind.MAKE_PLAN: "Make a plan",
    OrderKind.AMEND: "Amend the content of the plan",
    OrderKind.CHANGE_SETTING: "Change only the setting or type named",
    OrderKind.CONTINUE: "Continue the plan",
    OrderKind.DISMISSED: "Appeal dismissed: the decision stands",
    OrderKind.STRUCK_OUT: "Appeal struck out",
    OrderKind.OTHER: "Another order",
}

_MILESTONES: dict[OrderKind, M] = {
    OrderKind.ASSESS: M.ORDERED_TO_ASSESS,
    OrderKind.MAKE_PLAN: M.ORDERED_TO_MAKE_PLAN,
    OrderKind.AMEND: M.ORDERED_TO_AMEND,
    OrderKind.CHANGE_SETTING: M.ORDERED_TO_CHANGE_SETTING,
}

_SPECIAL: dict[Appealable, tuple[OrderKind, ...]] = {
    Appealable.REFUSE_ASSESS: (OrderKind.ASSESS,),
    Appealable.REFUSE_ISSUE: (OrderKind.MAKE_PLAN, OrderKind.ASSESS),
    Appealable.CONTENTS: (OrderKind.AMEND, OrderKind.CHANGE_SETTING),
    Appealable.REFUSE_REASSESS: (OrderKind.ASSESS,),
    Appealable.NOT_AMENDED: (OrderKind.AMEND, OrderKind.CHANGE_SETTING, OrderKind.ASSESS),
    Appealable.CEASE: (OrderKind.CONTINUE, OrderKind.AMEND),
}


def orders_for(against: Appealable) -> tuple[OrderKind, ...]:
    """The orders an appeal against this decision can end in, the likely ones first."""
    return (*_SPECIAL[against], OrderKind.DISMISSED, OrderKind.STRUCK_OUT, OrderKind.OTHER)


def milestone_of(kind: OrderKind, against: Appealable) -> M:
    """What the order is recorded as. An appeal against ceasing that is dismissed starts the duty to cease (H1)."""
    if kind is OrderKind.DISMISSED and against is Appealable.CEASE:
        return M.CEASING_APPEAL_DISMISSED
    return _MILESTONES.get(kind, M.TRIBUNAL_ORDERED)


def ends_with_nothing_to_do(kind: OrderKind, against: Appealable) -> bool:
    """Whether the order closes the appeal by itself."""
    return kind.ends_the_appeal and milestone_of(kind, against) is M.TRIBUNAL_ORDERED

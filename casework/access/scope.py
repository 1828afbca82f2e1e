"""Which records a person may see. Everything that hangs on a child follows the child."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from casework.models import (
    AccessLogEntry,
    AdviceChase,
    AdviceReminder,
    AdviceRequest,
    Appeal,
    Area,
    AssessmentRequest,
    AuthorityRole,
    Case,
    CaseAssignment,
    Ceasing,
    Child,
    ChildAddress,
    ChildIdentifier,
    Clock,
    ClockException,
    ContactNote,
    Cover,
    Decision,
    Document,
    Establishment,
    ExistingAdvice,
    FollowUp,
    FollowUpMove,
    LocalAuthority,
    Mediation,
    Milestone,
    PanelMeeting,
    PanelOutcome,
    Plan,
    PlanTransfer,
    PlanVersion,
    RestrictedAccess,
    Review,
    ReviewReturn,
    SavedFilter,
    Team,
    TeamMembership,
    TransferPaper,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
    User,
)
from casework.today import today

M = TypeVar("M", bound=Model)
# Without a user the reader is another system, which nobody has named on a restricted record.
Scope = Callable[[User | None, QuerySet[Any]], QuerySet[Any]]

_scopes: dict[type[Model], Scope] = {}


def register(model: type[Model], scope: Scope) -> None:
    """Say how the rows of a model are narrowed for a person. Higher apps call this from `apps.ready`."""
    _scopes[model] = scope


def visible(model: type[M], user: User) -> QuerySet[M]:
    """The rows of `model` this person may see. A model without a scope is a programming error, never "all"."""
    return _scopes[model](user, model._default_manager.all())


def visible_to_system(model: type[M]) -> QuerySet[M]:
    """The rows of `model` that another system may read: restricted children, and what hangs on them, never."""
    return _scopes[model](None, model._default_manager.all())


def follows_child(path: str) -> Scope:
    """A scope for a model that reaches its child by `path`, such as "case__child"."""

    def scope(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(_open_to(user, path))

    scope.child_path = path  # type: ignore[attr-defined]
    return scope


def child_path(model: type[Model]) -> str | None:
    """How a model reaches the child that it follows, "" for the child itself; None for a model that follows no child."""
    return getattr(_scopes.get(model), "child_path", None)


def has_scope(model: type[Model]) -> bool:
    """Whether it is said who may see the rows of this model."""
    return model in _scopes


def everyone(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """A scope for reference rows that hold nothing personal."""
    return rows


def _open_to(user: User | None, path: str) -> Q:
    prefix = f"{path}__" if path else ""
    if user is None:
        return Q(**{f"{prefix}restricted": False})
    granted = RestrictedAccess.objects.as_at(today()).filter(user=user, child=OuterRef(f"{prefix}pk"))
    return Q(**{f"{prefix}restricted": False}) | Q(Exists(granted))


def _own_files(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Files that this person brought in: they may name children whom others may not see."""
    return rows.filter(brought_by=user)


def _own_or_shared_filters(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """A person's own filters, and those that a colleague shares with a team they are in."""
    teams = TeamMembership.objects.as_at(today()).filter(user=user).values("team")
    return rows.filter(Q(owner=user) | Q(team__in=teams))


def _children(user: User | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Children, but for records that were merged into another: nobody opens those."""
    return rows.filter(_open_to(user, ""), merged_into__isnull=True)


_children.child_path = ""  # type: ignore[attr-defined]
register(Child, _children)
for _model, _path in (
    (ChildIdentifier, "child"),
    (ChildAddress, "child"),
    (Case, "child"),
    (CaseAssignment, "child"),
    (Plan, "child"),
    (AccessLogEntry, "child"),
    (ContactNote, "child"),
    (FollowUp, "child"),
    (FollowUpMove, "follow_up__child"),
    (Document, "child"),
    (Milestone, "case__child"),
    (Decision, "milestone__case__child"),
    (AssessmentRequest, "case__child"),
    (Clock, "case__child"),
    (ClockException, "case__child"),
    (Review, "case__child"),
    (AdviceRequest, "case__child"),
    (ExistingAdvice, "advice__case__child"),
    (AdviceChase, "advice__case__child"),
    (AdviceReminder, "advice__case__child"),
    (PanelOutcome, "case__child"),
    (PlanVersion, "plan__child"),
    (Mediation, "case__child"),
    (Appeal, "case__child"),
    (TribunalDirection, "case__child"),
    (TribunalHearing, "case__child"),
    (TribunalOrder, "milestone__case__child"),
    (AuthorityRole, "child"),
    (PlanTransfer, "case__child"),
    (TransferPaper, "transfer__case__child"),
    (Ceasing, "case__child"),
):
    register(_model, follows_child(_path))
for _reference in (Area, Cover, Establishment, LocalAuthority, PanelMeeting, Team, User):
    register(_reference, everyone)
register(ReviewReturn, _own_files)
register(SavedFilter, _own_or_shared_filters)

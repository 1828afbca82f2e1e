"""The records of casework, one noun a module."""

from casework.models.absence import Cover
from casework.models.access_log import AccessAction, AccessLogEntry
from casework.models.advice import (
    AdviceBody,
    AdviceChase,
    AdviceEnd,
    AdviceReminder,
    AdviceRequest,
    ChaseMeans,
    ExistingAdvice,
)
from casework.models.api_clients import ApiClient
from casework.models.areas import Area
from casework.models.authorities import AuthorityPart, AuthorityRole, LocalAuthority
from casework.models.calendar import NonWorkingDay
from casework.models.cases import Answer, AssignmentPart, Case, CaseAssignment, Decision, Milestone, Question
from casework.models.ceasing import Ceasing, NoAppeal
from casework.models.children import (
    Child,
    ChildAddress,
    ChildIdentifier,
    IdentifierScheme,
    RestrictedAccess,
    Sex,
)
from casework.models.clocks import Clock, ClockException, Ground, StopKind
from casework.models.contacts import ContactNote, ContactWay
from casework.models.disagreements import Appeal, Mediation, MediationAbout
from casework.models.documents import Document, DocumentKind
from casework.models.establishments import Establishment, EstablishmentStatus
from casework.models.followups import FollowUp, FollowUpKind, FollowUpMove
from casework.models.identity import (
    ChildStatus,
    FormerName,
    FormerNameKind,
    NotTheSame,
    RecordRestriction,
    Sibling,
    SiblingKind,
    StatusKind,
)
from casework.models.kept import SavedFilter, UnfinishedWork
from casework.models.letter_templates import LetterTemplate, LetterTemplateVersion, LetterWords
from casework.models.letters import Letter, SentHow
from casework.models.merges import ChildMerge, MergedRow, RowChange
from casework.models.moves import Paper, PlanTransfer, TransferPaper
from casework.models.panels import PanelMeeting, PanelOutcome
from casework.models.people import (
    CapacityFinding,
    ChildContact,
    ContactLimit,
    ContactLimitBasis,
    ContactRestriction,
    ParentalResponsibility,
    Person,
    PersonAddress,
    PreferredWay,
    Relationship,
    ResponsibilitySource,
)
from casework.models.plan_rows import PlanAdvice, PlanBudgetPart, PlanNeed, PlanOutcome, PlanProvision
from casework.models.plan_texts import PlanSection, PlanText, TextState
from casework.models.plans import CeaseReason, Need, PhaseTransfer, Plan, PlanVersion, Stage
from casework.models.requests import AssessmentRequest, Channel, RequestSource, RequestState
from casework.models.reviews import Review, ReviewReturn, ReviewType
from casework.models.sent_forms import SentForm
from casework.models.tribunal import (
    DirectionKind,
    HearingKind,
    HearingOutcome,
    TribunalDirection,
    TribunalHearing,
    TribunalOrder,
)
from casework.models.users import RoleCode, Team, TeamMembership, User
from casework.rules.case_kinds import CaseKind
from casework.rules.milestones import Milestone as MilestoneKind

__all__ = [
    "AccessAction", "AccessLogEntry", "AdviceBody", "AdviceChase", "AdviceEnd", "AdviceReminder", "AdviceRequest",
    "Answer", "ApiClient", "Appeal", "Area", "AssessmentRequest", "AssignmentPart", "AuthorityPart",
    "AuthorityRole", "CapacityFinding", "Case", "CaseAssignment", "CaseKind", "CeaseReason", "Ceasing", "Channel",
    "ChaseMeans", "Child", "ChildAddress", "ChildContact", "ChildIdentifier", "ChildMerge", "ChildStatus", "Clock",
    "ClockException", "ContactLimit", "ContactLimitBasis", "ContactNote", "ContactRestriction", "ContactWay",
    "Cover", "Decision", "DirectionKind", "Document", "DocumentKind", "Establishment", "EstablishmentStatus",
    "ExistingAdvice", "FollowUp", "FollowUpKind", "FollowUpMove", "FormerName", "FormerNameKind", "Ground",
    "HearingKind", "HearingOutcome", "IdentifierScheme", "Letter", "LetterTemplate", "LetterTemplateVersion",
    "LetterWords", "LocalAuthority", "Mediation", "MediationAbout", "MergedRow", "Milestone", "MilestoneKind",
    "Need", "NoAppeal", "NonWorkingDay", "NotTheSame", "PanelMeeting", "PanelOutcome", "Paper",
    "ParentalResponsibility", "Person", "PersonAddress", "PhaseTransfer", "Plan", "PlanAdvice", "PlanBudgetPart",
    "PlanNeed", "PlanOutcome", "PlanProvision", "PlanSection", "PlanText", "PlanTransfer", "PlanVersion",
    "PreferredWay", "Question", "RecordRestriction", "Relationship", "RequestSource", "RequestState",
    "ResponsibilitySource", "RestrictedAccess", "Review", "ReviewReturn", "ReviewType", "RoleCode", "RowChange",
    "SavedFilter", "SentForm", "SentHow", "Sex", "Sibling", "SiblingKind", "Stage", "StatusKind", "StopKind",
    "Team", "TeamMembership", "TextState", "TransferPaper", "TribunalDirection", "TribunalHearing",
    "TribunalOrder", "UnfinishedWork", "User",
]  # fmt: skip

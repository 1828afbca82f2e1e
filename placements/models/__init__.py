"""The records of placements."""

from placements.models.home_education import Finding, HomeEducation, SuitabilityCheck
from placements.models.placements import (
    NamedPlacement,
    Placement,
    Rank,
    ResidentialBand,
    SettingCode,
    WorkBased,
)

__all__ = [
    "Finding",
    "HomeEducation",
    "NamedPlacement",
    "Placement",
    "Rank",
    "ResidentialBand",
    "SettingCode",
    "SuitabilityCheck",
    "WorkBased",
]

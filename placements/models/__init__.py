"""The records of placements."""

from placements.models.placements import (
    NamedPlacement,
    Placement,
    Rank,
    ResidentialBand,
    SettingCode,
    WorkBased,
)

__all__ = ["NamedPlacement", "Placement", "Rank", "ResidentialBand", "SettingCode", "WorkBased"]

"""The records of funding."""

from funding.models.bands import Band, BandScheme, BandValue
from funding.models.cost_lines import Basis, CostLine, LineKind

__all__ = ["Band", "BandScheme", "BandValue", "Basis", "CostLine", "LineKind"]

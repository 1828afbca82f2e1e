"""Which cost lines and bands a person may see: lines follow their child; bands hold nothing personal."""

from casework.access.scope import everyone, follows_child, register
from funding.models import Band, BandScheme, BandValue, CostLine

register(CostLine, follows_child("child"))
for _model in (BandScheme, Band, BandValue):
    register(_model, everyone)

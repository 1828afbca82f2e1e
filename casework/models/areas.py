"""The parts of the authority that reports compare."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casework.audit import tracked


@tracked()
class Area(models.Model):
    """A locality. Outward postcodes say which children live in it when nobody has chosen by hand."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    outward_postcodes = ArrayField(models.CharField(max_length=4), default=list, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

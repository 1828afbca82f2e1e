"""Bank holidays and other days that are not working days."""

from django.db import models

from casework.audit import tracked


@tracked()
class NonWorkingDay(models.Model):
    """A day that working-day limits leave out. Loaded from a file; nothing asks the network."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["day"]

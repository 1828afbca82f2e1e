"""Members of staff who may be named on a record."""

import datetime

from django.db.models import QuerySet

from casework.models import TeamMembership, User
from casework.rules.permissions import ROLES, Permission


def who_may_open_children(on: datetime.date) -> QuerySet[User]:
    """Active people who hold, on the day, a role that may open children's records, by name."""
    roles = [code for code, role in ROLES.items() if Permission.SEE_CHILDREN in role.permissions]
    held = TeamMembership.objects.as_at(on).filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")

"""Add people who use Waymark, and give them a role in a team."""

import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from casework.audit import acting_as
from casework.models import RoleCode, Team, TeamMembership, User
from casework.services.refusals import Refused


@transaction.atomic
def add_person(
    *, email: str, name: str, password: str, role: RoleCode, team: str, by: User | None, on: datetime.date
) -> User:
    """Make an account that holds `role` in `team` from `on`; the team is made when there is none of that name.

    Raises Refused: the address has an account, a name is missing, or the password is too weak.
    """
    email, name, team = email.strip(), name.strip(), team.strip()
    if not name or not team:
        raise Refused("Give the person's name and the team's name.", field="name")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} already has an account.", field="email")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from error
    with acting_as(by, reason="added a person"):
        user = User.objects.create_user(email, name, password)
        TeamMembership.objects.create(
            user=user, team=Team.objects.get_or_create(name=team)[0], role=role, starts_on=on
        )
    return user

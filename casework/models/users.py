"""People who use Waymark, their teams and the roles they hold there for a time."""

import datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from casework.audit import tracked, untracked
from casework.columns import one_of, public_id
from casework.periods import DateEffective, no_overlap, ordered_days
from casework.rules.permissions import ROLES, Permission
from casework.today import today


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is the name people sign in with."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """Make an account that can sign in but may do nothing until it holds a role."""
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


@untracked(
    "Passwords and last sign-in change all the time; access is granted by TeamMembership, which is tracked."
)
class User(AbstractBaseUser):
    """A member of staff. What they may do comes from their memberships on the day."""

    public_id = public_id()
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def _permissions(self) -> frozenset[Permission]:
        return self.permissions_on(today())

    def permissions_on(self, day: datetime.date) -> frozenset[Permission]:
        """What this person may do on `day`: the union of the roles they hold then."""
        if not self.is_active:
            return frozenset()
        roles = TeamMembership.objects.as_at(day).filter(user=self).values_list("role", flat=True)
        return frozenset().union(*(ROLES[role].permissions for role in roles))

    def may(self, permission: Permission | str) -> bool:
        """Whether this person may do one kind of thing today (asked once a request, then remembered)."""
        return Permission(permission) in self._permissions


@tracked()
class Team(models.Model):
    """A team of the authority, such as "North casework"."""

    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleCode(models.TextChoices):
    """The roles of casework/rules/permissions.py as database values."""

    CASEWORKER = "caseworker", "Caseworker"
    MANAGER = "manager", "SEND manager"
    FINANCE = "finance", "Finance officer"
    DATA_OFFICER = "data_officer", "Data officer"
    ANALYST = "analyst", "Analyst"


@tracked()
class TeamMembership(DateEffective):
    """A role in a team from one day to another: access ends by itself."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=RoleCode.choices)

    class Meta:
        constraints = [
            ordered_days("membership_days_in_order"),
            one_of("membership_role_known", "role", RoleCode),
            no_overlap(
                "membership_once_at_a_time", "user", "team", "role",
                message="This person already holds this role in this team on some of these days.",
            ),
        ]  # fmt: skip

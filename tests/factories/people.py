"""Staff, teams and roles."""

import datetime

import factory

from casework.models import RoleCode, Team, TeamMembership, User

PASSWORD = "a long enough password"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who may do nothing until a role is given: `UserFactory(role=RoleCode.CASEWORKER)`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"worker{n}@fernshire.example")
    name = factory.Sequence(lambda n: f"Worker Number{n}")

    @factory.post_generation
    def password(self, create, extracted, **_):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])

    @factory.post_generation
    def role(self, create, extracted, **_):
        if create and extracted:
            TeamMembershipFactory(user=self, role=extracted)


class TeamFactory(factory.django.DjangoModelFactory):
    """A team."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class TeamMembershipFactory(factory.django.DjangoModelFactory):
    """A caseworker's role from long ago, still held."""

    class Meta:
        model = TeamMembership

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    role = RoleCode.CASEWORKER
    starts_on = datetime.date(2020, 1, 1)

"""What stands before any child: areas, teams, people, settings and bands."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from oauth2_provider.models import get_application_model

from casework.columns import CameFrom
from casework.models import Area, Establishment, EstablishmentStatus, Team, TeamMembership, User
from config.demo import people
from config.demo.areas import AREAS
from config.demo.day import FIRST_DAY, LA_CODE
from config.demo.funding import BANDS, SCHEME, band_values
from config.demo.neighbours import make_neighbours
from config.demo.settings_register import Setting
from funding.models import Band, BandScheme, BandValue
from placements.rules.provision import leaf_type


@dataclass(frozen=True, slots=True)
class Reference:
    """Keys that the rows of children point to."""

    areas: list[int]
    """By position in AREAS."""
    bands: dict[str, int]
    workers: list[list[int]]
    """The caseworkers of each area."""


def make_reference(children: int) -> Reference:
    """Make areas, people, bands and neighbouring authorities for so many children. Settings are loaded apart."""
    make_neighbours()
    areas = Area.objects.bulk_create(
        [Area(code=area.code, name=area.name, outward_postcodes=list(area.outward)) for area in AREAS]
    )
    return Reference([area.pk for area in areas], _bands(), _people(children))


def make_settings(register: list[Setting]) -> None:
    """Write the settings straight into the tables, keyed by position, for the fast route."""
    opened = date(2009, 9, 1)
    Establishment.objects.bulk_create(
        [
            Establishment(
                pk=setting.position + 1,
                urn=setting.urn or None,
                ukprn=setting.ukprn or None,
                la_code=LA_CODE if setting.urn else "",
                establishment_number=setting.number if setting.urn else "",
                name=setting.name if setting.urn else f"Provider with UKPRN {setting.ukprn}",
                postcode=setting.postcode if setting.urn else "",
                phase=setting.kind.phase,
                low_age=setting.kind.low_age,
                high_age=setting.kind.high_age,
                opened_on=opened,
                register_status="Open" if setting.urn else "",
                in_register=bool(setting.urn),
                came_from=CameFrom.REGISTER if setting.urn else CameFrom.RETURN,
            )
            for setting in register
        ],
        batch_size=1000,
    )
    EstablishmentStatus.objects.bulk_create(
        [
            EstablishmentStatus(
                establishment_id=setting.position + 1,
                type_code=setting.kind.type_code,
                further_education_kind=setting.kind.fe_kind,
                leaf=leaf_type(gias_type_code=setting.kind.type_code, fe_kind=setting.kind.fe_kind),
                starts_on=opened,
            )
            for setting in register
            if setting.urn
        ],
        batch_size=1000,
    )


def make_api_client() -> None:
    """The OAuth application of the demonstration."""
    application = get_application_model()
    application.objects.create(
        name="Fernshire data warehouse (demonstration)",
        client_id=people.DEMO_CLIENT_ID,
        client_secret=people.DEMO_CLIENT_SECRET,
        client_type=application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=application.GRANT_CLIENT_CREDENTIALS,
    )


def _bands() -> dict[str, int]:
    code, name, decided_in = SCHEME
    scheme = BandScheme.objects.create(code=code, name=name, decided_in=decided_in)
    bands = {
        band.code: band
        for band in Band.objects.bulk_create(
            [Band(scheme=scheme, code=code, descriptor=words) for code, (_, words) in BANDS.items()]
        )
    }
    BandValue.objects.bulk_create(
        [
            BandValue(band=bands[code], starts_on=first, ends_on=last, annual_value=value)
            for code, first, last, value in band_values()
        ]
    )
    return {code: band.pk for code, band in bands.items()}


def _people(children: int) -> list[list[int]]:
    password = make_password(people.DEMO_PASSWORD)
    signing_in = [person for person in people.PEOPLE if person.role == "caseworker"]
    others = people.other_workers(max(0, children // people.CHILDREN_PER_WORKER - len(signing_in)))
    everybody = [*people.PEOPLE, *others]
    teams = {
        team.name: team
        for team in Team.objects.bulk_create(
            [Team(name=name) for name in dict.fromkeys(one.team for one in everybody)]
        )
    }
    users = User.objects.bulk_create(
        [User(email=one.email, name=one.name, password=password) for one in people.PEOPLE]
        + [User(email=one.email, name=one.name, password=make_password(None)) for one in others]
    )
    TeamMembership.objects.bulk_create(
        [
            TeamMembership(user=user, team=teams[one.team], role=one.role, starts_on=FIRST_DAY)
            for user, one in zip(users, everybody, strict=True)
        ]
    )
    workers: list[list[int]] = [[] for _ in AREAS]
    for user, one in zip(users, everybody, strict=True):
        for area in range(len(AREAS)):
            if one.role == "caseworker" and one.team == people.area_team(area):
                workers[area].append(user.pk)
    return workers

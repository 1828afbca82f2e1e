"""Add a child, and the numbers by which others know them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from casework.audit import acting_as
from casework.models import Area, Child, ChildAddress, ChildIdentifier, IdentifierScheme, Sex, User
from casework.queries.duplicates import Candidate, candidates
from casework.rules.clock_words import show_day
from casework.rules.identifiers import Checked, Finding, check_nhs_number, check_uln, check_upn
from casework.services.refusals import Refused

_CHECKS = {
    IdentifierScheme.UPN: check_upn,
    IdentifierScheme.FORMER_UPN: check_upn,
    IdentifierScheme.ULN: check_uln,
    IdentifierScheme.NHS: check_nhs_number,
}


class PossibleDuplicates(Refused):
    """Records that may be the same child. Look at them; then add with their keys in `not_the_same_as`."""

    def __init__(self, found: list[Candidate]) -> None:
        super().__init__("This child may be in Waymark already. Check these records before you add another.")
        self.found = found


@dataclass(frozen=True, slots=True)
class NewChild:
    """What is known of a child who is added. `postcode` is in standard form."""

    surname: str
    forename: str
    date_of_birth: date
    sex: Sex
    preferred_name: str = ""
    ethnicity: str = ""
    postcode: str = ""
    address: str = ""
    area: Area | None = None
    identifiers: dict[IdentifierScheme, str] = field(default_factory=dict)


@transaction.atomic
def add(*, child: NewChild, by: User, on: date, not_the_same_as: Collection[int] = ()) -> Child:
    """Add a child. Raises PossibleDuplicates for records nobody has ruled out, and Refused for what cannot be."""
    if child.date_of_birth > on:
        raise Refused("The date of birth is after today. Check it.", field="date_of_birth")
    found = [one for one in look_for(child=child) if one.child.pk not in not_the_same_as]
    if found:
        raise PossibleDuplicates(found)
    with acting_as(by):
        added = Child.objects.create(
            surname=child.surname.strip(),
            forename=child.forename.strip(),
            preferred_name=child.preferred_name.strip(),
            date_of_birth=child.date_of_birth,
            sex=child.sex,
            ethnicity=child.ethnicity,
            area=child.area,
        )
        if child.postcode or child.address:
            ChildAddress.objects.create(
                child=added, lines=child.address, postcode=child.postcode, starts_on=on
            )
        for scheme, value in child.identifiers.items():
            add_identifier(child=added, scheme=scheme, value=value, by=by, on=None)
        return added


def look_for(*, child: NewChild) -> list[Candidate]:
    """Records that may already be this child."""
    return candidates(
        surname=child.surname,
        forename=child.forename,
        preferred_name=child.preferred_name,
        date_of_birth=child.date_of_birth,
        identifiers=[check_identifier(scheme, value).value for scheme, value in child.identifiers.items()],
        postcode=child.postcode,
    )


@transaction.atomic
def add_identifier(
    *, child: Child, scheme: IdentifierScheme, value: str, by: User, on: date | None
) -> ChildIdentifier:
    """Give a child a number, from `on` or from before anyone knows. A wrong check character is kept as a query.

    Raises Refused when it cannot be such a number, or another child has it.
    """
    checked = check_identifier(scheme, value)
    if not checked.acceptable:
        raise Refused(checked.message, field=str(scheme))
    try:
        with acting_as(by), transaction.atomic():
            return ChildIdentifier.objects.create(
                child=child, scheme=scheme, value=checked.value, query=checked.message, starts_on=on
            )
    except IntegrityError as error:
        raise _taken(child, scheme, checked.value) from error


def check_identifier(scheme: IdentifierScheme, value: str) -> Checked:
    """The number in standard form and what is wrong with it; local numbers are taken as they are."""
    check = _CHECKS.get(scheme)
    if check is None:
        return Checked(value.strip(), Finding.GOOD)
    return check(value)


def _taken(child: Child, scheme: IdentifierScheme, value: str) -> Refused:
    words = IdentifierScheme(scheme).label
    holder = ChildIdentifier.objects.filter(scheme=scheme, value=value).exclude(child=child).first()
    if holder is not None:
        return Refused(
            f"Another child has the {words} {value}. Check the number; if it is right, open that child's record.",
            field=str(scheme),
        )
    own = ChildIdentifier.objects.filter(child=child, scheme=scheme).first()
    since = f" since {show_day(own.starts_on)}" if own and own.starts_on else ""
    return Refused(
        f"{child.name} already has a {words}{f' ({own.value})' if own else ''}{since}.", field=str(scheme)
    )

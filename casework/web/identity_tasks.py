"""Tasks about who a child is: what each asks, and the service that records it."""

from django.db.models import Q
from django.http import QueryDict

from casework.access.scope import visible
from casework.models import (
    ChildIdentifier,
    ChildStatus,
    FormerName,
    FormerNameKind,
    IdentifierScheme,
    RestrictedAccess,
    Sibling,
    SiblingKind,
    StatusKind,
    User,
)
from casework.queries.search import search
from casework.queries.siblings import siblings_of, suggested_siblings
from casework.queries.staff import who_may_open_children
from casework.services import children, identifiers, identity, restrictions
from casework.services.children import check_identifier
from casework.services.refusals import Refused
from casework.ui.formats import long_date, short_date
from casework.web.checked_task import Given
from casework.web.forms.contacts import DatedForm, LastDayForm
from casework.web.forms.identity import (
    AllowForm,
    ChoiceForm,
    CorrectNumberForm,
    EndNumberForm,
    FormerNameForm,
    LiftForm,
    LookAgainForm,
    NumberForm,
    RenameForm,
    RestrictForm,
    SiblingForm,
    StatusForm,
)
from casework.web.people_task import Of, PeopleTask, Stand


def _rename_form(stand: Stand, data: QueryDict | None) -> RenameForm:
    names = ("forename", "surname", "preferred_name")
    return RenameForm(data, initial={name: getattr(stand.child, name) for name in names}, **stand.dates)


def _rename(stand: Stand, given: Given, version: int) -> str:
    row = identity.rename(
        child=stand.child, **given | {"kind": FormerNameKind(given["kind"])}, by=stand.reader, on=stand.day,
        version=version,
    )  # fmt: skip
    return f"The name is now {row.name}."


def _former(stand: Stand, given: Given, version: int) -> str:
    row = identity.add_former_name(child=stand.child, **given, by=stand.reader, on=stand.day, version=version)
    return f"A search for {row.name} now finds {stand.child.name}."


def _formers(stand: Stand) -> list[FormerName]:
    return list(visible(FormerName, stand.reader).filter(child=stand.child))


def _remove_former(stand: Stand, given: Given, version: int) -> str:
    row = next(one for one in _formers(stand) if str(one.public_id) == given["choice"])
    identity.remove_former_name(former=row, by=stand.reader, version=version)
    return f"{row.name} is no longer a former name of {stand.child.name}."


def _sibling_form(stand: Stand, data: QueryDict | None) -> SiblingForm:
    linked = siblings_of(stand.child, reader=stand.reader)
    found = suggested_siblings(stand.child, reader=stand.reader, on=stand.day, linked=linked)
    return SiblingForm(
        data,
        suggested=[
            (
                str(one.child.public_id),
                f"{one.child.name}, born {long_date(one.child.date_of_birth)}. {one.why}",
            )
            for one in found
        ],
    )


def _sibling(stand: Stand, given: Given, version: int) -> str:
    if given["other"] == "else":
        found = search(given["number"], reader=stand.reader)
        if len(found.children) != 1 or found.how == "name":
            raise Refused(
                "No single child has that number. Check it; a restricted record is found only by those who may open it.",
                field="number",
            )
        other = found.children[0]
    else:
        other = visible(type(stand.child), stand.reader).get(public_id=given["other"])
    identity.link_siblings(
        child=stand.child, other=other, kind=SiblingKind(given["kind"]), by=stand.reader, version=version
    )
    return f"{stand.child.name} and {other.name} are linked."


def _unlink_form(stand: Stand, data: QueryDict | None) -> ChoiceForm:
    rows = siblings_of(stand.child, reader=stand.reader)
    return ChoiceForm(
        data, choices=[(str(one.link.public_id), f"{one.child.name}: {one.words.lower()}") for one in rows]
    )


def _unlink(stand: Stand, given: Given, version: int) -> str:
    links = visible(Sibling, stand.reader).filter(Q(first=stand.child) | Q(second=stand.child))
    identity.unlink_siblings(
        sibling=links.get(public_id=given["choice"]), child=stand.child, by=stand.reader, version=version
    )
    return "The two children are no longer linked."


def _number(stand: Stand, given: Given, version: int) -> str:
    scheme = IdentifierScheme(given["scheme"])
    row = children.add_identifier(
        child=stand.child, scheme=scheme, value=given["value"], by=stand.reader, on=given["starts_on"]
    )
    return f"{scheme.label} {row.value} has been added."


def _number_follows(stand: Stand, given: Given) -> list[str]:
    checked = check_identifier(
        IdentifierScheme(given.get("scheme") or _numbers(stand)[given["choice"]].scheme), given["value"]
    )
    return [f"{checked.message} It can be recorded and is listed for mending."] if checked.message else []


def _numbers(stand: Stand) -> dict[str, ChildIdentifier]:
    rows = visible(ChildIdentifier, stand.reader).filter(child=stand.child).order_by("scheme", "pk")
    return {str(row.pk): row for row in rows}


def _number_choices(stand: Stand, *, current: bool = False) -> list[tuple[str, str]]:
    return [(key, str(row)) for key, row in _numbers(stand).items() if not current or row.ends_on is None]


def _correct_number(stand: Stand, given: Given, version: int) -> str:
    row = identifiers.correct_identifier(
        identifier=_numbers(stand)[given["choice"]], value=given["value"], reason=given["reason"], by=stand.reader,
        version=version,
    )  # fmt: skip
    return f"The number is now {row.value}."


def _end_number(stand: Stand, given: Given, version: int) -> str:
    row = identifiers.end_identifier(
        identifier=_numbers(stand)[given["choice"]], ends_on=given["ends_on"], by=stand.reader, on=stand.day,
        version=version,
    )  # fmt: skip
    return f"{row.value} was the child’s number until {long_date(row.ends_on)}. It still finds the record."


def _status(stand: Stand, given: Given, version: int) -> str:
    row = identity.add_status(
        child=stand.child, **given | {"kind": StatusKind(given["kind"])}, by=stand.reader, on=stand.day,
        version=version,
    )  # fmt: skip
    return f"Recorded: {row.get_kind_display()}."


class _EndStatusForm(LastDayForm, ChoiceForm):
    """Which standing ended, and when."""


def _statuses(stand: Stand) -> list[ChildStatus]:
    return list(visible(ChildStatus, stand.reader).filter(child=stand.child, ends_on__isnull=True))


def _end_status_form(stand: Stand, data: QueryDict | None) -> DatedForm:
    choices = [(str(row.public_id), row.get_kind_display()) for row in _statuses(stand)]
    return _EndStatusForm(data, choices=choices, **stand.dates)


def _end_status(stand: Stand, given: Given, version: int) -> str:
    row = next(one for one in _statuses(stand) if str(one.public_id) == given["choice"])
    identity.end_status(status=row, ends_on=given["ends_on"], by=stand.reader, on=stand.day, version=version)
    return f"{row.get_kind_display()} until {long_date(given['ends_on'])}."


def _staff(stand: Stand) -> dict[str, User]:
    return {str(person.public_id): person for person in who_may_open_children(stand.day)}


def _staff_choices(stand: Stand) -> list[tuple[str, str]]:
    return [(key, person.name) for key, person in _staff(stand).items()]


def _restrict(stand: Stand, given: Given, version: int) -> str:
    staff = _staff(stand)
    restrictions.restrict(
        child=stand.child, reason=given["reason"], people=[staff[key] for key in given["people"]],
        review_on=given["review_on"], by=stand.reader, on=stand.day, version=version,
    )  # fmt: skip
    return f"{stand.child.name}’s record is restricted."


def _restrict_follows(stand: Stand, given: Given) -> list[str]:
    found = [
        "Everybody else loses the record at once: it is gone from lists, searches, exports and other systems.",
        "Whoever opens it gives a reason, which is kept.",
    ]
    if str(stand.reader.public_id) not in given["people"]:
        found.insert(0, "You have not named yourself: you will not be able to open this record.")
    return found


def _allow(stand: Stand, given: Given, version: int) -> str:
    person = _staff(stand)[given["person"]]
    restrictions.allow(
        child=stand.child,
        person=person,
        reason=given["reason"],
        by=stand.reader,
        on=stand.day,
        version=version,
    )
    return f"{person.name} may open this record."


def _grants(stand: Stand) -> dict[str, RestrictedAccess]:
    rows = visible(RestrictedAccess, stand.reader).filter(child=stand.child, period__contains=stand.day)
    return {str(row.user.public_id): row for row in rows.select_related("user").order_by("user__name")}


def _disallow(stand: Stand, given: Given, version: int) -> str:
    row = _grants(stand)[given["choice"]]
    restrictions.disallow(access=row, by=stand.reader, on=stand.day, version=version)
    return f"{row.user.name} may no longer open this record."


def _look_again(stand: Stand, given: Given, version: int) -> str:
    restrictions.look_again(
        child=stand.child, review_on=given["review_on"], by=stand.reader, on=stand.day, version=version
    )
    return f"The restriction is looked at again on {long_date(given['review_on'])}."


def _lift(stand: Stand, given: Given, version: int) -> str:
    restrictions.lift(child=stand.child, why=given["why"], by=stand.reader, on=stand.day, version=version)
    return f"{stand.child.name}’s record is no longer restricted."


IDENTITY_TASKS = (
    PeopleTask("name", Of.CHILD, "Change the name", _rename_form, _rename),
    PeopleTask("former-name", Of.CHILD, "Add a former name",
        lambda stand, data: FormerNameForm(data, **stand.dates), _former,
    ),
    PeopleTask("remove-former-name", Of.CHILD, "Remove a former name",
        lambda stand, data: ChoiceForm(
            data, choices=[(str(row.public_id), row.name) for row in _formers(stand)]
        ),
        _remove_former,
    ),
    PeopleTask("sibling", Of.CHILD, "Link a brother or sister", _sibling_form, _sibling),
    PeopleTask("remove-sibling", Of.CHILD, "Remove a link to a brother or sister", _unlink_form, _unlink),
    PeopleTask("number", Of.CHILD, "Add a number", lambda stand, data: NumberForm(data, **stand.dates), _number,
        consequences=_number_follows,
    ),
    PeopleTask("correct-number", Of.CHILD, "Correct a number",
        lambda stand, data: CorrectNumberForm(data, choices=_number_choices(stand)), _correct_number,
        consequences=_number_follows,
    ),
    PeopleTask("end-number", Of.CHILD, "End a number",
        lambda stand, data: EndNumberForm(data, choices=_number_choices(stand, current=True), **stand.dates), _end_number,
    ),
    PeopleTask("status", Of.CHILD, "Record where the child stands with other services",
        lambda stand, data: StatusForm(data, **stand.dates), _status,
    ),
    PeopleTask("end-status", Of.CHILD, "End a standing", _end_status_form, _end_status),
    PeopleTask("restrict-record", Of.RESTRICTION, "Restrict this record",
        lambda stand, data: RestrictForm(data, staff=_staff_choices(stand), **stand.dates), _restrict,
        consequences=_restrict_follows, submit="Restrict the record",
    ),
    PeopleTask("allow", Of.RESTRICTION, "Let somebody open this record",
        lambda stand, data: AllowForm(data, staff=_staff_choices(stand)), _allow,
    ),
    PeopleTask("disallow", Of.RESTRICTION, "Take somebody off this record",
        lambda stand, data: ChoiceForm(
            data,
            choices=[
                (key, f"{row.user.name}, since {short_date(row.starts_on)}") for key, row in _grants(stand).items()
            ],
        ),
        _disallow,
    ),
    PeopleTask("look-again", Of.RESTRICTION, "Keep the restriction",
        lambda stand, data: LookAgainForm(data, **stand.dates), _look_again,
    ),
    PeopleTask("lift", Of.RESTRICTION, "Lift the restriction", lambda stand, data: LiftForm(data), _lift,
        warning="Everybody who may open children can then open this record.", submit="Lift the restriction",
    ),
)  # fmt: skip

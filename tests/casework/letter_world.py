"""A child with a mother who decides, a father who is barred, and the letters that come with Waymark."""

from types import SimpleNamespace

from casework.rules.letter_fields import FIELDS, Source
from casework.services import letter_templates
from tests.factories.children import (
    ChildAddressFactory,
    ChildContactFactory,
    ContactRestrictionFactory,
    ParentalResponsibilityFactory,
)

STANDING = {
    name: f"{field.words}: 01632 960100" for name, field in FIELDS.items() if field.source is Source.STANDING
}


def make_world(child):
    """Contacts, an address, templates and the words of every letter. The father is barred from 3 March 2025."""
    home = ChildAddressFactory(child=child, lines="12 Invented Lane\nOtterbrook", postcode="ZZ1 1AA")
    mother = ChildContactFactory(child=child, person__name="Hazel Heath", person__salutation="Ms Heath")
    ParentalResponsibilityFactory(contact=mother)
    father = ChildContactFactory(
        child=child, person__name="Bracken Heath", relationship="father", lives_with_child=False
    )
    ParentalResponsibilityFactory(contact=father, source="birth_certificate")
    ContactRestrictionFactory(contact=father)
    letter_templates.install_starters(by=None, author="Fernshire")
    letter_templates.set_words(words=STANDING, by=None)
    for row in (mother, father):
        row.refresh_from_db()
    return SimpleNamespace(home=home, mother=mother, father=father)

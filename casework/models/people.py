"""The people around a child: who they are, where they live, what they may decide and whether they may be written to."""

from django.db import models
from django.db.models import Q

from casework.audit import tracked
from casework.columns import came_from, one_of, public_id
from casework.models.children import Child
from casework.periods import DateEffective, StartMayBeUnknown, no_overlap, ordered_days


class PreferredWay(models.TextChoices):
    """How somebody asks to be reached."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    TEXT_MESSAGE = "text_message", "Text message"


@tracked()
class Person(models.Model):
    """Somebody around one or more children: a parent, carer, relative, social worker or representative.

    Also the young person, where their own telephone, e-mail or language is recorded (`Relationship.SELF`). One row for
    a mother of three, so that a new telephone number is entered once. Never a member of staff who signs in (User).
    """

    public_id = public_id()
    name = models.CharField("name, as letters use it", max_length=200)
    salutation = models.CharField(
        "how a letter begins, such as Ms Thistle", max_length=100, blank=True, default="", db_default=""
    )
    telephone = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.EmailField("e-mail address", blank=True, default="", db_default="")
    preferred_way = models.CharField(
        max_length=12, choices=PreferredWay.choices, blank=True, default="", db_default=""
    )
    language = models.CharField(
        "language, where it is not English", max_length=60, blank=True, default="", db_default=""
    )
    needs_interpreter = models.BooleanField(default=False, db_default=False)
    format_needs = models.CharField(
        "format needed, such as large print", max_length=200, blank=True, default="", db_default=""
    )
    came_from = came_from()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"
        constraints = [
            one_of("person_preferred_way_known", "preferred_way", PreferredWay, blank=True),
            models.CheckConstraint(
                condition=Q(name__gt=""), name="person_has_a_name", violation_error_message="Enter the name."
            ),
            models.CheckConstraint(
                condition=~Q(preferred_way="email") | Q(email__gt=""),
                name="person_email_is_known",
                violation_error_message="Enter the e-mail address, or choose another way.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_way__in=["telephone", "text_message"]) | Q(telephone__gt=""),
                name="person_telephone_is_known",
                violation_error_message="Enter the telephone number, or choose another way.",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name


@tracked()
class PersonAddress(StartMayBeUnknown):
    """Where a person lives for a time, when it is not the child's home.

    `withheld` is a refuge or another place that only those with need may read; it is never printed for anybody else.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=300, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=8, blank=True, default="", db_default="")
    withheld = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name_plural = "addresses of people"
        constraints = [
            ordered_days("person_address_days_in_order"),
            no_overlap(
                "person_has_one_address",
                "person",
                message="This person already has an address on some of these days.",
            ),
            models.CheckConstraint(
                condition=Q(lines__gt="") | Q(postcode__gt=""),
                name="person_address_is_given",
                violation_error_message="Enter the address or the postcode.",
            ),
        ]


class Relationship(models.TextChoices):
    """Who somebody is to the child."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    PARENT = "parent", "Parent"
    STEP_PARENT = "step_parent", "Step-parent"
    GRANDPARENT = "grandparent", "Grandparent"
    GUARDIAN = "guardian", "Guardian or special guardian"
    FOSTER_CARER = "foster_carer", "Foster carer"
    OTHER_CARER = "other_carer", "Other carer"
    RELATIVE = "relative", "Other relative"
    SELF = "self", "The young person themselves"
    REPRESENTATIVE = "representative", "Representative (capacity)"
    ADVOCATE = "advocate", "Advocate or supporter"
    SOCIAL_WORKER = "social_worker", "Social worker"
    OTHER = "other", "Other"


@tracked()
class ChildContact(StartMayBeUnknown):
    """Somebody is somebody to a child, for a time.

    Without `lives_with_child` their address is their own (PersonAddress). `young_person_agreed_on` is the day on which a
    young person over compulsory school age agreed that this person is written to as well.
    """

    public_id = public_id()
    child = models.ForeignKey(Child, models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    relationship = models.CharField(max_length=15, choices=Relationship.choices)
    relationship_words = models.CharField(
        "relationship in words, where it is another", max_length=100, blank=True, default="", db_default=""
    )
    lives_with_child = models.BooleanField(default=False, db_default=False)
    contact_first = models.BooleanField("the one to contact first", default=False, db_default=False)
    young_person_agreed_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            ordered_days("contact_days_in_order"),
            one_of("contact_relationship_known", "relationship", Relationship),
            no_overlap(
                "contact_once_at_a_time", "child", "person",
                message="This person is already a contact of this child on some of these days.",
            ),
            no_overlap(
                "child_has_one_to_contact_first", "child",
                condition=Q(contact_first=True),
                message="Another person is already the one to contact first on some of these days.",
            ),
            models.CheckConstraint(
                condition=~Q(relationship="other") | Q(relationship_words__gt=""),
                name="contact_other_relationship_in_words",
                violation_error_message="Enter who this person is to the child.",
            ),
        ]  # fmt: skip

    @property
    def relationship_name(self) -> str:
        """Who this is to the child, in words."""
        return self.relationship_words or self.get_relationship_display()


class ResponsibilitySource(models.TextChoices):
    """Where parental responsibility comes from.

    Children Act 1989 ss. 2 to 5, 12, 14C and 33; Adoption and Children Act 2002 s. 46.
    """

    BIRTH_MOTHER = "birth_mother", "Mother who gave birth"
    MARRIED = "married", "Married to, or civil partner of, the mother at the birth"
    BIRTH_CERTIFICATE = "birth_certificate", "Named on the birth certificate (since 1 December 2003)"
    AGREEMENT = "agreement", "Parental responsibility agreement"
    COURT_ORDER = "court_order", "Order of a court"
    SPECIAL_GUARDIAN = "special_guardian", "Special guardianship order, or appointed guardian"
    ADOPTION = "adoption", "Adoption"
    CARE_ORDER = "care_order", "Authority under a care order"


@tracked()
class ParentalResponsibility(StartMayBeUnknown):
    """A contact has parental responsibility for a time; `evidence` says what was seen, such as the order and its date."""

    contact = models.ForeignKey(ChildContact, models.PROTECT, related_name="responsibilities")
    source = models.CharField(max_length=20, choices=ResponsibilitySource.choices)
    evidence = models.CharField("what was seen", max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name_plural = "parental responsibilities"
        constraints = [
            ordered_days("responsibility_days_in_order"),
            one_of("responsibility_source_known", "source", ResponsibilitySource),
            no_overlap(
                "responsibility_once_at_a_time", "contact",
                message="This person already has parental responsibility on some of these days.",
            ),
        ]  # fmt: skip


class ContactLimit(models.TextChoices):
    """What a restriction of contact forbids."""

    NO_CONTACT = "no_contact", "No contact: do not write, call or meet"
    LETTERS_ONLY = "letters_only", "Letters only"
    SUPERVISED = "supervised", "Only through a named worker"
    NO_ADDRESS = "no_address", "Must not learn where the child lives or learns"


class ContactLimitBasis(models.TextChoices):
    """Why contact is restricted."""

    COURT_ORDER = "court_order", "Order of a court"
    POLICE = "police", "Police or bail conditions"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    OWN_WISH = "own_wish", "They asked for it"
    YOUNG_PERSON = "young_person", "The young person asked for it"
    OTHER = "other", "Other"


@tracked()
class ContactRestriction(DateEffective):
    """What may not be done with a contact, from a day to a day, and why. Asked before anything is sent."""

    public_id = public_id()
    contact = models.ForeignKey(ChildContact, models.PROTECT, related_name="restrictions")
    limit = models.CharField(max_length=12, choices=ContactLimit.choices)
    basis = models.CharField(max_length=12, choices=ContactLimitBasis.choices)
    reason = models.CharField("reason and evidence", max_length=300)

    class Meta:
        constraints = [
            ordered_days("contact_restriction_days_in_order"),
            one_of("contact_restriction_limit_known", "limit", ContactLimit),
            one_of("contact_restriction_basis_known", "basis", ContactLimitBasis),
            models.CheckConstraint(
                condition=Q(reason__gt=""), name="contact_restriction_has_a_reason",
                violation_error_message="Enter why contact is restricted.",
            ),
            no_overlap(
                "contact_restricted_once", "contact", "limit",
                message="Contact is already restricted in this way on some of these days.",
            ),
        ]  # fmt: skip


@tracked()
class CapacityFinding(DateEffective):
    """A young person was found to lack capacity for decisions about their EHC plan, from a day to a day.

    Then the `representative` decides in their place, or a parent where there is none (Children and Families Act 2014
    s. 80; SEND Regulations 2014 reg 64). Capacity is presumed until a finding says otherwise (Mental Capacity Act 2005 s. 1).
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="capacity_findings")
    representative = models.ForeignKey(
        ChildContact, models.PROTECT, null=True, blank=True, related_name="represents"
    )
    evidence = models.CharField("who assessed it, when and how", max_length=300)

    class Meta:
        constraints = [
            ordered_days("capacity_days_in_order"),
            models.CheckConstraint(
                condition=Q(evidence__gt=""), name="capacity_finding_has_evidence",
                violation_error_message="Enter who assessed capacity, when and how.",
            ),
            no_overlap(
                "capacity_finding_once", "child",
                message="A finding about capacity is already recorded on some of these days.",
            ),
        ]  # fmt: skip

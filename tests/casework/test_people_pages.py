"""The pages of people and identity, and of records that look alike, without a browser."""

import datetime

import pytest
from django.urls import reverse

from casework.models import (
    AccessAction,
    AccessLogEntry,
    Child,
    ChildContact,
    ChildIdentifier,
    ChildMerge,
    ChildStatus,
    FormerName,
    NotTheSame,
    RoleCode,
    Sibling,
)
from casework.rules.identifiers import make_upn
from casework.services import merges
from casework.web.views.people import TASKS
from tests.factories.cases import CaseAssignmentFactory, PlanFactory
from tests.factories.children import (
    ChildAddressFactory,
    ChildContactFactory,
    ChildFactory,
    ChildIdentifierFactory,
    ChildStatusFactory,
    ContactRestrictionFactory,
    FormerNameFactory,
    ParentalResponsibilityFactory,
    SiblingFactory,
)
from tests.factories.people import UserFactory

D = datetime.date
ON = D(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.WAYMARK_TODAY = ON.isoformat()


@pytest.fixture
def manager(client, db):
    person = UserFactory(name="Mira Quillfeather", role=RoleCode.MANAGER)
    client.force_login(person)
    return person


@pytest.fixture
def child(db):
    row = ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4))
    row.refresh_from_db()
    return row


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def through(client, word, subject, data):
    """Fill in a task, check it, record it; the page it leads to."""
    subject.refresh_from_db()
    filled = client.post(reverse(TASKS[word].url_name, args=[subject.public_id]), data)
    assert filled.status_code == 302, filled.content.decode()
    checked = client.get(filled.url)
    key = checked.context["form"]["key"].value()
    done = client.post(filled.url, {"key": key}, follow=True)
    return checked.content.decode(), done.content.decode()


def page(client, name, child):
    child.refresh_from_db()
    return client.get(reverse(name, args=[child.public_id])).content.decode()


def test_a_contact_from_adding_to_the_end(client, manager, child):
    ChildAddressFactory(child=child, lines="1 Invented Lane")
    checked, done = through(
        client, "add-contact", child,
        {"name": "Larch Heath", "relationship": "father", "email": "larch@post.example", "way": "email"},
    )  # fmt: skip
    assert "Who are they to the child" in checked
    assert "Father" in checked
    assert "Larch Heath has been added." in done
    assert "Neither has parental responsibility nor lives with the child" in done
    contact = ChildContact.objects.get()
    _, done = through(
        client, "responsibility", contact, {"source": "birth_certificate", "evidence": "Certificate seen"}
    )
    assert "Decides as parent" in done
    _, done = through(
        client,
        "address",
        contact,
        {"lines": "9 Other Row", "postcode": "ZZ2 2AA"} | days("starts_on", D(2026, 1, 1)),
    )
    assert "9 Other Row, ZZ2 2AA" in done
    _, done = through(client, "details", contact, {"name": "Larch Heath-Fern", "telephone": "01632 960002"})
    assert "01632 960002" in done
    _, done = through(client, "part", contact, {"contact_first": "on"})
    assert "Contact first" in done
    checked, done = through(
        client, "restrict", contact,
        {"limit": "no_contact", "basis": "court_order", "reason": "Order of 1 March"} | days("starts_on", D(2026, 3, 1)),
    )  # fmt: skip
    assert "no letter about Rowan Heath can be addressed to Larch Heath-Fern" in checked
    assert "No contact is allowed" in done
    assert "01632 960002" not in done
    row = contact.restrictions.get()
    row.refresh_from_db()
    _, done = through(
        client, "end-restriction", contact,
        {"restriction": str(row.public_id), "why": "The court lifted it"} | days("ends_on", D(2026, 3, 1)),
    )  # fmt: skip
    assert "Decides as parent" in done
    _, done = through(client, "end-responsibility", contact, days("ends_on", D(2026, 3, 1)))
    assert "Decides as parent" not in done
    _, done = through(client, "end", contact, days("ends_on", D(2026, 3, 1)))
    assert "Earlier and later contacts" in done


def test_a_contact_of_a_sister_is_offered(client, manager, child):
    sister = ChildFactory(surname="Heath", forename="Fern")
    SiblingFactory(first=child, second=sister)
    mother = ChildContactFactory(child=sister, person__name="Meadow Heath")
    mother.person.refresh_from_db()
    shown = page(client, "people_add_contact", child)
    assert "Meadow Heath, mother of Fern Heath" in shown
    through(client, "add-contact", child, {"known": str(mother.person.public_id), "relationship": "mother"})
    assert ChildContact.objects.get(child=child).person == mother.person


def test_a_contact_without_a_name_keeps_every_word(client, manager, child):
    url = reverse("people_add_contact", args=[child.public_id])
    shown = client.post(url, {"relationship": "other", "way": "telephone", "email": "no"}).content.decode()
    for words in (
        "Enter the name",
        "Enter who this person is to the child",
        "Enter the telephone number, or choose another way",
    ):
        assert words in shown
    assert 'value="no"' in shown


def test_homes_and_a_refuge(client, manager, child):
    _, done = through(
        client,
        "home",
        child,
        {"lines": "1 Old Row", "postcode": "zz1 1aa"} | days("starts_on", D(2025, 1, 1)),
    )
    assert "1 Old Row, ZZ1 1AA" in done
    _, done = through(
        client, "correct-home", child, {"lines": "2 Safe Row", "postcode": "", "withheld": "on"}
    )
    assert "2 Safe Row" in done
    assert AccessLogEntry.objects.filter(action=AccessAction.ADDRESS, user=manager, child=child).exists()
    other = UserFactory(role=RoleCode.CASEWORKER)
    client.force_login(other)
    shown = page(client, "child_people", child)
    assert "2 Safe Row" not in shown
    assert "Withheld: ask the lead worker" in shown
    assert "2 Safe Row" not in page(client, "people_correct_home", child)
    _, refused = through(client, "correct-home", child, {"lines": "3 Row", "postcode": ""})
    assert "This address is withheld" in refused
    assert not AccessLogEntry.objects.filter(action=AccessAction.ADDRESS, user=other).exists()
    CaseAssignmentFactory(child=child, user=other)
    assert "2 Safe Row" in page(client, "child_people", child)


def test_a_young_person_and_capacity(client, manager):
    young = ChildFactory(forename="Rowan", date_of_birth=D(2007, 5, 4))
    assert "Rowan decides, being over compulsory school age" in page(client, "child_people", young)
    _, done = through(
        client, "capacity", young, {"evidence": "Dr Fennimore, 2 January"} | days("starts_on", D(2026, 1, 2))
    )
    assert "The parents decide in the young person’s place" in done
    _, done = through(client, "end-capacity", young, days("ends_on", D(2026, 2, 2)))
    assert "Rowan decides, being over" in done


def test_names_and_searching(client, manager, child):
    _, done = through(
        client, "name", child,
        {"forename": "Rowan", "surname": "Deepdene", "kind": "changed"} | days("changed_on", D(2026, 2, 1)),
    )  # fmt: skip
    assert "The name is now Rowan Deepdene." in done
    assert FormerName.objects.get().ends_on == D(2026, 1, 31)
    through(client, "former-name", child, {"forename": "Rowan", "surname": "Bramble", "kind": "birth"})
    found = client.get(reverse("children"), {"q": "rowan bramble"}).content.decode()
    assert "Deepdene, Rowan" in found
    former = FormerName.objects.get(surname="Bramble")
    through(client, "remove-former-name", child, {"choice": str(former.public_id)})
    assert not FormerName.objects.filter(surname="Bramble").exists()


UPN = make_upn("999", "4001", "20", "123")
WRONG = ("B" if UPN[0] == "A" else "A") + UPN[1:]


def test_numbers(client, manager, child):
    url = reverse("people_number", args=[child.public_id])
    refused = client.post(url, {"scheme": "upn", "value": UPN[:4] + "O" + UPN[5:]}).content.decode()
    assert "Character 5 is O and must be a digit." in refused
    checked, done = through(client, "number", child, {"scheme": "upn", "value": WRONG})
    assert f"it begins with {WRONG[0]}, and the other 12 characters need {UPN[0]}" in checked
    assert "has been added" in done
    row = ChildIdentifier.objects.get()
    through(client, "correct-number", child, {"choice": row.pk, "value": UPN, "reason": "The school's list"})
    row.refresh_from_db()
    assert (row.value, row.query) == (UPN, "")
    _, done = through(client, "end-number", child, {"choice": row.pk} | days("ends_on", D(2026, 2, 1)))
    row.refresh_from_db()
    assert (row.scheme, row.ends_on) == ("former_upn", D(2026, 2, 1))
    assert "Former UPN" in done
    other = ChildIdentifierFactory(value=make_upn("999", "4001", "20", "124"))
    through(client, "number", child, {"scheme": "upn", "value": make_upn("999", "4001", "20", "125")})
    mine = ChildIdentifier.objects.get(child=child, scheme="upn")
    _, refused = through(
        client,
        "correct-number",
        child,
        {"choice": mine.pk, "value": other.value, "reason": "The school's list"},
    )
    assert "the other record may be the same child" in refused


def test_brothers_and_sisters(client, manager, child):
    for row in (child, sister := ChildFactory(surname="Heath", forename="Fern")):
        ChildAddressFactory(child=row, postcode="ZZ1 1AA")
    sister.refresh_from_db()
    assert "Same last name and postcode" in page(client, "child_identity", child)
    _, done = through(client, "sibling", child, {"other": str(sister.public_id), "kind": "twin"})
    assert "Fern Heath" in done
    hidden = ChildFactory(surname="Heath", forename="Sealwort", restricted=True)
    SiblingFactory(first=child, second=hidden)
    assert "Sealwort" not in page(client, "child_identity", child)
    link = Sibling.objects.get(second=sister)
    through(client, "remove-sibling", child, {"choice": str(link.public_id)})
    number = ChildIdentifierFactory(child=sister).value
    through(client, "sibling", child, {"other": "else", "number": number, "kind": "half"})
    assert Sibling.objects.get(second=sister).kind == "half"
    _, refused = through(client, "sibling", child, {"other": "else", "number": "EHC-9999999", "kind": "half"})
    assert "No single child has that number" in refused


def test_standing_with_other_services(client, manager, child):
    url = reverse("people_status", args=[child.public_id])
    assert (
        "Enter which authority looks after the child"
        in client.post(url, {"kind": "looked_after"}).content.decode()
    )
    _, done = through(
        client, "status", child, {"kind": "looked_after", "la_code": "886"} | days("starts_on", D(2025, 1, 1))
    )
    assert "authority 886" in done
    row = ChildStatus.objects.get()
    _, done = through(
        client, "end-status", child, {"choice": str(row.public_id)} | days("ends_on", D(2026, 2, 1))
    )
    assert "to 1 Feb 2026" in done


def test_restricting_and_lifting(client, manager, child):
    other = UserFactory(name="Wren Underhill", role=RoleCode.CASEWORKER)
    UserFactory(name="No Role")
    for person in (manager, other):
        person.refresh_from_db()
    assert "No Role" not in page(client, "people_restrict_record", child)
    given = {"reason": "Lives in a refuge", "people": [str(other.public_id)]} | days(
        "review_on", D(2026, 9, 1)
    )
    checked, done = through(client, "restrict-record", child, given)
    assert "You have not named yourself" in checked
    assert client.get(reverse("child", args=[child.public_id])).status_code == 404
    client.force_login(other)
    child.refresh_from_db()
    assert "This record is restricted" in page(client, "child_identity", child)
    client.post(reverse("child_identity", args=[child.public_id]), {"reason": "I work the case"})
    assert "Lives in a refuge" in page(client, "child_identity", child)
    assert client.get(reverse("people_lift", args=[child.public_id])).status_code == 403
    # A manager who is named may change who opens it.
    from casework.services import restrictions

    restrictions.allow(child=child, person=manager, reason="Answers for it", by=other, on=ON)
    client.force_login(manager)
    assert client.get(reverse("people_lift", args=[child.public_id])).url.endswith("/identity/")
    client.post(reverse("child_identity", args=[child.public_id]), {"reason": "Review"})
    _, done = through(client, "disallow", child, {"choice": str(other.public_id)})
    assert "Wren Underhill may no longer open this record." in done
    _, refused = through(client, "disallow", child, {"choice": str(manager.public_id)})
    assert "Nobody else could open this record" in refused
    _, done = through(client, "allow", child, {"person": str(other.public_id), "reason": "Covers"})
    assert "Wren Underhill may open this record." in done
    _, done = through(client, "look-again", child, days("review_on", D(2027, 1, 1)))
    assert "1 January 2027" in done
    _, done = through(client, "lift", child, {"why": "They have moved on"})
    assert "is no longer restricted" in done
    child.refresh_from_db()
    assert not child.restricted


# Records that look alike


@pytest.fixture
def twice(manager):
    pair = [
        ChildFactory(surname=surname, forename="Rowan", date_of_birth=D(2016, 5, 4))
        for surname in ("Heath", "Heeth")
    ]
    for row in pair:
        row.refresh_from_db()
    return pair


def ids(pair):
    return [row.public_id for row in pair]


def test_the_list_keeps_twins_apart(client, twice):
    ChildFactory(surname="Heath", forename="Sorrel", date_of_birth=D(2016, 5, 4))
    ChildFactory(surname="Quite", forename="Different", date_of_birth=D(2016, 5, 4))
    shown = client.get(reverse("alike"))
    assert [(pair.one.surname, pair.other.surname) for pair in shown.context["pairs"]] == [("Heath", "Heeth")]
    assert "Very likely: same date of birth, like names" in shown.content.decode()
    twins = client.get(reverse("alike"), {"list": "twins"})
    assert {pair.other.forename for pair in twins.context["pairs"]} == {"Sorrel"}
    ChildFactory(surname="Heath", forename="Rowan", date_of_birth=D(2016, 5, 4), restricted=True)
    assert "more with a restricted record" in client.get(reverse("alike")).content.decode()


def test_found_to_be_two_children(client, twice):
    url = reverse("merge_different", args=ids(twice))
    assert "Enter how you know that these are two children" in client.post(url, {}).content.decode()
    done = client.post(url, {"why": "Cousins at one school"}, follow=True).content.decode()
    assert "are two children and are no longer listed" in done
    assert "No records look alike" in done
    assert NotTheSame.objects.get().why == "Cousins at one school"


def merge(client, pair, **answers):
    url = reverse("merge", args=ids(pair))
    return client.post(url, {"choice-surname": "kept", "why": "The school has one"} | answers)


def test_merge_and_undo(client, twice):
    kept, other = twice
    plan = PlanFactory(child=other)
    upn = ChildIdentifierFactory(child=other).value
    shown = client.get(reverse("merge", args=ids(twice))).content.decode()
    assert "To be moved: 1 number, 1 plan." in shown
    assert "Enter how you know" in client.post(reverse("merge", args=ids(twice)), {}).content.decode()
    filled = merge(client, twice)
    assert filled.url == reverse("merge_check", args=ids(twice))
    checked = client.get(filled.url)
    sent = {"key": checked.context["form"]["key"].value()}
    done = client.post(filled.url, sent, follow=True)
    assert "The two records are one" in done.content.decode()
    assert client.post(filled.url, sent).url == done.redirect_chain[-1][0]
    plan.refresh_from_db()
    assert plan.child == kept
    moved = client.get(reverse("child", args=[other.public_id]), follow=True)
    assert moved.redirect_chain[0][0] == reverse("child", args=[kept.public_id])
    assert "The record of Rowan Heeth was merged into this one on 2 March 2026" in moved.content.decode()
    assert client.get(reverse("children"), {"q": upn}).url == reverse("child", args=[kept.public_id])
    row = ChildMerge.objects.get()
    url = reverse("undo_merge", args=[row.public_id])
    checked = client.get(client.post(url, {"why": "Cousins"}).url)
    assert (
        "What was recorded on Rowan Heath’s record since the merge stays there." in checked.content.decode()
    )
    done = client.post(f"{url}check/", {"key": checked.context["form"]["key"].value()}, follow=True)
    assert "The merge is undone" in done.content.decode()
    plan.refresh_from_db()
    assert plan.child == other
    assert client.get(reverse("child", args=[other.public_id])).status_code == 200
    assert client.get(url).status_code == 404


def test_what_stands_in_the_way_is_said(client, twice):
    for row in twice:
        PlanFactory(child=row)
    shown = client.get(reverse("merge", args=ids(twice))).content.decode()
    assert "These records cannot be merged yet" in shown
    assert "Both records have a plan on the same days" in shown
    assert "Which is right?" not in shown
    merge(client, twice)
    assert client.get(reverse("merge_check", args=ids(twice))).url == reverse("merge", args=ids(twice))


def test_twins_need_evidence(client, twice):
    Child.objects.filter(pk=twice[1].pk).update(forename="Sorrel", surname="Heath")
    answers = {"choice-forename": "kept"}
    filled = merge(client, twice, **answers)
    assert filled.url == reverse("merge_twins", args=ids(twice))
    # No way round the extra page.
    assert client.get(reverse("merge_check", args=ids(twice))).url == filled.url
    refused = client.post(filled.url, {"checked": "birth"}).content.decode()
    assert "Enter who told you, when, and what they said or showed" in refused
    after = client.post(filled.url, {"checked": "birth", "evidence": "Certificate of 5 May 2016"})
    checked = client.get(after.url)
    assert "one birth on that day. Certificate of 5 May 2016" in checked.content.decode()
    client.post(after.url, {"key": checked.context["form"]["key"].value()})
    assert ChildMerge.objects.get().twin_evidence.endswith("Certificate of 5 May 2016")


def test_a_merged_record_of_a_child_one_may_not_see_is_not_found(client, manager, twice):
    kept, other = twice
    merges.merge(kept=kept, other=other, chosen={"surname": "kept"}, why="One", by=manager, on=ON)
    Child.objects.filter(pk=kept.pk).update(restricted=True)
    assert client.get(reverse("child", args=[other.public_id])).status_code == 404
    assert client.get(reverse("merge", args=[kept.public_id, kept.public_id])).status_code == 404


def test_the_pages_read_in_few_queries(client, manager, child, django_assert_max_num_queries):
    for number in range(8):
        contact = ChildContactFactory(child=child, person__name=f"Contact {number}")
        ContactRestrictionFactory(contact=contact)
        ParentalResponsibilityFactory(contact=contact)
        FormerNameFactory(child=child)
        SiblingFactory(first=child, second=ChildFactory())
    ChildStatusFactory(child=child)
    with django_assert_max_num_queries(30):
        page(client, "child_people", child)
    with django_assert_max_num_queries(30):
        page(client, "child_identity", child)

"""Right person, right letter: what is made, what stops it, what is kept of its sending."""

import datetime
import io

import pytest
from django.db import transaction
from docx import Document as WordDocument
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casework.models import CaseKind, Document, Letter, LetterTemplate, LetterTemplateVersion, SentHow
from casework.queries.letter_check import Body, Draft
from casework.queries.letter_sending import letters_in_error, sending_consequences
from casework.queries.letter_values import asked_of
from casework.rules.letter_fields import FIELDS
from casework.rules.letter_kinds import Goes, LetterKind
from casework.rules.starter_letters import STARTERS
from casework.services import decisions, files, letter_templates, letters
from casework.services.refusals import Refused
from casework.word.fields import words_of
from tests.casework.files import PDF
from tests.casework.letter_world import make_world
from tests.factories.cases import CaseFactory
from tests.factories.children import (
    CapacityFindingFactory,
    ChildAddressFactory,
    ChildContactFactory,
    ChildFactory,
    ContactRestrictionFactory,
)

MONDAY = datetime.date(2025, 6, 2)
DAY = datetime.date(2025, 7, 10)
WHOLE = {"by": None, "authority": "Fernshire"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.WAYMARK_TODAY = str(DAY)


@pytest.fixture
def world(child):
    return make_world(child)


@pytest.fixture
def refused(log_request, caseworker):
    """A request that was refused, the family told on 10 July."""
    case = log_request()
    decisions.refuse_to_assess(
        case=case, limb="not_necessary", grounds=["progress", "support_working"],
        reasons="Rowan’s reading has caught up.\nThe school’s support is working.",
        decided_on=DAY, told_on=DAY, by=caseworker, on=DAY,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def version_of(kind):
    return LetterTemplateVersion.objects.select_related("template").get(template__kind=kind)


@pytest.fixture
def write(child, world, refused, caseworker):
    """A draft of the refusal letter to the mother, with what a test wants to be different, checked."""

    def check(kind=LetterKind.REFUSE_ASSESS, **different):
        facts = {
            "child": child,
            "case": refused,
            "version": version_of(kind),
            "dated": DAY,
            "contact": world.mother,
        }
        draft = Draft(**(facts | different))
        return letters.check(draft, by=caseworker, on=DAY, authority="Fernshire")

    return check


@pytest.fixture
def make(caseworker):
    def made(checked):
        return letters.make(
            draft=checked.draft, seen=checked.seen, by=caseworker, on=DAY, authority="Fernshire"
        )

    return made


def text_of(letter):
    return words_of(files.read(key=letter.document.storage_key, checksum=letter.document.checksum))


def what(checked):
    return " ".join(stop.what for stop in checked.stops)


def test_a_refusal_says_all_the_law_asks(write, make, refused, world, child):
    checked = write()
    assert checked.stops == []
    letter = make(checked)
    words = text_of(letter)
    for said in (
        "Rowan Heath, born 4 May 2016", "Dear Ms Heath", "12 Invented Lane\nOtterbrook\nZZ1 1AA", refused.reference,
        "Rowan’s reading has caught up.\nThe school’s support is working.", "by 10 September 2025", "Wren Underhill",
        "attainment and rate of progress; support already given is meeting the needs",
        "Mediation adviser: 01632 960100", "Disagreement resolution service: 01632 960100",
        "Information, advice and support service (SENDIASS): 01632 960100", "10 July 2025",
    ):  # fmt: skip
        assert said in words, said
    assert "{{" not in words
    assert (letter.recipient_name, letter.recipient_relationship) == ("Hazel Heath", "Mother")
    assert letter.recipient_address == "12 Invented Lane\nOtterbrook\nZZ1 1AA"
    assert (letter.contact, letter.child_name, letter.recipient_standing) == (
        world.mother, "Rowan Heath", "Decides as parent",
    )  # fmt: skip
    assert letter.document.kind == "letter"
    assert letter.document.file_name == "Refusal to assess to Hazel Heath.docx"


@given(data=st.data())
@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_field_is_left_unfilled_in_any_letter(data, write, make, child, caseworker):
    kind = data.draw(st.sampled_from(sorted(STARTERS)))
    facts = LetterKind(kind).facts
    words = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=60)
    asked = {name: data.draw(words.filter(str.strip)) for name in asked_of(tuple(version_of(kind).fields))}
    body = Body("Otterbrook Primary School", "Setting", "1 School Lane") if facts.goes is Goes.BODY else None
    with transaction.atomic():
        case_kind = sorted(facts.cases)[0]
        different = {"asked": asked, "dated": DAY + datetime.timedelta(data.draw(st.integers(-300, 14)))}
        if case_kind not in {CaseKind.REQUEST, CaseKind.REASSESSMENT} or kind in {"assess", "refuse_issue"}:
            different["case"] = CaseFactory(child=child, kind=case_kind if case_kind != "reassessment" else "request",
                                            opened_on=MONDAY, closed_on=DAY, closed_because="ended")  # fmt: skip
        if body is not None:
            different |= {"body": body, "contact": None}
        checked = write(kind, **different)
        if checked.values.missing:  # nothing is recorded of the decision: then no letter is made at all
            with pytest.raises(letters.Stopped):
                make(checked)
        else:
            letter = make(checked)
            left = text_of(letter)
            assert "{{" not in left
            assert "}}" not in left
            assert child.name in left
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", STARTERS)
def test_the_letters_that_come_with_waymark_pass_their_own_check(kind, world):
    version = version_of(kind)
    content = files.read(key=version.storage_key, checksum=version.checksum)
    assert letter_templates.check_template(content=content, name="x.docx", kind=kind) == tuple(version.fields)
    assert set(kind.facts.must_say) <= set(version.fields)


def test_installing_twice_adds_nothing_and_touches_nothing(world, caseworker):
    assert LetterTemplate.objects.count() == len(STARTERS)
    assert letter_templates.install_starters(by=None, author="Fernshire") == 0


STOPS = {
    "barred": (
        lambda w, c: {"contact": w.father}, "Bracken Heath may not be written to: no contact is allowed.",
    ),
    "of another child": (
        lambda w, c: {"contact": ChildContactFactory(person__name="Fern Bracken")},
        "Fern Bracken is not recorded as a contact of Rowan Heath today.",
    ),
    "no longer a contact": (
        lambda w, c: {"contact": ChildContactFactory(child=c, person__name="Old Carer", ends_on=MONDAY)},
        "Old Carer is not recorded as a contact of Rowan Heath today.",
    ),
    "without responsibility": (
        lambda w, c: {
            "contact": ChildContactFactory(
                child=c, person__name="Aunt Sorrel", relationship="relative", lives_with_child=False
            )
        },
        "Aunt Sorrel may not be written to: neither has parental responsibility nor lives with the child.",
    ),
    "a professional": (
        lambda w, c: {
            "contact": ChildContactFactory(
                child=c, person__name="Fen Marsh", relationship="social_worker", lives_with_child=False
            )
        },
        "This letter goes to whoever decides about the plan, and Fen Marsh does not",
    ),
    "without address": (
        lambda w, c: {"contact": _elsewhere(c)}, "No address is recorded for Ash Heath today.",
    ),
    "a setting": (
        lambda w, c: {"contact": None, "body": Body("Otterbrook School", "Setting", "1 School Lane")},
        "This letter goes to the family, and Otterbrook School is somebody else.",
    ),
    "case of another child": (
        lambda w, c: {"case": CaseFactory()}, "The case belongs to another child, not to Rowan Heath.",
    ),
    "another kind of case": (
        lambda w, c: {"case": CaseFactory(child=c, kind=CaseKind.ANNUAL_REVIEW)},
        "“Refusal to assess” does not belong to this kind of case.",
    ),
    "another decision": (
        lambda w, c: {"version": version_of("refuse_issue")},
        "“Refusal to issue a plan” says something else than the decision that is recorded, or none is recorded.",
    ),
}  # fmt: skip


def _elsewhere(child):
    contact = ChildContactFactory(
        child=child, person__name="Ash Heath", relationship="father", lives_with_child=False
    )
    contact.responsibilities.create(source="court_order")
    return contact


@pytest.mark.parametrize("case", STOPS)
def test_the_check_stops_and_says_what_to_do(case, write, make, world, child, settings):
    different, words = STOPS[case]
    checked = write(**different(world, child))
    assert words in what(checked)
    assert all(stop.remedy.endswith(".") for stop in checked.stops)
    with pytest.raises(letters.Stopped):
        make(checked)
    assert not Letter.objects.exists()
    assert not Document.objects.exists()


def test_a_barred_contact_is_stopped_only_while_barred(write, world):
    assert "Write to Hazel Heath." in write(contact=world.father).stops[0].remedy
    world.father.restrictions.update(ends_on=DAY - datetime.timedelta(1))
    assert "may not be written to" not in what(write(contact=world.father))


def test_over_compulsory_school_age_the_letter_goes_to_the_young_person(write, make, world, child):
    child.date_of_birth = datetime.date(2008, 5, 4)
    child.save()
    stopped = write()
    assert "the young person decides and has not agreed to this" in what(stopped)
    own = write(contact=None)
    assert own.stops == []
    assert own.to.name == "Rowan Heath"
    world.mother.young_person_agreed_on = MONDAY
    world.mother.save()
    assert write().stops == []  # a copy, which the young person wants


def test_where_a_young_person_lacks_capacity_the_parent_has_it(write, world, child):
    child.date_of_birth = datetime.date(2006, 5, 4)
    child.save()
    CapacityFindingFactory(child=child, starts_on=MONDAY)
    checked = write()
    assert checked.stops == []
    assert (
        checked.recipient.standing.because
        == "Decides as parent, in place of a young person who lacks capacity"
    )


def test_a_withheld_address_is_for_those_who_may_read_it(write, world, child, caseworker):
    world.home.withheld = True
    world.home.save()
    assert "The address of Hazel Heath is withheld, and you are not among those" in what(write())
    child.assignments.create(user=caseworker, starts_on=MONDAY)
    checked = write()
    assert (checked.stops, checked.withheld) == ([], True)


def test_who_must_not_learn_the_place_gets_no_letter_that_tells_it(write, world):
    ContactRestrictionFactory(contact=world.mother, limit="no_address")
    review = CaseFactory(child=world.mother.child, kind=CaseKind.ANNUAL_REVIEW)
    asked = {"review_date": "3 March", "review_place": "Otterbrook School"}
    checked = write(LetterKind.REVIEW_NOTICE, case=review, asked=asked)
    assert (
        "must not learn where the child lives or learns, and this letter says: Where the review meeting is held"
        in (what(checked))
    )


def test_words_about_a_sibling_stop_the_letter(write, world, refused, child):
    sibling = ChildFactory(forename="Linden", surname="Heath")
    ChildContactFactory(child=sibling, person=world.mother.person)
    decision = refused.milestones.get(kind="decided_not_to_assess").decision
    decision.reasons = "Linden’s reading has caught up."
    decision.save()
    assert "The words of this letter name Linden Heath, another child of these people" in what(write())
    decision.reasons = "Rowan’s reading has caught up, as Linden’s has."
    decision.save()
    assert write().stops == []


def test_after_a_death_nothing_standard_goes(write, child):
    child.died_on = DAY
    child.save()
    assert "Rowan Heath has died." in what(write())


def test_a_gap_in_the_record_or_in_the_words_of_every_letter_stops_it(write, refused):
    letter_templates.set_words(words={"tribunal": " "}, by=None)
    refused.milestones.get(kind="decided_not_to_assess").decision.__class__.objects.update(reasons="")
    checked = write()
    assert "The record does not say: Reasons of the decision, as recorded." in what(checked)
    assert "The words for every letter lack: First-tier Tribunal" in what(checked)


def test_what_changed_since_the_page_was_read_makes_no_letter(write, make, world):
    checked = write()
    world.mother.person.name = "Hazel Moss"
    world.mother.person.save()
    with pytest.raises(Refused, match="Something on this page has changed since you opened it"):
        make(checked)
    assert not Letter.objects.exists()
    make(write())


def test_a_letter_keeps_the_recipient_as_they_stood(write, make, world, child):
    letter = make(write())
    world.home.ends_on = DAY
    world.home.save()
    ChildAddressFactory(child=child, lines="99 New Lane", starts_on=DAY + datetime.timedelta(1))
    letter.refresh_from_db()
    assert letter.recipient_address == "12 Invented Lane\nOtterbrook\nZZ1 1AA"


def test_sending_is_recorded_once_with_proof(write, make, caseworker):
    letter = make(write())
    sent = {"letter": letter, "how": SentHow.SIGNED_FOR, "by": caseworker, "on": DAY}
    for different, words in (
        (
            {"sent_on": DAY + datetime.timedelta(1), "proof": "x"},
            "cannot have gone after today, 10 July 2025",
        ),
        (
            {"sent_on": DAY - datetime.timedelta(1), "proof": "x"},
            "is dated 10 July 2025, so it cannot have gone on 9 July",
        ),
        ({"sent_on": DAY, "proof": "  "}, "Enter what proves that it went"),
    ):
        with pytest.raises(Refused, match=words):
            letters.record_sent(**sent, **different)
    assert sending_consequences(letter, DAY) == [
        "This agrees with the case: “Family told of the decision not to assess” on 10 July 2025."
    ]
    letters.record_sent(**sent, sent_on=DAY, proof="AB123456789GB")
    letter.refresh_from_db()
    assert (letter.state, letter.sent_on, letter.proof, letter.sent_by) == (
        "Sent",
        DAY,
        "AB123456789GB",
        caseworker,
    )
    with pytest.raises(Refused, match=r"recorded as sent on 10 July 2025. That cannot be changed"):
        letters.record_sent(**sent, sent_on=DAY, proof="again")
    with pytest.raises(Refused, match="cannot be changed"):
        letters.discard(letter=letter, reason="x", by=caseworker)


def test_days_that_do_not_agree_are_said(write, make):
    letter = make(write())
    later = DAY + datetime.timedelta(2)
    words = " ".join(sending_consequences(letter, later))
    assert (
        "The letter is dated 10 July 2025 and its time limits count from then, but it goes on 12 July 2025."
        in words
    )
    assert "The case says “Family told of the decision not to assess” on 10 July 2025" in words


def test_a_notice_of_a_review_records_its_milestone(write, make, caseworker, child):
    review = CaseFactory(child=child, kind=CaseKind.ANNUAL_REVIEW, opened_on=MONDAY)
    asked = {"review_date": "4 August 2025 at 2pm", "review_place": "Otterbrook Primary School"}
    letter = make(write(LetterKind.REVIEW_NOTICE, case=review, asked=asked))
    assert sending_consequences(letter, DAY) == [
        "“Notice of the review meeting given” is recorded on the case for 10 July 2025."
    ]
    letters.record_sent(letter=letter, sent_on=DAY, how=SentHow.POST, proof="Posted", by=caseworker, on=DAY)
    milestone = review.milestones.get(kind="review_notice_given")
    assert (milestone.happened_on, milestone.note) == (DAY, "Letter to Hazel Heath")


def test_a_letter_sent_in_error_is_marked_and_listed(write, make, caseworker):
    letter = make(write())
    mark = {"letter": letter, "by": caseworker}
    with pytest.raises(Refused, match=r"has not been sent. Discard it instead"):
        letters.mark_error(**mark, reason="Wrong house", done="Fetched back")
    letters.record_sent(letter=letter, sent_on=DAY, how=SentHow.BY_HAND, proof="Left", by=caseworker, on=DAY)
    with pytest.raises(Refused, match="Enter what went wrong"):
        letters.mark_error(**mark, reason=" ", done="Fetched back")
    with pytest.raises(Refused, match="Enter what was done about it"):
        letters.mark_error(**mark, reason="Wrong house", done="")
    letters.mark_error(**mark, reason="Wrong house", done="Fetched back; officer told")
    with pytest.raises(Refused, match="is marked already"):
        letters.mark_error(**mark, reason="Wrong house", done="Again")
    listed = letters_in_error().get()
    assert (listed.state, listed.sent_on, listed.error_done) == (
        "Sent in error",
        DAY,
        "Fetched back; officer told",
    )


def test_a_letter_that_does_not_go_is_discarded_with_a_reason(write, make, caseworker):
    letter = make(write())
    with pytest.raises(Refused, match="Enter why the letter is discarded"):
        letters.discard(letter=letter, reason="", by=caseworker)
    letters.discard(letter=letter, reason="Wrong date", by=caseworker)
    letter.refresh_from_db()
    assert letter.state == "Discarded"
    with pytest.raises(Refused, match=r"has been discarded. Make a new one"):
        letters.record_sent(letter=letter, sent_on=DAY, how=SentHow.POST, proof="x", by=caseworker, on=DAY)


def template(*lines):
    made = WordDocument()
    for line in lines:
        made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


GOOD = template("{{recipient_name}}", "{{child_name}}", "{{letter_date}}")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (template("{{child_nmae}} {{recipient_name}} {{child_name}}"), "a.docx",
         "It has a field {{child_nmae}} that Waymark does not know. The fields it knows are: letter_date, reference"),
        (template("{{a}} {{b}}"), "a.docx", "It has fields {{a}}, {{b}} that Waymark does not know."),
        (template("Dear all"), "a.docx", "it needs {{child_name}} and {{recipient_name}}"),
        (template("{{child_name"), "a.docx", "does not hold the name of one field"),
        (PDF, "a.pdf", "“a.pdf” is not a Word document. Save it in Word as .docx."),
        (PDF, "a.docx", "its content is a PDF"),
        (GOOD + bytes(6 * 1024 * 1024), "a.docx", "larger than 5 MB"),
    ],
)  # fmt: skip
def test_a_template_that_is_not_fit_is_refused(content, name, words, caseworker, settings):
    with pytest.raises(Refused) as refusal:
        letter_templates.add_template(
            kind=LetterKind.OTHER, name="Our letter", content=content, file_name=name, by=caseworker
        )
    assert words in refusal.value.words
    assert not LetterTemplate.objects.exists()


def test_a_refusal_template_without_what_the_law_asks_is_refused(caseworker):
    with pytest.raises(Refused) as refusal:
        letter_templates.add_template(
            kind=LetterKind.REFUSE_ASSESS, name="Short", content=GOOD, file_name="a.docx", by=caseworker
        )
    for field in LetterKind.REFUSE_ASSESS.facts.must_say:
        assert f"{FIELDS[field].words} ({{{{{field}}}}})" in refusal.value.words


def test_templates_have_versions_and_letters_keep_theirs(write, make, caseworker, world):
    letter_templates.add_template(
        kind=LetterKind.OTHER, name="Our letter", content=GOOD, file_name="a.docx", by=caseworker
    )
    mine = LetterTemplate.objects.get(name="Our letter")
    first = write(version=mine.versions.get())
    letter = make(first)
    better = template("{{recipient_name}} {{child_name}} better")
    letter_templates.add_version(template=mine, content=better, file_name="b.docx", by=caseworker)
    assert list(mine.versions.values_list("number", flat=True)) == [2, 1]
    letter.refresh_from_db()
    assert letter.template_version.number == 1
    with pytest.raises(Refused, match="the same file as version 2"):
        letter_templates.add_version(template=mine, content=better, file_name="b.docx", by=caseworker)
    with pytest.raises(Refused, match="There is a template “our LETTER” already"):
        letter_templates.add_template(
            kind=LetterKind.OTHER, name="our LETTER", content=GOOD, file_name="a.docx", by=caseworker
        )

"""Who is who: by UPN, ULN, then name, birth date and postcode. Twins are two; doubt waits for a person."""

import pytest

from casework.models import AssessmentRequest, Child, ChildIdentifier
from reporting.models import DoubtfulMatch, ReturnImport
from reporting.returns.sen2 import matching
from reporting.services import imports
from tests.factories.people import UserFactory
from tests.reporting.returns import factory as f

LATER = "2025-11-03"


def _again(number=1, **changes):
    """The person of the first file with another request, in a later file."""
    return f.person(number, f.refused("2025-11-03", "2025-12-01"), **changes)


def _why(outcome):
    return [doubt.why for doubt in outcome.doubts]


def test_by_upn_though_the_surname_changed(bring):
    bring([f.person(1, f.refused())])
    outcome = bring([_again(Surname="Newname")])
    assert outcome.summary.children_changed == 1
    child = Child.objects.get()
    assert child.surname == "Newname"
    assert child.cases.count() == 2


def test_by_uln_when_the_first_file_had_no_upn(bring):
    bring([f.person(1, f.refused(), UPN=None, UniqueLearnerNumber=f.uln(5))])
    bring([_again(UniqueLearnerNumber=f.uln(5), PostCode="ZZ9 9ZZ")])
    assert Child.objects.count() == 1
    assert set(ChildIdentifier.objects.values_list("scheme", flat=True)) == {"upn", "uln"}


def test_by_name_birth_date_and_postcode(bring):
    bring([f.person(1, f.refused(), UPN=None, UPNunknown="UN2", Surname="O’Brien-Test", Forename="Zoë")])
    bring([_again(Surname="OBRIEN TEST", Forename="Zoe")])
    assert Child.objects.count() == 1


def test_twins_are_two_children(bring):
    twins = [f.person(1, f.refused(), UPN=None, Forename=name) for name in ("Adatest", "Evetest")]
    outcome = bring(twins)
    assert outcome.doubts == []
    assert Child.objects.count() == 2
    again = bring(twins)
    assert again.summary.children_same == 2
    assert Child.objects.count() == 2


DOUBTS = {
    "upn_of_another": (_again(Surname="Other", PersonBirthDate="2012-01-01"), matching.SAME_UPN),
    "other_upn": (_again(UPN=f.upn(9)), matching.OTHER_UPN),
    "other_home_and_no_number": (_again(UPN=None, PostCode="ZZ9 9ZZ"), matching.OTHER_HOME),
    "no_home_and_no_number": (_again(UPN=None, PostCode=None), matching.OTHER_HOME),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_doubt_is_not_guessed(name, bring):
    bring([f.person(1, f.refused())])
    again, why = DOUBTS[name]
    outcome = bring([again, f.person(2, f.refused())])

    assert _why(outcome) == [why]
    assert outcome.doubts[0].candidate == Child.objects.get(forename="Childb").pk
    assert outcome.summary.doubtful == 1
    assert outcome.summary.children_added == 1, "the other person is imported"
    assert Child.objects.count() == 2
    assert AssessmentRequest.objects.count() == 2


def test_upn_of_one_and_uln_of_another(bring):
    bring([f.person(1, f.refused()), f.person(2, f.refused(), UPN=None, UniqueLearnerNumber=f.uln(5))])
    outcome = bring([_again(UniqueLearnerNumber=f.uln(5))])
    assert _why(outcome) == [matching.TWO_CHILDREN] * 2
    assert {doubt.candidate for doubt in outcome.doubts} == set(Child.objects.values_list("pk", flat=True))


def test_twice_in_one_file_without_a_number(bring):
    one = f.person(1, f.refused(), UPN=None)
    outcome = bring([one, f.person(1, f.refused("2025-06-02", "2025-07-01"), UPN=None, PostCode="ZZ2 2AA")])
    assert _why(outcome) == [matching.TWICE_IN_FILE]
    assert outcome.doubts[0].person == 2
    assert (outcome.doubts[0].in_file["postcode"], outcome.doubts[0].other["postcode"]) == (
        "ZZ2 2AA",
        "ZZ1 1AA",
    )
    assert Child.objects.count() == 1


def test_two_persons_of_a_file_that_both_look_like_one_child(bring):
    bring([f.person(1, f.refused(), UniqueLearnerNumber=f.uln(5))])
    outcome = bring([_again(), _again(UPN=None, UniqueLearnerNumber=f.uln(5))])
    assert _why(outcome) == [matching.TWO_OF_FILE]
    assert Child.objects.get().cases.count() == 2


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_serves_this_file_and_the_next(same, bring):
    bring([f.person(1, f.refused())])
    again = [_again(UPN=f.upn(9))]
    outcome = bring(again)
    user = UserFactory()
    row = imports.record(outcome=outcome, file_name="a.xml", by=user, leave_out_errors=False)
    match = DoubtfulMatch.objects.get(return_import=row)
    assert match.in_file["forename"] == "Childb"

    imports.answer(match=match, same=same, by=user)
    settled = bring(again)

    assert settled.doubts == []
    assert Child.objects.count() == (1 if same else 2)
    if same:
        assert set(ChildIdentifier.objects.values_list("scheme", "value")) == {
            ("former_upn", f.upn(1)), ("upn", f.upn(9)),
        }  # fmt: skip
    assert bring(again).summary.children_same == 1


def test_a_upn_said_to_be_another_childs_is_not_stored_twice(bring):
    bring([f.person(1, f.refused())])
    again = [_again(Surname="Other", PersonBirthDate="2012-01-01")]
    user = UserFactory()
    imports.record(outcome=bring(again), file_name="a.xml", by=user, leave_out_errors=False)
    imports.answer(match=DoubtfulMatch.objects.get(), same=False, by=user)
    outcome = bring(again)
    assert "WM-205" in [one.rule for one in outcome.findings]
    assert ChildIdentifier.objects.count() == 1
    assert Child.objects.count() == 2


def test_a_wrong_number_is_mended_in_place(bring):
    bring([f.person(1, f.refused(), UPN="A801200001001")])
    bring([f.person(1, f.refused(), UPN="H801200001001")])
    identifier = ChildIdentifier.objects.get()
    assert (identifier.value, identifier.query, identifier.ends_on) == ("H801200001001", "", None)


def test_nothing_is_set_down_twice_for_a_file_that_changed_nothing(bring):
    people = [f.person(1, f.refused())]
    assert (
        imports.record(outcome=bring(people), file_name="a.xml", by=None, leave_out_errors=False) is not None
    )
    assert imports.record(outcome=bring(people), file_name="a.xml", by=None, leave_out_errors=False) is None
    assert ReturnImport.objects.count() == 1

"""Templates of letters: checked before they are used, versioned, and the words of every letter."""

from django.db import transaction

from casework.audit import acting_as
from casework.models import LetterTemplate, LetterTemplateVersion, LetterWords, User
from casework.rules.file_names import clean_name
from casework.rules.file_types import WORD, NotAccepted, check_file
from casework.rules.letter_fields import FIELDS, unknown
from casework.rules.letter_kinds import LetterKind
from casework.rules.starter_letters import STARTERS
from casework.services import files
from casework.services.refusals import Refused
from casework.word.build import build_document
from casework.word.fields import read_template
from casework.word.package import NotReadable

MOST_BYTES = 5 * 1024 * 1024


def check_template(*, content: bytes, name: str, kind: LetterKind) -> tuple[str, ...]:
    """The fields of a template that is fit for use. Raises Refused with everything that is wrong with it."""
    if len(content) > MOST_BYTES:
        raise Refused("The template is larger than 5 MB. Make its pictures smaller.", field="file")
    try:
        if check_file(content, name) is not WORD:
            raise Refused(f"“{name}” is not a Word document. Save it in Word as .docx.", field="file")
        read = read_template(content)
    except NotAccepted as refusal:
        raise Refused(refusal.words, field="file") from refusal
    except NotReadable as fault:
        raise Refused(f"“{name}” cannot be used. {fault.words}", field="file") from fault
    problems = list(read.faults)
    strange = unknown(read.fields)
    if strange:
        problems.append(
            f"It has {_fields(strange)} that Waymark does not know. The fields it knows are: {', '.join(FIELDS)}."
        )
    lacking = [field for field in kind.facts.must_say if field not in read.fields]
    if lacking:
        named = "; ".join(f"{FIELDS[field].words} ({{{{{field}}}}})" for field in lacking)
        problems.append(f"The law asks “{kind.facts.words}” to say what is missing here: {named}.")
    if "child_name" not in read.fields or "recipient_name" not in read.fields:
        problems.append(
            "It does not say about whom and to whom it is: it needs {{child_name}} and {{recipient_name}}."
        )
    if problems:
        raise Refused(f"“{name}” cannot be used. {' '.join(problems)}", field="file")
    return read.fields


def add_template(
    *, kind: LetterKind, name: str, content: bytes, file_name: str, by: User
) -> LetterTemplateVersion:
    """A new template with its first version. Raises Refused."""
    if not name.strip():
        raise Refused("Enter a name for the template.", field="name")
    fields = check_template(content=content, name=file_name, kind=kind)
    with files.with_the_transaction(), transaction.atomic(), acting_as(by):
        if LetterTemplate.objects.filter(name__iexact=name.strip()).exists():
            raise Refused(
                f"There is a template “{name.strip()}” already. Open it and add a new version.", field="name"
            )
        template = LetterTemplate.objects.create(kind=kind, name=name.strip())
        return _add(template, content, file_name, fields, by)


def add_version(
    *, template: LetterTemplate, content: bytes, file_name: str, by: User
) -> LetterTemplateVersion:
    """A new version, used from now on; letters made before keep theirs. Raises Refused."""
    fields = check_template(content=content, name=file_name, kind=LetterKind(template.kind))
    with files.with_the_transaction(), transaction.atomic(), acting_as(by):
        template = LetterTemplate.objects.select_for_update().get(pk=template.pk)
        newest = template.versions.order_by("-number").first()
        if newest is not None and newest.checksum == files.checksum_of(content):
            raise Refused(
                f"This is the same file as version {newest.number}. Nothing was changed.", field="file"
            )
        return _add(template, content, file_name, fields, by)


@transaction.atomic
def use_template(*, template: LetterTemplate, in_use: bool, by: User) -> None:
    """Offer a template to those who write letters, or no longer."""
    with acting_as(by):
        LetterTemplate.objects.filter(pk=template.pk).update(out_of_use=not in_use)


@transaction.atomic
def set_words(*, words: dict[str, str], by: User | None) -> None:
    """Set the words of every letter; an empty entry takes them away, and letters that need them then stop."""
    with acting_as(by):
        for field, text in words.items():
            if text.strip():
                LetterWords.objects.update_or_create(field=field, defaults={"words": text.strip()})
            else:
                LetterWords.objects.filter(field=field).delete()


def install_starters(*, by: User | None, author: str) -> int:
    """Add the templates that come with Waymark where there is none of the kind; how many were added. Safe to run twice."""
    added = 0
    with files.with_the_transaction(), transaction.atomic(), acting_as(by):
        there = set(LetterTemplate.objects.values_list("kind", flat=True))
        for kind, lines in STARTERS.items():
            if kind in there:
                continue
            words = kind.facts.words
            content = build_document(lines, title=words, author=author)
            fields = check_template(content=content, name=f"{words}.docx", kind=kind)
            template = LetterTemplate.objects.create(kind=kind, name=words)
            _add(template, content, f"{words}.docx", fields, by, built_in=True)
            added += 1
    return added


def _add(
    template: LetterTemplate, content: bytes, file_name: str, fields: tuple[str, ...], by: User | None, *,
    built_in: bool = False,
) -> LetterTemplateVersion:  # fmt: skip
    newest = template.versions.order_by("-number").values_list("number", flat=True).first()
    stored = files.keep(content)
    return LetterTemplateVersion.objects.create(
        template=template,
        number=(newest or 0) + 1,
        file_name=clean_name(file_name, extension="docx"),
        storage_key=stored.key,
        size=stored.size,
        checksum=stored.checksum,
        fields=list(fields),
        built_in=built_in,
        added_by=by,
    )


def _fields(names: list[str]) -> str:
    shown = ", ".join(f"{{{{{name}}}}}" for name in names)
    return f"a field {shown}" if len(names) == 1 else f"fields {shown}"

"""Write the text of a plan. A text that was served or is final is sealed: changes begin a new text from it."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Model
from django.db.models.functions import Now

from casework.audit import acting_as
from casework.models import (
    AdviceRequest,
    Case,
    Child,
    Milestone,
    Need,
    PlanAdvice,
    PlanBudgetPart,
    PlanNeed,
    PlanOutcome,
    PlanProvision,
    PlanSection,
    PlanText,
    PlanVersion,
    TextState,
    User,
)
from casework.queries.plan_texts import WRITTEN_IN, content_of, with_parts
from casework.rules.plan_content import AdviceRow, PlanContent, Row, budget_facts
from casework.rules.plan_sections import SECTIONS, WRITTEN, Rows, Section
from casework.services.refusals import Refused

_MODELS: dict[Rows, type[Model]] = {
    Rows.NEEDS: PlanNeed,
    Rows.OUTCOMES: PlanOutcome,
    Rows.PROVISION: PlanProvision,
    Rows.BUDGET: PlanBudgetPart,
    Rows.ADVICE: PlanAdvice,
}
SEALED = "This text of the plan can no longer be changed: it has been sent. Start a new draft from it."


class SectionChanged(Refused):
    """Somebody else saved the section since it was opened. `theirs` is the plan as it now stands."""

    def __init__(self, section: PlanSection, theirs: PlanContent) -> None:
        who = section.edited_by.name if section.edited_by else "Somebody else"
        super().__init__(
            f"{who} saved section {section.letter} after you opened it. Nothing of yours was saved, and nothing is "
            "lost: both texts are below. Bring yours up to date, then save again."
        )
        self.theirs = theirs
        self.who = who
        self.at: datetime.datetime | None = section.edited_at
        self.version = section.version


@transaction.atomic
def start(*, case: Case, by: User) -> PlanText:
    """Begin a draft in a case, or go on with the one there is. Raises Refused.

    It starts from the text that was served in this case, else from the text of the plan in force, else empty. Section K
    lists the advice received in this case.
    """
    if case.kind not in WRITTEN_IN:
        raise Refused(f"No plan is written in this case: {case.get_kind_display()}.")
    # Two people who begin at once: the second gets the draft of the first.
    case = Case.objects.select_for_update().get(pk=case.pk)
    begun = case.plan_texts.filter(state=TextState.WRITING).first()
    if begun is not None:
        return begun
    if case.closed_on is not None:
        raise Refused("This case is closed, so no plan can be written in it.")
    base = _base(case)
    content = content_of(base) if base else PlanContent()
    content = replace(content, advice=_with_received(content.advice, case))
    with acting_as(by):
        return _new(case.child, content, case=case, based_on=base, by=by)


@transaction.atomic
def save_section(
    *,
    text: PlanText,
    section: Section,
    words: str,
    rows: Iterable[Row],
    by: User,
    version: int | None = None,
) -> PlanSection:
    """Save the words and rows of one section under the version that was read.

    Raises SectionChanged, with the other person's text, and Refused for a text that is sealed.
    """
    held = _open(text)
    with acting_as(by):
        mine = PlanSection.objects.filter(text=held, letter=section)
        unchanged = mine if version is None else mine.filter(version=version)
        if not unchanged.update(words=words, edited_by=by, edited_at=Now(), version=F("version") + 1):
            now = mine.select_related("edited_by").get()
            raise SectionChanged(now, content_of(with_parts(PlanText.objects.filter(pk=held.pk)).get()))
        _write_rows(held, section, rows)
        return mine.get()


@transaction.atomic
def write_whole(*, case: Case, content: PlanContent, by: User) -> PlanText:
    """Write a whole draft in one call, in place of what is there. Keys of rows may be any words of the caller's own.

    The same words give the same row in every text of the child, so that later texts compare with earlier ones.
    """
    text = start(case=case, by=by)
    with acting_as(by):
        for section in WRITTEN:
            save_section(
                text=text, section=section, words=content.words.get(section, ""), rows=content.rows(section), by=by
            )  # fmt: skip
    return text


@transaction.atomic
def enter_text(*, plan_version: PlanVersion, content: PlanContent, by: User | None) -> PlanText:
    """The words of a final version that was issued elsewhere or without them. Raises Refused if it has a text."""
    if PlanText.objects.filter(plan_version=plan_version).exists():
        raise Refused("This version of the plan already has its text. A correction is a new version.")
    with acting_as(by):
        plan = plan_version.plan
        text = _new(plan.child, content, case=plan.request, based_on=None, by=by)
        return seal(text=text, state=TextState.FINAL, plan_version=plan_version, by=by)


def current_text(case: Case) -> PlanText | None:
    """The text that a final plan in this case would carry: the draft, else the one last served."""
    texts = case.plan_texts.filter(state__in=[TextState.WRITING, TextState.SERVED])
    return texts.order_by("-number").first()


def ranked_needs(case: Case) -> tuple[str, str] | None:
    """The types of the first two needs of the draft; None where there is no draft or it gives no type."""
    text = current_text(case)
    kinds = [need.kind for need in text.needs.order_by("position")[:2]] if text else []
    return (kinds[0], kinds[1] if len(kinds) > 1 else "") if kinds and kinds[0] else None


def check_needs(case: Case, primary: str, secondary: str | None) -> None:
    """Raise Refused when the needs given are not those the draft ranks first and second. "" and None ask nothing."""
    ranked = ranked_needs(case)
    if ranked is None:
        return
    for field, given, drafted, place in (
        ("primary_need", primary, ranked[0], "first"),
        ("secondary_need", secondary, ranked[1], "second"),
    ):
        if given and drafted and given != drafted:
            raise Refused(
                f"Section B of the draft puts “{Need(drafted).label}” {place}. Change the draft or this answer, so that "
                "the plan says one thing.",
                field=field,
            )


@transaction.atomic
def finish(*, case: Case, plan_version: PlanVersion, by: User) -> PlanText | None:
    """Make the text of a case final, as the words of `plan_version`. None where the text is kept elsewhere.

    The text that was served stays as it was served; without later changes the final one is a copy of it.
    """
    text = current_text(case)
    if text is None:
        return None
    content = content_of(text)
    with acting_as(by):
        if text.state == TextState.SERVED:
            text = _new(case.child, content, case=case, based_on=text, by=by)
        if content.budget or content.words.get(Section.J, "").strip():
            facts = budget_facts(content.budget)
            for name, fact in facts.items():
                setattr(plan_version, name, fact)
            plan_version.save(update_fields=[*facts])
        return seal(text=text, state=TextState.FINAL, plan_version=plan_version, by=by)


@transaction.atomic
def seal(
    *,
    text: PlanText,
    state: TextState,
    by: User | None,
    plan_version: PlanVersion | None = None,
    served_as: Milestone | None = None,
) -> PlanText:
    """Close a text for ever. Raises Refused when it is sealed already."""
    held = _open(text)
    held.state, held.plan_version, held.served_as = state, plan_version, served_as
    held.sealed_by, held.sealed_at = by, Now()
    held.save(update_fields=["state", "plan_version", "served_as", "sealed_by", "sealed_at"])
    held.refresh_from_db()
    return held


@transaction.atomic
def set_aside(*, case: Case, by: User) -> None:
    """Close the draft of a case that comes to nothing; it stays to be read."""
    draft = case.plan_texts.filter(state=TextState.WRITING).first()
    if draft is not None:
        with acting_as(by):
            seal(text=draft, state=TextState.SET_ASIDE, by=by)


@transaction.atomic
def take_back(*, text: PlanText, by: User) -> PlanText | None:
    """Set aside the final text of a version that was issued by mistake; it can be read for ever.

    The case goes on with the text it had served, else with a new draft of the same words, which is returned.
    """
    with acting_as(by):
        PlanText.objects.filter(pk=text.pk).update(state=TextState.SET_ASIDE, plan_version=None)
        if text.case is None or current_text(text.case) is not None:
            return None
        return _new(text.child, content_of(text), case=text.case, based_on=text, by=by)


def _base(case: Case) -> PlanText | None:
    texts = PlanText.objects.filter(child_id=case.child_id)
    served = texts.filter(case=case, state=TextState.SERVED).order_by("-number").first()
    return served or texts.filter(state=TextState.FINAL).order_by("-number").first()


def _with_received(listed: tuple[AdviceRow, ...], case: Case) -> tuple[AdviceRow, ...]:
    """The advice listed so far, and what was received in this case and is not listed yet."""
    known = {row.key for row in listed}
    received = AdviceRequest.objects.filter(case=case, received_on__isnull=False).select_related("setting")
    return listed + tuple(
        AdviceRow(
            str(one.public_id),
            one.body,
            one.who or (one.setting.name if one.setting else ""),
            one.received_on,
        )
        for one in received.order_by("received_on", "pk")
        if str(one.public_id) not in known
    )


def _open(text: PlanText) -> PlanText:
    held = PlanText.objects.select_for_update().get(pk=text.pk)
    if not held.is_open:
        raise Refused(SEALED)
    return held


def _new(
    child: Child, content: PlanContent, *, case: Case | None, based_on: PlanText | None, by: User | None
) -> PlanText:
    text = _create(child, case=case, based_on=based_on, started_by=by)
    PlanSection.objects.bulk_create(
        PlanSection(text=text, letter=section, words=content.words.get(section, "")) for section in WRITTEN
    )
    for section in WRITTEN:
        _write_rows(text, section, content.rows(section))
    return text


def _create(child: Child, **facts: object) -> PlanText:
    last = PlanText.objects.filter(child=child).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            text = PlanText.objects.create(child=child, number=last + 1, **facts)
    except IntegrityError as error:
        raise Refused("Somebody else began a draft at the same moment. Open it and go on there.") from error
    text.refresh_from_db()
    return text


def _write_rows(text: PlanText, section: Section, rows: Iterable[Row]) -> None:
    """Only rows that differ are written, so that the history tells what changed and nothing else."""
    kind = SECTIONS[section].rows
    if kind is Rows.NONE:
        return
    model = _MODELS[kind]
    held = model._default_manager.filter(text=text)
    if kind is Rows.PROVISION:
        held = held.filter(section=section)
    before = {row.key: row for row in held}  # type: ignore[attr-defined]
    wanted = [{**_facts(text, row), "position": number} for number, row in enumerate(rows, start=1)]
    gone = before.keys() - {facts["key"] for facts in wanted}
    held.filter(key__in=gone).delete()
    changed, new = [], []
    for facts in wanted:
        row = before.get(facts["key"])
        if row is None:
            new.append(model(text=text, **facts))
        elif any(getattr(row, name) != fact for name, fact in facts.items()):
            for name, fact in facts.items():
                setattr(row, name, fact)
            changed.append(row)
    if changed:
        model._default_manager.bulk_update(changed, [name for name in wanted[0] if name != "key"])
    model._default_manager.bulk_create(new)


def _facts(text: PlanText, row: Row) -> dict[str, Any]:
    facts: dict[str, Any] = asdict(row)
    facts["key"] = _key(text, row.key)
    for name in ("needs", "outcomes"):
        if name in facts:
            facts[name] = [_key(text, key) for key in getattr(row, name)]
    return facts


def _key(text: PlanText, key: str) -> uuid.UUID:
    """The key as stored: a caller's own word stands for the same row in every text of the child; none is a new row."""
    if not key:
        return uuid.uuid4()
    try:
        return uuid.UUID(key)
    except ValueError:
        return uuid.uuid5(text.child.public_id, key)

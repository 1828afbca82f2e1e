"""Records that may be one child: the list, two side by side, the merge, and the way back."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casework.access.scope import visible
from casework.access.web import needs
from casework.models import ChildMerge
from casework.queries.duplicate_pairs import duplicate_pairs
from casework.queries.merging import Comparison, compare
from casework.rules.permissions import Permission
from casework.services import merges
from casework.services.access_log import record_view
from casework.services.once import act_once, where_it_led
from casework.services.refusals import Refused, StaleEdit
from casework.today import today
from casework.ui.components import Link, Row
from casework.web.checked_task import CheckedTask, Given
from casework.web.forms.check import CheckForm
from casework.web.forms.merging import CompareForm, DifferentForm, TwinForm, UndoForm
from casework.web.journey import Journey
from casework.web.people_task import answer_rows
from casework.web.presenters import child_url, plain_identity
from casework.web.records import child_or_404, reader_of
from casework.web.refused import add_refusal


@dataclass(frozen=True)
class _Two:
    """Two records in the address: the one that is kept, and the other."""

    comparison: Comparison
    journey: Journey

    def url(self, name: str = "merge") -> str:
        """Address of a page about these two."""
        return reverse(name, args=[self.comparison.kept.public_id, self.comparison.other.public_id])

    def form(self, data: object = None) -> CompareForm:
        """The questions."""
        return CompareForm(data, comparison=self.comparison)


def _two(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> _Two:
    kept, other = child_or_404(request, public_id), child_or_404(request, other_id)
    if kept.pk == other.pk:
        raise Http404
    journey = Journey(request, "merge", f"{public_id}:{other_id}")
    journey.begin(version=kept.version)
    return _Two(compare(kept, other), journey)


@needs(Permission.MERGE_CHILDREN)
def alike(request: HttpRequest) -> HttpResponse:
    """Pairs of records that may be one child, likeliest first; those who may be twins apart."""
    found = duplicate_pairs(reader=reader_of(request))
    twins = request.GET.get("list") == "twins"
    context = {
        "found": found,
        "twins": twins,
        "pairs": found.twins if twins else found.likely,
        "tabs": [
            Link("May be one child", reverse("alike"), count=len(found.likely), current=not twins),
            Link("May be twins", reverse("alike") + "?list=twins", count=len(found.twins), current=twins),
        ],
        "nav_key": "children",
    }
    return render(request, "casework/people/alike.html", context)


@needs(Permission.MERGE_CHILDREN)
def compare_two(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Two records side by side, and whose facts are right."""
    two = _two(request, public_id, other_id)
    found, reader = two.comparison, reader_of(request)
    form = two.form(request.POST if request.method == "POST" else two.journey.typed("form"))
    if request.method == "POST":
        two.journey.keep("form", request.POST)
        if not found.blockers and form.is_valid():
            return redirect(two.url("merge_twins" if found.needs_second_look else "merge_check"))
    else:
        for child in (found.kept, found.other):
            record_view(child=child, by=reader)
    context = {
        "form": form,
        "found": found,
        "kept_url": child_url(found.kept),
        "other_url": child_url(found.other),
        "swap_url": reverse("merge", args=[other_id, public_id]),
        "different_url": two.url("merge_different"),
        "heading": "Are these one child?",
        "back_url": reverse("alike"),
        "cancel_url": reverse("alike"),
        "nav_key": "children",
    }
    return render(request, "casework/people/compare.html", context)


@needs(Permission.MERGE_CHILDREN)
def second_look(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """These may be twins: what shows that they are not."""
    two = _two(request, public_id, other_id)
    form = TwinForm(request.POST if request.method == "POST" else two.journey.typed("twins"))
    if request.method == "POST":
        two.journey.keep("twins", request.POST)
        if form.is_valid():
            return redirect(two.url("merge_check"))
    context = {
        "form": form,
        "heading": "These may be twins",
        "found": two.comparison,
        "different_url": two.url("merge_different"),
        "back_url": two.url(),
        "cancel_url": reverse("alike"),
        "nav_key": "children",
    }
    return render(request, "casework/people/twins.html", context)


@needs(Permission.MERGE_CHILDREN)
def check(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """The last page before two records become one."""
    if request.method == "POST" and (led := where_it_led(request.POST.get("key"), user=reader_of(request))):
        return redirect(led)
    two = _two(request, public_id, other_id)
    found, filled = two.comparison, two.form(two.journey.typed("form"))
    twins = TwinForm(two.journey.typed("twins"))
    if found.blockers or not filled.is_valid():
        return redirect(two.url())
    if found.needs_second_look and not twins.is_valid():
        return redirect(two.url("merge_twins"))
    evidence = _evidence(twins) if found.needs_second_look else ""
    form = CheckForm(request.POST or None, initial={"key": two.journey.key})
    if request.method == "POST" and form.is_valid():
        try:
            url = act_once(
                two.journey.key, user=reader_of(request), act=lambda: _merge(request, two, filled, evidence)
            )
        except Refused as refusal:
            add_refusal(form, refusal)
            if isinstance(refusal, StaleEdit):
                two.journey.saw(refusal.version)
        else:
            two.journey.end()
            return redirect(url)
    rows = answer_rows(filled, filled.cleaned_data, two.url())
    if evidence:
        rows.append(Row("Not twins because", evidence, two.url("merge_twins"), "the evidence"))
    context = {
        "form": form,
        "heading": "Check before you merge the records",
        "identity": plain_identity(found.kept, today()),
        "answers": rows,
        "consequences": _consequences(found),
        "submit": "Merge the records",
        "back_url": two.url(),
        "cancel_url": reverse("alike"),
        "nav_key": "children",
    }
    return render(request, "casework/layouts/check_answers.html", context)


def _evidence(twins: TwinForm) -> str:
    given = twins.cleaned_data
    names = dict(twins.fields["checked"].choices)  # type: ignore[attr-defined]
    return f"{names[given['checked']]}. {given['evidence']}"


def _merge(request: HttpRequest, two: _Two, filled: CompareForm, evidence: str) -> str:
    found = two.comparison
    merges.merge(
        kept=found.kept, other=found.other, chosen=filled.chosen(), why=filled.cleaned_data["why"],
        twin_evidence=evidence, by=reader_of(request), on=today(), version=two.journey.version,
    )  # fmt: skip
    messages.success(
        request, f"The two records are one. It can be undone on the page Identity of {found.kept.name}."
    )
    return reverse("child_identity", args=[found.kept.public_id])


def _consequences(found: Comparison) -> list[str]:
    kept, other = found.kept, found.other
    sentences = [f"Moved to this record: {', '.join(found.moves)}."] if found.moves else []
    sentences += [
        f"The other record’s address leads to this one, and its names and numbers still find {kept.name}.",
        "It can be undone: both records then have again what they have now.",
    ]
    if kept.restricted or other.restricted:
        sentences.append("The record is restricted; whoever may open either of the two may open it.")
    return sentences


@needs(Permission.MERGE_CHILDREN)
def different(request: HttpRequest, public_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Say that two records are of two children."""
    two = _two(request, public_id, other_id)
    found = two.comparison
    form = DifferentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merges.rule_out(
                one=found.kept,
                other=found.other,
                why=form.cleaned_data["why"],
                by=reader_of(request),
                on=today(),
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            two.journey.end()
            messages.success(
                request,
                f"{found.kept.name} and {found.other.name} are two children and are no longer listed.",
            )
            return redirect("alike")
    context = {
        "form": form,
        "heading": f"{found.kept.name} and {found.other.name} are two children",
        "submit": "Take them off the list",
        "back_url": two.url(),
        "cancel_url": reverse("alike"),
        "nav_key": "children",
    }
    return render(request, "casework/layouts/form.html", context)


@needs(Permission.MERGE_CHILDREN)
def undo_merge(request: HttpRequest, public_id: uuid.UUID, page: str = "") -> HttpResponse:
    """Give two records back what was theirs."""
    rows = visible(ChildMerge, reader_of(request)).filter(undone_on__isnull=True)
    merge = get_object_or_404(rows.select_related("survivor__area", "merged"), public_id=public_id)
    kept, other = merge.survivor, merge.merged
    back = reverse("child_identity", args=[kept.public_id])

    def act(given: Given, version: int) -> str:
        merges.undo(merge=merge, why=given["why"], by=reader_of(request), on=today())
        messages.success(request, f"The merge is undone. {other.name} has a record of their own again.")
        return back

    return CheckedTask(
        name="undo_merge",
        subject=merge.public_id,
        child=kept,
        version=kept.version,
        heading=f"Undo the merge with {other.name}",
        form=lambda data: UndoForm(data),
        rows=lambda given: [Row("Why", given["why"], reverse("undo_merge", args=[merge.public_id]), "why")],
        consequences=lambda given: [
            f"{merge.rows.count()} changes are taken back, exactly as they were made.",
            f"What was recorded on {kept.name}’s record since the merge stays there.",
        ],
        act=act,
        submit="Undo the merge",
        back=back,
    ).run(request, page)

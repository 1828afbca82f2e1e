"""The templates of letters, each with the version that is used."""

from django.db.models import OuterRef, QuerySet, Subquery

from casework.models import LetterTemplate, LetterTemplateVersion, LetterWords


def newest_versions(
    templates: QuerySet[LetterTemplate], *, in_use: bool = True
) -> list[LetterTemplateVersion]:
    """The newest version of each template, by name; only of those in use unless asked for all."""
    newest = (
        LetterTemplateVersion.objects.filter(template=OuterRef("template"))
        .order_by("-number")
        .values("pk")[:1]
    )
    rows = LetterTemplateVersion.objects.filter(template__in=templates, pk=Subquery(newest))
    if in_use:
        rows = rows.filter(template__out_of_use=False)
    return list(rows.select_related("template", "added_by").order_by("template__name"))


def words_of_every_letter() -> dict[str, str]:
    """The words that stand in every letter, by field."""
    return dict(LetterWords.objects.values_list("field", "words"))

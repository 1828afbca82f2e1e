"""Find a setting by its number or name."""

from casework.models import Establishment

_MOST = 8


def settings_like(text: str) -> list[Establishment]:
    """The setting with this URN or UKPRN; else those whose name is this; else, open ones first, whose name has it."""
    text = " ".join(text.split())
    if text.isdigit():
        numbered = (
            Establishment.objects.filter(urn=int(text)) if len(text) == 6 else Establishment.objects.none()
        )
        return list(numbered or Establishment.objects.filter(ukprn=int(text[:9])))[:_MOST]
    exact = list(Establishment.objects.filter(name__iexact=text)[:_MOST])
    return exact or list(
        Establishment.objects.filter(name__icontains=text).order_by("closed_on", "name", "pk")[:_MOST]
    )

"""Funding."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """The funding app."""

    name = "funding"

    def ready(self) -> None:
        """Say which of its records a person may see."""
        import funding.access  # noqa: F401

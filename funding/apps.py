"""Funding."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """The funding app."""

    name = "funding"

    def ready(self) -> None:
        """Say which of its records a person may see, and what it shows on a child's page."""
        import funding.access
        import funding.queries.history
        import funding.queries.merging
        import funding.services.undo_plan
        import funding.web.panels  # noqa: F401

"""Placements."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """The placements app."""

    name = "placements"

    def ready(self) -> None:
        """Say which of its records a person may see."""
        import placements.access  # noqa: F401

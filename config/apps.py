"""The composition root, as an app without models."""

from django.apps import AppConfig


class ComposeConfig(AppConfig):
    """Commands and pages that belong to the whole."""

    name = "config"

    def ready(self) -> None:
        """Register how the API description shows sign-in."""
        import config.openapi  # noqa: F401

"""Reporting."""

from django.apps import AppConfig

from casework.rules.permissions import Permission
from casework.ui import navigation


class ReportingConfig(AppConfig):
    """The reporting app."""

    name = "reporting"

    def ready(self) -> None:
        """Say which of its records a person may see, and put its pages into the navigation."""
        import reporting.access
        import reporting.queries.merging  # noqa: F401

        navigation.register(
            navigation.NavItem("reports", "Reports", "reports", Permission.SEE_REPORTS.value, 60)
        )
        navigation.register(navigation.NavItem("data", "Data", "returns", Permission.IMPORT_DATA.value, 70))

"""Placements."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """The placements app."""

    name = "placements"

    def ready(self) -> None:
        """Say which of its records a person may see, and what it shows on a child's page."""
        import placements.access
        import placements.queries.history
        import placements.queries.merging
        import placements.services.undo_plan
        import placements.web.case_steps
        import placements.web.disagreement_steps
        import placements.web.home_education
        import placements.web.panels
        import placements.web.review_steps  # noqa: F401
        from casework.queries import attended
        from casework.web import plan_section_i
        from placements.queries.attended import with_setting
        from placements.queries.section_i import section_i_words

        attended.register(with_setting)
        plan_section_i.register(section_i_words)

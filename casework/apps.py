"""Casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The casework app."""

    name = "casework"

    def ready(self) -> None:
        """Say who may see the people around a child, and put its pages into the navigation."""
        import casework.access.letters
        import casework.access.people
        import casework.access.plan_texts
        import casework.queries.history_of_casework
        import casework.queries.history_of_people
        import casework.queries.history_of_plans
        import casework.queries.own_child_rows  # noqa: F401
        from casework.rules.permissions import Permission
        from casework.services import plan_followups
        from casework.ui.navigation import NavItem, register
        from casework.web import signed_in  # noqa: F401

        plan_followups.listen()
        register(NavItem("my_work", "My work", "my_work", Permission.RECORD_CASEWORK, 10))
        register(NavItem("children", "Children", "children", Permission.SEE_CHILDREN, 20))
        register(NavItem("advice", "Advice", "advice_list", Permission.RECORD_CASEWORK, 25))
        register(NavItem("letters", "Letters", "letter_templates", Permission.MANAGE_LETTERS, 90))
        register(NavItem("reviews", "Reviews", "reviews", Permission.SEE_CHILDREN, 30))
        register(NavItem("disagreements", "Appeals", "disagreements", Permission.SEE_CHILDREN, 35))
        register(NavItem("moves", "Moves", "moves", Permission.SEE_CHILDREN, 37))

"""How values look in the API."""

from typing import Any

from rest_framework import serializers


class CodeField(serializers.ChoiceField):
    """One of a list of codes; null where nothing was recorded."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_null", True)
        super().__init__(choices, read_only=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        """Null rather than an empty string."""
        return super().to_representation(value) if value not in ("", None) else None

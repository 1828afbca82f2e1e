"""Placements."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """The placements app."""

    name = "placements"

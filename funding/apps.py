"""Funding."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """The funding app."""

    name = "funding"

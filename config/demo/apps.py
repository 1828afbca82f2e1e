"""The demonstration authority; production does not install it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Builds a plainly invented authority."""

    name = "config.demo"
    label = "demo"

"""Makes the background work of voices known when Antiphon starts."""

from importlib import import_module

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Voices and their background work."""

    name = "antiphon.workspace.voices"

    def ready(self) -> None:
        import_module("antiphon.workspace.voices.handlers")

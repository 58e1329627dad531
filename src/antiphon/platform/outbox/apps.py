"""Makes the background work of the outbox known when Antiphon starts."""

from importlib import import_module

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters and their delivery."""

    name = "antiphon.platform.outbox"

    def ready(self) -> None:
        import_module("antiphon.platform.outbox.handlers")

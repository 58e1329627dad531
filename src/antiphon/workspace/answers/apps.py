"""Makes the background work of answers known when Antiphon starts."""

from importlib import import_module

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Answers and their background work."""

    name = "antiphon.workspace.answers"

    def ready(self) -> None:
        import_module("antiphon.workspace.answers.handlers")

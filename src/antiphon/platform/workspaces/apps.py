"""Makes the background work of workspaces known when Antiphon starts."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WorkspacesConfig(AppConfig):
    """Workspaces, members, and what is done for each workspace by the clock."""

    name = "antiphon.platform.workspaces"

    def ready(self) -> None:
        import_module("antiphon.platform.workspaces.handlers")
        user_logged_in.connect(import_module("antiphon.platform.workspaces.sign_in").pin)

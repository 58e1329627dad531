"""Installs the database's own rules after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _install(sender: AppConfig, using: str, plan: object = None, **_: object) -> None:
    from antiphon.platform.database.guards import install

    install(using)


def _remove(sender: AppConfig, using: str, plan: object = None, **_: object) -> None:
    from antiphon.platform.database.guards import remove

    if plan:
        remove(using)


class DatabaseConfig(AppConfig):
    name = "antiphon.platform.database"
    label = "database"

    def ready(self) -> None:
        pre_migrate.connect(_remove, sender=self)
        post_migrate.connect(_install, sender=self)

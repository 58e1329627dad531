"""Installs the database's own rules and indexes after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _install(sender: AppConfig, using: str, plan: object = None, **_: object) -> None:
    from antiphon.platform.database import deriving, guards, searching, statistics

    searching.install(using)
    guards.install(using)
    deriving.renew(using)
    statistics.renew(using)


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

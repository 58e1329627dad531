"""Tells the rooms below how an organisation's own words are read."""

from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    """Functions are words too."""

    name = "antiphon.platform.vocabulary"
    label = "vocabulary"

    def ready(self) -> None:
        from antiphon.platform.vocabulary.queries import vocabulary
        from antiphon.platform.workspaces import functions

        functions.read_by(lambda member: vocabulary(member).functions)

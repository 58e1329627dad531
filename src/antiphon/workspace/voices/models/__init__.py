"""Voices, where they came from, what was suggested and what people coded."""

from antiphon.workspace.voices.models.coding import Coding, Suggestion
from antiphon.workspace.voices.models.intake import BadRow, Intake, Source
from antiphon.workspace.voices.models.learned import LearnedModel
from antiphon.workspace.voices.models.sitting import Sitting
from antiphon.workspace.voices.models.voice import Voice

__all__ = ["BadRow", "Coding", "Intake", "LearnedModel", "Sitting", "Source", "Suggestion", "Voice"]

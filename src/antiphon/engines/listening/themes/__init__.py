"""Themes: what many passages have in common, with how sure that is, and what only few say."""

from antiphon.engines.listening.themes._file import passages_of, themes_file
from antiphon.engines.listening.themes._themes import LEAST_PASSAGES, Theme, Themes, themes_of

__all__ = ["LEAST_PASSAGES", "Theme", "Themes", "passages_of", "themes_file", "themes_of"]

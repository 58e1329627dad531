"""Antiphon: every patient voice gets an answer."""

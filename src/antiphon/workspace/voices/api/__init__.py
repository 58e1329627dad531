"""Voices, codings and files for programs."""

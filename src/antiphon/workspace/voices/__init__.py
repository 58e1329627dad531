"""Passages in people's own words: brought in, read, coded, kept untouched."""

"""Keeping views of lists."""

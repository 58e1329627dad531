"""Statements that rest on voices."""

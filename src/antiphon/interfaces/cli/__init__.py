"""The command `antiphon`: start it, check it, listen to files."""

from antiphon.interfaces.cli.root import main

__all__ = ["main"]

"""Imported once by the process that all workers are made from: they share what it has loaded."""

from antiphon.engines.listening.running._runner import on_one_thread

# Entered and never left: workers stay on one thread each.
on_one_thread().__enter__()

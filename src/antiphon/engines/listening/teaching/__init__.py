"""Teaching the reader that ships; only `make models` and the evaluation do."""

from antiphon.engines.listening.teaching._reader import Answer, learn_reader

__all__ = ["Answer", "learn_reader"]

"""How well the engine listens: each task measured on comments that its models were not fitted to."""

from antiphon.engines.listening.evaluation._evaluate import TASKS, evaluate

__all__ = ["TASKS", "evaluate"]

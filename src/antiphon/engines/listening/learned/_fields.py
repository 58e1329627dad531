"""Which fields of a record are read as what was said, and which as the question it was said to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antiphon.engines.listening.learned._grams import Ints
from antiphon.engines.listening.learned._ridge import NO_CONTEXT
from antiphon.engines.listening.learned._words import words_in

# A field is a question, not an answer, when few values come again and again.
MOST_QUESTIONS = 40
LEAST_PER_QUESTION = 8
# A question with fewer answers than this teaches nothing of its own.
FEWEST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Fields:
    """`said` is read as text, in order, each under its name where there are several; `asked` as the question."""

    said_in: tuple[str, ...]
    asked_in: tuple[str, ...]
    contexts: tuple[str, ...]

    def text(self, record: Mapping[str, Any]) -> str:
        """What was said, as one text."""
        values = [(name, _plain(record.get(name))) for name in self.said_in]
        if len(values) == 1:
            return values[0][1]
        return "\n".join(f"{name}: {value}" for name, value in values if value)

    def contexts_of(self, records: Sequence[Mapping[str, Any]]) -> Ints:
        """The number of the question each record answers, -1 for none that is known."""
        known = {context: number for number, context in enumerate(self.contexts)}
        found = [known.get(asked(record, self.asked_in), NO_CONTEXT) for record in records]
        return np.array(found, dtype=np.int64)

    def said(self) -> dict[str, list[str]]:
        """As a model's file keeps it."""
        return {"said": list(self.said_in), "asked": list(self.asked_in), "contexts": list(self.contexts)}

    @classmethod
    def from_said(cls, kept: Mapping[str, Sequence[str]]) -> "Fields":
        """As a model's file kept it."""
        return cls(tuple(kept["said"]), tuple(kept["asked"]), tuple(kept["contexts"]))


def learn_fields(records: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Fields:
    """Tell questions from answers by how often their values come again."""
    questions = [name for name in names if is_question([_plain(record.get(name)) for record in records])]
    if len(questions) == len(names):
        questions = [name for name in names[1:] if name in questions]
    said = tuple(name for name in names if name not in questions)
    often = Counter(asked(record, questions) for record in records)
    contexts = sorted(context for context, count in often.items() if context and count >= FEWEST_ANSWERS)
    return Fields(said, tuple(questions), tuple(contexts))


def asked(record: Mapping[str, Any], names: Sequence[str]) -> str:
    """The question of a record, in plain words; empty when there is none."""
    return " | ".join(" ".join(words_in(_plain(record.get(name)))) for name in names).strip(" |")


def is_question(values: Sequence[str]) -> bool:
    """Whether a field with these values is read as the question: few of them, and each again and again."""
    different = len(set(values))
    return different <= MOST_QUESTIONS and len(values) >= LEAST_PER_QUESTION * different


def _plain(value: object) -> str:
    return "" if value is None else str(value)

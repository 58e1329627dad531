"""What is already known on a question: insights, passages, questions and decisions, the nearest first."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.programmes import queries as programmes
from antiphon.workspace.voices import queries as voices

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

Row = TypeVar("Row")
WORD = re.compile(r"[^\W\d_]{4,}")
# Words that stand in every question and find nothing.
COMMON = frozenset(
    (
        *("what", "when", "where", "which", "about", "does", "have", "with", "that", "this", "they", "them", "their"),
        *("from", "would", "could", "should", "people", "patient", "patients", "need", "needs", "want", "make"),
        *("makes", "hard", "often", "many", "much", "more", "most", "your"),
    )
)
MOST_WORDS = 8
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that answers a question already, or says that nothing does."""

    words: tuple[str, ...]
    insights: tuple
    voices: tuple
    questions: tuple
    decisions: tuple

    @property
    def is_nothing(self) -> bool:
        return not (self.insights or self.voices or self.questions or self.decisions)


def telling_words(question: str) -> tuple[str, ...]:
    """The words of a question that can find something, each once."""
    found = (word.lower() for word in WORD.findall(question))
    return tuple(dict.fromkeys(word for word in found if word not in COMMON))[:MOST_WORDS]


def known_about(member: "Member", question: str) -> Known:
    """What this workspace knows already."""
    words = telling_words(question)
    if not words:
        return Known((), (), (), (), ())
    return Known(
        words=words,
        insights=_nearest(
            insights.with_any_word(member, words), words, lambda row: " ".join((row.statement, *row.also_said))
        ),
        voices=_nearest(voices.with_any_word(member, words), words, lambda row: row.redacted),
        questions=_nearest(programmes.questions(member), words, lambda row: row.text),
        decisions=_nearest(decisions.with_any_word(member, words), words, lambda row: f"{row.question} {row.outcome}"),
    )


def _nearest(rows: Iterable[Row], words: tuple[str, ...], text: Callable[[Row], str]) -> tuple[Row, ...]:
    """Rows that hold at least one of the words, those with most of them first."""
    counted = [(sum(word in text(row).lower() for word in words), row) for row in rows]
    kept = [(count, row) for count, row in counted if count]
    return tuple(row for _count, row in sorted(kept, key=lambda pair: -pair[0])[:SHOWN])

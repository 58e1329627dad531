"""What is already known on a question: insights, passages, questions and decisions, the nearest first."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antiphon.platform.database.searching import nearest
from antiphon.workspace.decisions import queries as decisions
from antiphon.workspace.insights import queries as insights
from antiphon.workspace.programmes import queries as programmes
from antiphon.workspace.voices import queries as voices

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

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
    asked = {row: row.text for row in programmes.questions(member)}
    return Known(
        words=words,
        insights=tuple(insights.nearest_to(member, words, limit=SHOWN)),
        voices=tuple(voices.nearest_to(member, words, limit=SHOWN)),
        questions=tuple(nearest(asked, words)[:SHOWN]),
        decisions=tuple(decisions.nearest_to(member, words, limit=SHOWN)),
    )

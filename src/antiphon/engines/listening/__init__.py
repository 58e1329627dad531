"""Listening: reading what people wrote, masking who they are, and hinting at safety, needs and feeling.

Rules and word lists, plain and in sight; every hint points at the words it rests on. Suggestions only:
a person decides.
"""

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._file import FileHeard, listen_file
from antiphon.engines.listening._fingerprint import fingerprint
from antiphon.engines.listening._listen import STEPS, listen, redacted, safety_of_each
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening._values import (
    Heard,
    Need,
    Passage,
    Safety,
    Settings,
    Span,
    Step,
    Why,
)

__all__ = [
    "STEPS",
    "FileHeard",
    "Heard",
    "Need",
    "NoProgress",
    "Passage",
    "Progress",
    "Safety",
    "Settings",
    "Span",
    "Step",
    "UnreadableFile",
    "Why",
    "fingerprint",
    "listen",
    "listen_file",
    "redacted",
    "safety_of_each",
]

"""Reading voices, imports and codings."""

from antiphon.workspace.voices.queries.coding import (
    CodingRow,
    NeedChoice,
    SuggestionRow,
    needs,
    surest_suggestions,
)
from antiphon.workspace.voices.queries.intakes import (
    Check,
    Draft,
    IntakeRow,
    NoSuchIntake,
    about_initial,
    consents,
    draft,
    engagements,
    get_engagement,
    get_intake,
    intakes,
    next_step,
    sources,
)
from antiphon.workspace.voices.queries.progress import Progress, bad_rows, progress
from antiphon.workspace.voices.queries.reader import SHOWS, Opened, Reader, Undo, Wanted, find, reader
from antiphon.workspace.voices.queries.record import Happened, VoiceRecord, record
from antiphon.workspace.voices.queries.voices import NoSuchVoice, VoiceRow, chosen, get, queue_counts, rows

__all__ = [
    "SHOWS",
    "Check",
    "CodingRow",
    "Draft",
    "Happened",
    "IntakeRow",
    "NeedChoice",
    "NoSuchIntake",
    "NoSuchVoice",
    "Opened",
    "Progress",
    "Reader",
    "SuggestionRow",
    "Undo",
    "VoiceRecord",
    "VoiceRow",
    "Wanted",
    "about_initial",
    "bad_rows",
    "chosen",
    "consents",
    "draft",
    "engagements",
    "find",
    "get",
    "get_engagement",
    "get_intake",
    "intakes",
    "needs",
    "next_step",
    "progress",
    "queue_counts",
    "reader",
    "record",
    "rows",
    "sources",
    "surest_suggestions",
]

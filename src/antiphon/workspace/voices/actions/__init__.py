"""Everything that changes voices, imports and codings."""

from antiphon.workspace.voices.actions.coding import (
    NoSuchCoding,
    NoSuchSuggestion,
    accept,
    change,
    code,
    reject,
    reopen,
    uncode,
)
from antiphon.workspace.voices.actions.coding_many import MOST, ToCode, code_many
from antiphon.workspace.voices.actions.intake import bring, choose_sheet, describe, map_columns
from antiphon.workspace.voices.actions.learning import (
    go_on_learning,
    lay_aside,
    learn,
    learn_anew_where_due,
    look_after_learning,
    use_model,
)
from antiphon.workspace.voices.actions.reading import finish_reading, read_again, show_original, sit_down
from antiphon.workspace.voices.actions.replies import Hearing, add_reply, hear_word
from antiphon.workspace.voices.actions.running import TASK, fail, go_on, resume, start
from antiphon.workspace.voices.actions.safety import decide_safety
from antiphon.workspace.voices.actions.weighing import WEIGH, weigh
from antiphon.workspace.voices.queries.learning import LEARN

__all__ = [
    "LEARN",
    "MOST",
    "TASK",
    "WEIGH",
    "Hearing",
    "NoSuchCoding",
    "NoSuchSuggestion",
    "ToCode",
    "accept",
    "add_reply",
    "bring",
    "change",
    "choose_sheet",
    "code",
    "code_many",
    "decide_safety",
    "describe",
    "fail",
    "finish_reading",
    "go_on",
    "go_on_learning",
    "hear_word",
    "lay_aside",
    "learn",
    "learn_anew_where_due",
    "look_after_learning",
    "map_columns",
    "read_again",
    "reject",
    "reopen",
    "resume",
    "show_original",
    "sit_down",
    "start",
    "uncode",
    "use_model",
    "weigh",
]

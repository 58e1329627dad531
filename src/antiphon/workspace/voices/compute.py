"""Files into passages and passages into what was heard; the only place that knows the listening engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from antiphon.engines.listening import (
    STEPS,
    Heard,
    Passage,
    UnreadableFile,
    fingerprint,
    listen,
    redacted,
    safety_of_each,
)
from antiphon.engines.listening.reading import BadRow, Caution, Column, FileShape, Row, rows, sniff
from antiphon.workspace.voices.queries.learning import Example
from antiphon.workspace.voices.rules import AT_MOST_ONE, MOST_COLUMNS, original_range
from antiphon.workspace.voices.rules import Column as Role

if TYPE_CHECKING:
    from antiphon.engines.listening.learned import Codebook

# What learns and weighs is imported where it is used: the numbers take a tenth of a second to load.
_GUESSES = {"text": Role.TEXT, "date": Role.DATE, "group": Role.GROUP, "id": Role.ID, "other": Role.IGNORE}
_LONGEST_SAMPLE = 120
# Learned from within the time of one task: ten seconds for so many passages.
MOST_EXAMPLES = 5_000
_SAID, _ASKED = "text", "question"


class CannotRead(Exception):
    """A file that cannot be read as a whole; `code` and `params` say why."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params = dict(params or {})


class TooFewExamples(Exception):
    """Not enough coded passages to learn from."""


@dataclass(frozen=True, slots=True)
class Said:
    """One passage as it stands in a file."""

    column: str
    text: str
    external_id: str
    group: str
    date: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken in, and what it held."""

    code: str
    params: Mapping[str, object]
    raw: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One row of a file: `ordinal` counts rows as they come, `number` and `place` are the file's own."""

    ordinal: int
    number: int
    place: str
    passages: tuple[Said, ...]
    fault: Fault | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A need that the engine thinks it hears, with where in the original it does."""

    code: str
    score: float
    why: list[dict]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the engine heard in one passage, as rows keep it."""

    redacted: str
    spans: list[dict]
    language: str
    sentiment: str
    is_possible_event: bool
    safety_kind: str
    safety_why: list[dict]
    fingerprint: str
    suggested: tuple[Suggested, ...]
    teaches: float
    teaches_code: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A model of a workspace's own coding, as its file holds it, and how good it is on passages not seen."""

    content: bytes
    quality: dict


@dataclass(frozen=True, slots=True)
class Unread:
    """A passage that nobody has read: its redacted reading, what it answers, and what was masked."""

    text: str
    question: str
    spans: Sequence[Mapping]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a learned model suggests for a passage, and how much a person's word on it would teach."""

    suggested: tuple[Suggested, ...]
    teaches: float
    teaches_code: str


def look(path: Path, name: str, sheet: str | None = None) -> dict:
    """What a file looks like, as JSON; its samples are redacted. Raises `CannotRead`."""
    try:
        shape = sniff(path, name, sheet=sheet)
    except UnreadableFile as trouble:
        raise CannotRead(trouble.code, trouble.params) from trouble
    names = [column.name for column in shape.columns]
    if len(names) > MOST_COLUMNS:
        raise CannotRead("too_many_columns", {"found": len(names), "limit": MOST_COLUMNS})
    if any(caution.code == "no_rows" for caution in shape.warnings) or not names:
        raise CannotRead("no_rows")
    if not all(_is_plain(name) for name in [*names, *shape.sheets]):
        raise CannotRead("odd_header")
    return asdict(shape) | {"columns": _columns(shape)}


def read(path: Path, shape: Mapping, roles: Mapping[str, str]) -> Iterator[Taken]:
    """Rows in order, each with its passages; blank answers are none. Raises `CannotRead`."""
    try:
        for ordinal, row in enumerate(rows(path, _shape(shape)), start=1):
            yield _taken(ordinal, row, roles)
    except UnreadableFile as trouble:
        raise CannotRead(trouble.code, trouble.params) from trouble


def hear(texts: Sequence[str]) -> list[Hearing]:
    """What is heard in each passage, in order."""
    batch = [Passage(str(position), text) for position, text in enumerate(texts)]
    return [_hearing(passage.text, heard) for passage, heard in zip(batch, listen(batch), strict=True)]


def possible_event_count(texts: Sequence[str]) -> int:
    """How many of these may report a safety event; a look ahead, in the web process, needs nothing else."""
    return sum(safety.flag for safety in safety_of_each(texts))


def learn(examples: Sequence[Example]) -> Learned:
    """What passages and their codes teach. Raises `TooFewExamples`."""
    from antiphon.engines.listening import learned

    fields = (_SAID, _ASKED) if learned.is_question([each.question for each in examples]) else (_SAID,)
    coded = [learned.Coded({_SAID: each.text, _ASKED: each.question}, each.codes, each.speaker) for each in examples]
    try:
        made = learned.fit_codebook(coded, text_fields=fields, most_examples=MOST_EXAMPLES)
    except learned.TooFewExamples as few:
        raise TooFewExamples(str(few)) from few
    with TemporaryDirectory() as folder:
        path = Path(folder) / "learned.codebook"
        learned.write_codebook(made, path)
        return Learned(path.read_bytes(), dict(made.quality))


def weigh(passages: Sequence[Unread], path: Path) -> list[Weighed]:
    """What the model kept in a file says of each passage."""
    found = _learned(path).weigh([{_SAID: each.text, _ASKED: each.question} for each in passages])
    return [
        Weighed(
            tuple(
                Suggested(code.code, code.score, [_in_original(why._asdict(), each.spans) for why in code.why])
                for code in one.codes
                if code.asserted
            ),
            one.teaches,
            one.about,
        )
        for each, one in zip(passages, found, strict=True)
    ]


def learned_with() -> str:
    """What a model that is learned now stands on; one that says something else cannot be read any longer."""
    from antiphon.engines.listening import learned

    return learned.learned_with()


@lru_cache(maxsize=4)
def _learned(path: Path) -> "Codebook":
    from antiphon.engines.listening.learned import read_codebook

    # Kept under the name of its content, in the folder of its workspace: the same path is the same model.
    return read_codebook(path)


def _in_original(why: dict, spans: Sequence[Mapping]) -> dict:
    start, end = original_range(why["start"], why["end"], spans)
    return why | {"start": start, "end": end}


def words_mark(text: str) -> str:
    """Equal for passages that say the same words."""
    return fingerprint(text)


@cache
def heard_by(step: str = "") -> str:
    """The engine's step with its version, or the steps that shape a passage."""
    versions = {each.name: each.version for each in STEPS}
    wanted = [step] if step else ["redact", "safety", "needs"]
    return ", ".join(f"{name} {versions[name]}" for name in wanted)[:60]


def _is_plain(name: str) -> bool:
    return "\x00" not in name and not any("\ud800" <= char <= "\udfff" for char in name)


def _columns(shape: FileShape) -> list[dict]:
    """Columns with their guesses; of those that can be there once, the first one keeps its guess."""
    found, taken = [], set()
    for column in shape.columns:
        role = _GUESSES[column.role]
        role = Role.IGNORE if role in taken else role
        taken |= {role} & set(AT_MOST_ONE)
        found.append({"name": column.name, "role": role.value, "samples": _samples(column)})
    return found


def _samples(column: Column) -> list[str]:
    said = [each.replace("\x00", "\ufffd").encode("utf-8", "replace").decode() for each in column.samples[:3]]
    return [each[:_LONGEST_SAMPLE] for each in redacted(said)]


def _shape(shape: Mapping) -> FileShape:
    fields = {name: shape[name] for name in ("kind", "layout", "encoding", "delimiter", "sheet")}
    return FileShape(
        **fields,
        sheets=tuple(shape["sheets"]),
        columns=tuple(Column(each["name"], "other", ()) for each in shape["columns"]),
        row_count_estimate=shape["row_count_estimate"],
        warnings=tuple(Caution(each["code"], each["params"]) for each in shape["warnings"]),
    )


def _taken(ordinal: int, row: Row | BadRow, roles: Mapping[str, str]) -> Taken:
    if isinstance(row, BadRow):
        fault = Fault(row.code, dict(row.params), row.raw)
        return Taken(ordinal, row.number, row.place, (), fault)
    single = {role: row.cells.get(name, "").strip() for name, role in roles.items() if role != Role.TEXT}
    passages = tuple(
        Said(
            column=name,
            text=row.cells[name],
            external_id=single.get(Role.ID, ""),
            group=single.get(Role.GROUP, ""),
            date=single.get(Role.DATE, ""),
        )
        for name, role in roles.items()
        if role == Role.TEXT and row.cells.get(name, "").strip()
    )
    return Taken(ordinal, row.number, row.place, passages, raw="\t".join(row.cells.values())[:1_000])


def _hearing(text: str, heard: Heard) -> Hearing:
    return Hearing(
        redacted=heard.redacted,
        spans=[span._asdict() for span in heard.spans],
        language=heard.language or "",
        sentiment=heard.sentiment or "",
        is_possible_event=heard.safety.flag,
        safety_kind=heard.safety.kind or "",
        safety_why=[why._asdict() for why in heard.safety.why],
        fingerprint=fingerprint(text),
        suggested=tuple(Suggested(need.code, need.score, [why._asdict() for why in need.why]) for need in heard.needs),
        teaches=heard.doubt,
        teaches_code=heard.doubtful,
    )

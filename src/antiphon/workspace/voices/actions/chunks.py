"""Taking rows in: a chunk and its place in the file are kept together, or not at all."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from antiphon.platform import clock
from antiphon.platform.audit.trail import record
from antiphon.platform.database import statistics
from antiphon.platform.files import store
from antiphon.platform.runs.models import Run
from antiphon.workspace.voices import compute
from antiphon.workspace.voices.actions.weighing import weigh_later
from antiphon.workspace.voices.models import BadRow, Intake, Source, Suggestion, Voice
from antiphon.workspace.voices.rules import IntakeState, RowKeys, Safety, said_date

ROWS_A_CHUNK = 500
INSERTED_AT_ONCE = 500
GOING = (Run.State.WAITING, Run.State.RUNNING)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A row with a key for each of its passages."""

    row: compute.Taken
    keys: tuple[str, ...]


@dataclass(slots=True)
class _Chunk:
    """Rows that are heard and wait to be kept."""

    rows: list[_Keyed]
    hearings: dict[str, compute.Hearing] = field(default_factory=dict)
    bad: dict[int, BadRow] = field(default_factory=dict)
    voices: list[Voice] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    known: int = 0
    seconds: float = 0.0

    @property
    def last(self) -> int:
        """How far in the file this chunk comes."""
        return self.rows[-1].row.ordinal


def take_chunks(intake: Intake, seconds: float) -> bool:
    """Take in chunks until the file or the time is over; true when there is more to do."""
    deadline = time.monotonic() + seconds
    start = _cursor(intake.run)
    begun = time.monotonic()
    for rows in _chunks(intake, start):
        chunk = _heard(rows)
        chunk.seconds, begun = time.monotonic() - begun, time.monotonic()
        if not _keep(intake, chunk, start):
            return False
        start = chunk.last
        if time.monotonic() > deadline:
            return True
    _finish(intake, start)
    return False


def _cursor(run: Run) -> int:
    return run.cursor.get("row", 0)


def _chunks(intake: Intake, start: int) -> Iterator[list[_Keyed]]:
    """Rows beyond the cursor; those before it are read too, because keys count what stood before."""
    keys, waiting = RowKeys(str(intake.source_id)), []
    for row in compute.read(store.path_of(intake.file), intake.shape, intake.run.settings["columns"]):
        keyed = tuple(keys.key(said.column, said.text, said.external_id) for said in row.passages)
        if row.ordinal <= start:
            continue
        waiting.append(_Keyed(row, keyed))
        if len(waiting) == ROWS_A_CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _heard(rows: list[_Keyed]) -> _Chunk:
    passages = [(key, said.text) for each in rows for key, said in zip(each.keys, each.row.passages, strict=True)]
    hearings = compute.hear([text for _, text in passages])
    # Two rows with one id meet in one key: the first is the one that may be kept.
    return _Chunk(rows, {key: heard for (key, _), heard in reversed(list(zip(passages, hearings, strict=True)))})


@transaction.atomic
def _keep(intake: Intake, chunk: _Chunk, start: int) -> bool:
    """Keep a chunk unless another worker did; the run's row decides who."""
    kept = Intake.objects.select_for_update().get(pk=intake.pk)
    run = Run.objects.select_for_update().get(pk=intake.run_id)
    if _cursor(run) != start or run.state not in GOING:
        return False
    # One writer a source at a time: so no key can appear between the look and the insert. (Path not taken:
    # ignoring conflicts, which on SQLite also swallows every other constraint.)
    source = Source.objects.select_for_update().get(pk=intake.source_id)
    before = dict(Voice.objects.filter(source=source, key__in=list(chunk.hearings)).values_list("key", "fingerprint"))
    for each in chunk.rows:
        _sort(intake, chunk, each, before)
    Voice.objects.bulk_create(chunk.voices, batch_size=INSERTED_AT_ONCE)
    Suggestion.objects.bulk_create(chunk.suggestions, batch_size=INSERTED_AT_ONCE)
    BadRow.objects.bulk_create(chunk.bad.values(), batch_size=INSERTED_AT_ONCE)
    _advance(kept, run, chunk)
    return True


def _sort(intake: Intake, chunk: _Chunk, keyed: _Keyed, before: dict[str, str]) -> None:
    row = keyed.row
    if row.fault:
        _refuse(intake, chunk, row, row.fault)
    for key, said in zip(keyed.keys, row.passages, strict=True):
        mark = compute.words_mark(said.text)
        earlier = before.setdefault(key, "")
        if not earlier:
            before[key] = mark
            _add(intake, chunk, row, said, key)
        elif earlier == mark:
            chunk.known += 1
        else:
            params = {"id": said.external_id[:40], "column": said.column[:120]}
            _refuse(intake, chunk, row, compute.Fault("id_has_other_words", params, row.raw))


def _refuse(intake: Intake, chunk: _Chunk, row: compute.Taken, fault: compute.Fault) -> None:
    chunk.bad.setdefault(
        row.ordinal,
        BadRow(
            workspace_id=intake.workspace_id,
            intake=intake,
            number=row.ordinal,
            place=row.place[:120],
            code=fault.code,
            params=dict(fault.params),
            raw=fault.raw,
        ),
    )


def _add(intake: Intake, chunk: _Chunk, row: compute.Taken, said: compute.Said, key: str) -> None:
    hearing = chunk.hearings[key]
    voice = voice_of(
        hearing,
        workspace_id=intake.workspace_id,
        source_id=intake.source_id,
        engagement_id=intake.engagement_id,
        intake=intake,
        key=key,
        number=row.number,
        place=row.place[:120],
        column=said.column[:200],
        original=said.text,
        group=said.group[:120],
        said_date=said_date(said.date, day_first=intake.run.settings["day_first"]),
        consent_scope=intake.consent_scope,
    )
    chunk.voices.append(voice)
    chunk.suggestions += suggestions_of(voice, hearing)


def voice_of(hearing: compute.Hearing, **origin: object) -> Voice:
    """A passage with what was heard in it, not yet kept."""
    return Voice(
        redacted=hearing.redacted,
        spans=hearing.spans,
        language=hearing.language,
        sentiment=hearing.sentiment,
        fingerprint=hearing.fingerprint,
        safety=Safety.POSSIBLE if hearing.is_possible_event else Safety.NONE,
        safety_kind=hearing.safety_kind,
        safety_why=hearing.safety_why,
        heard_by_engine=compute.heard_by(),
        teaches=hearing.teaches,
        teaches_code=hearing.teaches_code,
        weighed_by=compute.heard_by("needs"),
        **origin,
    )


def suggestions_of(voice: Voice, hearing: compute.Hearing) -> list[Suggestion]:
    """What the engine suggests for a passage, not yet kept."""
    return [
        Suggestion(
            workspace_id=voice.workspace_id,
            voice=voice,
            code=each.code,
            score=each.score,
            why=each.why,
            made_by=compute.heard_by("needs"),
        )
        for each in hearing.suggested
    ]


def _advance(kept: Intake, run: Run, chunk: _Chunk) -> None:
    """Move the cursor, count, and write one event for the chunk, in the transaction of its rows."""
    now = clock.now()
    seconds = run.cursor.get("seconds", 0.0) + chunk.seconds
    run.cursor = {"row": chunk.last, "at": now.isoformat(), "seconds": round(seconds, 3)}
    run.state, run.done_count, run.failed_count = (
        Run.State.RUNNING,
        chunk.last,
        run.failed_count + len(chunk.bad),
    )
    run.save(update_fields=["cursor", "state", "done_count", "failed_count"])
    kept.voice_count += len(chunk.voices)
    kept.known_count += chunk.known
    kept.bad_count += len(chunk.bad)
    kept.save(update_fields=["voice_count", "known_count", "bad_count"])
    facts = {
        "intake": str(kept.pk),
        "first_row": chunk.rows[0].row.ordinal,
        "last_row": chunk.last,
        "voices": len(chunk.voices),
        "known": chunk.known,
        "bad": len(chunk.bad),
        "sha256": _seal(chunk.voices),
    }
    record("intake.chunk_taken_in", kept, by=run.started_by, facts=facts)


def _seal(voices: list[Voice]) -> str:
    """One hash over what was kept: the sorted keys, each with the hash of its words."""
    lines = sorted(f"{voice.key} {hashlib.sha256(voice.original.encode()).hexdigest()}" for voice in voices)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def _finish(intake: Intake, start: int) -> None:
    kept = Intake.objects.select_for_update().get(pk=intake.pk)
    run = Run.objects.select_for_update().get(pk=intake.run_id)
    if _cursor(run) != start or run.state not in GOING:
        return
    run.state, run.finished_at, run.done_count, run.total_count = Run.State.DONE, clock.now(), start, start
    run.save(update_fields=["state", "finished_at", "done_count", "total_count"])
    kept.state = IntakeState.DONE
    kept.save(update_fields=["state"])
    facts = {"voices": kept.voice_count, "known": kept.known_count, "bad": kept.bad_count, "rows": start}
    record("intake.finished", kept, by=run.started_by, facts=facts)
    # Tables have grown: from here on the database should go by what they hold now.
    transaction.on_commit(statistics.renew)
    weigh_later(kept.workspace_id)

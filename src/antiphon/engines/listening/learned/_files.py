"""Codebooks for whole files of JSON lines: one record in, one object out, in the same order."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._progress import NoProgress, Progress
from antiphon.engines.listening.learned._codebook import Code, Codebook
from antiphon.engines.listening.learned._fit import Coded, fit_codebook

BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: a record, or the reason why there is none."""

    number: int
    record: Mapping[str, Any] | None
    fault: str = ""

    @property
    def id(self) -> str:
        """The record's own id, else the number of its line."""
        own = None if self.record is None else self.record.get("id")
        return str(self.number if own is None else own)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many lines were written, and how many of them are errors."""

    row_count: int
    bad_row_count: int


def lines_of(path: Path) -> Iterator[Line]:
    """Lines that are not blank, each read on its own."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield _line(number, raw.removeprefix(b"\xef\xbb\xbf"))


def _line(number: int, raw: bytes) -> Line:
    try:
        found = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Line(number, None, "undecodable")
    except (ValueError, RecursionError):
        return Line(number, None, "not_json")
    return Line(number, found) if isinstance(found, dict) else Line(number, None, "not_an_object")


def coded_of(path: Path, *, text_fields: Sequence[str], labels: str, group: str | None = None) -> list[Coded]:
    """Every record that somebody coded: labels are a list, or one word. Raises `UnreadableFile`."""
    found = []
    for line in lines_of(path):
        if line.record is None:
            raise UnreadableFile(line.fault, {"line": line.number})
        missing = next((name for name in (*text_fields, labels) if name not in line.record), None)
        if missing is not None:
            raise UnreadableFile("no_such_column", {"column": missing, "line": line.number})
        own = "" if group is None else str(line.record.get(group, ""))
        found.append(Coded(line.record, _codes(line.record[labels]), own))
    return found


def _codes(value: object) -> frozenset[str]:
    if value is None or value == "":
        return frozenset()
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset({str(value)})


def fit_files(
    sources: Sequence[Path], *, text_fields: Sequence[str], labels: str, group: str | None = None
) -> Codebook:
    """Learn from all files together. Raises `UnreadableFile` and `TooFewExamples`."""
    coded = [each for path in sources for each in coded_of(path, text_fields=text_fields, labels=labels, group=group)]
    return fit_codebook(coded, text_fields=text_fields)


def apply_file(
    codebook: Codebook, source: Path, out: Path, *, with_why: bool = False, progress: Progress | None = None
) -> Applied:
    """Write what the codebook says of each line; `out` appears when it is whole."""
    told = progress or NoProgress()
    unfinished = out.with_name(out.name + ".part")
    done = bad = 0
    lines = lines_of(source)
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            while batch := list(islice(lines, BATCH)):
                good = [line.record for line in batch if line.record is not None]
                answers = iter(codebook.apply(good))
                for line in batch:
                    file.write(json.dumps(_object(line, answers, with_why)) + "\n")
                done += len(batch)
                bad += len(batch) - len(good)
                told.advance(done, None)
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return Applied(done, bad)


def _object(line: Line, answers: Iterator[tuple[Code, ...]], with_why: bool) -> dict[str, object]:
    if line.record is None:
        return {"id": line.id, "error": {"code": line.fault, "place": f"line {line.number}", "params": {}}}
    codes = next(answers)
    return {"id": line.id, "codes": [code.told() | (code.told_why() if with_why else {}) for code in codes]}

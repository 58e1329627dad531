"""Themes of a whole file: a line a theme, then a line a passage, as JSON."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from antiphon.engines.listening._errors import UnreadableFile
from antiphon.engines.listening._values import Passage
from antiphon.engines.listening.learned import lines_of
from antiphon.engines.listening.themes._themes import LEAST_PASSAGES, Theme, Themes, themes_of

# All passages are held in memory at once.
MOST_PASSAGES = 200_000


def passages_of(source: Path, *, text_field: str) -> list[Passage]:
    """The passages of a file of JSON lines. Raises `UnreadableFile`."""
    found = []
    for line in lines_of(source):
        if line.record is None:
            raise UnreadableFile(line.fault, {"line": line.number})
        if text_field not in line.record:
            raise UnreadableFile("no_such_column", {"column": text_field, "line": line.number})
        said = line.record[text_field]
        found.append(Passage(line.id, "" if said is None else str(said)))
        if len(found) > MOST_PASSAGES:
            raise UnreadableFile("too_many_rows", {"limit": MOST_PASSAGES})
    return found


def themes_file(source: Path, out: Path, *, text_field: str = "text", count: int | None = None) -> Themes:
    """Draw the themes of a file and write them; `out` appears when it is whole. Raises `UnreadableFile`."""
    passages = passages_of(source, text_field=text_field)
    themes = themes_of(passages, count=count)
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            for said in _lines(themes, passages):
                file.write(json.dumps(said) + "\n")
        os.replace(unfinished, out)
    finally:
        unfinished.unlink(missing_ok=True)
    return themes


def _lines(themes: Themes, passages: list[Passage]) -> Iterator[dict[str, object]]:
    for theme in themes.themes:
        yield _of_theme(theme, len(passages))
    numbers = {id_: theme.number for theme in themes.themes for id_ in theme.members}
    for passage in passages:
        number = numbers.get(passage.id)
        line: dict[str, object] = {"id": passage.id, "theme": number}
        if number is None:
            few = not themes.themes
            line["why"] = f"fewer than {LEAST_PASSAGES} passages with words" if few else "no words"
        yield line


def _of_theme(theme: Theme, total: int) -> dict[str, object]:
    return {
        "theme": theme.number,
        "name": theme.name,
        "topic": theme.topic,
        "words": list(theme.words),
        "size": len(theme.members),
        "share": round(len(theme.members) / total, 4),
        "stability": theme.stability,
        "typical": [{"id": passage.id, "text": passage.text} for passage in theme.typical],
        "apart": [{"id": passage.id, "text": passage.text} for passage in theme.apart],
        "members": list(theme.members),
    }

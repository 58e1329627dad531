"""Finds every text of the interface and keeps the catalogues of the languages with it.

python tools/translate.py            brings every catalogue up to date and compiles it
python tools/translate.py add fr     begins a language
python tools/translate.py left de    what is not translated yet
python tools/translate.py --check    exits with 1 where a catalogue differs from the code
"""

import gettext
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "antiphon"
LOCALE = SOURCE / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {
    "lazy": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# The pages that show the kit are for those who build.
LEFT_OUT = ("platform/ui/templates/ui/gallery",)
# A catalogue says nothing about when and with what it was written: two people who write it write the same.
UNDATED = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
PLACEHOLDER = re.compile(r"%\(\w+\)")
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def from_template(file: BinaryIO, keywords: dict, comment_tags: list, options: dict) -> Iterator[tuple]:
    """The texts of a template, by the reading that the template engine itself gives it."""
    if not settings.configured:
        settings.configure()
    code = templatize(file.read().decode())
    flat = "\n".join(line.strip() for line in code.splitlines())
    return extract_python(BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


METHODS = [("**.py", "python"), ("**/templates/**.html", from_template), ("**/templates/**.txt", from_template)]


def found() -> Catalog:
    """Every text of the interface, in the order of the files."""
    catalogue = Catalog(project="Antiphon", version="1", copyright_holder="Antiphon", msgid_bugs_address="")
    texts = extract_from_dir(SOURCE, METHODS, keywords=KEYWORDS)
    for file, _line, message, _comments, context in sorted(texts, key=lambda text: (text[0], text[1])):
        if not file.startswith(LEFT_OUT):
            catalogue.add(message, locations=[(file, None)], context=context)
    return catalogue


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def read(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Keeps a catalogue, and what the product reads of it."""
    catalogue.header_comment = f"# Antiphon in another language: {language}."
    text = BytesIO()
    write_po(text, catalogue, width=110, include_lineno=False, ignore_obsolete=True)
    kept = [line for line in text.getvalue().decode().splitlines() if not line.startswith(UNDATED)]
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    file_of(language).write_text("\n".join(kept).rstrip() + "\n")
    with file_of(language).with_suffix(".mo").open("wb") as file:
        compile_to(file, read(language))


def compile_to(file: BinaryIO, catalogue: Catalog) -> None:
    """What the product reads; a translation that is only guessed stays out."""
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(file, catalogue)


def keys(catalogue: Catalog) -> set[tuple]:
    """What tells one text from another."""
    return {(message.context, message.id) for message in catalogue if message.id}


def untranslated(catalogue: Catalog) -> list[Message]:
    """Texts that still show in English."""
    return [m for m in catalogue if m.id and (m.fuzzy or not all([m.string] if isinstance(m.id, str) else m.string))]


def wrong(catalogue: Catalog) -> Iterator[str]:
    """Translations that lost a placeholder, have one too many, or too few plurals."""
    for message, errors in catalogue.check():
        yield from (f"{error}: {message.id!r}" for error in errors)
    for message in catalogue:
        # Of several forms the last one speaks of many: it says everything; the first may say “one”.
        text, said = (last if isinstance(last, str) else last[-1] for last in (message.id, message.string))
        lost = set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(said))
        if message.id and said and lost:
            yield f"a placeholder is lost, {', '.join(sorted(lost))}: {message.id!r}"


def stale(language: str, source: Catalog) -> list[str]:
    """What a catalogue has that the code has not, the other way round, and whether it was compiled."""
    catalogue = read(language)
    faults = [f"not in the catalogue: {text!r}" for _, text in sorted(keys(source) - keys(catalogue), key=repr)]
    faults += [f"no longer in the code: {text!r}" for _, text in sorted(keys(catalogue) - keys(source), key=repr)]
    fresh = BytesIO()
    compile_to(fresh, catalogue)
    fresh.seek(0)
    with file_of(language).with_suffix(".mo").open("rb") as kept:
        if _says(kept) != _says(fresh):
            faults.append("django.mo is older than django.po")
    return faults + list(wrong(catalogue))


def _says(file: BinaryIO) -> dict:
    return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def check() -> int:
    """Whether every catalogue is what the code asks for."""
    source = found()
    faults = [f"{language}: {fault}" for language in languages() for fault in stale(language, source)]
    print("\n".join([*faults, "Run: make fix"]) if faults else f"{len(source)} texts, {', '.join(languages())}")
    return 1 if faults else 0


def update(chosen: list[str]) -> int:
    """Takes new texts in, old ones out; a changed text keeps its translation as a guess to look at."""
    source = found()
    for language in chosen:
        catalogue = read(language)
        catalogue.update(source, no_fuzzy_matching=False, update_header_comment=False)
        write(language, catalogue)
        print(f"{language}: {len(source)} texts, {len(untranslated(read(language)))} not translated")
    return 0


def add(language: str) -> int:
    """Begins a language: a catalogue in which everything is still to do."""
    if file_of(language).exists():
        sys.exit(f"There is a catalogue for {language} already: {file_of(language).relative_to(ROOT)}")
    catalogue = found()
    catalogue.locale = language
    catalogue.fuzzy = False
    write(language, catalogue)
    print(f"Write the texts into {file_of(language).relative_to(ROOT)}, then run make fix.")
    return 0


def left(language: str) -> int:
    """What is not translated yet, by file."""
    for message in untranslated(read(language)):
        print(f"{message.locations[0][0]}: {message.id!r}")
    return 0


def main(arguments: list[str]) -> int:
    match arguments:
        case ["add", language]:
            return add(language)
        case ["left", language]:
            return left(language)
        case ["--check"]:
            return check()
        case []:
            return update(languages())
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

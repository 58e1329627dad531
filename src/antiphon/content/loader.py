"""From YAML files to checked packs: every fault says its file, its entry and its field."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from antiphon.content.errors import BrokenPack, Fault, UnknownPack
from antiphon.content.pack import Pack
from antiphon.content.schema import KINDS, WORKSPACE_PREFIX, Entry, Header, Language

LANGUAGES = frozenset(get_args(Language))
M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """Safe YAML that does not let a second key overwrite the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def packs() -> list[str]:
    """The ids of the shipped packs, in reading order."""
    return list(KINDS)


def load(pack_id: str, language: str = "") -> Pack[Entry]:
    """A shipped pack, read and checked once; with its labels in a language if one is asked for."""
    base = language.partition("-")[0].lower()
    try:
        return _shipped(base if base in LANGUAGES else "")[pack_id]
    except KeyError:
        raise UnknownPack(pack_id) from None


@cache
def _shipped(language: str = "") -> Mapping[str, Pack[Entry]]:
    if language:
        return {pack_id: pack.in_language(language) for pack_id, pack in _shipped("").items()}
    return read_all(folder())


def folder() -> Traversable:
    """Where the shipped packs lie."""
    return resources.files("antiphon.content").joinpath("packs")


def read_all(place: Traversable) -> dict[str, Pack[Entry]]:
    """Every pack in a folder; raises BrokenPack with all faults of all files."""
    found: dict[str, Pack[Entry]] = {}
    faults = [Fault(name, "", "", "unknown_pack") for name in _files(place) if name.removesuffix(".yaml") not in KINDS]
    for pack_id in KINDS:
        try:
            found[pack_id] = read(pack_id, place.joinpath(f"{pack_id}.yaml").read_bytes())
        except FileNotFoundError:
            faults.append(Fault(f"{pack_id}.yaml", "", "", "missing_file"))
        except BrokenPack as broken:
            faults += broken.faults
    faults += [fault for pack in found.values() for fault in _dangling(pack, found)]
    if faults:
        raise BrokenPack(faults)
    return found


def read(pack_id: str, text: str | bytes) -> Pack[Entry]:
    """One pack from its text; references to other packs are left to `read_all`."""
    if pack_id not in KINDS:
        raise UnknownPack(pack_id)
    kind, file = KINDS[pack_id], f"{pack_id}.yaml"
    raw = _parsed(file, text)
    rows = raw.pop("entries")
    faults: list[Fault] = []
    header = _valid(Header, raw, file, "", faults)
    entries = [_valid(kind, row, file, _name(row, at), faults) for at, row in enumerate(rows, 1)]
    if header is None or None in entries:
        raise BrokenPack(faults)
    known = [entry for entry in entries if entry is not None]
    faults = [*_header_faults(file, pack_id, header, known), *_entry_faults(file, header, known)]
    if faults:
        raise BrokenPack(faults)
    return Pack(header, kind, tuple(_placed(known)))


def _files(place: Traversable) -> list[str]:
    return sorted(item.name for item in place.iterdir() if item.name.endswith(".yaml"))


def _parsed(file: str, text: str | bytes) -> dict[str, list[object]]:
    try:
        raw = _Loader(text).get_single_data()
    except (yaml.YAMLError, ValueError) as fault:
        raise BrokenPack([Fault(file, "", "", "not_yaml", " ".join(str(fault).split()))]) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("entries"), list) or not raw["entries"]:
        raise BrokenPack([Fault(file, "", "entries", "no_entries")])
    return raw


def _name(row: object, at: int) -> str:
    named = row.get("id") if isinstance(row, dict) else None
    return named if isinstance(named, str) else f"number {at}"


def _valid(model: type[M], raw: object, file: str, entry: str, faults: list[Fault]) -> M | None:
    try:
        return model.model_validate(raw)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            place = ".".join(str(part) for part in error["loc"])
            faults.append(Fault(file, entry, place, error["type"], error["msg"]))
        return None


def _header_faults(file: str, pack_id: str, header: Header, entries: Sequence[Entry]) -> Iterator[Fault]:
    if header.id != pack_id:
        yield Fault(file, "", "id", "not_the_file_name", header.id)
    used = {tag for entry in entries for tag in entry.provenance}
    for tag in sorted(used ^ set(header.provenance)):
        yield Fault(file, "", "provenance", "not_what_the_entries_say", tag)
    unused = {source.id for source in header.sources} - {name for entry in entries for name in entry.source}
    for name in sorted(unused):
        yield Fault(file, "", "sources", "unused_source", name)


def _entry_faults(file: str, header: Header, entries: Sequence[Entry]) -> Iterator[Fault]:
    every = {entry.id: entry for entry in entries}
    above: dict[str, Entry] = {}
    for entry in entries:
        for field, code, detail in (
            *_id_faults(entry, above, type(entry).id_pattern),
            *_place_faults(entry, above),
            *_retirement_faults(entry, every),
            *_source_faults(entry, header),
        ):
            yield Fault(file, entry.id, field, code, detail)
        above[entry.id] = entry


Found = Iterator[tuple[str, str, str]]


def _id_faults(entry: Entry, above: Mapping[str, Entry], pattern: str) -> Found:
    if entry.id in above:
        yield "id", "duplicate_id", entry.id
    if entry.id.startswith(WORKSPACE_PREFIX) or not re.fullmatch(pattern, entry.id):
        yield "id", "id_pattern", pattern


def _place_faults(entry: Entry, above: Mapping[str, Entry]) -> Found:
    """A parent stands above its children, so that no circle can arise; N1.4.2 stands under N1.4."""
    stem = entry.id.rpartition(".")[0]
    if stem and entry.parent != stem:
        yield "parent", "not_what_the_id_says", stem
    if entry.parent is None:
        return
    if entry.parent not in above:
        yield "parent", "unknown_parent", entry.parent
    elif above[entry.parent].retired and not entry.retired:
        yield "parent", "retired_parent", entry.parent


def _retirement_faults(entry: Entry, every: Mapping[str, Entry]) -> Found:
    """A replacement is in use itself: whoever retires it points the older entries further on."""
    if entry.replaced_by is None:
        return
    if entry.replaced_by not in every:
        yield "replaced_by", "unknown_replacement", entry.replaced_by
    elif every[entry.replaced_by].retired:
        yield "replaced_by", "retired_replacement", entry.replaced_by


def _source_faults(entry: Entry, header: Header) -> Found:
    known = {source.id for source in header.sources}
    for name in entry.source:
        if name not in known:
            yield "source", "unknown_source", name
    if "W" in entry.provenance:
        yield "provenance", "not_for_shipped_content", "W"


def _placed(entries: Iterable[Entry]) -> Iterator[Entry]:
    depths: dict[str, int] = {}
    for entry in entries:
        depths[entry.id] = 0 if entry.parent is None else depths[entry.parent] + 1
        yield entry.placed(parent=entry.parent, depth=depths[entry.id])


def _dangling(pack: Pack[Entry], found: Mapping[str, Pack[Entry]]) -> Iterator[Fault]:
    for field, target in pack.kind.references.items():
        for entry in pack.every:
            value = getattr(entry, field)
            for name in (value,) if isinstance(value, str) else value:
                if target in found and name not in found[target]:
                    yield Fault(f"{pack.id}.yaml", entry.id, field, "unknown_reference", name)

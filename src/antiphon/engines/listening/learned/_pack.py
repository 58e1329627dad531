"""The file a model lives in: one zip of JSON, plain lists of words and raw little-endian numbers."""

import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

HEAD = "model.json"
# The first moment a zip can tell: the same model is the same file, whenever it is written.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_KINDS = ("<f2", "<f4", "|i1", "|u1", "<i4")
MOST_BYTES = 1 << 29


class UnreadableModel(Exception):
    """A file that is no model of this engine, or a damaged one."""


def write_pack(
    path: Path, head: Mapping[str, Any], words: Mapping[str, Sequence[str]], arrays: Mapping[str, Array]
) -> None:
    """Write a model; `path` appears when it is whole."""
    little = {name: np.ascontiguousarray(array, array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    shapes = {name: {"kind": array.dtype.str, "shape": array.shape} for name, array in little.items()}
    unfinished = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
            _put(pack, HEAD, json.dumps({**head, "arrays": shapes}, indent=1, sort_keys=True).encode())
            for name, list_ in sorted(words.items()):
                _put(pack, f"{name}.txt", "\n".join(list_).encode())
            for name, array in sorted(little.items()):
                _put(pack, f"{name}.bin", array.tobytes())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    pack.writestr(info, content)


class Pack:
    """An opened model; whatever is wrong with its file is an `UnreadableModel`."""

    def __init__(self, source: Path | BinaryIO, kind: str) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
            if sum(each.file_size for each in self._zip.infolist()) > MOST_BYTES:
                raise UnreadableModel("larger than any model")
            self.head: dict[str, Any] = json.loads(self._zip.read(HEAD))
            found = self.head["kind"]
        except (zipfile.BadZipFile, OSError, KeyError, TypeError, ValueError) as trouble:
            raise UnreadableModel(f"no {kind}: {trouble}") from trouble
        if found != kind:
            raise UnreadableModel(f"a {found}, not a {kind}")

    def words(self, name: str) -> list[str]:
        """A list of words."""
        content = self._read(f"{name}.txt").decode()
        return content.split("\n") if content else []

    def array(self, name: str) -> Array:
        """Numbers, in the shape they were written in."""
        try:
            said = self.head["arrays"][name]
            if said["kind"] not in _KINDS:
                raise UnreadableModel(f"{name} holds no numbers")
            return np.frombuffer(self._read(f"{name}.bin"), dtype=said["kind"]).reshape(said["shape"])
        except (KeyError, TypeError, ValueError) as trouble:
            raise UnreadableModel(f"{name} is damaged: {trouble}") from trouble

    def _read(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, OSError, ValueError) as trouble:
            raise UnreadableModel(f"{name} is damaged: {trouble}") from trouble

"""The word lists that ship beside the code."""

import gzip
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One lexicon file by name, as it stands; every file has a `version`."""
    text = (files("antiphon.engines.listening") / "lexicons" / f"{name}.yaml").read_text("utf-8")
    # In C, a tenth of the time: these are read whenever a command starts.
    return cast(dict[str, Any], yaml.load(text, yaml.CSafeLoader))


def packed(name: str) -> list[str]:
    """A packed list by name: one entry a line, sorted."""
    content = (files("antiphon.engines.listening") / "lists" / f"{name}.gz").read_bytes()
    return gzip.decompress(content).decode().split("\n")


def version_of(name: str) -> str:
    """The version a lexicon file gives itself."""
    return str(lexicon(name)["version"])

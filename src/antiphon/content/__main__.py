"""`python -m antiphon.content [FOLDER]`: a table of the packs, and every fault found in them."""

import sys
from collections.abc import Sequence
from pathlib import Path

from antiphon.content.errors import BrokenPack
from antiphon.content.loader import folder, read_all
from antiphon.content.pack import Pack
from antiphon.content.schema import Entry

ROW = "{:<20} {:>8} {:>8} {:>10} {:>8}  {}"


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table and answer 0, or print the faults and answer 1."""
    try:
        found = read_all(Path(arguments[0]) if arguments else folder())
    except BrokenPack as broken:
        print(broken, file=sys.stderr)
        return 1
    print(ROW.format("pack", "edition", "entries", "unverified", "retired", "provenance"))
    for pack in found.values():
        print(_row(pack))
    print(ROW.format("all", "", *map(sum, zip(*map(_counts, found.values()), strict=True)), "").rstrip())
    return 0


def _counts(pack: Pack[Entry]) -> tuple[int, int, int]:
    unverified = sum(entry.unverified for entry in pack.every)
    return len(pack), unverified, sum(entry.retired for entry in pack.every)


def _row(pack: Pack[Entry]) -> str:
    return ROW.format(pack.id, pack.header.edition, *_counts(pack), " ".join(pack.header.provenance))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

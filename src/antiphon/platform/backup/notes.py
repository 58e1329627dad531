"""When the last backup was made, kept in a small file beside the database. Plain Python."""

import datetime
import json
import os
from pathlib import Path

from antiphon.platform.backup.archive import Manifest, sync_folder


def notes_file(data: Path) -> Path:
    """Where an instance remembers its last backup; a restored one has none yet."""
    return data / "backups.json"


def note(out: Path, manifest: Manifest, size: int) -> None:
    """Remember a backup that is done."""
    from django.conf import settings

    last = {
        "at": manifest.made_at,
        "file": str(out),
        "size": size,
        "rows": manifest.row_count,
        "content_hash": manifest.content_hash,
    }
    path = notes_file(settings.DATA)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"last": last}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync_folder(path.parent)


def last_backup_at(data: Path) -> datetime.datetime | None:
    """When the last backup was made; none where none is known."""
    try:
        return datetime.datetime.fromisoformat(json.loads(notes_file(data).read_text(encoding="utf-8"))["last"]["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""Keeps a file so that it survives a power cut, and finds it again."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from antiphon.platform.errors import NotValid
from antiphon.platform.files.models import StoredFile
from antiphon.platform.workspaces.models import Member

LARGEST = 200 * 1024 * 1024
LONGEST_NAME = 255


def place(workspace_id: UUID, sha256: str) -> Path:
    """Where a workspace keeps the content with this hash."""
    return settings.DATA / "files" / str(workspace_id) / sha256[:2] / sha256


def path_of(file: StoredFile) -> Path:
    """The kept content of a file."""
    return place(file.workspace_id, file.sha256)


def keep(*, by: Member, name: str, chunks: Iterable[bytes]) -> StoredFile:
    """Write, sync, rename, sync the folder; then the row. The same content twice is kept once."""
    folder = settings.DATA / "files" / str(by.workspace_id)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise NotValid("This file is larger than 200 MB. Split it and bring the parts one by one.")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    target = place(by.workspace_id, digest.hexdigest())
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file.name, target)
    _sync_folder(target.parent)
    row, _ = StoredFile.objects.get_or_create(
        workspace_id=by.workspace_id, sha256=digest.hexdigest(), name=_safe(name), defaults={"size": size}
    )
    return row


def _safe(name: str) -> str:
    """The last part of a name without control characters; a long one keeps its ending, which says what it is."""
    plain = "".join(letter for letter in Path(name.replace("\\", "/")).name if letter.isprintable()).strip()
    if plain in {"", ".", ".."}:
        return "file"
    ending = Path(plain).suffix[:20]
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending)] + ending


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

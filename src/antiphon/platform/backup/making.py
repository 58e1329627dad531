"""Making a backup of a running instance."""

import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from antiphon.platform import clock
from antiphon.platform.audit.heads import heads_file, sign_heads
from antiphon.platform.audit.models import AuditHead
from antiphon.platform.backup import archive, notes, rows
from antiphon.platform.backup.archive import Manifest, Member, Refused
from antiphon.platform.backup.snapshot import snapshot

STAGE = "backup-"


@dataclass(frozen=True, slots=True)
class Made:
    """What was backed up."""

    manifest: Manifest
    size: int

    @property
    def file_count(self) -> int:
        return sum(member.name.startswith("files/") for member in self.manifest.members)


def make(out: Path, advance: archive.Advance = lambda done, total: None) -> Made:
    """Write everything this instance is into one file."""
    if out.exists():
        raise Refused(f"There is a file {out} already. Choose another name for the backup.")
    if not out.parent.is_dir():
        raise Refused(f"There is no folder {out.parent}. Make it, or choose another one.")
    with _stage() as stage:
        manifest, sources = _gather(stage)
        size = archive.write(out, manifest, sources, advance)
    notes.note(out, manifest, size)
    return Made(manifest, size)


@contextmanager
def _stage() -> Iterator[Path]:
    """A folder inside the instance's own, so that rows lie nowhere else; what an earlier stop left is taken away."""
    with (settings.DATA / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("Another backup of this instance is being made. Wait until it is done.") from None
        for left in settings.DATA.glob(f"{STAGE}*/"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=STAGE) as folder:
            yield Path(folder)


def _gather(stage: Path) -> tuple[Manifest, dict[str, Path]]:
    sign_heads()
    # Heads are taken before the rows: every event they name is then among the rows.
    sources = {"audit/heads.jsonl": _heads(stage)}
    with snapshot(stage) as moment:
        found = {model._meta.label: _rows(stage, model, moment) for model in rows.tables()}
        heads = {str(h.workspace_id): [h.seq, h.hash] for h in AuditHead.objects.using(moment).all()}
        applied = MigrationRecorder(connections[moment]).applied_migrations()
    sources |= {f"rows/{table}.jsonl": stage / f"{table}.jsonl" for table in found}
    sources |= {f"keys/{path.name}": path for path in (settings.DATA / "keys").iterdir()}
    sources |= _files(stage / "files.StoredFile.jsonl")
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        version=version("antiphon"),
        database=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        counts={table: count for table, (count, _digest) in found.items()},
        content_hash=archive.content_hash((table, *told) for table, told in found.items()),
        audit_heads=heads,
        members=[_member(name, path) for name, path in sorted(sources.items())],
    )
    return manifest, sources


def _rows(stage: Path, model: type, moment: str) -> tuple[int, str]:
    return rows.digest(model, moment, stage / f"{model._meta.label}.jsonl")


def _heads(stage: Path) -> Path:
    """The whole lines that are there now."""
    content = heads_file().read_bytes() if heads_file().exists() else b""
    path = stage / "heads.jsonl"
    path.write_bytes(content[: content.rfind(b"\n") + 1])
    return path


def _files(listed: Path) -> dict[str, Path]:
    """The files that rows speak of; later ones have no row in this backup and are left."""
    names = set()
    with listed.open("rb") as file:
        for line in file:
            row = json.loads(line)
            names.add(f"files/{row['workspace_id']}/{row['sha256'][:2]}/{row['sha256']}")
    return {name: settings.DATA / name for name in names}


def _member(name: str, path: Path) -> Member:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Refused(f"{name} is missing in {settings.DATA}. Bring it back from an older backup first.") from None
    if name.startswith("files/") and not name.endswith(digest):
        raise Refused(f"{name} is no longer what was brought in. Bring it back from an older backup first.")
    if path.stat().st_size > archive.LARGEST_MEMBER:
        raise Refused(f"{name} is larger than 8 GB. Use the database's own backup for this instance.")
    return Member(name, path.stat().st_size, digest)

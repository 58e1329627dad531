"""The backup file: a gzipped tar whose first member lists every other with its size and SHA-256. Plain Python.

Headers are read one by one and nothing but plain members of the listed sizes is taken, so that a file made to do harm
(links, paths that climb, sizes that explode) is refused before anything of it is kept.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

FORMAT = "antiphon-backup/1"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024**2
LARGEST_MEMBER = 8 * 1024**3 - 1  # what the plainest tar can say
PIECE = 1024**2
BLOCK = tarfile.BLOCKSIZE
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NAME = re.compile(
    rf"rows/[a-z_]+\.[A-Za-z_]+\.jsonl|files/{_UUID}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})"
    r"|keys/[a-z][a-z.-]*|audit/heads\.jsonl"
)
# Without these nothing could be opened or proven.
NEEDED = frozenset(f"keys/{name}" for name in ("secret", "audit-values", "audit-signing.pem", "audit-public.pem")) | {
    "audit/heads.jsonl"
}
_HASH = re.compile(r"[0-9a-f]{64}")
Advance = Callable[[int, int], None]


class Refused(Exception):
    """A backup could not be made, or a file is none that can be trusted; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in the file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; its content hash follows from the hashes of its rows."""

    made_at: str
    version: str
    database: str
    migrations: list[str]
    counts: dict[str, int]
    content_hash: str
    audit_heads: dict[str, list]
    members: list[Member]

    @property
    def row_count(self) -> int:
        return sum(self.counts.values())


def content_hash(tables: Iterable[tuple[str, int, str]]) -> str:
    """One hash over every row: of each table its name, its count and the SHA-256 of its rows in their order."""
    lines = "".join(f"{table} {count} {digest}\n" for table, count, digest in sorted(tables))
    return hashlib.sha256(lines.encode()).hexdigest()


def write(out: Path, manifest: Manifest, sources: dict[str, Path], advance: Advance) -> int:
    """Write, sync, rename, sync the folder: the file is there whole or not at all. Returns its size."""
    handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6) as stream:
                _write_members(stream, manifest, sources, advance)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, out)
    except BaseException:
        os.unlink(temporary)
        raise
    sync_folder(out.parent)
    return out.stat().st_size


def _write_members(stream: BinaryIO, manifest: Manifest, sources: dict[str, Path], advance: Advance) -> None:
    listing = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, sort_keys=True).encode()
    with tarfile.TarFile(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        tar.addfile(_header_of(MANIFEST, len(listing)), io.BytesIO(listing))
        for done, member in enumerate(manifest.members, 1):
            with sources[member.name].open("rb") as source:
                tar.addfile(_header_of(member.name, member.size), source)
            advance(done, len(manifest.members))


def _header_of(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def read(path: Path, folder: Path | None = None, advance: Advance = lambda done, total: None) -> Manifest:
    """Check every byte against the list, and write the members into a folder where one is named."""
    try:
        with gzip.open(path, "rb") as stream:
            manifest = _read_manifest(stream)
            waited = {member.name: member for member in manifest.members}
            while header := _next_header(stream):
                member = waited.pop(header.name, None)
                _check_header(header, member)
                _take(stream, member, folder)
                advance(len(manifest.members) - len(waited), len(manifest.members))
            _check_end(stream)
    except (EOFError, gzip.BadGzipFile, zlib.error) as damage:
        raise Refused("The file is cut short or damaged, or it is no backup. Nothing of it was restored.") from damage
    if waited:
        raise Refused(f"The file does not hold {min(waited)}, which it lists. Nothing of it was restored.")
    return manifest


def _read_manifest(stream: BinaryIO) -> Manifest:
    header = _next_header(stream)
    if header is None or header.name != MANIFEST or not 0 < header.size <= LARGEST_MANIFEST:
        raise Refused("The file is no backup of Antiphon: it does not begin with a list of what it holds.")
    content = b"".join(_pieces(stream, header.size))
    try:
        fields = json.loads(content)
        form = fields.pop("format")
        fields["members"] = [Member(**member) for member in fields["members"]]
        manifest = Manifest(**fields)
        if form != FORMAT:
            raise Refused(f"The file is of the kind {str(form)[:40]!r}; this version reads {FORMAT!r}.")
        _check_manifest(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Refused("The list at the beginning of the file cannot be read. Nothing of it was restored.") from fault
    return manifest


def _check_manifest(manifest: Manifest) -> None:
    for member in manifest.members:
        _check_member(member)
    digests = {member.name: member.sha256 for member in manifest.members}
    if len(digests) != len(manifest.members):
        raise Refused("The file lists one name twice. Nothing was restored.")
    if missing := NEEDED - set(digests):
        raise Refused(f"The file does not list {min(missing)}. Nothing was restored.")
    rows = {f"rows/{table}.jsonl": (table, count) for table, count in manifest.counts.items()}
    if set(rows) != {name for name in digests if name.startswith("rows/")}:
        raise Refused("The file counts other tables than it holds. Nothing was restored.")
    if manifest.content_hash != content_hash((*told, digests[name]) for name, told in rows.items()):
        raise Refused("The content hash is not that of the listed rows: the list was altered. Nothing was restored.")


def _check_member(member: Member) -> None:
    if not _NAME.fullmatch(member.name):
        raise Refused(f"The file holds {member.name[:80]!r}, a name that no backup has. Nothing was restored.")
    if type(member.size) is not int or not 0 <= member.size <= LARGEST_MEMBER:
        raise Refused(f"The file says an impossible size for {member.name}. Nothing was restored.")
    named = member.name.rsplit("/", 1)[-1] if member.name.startswith("files/") else member.sha256
    if not _HASH.fullmatch(member.sha256) or named != member.sha256:
        raise Refused(f"The file says an impossible hash for {member.name}. Nothing was restored.")


def _next_header(stream: BinaryIO) -> tarfile.TarInfo | None:
    """The next member's header, none at the end; whatever is not a plain tar header is damage."""
    block = _exactly(stream, BLOCK)
    if not any(block):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as damage:
        raise Refused("The file is damaged: between two members stands something else.") from damage


def _check_header(header: tarfile.TarInfo, member: Member | None) -> None:
    if member is None:
        raise Refused(f"The file holds {header.name[:80]!r}, which it does not list. Nothing was restored.")
    if header.type != tarfile.REGTYPE:
        raise Refused(f"In the file {member.name} is a link or something else that is no file. Nothing was restored.")
    if header.size != member.size:
        raise Refused(f"In the file {member.name} has another size than listed. Nothing was restored.")


def _take(stream: BinaryIO, member: Member, folder: Path | None) -> None:
    digest = hashlib.sha256()
    with _place(folder, member.name) as kept:
        for piece in _pieces(stream, member.size):
            digest.update(piece)
            kept.write(piece)
        if digest.hexdigest() != member.sha256:
            raise Refused(f"The file was altered or damaged: {member.name} is not what was backed up.")
        if folder is not None:
            kept.flush()
            os.fsync(kept.fileno())


def _place(folder: Path | None, name: str) -> BinaryIO:
    if folder is None:
        return open(os.devnull, "wb")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _pieces(stream: BinaryIO, size: int) -> Iterable[bytes]:
    left = size
    while left:
        piece = _exactly(stream, min(left, PIECE))
        left -= len(piece)
        yield piece
    _exactly(stream, -size % BLOCK)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise EOFError
    return content


def _check_end(stream: BinaryIO) -> None:
    """Nothing but padding follows; reading on to the end also checks gzip's own sum."""
    rest = stream.read(2 * tarfile.RECORDSIZE)
    if any(rest) or stream.read(1):
        raise Refused("After its end the file holds something more. Nothing was restored.")


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

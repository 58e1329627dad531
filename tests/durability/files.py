"""Backup files made wrong on purpose."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

from antiphon.platform.backup.archive import MANIFEST, content_hash

Parts = dict[str, bytes]


def parts_of(backup: Path) -> Parts:
    with tarfile.open(backup) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def packed(parts: Parts, *, links=(), sizes=None) -> bytes:
    """A file of parts; names in `links` become symbolic links, `sizes` lie about how long a part is."""
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in parts.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            if name in links:
                header.type, header.linkname, header.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(header, io.BytesIO(content))
    raw = kept.getvalue()
    for name, size in (sizes or {}).items():
        raw = _lie(raw, name, size)
    return gzip.compress(raw, 1)


def _lie(raw: bytes, name: str, size: int) -> bytes:
    """Replace the size in one header, with a header sum that fits."""
    at = raw.index(name.encode() + b"\0")
    header = bytearray(raw[at : at + 512])
    header[124:136] = b"%011o\0" % size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return raw[:at] + bytes(header) + raw[at + 512 :]


def relisted(parts: Parts, **changes) -> Parts:
    """The parts with a list that agrees with them again, as somebody writes it who knows how."""
    told = json.loads(parts[MANIFEST])
    rest = {name: content for name, content in parts.items() if name != MANIFEST}
    told["members"] = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in rest.items()
    ]
    hashes = {member["name"]: member["sha256"] for member in told["members"]}
    tables = ((t, n, hashes[f"rows/{t}.jsonl"]) for t, n in told["counts"].items() if f"rows/{t}.jsonl" in hashes)
    told["content_hash"] = content_hash(tables)
    return {MANIFEST: json.dumps(told | changes).encode(), **rest}

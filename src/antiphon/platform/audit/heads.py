"""Signed heads: how far each chain had come, kept in a file outside the database."""

import base64
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from antiphon.platform import clock
from antiphon.platform.audit import chain
from antiphon.platform.audit.models import AuditHead


def heads_file() -> Path:
    """Where the signed heads are; an organisation copies it away from this machine."""
    return settings.DATA / "audit" / "heads.jsonl"


def sign_heads() -> bool:
    """Append a signed line with every chain's head, unless nothing happened since the last one."""
    with transaction.atomic():
        heads = {str(h.workspace_id): [h.seq, h.hash] for h in AuditHead.objects.order_by("workspace_id")}
    last = _last_line(heads_file())
    if not heads or (last and last["heads"] == heads):
        return False
    statement = {"at": clock.now().isoformat(timespec="seconds"), "heads": heads}
    pem = (settings.DATA / "keys" / "audit-signing.pem").read_bytes()
    private = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(private, Ed25519PrivateKey)  # noqa: S101  the key file is ours, of this one kind
    signature = base64.b64encode(private.sign(chain.canonical(statement).encode())).decode()
    _append(heads_file(), chain.canonical({**statement, "signature": signature}))
    return True


def signed_heads(lines: list[str], public_pem: bytes) -> tuple[list[dict], list[str]]:
    """The statements whose signature holds, and the faults of the others."""
    public = serialization.load_pem_public_key(public_pem)
    assert isinstance(public, Ed25519PublicKey)  # noqa: S101  as above
    good, faults = [], []
    for number, line in enumerate(lines, 1):
        try:
            statement = json.loads(line)
            signature = base64.b64decode(statement.pop("signature"))
            public.verify(signature, chain.canonical(statement).encode())
            good.append(statement)
        except (ValueError, KeyError, InvalidSignature):
            faults.append(f"heads line {number}: the signature does not hold")
    return good, faults


def _last_line(path: Path) -> dict | None:
    lines = path.read_text().splitlines() if path.exists() else []
    return json.loads(lines[-1]) if lines else None


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())

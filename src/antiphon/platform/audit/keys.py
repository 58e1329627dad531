"""Keys: the instance's own are files outside the database, a data subject's are rows wrapped by them."""

import os
import secrets
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from antiphon.platform.audit.models import AuditKey

NONCE = 12


def write_secret(path: Path, content: bytes) -> None:
    """Write a secret that only its owner can read, and never over an older one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_instance_keys(data: Path) -> None:
    """The keys a new instance needs; those that exist are kept."""
    signing = Ed25519PrivateKey.generate()
    pem = signing.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = signing.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    keys = data / "keys"
    for name, content in (
        ("secret", secrets.token_urlsafe(48).encode()),
        ("audit-values", secrets.token_bytes(32)),
        ("audit-signing.pem", pem),
    ):
        if not (keys / name).exists():
            write_secret(keys / name, content)
            if name == "audit-signing.pem":
                (keys / "audit-public.pem").write_bytes(public)


@cache
def _instance_key(path: Path) -> bytes:
    return path.read_bytes()


def seal(key: bytes, content: bytes) -> bytes:
    """AES-256-GCM; the nonce stands in front."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """The content, or an InvalidTag where it was altered."""
    return AESGCM(key).decrypt(bytes(sealed[:NONCE]), bytes(sealed[NONCE:]), None)


def subject_key(workspace_id: UUID, subject: str) -> bytes:
    """The key of a data subject, made at first use."""
    instance = _instance_key(settings.DATA / "keys" / "audit-values")
    row = AuditKey.objects.filter(workspace_id=workspace_id, subject=subject).first()
    if row is None:
        fresh = seal(instance, secrets.token_bytes(32))
        row, _ = AuditKey.objects.get_or_create(
            workspace_id=workspace_id, subject=subject, defaults={"wrapped": fresh}
        )
    return unseal(instance, row.wrapped)

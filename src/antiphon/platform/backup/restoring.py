"""Filling an empty database from an unpacked backup, and proving that everything is back."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from antiphon.platform.audit.models import AuditHead
from antiphon.platform.audit.verification import verify
from antiphon.platform.backup import rows
from antiphon.platform.backup.archive import Manifest, Refused


@dataclass(frozen=True, slots=True)
class Proof:
    """What is back, as counted and hashed in the restored database itself."""

    rows: int
    content_hash: str
    chains: int
    events: int


def check_fits(manifest: Manifest) -> None:
    """Refuse where the database is not empty, or the backup's has another shape than this version's."""
    with connection.cursor() as cursor:
        taken = connection.introspection.table_names(cursor)
    if taken:
        raise Refused(f"The database holds {len(taken)} tables already. Restore into an empty one.")
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if ours != set(manifest.migrations):
        raise Refused(
            f"This backup was made by Antiphon {manifest.version[:20]}, whose database has another shape. Restore it "
            "with that version; then start the newer one in the folder."
        )


def fill(unpacked: Path, manifest: Manifest) -> Proof:
    """Make the tables, put the rows in, and prove them; on PostgreSQL all of it or nothing."""
    check_fits(manifest)
    # SQLite cannot make tables inside a transaction of ours; there the whole file is thrown away instead.
    whole = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    try:
        with whole:
            call_command("migrate", verbosity=0, interactive=False)
            with transaction.atomic():
                count = rows.fill(unpacked / "rows")
            return _proof(count, manifest)
    except DatabaseError as fault:
        raise Refused(f"The database does not take the rows of this backup: {str(fault).splitlines()[0]}") from fault


def _proof(count: int, manifest: Manifest) -> Proof:
    found = rows.content_hash_now()
    if found != manifest.content_hash:
        raise Refused(f"The restored rows have the content hash {found}, the backup says {manifest.content_hash}.")
    heads = {str(head.workspace_id): [head.seq, head.hash] for head in AuditHead.objects.all()}
    if heads != manifest.audit_heads:
        raise Refused("The audit heads that the backup names are not those of its rows.")
    verdict = verify()
    if not verdict.whole:
        raise Refused(f"The audit trail in this backup is not whole: {verdict.faults[0]}.")
    return Proof(count, found, verdict.chains, verdict.events)

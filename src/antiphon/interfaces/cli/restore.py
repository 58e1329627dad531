"""`antiphon restore`: an instance from its backup, proven."""

import json
import shutil
import tempfile
from pathlib import Path

import click

from antiphon.interfaces.cli.backup import could_not, progress_bar
from antiphon.interfaces.cli.instance import DATABASE, prepare, start_django
from antiphon.platform.backup.archive import Manifest, Refused, read, sync_folder

EPILOG = """Example: antiphon restore antiphon-monday.tar.gz --data ./restored

Every byte is checked before anything is written; what is restored is hashed again and its audit trail is checked.
With --expect and the hash that `antiphon backup` printed, no other backup is taken for the one you made.
A backup of one database can be restored into the other. Everyone signs in anew afterwards.
Exit codes: 0 done, 3 the file is refused, 4 could not."""


@click.command(epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="An empty folder, or none yet.")
@DATABASE
@click.option("--expect", metavar="HASH", help="Refuse a file that does not hold this content: `backup` printed it.")
@click.option("--check", is_flag=True, help="Only check the file; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def restore(
    file: Path, data: Path | None, database: str, expect: str | None, check: bool, as_json: bool, quiet: bool
) -> None:
    """Bring an instance back from FILE into an empty folder (and an empty database)."""
    if data is None and not check:
        raise click.UsageError("Say where to restore to: --data FOLDER. Or only check the file: --check.")
    try:
        with progress_bar("Checking", quiet=quiet or as_json) as advance:
            manifest = read(file, advance=advance)
        _check_expected(manifest, expect)
    except Refused as refusal:
        could_not(f"{file} is refused. {refusal}", code=3)
    if check:
        _say_checked(manifest, as_json)
        return
    try:
        _check_room(data, manifest)
        proof = _restore(file, data, database, manifest)
    except (Refused, OSError) as refusal:
        could_not(f"Nothing was restored. {refusal}", code=4)
    _say_restored(data, manifest, proof, as_json)


def _check_expected(manifest: Manifest, expect: str | None) -> None:
    """A whole file may still be another one: an older backup, or one that somebody made up."""
    if expect is not None and expect.strip().lower() != manifest.content_hash:
        raise Refused(f"It holds {manifest.content_hash}, and not what you expect. It is another backup.")


def _check_room(data: Path, manifest: Manifest) -> None:
    if data.exists() and any(data.iterdir()):
        raise Refused(f"{data} is not empty. Restore into an empty folder, and change over to it afterwards.")
    if not data.resolve().parent.is_dir():
        raise Refused(f"There is no folder {data.resolve().parent}. Make it, or choose another one.")
    needed = 3 * sum(member.size for member in manifest.members)  # unpacked, in the database, and its indexes
    free = shutil.disk_usage(data.resolve().parent).free
    if needed > free:
        raise Refused(f"Restoring may need {needed // 1024**2} MB, and {free // 1024**2} MB are free on that disk.")


def _restore(file: Path, data: Path, database: str, manifest: Manifest) -> object:
    """Beside the folder first; it takes the folder's place when everything is proven."""
    data = data.resolve()
    stage = Path(tempfile.mkdtemp(dir=data.parent, prefix=f".{data.name}-"))
    try:
        unpacked = read(file, stage)
        if unpacked != manifest:
            raise Refused("The file changed while it was read.")
        prepare(stage, database)
        start_django()
        from django.db import connection

        from antiphon.platform.backup.restoring import fill

        proof = fill(stage, manifest)
        connection.close()
        shutil.rmtree(stage / "rows")
        stage.rename(data)
        sync_folder(data.parent)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return proof


def _heads(manifest: Manifest) -> str:
    return ", ".join(f"{seq}:{digest[:12]}" for seq, digest in manifest.audit_heads.values()) or "none"


def _say_checked(manifest: Manifest, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"whole": True, "rows": manifest.row_count, "content_hash": manifest.content_hash}))
        return
    click.echo(f"The file is whole: {manifest.row_count} rows of {manifest.made_at}, audit head {_heads(manifest)}.")
    click.echo(f"Content hash {manifest.content_hash}")


def _say_restored(data: Path, manifest: Manifest, proof: object, as_json: bool) -> None:
    if as_json:
        told = {"rows": proof.rows, "content_hash": proof.content_hash, "events": proof.events}
        click.echo(json.dumps(told | {"audit_heads": manifest.audit_heads}))
        return
    proven = f"{proof.rows} rows, content hash {proof.content_hash}, audit head {_heads(manifest)}"
    click.echo(f"Restored and proven: {proven}.\nStart it with: antiphon up --data {data}")

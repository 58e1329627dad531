"""Taking in 20,000 real comments to reviewable, end to end, on the embedded database; memory against file size."""

import csv
import json
import resource
import sys
import time
from pathlib import Path

from bench.instance import in_an_instance, set_up

COMMENTS = Path(__file__).parent.parent / "src/antiphon/interfaces/demonstration/comments.csv"
TARGET = 500
SIZES = (5_000, 20_000)


def measure() -> dict:
    """Rows a second from upload to the last suggestion, and peak memory, for two sizes of file."""
    found = {str(size): in_an_instance("bench.intake", str(size)) for size in SIZES}
    for size, result in found.items():
        print(f"{size} rows: {result['rows_a_second']} a second (target {TARGET}), peak {result['megabytes']} MB")
    grown = found[str(SIZES[1])]["megabytes"] - found[str(SIZES[0])]["megabytes"]
    print(f"four times the file, {grown} MB more")
    return found


def run(folder: str, size: int) -> dict:
    """One import in this process, through the product's own actions."""
    set_up(folder)
    from antiphon.platform.workspaces import actions as workspaces
    from antiphon.platform.workspaces.roles import Role
    from antiphon.workspace.voices import actions as voices
    from antiphon.workspace.voices.models import Intake, Voice

    workspace = workspaces.open_workspace(name="Bench")
    ana = workspaces.add_member(workspace=workspace, email="a@bench.example", name="Ana", role=Role.PE_LEAD)
    engagement = engagement_of(ana)
    path = Path(folder) / "survey.csv"
    _write(path, size)
    started = time.monotonic()
    with path.open("rb") as file:
        intake = voices.bring(by=ana, name="survey.csv", chunks=iter(lambda: file.read(65_536), b""))
    voices.map_columns(by=ana, intake_id=intake.pk, roles={"comment": "text", "id": "id"})
    voices.describe(
        by=ana,
        intake_id=intake.pk,
        source="Survey",
        engagement_id=engagement.pk,
        consent_scope="all_programmes",
        consent_note="Bench",
    )
    voices.start(by=ana, intake_id=intake.pk)
    while Intake.objects.get(pk=intake.pk).state == "RUNNING":
        voices.go_on(intake_id=intake.pk)
    seconds = time.monotonic() - started
    assert Voice.objects.count() == size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"rows_a_second": round(size / seconds), "seconds": round(seconds, 1), "megabytes": peak}


def engagement_of(ana):
    """An engagement that voices can stand in."""
    import datetime

    from antiphon.workspace.engagements import actions as engagements
    from antiphon.workspace.programmes import actions as programmes
    from antiphon.workspace.programmes.rules import Kind

    programme = programmes.open_programme(
        by=ana, name="Bench", kind=Kind.ASSET, stage="design_planning", function="F_RD"
    )
    return engagements.plan(
        by=ana,
        programme=programme,
        name="Bench",
        kind="survey",
        purpose="To measure.",
        starts_date=datetime.date(2026, 1, 1),
    )


def _write(path: Path, size: int) -> None:
    """The real comments, again and again, each row with an id of its own."""
    found = texts()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "comment"])
        writer.writerows([number, found[number % len(found)]] for number in range(size))


def texts() -> list[str]:
    """The real comments that come with the demonstration."""
    with COMMENTS.open(encoding="utf-8") as file:
        return [row["comment"] for row in csv.DictReader(file)]


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]))))

"""Brings a file of many rows into an instance and starts the import; or goes on with one that stopped."""

import json
import sys

import django

ROWS = 3_000


def main(what: str, *intake_id: str) -> None:
    django.setup()
    from antiphon.platform.workspaces import queries as members
    from antiphon.workspace.voices import actions as voices

    ana = members.demonstration_members()[0]
    if what == "resume":
        voices.resume(by=ana, intake_id=intake_id[0])
        print(json.dumps({}))
        return
    print(json.dumps({"intake": str(_start(ana, voices))}))


def _start(ana, voices):
    from antiphon.workspace.engagements.models import Engagement

    lines = (f"The journey number {n} to the clinic takes me {n % 7} hours and it is hard." for n in range(ROWS))
    intake = voices.bring(by=ana, name="many.csv", chunks=[("comment\n" + "\n".join(lines) + "\n").encode()])
    voices.map_columns(by=ana, intake_id=intake.pk, roles={"comment": "text"})
    voices.describe(
        by=ana,
        intake_id=intake.pk,
        source="Many",
        engagement_id=Engagement.objects.filter(state="HELD").order_by("pk")[0].pk,
        consent_scope="all_programmes",
        consent_note="The survey's first page.",
    )
    voices.start(by=ana, intake_id=intake.pk)
    return intake.pk


if __name__ == "__main__":
    main(*sys.argv[1:])

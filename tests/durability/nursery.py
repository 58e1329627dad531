"""Forks a writer for each programme it reads. Each keeps asking and stating, and notes what its actions returned."""

import os
import signal
import sys
import uuid

import django

from antiphon.interfaces.cli.tether import hold


def main(acknowledged: str, parent: str) -> None:
    hold(int(parent))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    django.setup()
    import antiphon.workspace.insights.actions  # noqa: F401  loaded once, before the writers are forked

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _write(acknowledged, line.strip())
        print(pid, flush=True)


def _write(acknowledged: str, name: str) -> None:
    from antiphon.platform.workspaces import queries as members
    from antiphon.workspace.insights import actions as insights
    from antiphon.workspace.programmes import actions as programmes
    from antiphon.workspace.programmes.models import Programme
    from antiphon.workspace.voices.models import Voice

    ana, ben = members.demonstration_members()[:2]
    programme = Programme.objects.get(name=name)
    voice = Voice.objects.filter(safety="NONE", consent_scope="all_programmes").order_by("pk")[0]
    about = {"decision_point": "DP08", "function": "F_RD"}
    rests_on = {"strength": "SEVERAL", "owner": ben, "needs": ["N1.4"], "voices": [voice.pk]}
    notes = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        words = f"Journeys are long for people, {uuid.uuid4()}."
        _note(notes, programmes.ask(by=ben, programme=programme, text=words, **about))
        _note(notes, insights.state(by=ana, programme=programme, statement=words, **rests_on))


def _note(notes: int, thing: object) -> None:
    os.write(notes, f"{thing.pk}\n".encode())
    os.fsync(notes)


if __name__ == "__main__":
    main(*sys.argv[1:])

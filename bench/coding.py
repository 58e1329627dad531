"""Attaching 2,000 codes through the API, listing one code, exporting all: beside Taguette 1.5.2, in one run."""

import json
import sys
from pathlib import Path

from bench import taguette
from bench.instance import in_an_instance, set_up
from bench.intake import engagement_of, texts
from bench.servers import Asker, free_port, milliseconds, rate, running

CODES, DOCUMENTS, WORDS, LENGTH, BATCH, TARGET = 2_000, 300, 300, 10, 500, 10


def measure() -> dict:
    """Codes a second, and milliseconds for one code's list and for the whole as a file, of both."""
    ours = in_an_instance("bench.coding")
    theirs = taguette.measure(documents(), places(), LENGTH)
    for name, ours_rate in ours["codes_a_second"].items():
        ratio = ours_rate / theirs["codes_a_second"]
        print(f"{CODES} codes {name}: {ours_rate} a second against {theirs['codes_a_second']}: {ratio:.1f} x")
    for name in ("list_ms", "export_ms"):
        print(f"{name}: {ours[name]} against {theirs[name]}: {theirs[name] / ours[name]:.1f} x")
    print(f"target: {TARGET} x")
    return {"antiphon": ours, "taguette": theirs}


def documents() -> list[str]:
    """Real comments put together to about 300 words each, the same for both products."""
    found = [text for text in texts() if text.isascii() and "<" not in text and "&" not in text]
    together, n = [], 0
    while len(together) < DOCUMENTS:
        words: list[str] = []
        while len(words) < WORDS:
            words += found[n % len(found)].split()
            n += 1
        together.append(" ".join(words))
    return together


def places() -> list[tuple[int, int]]:
    """Document and first letter of each code: spread over all, never twice in the same place."""
    return [(n % DOCUMENTS, 20 * (n // DOCUMENTS)) for n in range(CODES)]


def run(folder: str) -> dict:
    """Antiphon's server on this machine, asked as any program would."""
    set_up(folder)
    secret, coded = _world()
    port = free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    with running([*server, "antiphon.config.wsgi:application"], port, Path(folder) / "log"):
        asker = Asker(port, {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})
        return {
            "codes_a_second": {
                "one by one": rate(CODES, lambda: _one_by_one(asker, coded)),
                f"{BATCH} at a time": rate(CODES, lambda: _in_batches(asker, coded)),
            },
            "list_ms": milliseconds(lambda: asker.ask("GET", "/api/v1/codings?code=N3.1")),
            "export_ms": milliseconds(lambda: asker.ask("POST", "/api/v1/codings/export?code=N3.1")),
        }


def _one_by_one(asker: Asker, coded: list[tuple[str, int]]) -> None:
    for voice, at in coded:
        body = json.dumps({"codings": [{"voice_id": voice, "need": "N3.1", "start": at, "end": at + LENGTH}]})
        asker.ask("POST", "/api/v1/codings", body)


def _in_batches(asker: Asker, coded: list[tuple[str, int]]) -> None:
    wanted = [{"voice_id": voice, "need": "N3.2", "start": at, "end": at + LENGTH} for voice, at in coded]
    for first in range(0, CODES, BATCH):
        asker.ask("POST", "/api/v1/codings", json.dumps({"codings": wanted[first : first + BATCH]}))


def _world() -> tuple[str, list[tuple[str, int]]]:
    """A token that may change things, and as many places to code as there will be codes."""
    from antiphon.platform.tokens.actions import make_token
    from antiphon.platform.workspaces import actions as workspaces
    from antiphon.platform.workspaces.roles import Role
    from antiphon.workspace.voices.models import Source, Voice

    workspace = workspaces.open_workspace(name="Bench")
    ana = workspaces.add_member(workspace=workspace, email="a@bench.example", name="Ana", role=Role.PE_LEAD)
    source = Source.objects.create(workspace=workspace, name="Bench")
    own = {"workspace": workspace, "source": source, "engagement": engagement_of(ana), "language": "en"}
    own |= {"consent_scope": "all_programmes", "heard_by_engine": "bench"}
    rows = [
        Voice(
            **own, original=text, redacted=text, key=f"{n:064d}", number=n, fingerprint=f"{n:064d}", place=f"row {n}"
        )
        for n, text in enumerate(documents())
    ]
    Voice.objects.bulk_create(rows)
    secret = make_token(by=ana, name="Bench", scope="CHANGE", days=30)[1]
    return secret, [(str(rows[n].pk), at) for n, at in places()]


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1])))

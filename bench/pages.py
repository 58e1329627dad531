"""Every list and record over 100,000 voices, 10,000 insights, 1,000 decisions: server time and number of reads."""

import datetime
import hashlib
import json
import random
import statistics
import subprocess
import sys
import time

from bench.instance import in_an_instance, set_up

VOICES, INSIGHTS, DECISIONS, ROUNDS = 100_000, 10_000, 1_000, 41
TARGET_MS = 150
AFTER = " after "
WORDS = [
    "journey",
    "clinic",
    "waiting",
    "parking",
    "nurse",
    "tablets",
    "pain",
    "help",
    "letter",
    "visit",
    "hours",
    "phone",
    "carer",
    "sleep",
    "money",
    "work",
]


def measure() -> dict:
    """The 95th percentile and the median of server time a page, in milliseconds, and its reads."""
    found = in_an_instance("bench.pages")
    for name, result in sorted(found.items(), key=lambda pair: -pair[1]["p95_ms"]):
        mark = "" if result["p95_ms"] <= TARGET_MS else f"   over the target of {TARGET_MS} ms"
        figures = f"p95 {result['p95_ms']:6.1f}, median {result['median_ms']:6.1f} ms, {result['reads']:3} reads"
        print(f"{name:36} {figures}{mark}")
    return found


def build(folder: str) -> dict:
    """The large workspace; the ids of one thing of each kind."""
    set_up(folder)
    ana, ids = _world()
    from antiphon.platform.database import statistics

    statistics.renew()  # as at the end of every import, and every half hour
    return {name: str(pk) for name, pk in ids.items()} | {"ana": str(ana.pk)}


def run(folder: str) -> dict:
    """Every page, asked for in a process that did not build what it shows: a web server never did."""
    built = subprocess.run([sys.executable, "-m", "bench.pages", folder, "build"], capture_output=True, check=True)
    ids = json.loads(built.stdout.splitlines()[-1])
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from antiphon.platform.workspaces.models import Member

    ana = Member.objects.get(pk=ids["ana"])
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from antiphon.config import wsgi  # noqa: F401  (what the server does once, before the first request)

    browser = Client()
    browser.force_login(ana.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    found = {}
    for name, path in _paths(ids).items():
        times = []
        for n in range(ROUNDS):
            if (change := CHANGES.get(name.partition(AFTER)[2])) is not None:
                change(ana, n)
            started = time.perf_counter()
            answer = browser.get(path)
            times.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            browser.get(path)
        p95 = statistics.quantiles(times[1:], n=20, method="inclusive")[-1]
        median = statistics.median(times[1:])
        found[name] = {"p95_ms": round(p95, 1), "median_ms": round(median, 1), "reads": len(queries)}
    return found


def _paths(ids: dict) -> dict[str, str]:
    return {
        "today": "/today/",
        **{f"today{AFTER}{change}": "/today/" for change in CHANGES},
        "queue": "/voices/read/",
        "queue search": "/voices/read/?q=parking",
        "voice": f"/voices/{ids['voice']}/",
        "insights": "/insights/",
        "insights search": "/insights/?q=parking",
        "insight": f"/insights/{ids['insight']}/",
        "decisions": "/decisions/",
        "decision": f"/decisions/{ids['decision']}/",
        "answers": "/answers/",
        "programmes": "/programmes/",
        "programme": f"/programmes/{ids['programme']}/",
        "engagements": "/engagements/",
        "engagement": f"/engagements/{ids['engagement']}/",
        "map": "/map/",
        f"map{AFTER}an answer is taken back": "/map/",
        "map by function": "/map/?by=function",
        "trail of a decision": f"/trail/decision/{ids['decision']}/",
        "ask before you ask": "/ask/?q=how+far+is+the+parking",
        "ask in words nobody said": "/ask/?q=zebra+quokka+axolotl+pangolin",
    }


def _read(ana, n: int) -> None:
    from antiphon.workspace.voices import actions
    from antiphon.workspace.voices.models import Voice

    actions.finish_reading(by=ana, voice_id=Voice.objects.unread().order_by("pk")[n].pk)


def _agree(ana, n: int) -> None:
    from antiphon.workspace.insights import actions
    from antiphon.workspace.insights.models import Insight

    insight = Insight.objects.filter(state="AGREED").order_by("pk")[n]
    actions.agree(by=ana, insight=actions.reopen(by=ana, insight=insight))


def _postpone(ana, n: int) -> None:
    from antiphon.workspace.decisions import actions
    from antiphon.workspace.decisions.models import Decision

    decision = Decision.objects.filter(state="OPEN").order_by("pk")[n]
    actions.edit(by=ana, decision=decision, due_date=decision.due_date + datetime.timedelta(days=1))


def _take_back(ana, _n: int) -> None:
    from antiphon.workspace.answers import actions
    from antiphon.workspace.answers.models import Answer

    answer = Answer.objects.filter(state="GIVEN").order_by("pk")[0]
    actions.withdraw(by=ana, answer=answer, reason="A name stood in it.")


# What people do between two looks: each moves other figures.
CHANGES = {
    "a passage is read": _read,
    "an insight is agreed on": _agree,
    "a decision is postponed": _postpone,
    "an answer is taken back": _take_back,
}


def _world():
    """Rows of one workspace, written in bulk; what they say does not matter, how many there are does."""
    from antiphon.platform import clock
    from antiphon.platform.workspaces import actions as workspaces
    from antiphon.platform.workspaces.roles import Role
    from antiphon.workspace.decisions.models import Decision, Weighing
    from antiphon.workspace.engagements.models import Engagement
    from antiphon.workspace.insights.models import Insight, InsightCode, Support
    from antiphon.workspace.programmes.models import Programme
    from antiphon.workspace.voices.models import Source, Suggestion, Voice

    chance = random.Random(7)
    workspace = workspaces.open_workspace(name="Bench")
    ana = workspaces.add_member(workspace=workspace, email="a@bench.example", name="Ana", role=Role.PE_LEAD)
    workspaces.add_member(workspace=workspace, email="b@bench.example", name="Ben", role=Role.FUNCTION_PARTNER)
    own = {"workspace": workspace}

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=14)).capitalize() + "."

    def make(model, rows):
        return model.objects.bulk_create([model(**own, **row) for row in rows], batch_size=2_000)

    programmes = make(
        Programme,
        [{"name": f"P{n}", "kind": "ASSET", "stage": "design_planning", "function": "F_RD"} for n in range(20)],
    )
    engagements = make(
        Engagement,
        [
            {
                "programme": chance.choice(programmes),
                "name": f"E{n}",
                "kind": "survey",
                "purpose": "x",
                "starts_date": datetime.date(2026, 1, 1),
                "lead": ana,
            }
            for n in range(200)
        ],
    )
    source = make(Source, [{"name": "S"}])[0]
    voices = make(Voice, (_voice(n, sentence(), source, chance.choice(engagements)) for n in range(VOICES)))
    make(
        Suggestion,
        ({"voice": v, "code": "N3.1", "score": chance.random(), "made_by": "bench"} for v in voices[::2]),
    )
    agreed = {"state": "AGREED", "agreed_at": clock.now(), "agreed_by": ana}
    insights = make(
        Insight,
        [
            {
                "programme": chance.choice(programmes),
                "statement": f"{sentence()} {n}",
                "strength": "SEVERAL",
                "owner": ana,
                "stated_by": ana,
                **agreed,
            }
            for n in range(INSIGHTS)
        ],
    )
    make(
        Support,
        (
            {"insight": i, "voice": v, "stance": "SUPPORTS", "added_by": ana}
            for i in insights
            for v in chance.sample(voices, 3)
        ),
    )
    codes = ["N1.1", "N1.4", "N2.1", "N3.1", "N3.4", "N4.1"]
    make(
        InsightCode,
        (
            {"insight": i, "pack": "needs", "code": code}
            for i in insights
            for code in chance.sample(codes, chance.choice((1, 1, 2)))
        ),
    )
    make(InsightCode, ({"insight": i, "pack": "decision_points", "code": "DP08"} for i in insights[::2]))
    decisions = make(
        Decision,
        [
            {
                "programme": chance.choice(programmes),
                "question": sentence(),
                "decision_point": "DP08",
                "function": "F_RD",
                "owner": ana,
                "due_date": datetime.date(2026, 12, 1),
            }
            for _ in range(DECISIONS)
        ],
    )
    weighed = {decision: chance.sample(insights, 4) for decision in decisions}
    settled = {"disposition": "planned", "reason": "Two visits of five can be calls.", "weighed_by": ana}
    make(Weighing, ({"decision": d, "insight": i, **settled} for d, found in weighed.items() for i in found))
    _close_half(ana, decisions, weighed, engagements, make)
    ids = {"voice": voices[0].pk, "insight": insights[0].pk, "decision": decisions[0].pk}
    return ana, ids | {"programme": programmes[0].pk, "engagement": engagements[0].pk}


def _close_half(ana, decisions: list, weighed: dict, engagements: list, make) -> None:
    """Every second decision is closed, and two of three of those were answered."""
    from antiphon.platform import clock
    from antiphon.workspace.answers.models import Answer, Card
    from antiphon.workspace.decisions.models import Decision

    closed = decisions[::2]
    now = clock.now()
    ids = [decision.pk for decision in closed]
    Decision.objects.filter(pk__in=ids).update(state="CLOSED", outcome="Three visits.", closed_at=now, closed_by=ana)
    pairs = [(d, engagements[n % len(engagements)]) for n, d in enumerate(closed) if n % 3]
    answers = make(
        Answer,
        [
            {"decision": d, "engagement": e, "opening": "Thank you.", "drafted_by": ana, "worded_by": ana}
            for d, e in pairs
        ],
    )
    make(
        Card,
        (
            {"answer": a, "insight": i, "kind": "WILL", "you_said": "The way is long.", "we_did": "Fewer visits."}
            for a in answers
            for i in weighed[a.decision]
        ),
    )
    second = next(member for member in ana.workspace.members.all() if member != ana)
    given = {"state": "GIVEN", "approved_at": now, "approved_by": second, "given_at": now, "given_by": ana}
    Answer.objects.filter(pk__in=[answer.pk for answer in answers]).update(**given)


def _voice(number: int, text: str, source, engagement) -> dict:
    return {
        "source": source,
        "engagement": engagement,
        "key": hashlib.sha256(str(number).encode()).hexdigest(),
        "number": number,
        "place": f"row {number}",
        "original": text,
        "redacted": text,
        "consent_scope": "all_programmes",
        "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
    }


if __name__ == "__main__":
    print(json.dumps((build if "build" in sys.argv else run)(sys.argv[1])))

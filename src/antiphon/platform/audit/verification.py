"""Is the trail whole? Chains, copies beside the body, sealed values, and the heads kept outside."""

import json
import uuid
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from django.conf import settings

from antiphon.platform.audit import chain, keys
from antiphon.platform.audit.heads import heads_file, signed_heads
from antiphon.platform.audit.models import AuditEvent, AuditHead, AuditKey, AuditValue
from antiphon.platform.database import guards


@dataclass(slots=True)
class Verdict:
    """What was looked at and what did not hold."""

    chains: int = 0
    events: int = 0
    values: int = 0
    heads: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults


def verify(workspace_id: uuid.UUID | None = None) -> Verdict:
    """Check every chain, or one workspace's, and say each fault in a sentence."""
    verdict = Verdict()
    events = AuditEvent.objects.order_by("workspace_id", "seq")
    heads = {head.workspace_id: head for head in AuditHead.objects.all()}
    if workspace_id:
        events = events.filter(workspace_id=workspace_id)
        heads = {key: head for key, head in heads.items() if key == workspace_id}
    known = sorted(set(events.order_by().values_list("workspace_id", flat=True).distinct()) | set(heads))
    hashes: dict[str, dict[int, str]] = {}
    for key in known:
        hashes[str(key)] = _verify_chain(key, events.filter(workspace_id=key), heads.get(key), verdict)
    _verify_values(workspace_id, verdict)
    _verify_signed(hashes, workspace_id, verdict)
    if workspace_id is None:
        verdict.faults += [f"the database lost its rule {name}" for name in guards.missing()]
    return verdict


def _verify_chain(key: uuid.UUID, events, head: AuditHead | None, verdict: Verdict) -> dict[int, str]:
    verdict.chains += 1
    links, seen = [], {}
    for event in events.iterator(chunk_size=2_000):
        links.append(chain.Link(event.seq, event.body, event.prev_hash, event.hash))
        seen[event.seq] = event.hash
        if not _copies_agree(event):
            verdict.faults.append(f"workspace {key}, event {event.seq}: its columns differ from its body")
    verdict.events += len(links)
    verdict.faults += [f"workspace {key}, event {b.seq}: {b.why}" for b in chain.breaks(links)]
    last = links[-1] if links else chain.Link(0, "", "", chain.START)
    if head is None or (head.seq, head.hash) != (last.seq, last.hash):
        verdict.faults.append(f"workspace {key}: the chain ends at {last.seq}, its head says otherwise")
    return seen


def _copies_agree(event: AuditEvent) -> bool:
    body = json.loads(event.body)
    return (
        body.get("action") == event.action
        and body.get("seq") == event.seq
        and (
            body.get("object") == [event.object_type, event.object_id]
            and body.get("actor") == (str(event.actor_id) if event.actor_id else None)
            and body.get("at") == event.at.isoformat(timespec="microseconds")
        )
    )


def _verify_values(workspace_id: uuid.UUID | None, verdict: Verdict) -> None:
    """Sealed values must still be what the events committed to; erased subjects are passed over."""
    subjects = {(row.workspace_id, row.subject) for row in AuditKey.objects.all()}
    rows = AuditValue.objects.select_related("event").order_by("event__workspace_id", "event__seq")
    if workspace_id:
        rows = rows.filter(event__workspace_id=workspace_id)
    for row in rows.iterator(chunk_size=2_000):
        if (row.event.workspace_id, row.subject) not in subjects:
            continue
        verdict.values += 1
        key = keys.subject_key(row.event.workspace_id, row.subject)
        if not _value_holds(key, row):
            where = f"workspace {row.event.workspace_id}, event {row.event.seq}"
            verdict.faults.append(f"{where}: the values kept with it were altered")


def _value_holds(key: bytes, row: AuditValue) -> bool:
    try:
        values = json.loads(keys.unseal(key, row.sealed))
    except InvalidTag:
        return False
    stated = json.loads(row.event.body)["fields"]
    return stated == {name: [chain.commitment(key, v) for v in pair] for name, pair in values.items()}


def _verify_signed(hashes: dict[str, dict[int, str]], only: uuid.UUID | None, verdict: Verdict) -> None:
    public = settings.DATA / "keys" / "audit-public.pem"
    if not heads_file().exists():
        return
    statements, faults = signed_heads(heads_file().read_text().splitlines(), public.read_bytes())
    verdict.faults += faults
    for statement in statements:
        for key, (seq, digest) in statement["heads"].items():
            if only and key != str(only):
                continue
            verdict.heads += 1
            if hashes.get(key, {}).get(seq) != digest:
                at = statement["at"]
                verdict.faults.append(f"workspace {key}: event {seq} is not the one signed at {at}")

"""Writing the trail: in the same transaction as the change, or not at all."""

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models, transaction

from antiphon.platform import clock
from antiphon.platform.audit import chain, keys
from antiphon.platform.audit.models import AuditEvent, AuditHead, AuditValue

if TYPE_CHECKING:
    from antiphon.platform.workspaces.models import Member

PLATFORM = uuid.UUID(int=0)
WORKSPACE_SUBJECT = "workspace"


def record(
    action: str,
    thing: models.Model,
    *,
    by: "Member | None",
    changes: Mapping[str, tuple[object, object]] | None = None,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
    subject: str = WORKSPACE_SUBJECT,
    workspace_id: uuid.UUID | None = None,
) -> AuditEvent:
    """Write one event. `changes` and `reason` are sealed; `facts` (counts, hashes, ids) stand in clear."""
    workspace_id = workspace_id or (by.workspace_id if by else getattr(thing, "workspace_id", None)) or PLATFORM
    values = _values(changes or {}, reason)
    key = keys.subject_key(workspace_id, subject) if values else b""
    head = _held_head(workspace_id)
    statement = _statement(by, action, thing, facts) | {
        "fields": {name: [chain.commitment(key, v) for v in pair] for name, pair in values.items()},
        "subject": subject,
    }
    event = _linked(head, statement)
    event.save(force_insert=True)
    head.save(update_fields=["seq", "hash"])
    if values:
        sealed = keys.seal(key, chain.canonical(values).encode())
        AuditValue.objects.create(event=event, subject=subject, sealed=sealed)
    return event


def record_each(
    action: str, things: Iterable[tuple[models.Model, Mapping[str, object]]], *, by: "Member"
) -> list[AuditEvent]:
    """Write one event a thing, of many that were done at once; nothing of them is sealed, so only facts are told."""
    head = _held_head(by.workspace_id)
    told = {"fields": {}, "subject": WORKSPACE_SUBJECT}
    events = [_linked(head, _statement(by, action, thing, facts) | told) for thing, facts in things]
    AuditEvent.objects.bulk_create(events)
    head.save(update_fields=["seq", "hash"])
    return events


def _held_head(workspace_id: uuid.UUID) -> AuditHead:
    """The end of a workspace's chain, held until this transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit event belongs in the transaction of its change.")
    head, _ = AuditHead.objects.select_for_update().get_or_create(
        workspace_id=workspace_id, defaults={"hash": chain.START}
    )
    return head


def _statement(by: "Member | None", action: str, thing: models.Model, facts: Mapping[str, object] | None) -> dict:
    """Who did what to which thing, and the facts that stand in clear."""
    statement = {
        "actor": str(by.pk) if by else None,
        "role": by.role if by else "system",
        "action": action,
        "object": [thing._meta.label, str(thing.pk)],
        "facts": {name: _plain(value) for name, value in (facts or {}).items()},
    }
    return statement | {"through": by.acts_through} if by and by.acts_through else statement


def _linked(head: AuditHead, statement: dict) -> AuditEvent:
    """The event of a statement, linked to the end of its chain, which moves on."""
    at, seq = clock.now(), head.seq + 1
    body = chain.canonical({"seq": seq, "at": at.isoformat(timespec="microseconds"), **statement})
    event = AuditEvent(
        workspace_id=head.workspace_id,
        seq=seq,
        at=at,
        action=statement["action"],
        actor_id=statement["actor"],
        object_type=statement["object"][0],
        object_id=statement["object"][1],
        body=body,
        prev_hash=head.hash,
        hash=chain.link_hash(body, head.hash),
    )
    head.seq, head.hash = event.seq, event.hash
    return event


def _values(changes: Mapping[str, tuple[object, object]], reason: str) -> dict[str, list[object]]:
    """What is sealed: before and after of each field, and the reason."""
    values = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
    return values | {"reason": ["", reason]} if reason else values


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    return str(getattr(value, "pk", value))

"""The trail is written with the change, cannot be altered unseen, and survives erasure."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from antiphon.platform.audit import chain, export, keys, standalone_verifier, trail
from antiphon.platform.audit.heads import heads_file, sign_heads
from antiphon.platform.audit.models import AuditEvent, AuditHead, AuditKey, AuditValue
from antiphon.platform.audit.trail import record
from antiphon.platform.audit.verification import verify
from antiphon.platform.database import guards


@pytest.fixture
def five_events(ana):
    heads_file().unlink(missing_ok=True)
    for number in range(5):
        record("thing.done", ana, by=ana, changes={"name": ("", f"word {number}")}, facts={"number": number})
    yield ana
    heads_file().unlink(missing_ok=True)


def disarm(table: str) -> None:
    """What an insider with the database in hand does first."""
    with connection.cursor() as cursor:
        for trigger in guards.triggers():
            if trigger.table == table:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {trigger.name}{on}")


def faults() -> str:
    return " | ".join(fault for fault in verify().faults if "lost its rule" not in fault)


def test_an_untouched_trail_is_whole(five_events):
    sign_heads()
    verdict = verify()
    assert verdict.whole, verdict.faults
    assert (verdict.events, verdict.values, verdict.heads) == (5, 5, 1)


def test_events_are_numbered_and_linked_without_gaps(five_events):
    events = list(AuditEvent.objects.order_by("seq"))
    assert [event.seq for event in events] == [1, 2, 3, 4, 5]
    assert [event.prev_hash for event in events] == [chain.START, *[event.hash for event in events[:-1]]]


@pytest.mark.parametrize("change", [{"action": "nothing.happened"}, {"body": "{}"}])
def test_the_database_refuses_to_change_an_event(five_events, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(seq=3).update(**change)


def test_the_database_refuses_to_delete_an_event(five_events):
    AuditValue.objects.none().delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE seq = 3")


def test_an_event_outside_a_transaction_is_a_mistake(five_events, monkeypatch):
    outside = SimpleNamespace(get_connection=lambda: SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(trail, "transaction", outside)
    with pytest.raises(RuntimeError, match="transaction of its change"):
        record("thing.done", five_events, by=five_events)


def test_an_edited_event_is_found(five_events):
    disarm("audit_auditevent")
    AuditEvent.objects.filter(seq=3).update(
        body=AuditEvent.objects.get(seq=3).body.replace('"number":2', '"number":9')
    )
    assert "event 3: altered" in faults()


def test_an_edited_column_beside_the_body_is_found(five_events):
    disarm("audit_auditevent")
    AuditEvent.objects.filter(seq=3).update(action="nothing.happened")
    assert "event 3: its columns differ from its body" in faults()


def test_an_event_taken_from_the_middle_is_found(five_events):
    disarm("audit_auditevent")
    disarm("audit_auditvalue")
    AuditValue.objects.filter(event__seq=3).delete()
    AuditEvent.objects.filter(seq=3).delete()
    assert "event 4: gap" in faults()


def cut_the_tail(workspace_id) -> None:
    """Take the last two events away and put the head right, as an insider would."""
    disarm("audit_auditevent")
    disarm("audit_auditvalue")
    AuditValue.objects.filter(event__seq__gte=4).delete()
    AuditEvent.objects.filter(seq__gte=4).delete()
    last = AuditEvent.objects.get(seq=3)
    AuditHead.objects.filter(workspace_id=workspace_id).update(seq=3, hash=last.hash)


def edit_and_recompute(workspace_id) -> None:
    """Change one event and make every later hash fit."""
    disarm("audit_auditevent")
    prev_hash = AuditEvent.objects.get(seq=2).hash
    for event in AuditEvent.objects.filter(seq__gte=3).order_by("seq"):
        body = event.body.replace('"number":2', '"number":9')
        digest = chain.link_hash(body, prev_hash)
        AuditEvent.objects.filter(pk=event.pk).update(body=body, prev_hash=prev_hash, hash=digest)
        prev_hash = digest
    AuditHead.objects.filter(workspace_id=workspace_id).update(hash=prev_hash)


@pytest.mark.parametrize("attack", [cut_the_tail, edit_and_recompute])
def test_the_heads_kept_outside_find_what_the_chain_alone_cannot(five_events, attack):
    sign_heads()
    attack(five_events.workspace_id)
    assert "event 5 is not the one signed at" in faults()
    heads_file().unlink()
    assert faults() == "", "without the outside heads this attack goes unseen, which is why they are kept"


def test_a_forged_head_is_found(five_events):
    sign_heads()
    line = json.loads(heads_file().read_text())
    line["heads"][str(five_events.workspace_id)][1] = "0" * 64
    heads_file().write_text(chain.canonical(line) + "\n")
    assert "heads line 1: the signature does not hold" in faults()


def test_heads_are_signed_only_when_something_happened(five_events):
    assert sign_heads() is True
    assert sign_heads() is False


def test_an_altered_value_is_found(five_events):
    value = AuditValue.objects.get(event__seq=3)
    key = keys.subject_key(five_events.workspace_id, "workspace")
    AuditValue.objects.filter(pk=value.pk).update(sealed=keys.seal(key, b'{"name":["","other"]}'))
    assert "event 3: the values kept with it were altered" in faults()


def test_destroying_a_subjects_key_erases_the_values_and_keeps_the_chain(five_events):
    record("person.spoke", five_events, by=five_events, changes={"name": ("", "Maria")}, subject="person-1")
    sign_heads()
    AuditKey.objects.filter(subject="person-1").delete()
    verdict = verify()
    assert verdict.whole, verdict.faults
    assert verdict.values == 5
    assert "Maria" not in "".join(event.body for event in AuditEvent.objects.all())


def test_the_same_value_has_another_commitment_under_another_key():
    assert chain.commitment(b"a" * 32, "HIV: yes") != chain.commitment(b"b" * 32, "HIV: yes")


def test_a_trigger_that_is_gone_is_a_fault(five_events):
    disarm("audit_auditevent")
    assert "the database lost its rule audit_auditevent_append_only_update" in " ".join(verify().faults)


def test_an_auditor_can_check_an_export_without_antiphon(five_events, tmp_path):
    sign_heads()
    trail = tmp_path / "trail.jsonl"
    with trail.open("w") as out:
        assert export.export(five_events.workspace_id, out) == 5
    heads, public = heads_file(), heads_file().parent.parent / "keys" / "audit-public.pem"
    command = [sys.executable, "-I", standalone_verifier.__file__, str(trail)]
    command += ["--workspace", str(five_events.workspace_id), "--heads", str(heads), "--key", str(public)]
    whole = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (whole.returncode, whole.stdout.strip()) == (0, "5 events, 0 faults")

    lines = trail.read_text().splitlines()
    trail.write_text("\n".join(lines[:4]) + "\n")
    cut = subprocess.run(command, capture_output=True, text=True, check=False)
    assert cut.returncode == 1
    assert "event 5 is not the one signed" in cut.stdout

    trail.write_text("\n".join([lines[0].replace("word", "wxrd").replace('"number', '"numbxr'), *lines[1:]]) + "\n")
    edited = subprocess.run(command, capture_output=True, text=True, check=False)
    assert edited.returncode == 1
    assert "event 1: was altered" in edited.stdout

    trail.write_text("not json\n")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_secrets_are_never_written_over(tmp_path: Path):
    keys.make_instance_keys(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    keys.make_instance_keys(tmp_path)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir() if "public" not in path.name)

"""A backup that is not what was made is refused with a sentence, and leaves nothing behind."""

import json

import pytest
from click.testing import CliRunner

from antiphon.interfaces.cli.root import root
from antiphon.platform.backup import archive
from tests.durability.files import packed, parts_of, relisted

A_FILE = "rows/voices.Voice.jsonl"
CLIMBS = "../climbs.jsonl"
FAR = "/etc/cron.d/far"
INSIDE = "keys/../../inside"


@pytest.fixture(scope="session")
def whole(demonstration, tmp_path_factory):
    """The backup of the demonstration."""
    out = tmp_path_factory.mktemp("whole") / "whole.tar.gz"
    done = demonstration.cli("backup", "--data", str(demonstration.data), "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :]


def without(parts, name):
    return {key: content for key, content in parts.items() if key != name}


def listing(parts, **changes):
    return parts | {archive.MANIFEST: json.dumps(json.loads(parts[archive.MANIFEST]) | changes).encode()}


DAMAGES = {
    "empty": (lambda raw, parts: b"", "cut short or damaged"),
    "something else": (lambda raw, parts: b"PK\3\4" + b"x" * 5000, "cut short or damaged"),
    "cut after a byte": (lambda raw, parts: raw[:1], "cut short or damaged"),
    "cut in the middle": (lambda raw, parts: raw[: len(raw) // 2], "cut short or damaged"),
    "cut before the last byte": (lambda raw, parts: raw[:-1], "cut short or damaged"),
    "one bit near the end": (lambda raw, parts: flipped(raw, len(raw) - 6), "cut short or damaged"),
    "something after its end": (lambda raw, parts: raw + raw, "something more"),
    "a changed row": (lambda raw, parts: packed(parts | {A_FILE: parts[A_FILE].replace(b"e", b"a", 1)}), "altered"),
    "a changed key": (lambda raw, parts: packed(parts | {"keys/secret": b"x" * len(parts["keys/secret"])}), "altered"),
    "a longer part": (lambda raw, parts: packed(parts | {A_FILE: parts[A_FILE] + b"\n"}), "another size"),
    "a part too few": (lambda raw, parts: packed(without(parts, A_FILE)), "does not hold"),
    "a part too many": (lambda raw, parts: packed(parts | {"keys/more": b"x"}), "does not list"),
    "no list": (lambda raw, parts: packed(without(parts, archive.MANIFEST)), "does not begin with a list"),
    "a list that is none": (lambda raw, parts: packed(parts | {archive.MANIFEST: b"[[["}), "cannot be read"),
    "a list of another kind": (lambda raw, parts: packed(listing(parts, format="x/9")), "of the kind"),
    "a list with more": (lambda raw, parts: packed(listing(parts, more=1)), "cannot be read"),
    "another count": (lambda raw, parts: packed(listing(parts, counts={})), "other tables"),
    "another content hash": (lambda raw, parts: packed(listing(parts, content_hash="0" * 64)), "list was altered"),
    "no key": (lambda raw, parts: packed(relisted(without(parts, "keys/audit-values"))), "does not list keys/"),
    "a climbing name": (lambda raw, parts: packed(relisted(parts | {CLIMBS: b"x"})), "a name that no backup has"),
    "an absolute name": (lambda raw, parts: packed(relisted(parts | {FAR: b"x"})), "a name that no backup has"),
    "a climb in a name": (lambda raw, parts: packed(relisted(parts | {INSIDE: b"x"})), "a name that no backup has"),
    "an unlisted climb": (lambda raw, parts: packed(parts | {CLIMBS: b"x"}), "does not list"),
    "a link": (lambda raw, parts: packed(parts, links=("keys/secret",)), "is a link"),
    "a huge size": (lambda raw, parts: packed(parts, sizes={A_FILE: 8**11 - 1}), "another size"),
    "a huge list": (lambda raw, parts: packed(parts, sizes={archive.MANIFEST: 8**11 - 1}), "does not begin"),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_backup_is_refused_and_leaves_nothing(whole, tmp_path, damage, sentence):
    file = tmp_path / "damaged.tar.gz"
    file.write_bytes(damage(whole.read_bytes(), parts_of(whole)))
    done = CliRunner().invoke(root, ["restore", str(file), "--data", str(tmp_path / "restored"), "--quiet"])
    assert done.exit_code == 3, done.output
    assert sentence in done.output
    assert done.output.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.tar.gz"]


def test_every_place_of_the_file_matters(whole, tmp_path):
    """One bit at each of sixty places: where it is refused nothing else is said, where it is not nothing changed."""
    raw, file, refused = whole.read_bytes(), tmp_path / "damaged.tar.gz", 0
    honest = archive.read(whole)
    for step in range(60):
        file.write_bytes(flipped(raw, step * len(raw) // 60))
        try:
            assert archive.read(file) == honest
        except archive.Refused:
            refused += 1
    assert refused >= 58  # gzip's header says when and on what it was made; nobody reads that


def test_the_same_parts_in_a_new_file_are_accepted(whole, tmp_path):
    """The maker of damages makes no damage by itself."""
    file = tmp_path / "again.tar.gz"
    file.write_bytes(packed(relisted(parts_of(whole))))
    assert archive.read(file) == archive.read(whole)


def test_only_checking_a_whole_file_says_so_and_writes_nothing(whole, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(root, ["restore", str(whole), "--check", "--quiet"])
    assert done.exit_code == 0
    assert "The file is whole" in done.output
    assert archive.read(whole).content_hash in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_whole_backup_that_is_not_the_expected_one_is_refused(whole, tmp_path, monkeypatch):
    """Every hash inside of it is right: only who kept the printed one can tell that it is another file."""
    monkeypatch.chdir(tmp_path)
    held = archive.read(whole).content_hash
    other = ["--expect", "0" * 64, "--quiet"]
    for words in (["--check"], ["--data", str(tmp_path / "restored")]):
        done = CliRunner().invoke(root, ["restore", str(whole), *words, *other])
        assert done.exit_code == 3
        assert held in done.output
        assert "another backup" in done.output
    assert list(tmp_path.iterdir()) == []
    done = CliRunner().invoke(root, ["restore", str(whole), "--check", "--expect", f" {held.upper()} ", "--quiet"])
    assert done.exit_code == 0, done.output


def test_a_folder_that_is_not_empty_is_refused(whole, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    done = CliRunner().invoke(root, ["restore", str(whole), "--data", str(tmp_path / "full"), "--quiet"])
    assert done.exit_code == 4
    assert "is not empty" in done.output
    assert (tmp_path / "full" / "mine").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


FORGERIES = {
    "another shape": (lambda parts: relisted(parts, migrations=["voices.0009_later"]), "another shape"),
    "other heads": (lambda parts: relisted(parts, audit_heads={}), "heads"),
    "a changed event": (
        lambda parts: relisted(
            parts
            | {
                "rows/audit.AuditEvent.jsonl": parts["rows/audit.AuditEvent.jsonl"].replace(
                    b"programme.opened", b"programme.edited", 1
                )
            }
        ),
        "trail in this backup is not whole",
    ),
    "a row that nothing allows": (
        lambda parts: relisted(parts | {"rows/workspaces.Workspace.jsonl": b""}),
        "does not take the rows",
    ),
}


@pytest.mark.parametrize(("forge", "sentence"), FORGERIES.values(), ids=FORGERIES)
def test_a_forgery_whose_hashes_fit_is_refused_and_leaves_nothing(
    whole, demonstration, tmp_path, databases, forge, sentence
):
    file, database = tmp_path / "forged.tar.gz", databases.make()
    file.write_bytes(packed(forge(parts_of(whole))))
    words = ["--data", str(tmp_path / "restored"), "--database", database, "--quiet"]
    done = demonstration.cli("restore", str(file), *words)
    assert (done.returncode, sentence in done.stderr) == (4, True), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["forged.tar.gz"]
    if database:
        import psycopg

        with psycopg.connect(database) as connection:
            assert connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == []

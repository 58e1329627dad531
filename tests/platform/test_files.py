"""Files are named by their content, kept once, and leave nothing behind when they are refused."""

import hashlib

import pytest

from antiphon.platform.errors import NotValid
from antiphon.platform.files import store
from antiphon.platform.files.models import StoredFile


def everything(stage, member) -> list:
    folder = stage / "files" / str(member.workspace_id)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_is_found_by_its_content(ana, stage):
    kept = store.keep(by=ana, name="survey.csv", chunks=[b"comment\n", b"hello\n"])
    assert kept.sha256 == hashlib.sha256(b"comment\nhello\n").hexdigest()
    assert (kept.size, kept.name) == (14, "survey.csv")
    assert store.path_of(kept).read_bytes() == b"comment\nhello\n"
    assert everything(stage, ana) == [store.path_of(kept)]


def test_the_same_content_is_kept_once_under_each_of_its_names(ana, stage):
    first = store.keep(by=ana, name="a.csv", chunks=[b"same"])
    again = store.keep(by=ana, name="a.csv", chunks=[b"sa", b"me"])
    renamed = store.keep(by=ana, name="b.csv", chunks=[b"same"])
    assert first.pk == again.pk != renamed.pk
    assert everything(stage, ana) == [store.path_of(first)]


def test_two_workspaces_never_share_a_file(ana, cleo):
    ours = store.keep(by=ana, name="a.csv", chunks=[b"same"])
    theirs = store.keep(by=cleo, name="a.csv", chunks=[b"same"])
    assert store.path_of(ours) != store.path_of(theirs)
    assert not StoredFile.objects.visible_to(cleo).filter(pk=ours.pk).exists()


def test_a_file_that_is_too_large_leaves_nothing_behind(ana, stage, monkeypatch):
    monkeypatch.setattr(store, "LARGEST", 10)
    with pytest.raises(NotValid, match="larger than"):
        store.keep(by=ana, name="a.csv", chunks=[b"x" * 6, b"x" * 6])
    assert everything(stage, ana) == []
    assert not StoredFile.objects.visible_to(ana).exists()
    assert store.keep(by=ana, name="a.csv", chunks=[b"x" * 10]).size == 10


def test_a_broken_upload_leaves_nothing_behind(ana, stage):
    def breaking():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.keep(by=ana, name="a.csv", chunks=breaking())
    assert everything(stage, ana) == []


@pytest.mark.parametrize(
    ("hostile", "kept_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/", "file"),
        ("", "file"),
        (".", "file"),
        ("..", "file"),
        ("folder/..", "file"),
        ("nul\x00byte.csv", "nulbyte.csv"),
        ("line\r\nSet-Cookie: a=b.csv", "lineSet-Cookie: a=b.csv"),
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
    ],
)
def test_a_hostile_name_is_only_a_name(ana, stage, hostile, kept_as):
    kept = store.keep(by=ana, name=hostile, chunks=[hostile.encode()])
    assert kept.name == kept_as
    assert store.path_of(kept).parent.parent == stage / "files" / str(ana.workspace_id)
    assert everything(stage, ana) == [store.path_of(kept)]

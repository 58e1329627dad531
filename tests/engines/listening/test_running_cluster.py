"""What travels to other machines, and the way a wave that failed is heard again; Daft itself is tried in `bench`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antiphon.engines.listening import Settings
from antiphon.engines.listening.reading import BadRow, Row
from antiphon.engines.listening.running import Cluster, ExtraMissing, WorkersLost, _cluster
from antiphon.engines.listening.running._hearing import Chunk, Hearing
from antiphon.engines.listening.running._packing import packed, packed_told, unpacked, unpacked_told

HEARING = Hearing("said", None, Settings())
CELLS = st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=3)
ROWS = st.one_of(
    st.builds(Row, st.integers(0, 9), st.text(max_size=9), CELLS),
    st.builds(BadRow, st.integers(0, 9), st.text(max_size=9), st.just("undecodable"), st.just({"at": 3}), st.just("")),
)


@given(st.lists(ROWS, max_size=6))
@settings(deadline=None, max_examples=40)
def test_rows_and_lines_arrive_as_they_were_sent(rows: list[Row | BadRow]) -> None:
    assert unpacked(packed(rows)) == rows
    told = HEARING.hear(rows)
    assert unpacked_told(packed_told(told)) == told


def test_without_the_extra_it_is_refused_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_cluster, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing):
        Cluster(2)
    monkeypatch.setattr(_cluster, "find_spec", lambda name: None if name == "ray" else "found")
    Cluster(2)
    with pytest.raises(ExtraMissing):
        Cluster(2, "auto")


class Stub:
    """A child that hears by itself, and fails as often as it is told."""

    failures = 0
    sent: list[int] = []
    ended = 0

    def __init__(self, cluster: Cluster, hearing: Hearing) -> None:
        self.hearing = hearing
        self.wave: Sequence[bytes] = ()

    def send(self, wave: Sequence[bytes]) -> None:
        self.wave = wave
        Stub.sent.append(len(wave))

    def receive(self) -> list[bytes]:
        if Stub.failures:
            Stub.failures -= 1
            raise _cluster._WaveFailed("a machine is gone")
        return [packed_told(self.hearing.hear(unpacked(chunk))) for chunk in self.wave]

    def end(self) -> None:
        Stub.ended += 1


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    monkeypatch.setattr(_cluster, "find_spec", lambda name: "found")
    monkeypatch.setattr(_cluster, "_Child", Stub)
    monkeypatch.setattr(_cluster, "EACH", 2)
    Stub.failures, Stub.sent, Stub.ended = 0, [], 0
    return Cluster(1)


def chunks() -> Iterator[Chunk]:
    return ([Row(n, f"row {n}", {"said": f"We waited {n} hours", "more": "x"})] for n in range(5))


def test_waves_are_told_in_order_and_none_is_left_out(cluster: Cluster) -> None:
    assert list(cluster.run(HEARING, chunks())) == [HEARING.hear(chunk) for chunk in chunks()]
    assert (Stub.sent, Stub.ended, cluster.lost) == ([2, 2, 1, 0], 1, 0)


def test_a_wave_that_failed_is_heard_again(cluster: Cluster) -> None:
    Stub.failures = 2
    assert list(cluster.run(HEARING, chunks())) == [HEARING.hear(chunk) for chunk in chunks()]
    assert (Stub.sent, cluster.lost) == ([2, 2, 2, 2, 1, 0], 2)


def test_a_wave_that_fails_again_and_again_ends_the_run_with_its_reason(cluster: Cluster) -> None:
    Stub.failures = 9
    with pytest.raises(WorkersLost, match="a machine is gone"):
        list(cluster.run(HEARING, chunks()))


def test_a_child_that_cannot_speak_with_daft_says_so_and_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "daft.py").write_text('raise ImportError("no engine here")')
    monkeypatch.syspath_prepend(str(tmp_path))
    child = _cluster._Child(Cluster(1), HEARING)
    try:
        child.send([packed([])])
        with pytest.raises(_cluster._WaveFailed, match="no engine here"):
            child.receive()
    finally:
        child.end()
    assert child._process.exitcode is not None

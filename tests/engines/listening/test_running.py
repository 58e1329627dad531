"""Running over a file: by one process or many, stopped and gone on with, the result is the same to the last byte."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antiphon.engines.listening import FileHeard, Settings, UnreadableFile, listen_file
from antiphon.engines.listening.learned import UnreadableModel, apply_file, fit_codebook, read_codebook, write_codebook
from antiphon.engines.listening.reading import BadRow, Row
from antiphon.engines.listening.running import Here, Processes, WorkersLost
from antiphon.engines.listening.running._hearing import CHUNK, Chunk, Hearing, Told
from tests.engines.listening.coded import comments
from tests.engines.listening.test_codebook import coded

Written = Callable[[str, str | bytes], Path]
SAID = ("We waited {} hours", "Dr Smith was kind to all {} of us", "The rash came after {} tablets", "ok {}", "same")


class Counting(Here):
    """Remembers how many rows it was given."""

    def __init__(self) -> None:
        self.rows = 0

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Iterator[list[Told]]:
        for told in super().run(hearing, chunks):
            self.rows += len(told)
            yield told


class Stopping(Here):
    """Is stopped after so many chunks, as by Ctrl-C."""

    def __init__(self, after: int) -> None:
        self.after = after

    def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Iterator[list[Told]]:
        for number, told in enumerate(super().run(hearing, chunks)):
            if number == self.after:
                raise KeyboardInterrupt
            yield told


class Deadly(Hearing):
    """Ends whatever process hears it."""

    def hear(self, chunk: Chunk) -> list[Told]:
        os.kill(os.getpid(), signal.SIGKILL)
        return []


class DeadlyTo(Hearing):
    """Ends the process that hears a row with the word it is given in the place of the id column."""

    def hear(self, chunk: Chunk) -> list[Told]:
        if any(row.cells["said"] == self.id_column for row in chunk if isinstance(row, Row)):
            os.kill(os.getpid(), signal.SIGKILL)
        return [Told(row.place, "", None) for row in chunk]


def end_amid_the_answer() -> None:
    """End this process once its main thread has begun to write."""
    main = threading.main_thread().ident
    while sys._current_frames()[main].f_code.co_name != "_send":
        time.sleep(0.0005)
    os._exit(1)


class EndsWhileItTells(Hearing):
    """Ends its process in the middle of a long answer, once: the file in the place of the id column says it did."""

    def hear(self, chunk: Chunk) -> list[Told]:
        once = Path(str(self.id_column))
        if once.exists():
            return [Told(row.place, "", None) for row in chunk]
        once.touch()
        threading.Thread(target=end_amid_the_answer, daemon=True).start()
        # Longer than a pipe holds: it is on its way for a while.
        return [Told(row.place, "x" * 100_000_000, None) for row in chunk]


class TooSlow(Hearing):
    """Fails as one that waited too long."""

    def hear(self, chunk: Chunk) -> list[Told]:
        raise TimeoutError(chunk[0].place)


def many(count: int) -> bytes:
    """Rows of which some say the same chunks later, one is no text, and one is in another encoding."""
    lines = [f"{n},{SAID[n % len(SAID)].format(n // 7)}" for n in range(count)]
    lines[count // 2] = f"{count // 2},{'x' * 100_001}"
    return b"id,said,more\n" + "\n".join(lines).encode() + b"\n9,n\xe9\n8,n\xc3\xa9\n"


def lines_in(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("ascii").splitlines()]


def asked(path: Path, out: str, **more: object) -> FileHeard:
    return listen_file(path, path.with_name(out), text_column="said", id_column="id", **more)


def test_many_processes_write_what_one_writes(written: Written) -> None:
    path = written("a.csv", many(3 * CHUNK))
    assert asked(path, "one") == asked(path, "two", runner=Processes(2)) == FileHeard(3 * CHUNK + 2, 2)
    assert path.with_name("one").read_bytes() == path.with_name("two").read_bytes()
    again = [line.get("duplicate_of") for line in lines_in(path.with_name("two"))]
    assert again[CHUNK + 4] == "4", "repetitions are found across chunks"
    assert {each.name for each in path.parent.iterdir()} == {"a.csv", "one", "two"}


def test_what_a_row_is_told_depends_on_this_row_alone() -> None:
    hearing = Hearing("said", None, Settings())
    chunk = [Row(n, f"row {n}", {"said": text.format(n), "more": "x"}) for n, text in enumerate(SAID * 4)]
    chunk.insert(3, BadRow(99, "row 99", "undecodable", {"at": 1}, "?"))
    together = hearing.hear(chunk)
    assert together == [hearing.hear([row])[0] for row in chunk]
    assert together == hearing.hear(hearing.needed(chunk))
    assert all("more" not in row.cells for row in hearing.needed(chunk) if isinstance(row, Row))


def test_few_chunks_are_on_their_way_however_long_the_file() -> None:
    pulled = 0

    def endless() -> Iterator[Chunk]:
        nonlocal pulled
        while True:
            pulled += 1
            yield [Row(pulled, f"row {pulled}", {"said": "We waited"})]

    told = Processes(2).run(Hearing("said", None, Settings()), endless())
    for done in range(1, 30):
        assert next(told)[0].id == str(done)
        assert pulled - done <= 4
    told.close()


def test_words_of_the_file_cannot_pass_for_words_of_the_result(written: Written) -> None:
    trap = '"duplicate_of": null'
    path = written("a.jsonl", "".join(json.dumps({"id": trap, "said": f"{trap} {n}"}) + "\n" for n in (1, 1)))
    asked(path, "out")
    first, second = lines_in(path.with_name("out"))
    assert (first["id"], first["duplicate_of"], second["duplicate_of"]) == (trap, None, trap)
    assert second["redacted"] == f"{trap} 1"


# ------------------------------------------------------------------ workers that are lost


def test_a_killed_worker_loses_nothing(written: Written) -> None:
    path = written("a.csv", many(6 * CHUNK))
    asked(path, "one")

    class Killing:
        lost = 0

        def advance(self, done: int, total: int | None) -> None:
            if done == CHUNK:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)

    said = asked(path, "two", runner=Processes(2), progress=Killing())
    assert said.lost_workers >= 1
    assert path.with_name("one").read_bytes() == path.with_name("two").read_bytes()


def test_an_answer_of_which_half_came_is_asked_for_again(tmp_path: Path) -> None:
    ending = EndsWhileItTells("said", str(tmp_path / "once"), Settings())
    runner = Processes(2)
    told = [*runner.run(ending, iter([[Row(n, f"row {n}", {"said": "x"})] for n in range(4)]))]
    assert [[each.line for each in chunk] for chunk in told] == [[""]] * 4
    assert runner.lost > 0


def test_who_fails_by_waiting_is_not_taken_for_one_that_is_still_at_work() -> None:
    with pytest.raises(TimeoutError, match="row 7"):
        list(Processes(1).run(TooSlow("said", None, Settings()), iter([[Row(7, "row 7", {"said": "x"})]])))


def test_rows_that_end_every_worker_are_named_and_the_run_ends() -> None:
    chunk = [Row(7, "row 7", {"said": "x"})]
    with pytest.raises(WorkersLost, match="rows from row 7 on ended every worker"):
        list(Processes(1).run(Deadly("said", None, Settings()), iter([chunk])))


def test_good_rows_around_the_deadly_ones_are_not_blamed() -> None:
    chunks = [[Row(n, f"row {n}", {"said": "x" if n == 2 else "y"})] for n in range(4)]
    told = Processes(2).run(DeadlyTo("said", "x", Settings()), iter(chunks))
    assert [next(told), next(told)] == [DeadlyTo("said", "x", Settings()).hear(chunk) for chunk in chunks[:2]]
    with pytest.raises(WorkersLost, match="rows from row 2 on"):
        next(told)


# ------------------------------------------------------------------ stopped, and gone on with


def test_a_stopped_run_is_gone_on_with_and_nothing_is_done_twice(written: Written) -> None:
    path = written("a.csv", many(4 * CHUNK))
    asked(path, "whole")
    with pytest.raises(KeyboardInterrupt):
        asked(path, "out", runner=Stopping(2))
    assert not path.with_name("out").exists()
    with path.with_name("out.part").open("ab") as file:
        file.write(b'{"id": "half a li' + b"x" * 1_000_000)
    counting = Counting()
    assert asked(path, "out", runner=counting) == FileHeard(4 * CHUNK + 2, 2, kept_row_count=2 * CHUNK)
    assert counting.rows == 2 * CHUNK + 2
    assert path.with_name("out").read_bytes() == path.with_name("whole").read_bytes()
    assert {each.name for each in path.parent.iterdir()} == {"a.csv", "out", "whole"}


@pytest.mark.parametrize("change", ["content", "settings", "columns", "codebook"])
def test_what_was_asked_otherwise_is_not_gone_on_with(written: Written, change: str, tmp_path: Path) -> None:
    path = written("a.csv", many(2 * CHUNK))
    with pytest.raises(KeyboardInterrupt):
        asked(path, "out", runner=Stopping(1))
    more: dict[str, object] = {}
    if change == "content":
        path.write_bytes(many(2 * CHUNK).replace(b"kind", b"nice"))
    elif change == "settings":
        more["settings"] = Settings(need_threshold=0.5)
    elif change == "codebook":
        write_codebook(fit_codebook(coded(comments()), text_fields=("text",)), tmp_path / "book")
        more["codebook"] = tmp_path / "book"
    if change == "columns":
        assert listen_file(path, path.with_name("out"), text_column="said").kept_row_count == 0
    else:
        assert asked(path, "out", **more).kept_row_count == 0


def test_a_part_that_a_broken_disk_spoilt_is_kept_up_to_there(written: Written) -> None:
    path = written("a.csv", many(3 * CHUNK))
    asked(path, "whole")
    with pytest.raises(KeyboardInterrupt):
        asked(path, "out", runner=Stopping(2))
    part = path.with_name("out.part")
    lines = part.read_bytes().splitlines(keepends=True)
    lines[CHUNK + 3] = b"\0" * 20 + b"}\n"
    part.write_bytes(b"".join(lines))
    assert asked(path, "out").kept_row_count == CHUNK
    assert path.with_name("out").read_bytes() == path.with_name("whole").read_bytes()


def test_two_runs_do_not_write_the_same_file(written: Written) -> None:
    path = written("a.csv", many(CHUNK))

    class Second:
        refused = False

        def advance(self, done: int, total: int | None) -> None:
            with pytest.raises(BlockingIOError):
                asked(path, "out")
            self.refused = True

    second = Second()
    asked(path, "out", progress=second)
    assert second.refused
    assert len(path.with_name("out").read_bytes().splitlines()) == CHUNK + 2


def test_a_run_killed_from_outside_leaves_no_process_and_is_gone_on_with(written: Written, tmp_path: Path) -> None:
    path = written("a.csv", many(30 * CHUNK))
    asked(path, "whole")
    words = ["listen", path.name, "--text-column", "said", "--id-column", "id", "--jobs", "2", "--out", "out"]
    mark = {"TEST_RUN": str(tmp_path)}
    command = [sys.executable, "-m", "antiphon", *words]
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ | mark, stderr=subprocess.DEVNULL) as run:
        part = tmp_path / "out.part"
        while run.poll() is None and not (part.exists() and part.read_bytes().count(b"\n") >= CHUNK):
            time.sleep(0.02)
        run.kill()
    assert run.returncode == -signal.SIGKILL, "the run was over before it could be killed"
    ended_by = time.monotonic() + 20
    while processes_with(f"TEST_RUN={tmp_path}") and time.monotonic() < ended_by:
        time.sleep(0.05)
    assert processes_with(f"TEST_RUN={tmp_path}") == []
    counting = Counting()
    said = asked(path, "out", runner=counting)
    assert said.kept_row_count >= CHUNK
    assert counting.rows == said.row_count - said.kept_row_count
    assert path.with_name("out").read_bytes() == path.with_name("whole").read_bytes()


def processes_with(word: str) -> list[str]:
    """Processes that were given this in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if word.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def test_a_file_that_turns_out_to_be_damaged_leaves_nothing(written: Written) -> None:
    path = written("a.csv", "said\nx y z\n")

    class Damaged(Here):
        def run(self, hearing: Hearing, chunks: Iterator[Chunk]) -> Iterator[list[Told]]:
            raise UnreadableFile("damaged")

    with pytest.raises(UnreadableFile):
        listen_file(path, path.with_name("out"), text_column="said", runner=Damaged())
    assert [each.name for each in path.parent.iterdir()] == ["a.csv"]


# ------------------------------------------------------------------ a codebook of one's own


def test_codes_are_those_of_the_codebook_itself(tmp_path: Path) -> None:
    write_codebook(fit_codebook(coded(comments()), text_fields=("text",)), tmp_path / "book")
    rows = [*comments()[:60], {"id": "none", "text": "żółć"}]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    apply_file(read_codebook(tmp_path / "book"), path, tmp_path / "applied")
    for jobs, runner in (("one", Here()), ("two", Processes(2))):
        listen_file(path, tmp_path / jobs, text_column="text", codebook=tmp_path / "book", runner=runner)
        lines = lines_in(tmp_path / jobs)
        assert [line["codes"] for line in lines] == [line["codes"] for line in lines_in(tmp_path / "applied")]
        assert lines[-1]["codes"] == []


def test_a_codebook_of_one_field_reads_the_column_that_is_listened_to(tmp_path: Path) -> None:
    write_codebook(fit_codebook(coded(comments()), text_fields=("text",)), tmp_path / "book")
    (tmp_path / "a.csv").write_text("n,said\n1,We waited two hours at the desk\n")
    listen_file(tmp_path / "a.csv", tmp_path / "out", text_column="said", codebook=tmp_path / "book")
    (line,) = lines_in(tmp_path / "out")
    assert [code["code"] for code in line["codes"] if code["asserted"]] == ["waiting"]
    assert list(line["codes"][0]) == ["code", "score", "asserted"]


def test_something_else_than_a_codebook_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n,said\n1,We waited two hours at the desk\n")
    with pytest.raises(UnreadableModel):
        listen_file(tmp_path / "a.csv", tmp_path / "out", text_column="said", codebook=tmp_path / "a.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]

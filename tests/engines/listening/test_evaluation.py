"""The evaluation: small open sets give figures with intervals and costs, and nothing measured before is lost."""

import datetime
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from antiphon.engines.listening.evaluation import TASKS, evaluate
from antiphon.engines.listening.evaluation._coding import with_curve
from antiphon.engines.listening.evaluation._rows import AIMS, rows_of
from antiphon.engines.listening.evaluation._rules import covered, masked, one_slip, precision, share
from antiphon.interfaces.cli.evaluate import evaluate as command

TODAY = datetime.date(2026, 11, 22)
SETS = {
    "nhs_fft_v6": [
        {"text": "The nurse was kind and listened to me", "question": ""},
        {"text": "I waited three hours for my appointment at the desk", "question": ""},
        {"text": "They should open the pharmacy on Sundays as well", "question": ""},
        {"text": "Parking next to the clinic is a nightmare every time", "question": ""},
    ],
    "vaers_narratives": [{"text": "After the vaccination the patient had fever, rash and vomiting."}],
    "maude_reports": [{"text": "The insulin pump stopped working and gave a false reading."}],
    "mh_questions_counselchat": [{"text": "How can I tell my partner that I feel low?"}],
    "langid_lingua": [
        {"kind": "sentences", "lang": "de", "text": "Das Essen war gut und alle waren freundlich zu mir."},
        {"kind": "sentences", "lang": "en", "text": "The food was good and everyone was friendly to me."},
        {"kind": "sentences", "lang": "es", "text": "La comida era buena y todos fueron amables conmigo."},
        {"kind": "word-pairs", "lang": "de", "text": "ja nein"},
    ],
    "deid_presidio_en": [
        {"text": "My name is Maria Jones.", "spans": [{"start": 11, "end": 22, "type": "PERSON"}]},
    ],
    "deid_meddocan_es": [{"text": "Nombre: Juan.", "spans": [{"start": 8, "end": 12, "type": "NOMBRE"}]}],
    "deid_grascco_de": [
        {"text": "Frau Schneider kam am Montag.", "spans": [{"start": 5, "end": 14, "type": "NAME_PATIENT"}]}
    ],
}
RULES = ("personal", "safety", "language", "duplicates")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, rows in SETS.items():
        (tmp_path / name).mkdir()
        for part in ("train", "dev"):
            (tmp_path / name / f"{part}.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    return tmp_path


def test_rules_are_measured_per_language_beside_what_they_cost(data: Path) -> None:
    found = evaluate(data, today=TODAY, tasks=RULES)
    rows = {(row["task"], row["figure"], row["language"]): row for row in found["figures"]}
    assert {language for task, _, language in rows if task == "personal"} == {"en", "de", "es"}
    assert rows["personal", "all", "en"]["value"] == 1.0
    assert rows["personal", "all", "en"]["cost"] == 1.0
    assert rows["safety", "unseen", "en"]["value"] == 1.0
    assert rows["safety", "unseen", "en"]["cost"] == 0.0
    assert rows["language", "sentences", "*"]["n"] == 3
    assert rows["duplicates", "same_words", "*"]["value"] == 1.0
    assert all(row["measured_date"] == "2026-11-22" and row["version"] for row in rows.values())


def test_every_task_has_its_rows() -> None:
    assert {aim.task for aim in AIMS} == set(TASKS)


def test_what_was_measured_before_stays_with_its_day(data: Path) -> None:
    before = evaluate(data, today=TODAY, tasks=("safety",))
    after = evaluate(data, today=datetime.date(2026, 12, 1), tasks=("language",), before=before)
    days = {row["task"]: row["measured_date"] for row in after["figures"]}
    assert days == {"safety": "2026-11-22", "language": "2026-12-01"}
    assert after["figures"] == rows_of(after["tasks"])


def test_the_command_keeps_what_its_result_held(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    for task in ("safety", "language"):
        ran = CliRunner().invoke(command, ["--data", str(data), "--task", task, "--out", str(out)])
        assert ran.exit_code == 0, ran.output
    assert {row["task"] for row in json.loads(out.read_text())["figures"]} == {"safety", "language"}
    out.write_text("something else")
    ran = CliRunner().invoke(command, ["--data", str(data), "--task", "safety", "--out", str(out)])
    assert (ran.exit_code, "something else than figures" in ran.output) == (3, True)
    assert out.read_text() == "something else"


def test_a_detail_counts_only_when_it_is_covered_to_its_last_letter() -> None:
    record = {"text": "Maria Jones was here", "spans": [{"start": 0, "end": 11, "type": "PERSON"}]}
    assert covered([(record, [(0, 11)])], {"PERSON"})["value"] == 1.0
    assert covered([(record, [(0, 10)])], {"PERSON"})["value"] == 0.0
    assert precision([(record, [(0, 15)])]) == pytest.approx(10 / 13, abs=0.001)
    assert masked([record])[0][0] is record


def test_a_share_says_of_how_many_and_how_sure() -> None:
    found = share([True] * 90 + [False] * 10)
    assert (found["value"], found["n"]) == (0.9, 100)
    assert found["interval"][0] < 0.9 < found["interval"][1]
    assert share([])["interval"] is None


def test_one_slip_is_one_slip() -> None:
    dice = random.Random(1)
    for _ in range(50):
        assert abs(len(one_slip("waiting room", dice)) - len("waiting room")) <= 1


def test_a_figure_is_that_of_most_examples_and_tells_how_it_came_to_be() -> None:
    measured = {10: {"micro_f1": {"value": 0.5}, "n": 3}, 20: {"micro_f1": {"value": 0.6}, "n": 3}}
    found = with_curve({count: count for count in measured}, lambda reader: measured[reader], ("micro_f1",))
    assert found["micro_f1"] == {"value": 0.6}
    assert found["learning_curve"] == [{"examples": 10, "micro_f1": 0.5}, {"examples": 20, "micro_f1": 0.6}]

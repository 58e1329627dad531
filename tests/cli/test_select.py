"""`antiphon select`: what it reads, what it writes, and how it ends."""

import csv
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from antiphon.engines import selection
from antiphon.interfaces.cli import selecting
from tests.engines.selection.problems import large


def antiphon(cwd, *arguments):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    command = [sys.executable, "-m", "antiphon", "select", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False, timeout=120)


def write_csv(path, heading, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *rows])


@pytest.fixture
def folder(tmp_path):
    """A pool of 70 people and quotas that hold."""
    problem = large(people=70, seed=4, features=3)
    columns = problem.pool.columns
    homes = [f"h{i // 2}" for i in range(70)]
    rows = zip(problem.pool.ids, *columns.values(), homes, strict=True)
    write_csv(tmp_path / "pool.csv", ["id", *columns, "home"], rows)
    quotas = [(quota.feature, quota.value, quota.min, quota.max) for quota in problem.quotas]
    write_csv(tmp_path / "quotas.csv", ["feature", "value", "min", "max"], quotas)
    return tmp_path


FILES = ["--pool", "pool.csv", "--quotas", "quotas.csv", "--panel", "panel.csv", "--report", "report.json"]


def report_in(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_a_panel_and_a_report_are_written_and_agree(folder):
    done = antiphon(folder, *FILES, "--size", 10, "--households", "home", "--seed", 5)
    assert done.returncode == 0, done.stderr
    report = report_in(folder)
    assert {"method", "status", "size", "seconds", "smallest_chance", "bound", "chances", "lottery", "panel", "seed",
            "infeasible", "version"} <= set(report)  # fmt: skip
    assert report["status"] == "optimal"
    assert report["smallest_chance"] == pytest.approx(report["bound"], rel=1e-6)
    panel = list(csv.DictReader((folder / "panel.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["id"] for row in panel] == report["panel"]
    assert len({row["home"] for row in panel}) == 10
    drawn = selection.draw([selection.Panel(one["weight"], tuple(one["panel"])) for one in report["lottery"]], 5)
    assert list(drawn.ids) == report["panel"]


def test_the_same_input_and_seed_write_the_same_bytes(folder):
    read = []
    for _ in range(2):
        done = antiphon(folder, *FILES, "--size", 10, "--seed", 3, "--tickets", 100)
        assert done.returncode == 0
        assert re.search(r"\d+\.\d\d CPU seconds\.", done.stderr)
        read.append(((folder / "panel.csv").read_bytes(), (folder / "report.json").read_bytes()))
    assert read[0] == read[1]


def test_how_long_it_took_is_told_in_steps_that_hardly_any_draw_stands_between():
    assert [selecting.step_of(seconds) for seconds in (0.01, 59, 61, 599, 4000)] == [60, 60, 600, 600, 86_400]


def test_impossible_quotas_end_with_2_and_with_advice(folder):
    quotas = (folder / "quotas.csv").read_text(encoding="utf-8").splitlines()
    feature, value, *_ = quotas[1].split(",")
    (folder / "quotas.csv").write_text("\n".join([quotas[0], f"{feature},{value},70,70", *quotas[2:]]))
    done = antiphon(folder, *FILES, "--size", 10)
    assert done.returncode == 2
    assert "lower the minimum of" in done.stderr
    assert "Traceback" not in done.stderr
    report = report_in(folder)
    assert report["status"] == "infeasible"
    assert report["infeasible"]["relaxations"]
    assert report["infeasible"]["conflict"]
    assert report["panel"] == []


def test_rules_that_leave_too_few_people_end_with_2_and_say_how_many(folder):
    (folder / "rules.json").write_text(json.dumps({"exclude": [f"p{i:04d}" for i in range(65)]}))
    done = antiphon(folder, *FILES, "--size", 10, "--constraints", "rules.json")
    assert done.returncode == 2
    assert "5 people at most can sit together on a panel of 10.\nInvite at least 5 more" in done.stderr


def test_who_must_sit_against_the_rules_ends_with_3(folder):
    (folder / "rules.json").write_text(json.dumps({"must_serve": ["p0000", "p0001"]}))
    done = antiphon(folder, *FILES, "--size", 10, "--households", "home", "--constraints", "rules.json")
    assert done.returncode == 3
    assert done.stderr == "constraints: 2 people who must sit share home h0, where 1 may\n"


def test_bad_rows_end_with_3_and_are_all_named(folder):
    lines = (folder / "pool.csv").read_text(encoding="utf-8").splitlines()
    lines[2] = "," + lines[2].split(",", 1)[1]
    lines[5] += ",more"
    (folder / "pool.csv").write_text("\n".join(lines))
    done = antiphon(folder, *FILES, "--size", 10)
    assert done.returncode == 3
    assert done.stderr == "pool row 3: the id is missing\npool row 6: 6 cells where the heading has 5\n"
    assert not (folder / "panel.csv").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--size", "none"],
        ["--size", 10, "--method", "best"],
        ["--size", 10, "--ticket", 3],
        ["--size", 10, "--constraints", "nowhere.json"],
        ["--size", 10, "--panel", "nowhere/panel.csv"],
        [],
    ],
)
def test_wrong_words_end_with_3_too(folder, wrong):
    done = antiphon(folder, *FILES, *wrong)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_out_of_time_ends_with_4_and_the_best_found(folder):
    done = antiphon(folder, *FILES, "--size", 10, "--limit", 0, "--explain", "page.html")
    assert done.returncode == 4, done.stderr
    assert "(maximin proven, LEXIMIN not): none is farther than" in (folder / "page.html").read_text(encoding="utf-8")
    assert "maximin proven, LEXIMIN not: no chance is farther than" in done.stderr
    report = report_in(folder)
    assert report["status"] == "timeout"
    assert (report["maximin_proven"], report["leximin_proven"]) == (True, False)
    assert report["leximin_gap"] > 0
    assert len(report["panel"]) == 10
    assert 0 <= report["gap"] <= 1


def test_what_is_not_proven_says_how_much_of_the_best_it_reaches(folder):
    done = antiphon(folder, *FILES, "--size", 10, "--method", "stratified")
    assert done.returncode == 0, done.stderr
    assert re.search(r"at least \d+\.\d\d % of the best possible, which is at most 0\.\d{6}", done.stderr)


def test_constraints_are_kept(folder):
    (folder / "extra.json").write_text(
        json.dumps({"must_serve": ["p0003"], "cannot_serve_together": [["p0004", "p0005"]]})
    )
    done = antiphon(folder, *FILES, "--size", 10, "--constraints", "extra.json")
    assert done.returncode == 0, done.stderr
    for entry in report_in(folder)["lottery"]:
        assert "p0003" in entry["panel"]
        assert not {"p0004", "p0005"} <= set(entry["panel"])


class Elements(HTMLParser):
    """Names of the elements of a page."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)


def test_the_page_tells_the_story_without_scripts_or_small_counts(folder):
    write_csv(folder / "population.csv", ["feature", "value", "share", "in_reach"], [("f0", "v0", 0.9, 300)])
    more = ["--explain", "page.html", "--reference", "population.csv", "--tickets", 100, "--ticket", 7]
    done = antiphon(folder, *FILES, "--size", 10, *more)
    assert done.returncode == 0, done.stderr
    assert re.match(r"Missing among the volunteers for their share of the population: \d+ with “f0 v0”\.", done.stderr)
    page = (folder / "page.html").read_text(encoding="utf-8")
    found = Elements()
    found.feed(page)
    assert {"h1", "table", "svg"} <= found.names
    assert "script" not in found.names
    assert "Ticket <strong>7</strong> was drawn" in page
    assert "missing for its share" in page
    assert not any(name in page for name in report_in(folder)["panel"])
    assert not any(f"<td>{count}</td>" in page for count in range(1, 5))


DOCS = Path(__file__).parents[2] / "docs"


def test_the_pictures_of_the_guide_are_what_the_example_beside_it_draws(tmp_path):
    example = DOCS / "guide" / "fair-draws"
    files = [word for name in ("pool", "quotas") for word in (f"--{name}", example / f"{name}.csv")]
    more = ["--households", "household", "--seed", 2026, "--reference", example / "population.csv"]
    out = ["--panel", "panel.csv", "--report", "report.json", "--explain", "page.html"]
    done = antiphon(tmp_path, *files, *more, *out, "--size", 12)
    assert done.returncode == 0, done.stderr
    drawn = re.findall(r"<svg.*?</svg>", (tmp_path / "page.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    names = ("chances", "lottery", "missing")
    kept = [(DOCS / "images" / f"fair-draws-{name}.svg").read_text(encoding="utf-8").strip() for name in names]
    assert drawn == kept

"""Chooses the real public comments that ship as the demonstration.

    python tools/make_demonstration.py FOLDER_OF_THE_DATA_SETS

Both sets may be redistributed (NHS comments: MIT; VAERS reports: public domain); NOTICE.md beside the files says so.
The choice is by a hash of the text, so it is the same each time and nobody picked the nice ones.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/antiphon/interfaces/demonstration"
COMMENTS, REPORTS = 260, 6
SHORTEST, LONGEST = 40, 700
SERVICES = {"PTS": "Patient transport", "NEAS": "Ambulance and 111", "NHFT": "Mental health and community"}


def order(row: dict) -> str:
    return hashlib.sha256(row["text"].encode()).hexdigest()


def service(row: dict) -> str:
    return SERVICES["PTS"] if row["service"].startswith("PTS") else SERVICES[row["trust"]]


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def comments(folder: Path) -> list[dict]:
    rows = [row for row in read(folder / "nhs_fft_v6/train.jsonl") if SHORTEST <= len(row["text"]) <= LONGEST]
    seen: set[str] = set()
    rows = [
        row for row in sorted(rows, key=order) if not (row["text"].lower() in seen or seen.add(row["text"].lower()))
    ]
    return rows[:COMMENTS]


def reports(folder: Path) -> list[dict]:
    rows = read(folder / "vaers_narratives/train.jsonl")
    own = [row for row in rows if row["text"].startswith(("I ", "My ")) and SHORTEST <= len(row["text"]) <= LONGEST]
    return sorted(own, key=order)[:REPORTS]


def main(folder: Path) -> None:
    with (TARGET / "comments.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "service", "question", "comment"])
        for number, row in enumerate(comments(folder), 1):
            writer.writerow([f"C{number:03}", row["date"], service(row), row["question"], row["text"]])
    with (TARGET / "reports.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "report"])
        writer.writerows([f"R{number}", row["text"]] for number, row in enumerate(reports(folder), 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Fetch what vendor.toml pins, keep only the files it names, and write down their sha256.

python tools/vendor.py           fetch, write the files, write the sums
python tools/vendor.py --check   compare the files here with the sums, without a network
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "src/antiphon/platform/ui/vendor.toml"
SOURCE_MAP = re.compile(rb"\n?/[/*][#@] sourceMappingURL=[^\n]*")
SVG = "{http://www.w3.org/2000/svg}"
STROKE = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def recorded(record: Path = RECORD) -> Iterator[tuple[Path, str]]:
    """Every vendored file and the sum it should have."""
    for package in tomllib.loads(record.read_text())["package"]:
        kept = [*package["files"], *([package["sprite"]] if "sprite" in package else [])]
        for file in kept:
            yield (ROOT / package["folder"] / file["to"]).resolve(), file["sha256"]


def differences(record: Path = RECORD) -> list[str]:
    """Files that are missing or are not the bytes that were recorded."""
    wrong = []
    for path, wanted in recorded(record):
        if not path.exists():
            wrong.append(f"{path.name}: missing")
        elif sha256(path.read_bytes()) != wanted:
            wrong.append(f"{path.name}: not the recorded bytes")
    return wrong


def unpack(package: dict, folder: Path) -> Path:
    """Download one pinned package with the npm client and open it."""
    command = [
        "npm",
        "pack",
        f"{package['name']}@{package['version']}",
        "--silent",
        "--pack-destination",
        str(folder),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package"


def symbol(path: Path) -> str:
    shapes = [shape for shape in ET.parse(path).getroot() if shape.get("stroke") != "none"]  # noqa: S314 - a pinned file
    body = "".join(drawn(shape) for shape in shapes)
    return f'<symbol id="tabler-{path.stem}" viewBox="0 0 24 24" {STROKE}>{body}</symbol>'


def drawn(shape: ET.Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in shape.attrib.items())
    return f"<{shape.tag.removeprefix(SVG)}{attributes}/>"


def sprite(package: Path, wanted: dict) -> bytes:
    symbols = [symbol(package / wanted["from"] / f"{name}.svg") for name in sorted(wanted["names"])]
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def contents(package: dict, opened: Path) -> Iterator[tuple[str, bytes]]:
    for file in package["files"]:
        yield file["to"], SOURCE_MAP.sub(b"", (opened / file["from"]).read_bytes())
    if "sprite" in package:
        yield package["sprite"]["to"], sprite(opened, package["sprite"])


def written(text: str, package: dict, to: str, content: bytes) -> str:
    """Put one file in its place and its sum into the record."""
    target = (ROOT / package["folder"] / to).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    start = text.index(f'name = "{package["name"]}"')
    named = re.compile(rf'(to = "{re.escape(to)}",?\s+sha256 = )"[^"]*"')
    return text[:start] + named.sub(rf'\g<1>"{sha256(content)}"', text[start:], count=1)


def fetch() -> None:
    text = RECORD.read_text()
    for package in tomllib.loads(text)["package"]:
        with tempfile.TemporaryDirectory() as folder:
            opened = unpack(package, Path(folder))
            for to, content in contents(package, opened):
                text = written(text, package, to, content)
        print(f"{package['name']} {package['version']} ({package['licence']})")
    RECORD.write_text(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        fetch()
    wrong = differences()
    print("\n".join(wrong) or "Every vendored file is the recorded one.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

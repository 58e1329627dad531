"""The peer for coding: Taguette 1.5.2, in an environment of its own, asked over its own API."""

import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from bench.servers import Asker, free_port, milliseconds, rate, running, until

# It asks for a part of setuptools that newer ones no longer have.
PEER = ("taguette==1.5.2", "setuptools<81")
ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "peers" / "taguette"
# A new project has one tag.
TAG, PROJECT = 1, 1
BORDER = "a-border-that-no-comment-holds"


def measure(documents: list[str], places: list[tuple[int, int]], length: int) -> dict:
    """Highlights a second, milliseconds for the list of a tag and for all as CSV."""
    if not (HOME / "bin" / "taguette").exists():
        uv = str(ROOT / ".venv" / "bin" / "uv")
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(HOME)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(HOME / "bin" / "python"), *PEER], check=True)
    with tempfile.TemporaryDirectory(prefix="peer-") as folder:
        port, log = free_port(), Path(folder) / "log"
        command = [str(HOME / "bin" / "taguette"), "--no-browser", "--port", str(port)]
        with running([*command, "--database", f"{folder}/peer.sqlite3"], port, log):
            token = until(lambda: re.search(r"token=([0-9a-f]+)", log.read_text()), log)[1]
            asker = Asker(port, {})
            asker.ask("GET", f"/?token={token}")
            return _code(asker, documents, places, length)


def _code(asker: Asker, documents: list[str], places: list[tuple[int, int]], length: int) -> dict:
    page = asker.ask("GET", "/project/new").decode()
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)[1]
    form = urllib.parse.urlencode({"_xsrf": xsrf, "name": "Bench", "description": "Bench"})
    asker.ask("POST", "/project/new", form, Content_Type="application/x-www-form-urlencoded")
    asker.headers = {"X-XSRFToken": xsrf}
    ids = [_document(asker, n, text) for n, text in enumerate(documents)]

    def highlight() -> None:
        asker.headers["Content-Type"] = "application/json"
        for n, at in places:
            body = json.dumps({"start_offset": at, "end_offset": at + length, "tags": [TAG]})
            asker.ask("POST", f"/api/project/{PROJECT}/document/{ids[n]}/highlight/new", body)

    return {
        "codes_a_second": rate(len(places), highlight),
        "list_ms": milliseconds(lambda: asker.ask("GET", f"/api/project/{PROJECT}/highlights/interesting")),
        "export_ms": milliseconds(lambda: asker.ask("GET", f"/project/{PROJECT}/export/highlights/.csv")),
    }


def _document(asker: Asker, number: int, text: str) -> int:
    """One document as HTML: it takes no plain text without another program."""
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"name": f"Document {number}", "description": ""}.items()
    ]
    head = 'Content-Disposition: form-data; name="file"; filename="d.html"\r\nContent-Type: text/html'
    parts.append(f"--{BORDER}\r\n{head}\r\n\r\n<html><body><p>{text}</p></body></html>\r\n--{BORDER}--\r\n")
    kind = f"multipart/form-data; boundary={BORDER}"
    said = asker.ask("POST", f"/api/project/{PROJECT}/document/new", "".join(parts), Content_Type=kind)
    return json.loads(said)["created"]

"""An Antiphon of one's own for a journey: no demonstration, its own mail server, several web processes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.conftest import _wait_for, free_port
from tests.post_office import PostOffice, open_post_office

PASSWORD = "a long sentence of Ana"
ANA = "ana@hesperia.example"


@dataclass
class Own:
    """Where it answers, and where its letters go."""

    address: str
    office: PostOffice
    command: list[str]
    environment: dict[str, str]

    def forget_attempts(self) -> None:
        """Tries are counted for this whole machine, so who failed on purpose makes room for the others."""
        path = Path(self.environment["ANTIPHON_DATA"]) / "antiphon.sqlite3"
        with closing(sqlite3.connect(path, timeout=20)) as rows:
            rows.execute("DELETE FROM workspaces_attempt")
            rows.commit()

    def add(self, name: str, email: str, role: str, workspace: str = "Hesperia") -> None:
        words = ["member", "add", "--workspace", workspace, "--email", email, "--name", name, "--role", role]
        done = subprocess.run(
            [*self.command, *words, "--password", PASSWORD], env=self.environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def own_antiphon(data: Path, *, web: int):
    """Started as on a server of an organisation. Browsers keep passkeys for names, so it is called localhost."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANTIPHON_", "DJANGO_"))}
    command = [sys.executable, "-m", "antiphon"]
    with open_post_office() as office:
        origin = f"http://localhost:{port}"
        smtp = {"ANTIPHON_SMTP_HOST": "127.0.0.1", "ANTIPHON_SMTP_PORT": str(office.server_address[1])}
        environment = kept | smtp | {"ANTIPHON_DATA": str(data), "ANTIPHON_ORIGIN": origin}
        words = ["up", "--port", str(port), "--web", str(web), "--no-browser", "--no-demonstration"]
        with (data / "log.txt").open("w") as log:
            process = subprocess.Popen([*command, *words], env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}", process, data / "log.txt")
            made = Own(origin, office, command, environment)
            made.add("Ana Ribeiro", ANA, "administrator")
            yield made
        finally:
            process.terminate()
            process.wait(timeout=30)

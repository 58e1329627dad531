"""An instance in a folder: its keys, its settings, its database."""

import os
from pathlib import Path

import click

DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("antiphon-data"),
    show_default=True,
    envvar="ANTIPHON_DATA",
    help="The folder that holds everything of this instance.",
)
DATABASE = click.option(
    "--database",
    default="",
    envvar="ANTIPHON_DATABASE",
    help="postgresql://user@host/name; without it the embedded database in the folder is used.",
)


class NoInstance(click.ClickException):
    """There is nothing in the folder."""

    exit_code = 4


class CouldNotStart(click.ClickException):
    """Something on this machine is in the way."""

    exit_code = 4


def prepare(data: Path, database: str = "", *, make: bool = False) -> None:
    """Point Django at the instance in a folder, and make its folder and keys where asked."""
    data = data.resolve()
    if not make and not (data / "keys" / "secret").exists():
        raise NoInstance(f"There is no Antiphon in {data}. Start one there with: antiphon up --data {data}")
    os.environ["ANTIPHON_DATA"] = str(data)
    os.environ["ANTIPHON_DATABASE"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antiphon.config.settings")
    if make:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "static").mkdir(exist_ok=True)
        _make_secret(data)


def start_django() -> None:
    """Load settings and features."""
    import django

    django.setup()


def load_pages() -> None:
    """Load every page and what it needs."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (loading is what is wanted)


def say_whether_demonstration(is_demonstration: bool) -> None:
    """Known only once the folder is set up, when this process has read its settings; those it starts follow it."""
    from django.conf import settings

    settings.DEMONSTRATION = is_demonstration
    os.environ["ANTIPHON_DEMONSTRATION"] = "1" if is_demonstration else "0"


def _make_secret(data: Path) -> None:
    """Settings read the secret before anything else can run, so it comes first."""
    import secrets

    path = data / "keys" / "secret"
    if path.exists():
        return
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())

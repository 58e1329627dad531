"""Which database Antiphon runs on, with the settings that keep acknowledged changes."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from antiphon.config.environment import WrongSetting

# WAL can corrupt a database that several processes write on versions before these
# (https://www.sqlite.org/changes.html, 3.51.3 and its backports).
WAL_SAFE = ((3, 51, 3), None), ((3, 50, 7), (3, 51)), ((3, 44, 6), (3, 45))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may use a write-ahead log with several processes."""
    return any(version >= first and (before is None or version < before) for first, before in WAL_SAFE)


def sqlite(path: Path, version: tuple[int, ...]) -> dict[str, object]:
    """The embedded database: nothing acknowledged is lost, writers queue instead of failing."""
    journal = "WAL" if wal_is_safe(version) else "DELETE"
    # trusted_schema stays on: without it SQLite refuses the JSON checks that Django puts on tables.
    pragmas = [
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "cell_size_check=ON",
        "cache_size=-16000",
    ]
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }


def postgresql(url: str) -> dict[str, object]:
    """The server database, from postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongSetting(f"The database address {parts.scheme}://… is not postgresql://user@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

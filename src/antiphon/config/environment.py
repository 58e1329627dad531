"""Reads the environment, or stops with a sentence a person can act on."""

import os


class WrongSetting(Exception):
    """A setting is missing or cannot be read; the message says which and what to do."""


def env(name: str, default: str | None = None) -> str:
    """The text of a setting."""
    value = os.environ.get(name, default)
    if value is None:
        raise WrongSetting(f"Set {name} in the environment; it has no default.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """A yes or no."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in {"1", "0", "true", "false", "yes", "no"}:
        raise WrongSetting(f"{name} is {value!r}; write 1 or 0.")
    return value in {"1", "true", "yes"}


def env_list(name: str, default: str = "") -> list[str]:
    """Values set apart by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]

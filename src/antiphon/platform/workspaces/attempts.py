"""The memory of tries to sign in: in the database, so that all web processes count together.

A memory of each process's own would let somebody try as often again as there are processes, and use a code twice.
(Path not taken: Django's cache in the database. It keeps pickles, and whoever can write one can run code.)
"""

import datetime
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from antiphon.platform import clock
from antiphon.platform.workspaces.actions import remembering
from antiphon.platform.workspaces.models import Attempt

FOREVER = datetime.timedelta(days=3650)


class Attempts(BaseCache):
    """Keeps numbers, texts and lists of them for minutes."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = Attempt.objects.filter(key_hash=self._hash(key, version), expires_at__gt=clock.now())
        kept = found.values_list("value", flat=True).first()
        return default if kept is None else kept

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        remembering.keep(key_hash=self._hash(key, version), value=value, until=self._until(timeout))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return remembering.keep_first(key_hash=self._hash(key, version), value=value, until=self._until(timeout))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return remembering.keep_longer(key_hash=self._hash(key, version), until=self._until(timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        return remembering.forget(key_hash=self._hash(key, version))

    def clear(self) -> None:
        remembering.forget_all()

    def _hash(self, key: str, version: int | None) -> str:
        """Keys hold the addresses of people and machines; what is kept tells neither."""
        made = self.make_and_validate_key(key, version)
        return hmac.new(settings.SECRET_KEY.encode(), made.encode(), hashlib.sha256).hexdigest()

    def _until(self, timeout: Any) -> datetime.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return clock.now() + (FOREVER if seconds is None else datetime.timedelta(seconds=float(seconds)))

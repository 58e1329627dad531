"""Keeping and forgetting tries to sign in. Nobody asks for it, and it is in no trail: it is gone within minutes."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from antiphon.platform import clock
from antiphon.platform.workspaces.models import Attempt


def keep(*, key_hash: str, value: Any, until: datetime.datetime) -> None:
    """Keep a value, in place of one that is there."""
    Attempt.objects.update_or_create(key_hash=key_hash, defaults={"value": value, "expires_at": until})


def keep_first(*, key_hash: str, value: Any, until: datetime.datetime) -> bool:
    """Keep a value unless one is there; of several who try at once only one is told yes."""
    Attempt.objects.filter(key_hash=key_hash, expires_at__lte=clock.now()).delete()
    try:
        with transaction.atomic():
            Attempt.objects.create(key_hash=key_hash, value=value, expires_at=until)
    except IntegrityError:
        return False
    return True


def keep_longer(*, key_hash: str, until: datetime.datetime) -> bool:
    """Keep what is there for longer."""
    return bool(Attempt.objects.filter(key_hash=key_hash, expires_at__gt=clock.now()).update(expires_at=until))


def forget(*, key_hash: str) -> bool:
    """Forget one value."""
    return bool(Attempt.objects.filter(key_hash=key_hash).delete()[0])


def forget_all() -> None:
    """Forget everything."""
    Attempt.objects.all().delete()


def forget_old() -> None:
    """Forget what has run out."""
    Attempt.objects.filter(expires_at__lte=clock.now()).delete()

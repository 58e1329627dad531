"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antiphon.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Loads every page, then sets aside what stays: looking through all of it again took 200 ms in mid-request."""
    get_resolver().url_patterns  # noqa: B018  (loading is what is wanted)
    gc.collect()
    gc.freeze()


settle()

"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antiphon.config.settings")
application = get_wsgi_application()
# Every page is loaded before the first request, and what stays is set aside: the collector looked through all of
# it again in the middle of requests, 200 ms each time.
get_resolver().url_patterns  # noqa: B018  (loading is what is wanted)
gc.collect()
gc.freeze()

"""The product's own settings on a stage that is made for one test run and thrown away."""

import atexit
import os
import shutil
import tempfile

STAGE = tempfile.mkdtemp(prefix="antiphon-tests-")
atexit.register(shutil.rmtree, STAGE, ignore_errors=True)
os.mkdir(os.path.join(STAGE, "static"))
os.environ.update(
    ANTIPHON_DATA=STAGE,
    ANTIPHON_STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    ANTIPHON_TASKS_INLINE="1",
    ANTIPHON_SECRET_KEY="only-for-tests-" + "x" * 50,
    ANTIPHON_EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ANTIPHON_DEMONSTRATION="0",
    ANTIPHON_ORIGIN="http://127.0.0.1:8600",
)

from antiphon.config.settings import *  # noqa: E402, F403  the stage must stand before settings are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

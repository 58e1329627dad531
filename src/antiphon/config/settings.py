"""One set of settings; what differs between places comes from the environment."""

import sqlite3
from pathlib import Path

from csp.constants import NONE, SELF

from antiphon.config.databases import postgresql, sqlite
from antiphon.config.environment import env, env_bool, env_list

DATA = Path(env("ANTIPHON_DATA", "antiphon-data")).resolve()
DEBUG = False
SECRET_KEY = env("ANTIPHON_SECRET_KEY", "") or (DATA / "keys" / "secret").read_text().strip()
ALLOWED_HOSTS = env_list("ANTIPHON_HOSTS", "127.0.0.1,localhost,[::1]")
ANTIPHON_ORIGIN = env("ANTIPHON_ORIGIN", "http://127.0.0.1:8600")
# One click signs in as each kind of user: only in a demonstration, only on this machine.
DEMONSTRATION = env_bool("ANTIPHON_DEMONSTRATION", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # the list of passkeys says when each was used
    "django.contrib.staticfiles",
    "antiphon.platform.ui",  # before allauth, whose pages it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_q",
    "template_partials",
    "antiphon.platform.database",
    "antiphon.platform.audit",
    "antiphon.platform.outbox",
    "antiphon.platform.workspaces",
    "antiphon.platform.files",
    "antiphon.platform.runs",
    "antiphon.platform.vocabulary",
    "antiphon.platform.tokens",
    "antiphon.platform.views",
    "antiphon.workspace.programmes",
    "antiphon.workspace.engagements",
    "antiphon.workspace.voices",
    "antiphon.workspace.insights",
    "antiphon.workspace.decisions",
    "antiphon.workspace.answers",
    "antiphon.workspace.measures",
    "antiphon.interfaces.api",
    "antiphon.interfaces.administration",
    "antiphon.interfaces.codebooks",
    "antiphon.interfaces.lists",
    "antiphon.interfaces.home",
    "antiphon.interfaces.search",
    "antiphon.interfaces.reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "antiphon.platform.ui.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # below: a file says too what a browser may do with it
    "antiphon.platform.ui.middleware.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "antiphon.platform.tokens.middleware.Tokens",
    "antiphon.platform.workspaces.middleware.MemberMiddleware",
    "antiphon.platform.ui.middleware.Refusals",
    "antiphon.platform.ui.middleware.ReadOnlyGet",
]

ROOT_URLCONF = "antiphon.config.urls"
WSGI_APPLICATION = "antiphon.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "antiphon.config.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "antiphon.platform.ui.templatetags.ui",
            ],
        },
    }
]

DATABASE_URL = env("ANTIPHON_DATABASE", "")
DATABASES = {
    "default": postgresql(DATABASE_URL)
    if DATABASE_URL
    else sqlite(DATA / "antiphon.sqlite3", sqlite3.sqlite_version_info)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "workspaces.User"
# One e-mail address is one person however it is written: a unique index on its lower case says so.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
# Where somebody goes who is signed in and acts in no workspace: of several they choose one, of none they are told so.
CHOOSE_URL = "administration:choose"
LOGIN_REDIRECT_URL = "home:today"
LOGOUT_REDIRECT_URL = "home:welcome"
ACCOUNT_ADAPTER = "antiphon.platform.workspaces.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# A letter to whoever is no member would tell strangers to look here; the page says the same in both cases.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Somebody's password, codes or passkeys were changed: they are told, in case it was not them.
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute: phones and people are slow; a code still works once

# How often somebody tried to sign in, and which codes were used, is counted by all web processes together.
CACHES = {
    "default": {"BACKEND": "antiphon.platform.workspaces.attempts.Attempts"},
    "queue": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What was counted, as long as the trail says that it still holds; each process for itself.
    "counted": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counted",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}

LANGUAGE_CODE = "en-gb"
# Each in its own words: who looks for a language can read its name.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("ANTIPHON_TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env("ANTIPHON_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
# Gone with the browser: nothing stays behind on the phone of somebody who only read an answer.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_AGE = 60 * 60 * 12
HTTPS = ANTIPHON_ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
CSRF_TRUSTED_ORIGINS = [ANTIPHON_ORIGIN]
CSRF_FAILURE_VIEW = "antiphon.platform.ui.pages.csrf_failed"

EMAIL_HOST = env("ANTIPHON_SMTP_HOST", "")
SMTP, NO_SERVER = "django.core.mail.backends.smtp.EmailBackend", "antiphon.platform.outbox.no_server.Backend"
EMAIL_BACKEND = env("ANTIPHON_EMAIL_BACKEND", SMTP if EMAIL_HOST else NO_SERVER)
EMAIL_PORT = int(env("ANTIPHON_SMTP_PORT", "25"))
EMAIL_HOST_USER = env("ANTIPHON_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env("ANTIPHON_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_bool("ANTIPHON_SMTP_STARTTLS", False)
EMAIL_USE_SSL = env_bool("ANTIPHON_SMTP_TLS", False)
# A mail server that does not answer holds a task, never a page; the letter is tried again.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("ANTIPHON_FROM", "Antiphon <antiphon@localhost>")

# A task runs at least once: it takes ids, does one short piece of work, and may run twice.
Q_CLUSTER = {
    "orm": "default",
    "name": "antiphon",
    "cache": "queue",  # its own view of itself, renewed twice a second
    "workers": int(env("ANTIPHON_TASK_WORKERS", "1")),
    "timeout": int(env("ANTIPHON_TASK_TIMEOUT", "60")),
    "retry": int(env("ANTIPHON_TASK_RETRY", "75")),
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "poll": 0.5,
    "bulk": 1,
    "save_limit": 200,
    "sync": env_bool("ANTIPHON_TASKS_INLINE", False),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("ANTIPHON_LOG_LEVEL", "WARNING")},
}

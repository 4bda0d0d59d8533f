"""Every setting of claimtrack, read from the environment and loud about a value that cannot be right.

`docs/settings.md` lists the variables for people. Nothing here falls back to an empty secret.
"""

import os
from pathlib import Path
from secrets import token_urlsafe

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(env.str("CLAIMTRACK_STATE_DIR", default=str(BASE_DIR / "var"))).resolve()

ROLES = ("all", "public", "desk")
ROLE = env.str("CLAIMTRACK_ROLE", default="all")
if ROLE not in ROLES:
    raise ImproperlyConfigured(f"CLAIMTRACK_ROLE is {ROLE!r}: it must be one of {', '.join(ROLES)}.")
SERVES_DESK = ROLE in ("all", "desk")
SERVES_PUBLIC = ROLE in ("all", "public")


def switch(name, default):
    """The value of an on/off variable; anything but the usual words for yes and no is an error."""
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value in ("on", "true", "yes", "1"):
        return True
    if value in ("off", "false", "no", "0"):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be on or off.")


DEBUG = switch("CLAIMTRACK_DEBUG", False)
ALLOWED_HOSTS = env.list("CLAIMTRACK_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = switch("CLAIMTRACK_HTTPS", False)
SITE_NAME = env.str("CLAIMTRACK_SITE_NAME", default="claimtrack")


def secret_key():
    """The key from the environment, or the one made on first run and kept in a file outside git.

    A production process (one that serves HTTPS) never invents its key: several processes would each have another.
    """
    if "CLAIMTRACK_SECRET_KEY" in env.ENVIRON:
        key = env.str("CLAIMTRACK_SECRET_KEY").strip()
        if len(key) < 32:
            raise ImproperlyConfigured("CLAIMTRACK_SECRET_KEY must have at least 32 characters.")
        return key
    if HTTPS:
        raise ImproperlyConfigured("CLAIMTRACK_SECRET_KEY must be set where CLAIMTRACK_HTTPS is on.")
    path = STATE_DIR / "secret_key"
    STATE_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=_owner_only) as file:
            file.write(token_urlsafe(64))
    except FileExistsError:
        pass
    key = path.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"The secret key in {path} is too short: delete the file and start again.")
    return key


def _owner_only(path, flags):
    return os.open(path, flags, mode=0o600)


SECRET_KEY = secret_key()

# Databases. "default" takes the desk's writes; "public" is what readers' pages use, and it cannot write:
# on SQLite a second connection that never takes the write lock, on PostgreSQL the replica, or read-only
# transactions on the primary. Public pages name it themselves (record/querysets.py).

SQLITE_WRITER = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
SQLITE_READER = {"timeout": 20, "init_command": "PRAGMA query_only=ON;"}
POSTGRESQL_READER = {"options": "-c default_transaction_read_only=on"}


def database(url, *, writes):
    """Django's settings for a database URL, `sqlite:///…` or `postgres://…`."""
    config = environ.Env.db_url_config(url)
    engine = config["ENGINE"].rsplit(".", 1)[-1]
    if engine == "sqlite3":
        STATE_DIR.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **(SQLITE_WRITER if writes else SQLITE_READER)}
        config["TEST"] = {"NAME": STATE_DIR / "test.sqlite3"}
    elif engine == "postgresql":
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **({} if writes else POSTGRESQL_READER)}
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL names {engine or 'no engine'}: claimtrack runs on SQLite and PostgreSQL."
        )
    return config


DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'claimtrack.sqlite3'}")
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", default=DATABASE_URL)
DATABASES = {
    "default": database(DATABASE_URL, writes=SERVES_DESK)
    if SERVES_DESK
    else database(DATABASE_REPLICA_URL, writes=False),
    "public": database(DATABASE_REPLICA_URL, writes=False),
}
DATABASES["public"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is installed follows from the role: a public process has no admin, session, login or cookie.

INSTALLED_APPS = ["django.contrib.staticfiles", "record"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
]
if SERVES_DESK:
    INSTALLED_APPS = [
        "whitenoise.runserver_nostatic",
        *INSTALLED_APPS,
        "articles",
        "claims",
        "axes",
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ]
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "axes.middleware.AxesMiddleware",
    ]

ROOT_URLCONF = "claimtrack.urls"
WSGI_APPLICATION = "claimtrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "record.templating.environment", "autoescape": True},
    },
]
if SERVES_DESK:
    # First, because the admin asks for templates by name alone; the record's pages ask for Jinja2 by its name.
    TEMPLATES.insert(
        0,
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [BASE_DIR / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        },
    )

# Who may come in.

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = env.int("CLAIMTRACK_PROXIES", default=0)
AXES_VERBOSE = False

# A second person publishes what the first one wrote, unless a one-person desk switches this off.
SECOND_PERSON = switch("CLAIMTRACK_SECOND_PERSON", True)

# What `manage.py record_verify` checks beyond the log itself; each is a function that yields sentences.
RECORD_CHECKS = ["claims.publishing.unsupported_quotations"] if SERVES_DESK else []

# What browsers are told.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if AXES_IPWARE_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LANGUAGE_CODE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

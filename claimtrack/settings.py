"""Every setting of claimtrack, read from the environment and loud about a value that cannot be right.

`docs/settings.md` lists the variables for people. Nothing here falls back to an empty secret.
"""

import os
import re
import tempfile
from ipaddress import ip_network
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from record.linked_data.publisher import PublisherFileError, read_publisher

from . import __version__, checks  # noqa: F401 - checks register what `check --deploy` says, before any app
from .logs import log_settings
from .private_files import close_to_others, make_private_database, make_private_folder
from .sqlite import driver

SQLITE_VERSION = driver.sqlite_version_info
VERSION = __version__

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(env.str("CLAIMTRACK_STATE_DIR", default="") or BASE_DIR / "var").resolve()

ROLES = ("all", "public", "desk")
ROLE = env.str("CLAIMTRACK_ROLE", default="all")
if ROLE not in ROLES:
    raise ImproperlyConfigured(f"CLAIMTRACK_ROLE is {ROLE!r}: it must be one of {', '.join(ROLES)}.")
SERVES_DESK = ROLE in ("all", "desk")
SERVES_PUBLIC = ROLE in ("all", "public")


def read_switch(name: str, default: bool) -> bool:
    """The value of an on/off variable; anything but the usual words for yes and no is an error."""
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value in ("on", "true", "yes", "1"):
        return True
    if value in ("off", "false", "no", "0"):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be on or off.")


def read_number(name: str, default: int, *, least: int = 0) -> int:
    """The value of a variable that counts something."""
    value = env.str(name, default=str(default)).strip()
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= 1000:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number from {least} to 1000.")
    return int(value)


DEBUG = read_switch("CLAIMTRACK_DEBUG", False)
HTTPS = read_switch("CLAIMTRACK_HTTPS", False)
if DEBUG and HTTPS:
    raise ImproperlyConfigured("CLAIMTRACK_DEBUG is for development: it cannot be on where CLAIMTRACK_HTTPS is.")
PROXIES = read_number("CLAIMTRACK_PROXIES", 0)
# Whose programs may read /metrics beside those of this machine.
try:
    METRICS_NETWORKS = [ip_network(part) for part in env.str("CLAIMTRACK_METRICS_NETWORKS", default="").split()]
except ValueError as error:
    raise ImproperlyConfigured(f"CLAIMTRACK_METRICS_NETWORKS: {error}; write networks such as 10.0.8.0/24.") from None
# The interface is translated into these (docs/languages.md); the address chooses, the default has no prefix.
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LANGUAGE_CODE = env.str("CLAIMTRACK_LANGUAGE", default="en")
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise ImproperlyConfigured(
        f"CLAIMTRACK_LANGUAGE is {LANGUAGE_CODE!r}: it must be one of {', '.join(dict(LANGUAGES))}."
    )
# Who publishes the site (record/linked_data/publisher.py); in pages, exports and linked data.
PUBLISHER_FILE = env.str("CLAIMTRACK_PUBLISHER", default="").strip()
try:
    PUBLISHER = read_publisher(Path(PUBLISHER_FILE) if PUBLISHER_FILE else None, LANGUAGE_CODE)
except PublisherFileError as error:
    raise ImproperlyConfigured(f"CLAIMTRACK_PUBLISHER names {PUBLISHER_FILE}: {error}.") from None
SITE_NAME = env.str("CLAIMTRACK_SITE_NAME", default="") or PUBLISHER.name or "claimtrack"
# What readers may do with the record; every export carries both (docs/exports.md).
TERMS = (
    " ".join(env.str("CLAIMTRACK_TERMS", default="").split())
    or " ".join(PUBLISHER.text("licence", LANGUAGE_CODE)[0].split())
    or "No terms are stated: ask the publisher."
)
TERMS_URL = env.str("CLAIMTRACK_TERMS_URL", default="").strip() or PUBLISHER.licence_address
if TERMS_URL and not re.fullmatch(r"https?://[^\s<>\"]+\.[^\s<>\"]+", TERMS_URL, re.ASCII):
    raise ImproperlyConfigured(
        f"CLAIMTRACK_TERMS_URL is {TERMS_URL!r}: it must be an address that begins with https://."
    )
# Backups (docs/operations.md): where they are put, to which age recipient they are encrypted, and how many are kept of
# the newest in a day, a week and a month. The ledger of erasures belongs on another disk than the database.
BACKUP_FOLDER = Path(env.str("CLAIMTRACK_BACKUPS", default="") or STATE_DIR / "backups").resolve()
LEDGER_FOLDER = env.str("CLAIMTRACK_LEDGER", default="")
BACKUP_KEY = env.str("CLAIMTRACK_BACKUP_KEY", default="").strip()
if BACKUP_KEY and not re.fullmatch("age1[02-9ac-hj-np-z]{58}", BACKUP_KEY):
    raise ImproperlyConfigured(
        "CLAIMTRACK_BACKUP_KEY is no age recipient: it must be what age-keygen prints as the public key, age1 and 58 "
        "letters and digits."
    )
BACKUPS_KEPT = (
    read_number("CLAIMTRACK_BACKUPS_DAILY", 7, least=1),
    read_number("CLAIMTRACK_BACKUPS_WEEKLY", 5),
    read_number("CLAIMTRACK_BACKUPS_MONTHLY", 12),
)
# Folders of private files that belong to the database: part of every backup, by the name they have there.
PRIVATE_FOLDERS = {"originals": STATE_DIR / "originals"}
# How much of the disk what was taken in may take; beyond it nothing more is.
ORIGINALS_GB = read_number("CLAIMTRACK_ORIGINALS_GB", 20, least=1)
# Whom to tell of a weakness: /.well-known/security.txt.
SECURITY_CONTACT = env.str("CLAIMTRACK_SECURITY_CONTACT", default="").strip()
if SECURITY_CONTACT and not re.fullmatch(
    r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[-0-9]+)", SECURITY_CONTACT, re.ASCII
):
    raise ImproperlyConfigured(
        f"CLAIMTRACK_SECURITY_CONTACT is {SECURITY_CONTACT!r}: it must begin with mailto:, https:// or tel:+."
    )
# How much of the disk whole exports may take that are kept as files; 0 keeps none.
EXPORTS_GB = read_number("CLAIMTRACK_EXPORTS_GB", 4)
# Characters of an article that pages show on either side of a quotation; 0 shows none.
CONTEXT_LENGTH = read_number("CLAIMTRACK_CONTEXT", 200)
ALLOWED_HOSTS = [host.strip() for host in env.str("CLAIMTRACK_HOSTS", default="127.0.0.1,localhost,[::1]").split(",")]
for host in ALLOWED_HOSTS:
    if not host or "/" in host or host == "*":
        raise ImproperlyConfigured(
            f"CLAIMTRACK_HOSTS contains {host!r}: list the site's host names, separated by commas, without https://."
        )


def read_site_address() -> str:
    """Where the site is found, without a slash at the end: linked data and citations name things by this address."""
    scheme, port = ("https", "") if HTTPS else ("http", ":" + (env.str("CLAIMTRACK_PORT", default="") or "8000"))
    port = "" if port == ":0" else port  # a free port is known only once it is open
    address = env.str("CLAIMTRACK_ADDRESS", default="") or f"{scheme}://{ALLOWED_HOSTS[0]}{port}"
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
        whole = whole and address.isascii() and address.isprintable() and " " not in address and parts.port != 0
    except ValueError:  # a bracket that is not closed, a port that is none
        whole = False
    if not whole or "@" in address:
        raise ImproperlyConfigured(
            f"CLAIMTRACK_ADDRESS is {address!r}: it must be an address such as https://claims.example.org"
        )
    return address.rstrip("/")


SITE_ADDRESS = read_site_address()


def read_secret_key() -> str:
    """The key from the environment, or the one made on first run and kept in a file outside git.

    A production process (one that serves HTTPS) never invents its key. A public process signs nothing and is not
    given the key of the desk.
    """
    if "CLAIMTRACK_SECRET_KEY" in env.ENVIRON:
        key = env.str("CLAIMTRACK_SECRET_KEY").strip()
        if len(key) < 50:
            raise ImproperlyConfigured(
                f"CLAIMTRACK_SECRET_KEY has {len(key)} characters: it must have at least 50. One is made by "
                "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
            )
        return key
    if not SERVES_DESK:
        return token_urlsafe(64)
    if HTTPS:
        raise ImproperlyConfigured("CLAIMTRACK_SECRET_KEY must be set where CLAIMTRACK_HTTPS is on.")
    path = STATE_DIR / "secret_key"
    if not path.exists():
        make_private_folder(STATE_DIR)
        make_secret_key(path)
    close_to_others(path)
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"The secret key in {path} is too short: delete the file and start again.")
    return key


def make_secret_key(path: Path) -> None:
    """Puts a new key at `path`, readable by its owner only, unless another process is there first.

    The name appears with the whole key behind it: a process that starts at the same moment never reads half a key.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix="secret_key.")  # made with mode 0600
    try:
        with open(handle, "w") as file:
            file.write(token_urlsafe(64))
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


SECRET_KEY = read_secret_key()
# Earlier keys, which still open sessions that they have signed (docs/operations.md, "Rotate secrets").
SECRET_KEY_FALLBACKS = env.str("CLAIMTRACK_SECRET_KEY_FALLBACKS", default="").split()
if any(len(key) < 50 for key in SECRET_KEY_FALLBACKS):
    raise ImproperlyConfigured("CLAIMTRACK_SECRET_KEY_FALLBACKS holds a key of fewer than 50 characters.")

# Databases. "default" takes the desk's writes; "public" is what readers' pages use, and it cannot write:
# on SQLite a second connection that never takes the write lock, on PostgreSQL the replica, or read-only
# transactions on the primary. Public pages name it themselves (record/queries/querysets.py).

# Overwritten when deleted, as Debian builds its SQLite: what an erasure takes out is not left in the file.
SQLITE_WRITER = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;",
}
SQLITE_READER = {"timeout": 20, "init_command": "PRAGMA query_only=ON;"}
# Without its compiler of queries, which takes a second over a recursive query that takes a tenth of one; and with the
# cost of reading by an index as it is in memory or on an SSD: with the default, four times that of reading in order,
# for disks that turn, PostgreSQL reads whole tables for sixty rows. A few short queries ask to be planned once
# (record/queries/prepared.py), for which the driver must be given a number.
POSTGRESQL_PLANNING = "-c jit=off -c random_page_cost=1.1"
POSTGRESQL_WRITER = {"options": POSTGRESQL_PLANNING, "prepare_threshold": 5}
POSTGRESQL_READER = {
    "options": f"{POSTGRESQL_PLANNING} -c default_transaction_read_only=on",
    "prepare_threshold": 5,
}
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


def database_settings(variable: str, url: str, *, writes: bool) -> dict[str, Any]:
    """Django's settings for the database that `url` names: `sqlite:////path` or `postgres://user:password@host/name`.

    No error repeats the URL, which may hold a password.
    """
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in DATABASE_SCHEMES:
            raise ImproperlyConfigured(
                f"{variable} begins with {parts.scheme or 'no scheme'!r}: claimtrack runs on SQLite "
                "(sqlite:////path/to/file) and PostgreSQL (postgres://user:password@host/name)."
            )
        if parts.scheme == "sqlite" and (parts.netloc or parts.path in ("", "/")):
            # Not in memory either: there each connection would have a database to itself.
            raise ImproperlyConfigured(f"{variable} must name a file after three slashes: sqlite:////path/to/file")
        config: dict[str, Any] = environ.Env.db_url_config(url.strip())
    except ValueError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read: {error}.") from None
    if parts.scheme == "sqlite":
        config["ENGINE"] = "claimtrack.sqlite"
        make_private_folder(STATE_DIR)
        if writes:
            make_private_database(Path(config["NAME"]))
        config["OPTIONS"] = config.get("OPTIONS", {}) | (SQLITE_WRITER if writes else SQLITE_READER)
        config["TEST"] = {"NAME": STATE_DIR / "test.sqlite3"}
    else:
        if not config["NAME"]:
            raise ImproperlyConfigured(f"{variable} names no database: postgres://user:password@host/name")
        config["OPTIONS"] = config.get("OPTIONS", {}) | (POSTGRESQL_WRITER if writes else POSTGRESQL_READER)
        config["CONN_HEALTH_CHECKS"] = True
    # The development server has a new thread, and so a new connection, for every request.
    config["CONN_MAX_AGE"] = 0 if DEBUG else 60
    return config


DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'claimtrack.sqlite3'}")
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", default=DATABASE_URL)
READER = database_settings(
    "DATABASE_REPLICA_URL" if "DATABASE_REPLICA_URL" in env.ENVIRON else "DATABASE_URL",
    DATABASE_REPLICA_URL,
    writes=False,
)
DATABASES = {
    "default": database_settings("DATABASE_URL", DATABASE_URL, writes=True) if SERVES_DESK else READER,
    "public": dict(READER),
}
DATABASES["public"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is installed follows from the role: a public process has no admin, session, login or cookie.

INSTALLED_APPS = ["claimtrack.apps.ClaimtrackConfig", "django.contrib.staticfiles", "record"]
MIDDLEWARE = [
    "claimtrack.observation.observation_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claimtrack.middleware.language_middleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "claimtrack.outages.OutageMiddleware",
    "claimtrack.ledger_guard.LedgerMiddleware",
]
if not SERVES_DESK:
    MIDDLEWARE.insert(1, "claimtrack.middleware.read_only_middleware")
    # Cross-site request forgery needs a request that changes something and a cookie: here is neither.
    SILENCED_SYSTEM_CHECKS = ["security.W003"]
if SERVES_PUBLIC:
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "claimtrack.middleware.slash_middleware")
    MIDDLEWARE.append("claimtrack.download_limits.download_limit_middleware")
    MIDDLEWARE[1:1] = [
        "claimtrack.middleware.cross_origin_middleware",
        "claimtrack.middleware.length_middleware",
        "claimtrack.middleware.tracking_middleware",
    ]
if SERVES_DESK:
    INSTALLED_APPS = [
        "whitenoise.runserver_nostatic",
        *INSTALLED_APPS,
        "articles",
        "claims",
        "axes",
        "claimtrack.desk.DeskConfig",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ]
    MIDDLEWARE[1:1] = [
        "claimtrack.middleware.whole_body_middleware",
        "claimtrack.sign_in_limits.SignInLimitMiddleware",  # what it refuses costs nothing else
    ]
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "axes.middleware.AxesMiddleware",
    ]

# In the session, not in a cookie: a message names what was done, and the browser's owner need not be told every name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROOT_URLCONF = "claimtrack.urls"
WSGI_APPLICATION = "claimtrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "record.pages.templating.environment", "autoescape": True},
    },
]
if SERVES_DESK:
    # First, because the admin asks for templates by name alone; the record's pages ask for Jinja2 by its name.
    TEMPLATES.insert(
        0,
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [BASE_DIR / "templates"],
            "OPTIONS": {
                # Withheld names are kept back where a variable becomes text.
                "loaders": [
                    (
                        "claims.privacy.template_redaction.Loader",
                        ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                    )
                ],
                "builtins": ["claims.privacy.template_redaction"],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        },
    )
    FORM_RENDERER = "claims.privacy.template_redaction.Renderer"

# Who may come in.

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "claimtrack.sign_in_limits.OneAtATimeHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # seconds for which an invitation is good
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "claimtrack.middleware.client_address"
AXES_VERBOSE = False
# Addresses are kept as long as they are needed: failed logins until they are an hour old, others not at all.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
# Attempts to sign in that may come at once, and the seconds in which each is forgotten (claimtrack/leaky_buckets.py):
# from one address, as of a newsroom at nine o'clock, and from all, so that hashing takes no more than a tenth of two
# cores.
SIGN_INS_OF_ONE_ADDRESS = (10, 5)
SIGN_INS_OF_ALL = (20, 1)
# Exports of one address in each process: a program that checks the keys of the data package reads most tables twice,
# and nginx lets 120 through for all processes together.
DOWNLOADS_OF_ONE_ADDRESS = (60, 1)
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds

# A second person publishes what the first one wrote, unless a one-person desk switches this off.
SECOND_PERSON = read_switch("CLAIMTRACK_SECOND_PERSON", True)

# What `manage.py record_verify` checks beyond the log itself; each is a function that yields sentences.
RECORD_CHECKS = (
    ["claims.publishing.unsupported_quotations", "claims.publishing.unsound_originals"] if SERVES_DESK else []
)

# Mail: a server, or "none" where nobody is to be written to. Without either, `check --deploy` warns.
EMAIL_URL = env.str("CLAIMTRACK_EMAIL_URL", default="")
SENDS_MAIL = EMAIL_URL not in ("", "none")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20  # seconds: an administrator who invites somebody waits for the mail server
if SENDS_MAIL:
    try:
        globals().update(environ.Env.email_url_config(EMAIL_URL))
    except (ValueError, KeyError, environ.ImproperlyConfigured):
        raise ImproperlyConfigured(
            "CLAIMTRACK_EMAIL_URL cannot be read: smtp+tls://user:password@host:587, or none."
        ) from None
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("CLAIMTRACK_EMAIL_FROM", default=f"claimtrack@{ALLOWED_HOSTS[0]}")

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
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
# Half the work of collecting: nobody asks for a file by a name without its content's hash.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

if SERVES_DESK:  # a public process has no way to what came in
    STORAGES["originals"] = {
        "BACKEND": "claimtrack.private_storage.PrivateStorage",
        "OPTIONS": {
            "location": PRIVATE_FOLDERS["originals"],
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }

# Pages as they were rendered (record/pages/kept_pages.py): 2,000 of them take about 60 MB.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": STATE_DIR / "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# What Django 6 does without being told; 5.2 warns of the change and of this line that makes it.
FORMS_URLFIELD_ASSUME_HTTPS = True
# An article is pasted whole, and a statement's form has a row for every hop of every printing.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Whether `prepare` (and `make run`) loads the demonstration; without it the desk begins empty.
DEMONSTRATION = env.bool("CLAIMTRACK_DEMONSTRATION", default=True)

LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["claimtrack.formats"]
USE_TZ = True

# "text" for people at a terminal, "json" for what collects logs.
LOG_FORM = env.str("CLAIMTRACK_LOG", default="text")
if LOG_FORM not in ("text", "json"):
    raise ImproperlyConfigured(f"CLAIMTRACK_LOG is {LOG_FORM!r}: it must be text or json.")
LOGGING = log_settings(LOG_FORM)

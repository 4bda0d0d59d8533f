"""Settings: what is wrong in the environment is told at once, by the name of the variable; production is safe."""

import importlib.util
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from django.utils.module_loading import import_string

from claimtrack.checks import check_sqlite_version
from claimtrack.middleware import client_address
from claimtrack.sqlite import is_safe_version

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
PRODUCTION = {"CLAIMTRACK_HTTPS": "on", "CLAIMTRACK_HOSTS": "claims.example.org", "CLAIMTRACK_SECRET_KEY": KEY}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """A function that reads the settings from an environment that holds `variables` and nothing else of ours."""

    def load(**variables):
        for name in list(os.environ):
            if name.startswith(("CLAIMTRACK_", "DATABASE_")):
                monkeypatch.delenv(name)
        for name, value in {"CLAIMTRACK_STATE_DIR": str(tmp_path / "var"), **variables}.items():
            monkeypatch.setenv(name, value)
        spec = importlib.util.spec_from_file_location("claimtrack.tried", ROOT / "claimtrack" / "settings.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return vars(module)

    return load


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"CLAIMTRACK_ROLE": "reader"}, "CLAIMTRACK_ROLE is 'reader': it must be one of all, public, desk"),
        ({"CLAIMTRACK_ROLE": ""}, "CLAIMTRACK_ROLE is ''"),
        ({"CLAIMTRACK_DEBUG": "maybe"}, "CLAIMTRACK_DEBUG is 'maybe': it must be on or off"),
        ({"CLAIMTRACK_HTTPS": ""}, "CLAIMTRACK_HTTPS is ''"),
        ({"CLAIMTRACK_SECOND_PERSON": "2"}, "CLAIMTRACK_SECOND_PERSON is '2'"),
        ({**PRODUCTION, "CLAIMTRACK_DEBUG": "on"}, "CLAIMTRACK_DEBUG is for development"),
        ({"CLAIMTRACK_TERMS_URL": "javascript:x"}, "CLAIMTRACK_TERMS_URL is 'javascript:x'"),
        ({"CLAIMTRACK_TERMS_URL": "https://a.example/<x>"}, "CLAIMTRACK_TERMS_URL is"),
        ({"CLAIMTRACK_PUBLISHER": "/none.toml"}, "CLAIMTRACK_PUBLISHER names /none.toml: it cannot be read"),
        ({"CLAIMTRACK_EXPORTS_GB": "-1"}, "CLAIMTRACK_EXPORTS_GB is '-1': it must be a whole number"),
        ({"CLAIMTRACK_PROXIES": "one"}, "CLAIMTRACK_PROXIES is 'one': it must be a whole number"),
        ({"CLAIMTRACK_PROXIES": "-1"}, "CLAIMTRACK_PROXIES is '-1'"),
        ({"CLAIMTRACK_PROXIES": "9" * 30}, "CLAIMTRACK_PROXIES is '999"),
        ({"CLAIMTRACK_HOSTS": "https://claims.example.org"}, "CLAIMTRACK_HOSTS contains 'https://claims.example.org'"),
        ({"CLAIMTRACK_HOSTS": "a.example,,b.example"}, "CLAIMTRACK_HOSTS contains ''"),
        ({"CLAIMTRACK_ADDRESS": "claims.example.org"}, "CLAIMTRACK_ADDRESS is 'claims.example.org'"),
        ({"CLAIMTRACK_ADDRESS": "https://claims.example.org/?a=1"}, "CLAIMTRACK_ADDRESS is 'https://claims"),
        ({"CLAIMTRACK_ADDRESS": "http://[::1"}, "CLAIMTRACK_ADDRESS is 'http://[::1'"),
        ({"CLAIMTRACK_ADDRESS": "http://a.example:port"}, "CLAIMTRACK_ADDRESS is 'http://a.example:port'"),
        ({"CLAIMTRACK_ADDRESS": "https://user:x@a.example"}, "CLAIMTRACK_ADDRESS is"),
        ({"CLAIMTRACK_LOG": "xml"}, "CLAIMTRACK_LOG is 'xml': it must be text or json"),
        ({"CLAIMTRACK_METRICS_NETWORKS": "10.0.8.1/24"}, "CLAIMTRACK_METRICS_NETWORKS: 10.0.8.1/24 has host bits set"),
        ({"CLAIMTRACK_SECURITY_CONTACT": "me@a.example"}, "CLAIMTRACK_SECURITY_CONTACT is 'me@a.example'"),
        ({"CLAIMTRACK_SECURITY_CONTACT": "mailto:a@b.c\nX: y"}, "CLAIMTRACK_SECURITY_CONTACT is"),
        ({"CLAIMTRACK_EMAIL_URL": "smpt://me:hush@host"}, "CLAIMTRACK_EMAIL_URL cannot be read"),
        ({"CLAIMTRACK_SECRET_KEY_FALLBACKS": f"{KEY} short"}, "CLAIMTRACK_SECRET_KEY_FALLBACKS holds a key of fewer"),
        ({"CLAIMTRACK_HOSTS": "*"}, "CLAIMTRACK_HOSTS contains '*'"),
        ({**PRODUCTION, "CLAIMTRACK_SECRET_KEY": ""}, "CLAIMTRACK_SECRET_KEY has 0 characters"),
        ({**PRODUCTION, "CLAIMTRACK_SECRET_KEY": " " * 60}, "CLAIMTRACK_SECRET_KEY has 0 characters"),
        ({"CLAIMTRACK_SECRET_KEY": "short"}, "CLAIMTRACK_SECRET_KEY has 5 characters"),
        ({"CLAIMTRACK_HTTPS": "on"}, "CLAIMTRACK_SECRET_KEY must be set where CLAIMTRACK_HTTPS is on"),
        ({"DATABASE_URL": "mysql://me:hush@host/claims"}, "DATABASE_URL begins with 'mysql'"),
        ({"DATABASE_URL": "claims.sqlite3"}, "DATABASE_URL begins with 'no scheme'"),
        ({"DATABASE_URL": ""}, "DATABASE_URL begins with 'no scheme'"),
        ({"DATABASE_URL": "sqlite://claims.sqlite3"}, "DATABASE_URL must name a file after three slashes"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "DATABASE_URL "),
        ({"DATABASE_URL": "sqlite:///"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": "postgres://me:hush@host:port/claims"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://me:hush@[host/claims"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://me:hush@host"}, "DATABASE_URL names no database"),
        ({"DATABASE_REPLICA_URL": "oracle://me:hush@host/claims"}, "DATABASE_REPLICA_URL begins with 'oracle'"),
        ({"CLAIMTRACK_ROLE": "public", "DATABASE_REPLICA_URL": "nonsense"}, "DATABASE_REPLICA_URL begins with"),
    ],
)
def test_a_value_that_cannot_be_right_is_told_by_its_name(load, variables, complaint):
    with pytest.raises(ImproperlyConfigured) as refusal:
        load(**variables)
    assert complaint in str(refusal.value)
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize(("word", "meaning"), [("on", True), ("YES", True), ("1", True), ("off", False), ("No", False)])
def test_switches_take_the_usual_words(load, word, meaning):
    assert load(CLAIMTRACK_SECOND_PERSON=word)["SECOND_PERSON"] is meaning


def test_first_run_makes_a_key_that_only_its_owner_reads_and_keeps_it(load, tmp_path):
    first = load()["SECRET_KEY"]
    path = tmp_path / "var" / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(first) >= 50
    assert load()["SECRET_KEY"] == first
    assert [entry.name for entry in path.parent.glob("secret_key*")] == ["secret_key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    environment = {"PATH": os.environ["PATH"], "CLAIMTRACK_STATE_DIR": str(tmp_path)}
    program = "from claimtrack.settings import SECRET_KEY; print(SECRET_KEY)"
    started = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_a_broken_key_file_is_told(load, tmp_path):
    load()
    (tmp_path / "var" / "secret_key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        load()


def test_a_public_process_is_given_no_key_and_leaves_no_file(load, tmp_path):
    settings = load(CLAIMTRACK_ROLE="public", CLAIMTRACK_HTTPS="on", DATABASE_URL="postgres:///claims")
    assert settings["SECRET_KEY"] != load(CLAIMTRACK_ROLE="public", DATABASE_URL="postgres:///claims")["SECRET_KEY"]
    assert not (tmp_path / "var").exists()


def test_readers_use_the_replica_and_the_desk_the_primary(load):
    urls = {"DATABASE_URL": "postgres://primary/claims", "DATABASE_REPLICA_URL": "postgres://replica/claims"}
    hosts = {
        role: {alias: database["HOST"] for alias, database in load(CLAIMTRACK_ROLE=role, **urls)["DATABASES"].items()}
        for role in ("all", "desk", "public")
    }
    assert hosts == {
        "all": {"default": "primary", "public": "replica"},
        "desk": {"default": "primary", "public": "replica"},
        "public": {"default": "replica", "public": "replica"},
    }


def test_a_database_url_may_carry_options(load):
    settings = load(DATABASE_URL="postgres://me:p%40ss@host:6432/claims?sslmode=verify-full")["DATABASES"]["default"]
    assert (settings["PASSWORD"], settings["PORT"], settings["OPTIONS"]["sslmode"]) == ("p@ss", 6432, "verify-full")


def test_production_speaks_https_only(load):
    settings = load(**PRODUCTION, CLAIMTRACK_PROXIES="1")
    assert settings["SESSION_COOKIE_SECURE"] and settings["CSRF_COOKIE_SECURE"] and settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    # Without a proxy of ours, anybody could say that a request had come by HTTPS.
    assert "SECURE_PROXY_SSL_HEADER" not in load(**PRODUCTION)


def test_every_variable_is_documented_and_no_other():
    names = r"\b(?:CLAIMTRACK|DATABASE)_[A-Z_]*[A-Z]\b|\bWEB_CONCURRENCY\b"
    read = set(re.findall(r'"(CLAIMTRACK_[A-Z_]+|DATABASE_[A-Z_]+)"', (ROOT / "claimtrack/settings.py").read_text()))
    read |= {"CLAIMTRACK_PORT", "WEB_CONCURRENCY", "CLAIMTRACK_TEST_POSTGRES", "CLAIMTRACK_CHROMIUM"}
    assert set(re.findall(names, (ROOT / "docs/settings.md").read_text())) == read


# Who comes in.


def test_sessions_outlive_a_new_key_as_long_as_the_old_one_is_named(db, settings, editor_client):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = KEY, [old]
    assert editor_client.get("/admin/").status_code == 200
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = KEY[::-1] + "x", []
    assert editor_client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "unknown\x00'", None),
    ],
)
def test_the_address_of_a_client_is_one_that_it_cannot_invent(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


@pytest.fixture
def guarded(settings):
    """Failed logins are counted, as on the running site."""
    settings.AXES_ENABLED = True


def log_in(client, username, password, path="/admin/login/"):
    return client.post(path, {"username": username, "password": password})


def test_ten_wrong_passwords_lock_the_account_for_that_address_only(guarded, client, editor):
    editor.set_password("correct horse battery")
    editor.save()
    for _ in range(9):
        assert log_in(client, "erin", "wrong").status_code == 200
    assert log_in(client, "erin", "wrong").status_code == 429
    assert log_in(client, "erin", "correct horse battery").status_code == 429
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert log_in(client, "erin", "correct horse battery").status_code == 302


@pytest.mark.parametrize("username", ["erin\x00", "e" * 400, "\ud800", "' OR 1=1", "\U0001f600"])
@pytest.mark.parametrize("path", ["/admin/login/", "/admin/login/?next=%00", "/admin/login/?next=" + "a" * 3000])
def test_no_login_ends_in_an_error_of_the_server(guarded, client, db, username, path):
    data = f"username={_percent(username)}&password=%00wrong"
    response = client.generic("POST", path, data, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 400)


def _percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def test_passwords_are_hashed_with_argon2(load):
    assert issubclass(import_string(load()["PASSWORD_HASHERS"][0]), Argon2PasswordHasher)


def test_policy_for_browsers_allows_only_ourselves(client, db):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_desk_can_be_used_under_the_policy(page, sign_in, editor):
    """A blocked script or style is an error on the console, and those fail the test."""
    editor.is_superuser = True
    editor.save()
    sign_in(page, editor)
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", "newcomer")
    page.fill("#id_password1", "a password of good length")
    page.fill("#id_password2", "a password of good length")
    page.click("input[name=_save]")
    page.wait_for_url("**/change/")
    assert User.objects.filter(username="newcomer").exists()


# SQLite.


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
    ],
)
def test_an_sqlite_that_can_lose_writes_is_known(version, good):
    assert is_safe_version(version) is good


def test_deploying_on_such_an_sqlite_is_warned_of(settings):
    settings.SQLITE_VERSION = (3, 40, 1)
    on_sqlite = connection.vendor == "sqlite"
    assert [warning.id for warning in check_sqlite_version(None)] == ["claimtrack.W001"] * on_sqlite


def test_a_connection_tells_its_limits_as_django_asks_for_them(db):
    if connection.vendor != "sqlite":
        pytest.skip("about the driver of SQLite")
    with connection.cursor() as cursor:
        for category, query in (
            (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, "SELECT 1 WHERE 1 IN ({})"),
            (sqlite3.SQLITE_LIMIT_COLUMN, "SELECT {}"),
        ):
            limit = connection.connection.getlimit(category)
            assert cursor.connection.execute(query.format(",".join("?" * limit)), [1] * limit).fetchone()
            with pytest.raises(connection.Database.OperationalError, match="too many"):
                cursor.connection.execute(query.format(",".join("?" * (limit + 1))), [1] * (limit + 1))


def test_what_is_deleted_is_overwritten(db, load):
    """An erasure means nothing while the words are still in the file."""
    if connection.vendor != "sqlite":
        pytest.skip("about the file of an SQLite database")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    # The tests' own connection waits for no disk.
    assert "PRAGMA synchronous=FULL;" in load()["DATABASES"]["default"]["OPTIONS"]["init_command"]


def test_the_address_of_the_site_follows_from_its_first_host(load):
    assert load()["SITE_ADDRESS"] == "http://127.0.0.1:8000"
    assert load(CLAIMTRACK_PORT="8001")["SITE_ADDRESS"] == "http://127.0.0.1:8001"
    assert load(**PRODUCTION)["SITE_ADDRESS"] == "https://claims.example.org"
    below = load(**PRODUCTION, CLAIMTRACK_ADDRESS="https://example.org/record/")
    assert below["SITE_ADDRESS"] == "https://example.org/record"

"""What every test may ask for: the cast, clients that are signed in, and a real Chromium.

Tests run against the database that `DATABASE_URL` names, with warnings as errors and no way to the network.
"""

import gc
import os
import socket
import threading
from io import StringIO

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.template.base import Template
from django.test import Client, override_settings

from claims.backup import databases
from tests.cast import member_of
from tests.chromium import find_chromium
from tests.kept_rows import put_all_back, read_all

# A busy machine is no fault of the code, and what continuous integration tries is the same twice.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("suite")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Lets every test that uses the database use both aliases, and gives back after each what migrations had put in.

    Without the second, the first test that commits would leave no groups of editors and reviewers to those after it.
    Tests that use no database are marked as such, and those in a browser as the same on every database: `make test`
    runs both once. Those of the demonstration, which takes half a minute to load, it runs together.
    """
    for item in items:
        asked = item.get_closest_marker("django_db")
        fixtures = set(item.fixturenames)
        if asked is None and not fixtures & DATABASE_FIXTURES:
            item.add_marker("without_database")
            continue
        if "chromium" in fixtures:
            item.add_marker("any_database")
        if "loaded_demonstration" in fixtures:
            item.add_marker("demonstration")
        options = dict(asked.kwargs) if asked else {}
        commits = bool(options.get("transaction") or fixtures & {"transactional_db", "live_server"})
        options |= {"databases": "__all__", "transaction": commits, "serialized_rollback": commits}
        item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Nobody misses what these tests write to SQLite: no disk is waited for (as bin/postgres.py has PostgreSQL do)."""
    options = connections["default"].settings_dict["OPTIONS"]
    if connections["default"].vendor == "sqlite":
        options["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Makes "public" the very connection of "default" in the thread of the tests.

    What a test writes stands in a transaction that no second connection sees. Threads and the processes of
    tests/claims/test_roles.py have the real read-only connection.
    """
    own = connections["public"]
    connections["public"] = default = connections["default"]
    # Tests with a browser have other connection objects, because of Playwright's event loop. What migrations had put in
    # is given back after each test only by a connection that knows it, so all of this database do.
    with pytest.MonkeyPatch.context() as patch:
        kept = getattr(default, "_test_serialized_contents", None)
        if kept is not None:
            patch.setattr(type(default), "_test_serialized_contents", kept, raising=False)
        with django_db_blocker.unblock():
            rows = read_all()
        patch.setattr(type(default.creation), "deserialize_db_from_string", lambda creation, kept: put_all_back(rows))
        yield
    connections["public"] = own


@pytest.fixture(scope="session", autouse=True)
def templates_without_widgets(django_test_environment):
    """What a test asks of the templates of an answer is never of the hundreds of widgets in a form of the admin."""
    remembered = Template._render

    def render(template, context):
        is_widget = (template.name or "").startswith(("django/forms/widgets/", "admin/widgets/"))
        return template.nodelist.render(context) if is_widget else remembered(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def modules_out_of_collection():
    """Python does not look for garbage among what was imported, thousands of times in a run."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests(tmp_path_factory):
    """Passwords are hashed quickly, static files come from where they lie, no login is locked or one too many, and no
    page is kept."""
    originals = tmp_path_factory.mktemp("originals")
    with override_settings(
        PRIVATE_FOLDERS={"originals": originals},
        CACHES=settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            "originals": settings.STORAGES["originals"] | {"OPTIONS": {"location": originals}},
        },
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
        AXES_ENABLED=False,
        SIGN_INS_OF_ONE_ADDRESS=(10**6, 1),
        SIGN_INS_OF_ALL=(10**6, 1),
        DOWNLOADS_OF_ONE_ADDRESS=(10**6, 1),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuses every connection of this process that leaves the machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def stays_here(sock, address):
        return sock.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1", "localhost")

    def guarded(original):
        def guarded_connect(sock, address):
            if not stays_here(sock, address):
                raise RuntimeError(f"A test wanted to connect to {address}: tests stay on this machine.")
            return original(sock, address)

        return guarded_connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        yield


@pytest.fixture(scope="session", autouse=True)
def places_without_end():
    """A test that does not read a download to its end keeps its place until Python finds out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("record.exports.downloads._free_slots", threading.BoundedSemaphore(100_000))
        yield


@pytest.fixture(autouse=True)
def own_ledger():
    """No test finds what another has noted of a database that is flushed: the site would be closed."""
    yield
    from record.log.ledger import ledger_file

    ledger_file().unlink(missing_ok=True)
    ledger_file().with_name("heads.jsonl").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def loaded_demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The settings of a database in which the demonstration is loaded and published: that takes half a minute, once."""
    with django_db_blocker.unblock():
        name = make_copy(tmp_path_factory.mktemp("demonstration"))
        with databases.use_database(name):
            call_command("load_demonstration", stdout=StringIO())
        yield connections["default"].settings_dict | {"NAME": name}
        if connections["default"].vendor == "postgresql":
            with databases.server_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def make_copy(folder) -> str:
    """The name of a copy of the database of the tests, in which nothing stands yet."""
    own = connections["default"]
    if own.vendor == "sqlite":
        databases.dump_database(folder / "demonstration.sqlite3")
        return str(folder / "demonstration.sqlite3")
    name = f"{own.settings_dict['NAME']}_demonstration"
    own.close()
    with databases.server_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own.settings_dict["NAME"]}"')
    return name


@pytest.fixture
def demonstration(loaded_demonstration, db):
    """The demonstration: this test reads its database, and what it writes there is taken back."""
    before = {alias: connections[alias] for alias in connections}
    own = type(before["default"])(loaded_demonstration, "default")
    for alias in before:
        connections[alias] = own
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        own.close()
        for alias, connection in before.items():
            connections[alias] = connection


@pytest.fixture
def editor(db):
    """Erin, who writes."""
    return member_of("editor", "erin")


@pytest.fixture
def reviewer(db):
    """Ravi, who publishes what others wrote."""
    return member_of("reviewer", "ravi")


@pytest.fixture
def editor_client(editor):
    """A test client with the editor signed in."""
    return signed_in(editor)


@pytest.fixture
def reviewer_client(reviewer):
    """A test client with the reviewer signed in."""
    return signed_in(reviewer)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


# A real browser: `page` for a reader, `sign_in(page, user)` for the desk.

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    """The one browser of the run: Chromium as installed on the machine."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        sentence = "No Chromium on this machine: pages were not tried in a browser."
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django refuses the database in a thread that has one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS + root)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A fresh page on the running site; the test fails on a script's error and on what Content-Security-Policy blocks.

    Addresses may be given without the host. Nothing is fetched from elsewhere: it is refused, and fails the test.
    `page.faults` is the list of what went wrong so far; a test that wants a fault empties it.
    """
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    context.set_default_timeout(30_000)  # milliseconds; only what fails takes as long
    page = context.new_page()
    page.faults = []

    def allow_own(route):
        url = route.request.url
        if url.startswith((live_server.url + "/", "data:", "blob:")):
            route.continue_()
        else:
            page.faults.append(f"wanted {url}")
            route.abort()

    context.route("**/*", allow_own)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "console",
        # A page that answers 404 on purpose is logged as a failed resource too: that is the test's own matter.
        lambda message: (
            message.type == "error"
            and "Failed to load resource" not in message.text
            and page.faults.append(message.text)
        ),
    )
    yield page
    faults = page.faults
    context.close()
    assert faults == []


@pytest.fixture
def sign_in(live_server):
    """A function that signs `user` in on `page`, without going through the login form."""

    def sign_in(page, user):
        cookie = signed_in(user).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return sign_in

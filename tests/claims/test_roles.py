"""The roles, each tried as a process of its own on the database under test: what is installed, answered and refused."""

import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from record.documents import Question
from record.log import append
from tests.cast import url_under_test

ROOT = Path(__file__).resolve().parents[2]
METHODS_THAT_CHANGE = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
HELD = Question(id="q00000000001", slug="how-many", title="How many are held?", description="", position=1)


def environment(role, url) -> dict:
    ours = ("CLAIMTRACK_", "DATABASE_", "DJANGO_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "CLAIMTRACK_ROLE": role,
        "CLAIMTRACK_STATE_DIR": str(settings.STATE_DIR),
        "CLAIMTRACK_PORT": "0",
        "WEB_CONCURRENCY": "1",
        "DATABASE_URL": url,
    }


def manage(*arguments, role, url, program=None) -> str:
    """What `manage.py` prints in a process of that role."""
    process = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(role, url),
        input=program,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


class Server:
    """gunicorn in a role, on a free port of this machine."""

    def __init__(self, role, url):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=ROOT,
            env=environment(role, url),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        watchdog = threading.Timer(60, self.process.kill)
        watchdog.start()
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        watchdog.cancel()
        ports = re.findall(r"^(?:Readers|Desk): +http://127\.0\.0\.1:(\d+)/", "".join(said), re.MULTILINE)
        assert ports, "".join(said)
        self.port = int(ports[0])

    def ask(self, method, path, **headers):
        """The response, with its whole body read into `body`."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asking.request(method, path, headers=headers)
            response = asking.getresponse()
            response.body = response.read().decode(errors="replace")  # workbooks and archives are no text
        finally:
            asking.close()
        return response

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=30)


@pytest.fixture
def serve(transactional_db, collected):
    """A function that starts a server in a role, and stops it after the test. The record holds one question."""
    append([HELD], reason="First published.")
    servers = []

    def serve(role, url=None):
        servers.append(Server(role, url or url_under_test()))
        return servers[-1]

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def collected():
    """Static files collected and named by their content, as in production, but not compressed: that takes a while."""
    by_content = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": by_content}):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def connect(serve):
    """A function that connects to a server in a role, byte for byte as a proxy might."""
    opened = []

    def connect(role):
        opened.append(socket.create_connection(("127.0.0.1", serve(role).port), timeout=30))
        return opened[-1]

    yield connect
    for connection_ in opened:
        connection_.close()


def read_answer(client) -> int:
    response = http.client.HTTPResponse(client)
    response.begin()
    response.read()
    return response.status


def head_of(method, path, length=0) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n".encode()


def test_the_desk_answers_a_short_form_once_it_has_all_of_it(connect):
    client = connect("desk")
    client.sendall(head_of("GET", "/nowhere"))  # the first answer takes longer
    assert read_answer(client) == 404
    client.sendall(head_of("POST", "/nowhere", length=5))
    client.settimeout(1)
    with pytest.raises(TimeoutError):
        client.recv(1)
    client.settimeout(30)
    client.sendall(b"a=1&b")
    assert read_answer(client) == 404


def test_a_connection_that_an_answer_left_open_takes_the_rest_of_the_body_and_the_next_request(connect):
    client = connect("public")
    client.sendall(head_of("POST", "/", length=5))
    assert read_answer(client) == 405
    time.sleep(0.5)
    client.sendall(b"a=1&b" + head_of("GET", "/healthz"))
    assert read_answer(client) == 200


def public_addresses() -> list[str]:
    """An address for each route of the record, with something made up where the route takes a value."""
    routes = [str(route.pattern) for route in get_resolver("record.urls").url_patterns]
    return ["/" + re.sub(r"<[^>]+>", "x", route) for route in routes]


PROBE = """
import json, pathlib
from django.apps import apps
from django.conf import settings
from django.db import Error, connections

refusals = {}
for alias in connections:
    for attempt in attempts:
        try:
            with connections[alias].cursor() as cursor:
                for statement in attempt:
                    cursor.execute(statement)
            refusals[f"{alias}: {attempt[-1]}"] = "done"
        except Error as error:
            refusals[f"{alias}: {attempt[-1]}"] = str(error)
own = [app.label for app in apps.get_app_configs() if pathlib.Path(app.path).parent == settings.BASE_DIR]
print(json.dumps({
    "own": own,
    "installed": [app.name for app in apps.get_app_configs()],
    "middleware": settings.MIDDLEWARE,
    "refusals": refusals,
}))
"""
INSERT = [
    "INSERT INTO record_address (kind, slug, owner, public_id, current, valid_from_seq) "
    "VALUES ('claim', 'planted', 'x', 'x', true, 1)"
]


def probe(role, *attempts, url=None) -> dict:
    """What a process of that role has installed, and what the database says to each list of statements."""
    program = f"attempts = {list(attempts)!r}\n{PROBE}"
    return json.loads(manage("shell", "--no-imports", "-c", program, role=role, url=url or url_under_test()))


def test_a_public_process_has_only_the_record_installed(transactional_db):
    found = probe("public")
    assert found["own"] == ["claimtrack", "record"]
    assert found["installed"] == ["claimtrack", "django.contrib.staticfiles", "record"]
    assert not [name for name in found["middleware"] if re.search("session|auth|csrf|messages|axes", name, re.I)]


def test_a_public_process_cannot_write(transactional_db):
    refusals = probe("public", INSERT)["refusals"]
    assert len(refusals) == 2
    assert all(re.search("read-?only", refusal) for refusal in refusals.values()), refusals
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record_address WHERE slug = 'planted'")
        assert cursor.fetchone() == (0,)


def test_the_public_alias_of_the_desk_cannot_write_either(transactional_db):
    refusals = probe("all", INSERT)["refusals"]
    assert {key.partition(":")[0] for key, refusal in refusals.items() if refusal == "done"} == {"default"}


def test_a_public_process_serves_pages_without_a_cookie_and_nothing_else(serve):
    server = serve("public")
    for path in [*public_addresses(), "/", "/questions/how-many", "/questions/how-many.json", "/export.json"]:
        response = server.ask("GET", path, Cookie="sessionid=abc; csrftoken=def")
        assert response.status in (200, 301, 304, 400, 404, 410), path
        assert response.headers["Set-Cookie"] is None, path
        assert "Cookie" not in response.headers.get("Vary", ""), path
        assert "default-src 'self'" in response.headers["Content-Security-Policy"], path
        # A card is made to stand in other people's pages.
        assert response.headers["X-Frame-Options"] == (None if path.endswith("/embed") else "DENY"), path
        for method in METHODS_THAT_CHANGE:
            refused = server.ask(method, path)
            assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS"), (method, path)
    assert server.ask("OPTIONS", "/export.json").headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "How many are held?" in server.ask("GET", "/questions/how-many").body
    for path in ("/admin/", "/admin/login/", "/admin/jsi18n/"):
        assert server.ask("GET", path).status == 404, path
        assert server.ask("POST", path).status == 405, path


def test_readers_of_the_whole_site_have_no_session_either(client, db):
    append([HELD], reason="First published.")
    client.cookies["sessionid"] = "a" * 32
    with CaptureQueriesContext(connection) as asked:
        for path in [*public_addresses(), "/questions/how-many", "/no-such-page"]:
            response = client.get(path)
            assert not response.cookies, path
            assert "Cookie" not in response.headers.get("Vary", ""), path
    texts = [query["sql"] or "" for query in asked]  # of a query that is prepared Django knows none
    assert [text for text in texts if "django_session" in text or "auth_user" in text] == []


def test_pages_find_their_style_sheets_as_collected(serve):
    server = serve("public")
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', server.ask("GET", "/").body)
    assert sheets
    for sheet in sheets:
        response = server.ask("GET", sheet)
        assert response.status == 200
        assert "immutable" in response.headers["Cache-Control"]


def test_a_desk_process_serves_the_desk_alone(serve, editor):
    server = serve("desk")
    assert server.ask("GET", "/").headers["Location"] == "/admin/"
    assert server.ask("GET", "/admin/login/").status == 200
    for path in [address for address in public_addresses() if address != "/"]:
        assert server.ask("GET", path).status == 404, path

    editor.is_superuser = True
    editor.save()
    client = Client()
    client.force_login(editor)
    signed_in = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    lists = [reverse("admin:index")] + [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]
    for path in lists:
        # No page of the desk may depend on the record's addresses: here they are not served.
        assert server.ask("GET", path, **signed_in).status == 200, path


@pytest.fixture
def reader(transactional_db):
    """The URL of the database under test for a role that may do what deploy/postgresql/reader.sql grants."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles of its own")
    grant = (ROOT / "deploy/postgresql/reader.sql").read_text()
    name, password = f"claimtrack_reader_{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        cursor.execute(grant.replace("claimtrack_reader", name))
    yield url_under_test(name, password)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


def test_readers_role_on_postgresql_serves_every_page(serve, reader):
    server = serve("public", reader)
    assert server.ask("GET", "/").status == 200
    assert "How many are held?" in server.ask("GET", "/questions/how-many").body
    for path in public_addresses():
        assert server.ask("GET", path).status < 500, path


def test_readers_role_on_postgresql_may_read_the_record_and_nothing_else(reader):
    writable = ["SET default_transaction_read_only = off", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"]
    own = connection.introspection.table_names()
    tables = [name for name in own if not name.startswith("record_") and name != "django_migrations"]
    assert "claims_statement" in tables and "auth_user" in tables
    refusals = probe(
        "public",
        *([f'SELECT 1 FROM "{name}"'] for name in tables),
        [*writable, *INSERT],
        [*writable, "DELETE FROM record_publication"],
        [*writable, "CREATE TABLE planted (id integer)"],
        url=reader,
    )["refusals"]
    assert len(refusals) == 2 * (len(tables) + 3)
    assert [key for key, refusal in refusals.items() if "permission denied" not in refusal] == []

"""What operators ask: whether the site answers and can serve, what it counts, what is wrong with it."""

import json
import logging
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connections
from django.test import Client, RequestFactory

from claimtrack import checks, health
from claimtrack.health import Severity
from claimtrack.ledger_guard import LedgerMiddleware
from claimtrack.logs import StructuredFormatter, request_id
from claimtrack.observation import choose_request_id
from claimtrack.operators import is_from_operators_network, is_from_this_machine
from record.log import ledger
from record.log.last_verification import read_last_verification, remember_verification
from tests.record_cast import append_cast


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_this_machine_is_answered_under_any_host_name_and_nobody_else(db, state, settings, path):
    settings.ALLOWED_HOSTS = ["claims.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    assert client.get(path, HTTP_HOST="10.0.0.7").status_code == 200
    through_proxy = client.get(path, HTTP_HOST="claims.example.org", HTTP_X_FORWARDED_FOR="192.0.2.9", secure=True)
    assert through_proxy.status_code == 404
    assert client.get(path, HTTP_HOST="claims.example.org", REMOTE_ADDR="192.0.2.9", secure=True).status_code == 404
    assert client.post(path, HTTP_HOST="claims.example.org", secure=True).status_code in (404, 405)


@pytest.mark.parametrize(
    ("proxies", "extra", "machine", "network"),
    [
        (0, {"REMOTE_ADDR": "127.0.0.1"}, True, True),
        (0, {"REMOTE_ADDR": ""}, True, True),
        (0, {"REMOTE_ADDR": "::1"}, True, True),
        (0, {"REMOTE_ADDR": "10.0.8.4"}, False, True),
        (0, {"REMOTE_ADDR": "10.0.9.4"}, False, False),
        (0, {"REMOTE_ADDR": "nonsense"}, False, False),
        # Through a proxy that nobody named, which may itself be in the network.
        (0, {"REMOTE_ADDR": "10.0.8.4", "HTTP_X_FORWARDED_FOR": "192.0.2.9"}, False, False),
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.8.4"}, False, True),
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.8.4, 192.0.2.9"}, False, False),
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"}, False, False),
    ],
)
def test_who_is_an_operator_is_nothing_that_a_client_can_invent(settings, proxies, extra, machine, network):
    settings.PROXIES, settings.METRICS_NETWORKS = proxies, [ip_network("10.0.8.0/24")]
    request = RequestFactory().get("/metrics", **extra)
    assert (is_from_this_machine(request), is_from_operators_network(request)) == (machine, network)


def test_readiness_says_what_was_looked_at(db, state):
    append_cast()
    answer = Client().get("/readyz")
    found = answer.json()
    assert (answer.status_code, found["ready"]) == (200, True)
    assert found["log_head"]["log_head"] > 0
    assert set(found) == {"ready", "database", "migrations", "log_head", "replica", "disk", "originals", "verification"}
    assert found["verification"]["state"] == "note"
    assert answer["Cache-Control"] == "no-store"


def test_a_database_that_does_not_answer_is_not_ready_and_alive(db, state):
    def refuse(execute, *args):
        raise OperationalError("could not connect\nsecond line")

    with connections["public"].execute_wrapper(refuse):
        answer = Client().get("/readyz")
        assert Client().get("/healthz").status_code == 200
    assert answer.status_code == 503
    assert answer.json()["database"]["words"].endswith("does not answer: could not connect")
    assert "migrations" not in answer.json()


def test_a_migration_that_is_missing_is_not_ready(db, state):
    with mock.patch.object(health.MigrationExecutor, "migration_plan", lambda *_: [("record.0009_more", False)]):
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"]["words"] == "1 missing, the first is record.0009_more"


@pytest.mark.parametrize(
    ("free", "flags", "desk", "severity"),
    [
        (10 * 1024**3, 0, True, Severity.SOUND),
        (1024**3, 0, True, Severity.WARNING),
        (1024**2, 0, True, Severity.BLOCKING),
        (1024**2, 0, False, Severity.WARNING),
        (10 * 1024**3, health.os.ST_RDONLY, True, Severity.BLOCKING),
        (10 * 1024**3, health.os.ST_RDONLY, False, Severity.WARNING),
    ],
)
def test_readers_are_served_from_a_full_or_read_only_disk_and_the_desk_is_not(
    state, settings, monkeypatch, free, flags, desk, severity
):
    settings.SERVES_DESK = desk
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    monkeypatch.setattr(health.os, "statvfs", lambda folder: SimpleNamespace(f_flag=flags))
    assert health.examine_disk().severity == severity


@pytest.mark.parametrize(
    ("row", "severity", "words"),
    [
        ((False, None, None), Severity.SOUND, "none: readers read the primary"),
        ((True, True, 900), Severity.SOUND, "0 seconds behind"),
        ((True, False, 12), Severity.SOUND, "12 seconds behind"),
        ((True, False, 301), Severity.BLOCKING, "301 seconds behind"),
    ],
)
def test_a_replica_that_no_longer_follows_is_not_ready(monkeypatch, row, severity, words):
    cursor = mock.MagicMock()
    cursor.__enter__.return_value.fetchone.return_value = row
    connection = SimpleNamespace(vendor="postgresql", cursor=lambda: cursor)
    monkeypatch.setattr(health, "connections", {"public": connection})
    found = health.examine_replica()
    assert (found.severity, found.words) == (severity, words)


@pytest.mark.parametrize(
    ("days", "faults", "severity"),
    [(1, 0, Severity.SOUND), (9, 0, Severity.WARNING), (1, 2, Severity.ERROR)],
)
def test_the_last_verification_is_remembered(state, days, faults, severity):
    remember_verification(entries=5, faults=faults, at=datetime.now(UTC) - timedelta(days=days))
    assert health.examine_last_verification().severity == severity


def test_a_verification_writes_what_it_found_and_a_damaged_note_counts_as_none(db, state):
    append_cast()
    call_command("record_verify", verbosity=0)
    last = read_last_verification()
    assert (last.faults, last.entries > 0) == (0, True)
    for path in state.glob("last_verification*"):
        path.write_text("[]")
    assert read_last_verification() is None


def test_metrics_count_by_route_and_never_by_address(db, state):
    append_cast()
    client = Client()
    client.get("/questions/how-many-moved")
    client.get("/somewhere/secret-word?q=hush")
    client.generic("BREW", "/")
    text = client.get("/metrics").content.decode()
    assert 'claimtrack_requests_total{method="GET",route="question",status="200"}' in text
    assert 'claimtrack_requests_total{method="GET",route="none",status="404"}' in text
    assert 'method="other"' in text and "BREW" not in text
    assert "secret-word" not in text and "hush" not in text
    assert "\nclaimtrack_ready 1.0" in text


# Ids and logs.


def test_every_answer_has_an_id_and_only_our_proxy_gives_one(db, settings):
    given = "0123456789abcdef0123456789abcdef"
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
    settings.PROXIES = 0
    assert choose_request_id(request) != given
    settings.PROXIES = 1
    assert choose_request_id(request) == given
    request.META["HTTP_X_REQUEST_ID"] = 'x"\n{forged}'
    assert len(choose_request_id(request)) == 32
    answers = [Client().get("/")["X-Request-ID"] for _ in range(2)]
    assert answers[0] != answers[1]


def test_a_line_of_the_log_is_an_object_with_the_id_of_its_request():
    record = logging.LogRecord("claimtrack.outages", logging.ERROR, __file__, 1, "GET %s: “жук”\nx", ("/a",), None)
    record.kind = "question"
    token = request_id.set("abc")
    from claimtrack.logs import RequestIdFilter

    RequestIdFilter().filter(record)
    request_id.reset(token)
    line = StructuredFormatter().format(record)
    assert "\n" not in line and "жук" in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["request"]) == ("ERROR", "claimtrack.outages", "abc")
    assert (found["message"], found["kind"]) == ("GET /a: “жук”\nx", "question")


# What is wrong.


def test_the_doctor_says_the_worst_first_and_what_to_do(db, state, settings, capsys):
    settings.EMAIL_URL = ""
    remember_verification(entries=5, faults=2)
    with pytest.raises(SystemExit):
        call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ERROR    verification: 2 faults in 5 entries")
    assert "> docs/operations.md" in lines[1]
    words = [line.split()[0] for line in lines[:-1] if not line.strip().startswith(">")]
    order = ["DOWN", "ERROR", "WARNING", "note", "ok"]
    assert words == sorted(words, key=order.index)
    assert any("claimtrack.W012" in line for line in lines)


@pytest.mark.parametrize(
    ("role", "hosts", "warned"),
    [
        ("all", ["claims.example.org"], True),
        ("all", ["127.0.0.1", "localhost", "[::1]"], False),
        ("public", ["claims.example.org"], False),
    ],
)
def test_one_process_for_readers_and_desk_at_a_public_name_is_warned_of(settings, role, hosts, warned):
    settings.ROLE, settings.ALLOWED_HOSTS = role, hosts
    assert [warning.id for warning in checks.check_roles(None)] == ["claimtrack.W010"] * warned


@pytest.mark.parametrize(("lowered", "warned"), [("äжω", False), ("ÄЖΩ", True)])
def test_a_locale_that_knows_no_letters_beyond_ascii_is_warned_of(monkeypatch, lowered, warned):
    cursor = mock.MagicMock()
    cursor.__enter__.return_value.fetchone.return_value = (lowered,)
    monkeypatch.setattr(checks, "connections", {"default": SimpleNamespace(vendor="postgresql", cursor=lambda: cursor)})
    assert [warning.id for warning in checks.check_letters(None)] == ["claimtrack.W011"] * warned


def test_the_database_of_the_tests_knows_its_letters(db):
    assert checks.check_letters(None) == []


@pytest.mark.parametrize(
    ("url", "backend", "warned"),
    [
        ("", "dummy", True),
        ("none", "dummy", False),
        ("consolemail://", "console", True),
        ("smtp://host", "smtp", False),
    ],
)
def test_mail_that_goes_nowhere_is_warned_of(settings, url, backend, warned):
    settings.EMAIL_URL, settings.EMAIL_BACKEND = url, f"django.core.mail.backends.{backend}.EmailBackend"
    assert [warning.id for warning in checks.check_mail(None)] == ["claimtrack.W012"] * warned


# Contact.


def test_security_txt_names_the_contact_and_a_day_within_a_year(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert (answer["Content-Type"], fields["Contact"]) == ("text/plain; charset=utf-8", "mailto:security@example.org")
    assert timedelta(days=30) < datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC) < timedelta(days=365)
    assert fields["Canonical"] == f"{settings.SITE_ADDRESS}/.well-known/security.txt"
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("role", "set_up", "allowed", "warned"),
    [
        ("public", True, True, False),
        ("public", True, False, True),
        ("public", False, True, True),  # the desk's is another folder than this process's own
        ("desk", True, False, False),
    ],
)
def test_readers_pages_that_cannot_read_the_ledger_are_warned_of(
    settings, tmp_path, monkeypatch, role, set_up, allowed, warned
):
    settings.SERVES_DESK, settings.LEDGER_FOLDER = role == "desk", str(tmp_path) if set_up else ""
    (tmp_path / ledger.FILE).touch()
    monkeypatch.setattr(checks.os, "access", lambda path, mode: allowed)
    assert [warning.id for warning in checks.check_ledger_apart(None)] == ["claimtrack.W014"] * warned


def test_a_ledger_that_may_not_be_read_keeps_no_page_from_readers(settings, tmp_path, monkeypatch, rf):
    """`check --deploy` tells of it: readers are not to be met with an error that an operator has made."""
    settings.LEDGER_FOLDER = str(tmp_path)
    (tmp_path / ledger.FILE).touch()
    monkeypatch.setattr(ledger, "read_file", mock.Mock(side_effect=PermissionError))
    assert LedgerMiddleware(lambda request: "the page")(rf.get("/")) == "the page"

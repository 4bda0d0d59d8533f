"""A database that is full, locked, shut down or out of reach: a 503 in words that keeps the form, or a second try."""

import contextlib
import threading
from unittest import mock

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.test import Client
from lxml import html

from claims.models import Claim
from claimtrack.outages import NOTHING_SAVED, SOME_SAVED, UNKNOWN_IF_SAVED, WriteTracker
from tests.claims.test_admin import page_of
from tests.conftest import signed_in
from tests.desk import matter, posted
from tests.record_cast import append_cast

pytestmark = pytest.mark.django_db(transaction=True)

sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite")
postgresql_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL")
TYPED = "Nine hundred people were moved – «typed» with care\nand a second line."


def failing(error, *, on="", times=1000):
    """A wrapper for queries: the first `times` of those that hold `on` end with `error`."""
    left = [times]

    def wrapper(execute, sql, params, many, context):
        if on in sql and left[0]:
            left[0] -= 1
            raise error
        return execute(sql, params, many, context)

    return wrapper


def caused(message, **codes):
    """An error as Django raises it, with the driver's own behind it."""
    cause = type("Driver", (Exception,), {})(message)
    for name, value in codes.items():
        setattr(cause, name, value)
    error = OperationalError(message)
    error.__cause__ = cause
    return error


OUTAGES = {
    "SQLite locked": caused("database is locked", sqlite_errorcode=5),
    "SQLite busy with a snapshot": caused("database is locked", sqlite_errorcode=517),
    "SQLite full": caused("database or disk is full", sqlite_errorcode=13),
    "SQLite unreadable": caused("disk I/O error", sqlite_errorcode=10),
    "SQLite corrupt": caused("database disk image is malformed", sqlite_errorcode=11),
    "SQLite not to be opened": caused("unable to open database file", sqlite_errorcode=14),
    "SQLite read-only": caused("attempt to write a readonly database", sqlite_errorcode=8),
    "PostgreSQL full": caused("could not extend file", sqlstate="53100"),
    "PostgreSQL lock timeout": caused("canceling statement due to lock timeout", sqlstate="55P03"),
    "PostgreSQL too many": caused("sorry, too many clients already", sqlstate="53300"),
    "PostgreSQL shut down": caused("terminating connection", sqlstate="57P01"),
    "PostgreSQL timeout": caused("canceling statement due to statement timeout", sqlstate="57014"),
    "PostgreSQL read-only": caused("cannot execute INSERT in a read-only transaction", sqlstate="25006"),
}
FAULTS = {
    "SQLite without a table": caused("no such table: x", sqlite_errorcode=1),
    "PostgreSQL without a table": caused("relation does not exist", sqlstate="42P01"),
    "a fault of ours": ProgrammingError("syntax"),
    "a missing file": FileNotFoundError(2, "No such file"),
    "anything": ValueError("x"),
}


# Readers.


@pytest.mark.parametrize("address", ["/questions/how-many-moved", "/search?q=dam", "/ru/", "/claims/for-the-dam.json"])
def test_a_readers_page_says_that_it_cannot_be_read_just_now(address):
    append_cast()
    with connections["public"].execute_wrapper(failing(OUTAGES["SQLite unreadable"])):
        answer = Client().get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    words = "Сейчас нельзя" if address == "/ru/" else "Not just now"
    assert words in answer.content.decode()
    assert ("json" in answer["Content-Type"]) is address.endswith(".json")
    assert Client().get(address).status_code == 200


def test_a_fault_of_ours_stays_a_fault():
    append_cast()
    with connections["public"].execute_wrapper(failing(FAULTS["SQLite without a table"])):
        assert Client(raise_request_exception=False).get("/questions/how-many-moved").status_code == 500


@postgresql_only
@pytest.mark.parametrize("times", [1, 2])
def test_a_reading_request_is_tried_once_more_where_the_connection_was_ended(times):
    append_cast()
    ended = []

    def end(execute, sql, params, many, context):
        if "record_" in sql and len(ended) < times:
            ended.append(end_connection(context["connection"]))
        return execute(sql, params, many, context)

    answers = []

    def ask():
        with connections["public"].execute_wrapper(end):
            answers.append(Client().get("/questions/how-many-moved"))
        connections.close_all()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(60)
    assert len(ended) == times
    assert answers[0].status_code == (200 if times == 1 else 503)


def end_connection(victim):
    """Ends the connection at the server, as an administrator or a restart does."""
    pid = victim.connection.info.backend_pid
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connections["default"].close()
    return pid


# The desk.


@pytest.fixture
def form(editor):
    """The form of a claim, filled in anew, and its address."""
    made = matter(editor)
    client = signed_in(editor)
    address = page_of("change", Claim, made.claim.pk)
    return client, address, posted(client.get(address)) | {"text": TYPED}, made.claim


def kept(answer):
    """The fields that the page gives back."""
    tree = html.fromstring(answer.content.decode())
    return {field.get("name"): field.get("value") for field in tree.xpath("//form//input")}


def not_saved(answer, data, claim):
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert NOTHING_SAVED in answer.content.decode()
    assert kept(answer)["text"].split() == TYPED.split()
    assert {name: kept(answer)[name] for name in data if "FORMS" in name} == {
        name: str(data[name]) for name in data if "FORMS" in name
    }
    claim.refresh_from_db()
    assert claim.text.split() != TYPED.split()


@sqlite_only
def test_a_database_that_another_program_holds_keeps_the_form(form):
    client, address, data, claim = form
    connection.close()
    with mock.patch.dict(connection.settings_dict["OPTIONS"], timeout=0.2):
        other = connection.Database.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            answer = client.post(address, data)
            not_saved(answer, data, claim)
            assert "The database is in use by another program." in answer.content.decode()
            assert Client().get("/questions/nothing").status_code == 404
        finally:
            other.execute("ROLLBACK")
            other.close()
            connection.close()
    again = {name: value for name, value in kept(answer).items() if name}
    assert client.post(address, again).status_code == 302
    claim.refresh_from_db()
    assert claim.text.split() == TYPED.split()


@sqlite_only
def test_a_full_disk_keeps_the_form(editor):
    made = matter(editor)
    client, address = signed_in(editor), page_of("change", type(made.question), made.question.pk)
    data = posted(client.get(address)) | {"description": "A long description. " * 1000}
    fill_the_disk()
    try:
        answer = client.post(address, data)
    finally:
        connection.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    said = f"The disk is full: the site’s administrator has to free some space. {NOTHING_SAVED}"
    assert said in answer.content.decode()
    assert kept(answer)["description"] == data["description"]
    assert type(made.question).objects.get().description == made.question.description


def fill_the_disk():
    """Lets the file grow no more, and fills what is free in it."""
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        for size in (100_000, 3000, 500, 50):
            with contextlib.suppress(OperationalError):
                for number in range(10_000):
                    values = [f"{size}-{number}", "x" * size]
                    cursor.execute("INSERT INTO django_session VALUES (%s, %s, '2000-01-01')", values)


@postgresql_only
def test_a_lock_that_is_not_given_keeps_the_form(form):
    client, address, data, claim = form
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("LOCK TABLE claims_claim IN ACCESS EXCLUSIVE MODE")
            held.set()
            let_go.wait(30)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    try:
        answer = client.post(address, data)
    finally:
        let_go.set()
        thread.join()
        connection.close()
    not_saved(answer, data, claim)


@pytest.mark.parametrize("name", ["PostgreSQL full", "PostgreSQL too many", "PostgreSQL shut down", "SQLite full"])
def test_whatever_it_is_that_fails_the_form_is_kept(form, name):
    client, address, data, claim = form
    with connection.execute_wrapper(failing(OUTAGES[name], on="UPDATE")):
        answer = client.post(address, data)
    not_saved(answer, data, claim)


def test_a_session_that_cannot_be_kept_is_no_bad_request(form):
    """The claim is saved; the message about it is not: Django calls that a bad request."""
    client, address, data, claim = form
    with connection.execute_wrapper(failing(OUTAGES["SQLite locked"], on='UPDATE "django_session"')):
        answer = client.post(address, data)
    assert answer.status_code == 503
    assert SOME_SAVED in answer.content.decode()
    claim.refresh_from_db()
    assert claim.text.split() == TYPED.split()


def test_no_password_comes_back(db):
    with connection.execute_wrapper(failing(OUTAGES["SQLite locked"], on="auth_user")):
        answer = Client().post("/admin/login/", {"username": "erin", "password": "correct horse"})
    assert answer.status_code == 503
    assert "correct horse" not in answer.content.decode()


def test_the_workspace_is_told_in_its_own_way(form):
    client, _, _, _ = form
    with connection.execute_wrapper(failing(OUTAGES["SQLite locked"], on="claims_")):
        answer = client.post(
            "/admin/claims/claim/", {"action": "delete_selected", "_selected_action": "1"}, headers={"X-Workspace": "1"}
        )
    assert answer.status_code == 503
    assert answer.json() == {"refused": f"The database is in use by another program. {NOTHING_SAVED}"}


# What is known of what was saved.


def test_what_was_committed_before_is_not_denied(editor):
    matter(editor)
    writes = WriteTracker()
    error = OUTAGES["SQLite locked"]
    with connection.execute_wrapper(writes):
        Claim.objects.update(position=3)
    assert writes.in_words(error) == SOME_SAVED


def test_what_was_rolled_back_was_not_saved(editor):
    matter(editor)
    writes = WriteTracker()
    with connection.execute_wrapper(writes), pytest.raises(ValueError, match="no"), transaction.atomic():
        Claim.objects.update(position=3)
        raise ValueError("no")
    assert writes.in_words(OUTAGES["SQLite locked"]) == NOTHING_SAVED


@postgresql_only
def test_a_commit_that_broke_off_is_not_known(form):
    client, address, data, _ = form
    with mock.patch.object(connection, "_commit", side_effect=OUTAGES["PostgreSQL shut down"]):
        answer = client.post(address, data)
    assert answer.status_code == 503
    assert UNKNOWN_IF_SAVED in answer.content.decode()

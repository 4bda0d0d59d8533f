"""A flood of sign-ins: refused before anything is hashed, for one address and for all, in all processes together."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from claimtrack.sign_in_limits import OneAtATimeHasher, TooManyHashes

LOGIN = "/admin/login/"
HASHER = ["claimtrack.sign_in_limits.OneAtATimeHasher"]


@pytest.fixture
def limits(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    settings.SIGN_INS_OF_ONE_ADDRESS, settings.SIGN_INS_OF_ALL = (3, 10), (5, 1)


def sign_in(client, address="192.0.2.1"):
    return client.post(LOGIN, {"username": "erin", "password": "wrong"}, REMOTE_ADDR=address)


def test_a_refusal_says_when_to_try_again_and_asks_neither_database_nor_hasher(
    limits, client, db, django_assert_num_queries, monkeypatch
):
    address = "203.0.113.77"
    answers = [sign_in(client, address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    monkeypatch.setattr("django.contrib.auth.authenticate", None)
    with django_assert_num_queries(0):
        refused = sign_in(client, address)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 30
    assert "Too many passwords were tried recently. Wait " in refused.content.decode()
    assert client.get(LOGIN, REMOTE_ADDR=address).status_code == 200
    assert client.get("/method", REMOTE_ADDR=address).status_code == 200


def test_who_is_signed_in_goes_on(limits, editor_client):
    for _ in range(6):
        sign_in(editor_client, "203.0.113.78")
    assert editor_client.get("/admin/", REMOTE_ADDR="203.0.113.78").status_code == 200


def test_passwords_are_hashed_as_django_hashes_them(settings):
    settings.PASSWORD_HASHERS = HASHER
    encoded = make_password("correct horse battery")
    assert encoded.startswith("argon2$argon2id$")
    assert check_password("correct horse battery", encoded)
    assert not check_password("wrong", encoded)
    assert Argon2PasswordHasher().verify("correct horse battery", encoded)


def test_one_password_is_hashed_at_a_time_and_others_do_not_wait_long(monkeypatch):
    """Each hash takes a hundred megabytes: sixteen at once in two processes took three gigabytes."""
    begun, go_on = threading.Semaphore(0), threading.Event()
    at_once, most, lock, answers = [], [], threading.Lock(), []

    def slow(self, password, encoded):
        with lock:
            at_once.append(1)
            most.append(len(at_once))
        begun.release()
        go_on.wait(10)
        at_once.pop()
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)

    def verify():
        try:
            answers.append(OneAtATimeHasher().verify("a", "b"))
        except TooManyHashes:
            answers.append("busy")

    threads = [threading.Thread(target=verify) for _ in range(8)]
    threads[0].start()
    begun.acquire(timeout=10)
    for thread in threads[1:]:
        thread.start()
    while answers.count("busy") < 5:
        go_on.wait(0.01)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert sorted(map(str, answers)) == ["True"] * 3 + ["busy"] * 5
    assert max(most) == 1


def test_who_comes_while_passwords_are_checked_is_told_to_come_again(client, db, settings, monkeypatch):
    settings.PASSWORD_HASHERS = HASHER
    get_user_model().objects.create_user("erin", password="correct horse battery")
    monkeypatch.setattr("claimtrack.sign_in_limits._waiting_places", threading.Semaphore(0))
    answer = sign_in(client, "203.0.113.79")
    assert (answer.status_code, answer["Retry-After"]) == (429, "5")

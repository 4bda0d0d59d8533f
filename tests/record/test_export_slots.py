"""However many downloads are asked for, threads are left for pages."""

import gc
import threading

import pytest

from record.exports import downloads
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def one_place(monkeypatch):
    monkeypatch.setattr(downloads, "_free_slots", threading.BoundedSemaphore(1))


def test_a_download_more_is_told_to_ask_again_until_one_has_ended(client, one_place):
    cast.append_cast()
    first = client.get("/export.ndjson")
    second = client.get("/export.json")
    assert second.status_code == 429 and second["Retry-After"] == "5"
    assert "ask again" in second.json()["description"]
    assert client.get("/").status_code == 200
    b"".join(first.streaming_content)
    assert b"".join(client.get("/export.json").streaming_content).endswith(b'"}\n')
    assert b"".join(client.get("/export.csv").streaming_content)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # Python says of a kept file what is tried here
def test_what_nobody_closes_gives_its_place_back_too(client, one_place):
    response = client.get("/export.ndjson")
    del response
    gc.collect()
    assert b"".join(client.get("/export.ndjson").streaming_content)


def test_a_question_for_the_headers_alone_takes_no_place(client, one_place):
    response = client.get("/export.ndjson")
    assert client.head("/export.ndjson").status_code == 200
    assert b"".join(response.streaming_content)

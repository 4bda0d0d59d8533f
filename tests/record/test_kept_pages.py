"""Pages that are kept as they were rendered: what they cost, when they are made anew, when they are removed."""

import gzip

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from record.log import append, erase
from record.pages import kept_pages
from tests import record_cast as cast
from tests.public_pages import headers_of
from tests.record_cast import append_cast, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/actors/herders-union"


@pytest.fixture(autouse=True)
def kept(tmp_path):
    """The folder in which pages are kept."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    with override_settings(CACHES=settings.CACHES | {"pages": {"BACKEND": backend, "LOCATION": tmp_path / "pages"}}):
        yield tmp_path / "pages"


def queries(client, address, **headers):
    with CaptureQueriesContext(connections["public"]) as captured:
        response = client.get(address, headers=headers)
    return response, len(captured)


@pytest.mark.parametrize("address", ["/", PAGE, f"{PAGE}.json", f"{PAGE}/feed", "/questions/how-many-moved/embed"])
def test_the_next_reader_of_a_page_costs_one_query_and_gets_the_same(client, address):
    append_cast()
    first, _ = queries(client, address)
    second, asked = queries(client, address)
    assert (second.content, asked) == (first.content, 1)
    assert headers_of(second) == headers_of(first)


def test_who_takes_a_page_compressed_gets_it_so_whether_it_was_kept_or_not(client):
    append_cast()
    first = client.get(PAGE, headers={"accept-encoding": "gzip, deflate, br"})
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"accept-encoding": "gzip, deflate, br"})
    assert first.content == packed.content and headers_of(first) == headers_of(packed)
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"] and packed["Vary"] == plain["Vary"] == "Accept-Datetime, Accept-Encoding"
    refusing = client.get(PAGE, headers={"accept-encoding": "gzip;q=0"})
    assert refusing.content == plain.content and "Content-Encoding" not in refusing


def test_another_host_language_and_query_is_another_page(client):
    append_cast()
    answers = [
        client.get(PAGE),
        client.get(PAGE, headers={"host": "localhost"}),
        client.get(f"/ru{PAGE}"),
        client.get("/questions/how-many-moved"),
        client.get("/questions/how-many-moved?stance=denies"),
    ]
    assert len({response.content for response in answers}) == len(answers)


def test_what_is_published_on_a_page_makes_it_anew(client):
    append_cast()
    client.get(PAGE)
    append([replace(cast.union, name="The union of herders")], reason="Its name.")
    assert b"The union of herders" in client.get(PAGE).content


def test_nothing_that_was_erased_is_kept_after_the_next_request(client, kept):
    append([cast.actor("actor0000099", "canary-of-the-valley", "Canary of the valley")], reason="To be erased.")
    assert client.get("/actors/canary-of-the-valley").status_code == 200
    before = set(kept.rglob("*.djcache"))
    erase("actor0000099", reason="Protection.")
    client.get("/corrections")
    assert len(before) == 2 and len(before & set(kept.rglob("*.djcache"))) == 1  # for which number it was cleared
    assert client.get("/actors/canary-of-the-valley").status_code != 200


def test_a_damaged_file_and_a_folder_that_cannot_be_written_cost_nothing_but_time(client, kept):
    append_cast()
    right = client.get(PAGE).content
    for path in kept.rglob("*.djcache"):
        path.write_bytes(path.read_bytes()[:40])
    assert client.get(PAGE).content == right
    kept_pages.forget_pages()
    with override_settings(CACHES=settings.CACHES | {"pages": settings.CACHES["pages"] | {"LOCATION": "/proc/none"}}):
        assert client.get(PAGE).content == right


def test_refusals_and_searches_are_not_kept(client, kept):
    append_cast()
    for address in ("/claims/none", "/search?q=dam", f"{PAGE}?page=99"):
        client.get(address)
    assert len(list(kept.rglob("*.djcache"))) == 1  # for which number of emptied rows the folder was cleared

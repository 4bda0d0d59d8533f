"""Leaky buckets: for one address and for all, in one process and in several; and the limit of downloads."""

import errno

import pytest

from claimtrack.leaky_buckets import COUNTER_COUNT, LeakyBuckets, client_network
from tests import record_cast as cast


def buckets(folder, secret="secret"):
    return LeakyBuckets((3, 10), (5, 1), path=folder / "counters", secret=secret)


@pytest.fixture
def counters(tmp_path):
    return buckets(tmp_path)


def test_what_is_beyond_the_limit_of_an_address_has_to_wait(counters):
    assert [counters.wait("192.0.2.1", 1000) for _ in range(4)] == [0, 0, 0, 10]
    assert counters.wait("192.0.2.1", 1004) == pytest.approx(6)
    assert counters.wait("198.51.100.1", 1004) == 0
    assert counters.wait("192.0.2.1", 1010.5) == 0
    assert counters.wait("192.0.2.1", 1010.5) > 0


def test_what_is_refused_is_not_counted(counters):
    for _ in range(1000):
        counters.wait("192.0.2.1", 1000)
    assert counters.wait("192.0.2.1", 1010) == 0


def test_all_addresses_together_have_a_limit(counters):
    waits = [counters.wait(f"192.0.2.{number}", 1000) for number in range(7)]
    assert waits == [0, 0, 0, 0, 0, 1, 1]


def test_processes_count_together_and_a_clock_that_was_set_back_locks_nobody_out(counters, tmp_path):
    other = buckets(tmp_path)
    assert [each.wait("192.0.2.1", 1000) for each in (counters, other, counters, other)] == [0, 0, 0, 10]
    assert other.wait("192.0.2.1", 900) == 0


def test_the_file_holds_no_address_and_only_its_owner_reads_it(counters, tmp_path):
    counters.wait("192.0.2.1", 1000)
    path = tmp_path / "counters"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == COUNTER_COUNT * 16
    assert b"192.0.2.1" not in path.read_bytes()
    places = {secret: buckets(tmp_path, secret).place("192.0.2.1") for secret in ("secret", "another")}
    assert places["secret"] != places["another"]
    assert 0 not in places.values()


def test_on_a_full_disk_each_process_counts_by_itself(tmp_path, monkeypatch):
    """Writing to a mapped file for which the disk has no place would end the process by SIGBUS."""

    def refuse(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", refuse)
    first, second = (buckets(tmp_path) for _ in range(2))
    assert [first.wait("192.0.2.1", 1000) for _ in range(4)] == [0, 0, 0, 10]
    assert second.wait("192.0.2.1", 1000) == 0


def test_who_has_one_address_of_ipv6_has_the_whole_network():
    assert (
        client_network("2001:db8:1:2::1") == client_network("2001:db8:1:2:ffff::9") != client_network("2001:db8:1:3::1")
    )
    assert client_network("192.0.2.1") != client_network("192.0.2.2")
    assert client_network(None) == ""


def test_in_memory_each_process_counts_by_itself():
    first, second = (LeakyBuckets((1, 10), secret="secret") for _ in range(2))  # addresses that share no bucket
    assert [first.wait("192.0.2.1", 1000), first.wait("192.0.2.1", 1000), second.wait("192.0.2.1", 1000)] == [0, 10, 0]
    assert all(first.wait(f"198.51.100.{number}", 1000) == 0 for number in range(20))


@pytest.mark.django_db
def test_downloads_of_one_address_are_limited_before_anything_is_read(client, settings, django_assert_num_queries):
    settings.DOWNLOADS_OF_ONE_ADDRESS = (2, 10)
    cast.append_cast()
    assert all(b"".join(client.get(f"/export.{name}").streaming_content) for name in ("json", "csv"))
    with django_assert_num_queries(0):
        refused = client.get("/export.ndjson")
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 10
    assert "ask again" in refused.json()["description"]
    assert client.head("/export.ndjson").status_code == 200
    assert client.get("/").status_code == 200
    assert b"".join(client.get("/export.ndjson", REMOTE_ADDR="198.51.100.1").streaming_content)

"""Limits on how much comes from one address, and from all together: leaky buckets in memory, or shared in a file.

No address is kept, only how much has come of late to one of some thousand counters, and which of them an address has is
a secret of the instance.
"""

import fcntl
import hashlib
import hmac
import mmap
import os
import secrets
import struct
import threading
from ipaddress import ip_address, ip_network
from pathlib import Path

COUNTER_COUNT = 4096
_COUNTER_STRUCT = struct.Struct("dd")  # what is not forgotten yet, and when that was true
_SIZE = COUNTER_COUNT * _COUNTER_STRUCT.size

Limit = tuple[float, float]  # how many may come at once, and the seconds in which each is forgotten
UNLIMITED: Limit = (float("inf"), 1)


class LeakyBuckets:
    """A bucket for each address, and the first for all of them together.

    With a `path` they lie in a file, and the processes of one machine that name it with the same `secret` count
    together; without it each process counts by itself.
    """

    def __init__(self, of_one: Limit, of_all: Limit = UNLIMITED, *, path: Path | None = None, secret: str = "") -> None:
        self.of_one, self.of_all = of_one, of_all
        self.secret = secret.encode() or secrets.token_bytes(16)
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) if path else None
        self.memory = mmap.mmap(-1, _SIZE) if self.handle is None else map_file(self.handle, _SIZE)
        self.lock = threading.Lock()

    def wait(self, address: str | None, now: float) -> float:
        """Counts one that comes and returns 0, or the seconds until it may come, and counts nothing."""
        limits = ((self.place(address), *self.of_one), (0, *self.of_all))
        with self.lock:
            if self.handle is not None:
                fcntl.flock(self.handle, fcntl.LOCK_EX)
            try:
                levels = [self.level(place, each, now) for place, _most, each in limits]
                waits = [(level + 1 - most) * each for level, (_, most, each) in zip(levels, limits, strict=True)]
                if max(waits) > 0:
                    return max(waits)
                for level, (place, _, _) in zip(levels, limits, strict=True):
                    _COUNTER_STRUCT.pack_into(self.memory, place * _COUNTER_STRUCT.size, level + 1, now)
                return 0
            finally:
                if self.handle is not None:
                    fcntl.flock(self.handle, fcntl.LOCK_UN)

    def level(self, place: int, each: float, now: float) -> float:
        """How many are not forgotten yet."""
        level, moment = _COUNTER_STRUCT.unpack_from(self.memory, place * _COUNTER_STRUCT.size)
        passed = now - moment
        return max(0.0, level - passed / each) if passed >= 0 and 0 <= level <= COUNTER_COUNT else 0.0

    def place(self, address: str | None) -> int:
        digest = hmac.new(self.secret, client_network(address).encode(), hashlib.sha256).digest()
        return 1 + int.from_bytes(digest[:8], "big") % (COUNTER_COUNT - 1)


def map_file(handle: int, size: int) -> mmap.mmap:
    """The file in memory; where the disk has no place for all of it, memory that is this process's own.

    A process that writes to a mapped file on a full disk is killed: the place is taken before.
    """
    try:
        if os.fstat(handle).st_size != size:
            os.ftruncate(handle, size)
        if hasattr(os, "posix_fallocate"):  # not on macOS
            os.posix_fallocate(handle, 0, size)
        return mmap.mmap(handle, size)
    except OSError:
        return mmap.mmap(-1, size)


def client_network(address: str | None) -> str:
    """The address as far as it says who comes: whoever has one of IPv6 has the whole /64."""
    if not address:
        return ""
    found = ip_address(address)
    return str(ip_network((int(found), 64), strict=False)) if found.version == 6 else str(found)

"""How many downloads one process gives out at once: never so many that none of its threads is left for pages.

A reader who takes a download slowly, or stops taking it, holds a thread for as long as the server waits for them
(gunicorn.conf.py says how long).
"""

import threading
from collections.abc import Iterator

AT_ONCE = 12  # of the 16 threads that gunicorn.conf.py gives to a process
WAIT = 5  # seconds after which it is worth while to ask again

_free = threading.BoundedSemaphore(AT_ONCE)


class Taken(Iterator):
    """Chunks on their way to a reader, and the place that they take until they are closed."""

    def __init__(self, chunks: Iterator[bytes], free: threading.BoundedSemaphore):
        self._chunks, self._free, self._open = iter(chunks), free, True

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._free.release()

    __del__ = close  # where a server gives up a response without closing it


def take(response) -> bool:
    """Lets a streaming response take a place until it is closed; False where none is free."""
    free = _free
    if not free.acquire(blocking=False):
        return False
    response.streaming_content = Taken(response.streaming_content, free)
    return True

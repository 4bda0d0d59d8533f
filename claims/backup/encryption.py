"""Streams to and from age (https://age-encryption.org), which `age` itself and `rage` read too."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient


class BackupRefused(Exception):
    """What cannot be backed up, read or restored, in a sentence. Nothing was changed."""


def read_identity(path: Path) -> Identity:
    """The identity in a file as age-keygen writes it: one line is the secret key, others are comments."""
    try:
        lines = path.read_text(encoding="utf-8").split()
        return Identity.from_str(next(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except (OSError, UnicodeError, StopIteration, pyrage.IdentityError) as error:
        raise BackupRefused(f"{path} holds no age identity ({type(error).__name__}).") from None


@contextmanager
def open_encrypted(target: BinaryIO, recipients: Sequence[Recipient]) -> Iterator[BinaryIO]:
    """A file to write to; what is written arrives encrypted in `target`. Nothing of it is on the disk in clear."""
    reading, writing = os.pipe()
    with open(reading, "rb") as source:
        worker = _Worker(lambda: pyrage.encrypt_io(source, target, recipients), source)
        with open(writing, "wb") as sink:
            yield sink
        worker.finish()


@contextmanager
def open_decrypted(source: BinaryIO, identities: Sequence[Identity]) -> Iterator[BinaryIO]:
    """A file to read from: what `source` holds, decrypted. Raises `BackupRefused` where the identity is another."""
    reading, writing = os.pipe()
    sink = open(writing, "wb")  # noqa: SIM115 - the worker closes it, so that the reader comes to an end
    worker = _Worker(lambda: pyrage.decrypt_io(source, sink, identities), sink)
    with open(reading, "rb") as clear:
        try:
            yield clear
        except Exception:
            clear.close()
            worker.finish()  # why there was nothing to read comes before that there was not
            raise
    worker.finish()


class _Worker:
    """A thread at the other end of a pipe, and the error in which it ended."""

    def __init__(self, work: Callable[[], None], end: BinaryIO) -> None:
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work, end))
        self._thread.start()

    def _run(self, work: Callable[[], None], end: BinaryIO) -> None:
        try:
            work()
        except Exception as error:
            self._error = error
        finally:
            try:
                end.close()
            except OSError as error:
                self._error = self._error or error

    def finish(self) -> None:
        self._thread.join()
        if isinstance(self._error, pyrage.DecryptError):
            raise BackupRefused(f"The backup cannot be decrypted: {self._error}.") from None
        if self._error is not None and not isinstance(self._error, BrokenPipeError):
            raise self._error

"""Reading in a process of its own with limits of time, memory and output. Libraries get what outsiders made only there.

A file of a few bytes made for the purpose keeps a parser busy for hours or fills the memory, and a thread of the desk
cannot be stopped. The process has no settings and no database; it gets the bytes on its standard input and answers in
JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from .article_reading import Choice, ChoiceIsNeeded, NotReadable

PATIENCE = 3  # a busy machine gives a process a third of its time
MAX_ANSWER = 64_000_000  # bytes of JSON
WORKER = Path(__file__).with_name("limited_worker.py")


class ProcessFailed(NotReadable):
    """The process ran into one of its limits, or the library in it failed."""


def run_limited(module: str, data: bytes, *, seconds: int, what: str, **options: str) -> dict[str, Any]:
    """What `extract(data, **options)` of a module beside this one returns, run under limits; `what` names the file.

    `seconds` are of the processor; on the clock it may take three times as long.

    Raises `NotReadable` with what the module says is wrong, `ProcessFailed` where it needs more than it may.
    """
    server = _kept_server.get()
    try:
        answer = server.ask(module, data, seconds, options) if server else _ask_once(module, data, seconds, options)
        found: dict[str, Any] = json.loads(answer)
    except subprocess.TimeoutExpired:
        raise ProcessFailed(f"Reading the {what} took more than {PATIENCE * seconds} seconds.") from None
    except (subprocess.CalledProcessError, ValueError):
        raise ProcessFailed(f"The {what} could not be read: it is damaged, or too large or complex.") from None
    if "choices" in found and "broken" in found:
        raise ChoiceIsNeeded(found["broken"], [Choice(*choice) for choice in found["choices"]])
    if "broken" in found:
        raise NotReadable(found["broken"])
    return found


def _ask_once(module: str, data: bytes, seconds: int, options: dict[str, str]) -> bytes:
    command = [*_COMMAND, module, str(seconds), str(MAX_ANSWER), json.dumps(options)]
    with tempfile.TemporaryFile() as answer:
        subprocess.run(  # noqa: S603 (our own file; what is from outside is JSON in one argument)
            command,
            input=data,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE * seconds,
            check=True,
        )
        answer.seek(0)
        return answer.read(MAX_ANSWER + 1)


_COMMAND = [sys.executable, "-I", str(WORKER)]


class _Server:
    """One process that loads the libraries once and divides itself for every file: what is read has its own process
    with its own limits all the same, and what a file does to that is gone with it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, module: str, data: bytes, seconds: int, options: dict[str, str]) -> bytes:
        asked = {"module": module, "seconds": seconds, "clock": PATIENCE * seconds, "answer": MAX_ANSWER}
        try:
            process = self._start()
            stdin, stdout = _pipes(process)
            stdin.write(json.dumps(asked | {"options": options, "size": len(data)}).encode() + b"\n")
            stdin.write(data)
            stdin.flush()
            outcome, size = stdout.readline().split()
            answer = stdout.read(int(size))
        except (OSError, ValueError):  # it was ended from outside: another one is started for the next file
            self.stop()
            return _ask_once(module, data, seconds, options)
        if outcome == b"late":
            raise subprocess.TimeoutExpired(_COMMAND, PATIENCE * seconds)
        if outcome != b"done":
            raise subprocess.CalledProcessError(1, _COMMAND)
        return answer

    def _start(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 (our own file)
                [*_COMMAND, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def stop(self) -> None:
        if process := self._process:
            self._process = None
            process.kill()
            with suppress(BrokenPipeError), process:  # closing sends on what the ended process did not take
                pass


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("The process was started without pipes.")
    return process.stdin, process.stdout


_kept_server: ContextVar[_Server | None] = ContextVar("_kept_server", default=None)


@contextmanager
def kept_process() -> Iterator[None]:
    """Inside the block libraries are loaded once for all files that this thread reads, where the system can do that.

    For commands that read many files: each file is still read under limits, in a process that is divided from one with
    the libraries.
    """
    if not hasattr(os, "fork") or _kept_server.get():
        yield
        return
    server = _Server()
    token = _kept_server.set(server)
    try:
        yield
    finally:
        _kept_server.reset(token)
        server.stop()

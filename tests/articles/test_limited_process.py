"""Many files are read from one process with the libraries, each under its own limits."""

import signal
import time

import pytest

from articles.intake_files import FileIsBroken, read_article
from articles.reading import limited_process
from articles.reading.limited_process import ProcessFailed, kept_process, run_limited
from tests.made_files import make_pdf

MAIL = b"From: Ana Ruiz <a@union.example>\nSubject: The dam\n\nNobody was asked about the dam, she wrote to us.\n"
FILES = [
    (make_pdf([[(72, 700, 11, "Nobody was asked about the dam.")]]), "a.pdf"),
    (b"%PDF-1.4 broken", "b.pdf"),
    (MAIL, "c.eml"),
    (b"WEBVTT\n\n00:01.000 --> 00:02.000\nNobody was asked.\n", "d.vtt"),
]


def read_all():
    found = []
    for data, name in FILES:
        try:
            found.append(read_article(data, name))
        except FileIsBroken as error:
            found.append(str(error))
    return found


def test_one_process_reads_the_same_as_one_for_each_file():
    one_each = read_all()
    assert [isinstance(reading, str) for reading in one_each] == [False, True, False, False]
    with kept_process(), kept_process():
        assert read_all() == one_each
        server = limited_process._kept_server.get()._process
        assert server.poll() is None
        server.kill()  # from outside: the next file starts another
        assert server.wait() == -signal.SIGKILL  # it takes nothing any more: what is sent to it breaks the pipe
        assert read_all() == one_each
    assert limited_process._kept_server.get() is None


def test_a_file_that_needs_too_much_ends_its_own_process_alone(monkeypatch):
    monkeypatch.setattr(limited_process, "MAX_ANSWER", 40)
    with kept_process():
        with pytest.raises(ProcessFailed, match="damaged, or too large"):
            run_limited("mails", MAIL, seconds=10, what="mail")
        monkeypatch.setattr(limited_process, "MAX_ANSWER", 64_000_000)
        assert run_limited("mails", MAIL, seconds=10, what="mail")["lines"]
        monkeypatch.setattr(limited_process, "PATIENCE", 0.0001)
        start = time.monotonic()
        with pytest.raises(ProcessFailed, match="took more than"):
            run_limited("pdf_files", make_pdf([[(72, 700, 11, "Nobody")]] * 400), seconds=10, what="PDF")
        assert time.monotonic() - start < 10
        monkeypatch.setattr(limited_process, "PATIENCE", 3)
        assert run_limited("mails", MAIL, seconds=10, what="mail")["lines"]

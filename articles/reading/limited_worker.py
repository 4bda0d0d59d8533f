"""The script that limited_process.py runs: limits itself, reads a file from standard input, answers in JSON.

Called with "serve" it does so for one file after another, each in a process of its own.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn

MEMORY_LIMIT = 2 * 1024**3  # bytes of address space
# What a module loads when it reads its first file; where many are read it is loaded once before them.
LIBRARIES = {
    "extraction": ["trafilatura"],
    "office_documents": ["mammoth", "lxml.html"],
    "pdf_files": ["pypdfium2.raw"],
    "subtitles": ["webvtt"],
    "web_archives": ["warcio.archiveiterator"],
}


def limit_resources(seconds: int, answer: int) -> None:
    """The kernel ends this process when it needs more; where it has no such limits the caller's timeout still does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))


def answer_for(module: str, data: bytes, options: dict[str, str]) -> dict[str, Any]:
    """What the module `articles.reading.…` finds in `data`, or what it says is wrong with it."""
    from articles.reading.article_reading import ChoiceIsNeeded, NotReadable

    try:
        found: dict[str, Any] = import_module(f"articles.reading.{module}").extract(data, **options)
    except ChoiceIsNeeded as needed:
        return {"broken": str(needed), "choices": [[choice.key, choice.label] for choice in needed.choices]}
    except NotReadable as error:
        return {"broken": str(error)}
    return found


def serve() -> None:
    """Answers one question after another on standard input, each from a process that is divided for it.

    A question is a line of JSON and then the bytes; an answer is a line that says "done", "late" or "failed" and how
    many bytes follow.
    """
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := questions.readline():
        asked = json.loads(line)
        data = questions.read(asked["size"])
        with suppress(ImportError):  # the process that reads says so
            for library in (f"articles.reading.{asked['module']}", *LIBRARIES.get(asked["module"], ())):
                import_module(library)
        with tempfile.TemporaryFile("w+") as answer:
            child = os.fork()
            if child == 0:
                _answer_and_end(asked, data, answer)
            del data
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            outcome = {0: "done", -signal.SIGALRM: "late"}.get(status, "failed")
            size = answer.seek(0, os.SEEK_END) if outcome == "done" else 0
            answer.seek(0)
            answers.write(f"{outcome} {size}\n".encode())
            if size:
                shutil.copyfileobj(answer.buffer, answers)
            answers.flush()


def _answer_and_end(asked: dict[str, Any], data: bytes, answer: IO[str]) -> NoReturn:
    status = 1
    try:
        os.close(0)
        signal.setitimer(signal.ITIMER_REAL, asked["clock"])
        limit_resources(asked["seconds"], asked["answer"])
        json.dump(answer_for(asked["module"], data, asked["options"]), answer)
        answer.flush()
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    if sys.argv[1] == "serve":
        serve()
        sys.exit()
    limit_resources(int(sys.argv[2]), int(sys.argv[3]))
    json.dump(answer_for(sys.argv[1], sys.stdin.buffer.read(), json.loads(sys.argv[4])), sys.stdout)

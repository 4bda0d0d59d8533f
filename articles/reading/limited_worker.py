"""The script that limited_process.py runs: limits itself, reads a file from standard input, answers in JSON."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

MEMORY_LIMIT = 2 * 1024**3  # bytes of address space


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


if __name__ == "__main__":
    limit_resources(int(sys.argv[2]), int(sys.argv[3]))
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    json.dump(answer_for(sys.argv[1], sys.stdin.buffer.read(), json.loads(sys.argv[4])), sys.stdout)

"""Reading in a process of its own with limits of time, memory and output. Libraries get what outsiders made only there.

A file of a few bytes made for the purpose keeps a parser busy for hours or fills the memory, and a thread of the desk
cannot be stopped. The process has no settings and no database; it gets the bytes on its standard input and answers in
JSON.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

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
    command = [sys.executable, "-I", str(WORKER), module, str(seconds), str(MAX_ANSWER), json.dumps(options)]
    with tempfile.TemporaryFile() as answer:
        try:
            subprocess.run(  # noqa: S603 (our own file; what is from outside is JSON in one argument)
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE * seconds,
                check=True,
            )
            answer.seek(0)
            found = json.loads(answer.read(MAX_ANSWER + 1))
        except subprocess.TimeoutExpired:
            raise ProcessFailed(f"Reading the {what} took more than {PATIENCE * seconds} seconds.") from None
        except (subprocess.CalledProcessError, ValueError):
            raise ProcessFailed(f"The {what} could not be read: it is damaged, or too large or complex.") from None
    if "choices" in found and "broken" in found:
        raise ChoiceIsNeeded(found["broken"], [Choice(*choice) for choice in found["choices"]])
    if "broken" in found:
        raise NotReadable(found["broken"])
    return found

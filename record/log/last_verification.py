"""What `record_verify` last found, kept as a file in the state folder: when, in how many entries, how many faults."""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

FILE_NAME = "last_verification.json"


@dataclass(frozen=True)
class LastVerification:
    at: datetime
    entries: int
    faults: int


def remember_verification(*, entries: int, faults: int, at: datetime | None = None) -> None:
    """Replaces the file as a whole. Where the folder cannot be written nothing is kept."""
    content = {"at": (at or datetime.now(UTC)).isoformat(), "entries": entries, "faults": faults}
    path = Path(settings.STATE_DIR) / FILE_NAME
    with suppress(OSError):
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=FILE_NAME)
        with open(handle, "w") as file:
            json.dump(content, file)
        os.replace(draft, path)


def read_last_verification() -> LastVerification | None:
    """None where there is no file, or none that can be read."""
    try:
        content = json.loads((Path(settings.STATE_DIR) / FILE_NAME).read_text())
        return LastVerification(datetime.fromisoformat(content["at"]), int(content["entries"]), int(content["faults"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None

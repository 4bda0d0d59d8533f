"""Where the log ended at some moments, noted apart from the database, so that a log that was cut is found.

A write-ahead log that has lost its end, or a file that was put back, looks sound in itself: only somebody who remembers
what was there can tell. `record_verify` and `backup` note the head beside the ledger of erasures, and `record_verify`
looks for every head that was noted.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..models import Publication
from . import ledger

FILE = "heads.jsonl"
MAX_NOTED = 1000  # the newest of the file that are looked for


def heads_file() -> Path:
    return ledger.ledger_file().with_name(FILE)


def note_head() -> None:
    """Notes where the log ends now, if it is not noted yet."""
    last = Publication.objects.order_by("-seq").values("seq", "link").first()
    noted = _read_notes()
    if last is None or (noted and noted[-1]["link"] == last["link"]):
        return
    _write_notes([{**last, "at": datetime.now(UTC).isoformat(timespec="seconds")}], os.O_APPEND)


def lost_heads() -> Iterator[str]:
    """A sentence if a noted head is not in the log any more."""
    noted = _read_notes()[-MAX_NOTED:]
    here = _links_here(noted)
    lost = [note for note in noted if note["link"] not in here]
    if lost:
        yield (
            f"Entry {lost[-1]['seq']}, which ended the log at {lost[-1]['at']}, is not in it: the log was cut, or an "
            "older copy of the database was put in its place."
        )


def forget_lost_heads() -> None:
    """Keeps of the notes those that are in the log: an older one was put in its place on purpose."""
    noted = _read_notes()
    here = _links_here(noted)
    if any(note["link"] not in here for note in noted):
        _write_notes([note for note in noted if note["link"] in here], os.O_TRUNC)


def _links_here(noted: list[dict[str, Any]]) -> set[str]:
    seqs = [note["seq"] for note in noted]
    return set(Publication.objects.filter(seq__in=seqs).values_list("link", flat=True)) if seqs else set()


def _read_notes() -> list[dict[str, Any]]:
    try:
        content = heads_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in content.splitlines() if line.endswith("}")]


def _write_notes(notes: list[dict[str, Any]], how: int) -> None:
    path = heads_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | how, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(f"{json.dumps(note)}\n" for note in notes))
        file.flush()
        os.fsync(descriptor)

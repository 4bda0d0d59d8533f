"""Editor's notes: what readers are told of what was inferred, and of what is implausible as printed."""

from collections.abc import Sequence

from articles.models import Tracked
from articles.trace import Refused

from . import reading
from .frame import Row, changing_with, sync
from .inputs import NoteInput

MOST_NOTES = 50


class Notes:
    """All notes on one object."""

    name = "notes"

    def __init__(self, notes: Sequence[NoteInput]):
        self._notes = [NoteInput(note.about, reading.line(note.text, self.name, "note")) for note in notes]
        if len(self._notes) > MOST_NOTES:
            raise Refused(f"One object can have {MOST_NOTES} notes at most.", field=self.name)
        if len({(note.about, note.text) for note in self._notes}) < len(self._notes):
            raise Refused("A note is given twice.", field=self.name)

    def standing(self, owner: Tracked) -> list[str]:
        return [f"{note.about}: {note.text}" for note in owner.notes.order_by("id")]

    def wanted(self, owner: Tracked) -> list[str]:
        return [f"{note.about}: {note.text}" for note in self._notes]

    def write(self, owner: Tracked) -> None:
        rows = [Row({"about": note.about, "text": note.text}, {}) for note in self._notes]
        sync(owner.notes.all(), rows, {owner._meta.model_name: owner}, part=self.name)


def annotate(obj: Tracked, notes: Sequence[NoteInput], *, by, seen: int | None, why: str = "") -> Tracked:
    """Puts `notes` in the place of those on `obj`, a question, claim, actor, outlet, article or statement."""
    with changing_with(obj, {}, [Notes(notes)], by=by, verb="annotate", seen=seen, why=why) as change:
        return change.obj

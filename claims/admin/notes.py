"""The editors' notes of an object, on its page: for readers, and changed with the object."""

from contextlib import contextmanager

from django.forms import Textarea

from articles.trace import StaleRevision
from articles.verbadmin import PartInline
from articles.verbforms import PartFormSet

from ..changes import NoteInput, annotate
from ..changes.parts import Notes
from ..models import EditorsNote


class NoteFormSet(PartFormSet):
    """Notes as posted; a form that was made without them leaves those that stand."""

    def __init__(self, data=None, files=None, instance=None, *, queryset=None, prefix=None, **kwargs):
        if data is not None and f"{prefix}-TOTAL_FORMS" not in data:
            data = data.copy()
            stands = queryset is not None and instance is not None and instance.pk is not None
            notes = list(queryset.filter(**{self.fk.name: instance.pk})) if stands else []
            data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = len(notes), 0
            for number, note in enumerate(notes):
                data[f"{prefix}-{number}-about"], data[f"{prefix}-{number}-text"] = note.about, note.text
        super().__init__(data, files, instance, queryset=queryset, prefix=prefix, **kwargs)


class NoteInline(PartInline):
    model = EditorsNote
    formset = NoteFormSet
    part = "notes"
    fields = ["about", "text"]
    extra = 0
    verbose_name = "note"
    verbose_name_plural = "notes for readers"
    lead = "Public, and shown where this is: what was inferred and from what, or what is implausible as printed."

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "text":
            kwargs["widget"] = Textarea(attrs={"rows": 2, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def notes_in(parts: dict) -> list[NoteInput]:
    """The notes as a verb takes them, from the lists of a page."""
    return [NoteInput.of(row) for row in parts["notes"]]


@contextmanager
def notes_compared(obj, parts: dict):
    """Tells of the notes too where the verb of a room that has never heard of them finds the object changed."""
    try:
        yield
    except StaleRevision as stale:
        notes = Notes(notes_in(parts))
        theirs, yours = notes.standing(obj), notes.wanted(obj)
        if theirs != yours:
            stale.theirs[notes.name], stale.yours[notes.name] = theirs, yours
        raise


def annotated(obj, parts: dict, *, by, why: str = ""):
    """`obj`, which a verb has just saved, with the notes of its page."""
    return annotate(obj, notes_in(parts), by=by, seen=obj.revision, why=why)

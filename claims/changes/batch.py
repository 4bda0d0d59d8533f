"""One change of several objects chosen together, and taking it back. All of them change, or none does.

Each act leaves one trace an object, as if it had been done one by one, so that histories, reviews and the second person
know of it. What was refused is told object by object.
"""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from articles.history import model_of
from articles.models import Article, Outlet, Trace, Tracked
from articles.trace import Refused, leave_trace

from ..models import Assignment, Statement
from . import cleaning
from .claims_and_actors import revise, revise_printed
from .transactions import clashes_told

SET_OUTLET, SET_DATE, ASSIGN, PUT_BACK = "set outlet", "set date", "assign", "put back"
UNDOABLE = (SET_OUTLET, SET_DATE, ASSIGN, PUT_BACK)
# The date of each noun: when an article was published, when a statement was made.
DATED = {Article: "published", Statement: "said_on"}
NOBODY = "(nobody)"  # no username has brackets
ASSIGNED = "assigned to"  # what histories call it


@dataclass(frozen=True)
class Wanted:
    """What one object is to become. `seen` is what its editor saw: its revision, or the username of its assignee."""

    obj: Tracked
    value: Any
    seen: int | str


class SeveralRefused(Refused):
    """An act on several objects, of which some cannot be changed, so that none was. `refusals` has each with why."""

    def __init__(self, refusals: list[tuple[Tracked, Refused]]):
        super().__init__(" ".join(refusal.sentence for _, refusal in refusals[:5]))
        self.refusals = refusals


def set_outlet(wanted: Sequence[Wanted], *, by, why: str = "") -> list[Trace]:
    """Gives each article its outlet; returns the traces. What is with that outlet already is left alone."""
    return _revise_all([(one.obj, {"outlet": one.value}, one.seen) for one in wanted], by=by, verb=SET_OUTLET, why=why)


def set_date(wanted: Sequence[Wanted], *, by, why: str = "") -> list[Trace]:
    """Gives each article its date of publication, each statement the day it was made: a partial date, or nothing."""
    changes = [(one.obj, {DATED[type(one.obj)]: one.value}, one.seen) for one in wanted]
    return _revise_all(changes, by=by, verb=SET_DATE, why=why)


def assign(wanted: Sequence[Wanted], *, by, why: str = "") -> list[Trace]:
    """Gives each object to the editor who works on it, or to nobody (None); returns the traces.

    Refused for who may not change the object, and where it was given to another than `seen` meanwhile. The objects'
    revisions stay: an assignment is no change of theirs.
    """
    why = cleaning.words(why, "why")
    with _all_or_none() as refused:
        standing = _locked_assignments(one.obj for one in wanted)
        traces = []
        for one in wanted:
            with refused.gathered(one.obj):
                traces += _assigned(one, standing.get(one.obj.public_id), by=by, why=why)
    return traces


def put_back(traces: Iterable[Trace], *, by, why: str = "") -> list[Trace]:
    """Takes back acts of this module: each object gets what it had before. Returns the traces of doing so.

    Refused for what was changed again since, and for traces of other acts.
    """
    traces = list(traces)
    with _all_or_none() as refused:
        made = []
        for trace in traces:
            obj = object_of(trace)
            with refused.gathered(obj):
                if trace.verb == ASSIGN:
                    before, after = trace.changes[ASSIGNED]
                    made += assign([Wanted(obj, user_called(before), after)], by=by, why=why)
                else:
                    made += _revise_all([(obj, values_before(trace), trace.revision)], by=by, verb=PUT_BACK, why=why)
    return made


def object_of(trace: Trace) -> Tracked:
    """The object of an act that can be taken back."""
    if trace.verb not in UNDOABLE:
        raise Refused(f"“{trace}” cannot be taken back here: look at the history of “{trace.label}”.")
    return model_of(trace.kind)._base_manager.get(public_id=trace.public_id)


def values_before(trace: Trace) -> dict:
    """What the one field that the act has set was before it."""
    names = {"outlet", *DATED.values()} & trace.changes.keys()
    values = {name: trace.changes[name][0] for name in names}
    if "outlet" in values:
        values["outlet"] = Outlet.objects.get(pk=values["outlet"])
    return values


def user_called(name: str):
    """The user of that name, None for nobody."""
    if name == NOBODY:
        return None
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise Refused(f"Nobody is called “{name}” any more.")
    return user


def may_work_on(user, model: type[Tracked]) -> bool:
    """Whether `user` can be given objects of this kind: who is of the staff and may change them."""
    return (
        user.is_active and user.is_staff and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    )


def _revise_all(changes: Sequence[tuple[Tracked, dict, int]], *, by, verb: str, why: str) -> list[Trace]:
    why = cleaning.words(why, "why")
    revised = []
    with _all_or_none() as refused:
        # In one order, so that two such acts wait for one another and do not lock each other out.
        for obj, values, seen in sorted(changes, key=lambda one: one[0].pk):
            with refused.gathered(obj):
                verb_of = revise_printed if isinstance(obj, Article) else revise
                revised.append(verb_of(obj, values, by=by, seen=seen, why=why, verb=verb))
        left = Trace.objects.filter(public_id__in=[obj.public_id for obj in revised], verb=verb)
        revisions = {obj.public_id: obj.revision for obj in revised}
        moved = {obj.public_id for obj, _, seen in changes if revisions.get(obj.public_id) != seen}
        return [one for one in left if one.public_id in moved and one.revision == revisions[one.public_id]]


def _locked_assignments(objects: Iterable[Tracked]) -> dict[str, Assignment]:
    """The assignments of `objects` by public identity, locked; made where there is none yet."""
    kinds = {one.public_id: one._meta.model_name for one in objects}
    Assignment.objects.bulk_create(
        [Assignment(kind=kind, public_id=public_id) for public_id, kind in sorted(kinds.items())], ignore_conflicts=True
    )
    rows = Assignment.objects.select_for_update(of=("self",)).filter(public_id__in=kinds).order_by("public_id")
    return {row.public_id: row for row in rows.select_related("editor")}


def _assigned(one: Wanted, standing: Assignment, *, by, why: str) -> list[Trace]:
    obj, editor = one.obj, one.value
    before = standing.editor.username if standing.editor else NOBODY
    after = editor.username if editor else NOBODY
    if before != one.seen:
        raise Refused(f"“{obj}” was given to somebody else while you were looking: it is with {before} now.")
    if getattr(obj, "merged_into_id", None):
        raise Refused(f"“{obj}” was merged into “{obj.merged_into}” and changes no more: assign that one.")
    if editor is not None and not may_work_on(editor, type(obj)):
        raise Refused(f"{editor} may not change {obj._meta.verbose_name_plural}: choose an editor.", field="editor")
    if before == after:
        return []
    standing.editor = editor
    standing.save(update_fields=["editor"])
    return [leave_trace(obj, by=by, verb=ASSIGN, changes={ASSIGNED: [before, after]}, why=why)]


class _Refusals:
    def __init__(self):
        self.found: list[tuple[Tracked, Refused]] = []

    @contextmanager
    def gathered(self, obj: Tracked):
        """Notes what is refused for `obj`, and goes on: the editor is told of all at once."""
        try:
            yield
        except SeveralRefused as several:
            self.found += several.refusals
        except Refused as refusal:
            self.found.append((obj, refusal))


@contextmanager
def _all_or_none():
    """One transaction around what is done to each object; raises `SeveralRefused` at its end if any was refused."""
    refusals = _Refusals()
    with clashes_told(), transaction.atomic():
        yield refusals
        if refusals.found:
            raise SeveralRefused(refusals.found)

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

from articles.history import tracked_model
from articles.models import Article, Outlet, Trace, Tracked
from articles.tracked_changes import Refusal, leave_trace

from ..models import Assignment, Statement
from . import cleaning
from .claims_and_actors import revise, revise_quoted_article
from .transactions import explain_conflicts

SET_OUTLET, SET_DATE, ASSIGN, UNDO = "set outlet", "set date", "assign", "put back"
REVERSIBLE_VERBS = (SET_OUTLET, SET_DATE, ASSIGN, UNDO)
# The date of each noun: when an article was published, when a statement was made.
DATE_FIELDS = {Article: "published", Statement: "said_on"}
NOBODY = "(nobody)"  # no username has brackets
ASSIGNEE_KEY = "assigned to"  # what histories call it


@dataclass(frozen=True)
class RequestedChange:
    """What one object is to become. `seen` is what its editor saw: its revision, or the username of its assignee."""

    obj: Tracked
    value: Any
    seen: int | str


class BatchRefused(Refusal):
    """An act on several objects, of which some cannot be changed, so that none was. `refusals` has each with why."""

    def __init__(self, refusals: list[tuple[Tracked, Refusal]]):
        super().__init__(" ".join(refusal.sentence for _, refusal in refusals[:5]))
        self.refusals = refusals


def set_outlet(wanted: Sequence[RequestedChange], *, by, why: str = "") -> list[Trace]:
    """Gives each article its outlet; returns the traces. What is with that outlet already is left alone."""
    return _revise_all([(one.obj, {"outlet": one.value}, one.seen) for one in wanted], by=by, verb=SET_OUTLET, why=why)


def set_date(wanted: Sequence[RequestedChange], *, by, why: str = "") -> list[Trace]:
    """Gives each article its date of publication, each statement the day it was made: a partial date, or nothing."""
    changes = [(one.obj, {DATE_FIELDS[type(one.obj)]: one.value}, one.seen) for one in wanted]
    return _revise_all(changes, by=by, verb=SET_DATE, why=why)


def assign(wanted: Sequence[RequestedChange], *, by, why: str = "") -> list[Trace]:
    """Gives each object to the editor who works on it, or to nobody (None); returns the traces.

    Refused for who may not change the object, and where it was given to another than `seen` meanwhile. The objects'
    revisions stay: an assignment is no change of theirs.
    """
    why = cleaning.long_text(why, "why")
    with _change_all_or_none() as refused:
        standing = _lock_assignments(one.obj for one in wanted)
        traces = []
        for one in wanted:
            with refused.collect_refusals(one.obj):
                traces += _assign_object(one, standing.get(one.obj.public_id), by=by, why=why)
    return traces


def undo_changes(traces: Iterable[Trace], *, by, why: str = "") -> list[Trace]:
    """Takes back acts of this module: each object gets what it had before. Returns the traces of doing so.

    Refused for what was changed again since, and for traces of other acts.
    """
    traces = list(traces)
    with _change_all_or_none() as refused:
        made = []
        for trace in traces:
            obj = object_of(trace)
            with refused.collect_refusals(obj):
                if trace.verb == ASSIGN:
                    before, after = trace.changes[ASSIGNEE_KEY]
                    made += assign([RequestedChange(obj, user_by_name(before), after)], by=by, why=why)
                else:
                    made += _revise_all([(obj, previous_values(trace), trace.revision)], by=by, verb=UNDO, why=why)
    return made


def object_of(trace: Trace) -> Tracked:
    """The object of an act that can be taken back."""
    if trace.verb not in REVERSIBLE_VERBS:
        raise Refusal(f"“{trace}” cannot be undone here: see the history of “{trace.label}”.")
    return tracked_model(trace.kind)._base_manager.get(public_id=trace.public_id)


def previous_values(trace: Trace) -> dict:
    """What the one field that the act has set was before it."""
    names = {"outlet", *DATE_FIELDS.values()} & trace.changes.keys()
    values = {name: trace.changes[name][0] for name in names}
    if "outlet" in values:
        values["outlet"] = Outlet.objects.get(pk=values["outlet"])
    return values


def user_by_name(name: str):
    """The user of that name, None for nobody."""
    if name == NOBODY:
        return None
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise Refusal(f"There is no longer a user “{name}”.")
    return user


def may_work_on(user, model: type[Tracked]) -> bool:
    """Whether `user` can be given objects of this kind: who is of the staff and may change them."""
    return (
        user.is_active and user.is_staff and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    )


def _revise_all(changes: Sequence[tuple[Tracked, dict, int]], *, by, verb: str, why: str) -> list[Trace]:
    why = cleaning.long_text(why, "why")
    revised = []
    with _change_all_or_none() as refused:
        # In one order, so that two such acts wait for one another and do not lock each other out.
        for obj, values, seen in sorted(changes, key=lambda one: one[0].pk):
            with refused.collect_refusals(obj):
                verb_of = revise_quoted_article if isinstance(obj, Article) else revise
                revised.append(verb_of(obj, values, by=by, seen=seen, why=why, verb=verb))
        left = Trace.objects.filter(public_id__in=[obj.public_id for obj in revised], verb=verb)
        revisions = {obj.public_id: obj.revision for obj in revised}
        moved = {obj.public_id for obj, _, seen in changes if revisions.get(obj.public_id) != seen}
        return [one for one in left if one.public_id in moved and one.revision == revisions[one.public_id]]


def _lock_assignments(objects: Iterable[Tracked]) -> dict[str, Assignment]:
    """The assignments of `objects` by public identity, locked; made where there is none yet."""
    kinds = {one.public_id: one._meta.model_name for one in objects}
    Assignment.objects.bulk_create(
        [Assignment(kind=kind, public_id=public_id) for public_id, kind in sorted(kinds.items())], ignore_conflicts=True
    )
    rows = Assignment.objects.select_for_update(of=("self",)).filter(public_id__in=kinds).order_by("public_id")
    return {row.public_id: row for row in rows.select_related("editor")}


def _assign_object(one: RequestedChange, standing: Assignment, *, by, why: str) -> list[Trace]:
    obj, editor = one.obj, one.value
    before = standing.editor.username if standing.editor else NOBODY
    after = editor.username if editor else NOBODY
    if before != one.seen:
        raise Refusal(f"“{obj}” has been reassigned since you opened this page: {before} has it now.")
    if getattr(obj, "merged_into_id", None):
        raise Refusal(f"“{obj}” was merged into “{obj.merged_into}” and can no longer be changed: assign that one.")
    if editor is not None and not may_work_on(editor, type(obj)):
        raise Refusal(f"{editor} may not change {obj._meta.verbose_name_plural}: choose an editor.", field="editor")
    if before == after:
        return []
    standing.editor = editor
    standing.save(update_fields=["editor"])
    return [leave_trace(obj, by=by, verb=ASSIGN, changes={ASSIGNEE_KEY: [before, after]}, why=why)]


class _Refusals:
    def __init__(self):
        self.found: list[tuple[Tracked, Refusal]] = []

    @contextmanager
    def collect_refusals(self, obj: Tracked):
        """Notes what is refused for `obj`, and goes on: the editor is told of all at once."""
        try:
            yield
        except BatchRefused as several:
            self.found += several.refusals
        except Refusal as refusal:
            self.found.append((obj, refusal))


@contextmanager
def _change_all_or_none():
    """One transaction around what is done to each object; raises `SeveralRefused` at its end if any was refused."""
    refusals = _Refusals()
    with explain_conflicts(), transaction.atomic():
        yield refusals
        if refusals.found:
            raise BatchRefused(refusals.found)

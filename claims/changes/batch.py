"""One change of several objects chosen together, and taking it back. All of them change, or none does.

Each act leaves one trace an object, as if it had been done one by one, so that histories, reviews and the second person
know of it. What was refused is told object by object.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from articles.history import tracked_model
from articles.models import Article, Outlet, Trace, TrackedModel
from articles.tracked_changes import Refusal, leave_trace

from ..models import Actor, Assignment, Claim, Notice, Statement
from . import cleaning
from .claims_and_actors import revise, revise_quoted_article
from .cleaning import Values
from .comments_and_notices import notify
from .transactions import explain_conflicts

SET_OUTLET, SET_DATE, ASSIGN, UNDO = "set outlet", "set date", "assign", "put back"
REVERSIBLE_VERBS = (SET_OUTLET, SET_DATE, ASSIGN, UNDO)
# The date of each noun: when an article was published, when a statement was made.
DATE_FIELDS = {Article: "published", Statement: "said_on"}
NOBODY = "(nobody)"  # no username has brackets
ASSIGNEE_KEY = "assigned to"  # what histories call it


Target = TypeVar("Target", bound=TrackedModel, covariant=True)
Seen = TypeVar("Seen", int, str, covariant=True)
Dated = Article | Statement  # what is changed together besides being assigned


@dataclass(frozen=True)
class RequestedChange(Generic[Target, Seen]):
    """What one object is to become. `seen` is what its editor saw: its revision, or the username of its assignee."""

    obj: Target
    value: Any
    seen: Seen


class BatchRefused(Refusal):
    """An act on several objects, of which some cannot be changed, so that none was. `refusals` has each with why."""

    def __init__(self, refusals: list[tuple[TrackedModel, Refusal]]):
        super().__init__(" ".join(refusal.sentence for _, refusal in refusals[:5]))
        self.refusals = refusals


def set_outlet(wanted: Sequence[RequestedChange[Article, int]], *, by: User, why: str = "") -> list[Trace]:
    """Gives each article its outlet; returns the traces. What is with that outlet already is left alone."""
    changes = [(request.obj, {"outlet": request.value}, request.seen) for request in wanted]
    return _revise_all(changes, by=by, verb=SET_OUTLET, why=why)


def set_date(wanted: Sequence[RequestedChange[Dated, int]], *, by: User, why: str = "") -> list[Trace]:
    """Gives each article its date of publication, each statement the day it was made: a partial date, or nothing."""
    changes = [(request.obj, {DATE_FIELDS[type(request.obj)]: request.value}, request.seen) for request in wanted]
    return _revise_all(changes, by=by, verb=SET_DATE, why=why)


def assign(wanted: Sequence[RequestedChange[TrackedModel, str]], *, by: User, why: str = "") -> list[Trace]:
    """Gives each object to the editor who works on it, or to nobody (None); returns the traces.

    Refused for who may not change the object, and where it was given to another than `seen` meanwhile. The objects'
    revisions stay: an assignment is no change of theirs.
    """
    why = cleaning.long_text(why, "why")
    with _change_all_or_none() as refused:
        assignments = _lock_assignments(request.obj for request in wanted)
        traces = []
        for request in wanted:
            with refused.collect_refusals(request.obj):
                traces += _assign_object(request, assignments[request.obj.public_id], by=by, why=why)
    return traces


def undo_changes(traces: Iterable[Trace], *, by: User, why: str = "") -> list[Trace]:
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
                elif isinstance(obj, Dated):
                    made += _revise_all([(obj, previous_values(trace), trace.revision)], by=by, verb=UNDO, why=why)
    return made


def object_of(trace: Trace) -> TrackedModel:
    """The object of an act that can be taken back."""
    model = tracked_model(trace.kind)
    if trace.verb not in REVERSIBLE_VERBS or model is None or not issubclass(model, TrackedModel):
        raise Refusal(f"“{trace}” cannot be undone here: see the history of “{trace.label}”.")
    return model._base_manager.get(public_id=trace.public_id)


def previous_values(trace: Trace) -> Values:
    """What the one field that the act has set was before it."""
    names = {"outlet", *DATE_FIELDS.values()} & trace.changes.keys()
    values = {name: trace.changes[name][0] for name in names}
    if "outlet" in values:
        values["outlet"] = Outlet.objects.get(pk=values["outlet"])
    return values


def user_by_name(name: str) -> User | None:
    """The user of that name, None for nobody."""
    if name == NOBODY:
        return None
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise Refusal(f"There is no longer a user “{name}”.")
    return user


def may_work_on(user: User, model: type[TrackedModel]) -> bool:
    """Whether `user` can be given objects of this kind: who is of the staff and may change them."""
    return user.is_active and user.is_staff and user.has_perm(f"{model._meta.app_label}.change_{model.kind_name()}")


def _revise_all(changes: Sequence[tuple[Dated, Values, int]], *, by: User, verb: str, why: str) -> list[Trace]:
    why = cleaning.long_text(why, "why")
    revised: list[Dated] = []
    with _change_all_or_none() as refused:
        # In one order, so that two such acts wait for one another and do not lock each other out.
        for obj, values, seen in sorted(changes, key=lambda change: change[0].pk):
            with refused.collect_refusals(obj):
                if isinstance(obj, Article):
                    revised.append(revise_quoted_article(obj, values, by=by, seen=seen, why=why, verb=verb))
                else:
                    revised.append(revise(obj, values, by=by, seen=seen, why=why, verb=verb))
        traces = Trace.objects.filter(public_id__in=[obj.public_id for obj in revised], verb=verb)
        revisions = {obj.public_id: obj.revision for obj in revised}
        moved = {obj.public_id for obj, _, seen in changes if revisions.get(obj.public_id) != seen}
        return [row for row in traces if row.public_id in moved and row.revision == revisions[row.public_id]]


def _lock_assignments(objects: Iterable[TrackedModel]) -> dict[str, Assignment]:
    """The assignments of `objects` by public identity, locked; made where there is none yet."""
    kinds = {obj.public_id: obj.kind_name() for obj in objects}
    Assignment.objects.bulk_create(
        [Assignment(kind=kind, public_id=public_id) for public_id, kind in sorted(kinds.items())], ignore_conflicts=True
    )
    rows = Assignment.objects.select_for_update(of=("self",)).filter(public_id__in=kinds).order_by("public_id")
    return {row.public_id: row for row in rows.select_related("editor")}


def who_asked(public_ids: Iterable[str]) -> dict[str, str]:
    """Who assigned each of these objects last, by public identity: a username."""
    acts = Trace.objects.filter(public_id__in=public_ids, verb=ASSIGN).order_by("id")
    return dict(acts.values_list("public_id", "by__username"))


def _assign_object(
    request: RequestedChange[TrackedModel, str], assignment: Assignment, *, by: User, why: str
) -> list[Trace]:
    obj, editor = request.obj, request.value
    before = assignment.editor.username if assignment.editor else NOBODY
    after = editor.username if editor else NOBODY
    if before != request.seen:
        raise Refusal(f"“{obj.mention}” has been reassigned since you opened this page: {before} has it now.")
    if isinstance(obj, Actor | Claim) and obj.merged_into_id:
        raise Refusal(f"“{obj}” was merged into “{obj.merged_into}” and can no longer be changed: assign that one.")
    if editor is not None and not may_work_on(editor, type(obj)):
        raise Refusal(f"{editor} may not change {obj._meta.verbose_name_plural}: choose an editor.", field="editor")
    if before == after:
        return []
    assignment.editor = editor
    assignment.due = None  # another editor is asked anew
    assignment.save(update_fields=["editor", "due"])
    notify([editor] if editor else [], Notice.Reason.ASSIGNED, obj, by=by)
    return [leave_trace(obj, by=by, verb=ASSIGN, changes={ASSIGNEE_KEY: [before, after]}, why=why)]


class _Refusals:
    def __init__(self) -> None:
        self.found: list[tuple[TrackedModel, Refusal]] = []

    @contextmanager
    def collect_refusals(self, obj: TrackedModel) -> Iterator[None]:
        """Notes what is refused for `obj`, and goes on: the editor is told of all at once."""
        try:
            yield
        except BatchRefused as refused:
            self.found += refused.refusals
        except Refusal as refusal:
            self.found.append((obj, refusal))


@contextmanager
def _change_all_or_none() -> Iterator[_Refusals]:
    """One transaction around what is done to each object; raises `BatchRefused` at its end if any was refused."""
    refusals = _Refusals()
    with explain_conflicts(), transaction.atomic():
        yield refusals
        if refusals.found:
            raise BatchRefused(refusals.found)

"""The second person: whoever publishes a document has not made, alone, any change that it rests on.

A document rests on its object and on what it is made of: the passages of a statement and the captured texts in which
they stand, what was merged into an actor or a claim, the captures of an article. Each change leaves a trace with its
author. Somebody else who publishes a document, or approves it, has looked at all changes that it shows: each of them
then has an `Approval`, and is never in the way again. docs/decisions/second-person.md has the reasons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.models import Article, Passage, Trace, TrackedModel
from record import documents as public
from record.documents import AnyDocument, Redirect, decode

from ..models import Actor, Approval, Claim, Statement, Topic
from .gates import PUBLISH_PERMISSION
from .loading import kind_of
from .planned_documents import Complaint, Plan, PlannedDocument

CAPTURE_KEY = "capture"  # what a trace calls the text that was taken in
MERGE_FIELD = "merged_into"
# What the document of a withheld actor has no place for, and what is shown in its stead wherever it speaks.
HIDDEN_ACTOR_FIELDS = frozenset({"name", "names", "identifiers", "description", "notes"})
LABEL_FIELDS = frozenset({"public_label", "protection"})
# What an object says of another, which documents hold only while the other is public.
MENTION_FIELDS: dict[type[TrackedModel], tuple[str, ...]] = {
    Article: ("framings", "derived_from", "derivation"),
    Claim: ("relations", "subjects"),
    Topic: ("questions",),
}

Confirmations = Mapping[str, list[tuple[int, int]]]  # of a passage: at which revision, by whom
PassagesByText = dict[str, tuple[Passage, ...]]  # the passages that were read in a text, by its SHA-256


@dataclass(frozen=True)
class Ground:
    """`obj`, as it was read for a document of `shown_by`, and which changes of it that document shows.

    `fields` are those of its fields that are shown, all if None, but for those in `hidden`. `partly` are shown in
    part: who looks at the document has not seen all of them. `captures` are the SHA-256 of the texts that it names,
    each with the passages in it that were read.
    """

    obj: TrackedModel
    shown_by: TrackedModel
    fields: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()
    partly_shown: frozenset[str] = frozenset()
    captures: Mapping[str, tuple[Passage, ...]] | None = None
    is_label_only: bool = False

    def shows(self, trace: Trace, confirmations: Confirmations) -> bool:
        """Whether the document shows what this trace has changed, and nobody else has confirmed it in its place."""
        if isinstance(self.obj, Passage) and _is_confirmed(self.obj, trace, trace.revision, confirmations):
            return False
        if CAPTURE_KEY in trace.changes and isinstance(self.obj, Article):
            return self._shows_capture(trace, confirmations)
        return bool(self._shown_fields(trace))

    def approves(self, trace: Trace) -> bool:
        """Whether who has looked at the document has looked at all that this trace has changed."""
        if self.is_label_only or trace.revision > self.obj.revision:
            return False
        if CAPTURE_KEY in trace.changes and isinstance(self.obj, Article):
            return trace.changes[CAPTURE_KEY][1] in (self.captures or {})
        return bool(self._shown_fields(trace)) and not (trace.changes.keys() & (self.hidden | self.partly_shown))

    def _shown_fields(self, trace: Trace) -> set[str]:
        changed = set(trace.changes)
        return (changed if self.fields is None else changed & self.fields) - self.hidden

    def _shows_capture(self, trace: Trace, confirmations: Confirmations) -> bool:
        passages = (self.captures or {}).get(trace.changes[CAPTURE_KEY][1])
        if passages is None:
            return False
        return not passages or not all(
            _is_confirmed(passage, trace, passage.revision, confirmations) for passage in passages
        )


def _is_confirmed(passage: Passage, trace: Trace, since: int, confirmations: Confirmations) -> bool:
    """Whether somebody else than the author of `trace` has confirmed the passage at revision `since` or later."""
    return any(revision >= since and by != trace.by_id for revision, by in confirmations.get(passage.public_id, ()))


def grounds_of(plan: Plan) -> Iterator[Ground]:
    """The grounds of every document of the plan, one query for each level of merging.

    The grounds of the objects themselves come first, so that a change is told of the nearest.
    """
    planned = [*plan.planned_documents, *plan.neighbours]
    read = _passages_by_article(planned)
    for entry in plan.planned_documents:
        yield from _object_grounds(entry.obj, entry.document, entry.current_text, read)
    for entry in plan.neighbours:
        yield _neighbour_ground(entry.obj, entry.document, entry.current_text, read)
    for entry in planned:
        if isinstance(entry.obj, Statement) and not isinstance(entry.document, Redirect):
            yield from _statement_grounds(entry.obj, read)
    yield from _merged_object_grounds(
        [entry.obj for entry in plan.planned_documents if not isinstance(entry.document, Redirect)]
    )


def _passages_by_article(planned: Iterable[PlannedDocument]) -> dict[str, PassagesByText]:
    """The passages that statements of the plan rest on, by article and by the SHA-256 of the text that they are in."""
    found: dict[str, dict[str, dict[int, Passage]]] = {}
    for entry in planned:
        for appearance in entry.obj.appearances.all() if isinstance(entry.obj, Statement) else ():
            passage = appearance.passage
            texts = found.setdefault(passage.capture.article.public_id, {})
            texts.setdefault(passage.capture.sha256, {})[passage.pk] = passage
    return {
        article: {sha256: tuple(passages.values()) for sha256, passages in texts.items()}
        for article, texts in found.items()
    }


def _object_grounds(
    obj: TrackedModel, document: AnyDocument, current_text: str | None, read: dict[str, PassagesByText]
) -> Iterator[Ground]:
    if isinstance(document, Redirect):
        yield Ground(obj, obj, fields=frozenset({MERGE_FIELD, "slug"}))
        other = obj.merged_into if isinstance(obj, Actor | Claim) else None
        while other and other.merged_into:
            yield Ground(other, obj, fields=frozenset({MERGE_FIELD}))
            other = other.merged_into
    elif isinstance(obj, Article | Claim | Topic):
        untouched, partly = _classify_mentions(obj, document, current_text)
        captures = _new_captures(obj, document, current_text, read)
        yield Ground(obj, obj, hidden=untouched, partly_shown=partly, captures=captures)
    elif isinstance(obj, Actor) and obj.withheld:
        yield Ground(obj, obj, hidden=HIDDEN_ACTOR_FIELDS)
    else:
        yield Ground(obj, obj)


def _neighbour_ground(
    obj: TrackedModel, document: AnyDocument, current_text: str | None, read: dict[str, PassagesByText]
) -> Ground:
    """Of a neighbour only what it mentions is new, and the captures that it lists."""
    untouched, partly = _classify_mentions(obj, document, current_text)
    fields = frozenset(MENTION_FIELDS[type(obj)]) - untouched
    captures = _new_captures(obj, document, current_text, read)
    return Ground(obj, obj, fields=fields, partly_shown=partly, captures=captures)


def _classify_mentions(
    obj: TrackedModel, document: AnyDocument, current_text: str | None
) -> tuple[frozenset[str], frozenset[str]]:
    """The mentions that are as readers see them already, and those of which the document leaves some out."""
    before = _current_document(current_text)
    names = MENTION_FIELDS[type(obj)]
    now = {name: getattr(document, name) for name in names}
    untouched = {name for name in names if now[name] == (getattr(before, name) if before else type(now[name])())}
    partly = set[str]()
    if isinstance(obj, Claim) and isinstance(document, public.Claim):
        if len(document.relations) < len(obj.relations.all()):
            partly.add("relations")
        if len(document.subjects) < len(obj.subjects.all()):
            partly.add("subjects")
    elif isinstance(obj, Topic) and isinstance(document, public.Topic):
        if len(document.questions) < len(obj.questions.all()):
            partly.add("questions")
    elif isinstance(obj, Article) and isinstance(document, public.Article):
        if len(document.framings) < len(obj.framings.all()):
            partly.add("framings")
        if obj.derived_from_id and document.derived_from is None:
            partly |= {"derived_from", "derivation"}
    return frozenset(untouched), frozenset(partly)


def _current_document(current_text: str | None) -> AnyDocument | None:
    before = decode(current_text) if current_text else None
    return None if isinstance(before, Redirect) else before


def _new_captures(
    obj: TrackedModel, document: AnyDocument, current_text: str | None, read: dict[str, PassagesByText]
) -> PassagesByText | None:
    """The captures of an article that readers do not see listed yet; None for what has no captures."""
    if not (isinstance(obj, Article) and isinstance(document, public.Article)):
        return None
    before = _current_document(current_text)
    known = {capture.sha256 for capture in before.captures} if isinstance(before, public.Article) else set()
    texts = read.get(obj.public_id, {})
    return {
        capture.sha256: texts.get(capture.sha256, ()) for capture in document.captures if capture.sha256 not in known
    }


def _statement_grounds(statement: Statement, read: dict[str, PassagesByText]) -> Iterator[Ground]:
    for appearance in statement.appearances.all():
        passage = appearance.passage
        capture = passage.capture
        yield Ground(passage, statement, hidden=frozenset({"gone_from"}))
        texts = {capture.sha256: read[capture.article.public_id][capture.sha256]}
        yield Ground(capture.article, statement, fields=frozenset(), captures=texts)
    if statement.speaker and statement.speaker.withheld:
        # Its label stands in the statement, whichever label readers see of the actor itself.
        yield Ground(statement.speaker, statement, fields=LABEL_FIELDS, is_label_only=True)


def _merged_object_grounds(objects: list[TrackedModel]) -> Iterator[Ground]:
    """What was merged into these, in however many steps: names, identifiers and relations came along."""
    actors = {obj.pk: obj for obj in objects if isinstance(obj, Actor) and not obj.withheld}
    yield from _grounds_of_merges(Actor, actors, frozenset({"names", "identifiers"}))
    claims = {obj.pk: obj for obj in objects if isinstance(obj, Claim)}
    yield from _grounds_of_merges(Claim, claims, frozenset({"relations", "subjects"}))


def _grounds_of_merges(
    model: type[Actor] | type[Claim], level: Mapping[int, TrackedModel], fields: frozenset[str]
) -> Iterator[Ground]:
    """The same for one model; `level` holds the objects by the key of what leads to each of them."""
    while level:
        merged = model._base_manager.filter(merged_into__in=level).order_by("pk")
        into = [(obj, level[key]) for obj in merged if (key := obj.merged_into_id) is not None]
        yield from (Ground(obj, shown_by, fields=fields) for obj, shown_by in into)
        level = {obj.pk: shown_by for obj, shown_by in into}


# Acts that change no word of a document. What was adopted is what readers see; an erasure only takes out.
VERBS_WITHOUT_CHANGE = (
    "submit",
    "send back",
    "publish",
    "approve",
    "confirm",
    "withdraw",
    "erase",
    "erase the name",
    "assign",
    "adopt",
    "attach",
    "discard",
)
BATCH_SIZE = 20_000  # identities in one query: SQLite takes some thirty thousand values

# What somebody has done, by verb, with the object named after it; any other verb has changed it.
VERB_PHRASES = {
    ("article", "take in"): "took in the text of",
    ("article", "frame"): "said how a claim is treated in",
    ("passage", "quote"): "marked the passage",
    ("passage", "re-anchor"): "moved to a newer text the passage",
    ("passage", "reword"): "gave other words to the passage",
    ("actor", "merge"): "merged into another the actor",
    ("claim", "merge"): "merged into another the claim",
}


@dataclass(frozen=True)
class UnapprovedChange:
    """A change that nobody but its author has looked at, and the ground on which a document shows it."""

    trace: int
    by: int | None
    kind: str
    verb: str
    at: datetime
    ground: Ground


def complaints(plan: Plan, by: User) -> Iterator[Complaint]:
    """A sentence for each change of `by` that a document of the plan rests on and nobody else has looked at."""
    if not settings.SECOND_PERSON:
        return
    for change in unapproved_changes(plan, by=by):
        ground = change.ground
        kind = kind_of(ground.obj)
        deed = VERB_PHRASES.get((kind, change.verb)) or f"{'added' if change.verb == 'add' else 'changed'} the {kind}"
        resting = "" if ground.obj == ground.shown_by else f", on which “{ground.shown_by}” rests,"
        day = date_format(localtime(change.at), "j F Y")
        yield Complaint(
            ground.shown_by,
            f"You {deed} “{ground.obj}”{resting} on {day}: somebody else has to publish it.",
        )


def unapproved_changes(plan: Plan, *, by: User | None = None, but: User | None = None) -> list[UnapprovedChange]:
    """The changes that documents of the plan show and nobody but their authors has looked at; three queries.

    Only those of `by`, or all but those of `but`. Each is there once, on the ground that comes first.
    """
    grounds = defaultdict(list)
    for ground in grounds_of(plan):
        grounds[ground.obj.public_id].append(ground)
    confirmations = _confirmations(grounds)
    found = []
    for trace in _traces_without_approval(grounds, by=by, but=but):
        showing = (ground for ground in grounds[trace.public_id] if ground.shows(trace, confirmations))
        if (shown := next(showing, None)) is not None:
            found.append(UnapprovedChange(trace.pk, trace.by_id, trace.kind, trace.verb, trace.at, shown))
    return found


def record_approvals(plan: Plan, *, by: User) -> int:
    """Notes that `by` has looked at what others changed in the documents of the plan; returns at how many changes.

    At a desk of one it is noted of one's own changes too: they are in nobody's way once a second person comes.
    """
    grounds = defaultdict(list)
    for ground in grounds_of(plan):
        grounds[ground.obj.public_id].append(ground)
    own = None if not settings.SECOND_PERSON else by
    seen = [
        trace.pk
        for trace in _traces_without_approval(grounds, but=own)
        if any(ground.approves(trace) for ground in grounds[trace.public_id])
    ]
    Approval.objects.bulk_create(
        [Approval(trace_id=key, by=by) for key in seen], ignore_conflicts=True, batch_size=BATCH_SIZE
    )
    return len(seen)


def has_unapproved(obj: TrackedModel, *, by: User, fields: Iterable[str]) -> bool:
    """Whether `by` has changed one of these fields of `obj`, and nobody else has looked at it."""
    if not settings.SECOND_PERSON:
        return False
    traces = _traces_without_approval([obj.public_id], by=by)
    return any(trace.changes.keys() & set(fields) for trace in traces)


def alternative_reviewers(plan: Plan, *, but: User) -> tuple[list[User], bool]:
    """The reviewers who could publish the plan in place of `but`; where each has a part in it, those who could approve.

    The second value says whether they could publish it at once.
    """
    users = get_user_model().objects.with_perm(PUBLISH_PERMISSION, backend="django.contrib.auth.backends.ModelBackend")
    reviewers = [user for user in users.filter(is_staff=True).order_by("username") if user.pk != but.pk]
    authors = {change.by for change in unapproved_changes(plan, but=but)}
    free = [user for user in reviewers if user.pk not in authors]
    return free or reviewers, bool(free)


def _traces_without_approval(ids: Iterable[str], *, by: User | None = None, but: User | None = None) -> Iterator[Trace]:
    ids = sorted(ids)
    for start in range(0, len(ids), BATCH_SIZE):
        traces = Trace.objects.filter(public_id__in=ids[start : start + BATCH_SIZE], approval=None, by__isnull=False)
        traces = traces.exclude(verb__in=VERBS_WITHOUT_CHANGE).order_by("id")
        if by is not None:
            traces = traces.filter(by=by)
        if but is not None:
            traces = traces.exclude(by=but)
        yield from traces


def _confirmations(grounds: dict[str, list[Ground]]) -> dict[str, list[tuple[int, int]]]:
    """Who has confirmed the place of each passage, and at which revision of it."""
    passages = sorted(key for key, showing in grounds.items() if kind_of(showing[0].obj) == "passage")
    found = defaultdict(list)
    for start in range(0, len(passages), BATCH_SIZE):
        rows = Trace.objects.filter(public_id__in=passages[start : start + BATCH_SIZE], verb="confirm").order_by()
        for public_id, revision, by in rows.values_list("public_id", "revision", "by_id"):
            found[public_id].append((revision, by))
    return found

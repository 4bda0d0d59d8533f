"""What a document rests on: the objects whose changes its readers see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from articles.models import Article, Passage, Trace, Tracked
from record.documents import AnyDocument, Redirect, decode

from ..models import Actor, Claim, Statement

CAPTURE = "capture"  # what a trace calls the text that was taken in
MERGED = "merged_into"
# What the document of a withheld actor has no place for, and what is shown in its stead wherever it speaks.
HIDDEN = frozenset({"name", "names", "identifiers", "description", "notes"})
LABEL = frozenset({"public_label", "protection"})
# What an article or a claim says of another, which documents hold only while the other is public.
MENTIONS = {Article: ("framings", "derived_from", "derivation"), Claim: ("relations",)}

Confirmations = Mapping[str, list[tuple[int, int]]]  # of a passage: at which revision, by whom
Read = dict[str, tuple[Passage, ...]]  # the passages that were read in a text, by its SHA-256


@dataclass(frozen=True)
class Ground:
    """`obj`, as it was read for a document of `shown_by`, and which changes of it that document shows.

    `fields` are those of its fields that are shown, all if None, but for those in `hidden`. `partly` are shown in
    part: who looks at the document has not seen all of them. `captures` are the SHA-256 of the texts that it names,
    each with the passages in it that were read.
    """

    obj: Tracked
    shown_by: Tracked
    fields: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    captures: Mapping[str, tuple[Passage, ...]] | None = None
    borrowed: bool = False

    def shows(self, trace: Trace, confirmations: Confirmations) -> bool:
        """Whether the document shows what this trace has changed, and nobody else has confirmed it in its place."""
        if isinstance(self.obj, Passage) and _confirmed(self.obj, trace, trace.revision, confirmations):
            return False
        if CAPTURE in trace.changes and isinstance(self.obj, Article):
            return self._shows_capture(trace, confirmations)
        return bool(self._shown(trace))

    def approves(self, trace: Trace) -> bool:
        """Whether who has looked at the document has looked at all that this trace has changed."""
        if self.borrowed or trace.revision > self.obj.revision:
            return False
        if CAPTURE in trace.changes and isinstance(self.obj, Article):
            return trace.changes[CAPTURE][1] in (self.captures or {})
        return bool(self._shown(trace)) and not (trace.changes.keys() & (self.hidden | self.partly))

    def _shown(self, trace: Trace) -> set[str]:
        changed = set(trace.changes)
        return (changed if self.fields is None else changed & self.fields) - self.hidden

    def _shows_capture(self, trace: Trace, confirmations: Confirmations) -> bool:
        passages = (self.captures or {}).get(trace.changes[CAPTURE][1])
        if passages is None:
            return False
        return not passages or not all(_confirmed(one, trace, one.revision, confirmations) for one in passages)


def _confirmed(passage: Passage, trace: Trace, since: int, confirmations: Confirmations) -> bool:
    """Whether somebody else than the author of `trace` has confirmed the passage at revision `since` or later."""
    return any(revision >= since and by != trace.by_id for revision, by in confirmations.get(passage.public_id, ()))


def grounds_of(plan) -> Iterator[Ground]:
    """The grounds of every document of the plan, one query for each level of merging.

    The grounds of the objects themselves come first, so that a change is told of the nearest.
    """
    planned = [*plan.becoming, *plan.neighbours]
    read = _passages_read(planned)
    for one in plan.becoming:
        yield from _own(one.obj, one.document, one.standing, read)
    for one in plan.neighbours:
        yield _mentions_alone(one.obj, one.document, one.standing, read)
    for one in planned:
        if isinstance(one.obj, Statement) and not isinstance(one.document, Redirect):
            yield from _beneath_statement(one.obj, read)
    yield from _merged_in([one.obj for one in plan.becoming if not isinstance(one.document, Redirect)])


def _passages_read(planned) -> dict[str, Read]:
    """The passages that statements of the plan rest on, by article and by the SHA-256 of the text that they are in."""
    found: dict[str, dict[str, dict[int, Passage]]] = {}
    for one in planned:
        for appearance in one.obj.appearances.all() if isinstance(one.obj, Statement) else ():
            passage = appearance.passage
            texts = found.setdefault(passage.capture.article.public_id, {})
            texts.setdefault(passage.capture.sha256, {})[passage.pk] = passage
    return {
        article: {sha256: tuple(passages.values()) for sha256, passages in texts.items()}
        for article, texts in found.items()
    }


def _own(obj: Tracked, document: AnyDocument, standing: str | None, read: dict[str, Read]) -> Iterator[Ground]:
    if isinstance(document, Redirect):
        yield Ground(obj, obj, fields=frozenset({MERGED, "slug"}))
        other = obj.merged_into
        while other.merged_into_id:
            yield Ground(other, obj, fields=frozenset({MERGED}))
            other = other.merged_into
    elif isinstance(obj, Article | Claim):
        untouched, partly = _mentions(obj, document, standing)
        captures = _new_captures(document, standing, obj, read) if isinstance(obj, Article) else None
        yield Ground(obj, obj, hidden=untouched, partly=partly, captures=captures)
    elif isinstance(obj, Actor) and obj.withheld:
        yield Ground(obj, obj, hidden=HIDDEN)
    else:
        yield Ground(obj, obj)


def _mentions_alone(obj: Tracked, document: AnyDocument, standing: str | None, read: dict[str, Read]) -> Ground:
    """Of a neighbour only what it mentions is new, and the captures that it lists."""
    untouched, partly = _mentions(obj, document, standing)
    fields = frozenset(MENTIONS[type(obj)]) - untouched
    captures = _new_captures(document, standing, obj, read) if isinstance(obj, Article) else None
    return Ground(obj, obj, fields=fields, partly=partly, captures=captures)


def _mentions(obj: Tracked, document: AnyDocument, standing: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The mentions that are as readers see them already, and those of which the document leaves some out."""
    before = _before(standing)
    names = MENTIONS[type(obj)]
    now = {name: getattr(document, name) for name in names}
    untouched = {name for name in names if now[name] == (getattr(before, name) if before else type(now[name])())}
    partly = set()
    if isinstance(obj, Claim):
        partly = {"relations"} if len(document.relations) < len(obj.relations.all()) else set()
    else:
        if len(document.framings) < len(obj.framings.all()):
            partly.add("framings")
        if obj.derived_from_id and document.derived_from is None:
            partly |= {"derived_from", "derivation"}
    return frozenset(untouched), frozenset(partly)


def _before(standing: str | None) -> AnyDocument | None:
    before = decode(standing) if standing else None
    return None if isinstance(before, Redirect) else before


def _new_captures(document, standing: str | None, article: Article, read: dict[str, Read]) -> Read:
    """The captures that readers do not see listed yet."""
    before = _before(standing)
    known = {one.sha256 for one in before.captures} if before else set()
    texts = read.get(article.public_id, {})
    return {one.sha256: texts.get(one.sha256, ()) for one in document.captures if one.sha256 not in known}


def _beneath_statement(statement: Statement, read: dict[str, Read]) -> Iterator[Ground]:
    for appearance in statement.appearances.all():
        passage = appearance.passage
        capture = passage.capture
        yield Ground(passage, statement, hidden=frozenset({"gone_from"}))
        texts = {capture.sha256: read[capture.article.public_id][capture.sha256]}
        yield Ground(capture.article, statement, fields=frozenset(), captures=texts)
    if statement.speaker_id and statement.speaker.withheld:
        # Its label stands in the statement, whichever label readers see of the actor itself.
        yield Ground(statement.speaker, statement, fields=LABEL, borrowed=True)


def _merged_in(objects: list[Tracked]) -> Iterator[Ground]:
    """What was merged into these, in however many steps: names, identifiers and relations came along."""
    for model, fields in ((Actor, {"names", "identifiers"}), (Claim, {"relations"})):
        level = {one.pk: one for one in objects if isinstance(one, model) and not getattr(one, "withheld", False)}
        while level:
            gone = list(model._base_manager.filter(merged_into__in=level).order_by("pk"))
            yield from (Ground(one, level[one.merged_into_id], fields=frozenset(fields)) for one in gone)
            level = {one.pk: level[one.merged_into_id] for one in gone}

"""What publishing a set of objects would make public, before it is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.db.models import Q
from msgspec.structs import replace

from articles.models import Article, TrackedModel
from record.documents import DOCUMENT_TYPES, AnyDocument, decode, encode
from record.models import Publication

from ..models import Actor, Claim, Question, Release, Statement, Topic
from ..privacy.redactor import Redactor
from . import gates, two_person_rule
from .documents import captures_of, document_of, optional_neighbours, survivor
from .loading import LOADING_ORDER, is_public, keys_by_model, kind_of_model, load_objects, releases_of
from .planned_documents import Plan, PlannedDocument


def plan(objects: Iterable[TrackedModel], *, by: User | None = None, lock: bool = False) -> Plan:
    """What would become public if `objects` were published: with what they need, and with every refusal.

    What is needed and public already stays as readers see it, even if it was changed since: nobody's unreviewed change
    is dragged along. With `by`, the refusals say too whether this user may publish it. `lock` keeps everybody else
    from changing it until the transaction ends. The number of queries grows with levels of derivation, not with sizes.
    """
    found, needed_by, releases = _collect_needed_objects(keys_by_model(objects), lock=lock)
    ids = {obj.public_id for obj in found}
    may_be_named = _nameable_ids(found, ids)
    withheld = Redactor.load()
    current_texts = current_documents(ids)
    made = Plan(releases=releases)
    for obj in found:
        document = document_of(obj, named=may_be_named, withheld=withheld)
        planned = PlannedDocument(
            obj, document, current_texts.get(obj.public_id), needed_by.get((type(obj), obj.pk), "")
        )
        if planned.text == planned.current_text:
            made.unchanged.append(obj)
        else:
            made.planned_documents.append(planned)
    made.neighbours = [
        PlannedDocument(obj, document, text)
        for obj, document, text in neighbours_of(made.planned_documents, named=may_be_named, withheld=withheld)
    ]
    made.warnings = [
        *gates.name_warnings(made.planned_documents, withheld=withheld),
        *gates.wording_warnings(made.planned_documents),
    ]
    made.own_changes = list(two_person_rule.complaints(made, by)) if by is not None and gates.may_publish(by) else []
    made.refusals = [
        *gates.complaints(made, withheld=withheld, by=by),
        *gates.misplaced_words(made),
        *gates.remaining_name_complaints(made, withheld),
        *made.own_changes,
    ]
    return made


def current_documents(ids: Iterable[str]) -> dict[str, str]:
    """The canonical text of the documents that readers see under these ids; one query."""
    rows = Publication.objects.filter(public_id__in=set(ids), superseded_by=None).exclude(document=None)
    return {public_id: text for public_id, text in rows.values_list("public_id", "document") if text is not None}


def _collect_needed_objects(
    chosen: dict[type[TrackedModel], set[int]], *, lock: bool
) -> tuple[list[TrackedModel], dict[tuple[type[TrackedModel], int], str], dict[str, Release]]:
    """The chosen objects and all that they need and that is not public, in the order of documents."""
    waiting = defaultdict(set, {model: set(keys) for model, keys in chosen.items()})
    found: dict[type[TrackedModel], dict[int, TrackedModel]] = defaultdict(dict)
    needed_by: dict[tuple[type[TrackedModel], int], str] = {}
    releases: dict[str, Release] = {}
    while any(waiting.values()):
        model = next(model for model in LOADING_ORDER if waiting[model])
        batch = load_objects(model, waiting.pop(model), lock=lock)
        found[model] |= {obj.pk: obj for obj in batch}
        needed = {(type(other), other.pk): (other, obj) for obj in batch for other in _needed_objects(obj)}
        asked = {obj.public_id for obj in batch} | {other.public_id for other, _ in needed.values()}
        releases |= releases_of(asked - releases.keys(), lock=lock)
        for (kind, key), (other, obj) in needed.items():
            known = key in found[kind] or key in waiting[kind]
            if (
                not known
                and not is_public(releases.get(other.public_id))
                and not _is_withdrawn_mention(obj, other, releases)
            ):
                waiting[kind].add(key)
                needed_by[kind, key] = obj.mention
    order = list(DOCUMENT_TYPES)
    in_order = sorted(found.items(), key=lambda pair: order.index(kind_of_model(pair[0])))
    return [obj for _, objects in in_order for obj in objects.values()], needed_by, releases


def _needed_objects(obj: TrackedModel) -> Iterator[TrackedModel]:
    """What the document of `obj` names."""
    if isinstance(obj, Actor | Claim) and obj.merged_into_id:
        yield survivor(obj)
    elif isinstance(obj, Claim):
        yield obj.question
        yield from (subject.actor for subject in obj.subjects.all() if subject.actor)
    elif isinstance(obj, Actor):
        yield from [obj.reported_in] if obj.reported_in else []
    elif isinstance(obj, Article):
        yield obj.outlet
        yield from [obj.derived_from] if obj.derived_from else []
        yield from (framing.written_by for framing in obj.framings.all() if framing.written_by)
    elif isinstance(obj, Statement):
        yield from [obj.speaker] if obj.speaker else []
        yield from (stance.claim for stance in obj.stances.all())
        for appearance in obj.appearances.all():
            yield appearance.passage.capture.article
            for step in appearance.steps.all():
                yield from [step.actor] if step.actor else []
                yield from [step.outlet] if step.outlet else []


def _is_withdrawn_mention(obj: TrackedModel, other: TrackedModel, releases: dict[str, Release]) -> bool:
    """Whether `other` was withdrawn, and `obj` can be public without naming it: its reprint, or a claim about it."""
    release = releases.get(other.public_id)
    optional = (isinstance(obj, Article) and isinstance(other, Article)) or (
        isinstance(obj, Claim) and isinstance(other, Actor)
    )
    return optional and release is not None and release.state == Release.State.WITHDRAWN


def _nameable_ids(found: list[TrackedModel], ids: set[str]) -> set[str]:
    """The ids that documents may name where naming is optional: what is public, and what becomes so."""
    optional = {neighbour.public_id for obj in found for neighbour in optional_neighbours(obj)} - ids
    return ids | {public_id for public_id, release in releases_of(optional).items() if is_public(release)}


def neighbours_of(
    becoming: list[PlannedDocument], *, named: set[str], withheld: Redactor
) -> Iterator[tuple[TrackedModel, AnyDocument, str]]:
    """The neighbours of what becomes public: object, new document, and the text of the one that stands.

    They are public already and name, from now on, what becomes public: a claim another that it contradicts or an actor
    that it is about, an article a claim that its headline treats, a reprint its original, a topic a question. A
    neighbour that was changed since it was published waits until somebody publishes that change: its new version
    would hold what nobody has reviewed.
    """
    inside = {entry.obj.public_id for entry in becoming}
    new = [entry.obj for entry in becoming if entry.current_text is None]
    claims = [obj.pk for obj in new if isinstance(obj, Claim)]
    articles = [obj.pk for obj in new if isinstance(obj, Article)]
    actors = [obj.pk for obj in new if isinstance(obj, Actor)]
    questions = [obj.pk for obj in new if isinstance(obj, Question)]
    related = Claim.objects.public().filter(Q(relations__other__in=claims) | Q(subjects__actor__in=actors))
    topics = Topic.objects.public().filter(questions__question__in=questions)
    reprints = Article.objects.filter(Q(framings__claim__in=claims) | Q(derived_from__in=articles))
    # The articles in which the statements appear: their documents list the captures that quotations rest on.
    statements = [entry.obj for entry in becoming if isinstance(entry.obj, Statement)]
    printed = {each.passage.capture.article_id for said in statements for each in said.appearances.all()}
    candidates = [
        *load_objects(Claim, set(related.values_list("pk", flat=True)) if claims or actors else ()),
        *load_objects(Topic, set(topics.values_list("pk", flat=True)) if questions else ()),
        *load_objects(Article, {*(reprints.values_list("pk", flat=True) if claims or articles else ()), *printed}),
    ]
    candidates = [obj for obj in candidates if obj.public_id not in inside]
    releases = releases_of(obj.public_id for obj in candidates)
    current_texts = current_documents(obj.public_id for obj in candidates)
    candidates = [
        obj for obj in candidates if is_public(releases.get(obj.public_id)) and obj.public_id in current_texts
    ]
    named = _nameable_ids(candidates, named)
    for obj in candidates:
        text = current_texts[obj.public_id]
        if releases[obj.public_id].published_revision == obj.revision:
            document = document_of(obj, named=named, withheld=withheld)
        elif isinstance(obj, Article):
            # What readers see of it, with all its captures: no quotation rests on one that it does not list.
            document = replace(decode(text), captures=captures_of(obj))
        else:
            continue
        if encode(document) != text:
            yield obj, document, text

"""Objects on their way to the public, read afresh with all that their documents are made of."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet

from articles.models import Article, Capture, Outlet, TrackedModel
from articles.tracked_changes import Refusal

from ..models import Actor, Claim, Question, Release, Statement, Topic, TopicQuestion

T = TypeVar("T", bound=TrackedModel)

# In this order each kind is read before those that it may need: a claim needs the actors that it is about, an unnamed
# actor an article, an article an outlet, a claim a question.
LOADING_ORDER = (Topic, Statement, Claim, Actor, Article, Outlet, Question)
MAX_OBJECTS = 5000  # objects in one act: SQLite takes some thirty thousand values in a query


def kind_of_model(model: type[TrackedModel]) -> str:
    """What releases and the record call the kind of these objects."""
    return model.__name__.lower()


def kind_of(obj: TrackedModel) -> str:
    """What they call the kind of this object."""
    return kind_of_model(obj.__class__)


def keys_by_model(objects: Iterable[TrackedModel]) -> dict[type[TrackedModel], set[int]]:
    """The primary keys of `objects`, by model; refuses what is never published by itself."""
    keys: dict[type[TrackedModel], set[int]] = defaultdict(set)
    for obj in objects:
        if type(obj) not in LOADING_ORDER:
            raise Refusal(f"“{obj.mention}” cannot be published on its own, only with what it belongs to.")
        keys[type(obj)].add(obj.pk)
    if not keys:
        raise Refusal("Nothing was selected. Select at least one row.")
    if sum(map(len, keys.values())) > MAX_OBJECTS:
        raise Refusal(f"At most {MAX_OBJECTS:,} objects can be published or withdrawn at a time.")
    return keys


def load_objects(model: type[T], keys: Iterable[int], *, lock: bool = False) -> list[T]:
    """These objects with everything that `document_of` reads: the same number of queries for any number of them.

    With `lock` nobody changes them until the transaction ends.
    """
    if not keys:
        return []
    rows = _complete_queryset(model).filter(pk__in=keys).order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def _complete_queryset(model: type[TrackedModel]) -> QuerySet[Any]:
    if model is Statement:
        return Statement.objects.complete()
    if model is Claim:
        return Claim.objects.select_related("question").prefetch_related("relations__other", "subjects__actor", "notes")
    if model is Topic:
        questions = Prefetch("questions", TopicQuestion.objects.select_related("question").order_by("position"))
        return Topic.objects.prefetch_related(questions, "notes")
    if model is Actor:
        return Actor.objects.select_related("reported_in__outlet").prefetch_related("names", "identifiers", "notes")
    if model is Article:
        # The texts of captures are long, and no document holds them.
        captures = Prefetch("captures", Capture.objects.without_texts().select_related("original").order_by("pk"))
        articles = Article.objects.select_related("outlet", "derived_from__outlet")
        return articles.prefetch_related(captures, "framings__claim", "framings__written_by", "notes")
    if model is Outlet:
        return Outlet.objects.prefetch_related("notes")
    return Question.objects.prefetch_related("notes")


def releases_of(ids: Iterable[str], *, lock: bool = False) -> dict[str, Release]:
    """The releases of these public ids, by id; one query."""
    rows = Release.objects.filter(public_id__in=set(ids)).select_related("submitted_by").order_by("pk")
    return {release.public_id: release for release in (rows.select_for_update(of=("self",)) if lock else rows)}


def is_public(release: Release | None) -> bool:
    """Whether readers see the object now, in whatever version."""
    return release is not None and release.published_revision is not None

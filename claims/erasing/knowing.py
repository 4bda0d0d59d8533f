"""By what names somebody is known at the desk: as recorded, as recorded once, and as printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article, Passage, Trace

from ..models import Actor, ActorName, Appearance, Statement
from ..names import spellings, words_of
from ..withholding import Veil, names_in

SHORTEST_PART = 3  # letters of a word of a name that is taken out where this person was printed by it


@dataclass(frozen=True)
class Known:
    """One person with all actors that were merged into theirs.

    `names` are whole names, taken out everywhere; `parts` single words by which they were printed, taken out of what
    is theirs (their articles, and the `statements` in these, by key; `ids` are public identities of both): elsewhere
    they may mean somebody else.
    """

    actors: Sequence[Actor]
    names: frozenset[str]
    parts: frozenset[str]
    statements: frozenset[int]
    articles: frozenset[int]
    ids: frozenset[str]

    @property
    def label(self) -> str:
        return self.actors[0].public_label

    @property
    def everywhere(self) -> Veil:
        return Veil({folded: self.label for name in self.names for folded in spellings(name)})

    @property
    def near(self) -> Veil:
        folds = {folded for name in self.names for folded in spellings(name)} | self.parts
        return Veil(dict.fromkeys(folds, self.label))


def known(actor: Actor) -> Known:
    """Everything by which `actor` is known, with what was merged into it."""
    actors = _with_merged(actor)
    names = {one.name for one in actors}
    names |= set(ActorName.objects.filter(actor__in=actors).values_list("name", flat=True))
    for label, changes in Trace.objects.filter(public_id__in=[one.public_id for one in actors]).values_list(
        "label", "changes"
    ):
        names |= {label, *names_in(changes)}
    words = {word for name in names for word in words_of(name) if len(word) >= SHORTEST_PART}
    statements = Statement.objects.filter(Q(speaker__in=actors) | Q(appearances__steps__actor__in=actors))
    statements = dict(statements.order_by().distinct().values_list("pk", "public_id"))
    printed, parts, articles = set(), set(), set()
    rows = Appearance.objects.filter(statement__in=statements, statement__speaker__in=actors).order_by()
    for printed_name, exact in rows.values_list("printed_name", "passage__exact"):
        parts |= words & {*words_of(printed_name), *words_of(exact)}
        printed |= {printed_name} if words & set(words_of(printed_name)) else set()
    where = Appearance.objects.filter(statement__in=statements).order_by()
    articles |= set(where.values_list("passage__capture__article", flat=True))
    beside = Statement.objects.filter(appearances__passage__capture__article__in=articles).order_by()
    statements |= dict(beside.distinct().values_list("pk", "public_id"))
    return Known(
        actors,
        frozenset(filter(None, names | printed)),
        frozenset(parts if actor.kind == Actor.Kind.PERSON else ()),
        frozenset(statements),
        frozenset(articles),
        frozenset({*statements.values(), *(one.public_id for one in actors), *_identities(articles)}),
    )


def _with_merged(actor: Actor) -> list[Actor]:
    found, waiting = [actor], [actor]
    while waiting:
        waiting = list(Actor.objects.filter(merged_into__in=waiting))
        found += waiting
    return found


def _identities(articles: Iterable[int]) -> set[str]:
    articles = list(articles)
    passages = Passage.objects.filter(capture__article__in=articles)
    return {
        *Article.objects.filter(pk__in=articles).values_list("public_id", flat=True),
        *passages.order_by().values_list("public_id", flat=True),
    }

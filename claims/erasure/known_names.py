"""By what names somebody is known at the desk: as recorded, as recorded once, and as printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article, Passage, Trace
from language.names.folded_words import Words

from ..models import Actor, ActorName, Appearance, Statement
from ..privacy import CERTAIN, Person, pattern_of, printed_words
from ..privacy.redactor import Redactor, earlier_names, erased_name


@dataclass(frozen=True)
class KnownPerson:
    """One person with all actors that were merged into theirs.

    `names` are whole names, and `phrases` names as printed that hold one word of them ("Ms Smith"): both are taken out
    everywhere. `parts` are single words by which they were printed, taken out with every other form of the name in
    what is theirs (their articles, and the `statements` in these, by key; `ids` are public identities of both):
    elsewhere they may mean somebody else.
    """

    actors: Sequence[Actor]
    names: frozenset[str]
    phrases: frozenset[str]
    parts: frozenset[str]
    statements: frozenset[int]
    articles: frozenset[int]
    ids: frozenset[str]

    @property
    def label(self) -> str:
        return self.actors[0].public_label

    @property
    def general_redactor(self) -> Redactor:
        return Redactor([self._person(frozenset())], grades=(CERTAIN,))

    @property
    def own_texts_redactor(self) -> Redactor:
        return Redactor([self._person(self.parts)])

    def _person(self, printed: frozenset[str]) -> Person:
        person = self.actors[0].kind == Actor.Kind.PERSON
        return Person(self.label, tuple(sorted(self.names)), printed, person, tuple(sorted(self.phrases)))


def known_person(actor: Actor, *, kept: Mapping[str, Iterable[str]] | None = None) -> KnownPerson:
    """Everything by which `actor` is known, with what was merged into it.

    `kept` are the names, phrases and parts of an erasure that has begun: the desk may know them no more.
    """
    kept = kept or {}
    actors = _actor_and_merged(actor)
    nobody = {erased_name(merged.public_id) for merged in actors} | {actor.public_label}
    recorded = {merged.name for merged in actors} | set(kept.get("names", ()))
    recorded |= set(ActorName.objects.filter(actor__in=actors).values_list("name", flat=True))
    identities = [merged.public_id for merged in actors]
    recorded |= set(Trace.objects.filter(public_id__in=identities).order_by().values_list("label", flat=True))
    recorded = recorded.union(*earlier_names(identities).values())
    names = frozenset(filter(None, recorded - nobody))
    spoken = Statement.objects.filter(Q(speaker__in=actors) | Q(appearances__steps__actor__in=actors))
    statements = dict(spoken.order_by().distinct().values_list("pk", "public_id"))
    rows = Appearance.objects.filter(statement__in=statements, statement__speaker__in=actors).order_by()
    texts = list(rows.values_list("printed_name", "passage__exact").distinct()) if names else []
    words = {slot.fold for name in names for slot in pattern_of(name).slots}
    printed = {name for name, _ in texts if words & set(Words(name).folds) and name not in nobody}
    whole = {name for name in printed if len(pattern_of(name).slots) > 1}
    parts = printed_words(names, [pair for name, exact in texts for pair in ((name, True), (exact, False))])
    where = Appearance.objects.filter(statement__in=statements).order_by()
    articles = set(where.values_list("passage__capture__article", flat=True))
    beside = Statement.objects.filter(appearances__passage__capture__article__in=articles).order_by()
    statements |= dict(beside.distinct().values_list("pk", "public_id"))
    person = actor.kind == Actor.Kind.PERSON
    return KnownPerson(
        actors,
        names | whole,
        frozenset(printed - whole | set(kept.get("phrases", ()))),
        frozenset(parts | set(kept.get("parts", ())) if person else ()),
        frozenset(statements),
        frozenset(articles),
        frozenset({*statements.values(), *(merged.public_id for merged in actors), *_article_identities(articles)}),
    )


def _actor_and_merged(actor: Actor) -> list[Actor]:
    found, waiting = [actor], [actor]
    while waiting:
        waiting = list(Actor.objects.filter(merged_into__in=waiting))
        found += waiting
    return found


def _article_identities(articles: Iterable[int]) -> set[str]:
    articles = list(articles)
    passages = Passage.objects.filter(capture__article__in=articles)
    return {
        *Article.objects.filter(pk__in=articles).values_list("public_id", flat=True),
        *passages.order_by().values_list("public_id", flat=True),
    }

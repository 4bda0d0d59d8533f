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
    label: str
    is_person: bool
    names: frozenset[str]
    phrases: frozenset[str]
    parts: frozenset[str]
    statements: frozenset[int]
    articles: frozenset[int]
    ids: frozenset[str]

    @property
    def general_redactor(self) -> Redactor:
        return Redactor([self._person(frozenset())], grades=(CERTAIN,))

    @property
    def own_texts_redactor(self) -> Redactor:
        return Redactor([self._person(self.parts)])

    def _person(self, printed: frozenset[str]) -> Person:
        return Person(self.label, tuple(sorted(self.names)), printed, self.is_person, tuple(sorted(self.phrases)))


def known_person(actor: Actor, *, kept: Mapping[str, Iterable[str]] | None = None) -> KnownPerson:
    """Everything by which `actor` is known, with what was merged into it.

    `kept` are the names, phrases and parts of an erasure that has begun: the desk may know them no more.
    """
    is_person = actor.kind == Actor.Kind.PERSON
    return known_people(actor_and_merged([actor]), label=actor.public_label, is_person=is_person, kept=kept or {})


def known_people(
    actors: Sequence[Actor], *, label: str, is_person: bool, kept: Mapping[str, Iterable[str]]
) -> KnownPerson:
    """The same of one person who has several actors, or none."""
    nobody = {erased_name(merged.public_id) for merged in actors} | {label}
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
    return KnownPerson(
        actors,
        label,
        is_person,
        names | whole,
        frozenset(printed - whole | set(kept.get("phrases", ()))),
        frozenset(parts | set(kept.get("parts", ())) if is_person else ()),
        frozenset(statements),
        frozenset(articles),
        frozenset({*statements.values(), *(merged.public_id for merged in actors), *_article_identities(articles)}),
    )


def actor_and_merged(actors: Iterable[Actor]) -> list[Actor]:
    """The actors, and all that were merged into them."""
    found = {actor.pk: actor for actor in actors}
    waiting = list(found.values())
    while waiting:
        waiting = [actor for actor in Actor.objects.filter(merged_into__in=waiting) if actor.pk not in found]
        found |= {actor.pk: actor for actor in waiting}
    return list(found.values())


def _article_identities(articles: Iterable[int]) -> set[str]:
    articles = list(articles)
    passages = Passage.objects.filter(capture__article__in=articles)
    return {
        *Article.objects.filter(pk__in=articles).values_list("public_id", flat=True),
        *passages.order_by().values_list("public_id", flat=True),
    }

"""Who and what is meant by what an editor types in the workspace, and the offers while typing."""

import re
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Count, Manager, Max, Model, Q, QuerySet

from articles.desk_admin import PUBLIC_ID_PATTERN
from articles.models import Article
from articles.reading.outlet_names import initials
from language.names.name_likeness import POSSIBLE
from language.names.spellings import fold, words_of

from ...changes.recording import MAX_DERIVATION_STEPS
from ...models import Actor, ActorName, Claim, Statement
from ...models.querysets import ActorQuerySet
from ...suggestions import ActorCandidate, ClaimCandidate
from ...suggestions.claim_matches import claims_for_typed_text
from ...suggestions.known_actors import KnownActors
from ...suggestions.stances import ReportedWords
from ..actors import actors_with_words

M = TypeVar("M", bound=Model)

MAX_OFFERED = 8
MAX_LIKELY = 3  # of them who are only like what was typed
MIN_LIKELY_NAME = 3  # letters of a name from which others may be like it
_IDENTITY = re.compile(r".*#\s*(?P<public_id>[0-9a-z]{12})\s*")


def object_by_public_id(objects: Manager[M] | QuerySet[M], public_id: str) -> M | None:
    """The one of `objects` (a manager or queryset) with this public identity; None where it can be nobody's."""
    return objects.filter(public_id=public_id).first() if PUBLIC_ID_PATTERN.fullmatch(public_id) else None


def possible_speakers(article: Article, *, named: bool) -> ActorQuerySet:
    """Actors that can speak in `article`: not merged away, and of unnamed sources only its own and its originals'.

    Without `named`, withheld ones are left out: they are found by their label, in `labelled`.
    """
    reports: list[int] = []
    original: Article | None = article
    while original is not None and len(reports) < MAX_DERIVATION_STEPS:
        reports.append(original.pk)
        original = original.derived_from
    actors = Actor.objects.current().filter(~Q(kind=Actor.Kind.UNNAMED) | Q(reported_in__in=reports))
    return actors if named else actors.exclude(protection=Actor.Protection.WITHHELD)


def withheld_actors_by_label(article: Article, term: str) -> ActorQuerySet:
    """Withheld actors whose public label holds `term`: how they are found by who may not read their names."""
    withheld = possible_speakers(article, named=True).filter(protection=Actor.Protection.WITHHELD)
    return withheld.filter(public_label__icontains=term) if term else withheld.none()


def find_actors(name: str, public_id: str, article: Article, *, named: bool) -> list[Actor]:
    """The actor with `public_id` if it was picked and the name still is its own, else all that `name` can mean."""
    written = _IDENTITY.fullmatch(name)
    asked = written["public_id"] if written else public_id
    everybody = possible_speakers(article, named=True)
    if asked and PUBLIC_ID_PATTERN.fullmatch(asked):
        found = [
            actor for actor in everybody.filter(public_id=asked) if written or actor.desk_name(named=named) == name
        ]
        if found:
            return found
    return [
        *possible_speakers(article, named=named).find(name)[:6],
        *(
            []
            if named
            else [actor for actor in withheld_actors_by_label(article, name) if actor.public_label == name][:6]
        ),
    ]


def offer_actors(term: str, article: Article, *, named: bool) -> list[dict]:
    """At most eight actors for what has been typed: exact names first, then who speaks in this article most.

    For nothing typed: who spoke in this article, the last recorded first, and its outlet.
    """
    words = words_of(term)
    if not words:
        spoke = possible_speakers(article, named=True).filter(
            statements__appearances__passage__capture__article=article
        )
        last = list(spoke.annotate(last=Max("statements__id")).order_by("-last")[:MAX_OFFERED])
        own = own_outlet(article, named=named)
        return with_dates([*last, own] if own and own not in last else last, article, named=named)
    found = actors_with_words(possible_speakers(article, named=named), term, named=True)
    here = Count("statements__appearances", filter=Q(statements__appearances__passage__capture__article=article))
    folded = fold(term)
    rows = list(found.annotate(here=here).order_by("-here", "name")[:50])
    exact = set(ActorName.objects.filter(actor__in=rows, folded=folded).values_list("actor_id", flat=True))
    rows.sort(key=lambda actor: (actor.pk not in exact, -actor.here))
    rows = [*rows, *([] if named else withheld_actors_by_label(article, term)[:MAX_OFFERED])][:MAX_OFFERED]
    likely = likely_actors(term, article, named=named, but={actor.pk for actor in rows})
    return [
        *with_dates(rows[: MAX_OFFERED - len(likely)], article, named=named),
        *(actor_offer(candidate.actor, named=named) | {"maybe": candidate.why} for candidate in likely),
    ]


def own_outlet(article: Article, *, named: bool = True) -> Actor | None:
    """The actor that is the outlet of `article`: its words are the article's own. None where it is none or several."""
    outlets = possible_speakers(article, named=named).filter(kind=Actor.Kind.OUTLET)
    name = article.outlet.name
    found = list((outlets.find(name) | outlets.find(initials(name))).distinct()[:2])
    return found[0] if len(found) == 1 else None


def with_dates(actors: Iterable[Actor], article: Article, *, named: bool) -> list[dict]:
    """Actors as offers, each with the date of what was last recorded of them in the article.

    The outlet of the article has the article's date and is marked: the article is its own document.
    """
    actors = list(actors)
    said = Statement.objects.filter(speaker__in=actors, appearances__passage__capture__article=article).order_by("id")
    dates = dict(said.exclude(said_on="").values_list("speaker_id", "said_on"))
    own = own_outlet(article) if any(actor.kind == Actor.Kind.OUTLET for actor in actors) else None
    offers = [actor_offer(actor, named=named) | {"said_on": dates.get(actor.pk, "")} for actor in actors]
    return [
        offer | {"said_on": article.published, "is_own_outlet": True} if actor == own else offer
        for actor, offer in zip(actors, offers, strict=True)
    ]


def likely_actors(term: str, article: Article, *, named: bool, but: set[int]) -> list[ActorCandidate]:
    """Whom a name may mean that is recorded under none of its words: other spellings, other scripts. At most three."""
    if len(term.strip()) < MIN_LIKELY_NAME:
        return []
    found = [
        candidate
        for candidate in KnownActors(article, [term.strip()], "").candidates(term.strip())
        if candidate.level != POSSIBLE and candidate.actor.pk not in but
    ][:MAX_LIKELY]
    allowed = set(
        possible_speakers(article, named=named)
        .filter(pk__in=[candidate.actor.pk for candidate in found])
        .values_list("pk", flat=True)
    )
    return [candidate for candidate in found if candidate.actor.pk in allowed]


def actor_offer(actor: Actor, *, named: bool) -> dict:
    """An actor as an offer: what is written into the field, its identity, and what tells it from others."""
    return {
        "id": actor.public_id,
        "name": actor.desk_name(named=named),
        "about": actor.get_kind_display(),
    }


def find_claims(text: str, public_id: str) -> list[Claim]:
    """The claim with `public_id` if it was picked and the text still is its own, else those with this very text."""
    claims = Claim.objects.current().select_related("question")
    if public_id and PUBLIC_ID_PATTERN.fullmatch(public_id):
        picked = [claim for claim in claims.filter(public_id=public_id) if claim.text == text]
        if picked:
            return picked
    return list(claims.filter(text__iexact=text)[:6])


def offer_claims(typed: str, words: str, reported: ReportedWords | None = None) -> list[dict]:
    """At most eight claims, the likest first to what was typed, or to the words."""
    return [claim_offer(match, reported) for match in claims_for_typed_text(typed, words)]


def claim_offer(match: ClaimCandidate, reported: ReportedWords | None = None) -> dict:
    """A claim as an offer, with its grade and the stance that the reported words take towards it."""
    claim = match.claim
    return {
        "id": claim.public_id,
        "name": claim.text,
        "about": claim.question.title,
        "kind": claim.kind,
        "grade": match.grade,
        "stance": reported.stance_towards(claim) if reported else "",
    }

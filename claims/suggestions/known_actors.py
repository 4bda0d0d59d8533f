"""Whom of those the desk knows an article may mean: actors and outlets, in a fixed number of queries."""

import re
from collections.abc import Hashable, Iterable

from django.db.models import Q
from rapidfuzz import fuzz, process

from articles.models import Article, Outlet
from articles.reading.outlet_names import is_same_outlet
from language.names import name_likeness
from language.names.actors import KnownActor, RankedActor, is_role, rank
from language.names.other_folds import folds_of
from language.names.spellings import FoldedNames, fold

from ..models import Actor, ActorName, Statement
from .blocking import indexed_condition, scan_condition
from .suggestion_types import ActorCandidate

MAX_NAMES = 6000
MAX_COMPARED = 15  # names that are compared letter by letter with one printed name
MAX_ROLES = 6


class KnownActors:
    """Actors that the names printed in an article may stand for: five queries, however many names."""

    def __init__(self, article: Article, printed: Iterable[str], text: str):
        printed = sorted({name for name in printed if fold(name)})
        self._text = text
        rows = self._rows(article, printed)
        self._folds = [folded for folded, _ in rows]
        self._owners = [owner for _, owner in rows]
        self._owners_of: dict[str, list[int]] = {}
        for folded, owner in rows:
            self._owners_of.setdefault(folded, []).append(owner)
        roles = self._roles(article)
        described = self._actors_by_description(printed)
        close = {name: self._closest_actors(name) for name in printed}
        wanted = {owner for owners in close.values() for owner in owners} | set(roles) | set(described)
        there = Actor.objects.current().filter(
            Q(reported_in=None) | Q(reported_in=article), pk__in=sorted(wanted)[:900]
        )
        self._actors: dict[Hashable, Actor] = {actor.pk: actor for actor in there}
        names = {actor.pk: [actor.name] for actor in self._actors.values()}
        for pk, name in ActorName.objects.filter(actor__in=list(names)).values_list("actor_id", "name"):
            names[pk].append(name)
        self._known: dict[Hashable, KnownActor] = {
            actor.pk: KnownActor(
                actor.pk,
                tuple(dict.fromkeys(names[actor.pk])),
                tuple(filter(None, [*sorted(roles.get(actor.pk, ())), actor.description])),
            )
            for actor in self._actors.values()
        }
        always = [*roles, *described]
        self._near = {
            name: list(dict.fromkeys([*owners, *always] if is_role(name) else owners)) for name, owners in close.items()
        }
        self._ranked: dict[str, list[RankedActor]] = {}
        self._candidates: dict[tuple[str, bool], list[ActorCandidate]] = {}
        self._folded: FoldedNames | None = None

    def candidates(self, printed: str, *, sure: bool = True) -> list[ActorCandidate]:
        """Whom `printed` may stand for, best first; at most "likely" where it is not `sure` that it was meant."""
        if (printed, sure) not in self._candidates:
            if printed not in self._ranked:
                known = [self._known[pk] for pk in self._near.get(printed, ()) if pk in self._known]
                self._ranked[printed] = rank(printed, known)
            self._candidates[printed, sure] = [self._candidate(ranked, sure) for ranked in self._ranked[printed]]
        return self._candidates[printed, sure]

    def _candidate(self, ranked: RankedActor, sure: bool) -> ActorCandidate:
        level, why = ranked.level, ranked.why
        if level == name_likeness.POSSIBLE and "alone" in why and self._is_in_text(ranked.key):
            level, why = name_likeness.LIKELY, f"{why}; the full name is in the article"
        if level == name_likeness.SAME and not sure:
            level, why = name_likeness.LIKELY, f"{why}; it is not certain who is meant"
        return ActorCandidate(self._actors[ranked.key], ranked.name, level, ranked.score, why)

    def _is_in_text(self, pk: Hashable) -> bool:
        folded = self._folded = self._folded or FoldedNames(self._text)
        return any(" " in name and folded.holds(fold(name)) for name in self._known[pk].names)

    @staticmethod
    def _rows(article: Article, printed: list[str]) -> list[tuple[str, int]]:
        """(fold, actor) of names worth comparing, and of the unnamed sources of this article."""
        names = ActorName.objects.order_by().values_list("folded", "actor_id")
        asked = [names.filter(indexed_condition(printed))] if printed else []
        anywhere = scan_condition(printed)
        if anywhere is not None:
            asked.append(names.filter(anywhere))
        own = names.filter(actor__reported_in=article)
        return sorted(set(own.union(*asked, all=True).order_by()[:MAX_NAMES] if asked else own[:MAX_NAMES]))

    def _closest_actors(self, printed: str) -> list[int]:
        """The actors of names that are another form of this one, whose letters are nearest, and that hold them."""
        folded, forms = fold(printed), folds_of(printed)
        exact = [owner for form in sorted(forms) for owner in self._owners_of.get(form, ())]
        near = process.extract(folded, self._folds, scorer=fuzz.ratio, limit=MAX_COMPARED, score_cutoff=30)
        held = process.extract(folded, self._folds, scorer=fuzz.partial_ratio, limit=MAX_COMPARED, score_cutoff=75)
        return list(dict.fromkeys([*exact[:MAX_COMPARED], *(self._owners[place] for *_, place in [*near, *held])]))

    @staticmethod
    def _roles(article: Article) -> dict[int, set[str]]:
        """The roles under which actors speak in this article."""
        rows = Statement.objects.filter(appearances__passage__capture__article=article, speaker__isnull=False)
        found: dict[int, set[str]] = {}
        for speaker, role in rows.exclude(role="").order_by().values_list("speaker_id", "role").distinct()[:200]:
            found.setdefault(speaker, set()).add(role)
        return found

    @staticmethod
    def _actors_by_description(printed: list[str]) -> list[int]:
        """Actors whose description holds the two longest words of a printed description."""
        wanted = Q()
        for phrase in [name for name in printed if is_role(name)][:MAX_ROLES]:
            words = sorted(set(re.findall(r"[^\W\d_]{4,}", phrase.lower())), key=lambda word: (-len(word), word))[:2]
            if len(words) == 2:
                wanted |= Q(description__icontains=words[0]) & Q(description__icontains=words[1])
        if not wanted:
            return []
        found = Actor.objects.current().filter(wanted, reported_in=None).order_by()
        return list(found.values_list("pk", flat=True)[:100])


class KnownOutlets:
    """Outlets that labels may name: one query."""

    def __init__(self, labels: Iterable[str]):
        wanted = Q(pk__in=[])
        for label in sorted(set(labels) - {""})[:40]:
            words = re.findall(r"[^\W_]{2,}", label)
            if words:
                first = max(words[:3], key=len)
                wanted |= Q(name__icontains=first)
            if label.isupper():
                wanted |= Q(name__istartswith=label[0]) | Q(name__istartswith=f"The {label[0]}")
        self._outlets = list(Outlet.objects.filter(wanted).order_by("name")[:500])

    def by_name(self, label: str) -> Outlet | None:
        """The one outlet that `label` means; None where it is none or several."""
        found = [outlet for outlet in self._outlets if is_same_outlet(label, outlet.name)]
        return found[0] if len(found) == 1 else None

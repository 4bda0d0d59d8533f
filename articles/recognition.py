"""Finding what is known already: the article that a text belongs to, and the articles that print the same words.

Reads only. The index (`Shingle`) is looked up by value; no value is kept for more than `MOST` captures, so that a
look-up costs the same with a thousand articles and with a million, and a formula that every page of an outlet ends on
relates none of them. What is left out are later copies of words that `MOST` captures print already.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from rapidfuzz import fuzz

from .folding import FoldedText
from .models import Article, Capture, Outlet, Shingle
from .models.article import ArticleQuerySet
from .reading.outlet_names import is_same_outlet
from .reprints import (
    MAX_PRINTINGS,
    Descent,
    FamilyPrinting,
    ShingledText,
    compare_texts,
    descents,
    excerpt_shingles,
    sample_shingles,
    words_of,
)
from .text import QuoteNotFound, fingerprint, fold, occurrences
from .tracked_changes import Refusal
from .web_addresses import equivalent_addresses

Days: TypeAlias = tuple[date | None, date | None]  # the first and the last that are possible

MAX_CAPTURES_PER_SHINGLE = 32  # captures for which one shingle is kept
MAX_CANDIDATES = 20  # captures that are compared word by word
MIN_BOILERPLATE_ARTICLES = 3  # articles of an outlet that print the same words: then these are its boilerplate

MIN_HEADLINE_LIKENESS = 85  # of 100, rapidfuzz's ratio of the words
MIN_FOUND_SHARE = 0.75  # of the quoted passages of an excerpt stand in a text that belongs to it
MIN_SHARED_TEXT = 0.8  # of both texts shared, with the same headline: the article once more, changed a little


@dataclass(frozen=True)
class LikelyReprint:
    """Another article that prints the same words: a proposal to an editor, never a link.

    The shares are from 0 to 1; `runs` are the longest runs of words that both print; `first` is the article that was
    printed first, by its date or because the other one credits it, or None where neither tells.
    """

    article: Article
    share_of_this_in_other: float
    share_of_other_in_this: float
    runs: list[str]
    first: Article | None


def likely_reprints(article: Article) -> list[LikelyReprint]:
    """The articles of which `article` is likely a reprint or that are likely reprints of it, most alike first.

    Rests on the newest whole text of each; an article of which only an excerpt is known has no likely reprints.
    """
    capture = article.captures.newest_complete()
    return (
        _articles_by_likeness(capture.text, article, count_shared_shingles(sample_shingles(capture.text)))
        if capture
        else []
    )


def likely_reprints_of_text(text: str, draft: Article) -> list[LikelyReprint]:
    """The same for a settled text that is not taken in yet; `draft` is the unsaved article that it would become."""
    found = _articles_by_likeness(text, None, count_shared_shingles(sample_shingles(text)))
    return [replace(likeness, first=earlier_article(draft, likeness.article)) for likeness in found]


def count_shared_shingles(shingles: Iterable[int]) -> Counter[int]:
    """How many of `shingles` the index has for each capture, by primary key."""
    counts: Counter[int] = Counter()
    for _, capture in shingle_rows(shingles):
        counts[capture] += 1
    return counts


def shingle_rows(shingles: Iterable[int]) -> list[tuple[int, int]]:
    """The rows (value, capture) of the index for `shingles`: at most MOST for each, 500 values a query."""
    values, rows = sorted(shingles), list[tuple[int, int]]()
    for start in range(0, len(values), 500):
        found = Shingle.objects.filter(value__in=values[start : start + 500])
        rows += found.values_list("value", "capture_id")
    return rows


def _articles_by_likeness(
    text: str, article: Article | None, counts: Counter[int], only: Callable[[Article], bool] = lambda other: True
) -> list[LikelyReprint]:
    captures = Capture.objects.whole().filter(pk__in=[pk for pk, _ in counts.most_common(3 * MAX_CANDIDATES)])
    others: dict[int, Capture] = {}
    for capture in captures.exclude(article=article).select_related("article__outlet"):
        best = others.get(capture.article_id)
        if not only(capture.article):
            continue
        if best is None or counts[capture.pk] > counts[best.pk]:
            others[capture.article_id] = capture
    others_in_order = sorted(others.values(), key=lambda capture: -counts[capture.pk])[:MAX_CANDIDATES]
    this, shingled = ShingledText(text), [ShingledText(capture.text) for capture in others_in_order]
    boilerplate = _boilerplate(this, others_in_order, shingled)
    found = []
    for capture, other in zip(others_in_order, shingled, strict=True):
        shares = compare_texts(this, other, boilerplate)
        if shares.is_likely_reprint:
            first = earlier_article(article, capture.article) if article else None
            found.append(
                LikelyReprint(capture.article, shares.of_this_in_other, shares.of_other_in_this, shares.runs, first)
            )
    return sorted(found, key=lambda like: -max(like.share_of_this_in_other, like.share_of_other_in_this))


def _boilerplate(this: ShingledText, captures: Sequence[Capture], shingled: Sequence[ShingledText]) -> Set[int]:
    """What at least three articles of one outlet print as well, unless that is all there is: then it is one text."""
    counts: Counter[tuple[int, int]] = Counter()
    for capture, other in zip(captures, shingled, strict=True):
        counts.update((capture.article.outlet_id, value) for value in this.all & other.all)
    repeated = {value for (_, value), times in counts.items() if times >= MIN_BOILERPLATE_ARTICLES}
    return repeated if len(this.all - repeated) > len(this.all) / 10 else frozenset()


def earlier_article(one: Article, other: Article) -> Article | None:
    """Which of two articles was printed first: the one that the other credits, else the one of the earlier date."""
    for credits, credited in ((one, other), (other, one)):
        if is_same_outlet(credits.credited_agency, credited.outlet.name) and credits.outlet_id != credited.outlet_id:
            return credited
    for early, late in ((one, other), (other, one)):
        if early.published_latest and late.published_earliest and early.published_latest < late.published_earliest:
            return early
    return None


# Families


@dataclass(frozen=True)
class FamilyMember:
    """An article of a family, the one it was likely taken from, and what speaks for that, in words."""

    article: Article
    parent: Article | None
    evidence: str


def reprint_family(article: Article, reprints: Sequence[LikelyReprint]) -> list[FamilyMember]:
    """The article with its likely `reprints`, earliest first, and which of them comes from which."""
    others = [like.article for like in reprints][: MAX_PRINTINGS - 1]
    members = {member.pk: member for member in (article, *others)}
    whole = Capture.objects.whole().filter(article__in=members).order_by("retrieved_at", "id")
    newest = {capture.article_id: capture for capture in whole}
    printings = [FamilyPrinting(pk, ShingledText(newest[pk].text)) for pk in members if pk in newest]

    def first(one: int, other: int) -> int | None:
        found = earlier_article(members[one], members[other])
        return found.pk if found else None

    def credits(one: int, other: int) -> bool:
        return is_same_outlet(members[one].credited_agency, members[other].outlet.name)

    kin = [
        _family_member(members[descent.key], None if descent.parent is None else members[descent.parent], descent)
        for descent in descents(printings, first, credits)
    ]
    days = {member.article.pk: member.article.published_earliest or date.max for member in kin}
    return sorted(kin, key=lambda member: (member.parent is not None, days[member.article.pk], member.article.pk))


def _family_member(article: Article, parent: Article | None, descent: Descent[int]) -> FamilyMember:
    return FamilyMember(article, parent, _evidence(article, parent, descent))


def _evidence(article: Article, parent: Article | None, descent: Descent[int]) -> str:
    if parent is None:
        return "the earliest of these" if descent.ordered else "it is not known which was printed first"
    credits = is_same_outlet(article.credited_agency, parent.outlet.name)
    why = f"credits {parent.outlet}" if credits else f"{parent.outlet} printed earlier"
    return f"{descent.share:.0%} of it appears there; {why}"


# Recognition


def find_known_article(
    *,
    text: str,
    outlet: Outlet | None = None,
    named: Outlet | None = None,
    headline: str = "",
    url: str = "",
    published: Days = (None, None),
    printed_outlets: Sequence[str] = (),
) -> Article | None:
    """The article that the settled `text` belongs to, or None if it is not known yet.

    By its address; else by the very same text; else, among articles of which only excerpts are known, by the quoted
    passages that stand in the text, the headline and the outlet; else, with the same headline, by nearly the same
    text. An article of another outlet than `outlet` or with another address is another article, however alike.
    `named` is the known outlet that the text surely names: it decides where nobody has said the `outlet`.
    `printed_outlets` are all names of outlets that the text gives. Raises `Refusal` where two fit equally well.
    """
    if url:
        known = Article.objects.filter(url__in=equivalent_addresses(url)).select_related("outlet").first()
        if known and outlet and known.outlet_id != outlet.pk:
            raise Refusal(
                f"This address is already recorded as an article from {known.outlet}, not {outlet}.", field="outlet"
            )
        if known:
            return known
    possible = Article.objects.select_related("outlet")
    if outlet:
        possible = possible.filter(outlet=outlet)
    if url:
        possible = possible.filter(url="")
    same_text = list(possible.filter(captures__sha256=fingerprint(text)).distinct()[:2])
    if len(same_text) > 1:
        raise Refusal("More than one article has this text. Enter the outlet or address to say which.", field="outlet")
    if same_text:
        return same_text[0]
    return _find_by_excerpt(text, possible, outlet or named, headline, printed_outlets) or _find_by_likeness(
        text, possible, outlet or named, headline, published
    )


def _find_by_excerpt(
    text: str, possible: ArticleQuerySet, outlet: Outlet | None, headline: str, printed_outlets: Sequence[str]
) -> Article | None:
    counts = count_shared_shingles(excerpt_shingles(text))
    if not counts:
        return None
    nearest = [pk for pk, _ in counts.most_common(MAX_CANDIDATES)]
    candidates = possible.excerpts_only().filter(captures__in=nearest).distinct().prefetch_related("captures__passages")
    folded = fold(text)
    scored = []
    for article in candidates:
        score = _excerpt_score(article, text, folded, outlet, headline, printed_outlets)
        if score is not None:
            scored.append((score, article))
    scored.sort(key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[0][0] - scored[1][0] < 0.05:
        raise Refusal(
            f"This could be “{scored[0][1]}” or “{scored[1][1]}”. Enter the outlet or address to say which.",
            field="outlet",
        )
    return scored[0][1] if scored else None


def _excerpt_score(
    article: Article,
    text: str,
    folded: FoldedText,
    outlet: Outlet | None,
    headline: str,
    printed_outlets: Sequence[str],
) -> float | None:
    """How well `text` fits an article known by excerpts; None if it does not.

    The quoted passages must stand in it. The same quotations may stand in a reprint as well: so headlines that are both
    known must agree, unless the outlet is known to be the same and the headline was changed later.
    """
    captures = list(article.captures.all())
    lines = [line for capture in captures for line in capture.text.split("\n") if len(words_of(line)) >= 3]
    quotes = [passage.exact for capture in captures for passage in capture.passages.all()] or lines
    found = _share_found(quotes, text, folded)
    if found < MIN_FOUND_SHARE:
        return None
    likeness = headline_likeness(article.headline, headline, text)
    same = outlet is not None and outlet.pk == article.outlet_id
    if likeness is None:
        # Nothing tells the article from its reprint but its words: then all but all of them, and not just one or two.
        if not same and (found < 0.9 or len(quotes) < 3):
            return None
    elif likeness < MIN_HEADLINE_LIKENESS and not same:
        return None
    named = any(is_same_outlet(name, article.outlet.name) for name in printed_outlets)
    agreement = 0.5 if likeness is None else likeness / 100
    return found + agreement + 0.5 * _share_found(lines, text, folded) + 0.5 * named


def _share_found(quotes: list[str], text: str, folded: FoldedText) -> float:
    found = 0
    for quote in quotes:
        with suppress(QuoteNotFound):
            found += bool(occurrences(text, quote, folded))
    return found / len(quotes) if quotes else 0.0


def headline_likeness(known: str, given: str, text: str) -> float | None:
    """How alike two headlines are, from 0 to 100 (also where the known one opens the text); None if one is lacking."""
    known_words = " ".join(words_of(known))
    if not known_words:
        return None
    if " ".join(words_of(text[: 3 * len(known) + 300])).startswith(known_words):
        return 100.0
    given_words = " ".join(words_of(given))
    return fuzz.ratio(known_words, given_words) if given_words else None


def _find_by_likeness(
    text: str, possible: ArticleQuerySet, outlet: Outlet | None, headline: str, published: Days
) -> Article | None:
    """The article once more, edited or cleaned in another way since: the same headline, nearly the same text."""
    if not headline:
        return None

    def same_headline_and_day(article: Article) -> bool:
        likeness = headline_likeness(article.headline, headline, text) or 0
        apart = _dates_differ(published, (article.published_earliest, article.published_latest))
        return likeness >= MIN_HEADLINE_LIKENESS and not apart

    alike = [
        like.article
        for like in _articles_by_likeness(
            text, None, count_shared_shingles(sample_shingles(text)), only=same_headline_and_day
        )
        if min(like.share_of_this_in_other, like.share_of_other_in_this) >= MIN_SHARED_TEXT
    ]
    known = list(possible.filter(pk__in=[article.pk for article in alike]))
    if len(known) > 1:
        known = [article for article in known if outlet and article.outlet_id == outlet.pk]
    return known[0] if len(known) == 1 else None


def _dates_differ(one: Days, other: Days) -> bool:
    (first, last), (other_first, other_last) = one, other
    if first is None or last is None or other_first is None or other_last is None:
        return False
    return last < other_first or other_last < first

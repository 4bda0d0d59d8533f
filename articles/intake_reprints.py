"""What the page that confirms an import says of articles that print the same words, and what is chosen of them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import User

from .changes import revise_article, settle_values
from .models import Article, Outlet
from .reading import ArticleReading
from .reading.outlet_names import is_same_outlet
from .recognition import MIN_SHARED_TEXT, LikelyReprint, likely_reprints_of_text
from .text import TextIsBroken, settle
from .tracked_changes import Refusal

MIN_VERBATIM_SHARE = 0.98  # of both texts
MIN_SURE_SHARE = 0.9  # of the text that stands in the article which it credits


def reprints_of_reading(reading: ArticleReading, values: Mapping[str, Any]) -> list[LikelyReprint]:
    """The articles that print the same words as what was read, if it is what the `values` of the form say."""
    with suppress(TextIsBroken):
        text = settle(reading.text).strip()
        found = likely_reprints_of_text(text, _draft(values))
        return [likeness for likeness in found if not _is_same_article(likeness, values)]
    return []


def _is_same_article(likeness: LikelyReprint, values: Mapping[str, Any]) -> bool:
    """Whether it is no reprint but the article once more."""
    if likeness.article == values.get("article"):
        return True
    shared = min(likeness.share_of_this_in_other, likeness.share_of_other_in_this)
    return likeness.article.outlet == values.get("outlet") and shared >= MIN_SHARED_TEXT


def likeness_sentence(likeness: LikelyReprint) -> str:
    """The shares of a likely reprint, and which was printed first, in words."""
    here, there = likeness.share_of_this_in_other, likeness.share_of_other_in_this
    first = "unclear which was printed first"
    if likeness.first is not None:
        first = "it was printed first" if likeness.first == likeness.article else "this one was printed first"
    return f"{here:.0%} of this text is in it, {there:.0%} of its text is here; {first}"


def _draft(values: Mapping[str, Any]) -> Article:
    said = {name: values.get(name) or "" for name in ("published", "credited_agency")}
    with suppress(Refusal):
        said = settle_values(Article, said)
    outlet = values.get("outlet") or Outlet(name=values.get("new_outlet") or "")
    return Article(outlet=outlet, **said)


def sure_original(likenesses: Sequence[LikelyReprint], credited_agency: str) -> LikelyReprint | None:
    """The only one of the outlet that the text credits, if nearly all of the text stands in it."""
    credited = [likeness for likeness in likenesses if is_same_outlet(credited_agency, likeness.article.outlet.name)]
    if len(credited) != 1 or credited[0].first != credited[0].article:
        return None
    return credited[0] if credited[0].share_of_this_in_other >= MIN_SURE_SHARE else None


def likely_derivation(likeness: LikelyReprint) -> str:
    """How a sure reprint derives: word for word where hardly any word of either text is missing in the other."""
    shared = min(likeness.share_of_this_in_other, likeness.share_of_other_in_this)
    return Article.Derivation.VERBATIM if shared >= MIN_VERBATIM_SHARE else Article.Derivation.EDITED


def derive_from(article: Article, original: Article, derivation: str, *, by: User) -> None:
    """Says that an article which was taken in is a reprint, unless something is said of that already."""
    if article.pk == original.pk:
        raise Refusal("The text belongs to this very article.", field="derived_from")
    if article.derived_from_id is None:
        values = {"derived_from": original, "derivation": derivation}
        revise_article(article, values, by=by, seen=None, why="chosen when it was taken in")

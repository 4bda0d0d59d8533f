"""The headline of an article as its page prints it or its fields say it."""

import unicodedata

from .article_reading import Proposal
from .metadata_words import (
    GENERIC_TITLES,
)
from .page_fields import MIN_CONTAINED_LENGTH, TITLE_PARTS, PageFields, fold_words, unescape, without_site

TITLE_ALONE = "title of the page"


def headline_proposals(page: PageFields) -> list[Proposal]:
    """The headline that the page prints or its fields say, the surest first."""
    said = _said_headlines(page)
    keys = [fold_words(title) for title in said]
    whole_titles = {fold_words(title) for title in page.titles()}
    headings = [(level, text) for level, text in page.seen.headings if _is_headline(text, page)]
    by_level = sorted(headings, key=lambda heading: heading[0])
    for level, text in by_level:
        if level == 1 and fold_words(text) in whole_titles:  # what a library takes for the site may be a part of it
            return [Proposal("headline", text, 0, "heading of the page that its fields repeat")]
    if glued := _glued_headline(page, by_level):
        return glued
    for repeats in (_is_all_of, _is_part_of):
        for level, text in by_level:
            if any(repeats(fold_words(text), title, level) for title in keys):
                return [Proposal("headline", text, 0, "heading of the page that its fields repeat")]
    printed = [text for level, text in headings if level == 1 and fold_words(text) not in _parts_of_title(page)]
    strong = [title for title in _strong_headlines(page) if title]
    if len(printed) == 1:
        proposals = [Proposal("headline", printed[0], 0, "heading of the page, repeated by no field", sure=False)]
        return proposals + [
            Proposal("headline", title, 0, "title in the page's fields", sure=False) for title in said[:1]
        ]
    if strong:
        agree = len({fold_words(title) for title in strong}) == 1
        return [Proposal("headline", strong[0], 0, "headline in the page's fields", sure=agree)]
    return [Proposal("headline", title, 0, TITLE_ALONE, sure=False) for title in said[:1]]


def _glued_headline(page: PageFields, headings: list[tuple[int, str]]) -> list[Proposal]:
    """The headline where its heading holds the name of the site behind it: “Pier shutThe Daily Buoy”."""
    titles = [*_said_headlines(page), *(TITLE_PARTS.split(unescape(page.seen.title))[:1])]
    others = [*page.site_keys, *_parts_of_title(page)]
    for title in titles:
        key = fold_words(title)
        for level, text in headings:
            longer = fold_words(text)
            if level == 1 and len(key) >= 20 and longer.startswith(key):
                rest = longer.removeprefix(key)
                if len(rest) > 3 and any(rest == other for other in others):
                    return [Proposal("headline", title, 0, "title in the page's fields, without the site", sure=False)]
    return []


def _strong_headlines(page: PageFields) -> list[str]:
    """What the fields that mean a headline say: of the article itself, and of Open Graph."""
    nodes = [unescape(node.headline) for node in page.own if node.headline]
    values = [without_site(value, page) for value in [*nodes, *page.fields.get("og:title", [])]]
    return [value for value in values if _is_headline(value, page)]


def _said_headlines(page: PageFields) -> list[str]:
    nodes = [unescape(node.headline or node.name) for node in page.own]
    values = [without_site(value, page) for value in [*nodes, *page.titles()]]
    return [value for value in dict.fromkeys(values) if _is_headline(value, page)]


def _is_headline(text: str, page: PageFields) -> bool:
    key = fold_words(text)
    return len(key) > 1 and key not in GENERIC_TITLES and key not in page.site_keys and len(text) <= 400


def _is_all_of(key: str, title: str, level: int) -> bool:
    """Whether a folded title is the heading `key`, or the heading cut short."""
    return key == title or (len(title) >= 20 and key.startswith(title))


def _is_part_of(key: str, title: str, level: int) -> bool:
    """Whether a folded title is the heading `key` with a kicker or the name of a site beside it.

    A headline of a few signs of Chinese says as much as one of twelve letters.
    """
    shortest = 5 if unicodedata.name(key[0], "").startswith(("CJK", "HANGUL")) else MIN_CONTAINED_LENGTH
    if len(key) < shortest or not (title.startswith(key) or title.endswith(key)):
        return False
    beside = title.removeprefix(key).removesuffix(key)
    return beside not in GENERIC_TITLES and (level == 1 or len(key) > len(beside))


def _parts_of_title(page: PageFields) -> set[str]:
    return {fold_words(part) for part in TITLE_PARTS.split(unescape(page.seen.title))}

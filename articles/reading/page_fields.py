"""Headline, byline, day of publication and language of an article by what the markup of its page says. Pure functions.

Pages carry fields that were filled in for search engines, by default, or for the story beside. So a value is sure only
from a field that means it, of the article that the page is about, and where no other such field says otherwise:

- a headline is one that the page prints and a field repeats, or that a field alone gives where nothing is printed;
- a byline is sure from the head or from JSON-LD alone; what merely looks like one on the page is only proposed;
- a day of publication is the day in its own field as that field writes it, in the page's own time zone. Where the field
  is in UTC and the page prints another day for the same instant, or has it in its own zone too, that day counts.
"""

import html
import re
import unicodedata
from collections.abc import Iterable

from ..page_markup import ArticleNode, Observations
from .metadata_words import (
    SITE_FIELDS,
    TITLE_FIELDS,
)
from .patterns import SECTION_NAMES

MIN_CONTAINED_LENGTH = 12  # letters of a printed heading that a longer title holds: fewer may be a section's name
_SEPARATORS = " \t|-–—·•:：_｜«»/,、~"
TITLE_PARTS = re.compile(r"\s+[|·•«»–—-]+\s+|\s*[|｜_]\s*|\s*[：]\s*|\s+::\s+")


class PageFields:
    """The fields of one page: those of its head, and of the articles it describes those that are the page's own."""

    def __init__(self, seen: Observations, site_name: str = "") -> None:
        self.seen = seen
        self.fields: dict[str, list[str]] = {}
        for name, content in seen.fields:
            self.fields.setdefault(name, []).append(unescape(content))
        publishers = [node.publisher for node in seen.nodes if node.publisher]
        said = [value for name in SITE_FIELDS for value in self.fields.get(name, [])]
        self.said_sites = [name for name in dict.fromkeys([*said, *publishers]) if len(fold_words(name)) > 1]
        headlines = [fold_words(unescape(node.headline)) for node in seen.nodes]
        headlines += [fold_words(title) for title in self.all_of(TITLE_FIELDS)]
        # A library's guess may be the wrong half of the title.
        guesses = [site_name] if fold_words(site_name) not in headlines else []
        others = [name for name in [*seen.sites, *guesses] if len(fold_words(name)) > 1]
        self.site_names = list(dict.fromkeys([*self.said_sites, *others]))
        self.site_keys = {fold_words(name) for name in self.site_names}
        self.own = self._own_nodes()

    def all_of(self, names: Iterable[str]) -> list[str]:
        return [value for name in names for value in self.fields.get(name, [])]

    def titles(self) -> list[str]:
        return [*self.all_of(TITLE_FIELDS), unescape(self.seen.title)]

    def _own_nodes(self) -> list[ArticleNode]:
        """The articles among those described that this page is: by address, else by headline, else the only one."""
        described = [node for node in self.seen.nodes if node.form != "classes"]
        own = self._own_among(described)
        posts = [node for node in self.seen.nodes if node.form == "classes"]
        return own + self._own_among(posts)

    def _own_among(self, nodes: list[ArticleNode]) -> list[ArticleNode]:
        addresses = {_address_key(value) for value in [self.seen.canonical, *self.fields.get("og:url", [])] if value}
        by_address = [node for node in nodes if addresses & {_address_key(address) for address in node.addresses}]
        others = {_address_key(address) for node in nodes for address in node.addresses} - addresses
        if by_address and others:
            return by_address
        shown = [
            fold_words(title) for title in [*self.titles(), *(text for level, text in self.seen.headings if level == 1)]
        ]
        by_headline = [
            node
            for node in nodes
            if (key := fold_words(unescape(node.headline or node.name)))
            and any(_is_same_title(key, title) for title in shown)
        ]
        if by_headline:
            bare = [node for node in nodes if not node.headline and not node.name and not node.addresses]
            return by_headline + bare
        described = {fold_words(node.headline or node.name) for node in nodes}
        return nodes if len(described) <= 1 or len(nodes) == 1 else []


def _is_same_title(key: str, title: str) -> bool:
    return (
        key == title
        or (len(key) >= MIN_CONTAINED_LENGTH and key in title)
        or (len(title) >= 20 and key.startswith(title))
    )


def fold_words(text: str) -> str:
    """The letters and digits of `text` alone, for comparing: case, marks and space are the page's, not the writer's."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def unescape(text: str) -> str:
    """`text` without the references of HTML that some systems write into fields once or twice too often."""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return " ".join(text.split())


def _address_key(address: str) -> str:
    address = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", address.strip().lower())
    return re.split(r"[?#]", address)[0].rstrip("/")


def without_site(title: str, page: PageFields) -> str:
    """`title` without the name of the site, or of a section, before or after it."""
    for _ in range(3):
        before = title
        for name in page.site_names:
            for rest, cut in (
                (title[: -len(name)], title.endswith(name)),
                (title[len(name) :], title.startswith(name)),
            ):
                stripped = rest.strip(_SEPARATORS)
                if cut and stripped and stripped != rest.strip():
                    title = stripped
        parts = TITLE_PARTS.split(title)
        if len(parts) > 1 and "-".join(parts[-1].lower().split()) in SECTION_NAMES:
            title = title[: title.rindex(parts[-1])].rstrip(_SEPARATORS)
        if title == before:
            break
    return re.sub(r"\s*(?:…|\.\.\.)$", "", title)

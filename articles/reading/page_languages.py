"""The language that a page declares for itself."""

from ..language_tags import canonical_language
from .article_reading import Proposal
from .field_proposals import FREQUENT_WORDS, language_of
from .page_fields import PageFields


def declared_language(page: PageFields) -> str:
    """The language that the page declares for itself as a canonical tag, or nothing where its fields disagree."""
    declared = [page.seen.language, *(node.language for node in page.own)]
    declared += page.all_of(("content-language", "og:locale", "dc.language", "dcterms.language", "language"))
    tags = [tag for value in declared if (tag := canonical_language(value.split(",")[0].split(".")[0].strip()))]
    return tags[0] if tags and len({tag.split("-")[0] for tag in tags}) == 1 else ""


def language_proposals(page: PageFields, text: str) -> list[Proposal]:
    """The language that the page declares, where its text alone does not tell one.

    A template in English around a text in another language says "en": a declared language that would have been found by
    its words is not believed.
    """
    declared = declared_language(page)
    if not declared or language_of(text):
        return []
    known = {tag.split("-")[0] for tag in FREQUENT_WORDS} | {"ja", "ko", "zh"}
    sure = declared.split("-")[0] not in known
    return [Proposal("language", declared, 0, "language that the page declares", sure)]

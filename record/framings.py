"""Whose voice a framing is: the rule for pages, comparisons and twins. Pure functions.

How an article treats a claim belongs to who wrote the words, not to who printed them:

1. where the editors say who wrote them (`written_by`), to that outlet;
2. the headline, and that something is left out, to the outlet of the article;
3. the body of an article that is the same text as another one, an excerpt or an edited version of it, to the outlet of
   that one;
4. the body of an article that credits an agency, to nobody for sure: it is "in a text that credits" the agency;
5. everything else to the outlet of the article.
"""

from .documents import Article, Framing
from .parts import Named, follow, refer

COPIES = ("verbatim", "edited", "excerpt")


def framing_part(framing: Framing, article: Article, named: Named) -> dict:
    """A framing with its `voice`: "own", "written" by the outlet in `written_by`, or "credited" to what that names."""
    voice, writer = voice_of(framing, article, named)
    return {
        "part": framing.part,
        "treatment": framing.treatment,
        "words": framing.words,
        "voice": voice,
        "written_by": writer,
    }


def voice_of(framing: Framing, article: Article, named: Named) -> tuple[str, dict | None]:
    """The voice and a reference to who wrote the words; None where that is the outlet of the article itself."""
    if framing.written_by:
        return elsewhere(framing.written_by, article, named)
    if framing.part == "headline" or framing.treatment == "does not mention":
        return "own", None
    if article.derivation in COPIES:
        source = follow(article.derived_from, named)
        if isinstance(source, Article):
            return elsewhere(source.outlet, article, named)
    if article.credited_agency:
        return "credited", {"id": "", "name": article.credited_agency, "address": "", "language": ""}
    return "own", None


def elsewhere(outlet: str, article: Article, named: Named) -> tuple[str, dict | None]:
    writer, printer = refer(outlet, named), refer(article.outlet, named)
    return ("own", None) if writer["id"] == printer["id"] else ("written", writer)


def named_in_framings(articles) -> set[str]:
    """The ids that the framings of these articles need: claims, who wrote them, and what the articles derive from."""
    wanted = set()
    for article in articles:
        for framing in article.framings:
            wanted |= {framing.claim, framing.written_by or ""}
        if article.framings and article.derived_from:
            wanted.add(article.derived_from)
    return wanted - {""}

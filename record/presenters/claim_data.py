"""A claim as a claim: never its words alone, always with who holds it and who does not.

What goes in are the voices of `record.queries.counts.claim_counts`: each speaker where it stood last. Only
`holders_by_claim` asks the database.

And whose voice a framing is. How an article treats a claim belongs to who wrote the words, not to who printed them:

1. where the editors say who wrote them (`written_by`), to that outlet;
2. the headline, and that something is left out, to the outlet of the article;
3. the body of an article that is the same text as another one, an excerpt or an edited version of it, to the outlet of
   that one;
4. the body of an article that credits an agency, to nobody for sure: it is "in a text that credits" the agency;
5. everything else to the outlet of the article.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import AnyDocument, Article, Claim, Framing, PageDocument
from ..documents.vocabulary import STANCES
from ..queries.counts import POSITION_STANCES, StanceHolders, claim_counts
from .document_data import DocumentsById, missing_name, name_of, reference_to, resolve_document
from .formatting import count_words, plain_number

PASSED_ON_BY_NAMES = lazy("passed on by %(names)s")
NOBODY_AFFIRMS = lazy("nobody on record affirms it")


def holders_data(voices: Mapping[str, StanceHolders]) -> dict:
    """Who stands where on a claim: in `words`, and as `voices`, each a `stance`, how many `speakers`, and `names`."""
    return {
        "words": holders_words(voices),
        "voices": [
            {"stance": stance, "speakers": voices[stance].speakers, "names": names_of(voices[stance])}
            for stance in STANCES
            if stance in voices
        ],
    }


def holders_by_claim(documents: Iterable[AnyDocument | None]) -> dict[str, str]:
    """In words, who stands where on each claim among these documents, by id: one query where there is any."""
    claims = {document.id for document in documents if isinstance(document, Claim)}
    voices = claim_counts(claims).voices
    return {claim: holders_words(voices.get(claim, {})) for claim in claims}


def title_of(document: PageDocument, held: str = "") -> str:
    """What pages about a document call it: its name, and of a claim that it is one."""
    return claim_title(document.text, held) if isinstance(document, Claim) else name_of(document)


def holders_words(voices: Mapping[str, StanceHolders]) -> str:
    """ "held by A; disputed by B, C and 2 more"; says so where nobody on record holds the claim."""
    phrases = [
        STANCES[stance].held_by % {"names": join_names(voices[stance])}
        for stance in POSITION_STANCES
        if stance in voices
    ]
    if any(STANCES[stance].side == "assent" for stance in voices):
        return "; ".join(phrases)
    if "relays" in voices:
        phrases.insert(0, PASSED_ON_BY_NAMES % {"names": join_names(voices["relays"])})
    return "; ".join([str(NOBODY_AFFIRMS), *phrases])


def names_of(voices: StanceHolders) -> list[str]:
    """The names of the first speakers; words in the place of those that are not given out any more."""
    return [name or missing_name() for name in voices.names]


_LEADING_ARTICLE = re.compile(r"^An? (?=[a-z])")  # not that of “A Just Russia”


def join_names(voices: StanceHolders, *, in_sentence: bool = True) -> str:
    """ "A", "A and B", "A, B and C", "A, B, C and 12 more"; "12 actors and sources" where nobody is named.

    "An anonymous source in Ili" is "an anonymous source in Ili" where others are named before, and `in_sentence`.
    """
    names = [
        _LEADING_ARTICLE.sub(lambda article: article[0].lower(), name) if number or in_sentence else name
        for number, name in enumerate(names_of(voices))
    ]
    if not names:
        return count_words(voices.speakers, "actor or source")
    *before, last = names
    if voices.speakers > len(voices.names):
        number = plain_number(voices.speakers - len(voices.names))
        return _("%(names)s and %(number)s more") % {"names": ", ".join(names), "number": number}
    return _("%(names)s and %(last)s") % {"names": ", ".join(before), "last": last} if before else last


def claim_title(text: str, held: str = "") -> str:
    """The words of a claim wherever they stand as a title: "Claim: … — held by …"."""
    words = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    if not held:
        return _("Claim: %(claim)s") % {"claim": words}
    return _("Claim: %(claim)s — %(held)s") % {"claim": words, "held": held}


TEXT_REUSE_DERIVATIONS = ("verbatim", "edited", "excerpt")


def framing_data(framing: Framing, article: Article, named: DocumentsById) -> dict:
    """A framing with its `voice`: "own", "written" by the outlet in `written_by`, or "credited" to what that names."""
    voice, writer = voice_of(framing, article, named)
    return {
        "part": framing.part,
        "treatment": framing.treatment,
        "words": framing.words,
        "voice": voice,
        "written_by": writer,
    }


def voice_of(framing: Framing, article: Article, named: DocumentsById) -> tuple[str, dict | None]:
    """The voice and a reference to who wrote the words; None where that is the outlet of the article itself."""
    if framing.written_by:
        return outlet_voice(framing.written_by, article, named)
    if framing.part == "headline" or framing.treatment == "does not mention":
        return "own", None
    if article.derivation in TEXT_REUSE_DERIVATIONS:
        source = resolve_document(article.derived_from, named)
        if isinstance(source, Article):
            return outlet_voice(source.outlet, article, named)
    if article.credited_agency:
        return "credited", {"id": "", "name": article.credited_agency, "address": "", "language": ""}
    return "own", None


def outlet_voice(outlet: str, article: Article, named: DocumentsById) -> tuple[str, dict | None]:
    writer, printer = reference_to(outlet, named), reference_to(article.outlet, named)
    return ("own", None) if writer["id"] == printer["id"] else ("written", writer)


MOST_FRAMINGS = 30  # of one article


def ids_in_framings(articles: Iterable[Article]) -> set[str]:
    """The ids that the framings of these articles need: claims, who wrote them, and what the articles derive from."""
    framed = [article for article in articles if article.framings]
    framings = [framing for article in framed for framing in article.framings[:MOST_FRAMINGS]]
    wanted = {framing.claim for framing in framings}
    wanted |= {framing.written_by for framing in framings if framing.written_by}
    return wanted | {article.derived_from for article in framed if article.derived_from}

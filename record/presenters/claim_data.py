"""A claim as a claim: never its words alone, always with who holds it and who does not.

What goes in are the voices of `record.queries.counts.standings`: each speaker where it stood last. Only `held_by_claim`
asks the database.

And whose voice a framing is. How an article treats a claim belongs to who wrote the words, not to who printed them:

1. where the editors say who wrote them (`written_by`), to that outlet;
2. the headline, and that something is left out, to the outlet of the article;
3. the body of an article that is the same text as another one, an excerpt or an edited version of it, to the outlet of
   that one;
4. the body of an article that credits an agency, to nobody for sure: it is "in a text that credits" the agency;
5. everything else to the outlet of the article.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import AnyDocument, Article, Claim, Framing
from ..documents.vocabulary import STANCES
from ..queries.counts import STANDS, Voices, standings
from .document_data import Named, follow, name_of, refer
from .formatting import plain_number

PASSED_ON = lazy("passed on by %(names)s")
NOBODY = lazy("nobody on record affirms it")


def held_part(voices: Mapping[str, Voices]) -> dict:
    """Who stands where on a claim: in `words`, and as `voices`, each a `stance`, how many `speakers`, and `names`."""
    return {
        "words": held_words(voices),
        "voices": [
            {"stance": stance, "speakers": voices[stance].speakers, "names": list(voices[stance].names)}
            for stance in STANCES
            if stance in voices
        ],
    }


def held_by_claim(documents: Iterable[AnyDocument | None]) -> dict[str, str]:
    """In words, who stands where on each claim among these documents, by id: one query where there is any."""
    claims = {document.id for document in documents if isinstance(document, Claim)}
    voices = standings(claims).voices
    return {claim: held_words(voices.get(claim, {})) for claim in claims}


def title_of(document: AnyDocument, held: str = "") -> str:
    """What pages about a document call it: its name, and of a claim that it is one."""
    return claim_title(document.text, held) if isinstance(document, Claim) else name_of(document)


def held_words(voices: Mapping[str, Voices]) -> str:
    """ "held by A; disputed by B, C and 2 more"; says so where nobody on record holds the claim."""
    phrases = [STANCES[stance].held_by % {"names": names_of(voices[stance])} for stance in STANDS if stance in voices]
    if any(STANCES[stance].side == "assent" for stance in voices):
        return "; ".join(phrases)
    if "relays" in voices:
        phrases.insert(0, PASSED_ON % {"names": names_of(voices["relays"])})
    return "; ".join([str(NOBODY), *phrases])


def names_of(voices: Voices) -> str:
    """ "A", "A and B", "A, B and C", "A, B, C and 12 more"."""
    *before, last = voices.names
    if voices.speakers > len(voices.names):
        number = plain_number(voices.speakers - len(voices.names))
        return _("%(names)s and %(number)s more") % {"names": ", ".join(voices.names), "number": number}
    return _("%(names)s and %(last)s") % {"names": ", ".join(before), "last": last} if before else last


def claim_title(text: str, held: str = "") -> str:
    """The words of a claim wherever they stand as a title: "Claim: … — held by …"."""
    words = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    if not held:
        return _("Claim: %(claim)s") % {"claim": words}
    return _("Claim: %(claim)s — %(held)s") % {"claim": words, "held": held}


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
    framed = [article for article in articles if article.framings]
    framings = [framing for article in framed for framing in article.framings]
    wanted = {framing.claim for framing in framings} | {framing.written_by for framing in framings}
    return (wanted | {article.derived_from for article in framed}) - {None}

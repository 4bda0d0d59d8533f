"""The shapes of what is public: one type for each kind of document, and the one encoder.

A document is self-contained, names others by `id`, and is stored as canonical JSON: UTF-8, keys sorted, no white
space, decimals as plain numbers (RFC 8785 for all that occurs here). `FORMAT` is the version of these shapes; from
them come the validation on import, the JSON Schema and the bytes of every export. A field that is not here is never
public.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

FORMAT = "claimtrack/1"

Id = str
Language = str


class Shape(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A part of a document. Unknown fields are refused, so that nothing unexpected is imported or published."""


class PartialDate(Shape):
    """A date as precise as it is known: EDTF text, and the first and last day that it can mean."""

    edtf: str
    earliest: date
    latest: date


class Name(Shape):
    """One name of an actor: in which language and script, of what kind, by which transliteration scheme."""

    text: str
    language: Language
    kind: Literal["primary", "alias", "former", "as printed"]
    scheme: str


class Identifier(Shape):
    """What another register calls the same actor."""

    register: str
    value: str


class Figure(Shape):
    """A number that is claimed: at least one of amount, lower and upper; what is counted, in which unit, as of when."""

    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    modifier: Literal["", "about", "at least", "up to", "estimated"]
    counted: str
    as_of: PartialDate | None


class Relation(Shape):
    """How the claim that holds this stands to another, read from left to right."""

    kind: Literal["contradicts", "contrary to", "narrows", "broadens", "repeats", "supersedes"]
    claim: Id


class Framing(Shape):
    """How the outlet itself treats a claim, apart from what its sources say."""

    claim: Id
    part: Literal["headline", "body"]
    treatment: Literal["endorses", "contests", "relays", "does not mention"]
    words: str


class Capture(Shape):
    """Which text of the article the quotations were checked against; the text itself is not public."""

    sha256: str
    retrieved_at: str
    method: Literal["pasted", "uploaded", "fetched", "excerpt"]
    complete: bool
    archive_url: str


class Passage(Shape):
    """The words in the capture: W3C TextQuoteSelector and TextPositionSelector, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    capture: str


class Step(Shape):
    """One hop between the page and the speaker, nearest to the page first: an actor, an outlet or a bare label."""

    actor: Id | None
    outlet: Id | None
    label: str
    cue: str
    relation: Literal["says", "cites", "relays", "translates", "on behalf of"]


class Appearance(Shape):
    """One printing of a statement."""

    article: Id
    passage: Passage
    printed_name: str
    cue: str
    chain: tuple[Step, ...]


StanceKind = Literal[
    "affirms", "denies", "disputes", "qualifies", "supports", "opposes", "relays", "declines", "silent"
]


class Stance(Shape):
    """How the statement stands to one claim, with the hedge as it was worded."""

    claim: Id
    stance: StanceKind
    hedge: str


class Document(Shape, tag_field="type"):
    """What every document has: its type, its identity for ever, and the last part of its address."""

    id: Id
    slug: str


class Question(Document, tag="question"):
    title: str
    description: str
    position: int


class Claim(Document, tag="claim"):
    question: Id
    text: str
    kind: Literal["fact", "figure", "description", "evaluation", "demand", "commitment", "forecast"]
    language: Language
    position: int
    figure: Figure | None
    relations: tuple[Relation, ...]


class Actor(Document, tag="actor"):
    """`name` is the label alone, and names and identifiers are empty, where the name is withheld."""

    name: str
    kind: Literal[
        "person",
        "state",
        "government body",
        "intergovernmental body",
        "organisation",
        "group",
        "outlet",
        "unnamed",
    ]
    description: str
    withheld: bool
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    reported_in: Id | None


class Outlet(Document, tag="outlet"):
    name: str
    kind: Literal["newspaper", "agency", "broadcaster", "magazine", "platform", "other"]
    country: str
    homepage: str
    owner: str
    state_controlled: Literal["yes", "no", "unknown"]


class Article(Document, tag="article"):
    outlet: Id
    url: str
    headline: str
    byline: str
    dateline: str
    language: Language
    published: PartialDate | None
    credited_agency: str
    derived_from: Id | None
    derivation: Literal["", "verbatim", "edited", "excerpt", "translation"]
    captures: tuple[Capture, ...]
    framings: tuple[Framing, ...]


class Statement(Document, tag="statement"):
    speaker: Id | None
    speaker_label: str
    role: str
    summary: str
    said_on: PartialDate | None
    venue: str
    mode: Literal["direct", "indirect", "mixed", "document", "gesture"]
    basis: Literal["witnessed", "told", "document", "estimate", "not stated"]
    words: str
    language: Language
    translation: str
    stances: tuple[Stance, ...]
    appearances: tuple[Appearance, ...]


class Redirect(Document, tag="redirect"):
    """Left behind by an object that was merged into another: its addresses lead there for ever."""

    into: Id


AnyDocument = Question | Claim | Actor | Outlet | Article | Statement | Redirect

# In the order in which one document may need another: what is named comes before what names it.
KINDS = {
    "question": Question,
    "claim": Claim,
    "outlet": Outlet,
    "article": Article,
    "actor": Actor,
    "statement": Statement,
}

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="number")
_decoder = msgspec.json.Decoder(AnyDocument)


def encode(document: AnyDocument) -> str:
    """The canonical JSON text of a document."""
    return _encoder.encode(document).decode()


def decode(text: str | bytes) -> AnyDocument:
    """The document that `text` holds; `msgspec.ValidationError` names the place of what is wrong."""
    return _decoder.decode(text)

"""The shapes of what is public: one type for each kind of document, and the one encoder.

A document is self-contained, names others by `id`, and is stored as canonical JSON: UTF-8, keys sorted, no white
space, decimals as plain numbers (RFC 8785 for all that occurs here). `FORMAT` is the version of these shapes; from
them come the validation on import, the JSON Schema and the bytes of every export. A field that is not here is never
public.

Version 2 added fields with a default. They are left out of the canonical JSON where they hold it, so that a document of
version 1 is the same bytes today: every version in `FORMATS` is read by the same types.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

FORMATS = ("claimtrack/1", "claimtrack/2")
FORMAT = FORMATS[-1]

# `(?!\n)`: Python's `$` also matches before a last newline, JSON Schema's does not.
Id = Annotated[str, Meta(pattern=r"^[0-9a-z]{12}$(?!\n)", description="identity for ever: 12 small letters and digits")]
Slug = Annotated[str, Meta(pattern=r"^[-_0-9A-Za-z]{1,120}$(?!\n)", description="the last part of an address")]
WebAddress = Annotated[str, Meta(pattern=r"^(https?://[^\s/]+\.\S*)?$(?!\n)", description="http, https, or empty")]
Edtf = Annotated[str, Meta(pattern=r"^[0-9]{4}[-0-9~/]{0,19}$(?!\n)", description="a subset of ISO 8601-2")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Place = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Label = Annotated[str, Meta(min_length=1)]
Language = Annotated[str, Meta(max_length=35, description="BCP 47, with the script where it matters")]

# Digits that a figure may have: PostgreSQL and SQLite, and any reader's JSON parser of arbitrary precision, hold them.
FIGURE_DIGITS, FIGURE_DECIMALS = 30, 6


class Shape(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a document. Unknown fields are refused, so that nothing unexpected is imported or published."""


class PartialDate(Shape):
    """A date as precise as it is known: EDTF text, and the first and last day that it can mean."""

    edtf: Edtf
    earliest: date
    latest: date

    def __post_init__(self):
        if self.latest < self.earliest:
            raise ValueError(f"the date {self.edtf} ends before it starts")


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
    """A number that is claimed: at least one of amount, lower and upper; what is counted, in which unit, as of when.

    `derived` says that nobody printed the numbers: editors read them out of words such as "hundreds".
    """

    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    modifier: Literal["", "about", "at least", "up to", "estimated"]
    counted: str
    as_of: PartialDate | None
    derived: bool = False

    def __post_init__(self):
        for name in ("amount", "lower", "upper"):
            number = getattr(self, name)
            if number is not None:
                msgspec.structs.force_setattr(self, name, plain(number))
        if self.amount is None and self.lower is None and self.upper is None:
            raise ValueError("a figure has an amount or a bound")


class Relation(Shape):
    """How the claim that holds this stands to another, read from left to right."""

    kind: Literal["contradicts", "contrary to", "narrows", "broadens", "repeats", "supersedes"]
    claim: Id


class Framing(Shape):
    """How an article treats a claim in its own voice, apart from what its sources say.

    `written_by` is the outlet that wrote these words where it is not the one that printed them, such as an agency.
    """

    claim: Id
    part: Literal["headline", "body"]
    treatment: Literal["endorses", "contests", "relays", "does not mention"]
    words: str
    written_by: Id | None = None


class Capture(Shape):
    """Which text of the article the quotations were checked against; the text itself is not public."""

    sha256: Sha256
    retrieved_at: str
    method: Literal["pasted", "uploaded", "fetched", "excerpt"]
    complete: bool
    archive_url: WebAddress


class Stretch(Shape):
    """A part of some words: from `start` up to `end`, in code points."""

    start: Place
    end: Place


class Passage(Shape):
    """The words in the capture: W3C TextQuoteSelector and TextPositionSelector, in code points.

    `marked` are the stretches of `exact` that stand between quotation marks in the capture, the marks left out; null
    where that is not known. One that begins or ends with `exact` is marked beyond it.
    """

    exact: Label
    prefix: str
    suffix: str
    start: Place
    end: Place
    capture: Sha256
    marked: tuple[Stretch, ...] | None = None

    def __post_init__(self):
        at = 0
        for stretch in self.marked or ():
            if not at <= stretch.start < stretch.end <= len(self.exact):
                raise ValueError("the marked stretches of a passage lie in it, in order")
            at = stretch.end


class Step(Shape):
    """One hop between the page and the speaker, nearest to the page first: an actor, an outlet or a bare label."""

    actor: Id | None
    outlet: Id | None
    label: str
    cue: str
    relation: Literal["says", "cites", "relays", "translates", "on behalf of"]

    def __post_init__(self):
        if (self.actor is not None) + (self.outlet is not None) + (self.label != "") != 1:
            raise ValueError("a step of the chain names an actor, an outlet or a label: exactly one of them")


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
    """How the statement stands to one claim, with the hedge as it was worded.

    `printed` are the words of a passage in which the statement gives the figure of the claim: "millions more".
    """

    claim: Id
    stance: StanceKind
    hedge: str
    printed: str = ""


class Note(Shape):
    """What the editors say of the document itself: what they inferred and from what, what is implausible as printed."""

    about: Literal["identity", "date", "figure", "wording", "other"]
    text: Label


class Document(Shape, tag_field="type"):
    """What every document has: its type, its identity for ever, and the last part of its address."""

    id: Id
    slug: Slug


class NotedDocument(Document):
    """A document on which editors may leave notes for readers."""

    notes: tuple[Note, ...] = ()


class Question(NotedDocument, tag="question", kw_only=True):
    title: Label
    description: str
    position: Place


class Claim(NotedDocument, tag="claim", kw_only=True):
    question: Id
    text: Label
    kind: Literal["fact", "figure", "description", "evaluation", "demand", "commitment", "forecast"]
    language: Language
    position: Place
    figure: Figure | None
    relations: tuple[Relation, ...]

    def __post_init__(self):
        if (self.kind == "figure") != (self.figure is not None):
            raise ValueError("a claim of the kind figure has a figure, and no other has one")


class Actor(NotedDocument, tag="actor", kw_only=True):
    """`name` is the label alone, and names and identifiers are empty, where the name is withheld."""

    name: Label
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


class Outlet(NotedDocument, tag="outlet", kw_only=True):
    name: Label
    kind: Literal["newspaper", "agency", "broadcaster", "magazine", "platform", "other"]
    country: str
    homepage: WebAddress
    owner: str
    state_controlled: Literal["yes", "no", "unknown"]


class Article(NotedDocument, tag="article", kw_only=True):
    outlet: Id
    url: WebAddress
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

    def __post_init__(self):
        if (self.derived_from is None) != (self.derivation == ""):
            raise ValueError("an article that derives from another says how, and only such a one does")


class Statement(NotedDocument, tag="statement", kw_only=True):
    speaker: Id | None
    speaker_label: str
    role: str
    summary: Label
    said_on: PartialDate | None
    venue: str
    mode: Literal["direct", "indirect", "mixed", "document", "gesture"]
    basis: Literal["witnessed", "told", "document", "estimate", "not stated"]
    words: str
    language: Language
    translation: str
    stances: tuple[Stance, ...]
    appearances: tuple[Appearance, ...]

    def __post_init__(self):
        if self.speaker is None and not self.speaker_label:
            raise ValueError("a statement without a named speaker has a label")
        if len({stance.claim for stance in self.stances}) < len(self.stances):
            raise ValueError("a statement takes one stance towards one claim")


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


def canonical(value) -> bytes:
    """The canonical JSON of any value: what is hashed."""
    return _encoder.encode(value)


def kind_of(document: AnyDocument) -> str:
    """The document's `type`: one of `KINDS`, or "redirect"."""
    return type(document).__struct_config__.tag


def plain(number: Decimal) -> Decimal:
    """The one way to write this number: no exponent, no zeros at its end. ValueError if it has too many digits."""
    if number.is_finite() and not number:
        return Decimal(0)
    if number.is_finite() and number.adjusted() < FIGURE_DIGITS and number.as_tuple().exponent > -100:
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if len(text.partition(".")[2]) <= FIGURE_DECIMALS and len(text) <= FIGURE_DIGITS + 2:
            return Decimal(text)
    raise ValueError(
        f"{str(number)[:40]} is not a number of at most {FIGURE_DIGITS} digits, {FIGURE_DECIMALS} of them decimals"
    )


def names(document: AnyDocument) -> Iterator[tuple[str, str]]:
    """What a document names, each as (kind, id), repetitions included. A redirect's target is of its own kind: ""."""
    match document:
        case Claim():
            yield "question", document.question
            for relation in document.relations:
                yield "claim", relation.claim
        case Actor() if document.reported_in:
            yield "article", document.reported_in
        case Article():
            yield "outlet", document.outlet
            if document.derived_from:
                yield "article", document.derived_from
            for framing in document.framings:
                yield "claim", framing.claim
                if framing.written_by:
                    yield "outlet", framing.written_by
        case Statement():
            if document.speaker:
                yield "actor", document.speaker
            for stance in document.stances:
                yield "claim", stance.claim
            for appearance in document.appearances:
                yield "article", appearance.article
                for step in appearance.chain:
                    if step.actor:
                        yield "actor", step.actor
                    elif step.outlet:
                        yield "outlet", step.outlet
        case Redirect():
            yield "", document.into


def label_of(document: AnyDocument) -> str:
    """What lists and links call the document; an article without a headline is called by its address."""
    match document:
        case Question():
            return document.title
        case Claim():
            return document.text
        case Actor() | Outlet():
            return document.name
        case Article():
            return document.headline or document.url or document.id
        case Statement():
            return document.summary
    return document.id

"""The shapes of what is public: one type for each kind of document, and the one encoder.

A document is self-contained, names others by `id`, and is stored as canonical JSON: UTF-8, keys sorted, no white
space, decimals as plain numbers (RFC 8785 for all that occurs here). `FORMAT` is the version of these shapes; from
them come the validation on import, the JSON Schema and the bytes of every export. A field that is not here is never
public.

A field or a value that came later says so with `VersionAdded`, a type in `TYPES_ADDED`. Such a field has a default, and
is left out of the canonical JSON where it holds it, so that a document of an older version is the same bytes today.
`type_at` gives the types as a version had them; docs/record.md has the rule for adding to them.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Protocol,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
    overload,
)
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from .vocabulary import (
    ACTOR_KINDS,
    BASES,
    CAPTURE_METHODS,
    CLAIM_KINDS,
    DERIVATIONS,
    MODES,
    MODIFIERS,
    NAME_KINDS,
    NOTES,
    OUTLET_KINDS,
    RELATIONS,
    STANCES,
    STATE_CONTROLLED,
    STEPS,
    SUBJECT_KINDS,
    TREATMENTS,
)

if TYPE_CHECKING:
    from typing import Annotated as OneOf
else:

    class OneOf:
        """`OneOf[str, VALUES]`: one of the values of a list. To a type checker it is a text like any other."""

        def __class_getitem__(cls, hint):
            return Literal[tuple(hint[1])]


FORMATS = ("claimtrack/1", "claimtrack/2", "claimtrack/3", "claimtrack/4", "claimtrack/5")
FORMAT = FORMATS[-1]


class VersionAdded(NamedTuple):
    """Says of a field in which version it came; or, of a list of values, which of them came in that version."""

    version: int
    values: tuple[str, ...] = ()


# `(?!\n)`: Python's `$` also matches before a last newline, JSON Schema's does not.
Id = Annotated[str, Meta(pattern=r"^[0-9a-z]{12}$(?!\n)", description="identity for ever: 12 small letters and digits")]
Slug = Annotated[str, Meta(pattern=r"^[-_0-9A-Za-z]{1,120}$(?!\n)", description="the last part of an address")]
WebAddress = Annotated[str, Meta(pattern=r"^(https?://[^\s/]+\.\S*)?$(?!\n)", description="http, https, or empty")]
Edtf = Annotated[str, Meta(pattern=r"^[0-9]{4}[-0-9~/]{0,19}$(?!\n)", description="a subset of ISO 8601-2")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
PageNumber = Annotated[int, Meta(ge=1, le=2**31 - 1)]
NonNegativeInt = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Label = Annotated[str, Meta(min_length=1)]
Language = Annotated[str, Meta(max_length=35, description="BCP 47, with the script where it matters")]

_DERIVATIONS_OR_NONE = ("", *DERIVATIONS)

# Digits that a figure may have: PostgreSQL and SQLite, and any reader's JSON parser of arbitrary precision, hold them.
FIGURE_DIGITS, FIGURE_DECIMALS = 30, 6


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Shape(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a document. Unknown fields are refused, so that nothing unexpected is imported or published."""


class PartialDate(Shape):
    """A date as precise as it is known: EDTF text, and the first and last day that it can mean."""

    edtf: Edtf
    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"the date {self.edtf} ends before it starts")


class Name(Shape):
    """One name of an actor: in which language and script, of what kind, by which transliteration scheme."""

    text: str
    language: Language
    kind: OneOf[str, NAME_KINDS]
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
    modifier: OneOf[str, MODIFIERS]
    counted: str
    as_of: PartialDate | None
    derived: Annotated[bool, VersionAdded(2)] = False

    def __post_init__(self) -> None:
        for name in ("amount", "lower", "upper"):
            if (number := getattr(self, name)) is not None:
                msgspec.structs.force_setattr(self, name, canonical_number(number))
        if self.amount is None and self.lower is None and self.upper is None:
            raise ValueError("a figure has an amount or a bound")


class Relation(Shape):
    """How the claim that holds this stands to another, read from left to right."""

    kind: OneOf[str, RELATIONS]
    claim: Id


class SubjectName(Shape):
    """One name of a place or another thing that a claim is about, with its language, empty where that is not known."""

    text: Label
    language: Language


class Subject(Shape):
    """What a claim is about: an actor, by its id; or a place or another thing, by its names, the first of which lists
    show."""

    kind: OneOf[str, SUBJECT_KINDS]
    actor: Id | None
    names: tuple[SubjectName, ...]

    def __post_init__(self) -> None:
        if not (self.kind == "actor") == (self.actor is not None) == (not self.names):
            raise ValueError("a subject is an actor, or has a name: exactly one of them")


class Framing(Shape):
    """How an article treats a claim in its own voice, apart from what its sources say.

    `written_by` is the outlet that wrote these words where it is not the one that printed them, such as an agency.
    """

    claim: Id
    part: Literal["headline", "body"]
    treatment: OneOf[str, TREATMENTS]
    words: str
    written_by: Annotated[Id | None, VersionAdded(2)] = None


class Original(Shape):
    """The bytes that a text was read from, by their SHA-256. They are not public; `removed` says that the publisher
    has deleted them."""

    sha256: Sha256
    media_type: str
    removed: Annotated[bool, VersionAdded(4)] = False


class Capture(Shape):
    """Which text of the article the quotations were checked against; the text itself is not public.

    It was read from `original` by `reader`, a program with its version, and then changed by hand in `edit_count`
    places. Without an original nothing is known of that.
    """

    sha256: Sha256
    retrieved_at: str
    method: Annotated[OneOf[str, CAPTURE_METHODS], VersionAdded(4, ("bookmarklet",))]
    complete: bool
    archive_url: WebAddress
    original: Annotated[Original | None, VersionAdded(4)] = None
    reader: Annotated[str, VersionAdded(4)] = ""
    edit_count: Annotated[NonNegativeInt, VersionAdded(4)] = 0


class Stretch(Shape):
    """A part of some words: from `start` up to `end`, in code points."""

    start: NonNegativeInt
    end: NonNegativeInt


class Place(Shape):
    """Where words stand in the original: on which page, or from when to when, in seconds from the beginning, and in
    whose turn to speak. A time is that of all that was said together there. `last_page` is given where it is another.
    """

    page: Annotated[PageNumber | None, VersionAdded(4)] = None
    last_page: Annotated[PageNumber | None, VersionAdded(4)] = None
    begins_at: Annotated[Decimal | None, VersionAdded(4)] = None
    ends_at: Annotated[Decimal | None, VersionAdded(4)] = None
    speaker: Annotated[str, VersionAdded(4)] = ""

    def __post_init__(self) -> None:
        for name in ("begins_at", "ends_at"):
            if (number := getattr(self, name)) is not None:
                if number < 0:
                    raise ValueError("a time is not before the beginning")
                msgspec.structs.force_setattr(self, name, canonical_number(number))
        if self.page is None and self.begins_at is None and not self.speaker:
            raise ValueError("a place has a page, a time or a speaker")
        if self.last_page is not None and (self.page is None or self.last_page <= self.page):
            raise ValueError("the last page of a place comes after its first")
        if self.ends_at is not None and (self.begins_at is None or self.ends_at < self.begins_at):
            raise ValueError("a place ends after it begins")


class Passage(Shape):
    """The words in the capture: W3C TextQuoteSelector and TextPositionSelector, in code points.

    `marked` are the stretches of `exact` that stand between quotation marks in the capture, the marks left out; null
    where that is not known. One that begins or ends with `exact` is marked beyond it. `before` and `after` are what
    else their sentence has in the capture, as far as the publisher quotes it: “…” stands where more is left out.
    """

    exact: Label
    prefix: str
    suffix: str
    start: NonNegativeInt
    end: NonNegativeInt
    capture: Sha256
    marked: Annotated[tuple[Stretch, ...] | None, VersionAdded(2)] = None
    place: Annotated[Place | None, VersionAdded(4)] = None
    before: Annotated[str, VersionAdded(5)] = ""
    after: Annotated[str, VersionAdded(5)] = ""

    def __post_init__(self) -> None:
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
    relation: OneOf[str, STEPS]

    def __post_init__(self) -> None:
        if (self.actor is not None) + (self.outlet is not None) + (self.label != "") != 1:
            raise ValueError("a step of the chain names an actor, an outlet or a label: exactly one of them")


class Appearance(Shape):
    """One printing of a statement."""

    article: Id
    passage: Passage
    printed_name: str
    cue: str
    chain: tuple[Step, ...]


class Stance(Shape):
    """How the statement stands to one claim, with the hedge as it was worded.

    `printed` are the words of a passage in which the statement gives the figure of the claim: "millions more".
    """

    claim: Id
    stance: OneOf[str, STANCES]
    hedge: str
    printed: Annotated[str, VersionAdded(2)] = ""


class Note(Shape):
    """What the editors say of the document itself: what they inferred and from what, what is implausible as printed."""

    about: OneOf[str, NOTES]
    text: Label


class Document(Shape, tag_field="type"):
    """What every document has: its type, its identity for ever, and the last part of its address."""

    id: Id
    slug: Slug


class NotedDocument(Document):
    """A document on which editors may leave notes for readers."""

    notes: Annotated[tuple[Note, ...], VersionAdded(2)] = ()


class Question(NotedDocument, tag="question", kw_only=True):
    title: Label
    description: str
    position: NonNegativeInt


class Topic(NotedDocument, tag="topic", kw_only=True):
    """Groups questions, in this order; a question may stand under several topics."""

    title: Label
    introduction: str
    position: NonNegativeInt
    questions: tuple[Id, ...]

    def __post_init__(self) -> None:
        if len(set(self.questions)) < len(self.questions):
            raise ValueError("a topic names a question once")


class Claim(NotedDocument, tag="claim", kw_only=True):
    question: Id
    text: Label
    kind: OneOf[str, CLAIM_KINDS]
    language: Language
    position: NonNegativeInt
    figure: Figure | None
    relations: tuple[Relation, ...]
    subjects: Annotated[tuple[Subject, ...], VersionAdded(3)] = ()

    def __post_init__(self) -> None:
        if (self.kind == "figure") != (self.figure is not None):
            raise ValueError("a claim of the kind figure has a figure, and no other has one")


class Actor(NotedDocument, tag="actor", kw_only=True):
    """`name` is the label alone, and names and identifiers are empty, where the name is withheld."""

    name: Label
    kind: OneOf[str, ACTOR_KINDS]
    description: str
    withheld: bool
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    reported_in: Id | None


class Outlet(NotedDocument, tag="outlet", kw_only=True):
    name: Label
    kind: OneOf[str, OUTLET_KINDS]
    country: str
    homepage: WebAddress
    owner: str
    state_controlled: OneOf[str, STATE_CONTROLLED]


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
    derivation: OneOf[str, _DERIVATIONS_OR_NONE]
    captures: tuple[Capture, ...]
    framings: tuple[Framing, ...]

    def __post_init__(self) -> None:
        if (self.derived_from is None) != (self.derivation == ""):
            raise ValueError("an article that derives from another says how, and only such a one does")


class Statement(NotedDocument, tag="statement", kw_only=True):
    speaker: Id | None
    speaker_label: str
    role: str
    summary: Label
    said_on: PartialDate | None
    venue: str
    mode: OneOf[str, MODES]
    basis: OneOf[str, BASES]
    words: str
    language: Language
    translation: str
    stances: tuple[Stance, ...]
    appearances: tuple[Appearance, ...]

    def __post_init__(self) -> None:
        if self.speaker is None and not self.speaker_label:
            raise ValueError("a statement without a named speaker has a label")
        if len({stance.claim for stance in self.stances}) < len(self.stances):
            raise ValueError("a statement takes one stance towards one claim")


class Redirect(Document, tag="redirect"):
    """Left behind by an object that was merged into another: its addresses lead there for ever."""

    into: Id


# What has a page of its own: everything but a redirect.
PageDocument = Question | Topic | Claim | Actor | Outlet | Article | Statement
AnyDocument = PageDocument | Redirect
D = TypeVar("D", bound=Document)
TypeHint = Any  # a class, or what `typing` makes of one: Python has no name for all of these

# In the order in which one document may need another: what is named comes before what names it. What a claim is about
# comes after it: an actor may be named by an article alone, which treats claims.
DOCUMENT_TYPES: dict[str, type[PageDocument]] = {
    "question": Question,
    "claim": Claim,
    "outlet": Outlet,
    "article": Article,
    "actor": Actor,
    "statement": Statement,
    "topic": Topic,
}

TYPES_ADDED: dict[type[Document], int] = {Topic: 3}  # the version in which a type came that was not in the first

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="number")
_decoder: msgspec.json.Decoder[AnyDocument] = msgspec.json.Decoder(AnyDocument)


@cache
def type_at(shape: TypeHint, version: int) -> TypeHint:
    """The type `shape` as that version had it: without the fields and the values that came later."""
    origin: TypeHint = get_origin(shape)
    parts = get_args(shape)
    if isinstance(shape, type) and issubclass(shape, Shape):
        hints, tag = get_type_hints(shape, include_extras=True), shape.__struct_config__.tag
        fields = [
            (field.name, type_at(hints[field.name], version), *(() if field.required else (field.default,)))
            for field in msgspec.structs.fields(shape)
            if all(mark.values for mark in _values_added_after(hints[field.name], version))
        ]
        tag_field = "type" if tag else None
        return msgspec.defstruct(shape.__name__, fields, bases=(Shape,), kw_only=True, tag=tag, tag_field=tag_field)
    if origin is Annotated:
        older = type_at(parts[0], version)
        if later := {value for mark in _values_added_after(shape, version) for value in mark.values}:
            older = OneOf[str, [value for value in get_args(older) if value not in later]]
        return Annotated[(older, *shape.__metadata__)]
    if origin is tuple:
        return GenericAlias(tuple, (type_at(parts[0], version), ...))
    if origin in (Union, UnionType):
        return reduce(or_, (type_at(part, version) for part in parts if TYPES_ADDED.get(part, 1) <= version))
    return shape


def _values_added_after(hint: TypeHint, version: int) -> list[VersionAdded]:
    marks = getattr(hint, "__metadata__", ())
    return [mark for mark in marks if isinstance(mark, VersionAdded) and mark.version > version]


@cache
def _decoder_at(format: str) -> msgspec.json.Decoder[AnyDocument]:
    return msgspec.json.Decoder(type_at(AnyDocument, FORMATS.index(format) + 1))


def encode(document: AnyDocument) -> str:
    """The canonical JSON text of a document."""
    return _encoder.encode(document).decode()


def decode(text: str | bytes, format: str | None = None) -> AnyDocument:
    """The document that `text` holds; `msgspec.ValidationError` names the place of what is wrong.

    Where the `format` is an older one, that is also what came later.
    """
    document = _decoder.decode(text)
    if format not in (None, FORMAT):
        try:
            _decoder_at(format).decode(text)
        except msgspec.ValidationError as error:
            raise msgspec.ValidationError(f"{format} did not have this yet: {error}") from None
    return document


def decode_as(shape: type[D], text: str | bytes) -> D:
    """The document that `text` holds, where it is known to be of this type."""
    document = decode(text)
    if not isinstance(document, shape):
        raise TypeError(f"{document.id} is no {shape.__name__.lower()}")
    return document


def canonical_json(value: object) -> bytes:
    """The canonical JSON of any value: what is hashed."""
    return _encoder.encode(value)


def kind_of(document: AnyDocument) -> str:
    """The document's `type`: one of `DOCUMENT_TYPES`, or "redirect"."""
    return str(type(document).__struct_config__.tag)


def canonical_number(number: Decimal) -> Decimal:
    """The one way to write this number: no exponent, no zeros at its end. ValueError if it has too many digits."""
    exponent = number.as_tuple().exponent  # a letter where it is no finite number
    if isinstance(exponent, int) and not number:
        return Decimal(0)
    if isinstance(exponent, int) and number.adjusted() < FIGURE_DIGITS and exponent > -100:
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if len(text.partition(".")[2]) <= FIGURE_DECIMALS and len(text) <= FIGURE_DIGITS + 2:
            return Decimal(text)
    raise ValueError(
        f"{str(number)[:40]} is not a number of at most {FIGURE_DIGITS} digits, {FIGURE_DECIMALS} of them decimals"
    )


def references_of(document: AnyDocument) -> Iterator[tuple[str, str]]:
    """What a document names, each as (kind, id), repetitions included. A redirect's target is of its own kind: ""."""
    match document:
        case Topic():
            yield from (("question", question) for question in document.questions)
        case Claim():
            yield "question", document.question
            yield from (("claim", relation.claim) for relation in document.relations)
            yield from (("actor", subject.actor) for subject in document.subjects if subject.actor)
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
            yield from (("claim", stance.claim) for stance in document.stances)
            for appearance in document.appearances:
                yield "article", appearance.article
                for step in appearance.chain:
                    if step.actor:
                        yield "actor", step.actor
                    elif step.outlet:
                        yield "outlet", step.outlet
        case Redirect():
            yield "", document.into


class DocumentLookup(Protocol):
    """What finds documents by their ids: a dictionary of them, or what reads them where they are asked for."""

    def get(self, public_id: str, /) -> AnyDocument | None: ...


@overload
def resolve_document(public_id: str | None, named: DocumentLookup) -> PageDocument | None: ...
@overload
def resolve_document(public_id: str | None, named: DocumentLookup, shape: type[D]) -> D | None: ...
def resolve_document(
    public_id: str | None, named: DocumentLookup, shape: type[Document] | None = None
) -> Document | None:
    """The document that `public_id` leads to, through merges; None where there is none, or none of this `shape`."""
    passed = set()
    while public_id and public_id not in passed:
        passed.add(public_id)
        document = named.get(public_id)
        if not isinstance(document, Redirect):
            return document if shape is None or isinstance(document, shape) else None
        public_id = document.into
    return None


def _site_and_day(article: Article) -> str:
    """“example.org (2019-09-03)”, "" where the article has no address."""
    host = (urlsplit(article.url).hostname or "").removeprefix("www.") if article.url else ""
    return f"{host} ({article.published.edtf})" if host and article.published else host


def label_of(document: AnyDocument) -> str:
    """What lists and links call the document; an article without a headline is called by its site and day."""
    match document:
        case Question() | Topic():
            return document.title
        case Claim():
            return document.text
        case Actor() | Outlet():
            return document.name
        case Article():
            return document.headline or _site_and_day(document) or document.id
        case Statement():
            return document.summary
    return document.id

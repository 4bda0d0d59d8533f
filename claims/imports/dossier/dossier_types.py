"""The shapes of a dossier's files, from which come the checks of each: types, choices, dates, unknown fields.

What a file says of an object are fields of the desk's models, with their choices and what they are where they are left
out; the parts of an object are the inputs of the verbs. What names another object does so by the name that it has in
the dossier: the slug of a claim or an actor, the key of an outlet, an article or a statement.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

import msgspec
from django.db import models

from articles.models import Article, Outlet, TrackedModel
from language.dates.partial import read_date
from record.documents.fields import STATEMENT_FIELDS

from ...changes import IdentifierInput, NameInput, NoteInput, StanceInput
from ...models import Actor, AttributionStep, Claim, ClaimRelation, ClaimSubject, Framing, Question, Statement, Topic

if TYPE_CHECKING:
    from typing import Annotated as OneOf  # as `record.documents` has it
else:
    from record.documents import OneOf

GAP = "\n[…]\n"  # stands in an excerpt for what was left out


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class DossierTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a dossier. An unknown field is an error: most often it is a known one, misspelt."""

    kind_of_object: ClassVar[str] = ""
    model_fields: ClassVar[tuple[str, ...]] = ()

    @property
    def values(self) -> dict[str, Any]:
        """What it says of the fields of its model, by name."""
        values = {name: getattr(self, name) for name in self.model_fields}
        return {name: value for name, value in values.items() if value is not msgspec.UNSET}

    @property
    def dossier_name(self) -> str:
        """By what the dossier names the object that this is, or an empty string."""
        return getattr(self, "key", getattr(self, "slug", ""))

    @property
    def display_name(self) -> str:
        """What sentences call it, or an empty string."""
        return f"{self.kind_of_object} “{self.dossier_name}”" if self.dossier_name else ""


class ObjectEntry(DossierTable):
    """A table that becomes an object of the desk."""

    notes: list[NoteInput] = []


Table = TypeVar("Table", bound=DossierTable)


def with_fields_of(
    model: type[TrackedModel] | type[Framing], *names: str, only_set: bool = False
) -> Callable[[type[Table]], type[Table]]:
    """Gives a table these fields of `model`, with their choices and with what they are where they are left out.

    Of them the table itself names those that are asked for one by one. With `only_set` any may be left out, and then
    stands in no `values`.
    """
    columns = {column.name: column for column in model._meta.concrete_fields}

    def add_fields(table: type[Table]) -> type[Table]:
        return msgspec.defstruct(  # type: ignore[return-value]  # the stub does not say that it keeps to its bases
            table.__name__,
            [_field_type(columns[name], only_set) for name in names],
            bases=(table,),
            namespace={
                "__doc__": table.__doc__,
                "kind_of_object": model.__name__.lower(),
                "model_fields": names,
            },
            module=table.__module__,
            kw_only=True,
        )

    return add_fields


def _field_type(column: "models.Field[Any, Any]", only_set: bool) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = OneOf[str, [value for value, _ in column.flatchoices]] if column.choices else str
    if only_set:
        return column.name, kind | msgspec.UnsetType, msgspec.UNSET
    if not (column.blank or column.has_default()):
        return column.name, kind
    return column.name, kind, column.get_default() or ""


def _check_date(text: str) -> None:
    if text:
        read_date(text)


class End(DossierTable):
    """The last table of a file: how many of each it holds."""

    topics: int = 0
    things: int = 0
    questions: int = 0
    claims: int = 0
    outlets: int = 0
    articles: int = 0
    actors: int = 0
    statements: int = 0
    printings: int = 0


class DossierFile(DossierTable):
    """A whole file."""

    end: End


# Topics, questions and claims


@with_fields_of(Claim, "modifier", "as_of")
class FigureLine(DossierTable, kw_only=True):
    """What a figure claims; see `claims.models.Claim`."""

    as_of: str
    unit: str
    counted: str
    amount: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    derived: bool = False

    def __post_init__(self) -> None:
        _check_date(self.as_of)


class RelationLine(DossierTable):
    kind: OneOf[str, ClaimRelation.Kind.values]
    claim: str


class SubjectNameLine(DossierTable):
    name: str
    language: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or "\n" in self.name:
            raise ValueError("a name must be a single line")


class ThingEntry(DossierTable, kw_only=True):
    """A place or another thing that claims are about, with its names, the first of which lists show."""

    slug: str
    kind: OneOf[str, [kind for kind in ClaimSubject.Kind.values if kind != ClaimSubject.Kind.ACTOR]]
    names: list[SubjectNameLine]

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError("a place or another thing has at least one name")

    @property
    def values(self) -> dict[str, Any]:
        """Its kind and its names, as a verb takes them."""
        name, *others = self.names
        return {
            "kind": self.kind,
            "name": name.name,
            "language": name.language,
            "other_names": "\n".join(f"{other.language}: {other.name}" for other in others),
        }


class EarlierWording(DossierTable):
    """How a claim read when it was first published, and why it was reworded."""

    text: str
    why: str


@with_fields_of(Claim, "text", "kind")
class ClaimEntry(ObjectEntry, kw_only=True):
    """A claim; `subjects` are the slugs of the actors and things that it is about."""

    text: str
    kind: str
    slug: str
    figure: FigureLine | None = None
    relations: list[RelationLine] = []
    subjects: list[str] = []
    earlier: EarlierWording | None = None

    def __post_init__(self) -> None:
        if (self.kind == Claim.Kind.FIGURE) != (self.figure is not None):
            raise ValueError("a claim of kind figure needs a figure, and no other kind may have one")


@with_fields_of(Question, "title", "description")
class QuestionEntry(ObjectEntry, kw_only=True):
    slug: str
    claims: list[ClaimEntry] = []


@with_fields_of(Topic, "title", "introduction")
class TopicEntry(ObjectEntry, kw_only=True):
    """A topic, with the slugs of its questions in their order."""

    slug: str
    questions: list[str]


class QuestionsFile(DossierFile):
    questions: list[QuestionEntry]
    topics: list[TopicEntry] = []
    things: list[ThingEntry] = []

    @property
    def claims(self) -> list[ClaimEntry]:
        return claims_of(self.questions)


def claims_of(questions: Iterable[QuestionEntry]) -> list[ClaimEntry]:
    """The claims of these questions, in order."""
    return [claim for question in questions for claim in question.claims]


# Outlets and articles

TextRange = tuple[int, int]  # paragraph of the article, place in the paragraph: the order of an excerpt


@with_fields_of(Outlet, "name", "kind", "country", "homepage", "owner", "state_controlled")
class OutletEntry(ObjectEntry, kw_only=True):
    key: str


@with_fields_of(Framing, "part", "treatment", "words")
class FramingLine(DossierTable, kw_only=True):
    """How the article treats a claim. `at` puts the words into the excerpt; without it they stand in a quotation."""

    words: str
    claim: str
    written_by: str = ""
    at: TextRange | None = None


@with_fields_of(
    Article, "url", "headline", "byline", "dateline", "language", "published", "credited_agency", "derivation"
)
class ArticleEntry(ObjectEntry, kw_only=True):
    headline: str
    published: str
    key: str
    outlet: str
    derived_from: str = ""
    framings: list[FramingLine] = []

    def __post_init__(self) -> None:
        _check_date(self.published)


class OutletsFile(DossierFile):
    outlets: list[OutletEntry]
    articles: list[ArticleEntry]


# Actors


class MergedActor(DossierTable):
    """Into whom an actor that was recorded apart is merged once all is published, and why."""

    into: str
    why: str


@with_fields_of(Actor, "name", "kind", "description")
class ActorEntry(ObjectEntry, kw_only=True):
    slug: str
    merged: MergedActor | None = None
    reported_in: str = ""
    names: list[NameInput] = []
    identifiers: list[IdentifierInput] = []


class ActorsFile(DossierFile):
    actors: list[ActorEntry]


# Statements and their printings


class StepLine(DossierTable):
    """One hop of a chain: exactly one of an actor's slug, an outlet's key and a bare label."""

    relation: OneOf[str, AttributionStep.Relation.values]
    actor: str = ""
    outlet: str = ""
    label: str = ""
    cue: str = ""

    def __post_init__(self) -> None:
        if [bool(self.actor), bool(self.outlet), bool(self.label)].count(True) != 1:
            raise ValueError("a step of the chain must name exactly one actor, outlet or label")


class PrintedQuotation(DossierTable):
    """One printing: the exact words, where they stand in the article, and who passes them on.

    The file's own `through` comes before `chain`; `through = false` leaves it out, as for the same hop with a cue.
    `marked` says that the article prints the words between quotation marks: the excerpt has them too.
    """

    at: TextRange
    quote: str
    marked: bool = False
    printed_name: str = ""
    cue: str = ""
    through: bool = True
    chain: list[StepLine] = []

    def __post_init__(self) -> None:
        if not self.quote.strip() or "\n" in self.quote:
            raise ValueError("a quotation must be a single line")


class FurtherPrinting(PrintedQuotation, kw_only=True):
    """A further printing of a statement that this file or one before it has: `of` is its key."""

    of: str

    @property
    def display_name(self) -> str:
        return f"printing of “{self.of}”"


@with_fields_of(Statement, *(field.name for field in STATEMENT_FIELDS), only_set=True)
class EarlierStatement(DossierTable, kw_only=True):
    """How a statement read when it was first published, where that was otherwise, and why it was corrected."""

    why: str
    stances: list[StanceInput[str]] | None = None


class UndoneWithdrawal(DossierTable):
    """Why a statement was withdrawn, and why it was published again."""

    why: str
    restored: str


@with_fields_of(Statement, *(field.name for field in STATEMENT_FIELDS))
class StatementEntry(ObjectEntry, kw_only=True):
    speaker: str
    speaker_label: str
    said_on: str
    key: str
    stances: list[StanceInput[str]]
    printed: list[PrintedQuotation]
    notes: list[NoteInput] = []
    earlier: EarlierStatement | None = None
    withdrawn: UndoneWithdrawal | None = None

    def __post_init__(self) -> None:
        if bool(self.speaker) == bool(self.speaker_label):
            raise ValueError("a statement needs either a speaker or a speaker_label, not both")
        if not self.printed:
            raise ValueError("a statement needs at least one printing")
        _check_date(self.said_on)


class StatementsFile(DossierFile):
    """What one article prints. `reason` is the public reason with which it is published."""

    article: str
    reason: str
    through: list[StepLine] = []
    statements: list[StatementEntry] = []
    printings: list[FurtherPrinting] = []

    def quotations(self) -> Iterator[PrintedQuotation]:
        """Every printing in the file, whether of a new statement or of one known before."""
        for statement in self.statements:
            yield from statement.printed
        yield from self.printings

    def chain_of(self, printed: PrintedQuotation) -> list[StepLine]:
        """The whole chain behind a printing, nearest to the page first."""
        return [*(self.through if printed.through else []), *printed.chain]


@dataclass(frozen=True)
class Dossier:
    """A dossier that was read and checked. `statements` maps file names to files, in the order of their names."""

    questions: list[QuestionEntry]
    topics: list[TopicEntry]
    things: list[ThingEntry]
    outlets: list[OutletEntry]
    articles: list[ArticleEntry]
    actors: list[ActorEntry]
    statements: dict[str, StatementsFile]

    @property
    def claims(self) -> list[ClaimEntry]:
        return claims_of(self.questions)

    def excerpt_of(self, article: ArticleEntry) -> str:
        """The text of an excerpt of `article`: its headline, and the quoted words in the order of the article.

        Words that two statements share stand there once, and words of the headline only in it.
        """
        lines = {
            (printed.at, f"“{printed.quote}”" if printed.marked else printed.quote)
            for file in self.statements.values()
            if file.article == article.key
            for printed in file.quotations()
            if printed.quote not in article.headline
        }
        lines |= {(framing.at, framing.words) for framing in article.framings if framing.at}
        return GAP.join(filter(None, [article.headline, *(words for _, words in sorted(lines))]))

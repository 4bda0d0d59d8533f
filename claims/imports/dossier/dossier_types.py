"""The shapes of a dossier's files, from which come the checks of each: types, choices, dates, unknown fields.

What a file says of an object are fields of the desk's models, with their choices and what they are where they are left
out; the parts of an object are the inputs of the verbs. What names another object does so by the name that it has in
the dossier: the slug of a claim or an actor, the key of an outlet, an article or a statement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec
from django.db import models

from articles.models import Article, Outlet
from language.dates.partial import read_date
from record.documents.fields import STATEMENT_FIELDS

from ...changes import IdentifierInput, NameInput, NoteInput, StanceInput
from ...changes.inputs import choice_type
from ...models import Actor, AttributionStep, Claim, ClaimRelation, Framing, Question, Statement

GAP = "\n[…]\n"  # stands in an excerpt for what was left out


class DossierTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a dossier. An unknown field is an error: most often it is a known one, misspelt."""

    @property
    def dossier_name(self) -> str:
        """By what the dossier names the object that this is, or an empty string."""
        return getattr(self, "key", getattr(self, "slug", ""))

    @property
    def called(self) -> str:
        """What sentences call it, or an empty string."""
        return f"{self.kind_of_object} “{self.dossier_name}”" if self.dossier_name else ""


def entry_type(model: type[models.Model], *names: str) -> type[DossierTable]:
    """A table with these fields of `model`; `values` of it are what it says of them, by name."""
    lines = [_field_type(model._meta.get_field(name)) for name in names]
    values = property(lambda self: {name: getattr(self, name) for name in names})
    namespace = {"values": values, "kind_of_object": model._meta.model_name}
    return msgspec.defstruct(model.__name__, lines, bases=(DossierTable,), namespace=namespace, kw_only=True)


def _field_type(field: models.Field) -> tuple:
    kind = Literal[tuple(value for value, _ in field.flatchoices)] if field.choices else str
    if not (field.blank or field.has_default()):
        return field.name, kind
    return field.name, kind, field.get_default() or ""


def _check_date(text: str) -> None:
    if text:
        read_date(text)


# The last table of a file: how many of each it holds.
COUNTED_NOUNS = ("questions", "claims", "outlets", "articles", "actors", "statements", "printings")
End = msgspec.defstruct("End", [(noun, int, 0) for noun in COUNTED_NOUNS], bases=(DossierTable,))


# Questions and claims


class FigureLine(entry_type(Claim, "modifier", "as_of"), kw_only=True):
    """What a figure claims; see `claims.models.Claim`."""

    unit: str
    counted: str
    amount: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    derived: bool = False

    def __post_init__(self):
        _check_date(self.as_of)


class RelationLine(DossierTable):
    kind: choice_type(ClaimRelation.Kind)
    claim: str


class EarlierWording(DossierTable):
    """How a claim read when it was first published, and why it was reworded."""

    text: str
    why: str


class ClaimEntry(entry_type(Claim, "text", "kind"), kw_only=True):
    slug: str
    figure: FigureLine | None = None
    relations: list[RelationLine] = []
    earlier: EarlierWording | None = None
    notes: list[NoteInput] = []

    def __post_init__(self):
        if (self.kind == Claim.Kind.FIGURE) != (self.figure is not None):
            raise ValueError("a claim of kind figure needs a figure, and no other kind may have one")


class QuestionEntry(entry_type(Question, "title", "description"), kw_only=True):
    slug: str
    claims: list[ClaimEntry] = []
    notes: list[NoteInput] = []


class QuestionsFile(DossierTable):
    questions: list[QuestionEntry]
    end: End

    @property
    def claims(self) -> list[ClaimEntry]:
        return [claim for question in self.questions for claim in question.claims]


# Outlets and articles

TextRange = tuple[int, int]  # paragraph of the article, place in the paragraph: the order of an excerpt


class OutletEntry(entry_type(Outlet, "name", "kind", "country", "homepage", "owner", "state_controlled"), kw_only=True):
    key: str
    notes: list[NoteInput] = []


class FramingLine(entry_type(Framing, "part", "treatment", "words"), kw_only=True):
    """How the article treats a claim. `at` puts the words into the excerpt; without it they stand in a quotation."""

    claim: str
    written_by: str = ""
    at: TextRange | None = None


class ArticleEntry(
    entry_type(
        Article, "url", "headline", "byline", "dateline", "language", "published", "credited_agency", "derivation"
    ),
    kw_only=True,
):
    key: str
    outlet: str
    derived_from: str = ""
    framings: list[FramingLine] = []
    notes: list[NoteInput] = []

    def __post_init__(self):
        _check_date(self.published)


class OutletsFile(DossierTable):
    outlets: list[OutletEntry]
    articles: list[ArticleEntry]
    end: End


# Actors


class ActorEntry(entry_type(Actor, "name", "kind", "description"), kw_only=True):
    slug: str
    reported_in: str = ""
    names: list[NameInput] = []
    identifiers: list[IdentifierInput] = []
    notes: list[NoteInput] = []


class ActorsFile(DossierTable):
    actors: list[ActorEntry]
    end: End


# Statements and their printings


class StepLine(DossierTable):
    """One hop of a chain: exactly one of an actor's slug, an outlet's key and a bare label."""

    relation: choice_type(AttributionStep.Relation)
    actor: str = ""
    outlet: str = ""
    label: str = ""
    cue: str = ""

    def __post_init__(self):
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

    def __post_init__(self):
        if not self.quote.strip() or "\n" in self.quote:
            raise ValueError("a quotation must be a single line")


class FurtherPrinting(PrintedQuotation, kw_only=True):
    """A further printing of a statement that this file or one before it has: `of` is its key."""

    of: str

    @property
    def called(self) -> str:
        return f"printing of “{self.of}”"


class StatementEntry(entry_type(Statement, *(field.name for field in STATEMENT_FIELDS)), kw_only=True):
    key: str
    stances: list[StanceInput[str]]
    printed: list[PrintedQuotation]
    notes: list[NoteInput] = []

    def __post_init__(self):
        if bool(self.speaker) == bool(self.speaker_label):
            raise ValueError("a statement needs either a speaker or a speaker_label, not both")
        if not self.printed:
            raise ValueError("a statement needs at least one printing")
        _check_date(self.said_on)


class StatementsFile(DossierTable):
    """What one article prints. `reason` is the public reason with which it is published."""

    article: str
    reason: str
    end: End
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
    outlets: list[OutletEntry]
    articles: list[ArticleEntry]
    actors: list[ActorEntry]
    statements: dict[str, StatementsFile]

    claims = QuestionsFile.claims

    def excerpt_of(self, article: ArticleEntry) -> str:
        """The text of an excerpt of `article`: its headline, and the quoted words in the order of the article.

        Words that two statements share stand there once.
        """
        lines = {
            (printed.at, f"“{printed.quote}”" if printed.marked else printed.quote)
            for file in self.statements.values()
            if file.article == article.key
            for printed in file.quotations()
        }
        lines |= {(framing.at, framing.words) for framing in article.framings if framing.at}
        return GAP.join(filter(None, [article.headline, *(words for _, words in sorted(lines))]))

"""The shapes of a dossier's files, from which come the checks of each: types, choices, dates, unknown fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec
from django.db import models

from articles.dates import read_date
from articles.models import Article, Outlet
from record.fields import STATEMENT_FIELDS

from ..models import (
    Actor,
    ActorName,
    AttributionStep,
    Claim,
    ClaimRelation,
    EditorsNote,
    Framing,
    Stance,
    Statement,
)

GAP = "\n[…]\n"  # stands in an excerpt for what was left out


def _check_date(text: str) -> None:
    if text:
        read_date(text)


def _one_of(choices) -> type:
    return Literal[tuple(choices.values)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a dossier. An unknown field is an error: most often it is a known one, misspelt."""


class End(Part):
    """The last table of a file: how many of each it holds."""

    questions: int = 0
    claims: int = 0
    outlets: int = 0
    articles: int = 0
    actors: int = 0
    statements: int = 0
    printings: int = 0


# Questions and claims


class FigureLine(Part):
    """What a figure claims; see `claims.models.Claim`."""

    unit: str
    counted: str
    amount: int | float | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    modifier: _one_of(Claim.Modifier) = ""
    as_of: str = ""
    derived: bool = False

    def __post_init__(self):
        _check_date(self.as_of)


class NoteLine(Part):
    """What readers are told of the object on which it is."""

    about: _one_of(EditorsNote.About)
    text: str


class RelationLine(Part):
    kind: _one_of(ClaimRelation.Kind)
    claim: str


class Earlier(Part):
    """How a claim read when it was first published, and why it was reworded."""

    text: str
    why: str


class ClaimEntry(Part):
    slug: str
    text: str
    kind: _one_of(Claim.Kind)
    figure: FigureLine | None = None
    relations: list[RelationLine] = []
    earlier: Earlier | None = None
    notes: list[NoteLine] = []

    def __post_init__(self):
        if (self.kind == Claim.Kind.FIGURE) != (self.figure is not None):
            raise ValueError("a claim of the kind figure has a figure, and no other has one")


class QuestionEntry(Part):
    slug: str
    title: str
    description: str = ""
    claims: list[ClaimEntry] = []
    notes: list[NoteLine] = []


class QuestionsFile(Part):
    questions: list[QuestionEntry]
    end: End


# Outlets and articles

Place = tuple[int, int]  # paragraph of the article, place in the paragraph: the order of an excerpt


class OutletEntry(Part):
    key: str
    name: str
    kind: _one_of(Outlet.Kind)
    country: str = ""
    homepage: str = ""
    owner: str = ""
    state_controlled: _one_of(Outlet.Control) = "unknown"
    notes: list[NoteLine] = []


class FramingLine(Part):
    """How the article treats a claim. `at` puts the words into the excerpt; without it they stand in a quotation."""

    claim: str
    part: _one_of(Framing.Part)
    treatment: _one_of(Framing.Treatment)
    words: str = ""
    written_by: str = ""
    at: Place | None = None


class ArticleEntry(Part):
    key: str
    outlet: str
    url: str = ""
    headline: str = ""
    byline: str = ""
    dateline: str = ""
    language: str = "en"
    published: str = ""
    credited_agency: str = ""
    derived_from: str = ""
    derivation: _one_of(Article.Derivation) = ""
    framings: list[FramingLine] = []
    notes: list[NoteLine] = []

    def __post_init__(self):
        _check_date(self.published)


class OutletsFile(Part):
    outlets: list[OutletEntry]
    articles: list[ArticleEntry]
    end: End


# Actors


class NameLine(Part):
    name: str
    language: str = ""
    kind: _one_of(ActorName.Kind) = "alias"
    scheme: str = ""


class IdentifierLine(Part):
    register: str
    value: str


class ActorEntry(Part):
    slug: str
    name: str
    kind: _one_of(Actor.Kind)
    description: str = ""
    reported_in: str = ""
    names: list[NameLine] = []
    identifiers: list[IdentifierLine] = []
    notes: list[NoteLine] = []


class ActorsFile(Part):
    actors: list[ActorEntry]
    end: End


# Statements and their printings


class StepLine(Part):
    """One hop of a chain: exactly one of an actor's slug, an outlet's key and a bare label."""

    relation: _one_of(AttributionStep.Relation)
    actor: str = ""
    outlet: str = ""
    label: str = ""
    cue: str = ""

    def __post_init__(self):
        if [bool(self.actor), bool(self.outlet), bool(self.label)].count(True) != 1:
            raise ValueError("a step of the chain names an actor, an outlet or a label: exactly one of them")


class Printed(Part):
    """One printing: the exact words, where they stand in the article, and who passes them on.

    The file's own `through` comes before `chain`; `through = false` leaves it out, as for the same hop with a cue.
    `marked` says that the article prints the words between quotation marks: the excerpt has them too.
    """

    at: Place
    quote: str
    marked: bool = False
    printed_name: str = ""
    cue: str = ""
    through: bool = True
    chain: list[StepLine] = []

    def __post_init__(self):
        if not self.quote.strip() or "\n" in self.quote:
            raise ValueError("a quotation is one line of words")


class Printing(Printed, kw_only=True):
    """A further printing of a statement that this file or one before it has: `of` is its key."""

    of: str


class StanceLine(Part):
    claim: str
    stance: _one_of(Stance.Kind)
    hedge: str = ""
    printed: str = ""


def _line_of(field: models.Field) -> tuple:
    """A field of a model as it stands in a file: its name, its type, and what it is where it is left out."""
    kind = Literal[tuple(value for value, _ in field.choices)] if field.choices else str
    left_out = field.get_default() or ""
    return (field.name, kind, left_out) if field.blank or field.has_default() else (field.name, kind)


_Values = msgspec.defstruct(
    "_Values",
    [_line_of(Statement._meta.get_field(field.name)) for field in STATEMENT_FIELDS],
    bases=(Part,),
    kw_only=True,
)


class StatementEntry(_Values, kw_only=True):
    """A statement with the fields that `record.fields` names; its speaker and claims by the names of this dossier."""

    key: str
    stances: list[StanceLine]
    printed: list[Printed]
    notes: list[NoteLine] = []

    def __post_init__(self):
        if bool(self.speaker) == bool(self.speaker_label):
            raise ValueError("a statement has a speaker or a speaker_label: exactly one of them")
        if not self.printed:
            raise ValueError("a statement is printed at least once")
        _check_date(self.said_on)


class StatementsFile(Part):
    """What one article prints. `reason` is the public reason with which it is published."""

    article: str
    reason: str
    end: End
    through: list[StepLine] = []
    statements: list[StatementEntry] = []
    printings: list[Printing] = []

    def quotations(self) -> Iterator[Printed]:
        """Every printing in the file, whether of a new statement or of one known before."""
        for statement in self.statements:
            yield from statement.printed
        yield from self.printings

    def chain_of(self, printed: Printed) -> list[StepLine]:
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

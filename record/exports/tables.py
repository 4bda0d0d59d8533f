"""The record as tables: which columns each has, and its rows. CSV, XLSX and Parquet write them, datapackage.json
describes them.

The documents are flattened: what stands in lists beside the rows (names, relations, the hops of a chain) is one text
with ` | ` between its parts. Ids are those to which redirects lead, so that tables can be joined by them.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Generic

from ..documents import (
    Actor,
    Appearance,
    Article,
    Capture,
    Claim,
    Outlet,
    PageDocument,
    PartialDate,
    Place,
    Stance,
    Statement,
    Step,
    Subject,
    Topic,
    kind_of,
    label_of,
)
from ..documents.addresses import URL_FOLDERS
from ..documents.fields import DETAILS, STATEMENT_FIELDS, details_of
from ..documents.wording import has_quoted_words, own_words, wording_of
from ..linked_data.site import terms
from .snapshot import Snapshot
from .stream import D, DocumentCache, current_documents

SEPARATOR = " | "
Cell = str | int | bool | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """One column: `type` is one of Frictionless' names: string, integer, number, boolean, date."""

    name: str
    description: str
    type: str = "string"


@dataclass(frozen=True)
class Table(Generic[D]):
    """A table of what stands: `name`, what a row is, its columns, and its rows from documents, in few-row lists.

    Every row has a cell for each column, in their order; None where there is nothing.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    shape: type[D]
    rows_of: Callable[[D, DocumentCache], Iterator[list[Cell]]]
    key: str | None = None

    def rows(self, snapshot: Snapshot) -> Iterator[list[list[Cell]]]:
        """The rows, as many at a time as one chunk of the log makes."""
        named, under = DocumentCache(snapshot), str(terms())
        for documents in current_documents(snapshot, self.shape):
            named.fetch_with_parents(documents)
            yield [[*row, under] for document in documents for row in self.rows_of(document, named)]


def _page_address(document: PageDocument) -> str:
    return f"/{URL_FOLDERS[kind_of(document)]}/{document.slug}"


def _date_cells(day: PartialDate | None) -> list[Cell]:
    return [day.edtf, day.earliest, day.latest] if day else [None, None, None]


def _reference_cells(public_id: str | None, named: DocumentCache) -> list[Cell]:
    """Id and label; the id alone where nothing stands under it."""
    document = named.get(public_id)
    return [document.id, label_of(document)] if document else [public_id, None]


def _figure_cells(claim: Claim | None) -> list[Cell]:
    figure = claim.figure if claim else None
    if figure is None:
        return [None] * 7
    return [figure.amount, figure.lower, figure.upper, figure.unit, figure.modifier, figure.derived, figure.counted]


FIGURE_COLUMNS = (
    Column("amount", "the figure that is claimed", "number"),
    Column("lower", "its lower bound", "number"),
    Column("upper", "its upper bound", "number"),
    Column("unit", "its unit"),
    Column("modifier", "about, at least, up to, estimated"),
    Column("derived", "whether nobody printed the numbers: editors read them out of words", "boolean"),
    Column("counted", "what is counted"),
)
NOTES_COLUMN = Column("notes", "the editors’ notes, each with what it is about: identity, date, figure, wording, other")
TERMS_COLUMN = Column("terms", "the terms of use of the record")


def _notes_cell(document: PageDocument) -> Cell:
    return SEPARATOR.join(f"{note.about}: {note.text}" for note in document.notes) or None


def _statement_rows(statement: Statement, named: DocumentCache) -> Iterator[list[Cell]]:
    """One row an appearance and stance; a statement without one of them has a row with empty cells instead."""
    speaker = named.get(statement.speaker)
    start = [
        statement.id,
        _page_address(statement),
        statement.summary,
        speaker.id if speaker else statement.speaker,
        speaker.name if isinstance(speaker, Actor) else statement.speaker_label or None,
        speaker.kind if isinstance(speaker, Actor) else None,
        statement.role,
        *_date_cells(statement.said_on),
        *details_of(statement).values(),
        statement.words,
        has_quoted_words(statement) if statement.words else None,
        statement.language,
        statement.translation,
    ]
    stances = [_stance_cells(stance, named) for stance in _one_stance_per_claim(statement, named)] or [[None] * 14]
    printings = [_printing_cells(statement, printed, named) for printed in statement.appearances] or [[None] * 22]
    for number, printing in enumerate(printings, 1):
        for stance in stances:
            yield [*start, *stance, number if statement.appearances else None, *printing, _notes_cell(statement)]


def _one_stance_per_claim(statement: Statement, named: DocumentCache) -> list[Stance]:
    """Where two of the claims were merged, the stance towards the one that stands."""
    resolved = {stance.claim: getattr(named.get(stance.claim), "id", stance.claim) for stance in statement.stances}
    by_claim: dict[str, Stance] = {}
    for stance in sorted(statement.stances, key=lambda stance: resolved[stance.claim] != stance.claim):
        by_claim.setdefault(resolved[stance.claim], stance)
    return [stance for stance in statement.stances if stance in by_claim.values()]


def _stance_cells(stance: Stance, named: DocumentCache) -> list[Cell]:
    claim = named.get(stance.claim)
    about = claim if isinstance(claim, Claim) else None
    return [
        stance.stance,
        stance.hedge,
        stance.printed,
        *_reference_cells(stance.claim, named),
        about.kind if about else None,
        *_figure_cells(about)[:6],
        *(_reference_cells(about.question, named) if about else [None, None]),
    ]


def _printing_cells(statement: Statement, printed: Appearance, named: DocumentCache) -> list[Cell]:
    shown = wording_of(statement, printed, named)
    found = named.get(printed.article)
    article = found if isinstance(found, Article) else None
    return [
        article.id if article else printed.article,
        *([article.headline, article.url, article.language] if article else [None] * 3),
        *_date_cells(article.published if article else None),
        *(_reference_cells(article.outlet, named) if article else [None, None]),
        printed.passage.exact,
        shown.kind,
        SEPARATOR.join(own_words(statement, printed)) or None,
        shown.writer and _reference_cells(shown.writer, named)[1],
        printed.printed_name,
        printed.cue,
        SEPARATOR.join(_step_text(step, named) for step in printed.chain) or None,
        article.derivation if article else None,
        *_place_cells(printed.passage.place),
    ]


def _place_cells(place: Place | None) -> list[Cell]:
    if place is None:
        return [None] * 5
    return [place.page, place.last_page, place.begins_at, place.ends_at, place.speaker or None]


def _step_text(step: Step, named: DocumentCache) -> str:
    who = step.label or _reference_cells(step.actor or step.outlet, named)[1] or step.actor or step.outlet
    return f"{step.relation}: {who}" + (f" ({step.cue})" if step.cue else "")


_STATEMENT_COLUMNS = {field.name: Column(field.name, field.column) for field in STATEMENT_FIELDS}
STATEMENTS = Table(
    "statements",
    "One row for each appearance of a statement and each stance that it takes",
    (
        Column("statement_id", "the statement"),
        Column("page", "its page, below the site’s address"),
        _STATEMENT_COLUMNS["summary"],
        Column("speaker_id", "the actor who states it; empty for a bare label"),
        _STATEMENT_COLUMNS["speaker"],
        Column("speaker_kind", "person, state, government body, …"),
        _STATEMENT_COLUMNS["role"],
        _STATEMENT_COLUMNS["said_on"],
        Column("said_earliest", "the first day that said_on can mean", "date"),
        Column("said_latest", "the last day that said_on can mean", "date"),
        *(_STATEMENT_COLUMNS[name] for name in DETAILS),
        _STATEMENT_COLUMNS["words"],
        Column("words_quoted", "whether a printing has these words in quotation marks, as the speaker’s", "boolean"),
        _STATEMENT_COLUMNS["language"],
        _STATEMENT_COLUMNS["translation"],
        Column("stance", "how the statement stands to the claim"),
        Column("hedge", "the hedge as the article words it"),
        Column("figure_printed", "the words in which a passage gives the figure of the claim"),
        Column("claim_id", "the claim"),
        Column("claim", "its text"),
        Column("claim_kind", "fact, figure, description, evaluation, demand, commitment, forecast"),
        *FIGURE_COLUMNS[:6],
        Column("question_id", "the question of the claim"),
        Column("question", "its title"),
        Column("appearance", "the number of the printing among those of the statement, from 1", "integer"),
        Column("article_id", "the article that printed it"),
        Column("headline", "its headline"),
        Column("article_url", "its address"),
        Column("article_language", "its language (BCP 47)"),
        Column("published", "when it was published (EDTF)"),
        Column("published_earliest", "the first day that published can mean", "date"),
        Column("published_latest", "the last day that published can mean", "date"),
        Column("outlet_id", "its outlet"),
        Column("outlet", "the outlet’s name"),
        Column("exact", "the words in the article"),
        Column("wording", "whose words these are: quotation (the speaker’s own), mixed, report"),
        Column("own_words", "the speaker’s own among them: those in quotation marks in the article"),
        Column("worded_by", "who worded the rest: the outlet, or the agency or relayer whose text it prints"),
        Column("printed_name", "the speaker’s name as printed"),
        Column("cue", "the words that attribute"),
        Column("chain", "the hops from the page to the speaker, nearest to the page first"),
        Column("derivation", "how the article was made from another: verbatim, edited, excerpt, translation"),
        Column("original_page", "the page of the original on which the words begin, from 1", "integer"),
        Column("original_last_page", "the page on which they end, where that is another", "integer"),
        Column("begins_at", "when it begins in the recording, in seconds", "number"),
        Column("ends_at", "when it ends in the recording, in seconds", "number"),
        Column("turn", "who is speaking there, as the transcript has it"),
        NOTES_COLUMN,
        TERMS_COLUMN,
    ),
    Statement,
    _statement_rows,
)


def _claim_rows(claim: Claim, named: DocumentCache) -> Iterator[list[Cell]]:
    figure = claim.figure
    relations = [f"{other.kind} {_reference_cells(other.claim, named)[0]}" for other in claim.relations]
    yield [
        claim.id,
        _page_address(claim),
        claim.text,
        claim.kind,
        claim.language,
        *_reference_cells(claim.question, named),
        *_figure_cells(claim),
        *_date_cells(figure.as_of if figure else None),
        SEPARATOR.join(relations) or None,
        SEPARATOR.join(_subject_text(subject, named) for subject in claim.subjects) or None,
        _notes_cell(claim),
    ]


def _subject_text(subject: Subject, named: DocumentCache) -> str:
    if subject.actor:
        return f"actor: {_reference_cells(subject.actor, named)[1] or subject.actor}"
    names = [f"{name.text} [{name.language or 'und'}]" for name in subject.names]
    return f"{subject.kind}: {', '.join(names)}"


CLAIMS = Table(
    "claims",
    "One row for each claim",
    (
        Column("claim_id", "the claim"),
        Column("page", "its page, below the site’s address"),
        Column("claim", "its text"),
        Column("kind", "fact, figure, description, evaluation, demand, commitment, forecast"),
        Column("language", "the language of its text (BCP 47)"),
        Column("question_id", "the question that it answers"),
        Column("question", "the question’s title"),
        *FIGURE_COLUMNS,
        Column("as_of", "for when the figure is given (EDTF)"),
        Column("as_of_earliest", "the first day that as_of can mean", "date"),
        Column("as_of_latest", "the last day that as_of can mean", "date"),
        Column("relations", "how it stands to other claims, by their ids"),
        Column("subjects", "what it is about: actors, places and other things, these with their languages"),
        NOTES_COLUMN,
        TERMS_COLUMN,
    ),
    Claim,
    _claim_rows,
    key="claim_id",
)


def _topic_rows(topic: Topic, named: DocumentCache) -> Iterator[list[Cell]]:
    """One row a question; a topic without any has a row with empty cells instead."""
    start = [topic.id, _page_address(topic), topic.title, topic.introduction]
    for number, question in enumerate(topic.questions, 1):
        yield [*start, number, *_reference_cells(question, named), _notes_cell(topic)]
    if not topic.questions:
        yield [*start, None, None, None, _notes_cell(topic)]


TOPICS = Table(
    "topics",
    "One row for each question of each topic",
    (
        Column("topic_id", "the topic"),
        Column("page", "its page, below the site’s address"),
        Column("topic", "its title"),
        Column("introduction", "what it is about"),
        Column("number", "the place of the question among those of the topic, from 1", "integer"),
        Column("question_id", "the question"),
        Column("question", "its title"),
        NOTES_COLUMN,
        TERMS_COLUMN,
    ),
    Topic,
    _topic_rows,
)


def _actor_rows(actor: Actor, named: DocumentCache) -> Iterator[list[Cell]]:
    names = [f"{name.text} [{name.language or 'und'}, {name.kind}]" for name in actor.names]
    yield [
        actor.id,
        _page_address(actor),
        actor.name,
        actor.kind,
        actor.description,
        actor.withheld,
        SEPARATOR.join(names) or None,
        SEPARATOR.join(f"{known.register}:{known.value}" for known in actor.identifiers) or None,
        _reference_cells(actor.reported_in, named)[0],
        _notes_cell(actor),
    ]


ACTORS = Table(
    "actors",
    "One row for each actor",
    (
        Column("actor_id", "the actor"),
        Column("page", "its page, below the site’s address"),
        Column("name", "the name, or the label where the name is withheld"),
        Column("kind", "person, state, government body, …"),
        Column("description", "who that is"),
        Column("withheld", "whether the name is withheld", "boolean"),
        Column("names", "all names, each with its language and kind"),
        Column("identifiers", "what other registers call the actor"),
        Column("reported_in", "the article to which an unnamed source belongs"),
        NOTES_COLUMN,
        TERMS_COLUMN,
    ),
    Actor,
    _actor_rows,
    key="actor_id",
)


def _original_text(capture: Capture) -> str:
    if capture.original is None:
        return ""
    edits = f"{capture.edit_count} changed by hand"
    removed = "removed" if capture.original.removed else ""
    about = [capture.original.media_type, removed, capture.reader, edits]
    return f"{capture.original.sha256} ({', '.join(filter(None, about))})"


def _article_rows(article: Article, named: DocumentCache) -> Iterator[list[Cell]]:
    outlet = named.get(article.outlet)
    yield [
        article.id,
        _page_address(article),
        article.headline,
        *_reference_cells(article.outlet, named),
        outlet.country if isinstance(outlet, Outlet) else None,
        outlet.state_controlled if isinstance(outlet, Outlet) else None,
        article.url,
        article.byline,
        article.dateline,
        article.language,
        *_date_cells(article.published),
        article.credited_agency,
        _reference_cells(article.derived_from, named)[0],
        article.derivation,
        any(capture.complete for capture in article.captures),
        SEPARATOR.join(filter(None, map(_original_text, article.captures))) or None,
        _notes_cell(article),
    ]


ARTICLES = Table(
    "articles",
    "One row for each article",
    (
        Column("article_id", "the article"),
        Column("page", "its page, below the site’s address"),
        Column("headline", "its headline"),
        Column("outlet_id", "its outlet"),
        Column("outlet", "the outlet’s name"),
        Column("outlet_country", "the outlet’s country"),
        Column("state_controlled", "whether a state controls the outlet: yes, no, unknown"),
        Column("url", "its address"),
        Column("byline", "who wrote it, as printed"),
        Column("dateline", "the dateline as printed"),
        Column("language", "its language (BCP 47)"),
        Column("published", "when it was published (EDTF)"),
        Column("published_earliest", "the first day that published can mean", "date"),
        Column("published_latest", "the last day that published can mean", "date"),
        Column("credited_agency", "the agency that it credits"),
        Column("derived_from", "the article from which it was made"),
        Column("derivation", "how: verbatim, edited, excerpt, translation"),
        Column("complete", "whether quotations were checked against its complete text", "boolean"),
        Column("originals", "what its texts were read from: SHA-256, type, reader, places changed by hand"),
        NOTES_COLUMN,
        TERMS_COLUMN,
    ),
    Article,
    _article_rows,
    key="article_id",
)

TABLES = (STATEMENTS, CLAIMS, ACTORS, ARTICLES, TOPICS)


BLOCK = 256 * 1024  # bytes


def spooled_blocks(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """What `write` writes to a file, in blocks. The file has no name and is gone with the process."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block

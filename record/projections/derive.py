"""From current documents to the rows of the projections. Nothing is written here."""

from collections.abc import Iterable

from django.db.models import Model

from language.search_words import sort_key

from ..documents import (
    Actor,
    AnyDocument,
    Article,
    Claim,
    Outlet,
    Question,
    Redirect,
    Statement,
    Topic,
    kind_of,
    label_of,
    references_of,
)
from ..documents.contested_claims import speaker_key, stances_by_claim
from ..documents.origins import Hop, origins_of
from ..models import Current, Position, Printing, Reference, Relay
from .lookup import Lookup, Row

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Current: ("public_id", "kind", "publication_id", "slug", "label", "parent", "sort", "name_key", "facet"),
    Position: (
        *("seq", "statement", "claim", "question", "actor", "actor_kind", "speaker", "stance"),
        *("earliest", "latest"),
    ),
    Printing: ("statement", "number", "article", "outlet", "language", "origin", "seq"),
    Relay: ("statement", "number", "position", "actor", "outlet"),
}
LABEL_LENGTH, SORT_LENGTH = 500, 40


def derive_rows(documents: Iterable[tuple[int, AnyDocument]], lookup: Lookup) -> dict[type[Model], list[Row]]:
    """By projection, the rows of the documents that stand at each `seq`, as tuples of `COLUMNS`; dates as ISO text.

    `lookup` has fetched what they name. Redirects have none.
    """
    rows: dict[type[Model], list[Row]] = {model: [] for model in COLUMNS}
    for seq, document in documents:
        if isinstance(document, Redirect):
            continue
        rows[Current].append(
            (
                document.id,
                kind_of(document),
                seq,
                document.slug,
                label_of(document)[:LABEL_LENGTH],
                _parent_of(document, lookup),
                _sort_key(document),
                "" if isinstance(document, Statement) else name_key(label_of(document)),
                _facet_of(document),
            )
        )
        if isinstance(document, Statement):
            _add_positions(seq, document, lookup, rows[Position])
            _add_printings(seq, document, lookup, rows)
    return rows


def reference_rows(documents: Iterable[tuple[int, AnyDocument]]) -> list[tuple[int, str, str, str]]:
    """The rows of `Reference`: (seq, source, its kind, target), each once, and none to itself."""
    return sorted(
        {
            (seq, document.id, kind_of(document), target)
            for seq, document in documents
            for _, target in references_of(document)
            if target != document.id
        }
    )


REFERENCE_COLUMNS = {Reference: ("seq", "source", "kind", "target")}


def _parent_of(document: AnyDocument, lookup: Lookup) -> str:
    match document:
        case Claim():
            return lookup.resolve(document.question)
        case Article():
            return lookup.resolve(document.outlet)
        case Statement():
            return lookup.resolve(document.speaker) if document.speaker else ""
        case Actor():
            return lookup.resolve(document.reported_in) if document.reported_in else ""
    return ""


def _sort_key(document: AnyDocument) -> str:
    match document:
        case Question() | Topic() | Claim():
            return f"{document.position:010d}"
        case Actor() | Outlet():
            return sort_key(document.name, SORT_LENGTH)
        case Article():
            return document.published.latest.isoformat() if document.published else ""
        case Statement():
            return document.said_on.latest.isoformat() if document.said_on else ""
    return ""


def name_key(label: str) -> str:
    """What lists are in the order of: the folded label, "0" where it has neither letters nor digits that are known."""
    return sort_key(label, SORT_LENGTH) or "0"


def _facet_of(document: AnyDocument) -> str:
    match document:
        case Actor() | Claim() | Outlet():
            return document.kind
        case Article():
            return document.language
    return ""


def _add_positions(seq: int, statement: Statement, lookup: Lookup, rows: list[Row]) -> None:
    """One row a claim."""
    actor = lookup.resolve(statement.speaker) if statement.speaker else ""
    known = lookup.get(actor) if actor else None
    actor_kind = known.kind if isinstance(known, Actor) else ""
    speaker = speaker_key(statement, lookup.resolve)
    said_on = statement.said_on
    earliest, latest = (said_on.earliest.isoformat(), said_on.latest.isoformat()) if said_on else (None, None)
    for claim, stance in stances_by_claim(statement, lookup.resolve).items():
        document = lookup.get(claim)
        question = lookup.resolve(document.question) if isinstance(document, Claim) else ""
        rows.append((seq, statement.id, claim, question, actor, actor_kind, speaker, stance.stance, earliest, latest))


def _add_printings(seq: int, statement: Statement, lookup: Lookup, rows: dict[type[Model], list[Row]]) -> None:
    printings = [
        (
            lookup.resolve(appearance.article),
            [
                Hop(
                    actor=lookup.resolve(step.actor) if step.actor else "",
                    outlet=lookup.resolve(step.outlet) if step.outlet else "",
                    label=step.label,
                )
                for step in appearance.chain
            ],
        )
        for appearance in statement.appearances
    ]
    articles = lookup.lineages(article for article, _ in printings)
    speaker = lookup.resolve(statement.speaker) if statement.speaker else ""
    keys = origins_of(speaker, statement.speaker_label, printings, articles)
    for number, ((article, chain), origin) in enumerate(zip(printings, keys, strict=True)):
        document = lookup.get(article)
        outlet = articles[article].outlet if article in articles else ""
        language = document.language if isinstance(document, Article) else ""
        rows[Printing].append((statement.id, number, article, outlet, language, origin, seq))
        rows[Relay].extend(
            (statement.id, number, position, hop.actor, hop.outlet) for position, hop in enumerate(chain)
        )

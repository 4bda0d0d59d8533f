"""What pages ask of the record: named reads, each one query, all on the alias that cannot write.

Documents come back decoded. Selections that are only ever part of another query name no database: they run where the
query around them runs. Nothing here follows from a reader's words unless it has passed
record/presenters/question_filters.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar, overload

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..documents import (
    Actor,
    AnyDocument,
    Article,
    Claim,
    Document,
    Outlet,
    PageDocument,
    Question,
    Redirect,
    Statement,
    Topic,
    decode,
)
from ..documents.entries import Head
from ..log import head_of
from ..models import Address, Correction, Current, Position, Printing, Publication, Reference, Relay, Summary
from ..public_entries import public_rows
from .moment import current_rows, moment, newest_rows, rows_so_far

PUBLIC_ALIAS = "public"

StatementSelection = QuerySet[Position] | QuerySet[Printing] | QuerySet[Relay]
D = TypeVar("D", bound=Document)


class DocumentNotFound(Exception):
    """Nothing has ever been published under this address."""


class DocumentWithdrawn(Exception):
    """What stood here has been withdrawn or erased; `reason` is public and may be empty."""

    def __init__(self, reason: str, published_at: datetime | None) -> None:
        super().__init__(reason)
        self.reason, self.published_at = reason, published_at


class DocumentMoved(Exception):
    """What is asked for stands at another address: that of `document`."""

    def __init__(self, document: PageDocument) -> None:
        super().__init__(document.slug)
        self.document = document


def head() -> Head:
    """Where the log ends, or ended: what every page depends on. `seq` is 0 in an empty record."""
    return head_of(rows_so_far(log_rows()))


def log_rows() -> QuerySet[Publication]:
    """The whole log."""
    return Publication.objects.using(PUBLIC_ALIAS)


def current_publications() -> QuerySet[Publication]:
    """The newest version of everything, withdrawals included; of the past what is given out still."""
    return newest_rows(log_rows())


@overload
def document_at(kind: Literal["question"], slug: str) -> Question: ...
@overload
def document_at(kind: Literal["topic"], slug: str) -> Topic: ...
@overload
def document_at(kind: Literal["claim"], slug: str) -> Claim: ...
@overload
def document_at(kind: Literal["actor"], slug: str) -> Actor: ...
@overload
def document_at(kind: Literal["outlet"], slug: str) -> Outlet: ...
@overload
def document_at(kind: Literal["article"], slug: str) -> Article: ...
@overload
def document_at(kind: Literal["statement"], slug: str) -> Statement: ...
@overload
def document_at(kind: str, slug: str) -> PageDocument: ...
def document_at(kind: str, slug: str) -> PageDocument:
    """The document at an address.

    Raises `DocumentNotFound`, `DocumentWithdrawn` or, for an older address, `DocumentMoved`.
    """
    if (seq := moment()) is None:
        leads_to = Address.objects.filter(kind=kind, slug=slug).values("public_id")
    else:
        # An address that came later leads to the same thing: every object's own id is an address of it from the first.
        owners = Address.objects.filter(kind=kind, slug=slug).values("owner")
        leads_to = current_rows(Address).filter(kind=kind, slug__in=owners).values("public_id")
    found = current_publications().filter(public_id__in=leads_to).first()
    if seq is not None and (found is None or found.erased):
        raise absence_at(leads_to, seq)
    if found is None:
        raise DocumentNotFound
    document = document_of_publication(found)
    if isinstance(document, Redirect):
        raise DocumentNotFound
    if document.slug != slug:
        raise DocumentMoved(document)
    return document


def absence_at(
    ids: QuerySet[Address, Mapping[str, object]] | Sequence[str], seq: int
) -> DocumentNotFound | DocumentWithdrawn:
    """Why nothing is given out of what these ids stood for after an entry: taken back since, or not yet published."""
    if stood := rows_so_far(log_rows()).filter(public_id__in=ids).order_by("-seq").first():
        withdrawal = withdrawal_after(stood.public_id, stood.version)
        if withdrawal.published_at is not None:
            return withdrawal
        return DocumentWithdrawn(_("What was here then has been erased since."), None)
    words = _("Nothing had been published at this address as of entry %(entry)s.")
    return DocumentNotFound(words % {"entry": seq})


def document_of_publication(publication: Publication) -> AnyDocument:
    """The document of a row of the log; `DocumentWithdrawn` where there is none."""
    if publication.document is None:
        raise DocumentWithdrawn(publication.reason, publication.published_at)
    return decode(publication.document)


@overload
def load_documents(*selections: QuerySet[Publication]) -> dict[str, AnyDocument]: ...
@overload
def load_documents(*selections: QuerySet[Publication], shape: type[D]) -> dict[str, D]: ...
def load_documents(
    *selections: QuerySet[Publication], shape: type[Document] = Document
) -> Mapping[str, AnyDocument | Document]:
    """The documents that stand for the rows of `current_publications` that any of `selections` picks, in one query.

    They are found by their ids; of a `shape` only those of that type.
    """
    first, *others = texts_of(*selections)
    rows = first.union(*others, all=True).order_by() if others else first
    documents = {public_id: decode(text) for public_id, text in rows if text is not None}
    return {public_id: document for public_id, document in documents.items() if isinstance(document, shape)}


def texts_of(*selections: QuerySet[Publication]) -> list[QuerySet[Publication, tuple[str, str | None]]]:
    """The ids and the texts of what these select."""
    return [
        selection.exclude(document=None).order_by().values_list("public_id", "document") for selection in selections
    ]


def publications_by_ids(ids: Iterable[str]) -> QuerySet[Publication]:
    """What stands for these ids."""
    return current_publications().filter(public_id__in=sorted(set(ids)))


def statements_by(actor: str, end: int, start: int = 0) -> QuerySet[Publication]:
    """What stands for an actor's statements, from `start` to `end`, newest first."""
    spoken = current_rows(Current).filter(parent=actor, kind="statement").order_by("-sort", "-public_id")
    return current_publications().filter(public_id__in=spoken.values("public_id")[start:end])


def first_topics(limit: int) -> QuerySet[Publication]:
    """What stands for the topics, those that editors put first."""
    topics = current_rows(Current).filter(kind="topic").order_by("sort", "public_id")
    return current_publications().filter(public_id__in=topics.values("public_id")[:limit])


def topics_of(question: str) -> QuerySet[Publication]:
    """What stands for the topics that group a question, or what was merged into it."""
    owners = current_rows(Address).filter(kind="question", public_id=question).values("owner")
    grouping = current_rows(Reference).filter(target__in=owners, kind="topic")
    return current_publications().filter(public_id__in=grouping.values("source"))


MAX_RELATED = 200  # claims on either end of relations that are read at once
MAX_FRAMING = 60  # articles of those that frame a claim


def related_claims(claims: QuerySet[Current, Mapping[str, object]] | Sequence[str]) -> QuerySet[Publication]:
    """What stands for the claims that relate to any of these ids, or to which these relate.

    A relation to a claim that was merged is one to what it became. At most MAX_RELATED either way, the first ones.
    """
    if not isinstance(claims, QuerySet) and not claims:
        return current_publications().none()
    owners = current_rows(Address).filter(kind="claim", public_id__in=claims).values("owner")
    # Added to, so that PostgreSQL does not go through all entries in their order.
    relations = current_rows(Reference).filter(kind="claim").order_by(F("seq") + 0, "id")
    to_them, from_them = relations.filter(target__in=owners), relations.filter(source__in=claims)
    chosen = _any_of(to_them.values("source")[:MAX_RELATED], from_them.values("target")[:MAX_RELATED])
    return current_publications().filter(public_id__in=chosen, kind__in=("claim", "redirect"))


CLAIMS_COMPARED = 100  # the newest claims about an actor, among which are those that are shown first


def claims_about(actor: str, end: int) -> QuerySet[Publication]:
    """What stands for the claims about an actor, or about what was merged into it, that are most spoken to."""
    owners = current_rows(Address).filter(kind="actor", public_id=actor).values("owner")
    # Of all that a claim names only what it is about is an actor.
    naming = current_rows(Reference).filter(target__in=owners, kind="claim").order_by("-seq", "source")
    spoken = Coalesce(Subquery(_spoken_to(OuterRef("public_id"))), 0)
    newest = current_rows(Current).filter(public_id__in=naming.values("source")[:CLAIMS_COMPARED])
    ranked = newest.annotate(spoken=spoken).order_by("-spoken", "-publication", "public_id")
    return current_publications().filter(public_id__in=ranked.values("public_id")[:end])


def _spoken_to(claim: OuterRef) -> QuerySet[Any, Any]:
    """How often a claim is spoken to: what is kept of it, of the past counted."""
    if moment() is None:
        return Summary.objects.filter(page=claim).values("statements")
    towards = positions().filter(claim=claim).order_by().values("claim")
    return towards.annotate(count=Count("pk")).values("count")


def framing_articles(claim: str) -> QuerySet[Publication]:
    """What stands for the articles that frame a claim, what these derive from, and the outlets of all of them.

    At most MAX_FRAMING articles, those that were published last.
    """
    owners = current_rows(Address).filter(kind="claim", public_id=claim).values("owner")
    rows = current_rows(Reference).filter(target__in=owners, kind="article").order_by((F("seq") + 0).desc())
    framing = rows.values("source")[:MAX_FRAMING]
    named = current_rows(Reference).filter(source__in=framing).values("target")
    outlets = current_rows(Current).filter(public_id__in=named, kind="article").values("parent")
    chosen = _any_of(framing, named, outlets)
    return current_publications().filter(public_id__in=chosen, kind__in=("article", "outlet"))


def _any_of(*selections: QuerySet[Any, Any]) -> RawSQL:
    """The ids that any of these selects, as one list: by either of two lists PostgreSQL looks through the whole log."""
    parts = [selection.query.sql_with_params() for selection in selections]
    sql = " UNION ".join(f"SELECT * FROM ({part}) ids{number}" for number, (part, _) in enumerate(parts))  # noqa: S608
    return RawSQL(sql, [value for _, values in parts for value in values])  # noqa: S611 - readers' words are values


def single_claim_id(public_id: str) -> QuerySet[Current, Mapping[str, object]]:
    """The id of a claim, as a selection."""
    return current_rows(Current).filter(public_id=public_id).values("public_id")


def sources_of(articles: Iterable[str]) -> QuerySet[Publication]:
    """What stands for the articles from which these derive, one step up."""
    named = current_rows(Reference).filter(source__in=sorted(set(articles)), kind="article")
    return current_publications().filter(kind="article", public_id__in=named.values("target"))


def publications_of_kind(kind: str) -> QuerySet[Publication]:
    """Everything of one kind that stands."""
    return current_publications().filter(public_id__in=current_rows(Current).filter(kind=kind).values("public_id"))


def load_named_documents(
    ids: Iterable[str], known: Mapping[str, AnyDocument], *more: QuerySet[Publication]
) -> dict[str, AnyDocument]:
    """`known`, with the documents of `ids` and of `more` added: one query, and one more for each merge on the way.

    With them come their parents: the questions of claims and the outlets of articles.
    """
    ids = set(ids)
    parents = current_rows(Current).filter(public_id__in=sorted(ids)).exclude(parent="").values("parent")
    found = {
        **known,
        **load_documents(
            publications_by_ids(ids - set(known)), current_publications().filter(public_id__in=parents), *more
        ),
    }
    while targets := _merged_ids(ids, found) - set(found):
        if not (further := load_documents(publications_by_ids(targets))):
            break
        found |= further
    return found


def _merged_ids(ids: Iterable[str], found: Mapping[str, AnyDocument]) -> set[str]:
    """Where the redirects lead, and the parents of these ids as their documents name them: those may be merged too."""
    targets = {document.into for document in found.values() if isinstance(document, Redirect)}
    for document in map(found.get, ids):
        if isinstance(document, Claim):
            targets.add(document.question)
        elif isinstance(document, Article):
            targets.add(document.outlet)
    return targets


# Positions, printings and chains.


def positions() -> QuerySet[Position]:
    return current_rows(Position)


def newest_positions(selection: QuerySet[Position], end: int, start: int = 0) -> QuerySet[Position]:
    """The newest positions of a selection, from `start` to `end`; those without a date come last."""
    return selection.order_by(F("latest").desc(nulls_last=True), "-statement")[start:end]


def statements_of(selection: StatementSelection) -> QuerySet[Publication]:
    """What stands for the statements of a selection of positions, printings or relays."""
    return current_publications().filter(public_id__in=selection.values("statement"))


def newest_printed_statements(selection: StatementSelection, end: int, start: int = 0) -> QuerySet[Publication]:
    """What stands for the statements of a selection of printings or relays, last published first."""
    return statements_of(selection).exclude(document=None).order_by("-seq")[start:end]


@overload
def decode_documents(selection: QuerySet[Publication]) -> list[AnyDocument]: ...
@overload
def decode_documents(selection: QuerySet[Publication], shape: type[D]) -> list[D]: ...
def decode_documents(
    selection: QuerySet[Publication], shape: type[Document] = Document
) -> Sequence[AnyDocument | Document]:
    """The documents of rows of the log, in the order of the selection: one query. Of a `shape` those of that type."""
    documents = [decode(text) for text in selection.values_list("document", flat=True) if text is not None]
    return [document for document in documents if isinstance(document, shape)]


def printings_of(statements: Iterable[str]) -> dict[str, list[Printing]]:
    """The printings of these statements, by statement, in the order in which its document has them."""
    rows = defaultdict(list)
    found = (
        current_rows(Printing)
        .using(PUBLIC_ALIAS)
        .filter(statement__in=sorted(statements))
        .order_by("statement", "number")
    )
    for row in found:
        rows[row.statement].append(row)
    return rows


def select_printings(**selection: str | list[str] | QuerySet[Position, Mapping[str, object]]) -> QuerySet[Printing]:
    """Printings in an `article` or an `outlet`."""
    return current_rows(Printing).filter(**selection)


def relays_by(actor: str) -> QuerySet[Relay]:
    """The hops of chains at which this actor stands, of statements that are not its own."""
    own = current_rows(Current).filter(parent=actor, kind="statement")
    return current_rows(Relay).filter(actor=actor).exclude(statement__in=own.values("public_id"))


def read_log(rows: QuerySet[Publication]) -> list[Publication]:
    """Rows of the log as they are given out; of the past, what replaced them since has not come yet."""
    found = public_rows(rows)
    if (seq := moment()) is not None:
        for row in found:
            if row.superseded_by is not None and row.superseded_by > seq:
                row.superseded_by = None
    return found


def recent_publications(limit: int) -> list[Publication]:
    """The newest rows of the log, newest first."""
    return read_log(rows_so_far(log_rows()).order_by("-seq")[:limit])


def versions_of(public_id: str, limit: int, *, before: int | None = None) -> list[Publication]:
    """The versions of one object, newest first; those before a version's number where one is given."""
    rows = rows_so_far(log_rows()).filter(public_id=public_id)
    if before is not None:
        rows = rows.filter(version__lt=before)
    return read_log(rows.order_by("-version")[:limit])


def version_as_of(public_id: str, seq: int) -> int | None:
    """The number of the version of an object that stood after an entry; None where there was none yet."""
    rows = log_rows().filter(public_id=public_id, seq__lte=seq).order_by("-version")
    return rows.values_list("version", flat=True).first()


def first_entry_at(kind: str, slug: str) -> int:
    """The entry from which on something stood at an address; 1 where nothing ever did."""
    rows = Address.history.using(PUBLIC_ALIAS).filter(kind=kind, slug=slug).order_by("valid_from_seq")
    return rows.values_list("valid_from_seq", flat=True).first() or 1


def corrections(limit: int, *, before: int | None = None) -> list[Publication]:
    """The rows of the log that correct (see `Correction`), newest first; before an entry where one is given."""
    chosen = Correction.objects.using(PUBLIC_ALIAS).order_by("-seq")
    if (last := moment()) is not None:
        chosen = chosen.filter(seq__lte=last)
    if before is not None:
        chosen = chosen.filter(seq__lt=before)
    rows = log_rows().filter(seq__in=list(chosen.values_list("seq", flat=True)[:limit]))
    return read_log(rows.order_by("-seq"))


def replaced_versions(rows: Iterable[Publication]) -> dict[int, Publication]:
    """The versions that these rows replaced, by the `seq` of the row that did."""
    wanted = {(row.public_id, row.version - 1): row.seq for row in rows if row.version > 1}
    if not wanted:
        return {}
    ids, versions = {key[0] for key in wanted}, {key[1] for key in wanted}
    found = public_rows(log_rows().filter(public_id__in=ids, version__in=versions))
    return {wanted[row.public_id, row.version]: row for row in found if (row.public_id, row.version) in wanted}


def withdrawal_after(public_id: str, version: int) -> DocumentWithdrawn:
    """Why a version that is not given out any more was taken back; without a reason where it was erased alone."""
    rows = log_rows().filter(public_id=public_id, version__gt=version, document=None)
    row = rows.exclude(erased=True).order_by("version").first()
    return DocumentWithdrawn(row.reason, row.published_at) if row else DocumentWithdrawn("", None)

"""Two actors, or two articles, on everything to which both speak; and with whom one can be compared."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..documents import Actor, Article, PageDocument, Statement
from ..presenters.claim_data import ids_in_framings
from ..presenters.comparison import sort_newest_first
from ..presenters.differences import DIFFERENCES, compared_pieces, disagreements, split_runs, uncompared_printings
from ..presenters.document_data import (
    DocumentsById,
    actor_reference,
    article_reference,
    ids_in,
    reference,
    resolve_document,
    statement_data,
    support_counts,
)
from ..presenters.pairs import (
    MEETINGS,
    claims_in,
    first_entries,
    first_of_each_meeting,
    framings_of_both,
    pair_claims,
    shared_questions,
    statements_in,
)
from ..queries import printings, querysets
from ..queries.page_state import PageState, page_state, record_state
from ..queries.query_forms import BadQuery
from .responses import page

COMPARABLE_KINDS = ("actor", "article")
MAX_CHOICES = 24
MAX_STATEMENTS = 80
MAX_ALONE = 20  # statements of one side alone that are listed
MAX_CLAIMS = 60  # of one meeting that are shown; the others are counted
MAX_ENTRIES = 3  # of one side on one claim

Side = Actor | Article


def state_of_sides(request: HttpRequest) -> PageState:
    """In which state a comparison stands: that of the pages of both sides; what is offered follows from all others."""
    kind, slugs = read_sides(request.GET)
    return page_state(kind, *slugs) if len(slugs) == 2 else record_state()


@page("record/compare.html", of=state_of_sides, accepts=COMPARABLE_KINDS)
def compare(request: HttpRequest) -> dict:
    kind, slugs = read_sides(request.GET)
    if not slugs:
        return content_without_sides()
    first = find_document(kind, slugs[0])
    if len(slugs) == 1:
        return content_with_one_side(kind, first)
    second = find_document(kind, slugs[1], beside=first)
    if first.id == second.id:
        sentence = _("Both lead to %(name)s. Choose something else to compare it with.") % {
            "name": reference(first)["name"]
        }
        raise BadQuery({kind: sentence}, question=back_link(kind, first), filters=None)
    return content_with_two_sides(kind, first, second)


def read_sides(query: QueryDict) -> tuple[str, list[str]]:
    """What is to be compared: "actor" or "article", and up to two addresses. Raises `BadQuery`."""
    kinds = [kind for kind in COMPARABLE_KINDS if kind in query]
    if len(kinds) == 2:
        raise BadQuery({"article": _("Actors are compared with actors, and articles with articles. Choose one kind.")})
    kind = kinds[0] if kinds else "actor"
    slugs = [slug.strip() for slug in query.getlist(kind)]
    if len(slugs) > 2:
        raise BadQuery({kind: _("This page compares two: give no more.")})
    if "" in slugs:
        raise BadQuery({kind: _("This is empty: give the last part of the address of a page.")})
    return kind, slugs


def find_document(kind: str, slug: str, beside: Side | None = None) -> Side:
    """The document at an address, old addresses included. `BadQuery`, with the way back to `beside`, where none is."""
    try:
        found = querysets.document_at(kind, slug)
    except querysets.DocumentMoved as moved:
        found = moved.document
    except querysets.DocumentNotFound:
        names = {
            "actor": _("No actor has the address “%(slug)s”."),
            "article": _("No article has the address “%(slug)s”."),
        }
        content = {"question": back_link(kind, beside), "filters": None} if beside else {}
        raise BadQuery({kind: names[kind] % {"slug": slug[:120]}}, **content) from None
    if not isinstance(found, Actor | Article):
        raise TypeError(f"documents of the kind {kind} are not compared")
    return found


def compare_address(kind: str, *documents: PageDocument) -> str:
    return f"{reverse('compare')}?{urlencode([(kind, document.slug) for document in documents])}"


def back_link(kind: str, first: PageDocument) -> dict:
    """A link for the page that says that something is wrong."""
    name = reference(first)["name"]
    return {"address": compare_address(kind, first), "name": _("what %(name)s can be compared with") % {"name": name}}


def page_content(kind: str, left: dict | None, right: dict | None, **content: object) -> dict:
    """What every state of the page has."""
    plain: dict = {
        "page": "compare",
        "kind": kind,
        "address": reverse("compare"),
        "left": left,
        "right": right,
        "choices": [],
        "beginnings": {},
        "families": [],
        "shared": 0,
        "meetings": [],
        "beside": [],
        "statements": {},
        "support": [],
        "printed_in_both": [],
        "alone": [],
        "framed": [],
        "derived": None,
        "swapped": "",
        "others": "",
        "cut": False,
    }
    return {**plain, **content}


def content_without_sides() -> dict:
    """Where nothing is given: those who speak to most, to begin with."""
    found = {kind: printings.most_recorded(kind, MAX_CHOICES) for kind in COMPARABLE_KINDS}
    articles = [document for document, count in found["article"] if isinstance(document, Article)]
    derived = printings.newest_derived_articles(MAX_CHOICES)
    wanted = {article.outlet for article in (*articles, *derived)}
    wanted |= {article.derived_from for article in derived if article.derived_from}
    named = querysets.load_named_documents(wanted, {article.id: article for article in (*articles, *derived)})
    return page_content(
        "",
        None,
        None,
        families=[
            {
                **side_reference("article", article, named),
                "derivation": article.derivation,
                "of": article_reference(article.derived_from, named),
                "compare": compare_address("article", source, article),
            }
            for article in derived
            if (source := resolve_document(article.derived_from, named))
        ],
        title=_("Compare"),
        description=_("Two actors, or two articles, on everything to which both speak."),
        beginnings={
            kind: [
                {**side_reference(kind, document, named), "compare": compare_address(kind, document), "count": count}
                for document, count in rows
            ]
            for kind, rows in found.items()
        },
    )


def content_with_one_side(kind: str, first: Side) -> dict:
    """Where one is given: those that share claims with it, most shared first."""
    found = printings.comparable_documents(kind, first.id, MAX_CHOICES)
    documents = {document.id: document for document in (first, *(document for document, count in found))}
    outlets = {document.outlet for document in documents.values() if isinstance(document, Article)}
    named = querysets.load_named_documents(outlets, documents) if outlets else documents
    left = side_reference(kind, first, named)
    return page_content(
        kind,
        left,
        None,
        title=_("Compare %(name)s with …") % {"name": left["name"]},
        description=_("With whom or what %(name)s can be compared.") % {"name": left["name"]},
        choices=[
            {**side_reference(kind, document, named), "compare": compare_address(kind, first, document), "count": count}
            for document, count in found
        ],
    )


def side_reference(kind: str, document: PageDocument, named: DocumentsById) -> dict:
    return (actor_reference if kind == "actor" else article_reference)(document.id, {**named, document.id: document})


def content_with_two_sides(kind: str, first: Side, second: Side) -> dict:
    """Where two are given: what differs, what only one of them says, and what both say alike."""
    ids = first.id, second.id
    statements = load_statements(kind, *ids)
    printed = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printed, articles=ids)
    articles = (first, second) if isinstance(first, Article) and isinstance(second, Article) else None
    if articles:
        wanted |= {article.outlet for article in articles} | ids_in_framings(articles)
    named = querysets.load_named_documents(wanted, {first.id: first, second.id: second})
    parts = {
        statement.id: statement_data(statement, printed.get(statement.id, ()), named, articles=ids)
        for statement in statements
    }
    left, right = ([part for part in parts.values() if is_on_side(kind, part, side)] for side in ids)
    found = pair_claims(left, right, named, newest_only=kind == "actor")
    pairs = [pair for pair in found if not has_same_statements(pair)]
    beside = shared_questions(left, right, named, incompatible_only=kind == "article")
    both = [part for part in left if part in right] if articles else []
    cut = len(statements) >= MAX_STATEMENTS
    # What two actors say on one claim or question is compared above; of articles each statement counts by itself.
    compared = {part["id"] for part in both} if articles else claims_in(pairs, beside)
    pairs_shown, pairs_left_out = first_of_each_meeting(pairs, MAX_CLAIMS)
    pairs_shown, beside = ([first_entries(part, MAX_ENTRIES) for part in some] for some in (pairs_shown, beside))
    alone = [alone_data(side, compared, document) for side, document in ((left, first), (right, second))]
    shown = statements_in(pairs_shown, beside) | {entry["statement"] for side in alone for entry in side["entries"]}
    names = [side_reference(kind, document, named) for document in (first, second)]
    return page_content(
        kind,
        names[0],
        names[1],
        title=_("%(one)s and %(other)s") % {"one": side_title(names[0]), "other": side_title(names[1])},
        description=_("Where %(one)s and %(other)s contradict each other, and where they agree.")
        % {"one": side_title(names[0]), "other": side_title(names[1])},
        shared=len(pairs),
        beside=beside,
        meetings=[
            {
                "code": code,
                "words": term.word,
                "meaning": term.meaning,
                "pairs": [pair for pair in pairs_shown if pair["meeting"] == code],
                "more": pairs_left_out.get(code, 0),
            }
            for code, term in MEETINGS.items()
        ],
        statements={public_id: part for public_id, part in parts.items() if public_id in shown},
        support=[support_counts(row for part in side for row in printed.get(part["id"], ())) for side in (left, right)],
        printed_in_both=sorted((shared_statement(part, ids) for part in both), key=lambda part: not part["differs"]),
        alone=alone,
        framed=framings_of_both(*articles, named) if articles else [],
        derived=derivation(*articles, named) if articles else None,
        swapped=compare_address(kind, second, first),
        others=compare_address(kind, first),
        cut=cut,
    )


def load_statements(kind: str, left: str, right: str) -> list[Statement]:
    """The statements of two sides, newest first, in one query: those to compare, and the newest of one side alone."""
    if kind == "article":
        selection = printings.statements_printed_in_either(left, right, MAX_STATEMENTS)
        return sort_newest_first(querysets.decode_documents(selection, Statement))
    found = querysets.load_documents(
        printings.statements_shared_by_actors(left, right, MAX_STATEMENTS),
        printings.statements_of_one_alone(left, right, MAX_ALONE + 1),
        printings.statements_of_one_alone(right, left, MAX_ALONE + 1),
        shape=Statement,
    )
    return sort_newest_first(found.values())


def alone_data(side: list[dict], compared: set[str], document: Side) -> dict:
    """What only one side says: `entries`, newest first, whether there are `more`, and the `address` with all of them.

    An entry is a `statement` with the `stances` that are meant. `compared` are claims between actors, where those count
    on which the other says nothing; between articles they are statements.
    """
    found = []
    for part in side:
        if isinstance(document, Article):
            if part["id"] not in compared:
                found.append({"statement": part["id"], "stances": part["stances"]})
        elif stances := [taken for taken in part["stances"] if taken["claim"]["id"] not in compared]:
            found.append({"statement": part["id"], "stances": stances})
    return {
        "entries": found[:MAX_ALONE],
        "more": len(found) > MAX_ALONE,
        "address": reference(document)["address"],
    }


def has_same_statements(pair: dict) -> bool:
    """Whether both sides rest on the very same statements: two articles that print the same. They stand apart."""
    return {entry["statement"] for entry in pair["left"]} == {entry["statement"] for entry in pair["right"]}


def side_title(part: dict) -> str:
    """The name of a side in a title: an article's outlet stands before its headline."""
    return f"{part['outlet']['name']}: {part['name']}" if "outlet" in part else part["name"]


def is_on_side(kind: str, part: dict, side: str) -> bool:
    if kind == "actor":
        return part["speaker"]["id"] == side
    return any(printing["article"]["id"] == side for printing in part["printings"])


def shared_statement(part: dict, ids: tuple[str, str]) -> dict:
    """One statement that both articles print: the first printing in each, and in what the two differ."""
    two = [next(each for each in part["printings"] if each["article"]["id"] == article) for article in ids]
    words, found = compared_pieces(two), disagreements(two)
    return {
        "id": part["id"],
        "address": part["address"],
        "summary": part["summary"],
        "speaker": part["speaker"],
        "stances": part["stances"],
        "differs": [DIFFERENCES[code] for code in found],
        "compared": not uncompared_printings(two),
        "printings": [
            {
                **printing,
                "pieces": cut,
                "wording": {**printing["wording"], "runs": split_runs(printing["wording"]["runs"], cut)},
            }
            for printing, cut in zip(two, words, strict=True)
        ],
    }


def derivation(first: Article, second: Article, named: DocumentsById) -> dict | None:
    """Whether one of the two articles derives from the other: `of`, `how`, and `from`. None where neither does."""
    for article, other in ((first, second), (second, first)):
        source = resolve_document(article.derived_from, {**named, other.id: other}) if article.derived_from else None
        if source is not None and source.id == other.id:
            return {
                "of": article_reference(article.id, named),
                "how": article.derivation,
                "from": article_reference(other.id, named),
            }
    return None

"""What was printed. An article: who is quoted in it and how the words reached it, what it derives from, and what
derives from it. An outlet: what it printed, how it frames, whose words it carries, and whose it takes over.

The text is never here: only the passages on which statements rest. Lists go on from a cursor: the passages of an
article, and each on a page of its own the articles of an outlet `after` one, and its statements `before` an entry.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, islice

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..documents import Article, Outlet, Statement
from ..documents.addresses import address_of
from ..documents.vocabulary import STATE_CONTROLLED
from ..presenters.claim_data import MOST_FRAMINGS, framing_data, ids_in_framings
from ..presenters.document_data import (
    LONGEST_WORDS,
    DocumentsById,
    PrintingRow,
    article_reference,
    claim_reference,
    date_data,
    ids_in,
    name_of,
    notes_data,
    printing_data,
    reference,
    reference_to,
    resolve_document,
    source_of,
    speaker_of,
    statement_data,
    support_counts,
)
from ..presenters.printed_context import words_around
from ..presenters.text_fragments import address_of_words
from ..queries import querysets
from ..queries.counts import outlet_counts
from ..queries.printings import (
    MAX_PRINTINGS,
    article_cursor,
    articles_of,
    derived_articles,
    printings_in,
    statements_printed_in,
)
from ..queries.query_forms import NoSuchPage, QueryForm, cursor_parameter
from .compare import compare_address as compare_address
from .page_context import keep_moment, linked_data
from .responses import page

PASSAGES_AT_ONCE, CHARACTERS_AT_ONCE = 40, 16_000


class ArticleForm(QueryForm):
    """From which place in the text the list goes on."""

    after = cursor_parameter(r"([0-9]{1,10})\.([0-9]{1,10})\.([0-9a-z]{12})\.([0-9]{1,6})")


@page("record/article.html", of="article", accepts=ArticleForm.names())
def article(request: HttpRequest, *, slug: str) -> dict:
    printed = querysets.document_at("article", slug)
    after = ArticleForm(request.GET).clean_values()["after"]
    here = printings_in(printed.id)
    statements = querysets.load_documents(
        querysets.publications_by_ids(statement for statement, number in here), shape=Statement
    )
    # Where each printing stands in the text: start, end, statement and number of the printing.
    found = [(statements[statement], number) for statement, number in here if statement in statements]
    passages = [(statement.appearances[number].passage, statement.id, number) for statement, number in found]
    order = sorted((passage.start, passage.end, statement, number) for passage, statement, number in passages)
    shown = passages_after(order, after)
    further = len(shown) > (most := fitting_passages(shown))
    shown = shown[:most]
    quoted = {statement: statements[statement] for start, end, statement, number in shown}
    printings = querysets.printings_of(quoted)
    wanted = ids_in(quoted.values(), printings, articles=[printed.id]) | {printed.outlet, printed.derived_from or ""}
    wanted |= ids_in_framings([printed])
    family = {printed.id, printed.derived_from or printed.id}
    named = querysets.load_named_documents(wanted, {printed.id: printed}, *derived_articles(family))
    outlet = reference_to(printed.outlet, named)
    address = reference(printed)["address"]
    return {
        "page": "article",
        "linked": linked_data(printed, named, statements.values()),
        "title": name_of(printed),
        "description": _("Who is quoted in “%(headline)s” (%(outlet)s), and how their words reached it.")
        % {"headline": name_of(printed), "outlet": outlet["name"]},
        "id": printed.id,
        "address": address,
        "outlet": outlet,
        "url": printed.url,
        "headline": printed.headline,
        "notes": notes_data(printed),
        "byline": printed.byline,
        "dateline": printed.dateline,
        "language": printed.language,
        "published": date_data(printed.published),
        "credited_agency": printed.credited_agency,
        "derived_from": derivation_source(printed, named, printings),
        "derivation": printed.derivation,
        "derivatives": related_articles(printed, named, printings, source=printed.id),
        "siblings": related_articles(printed, named, printings, source=parent_of(printed, named)),
        "recorded": len(quoted),
        "captures": [
            {
                "sha256": capture.sha256,
                "retrieved_at": capture.retrieved_at,
                "method": capture.method,
                "complete": capture.complete,
                "archive_url": capture.archive_url,
                "original": capture.original
                and {
                    "sha256": capture.original.sha256,
                    "media_type": capture.original.media_type,
                    "removed": capture.original.removed,
                },
                "reader": capture.reader,
                "edit_count": capture.edit_count,
            }
            for capture in printed.captures
        ],
        "archived": next((capture.archive_url for capture in reversed(printed.captures) if capture.archive_url), ""),
        "framings": [
            {"claim": claim_reference(framing.claim, named), **framing_data(framing, printed, named)}
            for framing in printed.framings[:MOST_FRAMINGS]
        ],
        "passages": passages_of(printed, shown, quoted, printings, named),
        "further": bool(after),
        "next": keep_moment(f"{address}?{urlencode({'after': '.'.join(map(str, shown[-1]))})}") if further else "",
        "cut": len(here) == MAX_PRINTINGS,
        "compare": compare_address("article", printed) if quoted else "",
    }


def passages_after(order: list[tuple], after: tuple[str, ...] | None) -> list[tuple]:
    """What comes after the place that a cursor names. Raises `NoSuchPage` where nothing does."""
    if after is None:
        return order
    start, end, statement, number = after
    rest = [place for place in order if place > (int(start), int(end), statement, int(number))]
    if not rest:
        raise NoSuchPage(_("The list ends before this place."))
    return rest


def fitting_passages(order: Iterable[tuple]) -> int:
    """How many of these passages stand on one page, by the length of their words: one at least."""
    lengths = accumulate(min(end - start, LONGEST_WORDS) for start, end, *_ in islice(order, PASSAGES_AT_ONCE))
    return max(1, sum(length <= CHARACTERS_AT_ONCE for length in lengths))


def parent_of(printed: Article, named: DocumentsById) -> str:
    """The id of the article that this one derives from, "" where it derives from none."""
    source = resolve_document(printed.derived_from, named) if printed.derived_from else None
    return source.id if source else ""


def derivation_source(
    printed: Article, named: DocumentsById, printings: Mapping[str, Sequence[PrintingRow]]
) -> dict | None:
    """The article that this one derives from, and how much of what is recorded here stands there."""
    if not printed.derived_from:
        return None
    source = resolve_document(printed.derived_from, named)
    return {
        **article_reference(printed.derived_from, named),
        "shared": count_shared(parent_of(printed, named), printings),
        "compare": compare_address("article", printed, source) if source else "",
    }


def related_articles(
    printed: Article, named: DocumentsById, printings: Mapping[str, Sequence[PrintingRow]], *, source: str
) -> list[dict]:
    """The other articles that derive from `source`, with their `derivation`, oldest first; see `count_shared`."""
    found = [
        {
            **article_reference(other.id, named),
            "derivation": other.derivation,
            "shared": count_shared(other.id, printings),
            "compare": compare_address("article", printed, other),
        }
        for other in named.values()
        if isinstance(other, Article) and other.id != printed.id and source and parent_of(other, named) == source
    ]
    return sorted(found, key=lambda part: (part["published"]["earliest"] if part["published"] else "", part["name"]))


def count_shared(article: str, printings: Mapping[str, Sequence[PrintingRow]]) -> int:
    """How many of these statements are printed in another article too."""
    return sum(any(row.article == article for row in rows) for rows in printings.values())


def passages_of(
    printed: Article,
    shown: Iterable[tuple[int, int, str, int]],
    statements: Mapping[str, Statement],
    printings: Mapping[str, Sequence[PrintingRow]],
    named: DocumentsById,
) -> list[dict]:
    """The passages in the order in which they stand in the text, each with its `statement`, `printing` and place.

    `before` and `after` are the words around it in its sentence, `place` is its address on the outlet's page.
    """
    passages: list[dict] = []
    parts: dict[str, dict] = {}
    for start, end, public_id, number in shown:
        statement = statements[public_id]
        rows = {row.number: row for row in printings.get(public_id, ())}
        if public_id not in parts:
            parts[public_id] = statement_data(statement, rows.values(), named, with_printings=False)
        passages.append(
            {
                "start": start,
                "end": end,
                "capture": statement.appearances[number].passage.capture,
                "statement": parts[public_id],
                "printing": printing_data(statement, number, rows.get(number), named),
                **words_around(statement.appearances[number].passage),
                "in_original": address_of_words(printed.url, statement.appearances[number].passage),
            }
        )
    return passages


LISTED_AT_ONCE = 36


class OutletForm(QueryForm):
    """Where the list of articles goes on, or that of statements."""

    after = cursor_parameter(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?\.([0-9a-z]{12})")
    before = cursor_parameter(r"([1-9][0-9]{0,17})")

    def contradictions(self, values: dict) -> dict[str, str]:
        both = values["after"] and values["before"]
        return {"before": _("Only one list can be continued at a time: use either after or before.")} if both else {}


@page("record/outlet.html", of="outlet", accepts=OutletForm.names())
def outlet(request: HttpRequest, *, slug: str) -> dict:
    printer = querysets.document_at("outlet", slug)
    asked = OutletForm(request.GET).clean_values()
    after, before = asked["after"], asked["before"]
    articles = [] if before else articles_of(printer.id, after, LISTED_AT_ONCE + 1)
    carried = [] if after else statements_printed_in(printer.id, int(before[0]) if before else None, LISTED_AT_ONCE + 1)
    if (after and not articles) or (before and not carried):
        raise NoSuchPage(_("The list ends before this place."))
    more_articles, more_statements = len(articles) > LISTED_AT_ONCE, len(carried) > LISTED_AT_ONCE
    articles, carried = articles[:LISTED_AT_ONCE], carried[:LISTED_AT_ONCE]
    statements = [statement for entry, statement in carried]
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | {printed.derived_from for printed in articles if printed.derived_from}
    wanted |= ids_in_framings(articles)
    known = {printer.id: printer} | {printed.id: printed for printed in articles}
    named = querysets.load_named_documents(wanted, known, *derived_articles(printed.id for printed in articles))
    address = reference(printer)["address"]
    return {
        "page": "outlet",
        "linked": linked_data(printer, named, statements),
        "title": printer.name,
        "description": _("What %(name)s printed, and whose words it carries.") % {"name": printer.name},
        "id": printer.id,
        "address": address,
        "kind": printer.kind,
        "notes": notes_data(printer),
        "country": printer.country,
        "homepage": printer.homepage,
        "owner": printer.owner,
        "state_controlled": STATE_CONTROLLED[printer.state_controlled],
        "counts": outlet_counts(printer.id),
        "articles": [
            {
                **reference(printed),
                "published": date_data(printed.published),
                "derivation": printed.derivation,
                "derived_from": article_reference(printed.derived_from, named) if printed.derived_from else None,
                "credited_agency": printed.credited_agency,
            }
            for printed in articles
        ],
        "frames": framings_by_claim(articles, named, own=True),
        "frames_of_others": framings_by_claim(articles, named, own=False),
        "takes_over": reprinted_outlets(articles, named),
        "agencies": agencies_of(articles),
        "taken_over": reprinting_outlets(articles, named),
        "speakers": speakers_of(statements, printings, named),
        "sources": sources_of(statements, printer, named),
        "part": "articles" if after else "statements" if before else "",
        "more_articles": keep_moment(f"{address}?{urlencode({'after': '.'.join(article_cursor(articles[-1]))})}")
        if more_articles
        else "",
        "more_statements": keep_moment(f"{address}?before={carried[-1][0]}") if more_statements else "",
        "search": f"{reverse('search')}?{urlencode({'outlet': printer.slug})}" if articles or carried else "",
    }


def framings_by_claim(articles: Iterable[Article], named: DocumentsById, *, own: bool) -> list[dict]:
    """How these articles treat claims, in the `own` voice of the outlet or in that of others whose text it printed.

    Each `claim` with its framings, most first (record/presenters/claim_data.py).
    """
    frames: dict[str, dict] = {}
    for printed in articles:
        for framing in printed.framings[:MOST_FRAMINGS]:
            part = framing_data(framing, printed, named)
            if (part["voice"] == "own") is not own:
                continue
            claim = resolve_document(framing.claim, named)
            frame = frames.setdefault(claim.id if claim else framing.claim, {"framings": []})
            article = {**reference(printed), "published": date_data(printed.published)}
            frame["framings"].append({"article": article, **part})
    found = [{"claim": claim_reference(claim, named), **frame} for claim, frame in frames.items()]
    return sorted(found, key=lambda frame: (-len(frame["framings"]), frame["claim"]["name"]))


def reprinted_outlets(articles: Iterable[Article], named: DocumentsById) -> list[dict]:
    """From which outlets these articles derive: each with its `articles`, most first."""
    found: dict[str, dict] = {}
    for printed in articles:
        if printed.derived_from:
            source = article_reference(printed.derived_from, named)
            entry = found.setdefault(source["outlet"]["id"], {**source["outlet"], "articles": []})
            entry["articles"].append({**reference(printed), "derivation": printed.derivation, "of": source})
    return sorted(found.values(), key=lambda entry: (-len(entry["articles"]), entry["name"].casefold()))


def agencies_of(articles: Iterable[Article]) -> list[dict]:
    """The agencies that these articles credit: `name`, and how many `articles` do."""
    counts = Counter(printed.credited_agency for printed in articles if printed.credited_agency)
    return [
        {"name": name, "articles": count}
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    ]


def reprinting_outlets(articles: Iterable[Article], named: DocumentsById) -> list[dict]:
    """Which outlets print articles that derive from these: each with its `articles`, most first."""
    own = {printed.id for printed in articles}
    found: dict[str, dict] = {}
    for other in named.values():
        if not isinstance(other, Article) or not other.derived_from:
            continue
        source = resolve_document(other.derived_from, named)
        if source is not None and source.id in own:
            entry = found.setdefault(other.outlet, {**reference_to(other.outlet, named), "articles": []})
            entry["articles"].append({**reference(other), "derivation": other.derivation, "of": reference(source)})
    return sorted(found.values(), key=lambda entry: (-len(entry["articles"]), entry["name"].casefold()))


def speakers_of(
    statements: Iterable[Statement], printings: Mapping[str, Sequence[PrintingRow]], named: DocumentsById
) -> list[dict]:
    """Whose words the outlet carries: each speaker with the statements, those with most first."""
    speakers: dict[str, dict] = {}
    for statement in statements:
        speaker = speaker_of(statement, named)
        key = speaker["id"] or speaker["name"]
        speakers.setdefault(key, {**speaker, "statements": []})["statements"].append(
            {
                "id": statement.id,
                "address": address_of(statement),
                "summary": statement.summary,
                "said_on": date_data(statement.said_on),
                "support": support_counts(printings.get(statement.id, ())),
                "notes": notes_data(statement),
            }
        )
    return sorted(speakers.values(), key=lambda speaker: (-len(speaker["statements"]), speaker["name"].casefold()))


def sources_of(statements: Iterable[Statement], printer: Outlet, named: DocumentsById) -> list[dict]:
    """Through whom the words reached this outlet: the actors, outlets and labels of its chains, most frequent first."""
    sources: dict[str, dict] = {}
    for statement in statements:
        for appearance in statement.appearances:
            printed = resolve_document(appearance.article, named)
            if not isinstance(printed, Article) or printed.outlet != printer.id:
                continue
            for step in appearance.chain:
                source = source_of(step, named)
                key = source["id"] or source["name"]
                sources.setdefault(key, {**source, "statements": set()})["statements"].add(statement.id)
    found = [{**source, "statements": len(source["statements"])} for source in sources.values()]
    return sorted(found, key=lambda source: (-source["statements"], source["name"].casefold()))

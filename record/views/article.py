"""An article: who is quoted in it and how the words reached it, what it derives from, and what derives from it.

The text is never here: only the passages on which statements rest.
"""

from .. import querysets
from ..documents import Article, label_of
from ..parts import (
    article_reference,
    claim_reference,
    date_part,
    ids_in,
    printing_part,
    refer,
    reference,
    statement_part,
)
from ..twins import page

MOST_STATEMENTS = 300


@page("record/article.html")
def article(request, *, slug):
    printed = querysets.at("article", slug)
    here = querysets.printed_in(article=printed.id)
    statements = querysets.decoded(querysets.newest_printed(here, MOST_STATEMENTS))
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | {printed.outlet, printed.derived_from or ""}
    wanted |= {framing.claim for framing in printed.framings}
    named = querysets.named_by(wanted, {printed.id: printed}, querysets.naming(printed.id, "article"))
    outlet = refer(printed.outlet, named)
    return {
        "page": "article",
        "title": label_of(printed),
        "description": f"Who is quoted in “{label_of(printed)}” ({outlet['name']}), and how their words reached it.",
        "id": printed.id,
        "address": reference(printed)["address"],
        "outlet": outlet,
        "url": printed.url,
        "headline": printed.headline,
        "byline": printed.byline,
        "dateline": printed.dateline,
        "language": printed.language,
        "published": date_part(printed.published),
        "credited_agency": printed.credited_agency,
        "derived_from": article_reference(printed.derived_from, named) if printed.derived_from else None,
        "derivation": printed.derivation,
        "derivatives": derivatives_of(printed, named),
        "captures": [
            {
                "sha256": capture.sha256,
                "retrieved_at": capture.retrieved_at,
                "method": capture.method,
                "complete": capture.complete,
                "archive_url": capture.archive_url,
            }
            for capture in printed.captures
        ],
        "framings": [
            {
                "claim": claim_reference(framing.claim, named),
                "part": framing.part,
                "treatment": framing.treatment,
                "words": framing.words,
            }
            for framing in printed.framings
        ],
        "passages": passages_of(printed, statements, printings, named),
        "cut": len(statements) == MOST_STATEMENTS,
    }


def derivatives_of(printed: Article, named) -> list[dict]:
    """The articles that derive from this one."""
    found = [
        {**article_reference(other.id, named), "derivation": other.derivation}
        for other in named.values()
        if isinstance(other, Article) and other.derived_from == printed.id
    ]
    return sorted(
        found, key=lambda other: (other["published"]["earliest"] if other["published"] else "", other["name"])
    )


def passages_of(printed: Article, statements, printings, named) -> list[dict]:
    """The passages in the order in which they stand in the text, each with its `statement`, `printing` and place."""
    passages = []
    for statement in statements:
        rows = {row.number: row for row in printings.get(statement.id, ())}
        part = statement_part(statement, rows.values(), named)
        part.pop("printings")
        for number, appearance in enumerate(statement.appearances):
            if appearance.article == printed.id:
                passages.append(
                    {
                        "start": appearance.passage.start,
                        "end": appearance.passage.end,
                        "capture": appearance.passage.capture,
                        "statement": part,
                        "printing": printing_part(statement, number, rows.get(number), named),
                    }
                )
    return sorted(passages, key=lambda passage: (passage["start"], passage["end"], passage["statement"]["id"]))

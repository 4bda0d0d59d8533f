"""An article: who is quoted in it and how the words reached it, what it derives from, and what derives from it.

The text is never here: only the passages on which statements rest.
"""

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import querysets
from ..asking import NoSuchPage, QueryForm, cursor
from ..documents import Article
from ..framings import framing_part, named_in_framings
from ..heads import linked
from ..parts import (
    article_reference,
    claim_reference,
    date_part,
    follow,
    ids_in,
    name_of,
    notes_part,
    printing_part,
    refer,
    reference,
    statement_part,
)
from ..printed import LONGEST, deriving_from, printings_in
from ..twins import page
from .compare import address as compare_address

AT_ONCE = 300


class ArticleForm(QueryForm):
    """From which place in the text the list goes on."""

    after = cursor(r"([0-9]{1,10})\.([0-9]{1,10})\.([0-9a-z]{12})\.([0-9]{1,6})")


@page("record/article.html", accepts=ArticleForm.names())
def article(request, *, slug):
    printed = querysets.at("article", slug)
    after = ArticleForm(request.GET).asked()["after"]
    here = printings_in(printed.id)
    statements = querysets.documents(querysets.by_ids(statement for statement, number in here))
    order = sorted(
        place_in_text(statements[statement], number) for statement, number in here if statement in statements
    )
    shown = from_cursor(order, after)
    further = len(shown) > AT_ONCE
    shown = shown[:AT_ONCE]
    quoted = {statement: statements[statement] for start, end, statement, number in shown}
    printings = querysets.printings_of(quoted)
    wanted = ids_in(quoted.values(), printings) | {printed.outlet, printed.derived_from or ""}
    wanted |= named_in_framings([printed])
    family = {printed.id, printed.derived_from or printed.id}
    named = querysets.named_by(wanted, {printed.id: printed}, *deriving_from(family))
    outlet = refer(printed.outlet, named)
    address = reference(printed)["address"]
    return {
        "page": "article",
        "linked": linked(printed, named, statements.values()),
        "title": name_of(printed),
        "description": _("Who is quoted in “%(headline)s” (%(outlet)s), and how their words reached it.")
        % {"headline": name_of(printed), "outlet": outlet["name"]},
        "id": printed.id,
        "address": address,
        "outlet": outlet,
        "url": printed.url,
        "headline": printed.headline,
        "notes": notes_part(printed),
        "byline": printed.byline,
        "dateline": printed.dateline,
        "language": printed.language,
        "published": date_part(printed.published),
        "credited_agency": printed.credited_agency,
        "derived_from": derived_from(printed, named, printings),
        "derivation": printed.derivation,
        "derivatives": relatives(printed, named, printings, source=printed.id),
        "siblings": relatives(printed, named, printings, source=source_of(printed, named)),
        "recorded": len(quoted),
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
        "archived": next((capture.archive_url for capture in reversed(printed.captures) if capture.archive_url), ""),
        "framings": [
            {"claim": claim_reference(framing.claim, named), **framing_part(framing, printed, named)}
            for framing in printed.framings
        ],
        "passages": passages_of(shown, quoted, printings, named),
        "further": bool(after),
        "next": f"{address}?{urlencode({'after': '.'.join(map(str, shown[-1]))})}" if further else "",
        "cut": len(here) == LONGEST,
        "compare": compare_address("article", printed) if quoted else "",
    }


def place_in_text(statement, number: int) -> tuple[int, int, str, int]:
    """Where one printing stands in the order of the text: start, end, statement and number of the printing."""
    passage = statement.appearances[number].passage
    return passage.start, passage.end, statement.id, number


def from_cursor(order: list[tuple], after: tuple[str, ...] | None) -> list[tuple]:
    """What comes after the place that a cursor names. Raises `NoSuchPage` where nothing does."""
    if after is None:
        return order
    start, end, statement, number = after
    rest = [place for place in order if place > (int(start), int(end), statement, int(number))]
    if not rest:
        raise NoSuchPage(_("The list ends before this place."))
    return rest


def source_of(printed: Article, named) -> str:
    """The id of the article that this one derives from, "" where it derives from none."""
    source = follow(printed.derived_from, named) if printed.derived_from else None
    return source.id if source else ""


def derived_from(printed: Article, named, printings) -> dict | None:
    """The article that this one derives from, and how much of what is recorded here stands there."""
    if not printed.derived_from:
        return None
    source = follow(printed.derived_from, named)
    return {
        **article_reference(printed.derived_from, named),
        "shared": shared_with(source_of(printed, named), printings),
        "compare": compare_address("article", printed, source) if source else "",
    }


def relatives(printed: Article, named, printings, *, source: str) -> list[dict]:
    """The other articles that derive from `source`, with their `derivation`, oldest first; see `shared_with`."""
    found = [
        {
            **article_reference(other.id, named),
            "derivation": other.derivation,
            "shared": shared_with(other.id, printings),
            "compare": compare_address("article", printed, other),
        }
        for other in named.values()
        if isinstance(other, Article) and other.id != printed.id and source and source_of(other, named) == source
    ]
    return sorted(found, key=lambda one: (one["published"]["earliest"] if one["published"] else "", one["name"]))


def shared_with(article: str, printings) -> int:
    """How many of these statements are printed in another article too."""
    return sum(any(row.article == article for row in rows) for rows in printings.values())


def passages_of(shown, statements, printings, named) -> list[dict]:
    """The passages in the order in which they stand in the text, each with its `statement`, `printing` and place."""
    passages, parts = [], {}
    for start, end, public_id, number in shown:
        statement = statements[public_id]
        rows = {row.number: row for row in printings.get(public_id, ())}
        if public_id not in parts:
            parts[public_id] = statement_part(statement, rows.values(), named)
            parts[public_id].pop("printings")
        passages.append(
            {
                "start": start,
                "end": end,
                "capture": statement.appearances[number].passage.capture,
                "statement": parts[public_id],
                "printing": printing_part(statement, number, rows.get(number), named),
            }
        )
    return passages

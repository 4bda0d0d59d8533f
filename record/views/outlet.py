"""An outlet: its articles, and whose words it carries."""

from .. import querysets
from ..documents import Article
from ..parts import date_part, follow, ids_in, refer, reference, speaker_of, statement_part
from ..twins import page
from ..vocabulary import STATE_CONTROLLED
from .paging import slice_of

CARRIED = 100


@page("record/outlet.html", accepts=("page",))
def outlet(request, *, slug):
    printer = querysets.at("outlet", slug)
    listed = slice_of(
        request.GET, lambda start, end: querysets.under(printer.id, "article").order_by("-seq")[start:end]
    )
    articles = listed.cut(querysets.decoded(listed.rows))
    there = querysets.printed_in(outlet=printer.id)
    statements = querysets.decoded(querysets.newest_printed(there, CARRIED))
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | {printed.derived_from for printed in articles if printed.derived_from}
    named = querysets.named_by(wanted, {printer.id: printer} | {printed.id: printed for printed in articles})
    return {
        "page": "outlet",
        "title": printer.name,
        "description": f"What {printer.name} printed, and whose words it carries.",
        "id": printer.id,
        "address": reference(printer)["address"],
        "kind": printer.kind,
        "country": printer.country,
        "homepage": printer.homepage,
        "owner": printer.owner,
        "state_controlled": STATE_CONTROLLED[printer.state_controlled],
        "articles": [article_part(printed, named) for printed in sorted(articles, key=published, reverse=True)],
        "speakers": speakers_of(statements, printings, named),
        "sources": sources_of(statements, printer, named),
        "cut": len(statements) == CARRIED,
        "paging": listed.part(),
    }


def published(printed: Article) -> str:
    return printed.published.latest.isoformat() if printed.published else ""


def article_part(printed: Article, named) -> dict:
    return {
        **reference(printed),
        "published": date_part(printed.published),
        "derivation": printed.derivation,
        "derived_from": refer(printed.derived_from, named) if printed.derived_from else None,
    }


def speakers_of(statements, printings, named) -> list[dict]:
    """Whose words the outlet carries: each speaker with the statements, those with most first."""
    speakers = {}
    for statement in statements:
        speaker = speaker_of(statement, named)
        key = speaker["id"] or speaker["name"]
        part = statement_part(statement, printings.get(statement.id, ()), named)
        speakers.setdefault(key, {**speaker, "statements": []})["statements"].append(
            {name: part[name] for name in ("id", "address", "summary", "said_on", "support")}
        )
    return sorted(speakers.values(), key=lambda speaker: (-len(speaker["statements"]), speaker["name"].casefold()))


def sources_of(statements, printer, named) -> list[dict]:
    """Through whom the words reached this outlet: the actors, outlets and labels of its chains, most frequent first."""
    sources = {}
    for statement in statements:
        for appearance in statement.appearances:
            printed = follow(appearance.article, named)
            if printed is None or printed.outlet != printer.id:
                continue
            for step in appearance.chain:
                through = refer(step.actor or step.outlet, named) if step.actor or step.outlet else None
                source = through or {"id": "", "name": step.label, "address": "", "language": ""}
                key = source["id"] or source["name"]
                sources.setdefault(key, {**source, "statements": set()})["statements"].add(statement.id)
    found = [{**source, "statements": len(source["statements"])} for source in sources.values()]
    return sorted(found, key=lambda source: (-source["statements"], source["name"].casefold()))

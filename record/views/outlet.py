"""An outlet: what it printed, how it frames, whose words it carries, and whose it takes over.

Both lists go on from a cursor, each on a page of its own: articles `after` one, statements `before` an entry.
"""

from django.urls import reverse
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
    notes_part,
    refer,
    reference,
    speaker_of,
    statement_part,
)
from ..printed import articles_of, deriving_from, place_of_article, statements_printed_in
from ..twins import page
from ..vocabulary import STATE_CONTROLLED

AT_ONCE = 100


class OutletForm(QueryForm):
    """Where the list of articles goes on, or that of statements."""

    after = cursor(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?\.([0-9a-z]{12})")
    before = cursor(r"([1-9][0-9]{0,17})")

    def contradictions(self, values):
        both = values["after"] and values["before"]
        return {"before": _("One list goes on at a time: give one of after and before.")} if both else {}


@page("record/outlet.html", accepts=OutletForm.names())
def outlet(request, *, slug):
    printer = querysets.at("outlet", slug)
    asked = OutletForm(request.GET).asked()
    after, before = asked["after"], asked["before"]
    articles = [] if before else articles_of(printer.id, after, AT_ONCE + 1)
    carried = [] if after else statements_printed_in(printer.id, int(before[0]) if before else None, AT_ONCE + 1)
    if (after and not articles) or (before and not carried):
        raise NoSuchPage(_("The list ends before this place."))
    more_articles, more_statements = len(articles) > AT_ONCE, len(carried) > AT_ONCE
    articles, carried = articles[:AT_ONCE], carried[:AT_ONCE]
    statements = [statement for entry, statement in carried]
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | {printed.derived_from for printed in articles if printed.derived_from}
    wanted |= named_in_framings(articles)
    known = {printer.id: printer} | {printed.id: printed for printed in articles}
    named = querysets.named_by(wanted, known, *deriving_from(printed.id for printed in articles))
    address = reference(printer)["address"]
    return {
        "page": "outlet",
        "linked": linked(printer, named, statements),
        "title": printer.name,
        "description": _("What %(name)s printed, and whose words it carries.") % {"name": printer.name},
        "id": printer.id,
        "address": address,
        "kind": printer.kind,
        "notes": notes_part(printer),
        "country": printer.country,
        "homepage": printer.homepage,
        "owner": printer.owner,
        "state_controlled": STATE_CONTROLLED[printer.state_controlled],
        "articles": [article_part(printed, named) for printed in articles],
        "frames": frames_of(articles, named, own=True),
        "frames_of_others": frames_of(articles, named, own=False),
        "takes_over": takes_over(articles, named),
        "agencies": agencies_of(articles),
        "taken_over": taken_over(articles, named),
        "speakers": speakers_of(statements, printings, named),
        "sources": sources_of(statements, printer, named),
        "part": "articles" if after else "statements" if before else "",
        "more_articles": on(address, "after", ".".join(place_of_article(articles[-1]))) if more_articles else "",
        "more_statements": on(address, "before", carried[-1][0]) if more_statements else "",
        "search": f"{reverse('search')}?{urlencode({'outlet': printer.slug})}" if articles or carried else "",
    }


def on(address: str, name: str, cursor) -> str:
    return f"{address}?{urlencode({name: cursor})}"


def article_part(printed: Article, named) -> dict:
    return {
        **reference(printed),
        "published": date_part(printed.published),
        "derivation": printed.derivation,
        "derived_from": article_reference(printed.derived_from, named) if printed.derived_from else None,
        "credited_agency": printed.credited_agency,
    }


def frames_of(articles, named, *, own: bool) -> list[dict]:
    """How these articles treat claims, in the `own` voice of the outlet or in that of others whose text it printed.

    Each `claim` with its framings, most first (record/framings.py).
    """
    frames = {}
    for printed in articles:
        for framing in printed.framings:
            part = framing_part(framing, printed, named)
            if (part["voice"] == "own") is not own:
                continue
            claim = follow(framing.claim, named)
            frame = frames.setdefault(claim.id if claim else framing.claim, {"framings": []})
            article = {**reference(printed), "published": date_part(printed.published)}
            frame["framings"].append({"article": article, **part})
    found = [{"claim": claim_reference(claim, named), **frame} for claim, frame in frames.items()]
    return sorted(found, key=lambda frame: (-len(frame["framings"]), frame["claim"]["name"]))


def takes_over(articles, named) -> list[dict]:
    """From which outlets these articles derive: each with its `articles`, most first."""
    found = {}
    for printed in articles:
        if printed.derived_from:
            source = article_reference(printed.derived_from, named)
            entry = found.setdefault(source["outlet"]["id"], {**source["outlet"], "articles": []})
            entry["articles"].append({**reference(printed), "derivation": printed.derivation, "of": source})
    return sorted(found.values(), key=lambda entry: (-len(entry["articles"]), entry["name"].casefold()))


def agencies_of(articles) -> list[dict]:
    """The agencies that these articles credit: `name`, and how many `articles` do."""
    counts = {}
    for printed in articles:
        if printed.credited_agency:
            counts[printed.credited_agency] = counts.get(printed.credited_agency, 0) + 1
    return [
        {"name": name, "articles": count}
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    ]


def taken_over(articles, named) -> list[dict]:
    """Which outlets print articles that derive from these: each with its `articles`, most first."""
    own, found = {printed.id for printed in articles}, {}
    for other in named.values():
        source = follow(other.derived_from, named) if isinstance(other, Article) and other.derived_from else None
        if source is not None and source.id in own:
            entry = found.setdefault(other.outlet, {**refer(other.outlet, named), "articles": []})
            entry["articles"].append({**reference(other), "derivation": other.derivation, "of": reference(source)})
    return sorted(found.values(), key=lambda entry: (-len(entry["articles"]), entry["name"].casefold()))


def speakers_of(statements, printings, named) -> list[dict]:
    """Whose words the outlet carries: each speaker with the statements, those with most first."""
    speakers = {}
    for statement in statements:
        speaker = speaker_of(statement, named)
        key = speaker["id"] or speaker["name"]
        part = statement_part(statement, printings.get(statement.id, ()), named)
        speakers.setdefault(key, {**speaker, "statements": []})["statements"].append(
            {name: part[name] for name in ("id", "address", "summary", "said_on", "support", "notes")}
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

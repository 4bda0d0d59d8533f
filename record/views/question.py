"""A question: figures on their lanes, the comparison of actors and claims, the time line, and what it all rests on."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from .. import querysets
from ..asking import BadQuery, without_empty
from ..comparison import ORDERS, compare, count_contested
from ..contested import contested_claims, with_opposed
from ..counts import standings
from ..documents import Actor, Claim, Outlet
from ..filters import PositionFilter
from ..heads import linked
from ..held import held_part
from ..lanes import lanes
from ..origin_tree import origin_tree
from ..parts import articles_in, claims_in, ids_in, notes_part, reference, resolver
from ..timeline import time_lines, timeline
from ..twins import page

MOST_POSITIONS = 500


@page("record/question.html", accepts=None)
def question(request, *, slug):
    asked = querysets.at("question", slug)
    known, languages = querysets.on_question(asked.id)
    filterset = PositionFilter(
        without_empty(request.GET, PositionFilter.names()),
        querysets.positions().filter(question=asked.id),
        actors=[document for document in known.values() if isinstance(document, Actor)],
        outlets=[document for document in known.values() if isinstance(document, Outlet)],
        languages=languages,
    )
    try:
        narrowed = filterset.narrowed()
    except BadQuery as error:
        error.content["question"] = reference(asked)
        raise
    chosen = querysets.newest(narrowed, MOST_POSITIONS + 1)
    statements = querysets.documents(querysets.statements_of(chosen))
    printings = querysets.printings_of(statements)
    named = querysets.named_by(
        ids_in(statements.values(), printings),
        known | {asked.id: asked},
        querysets.sources_of(articles_in(statements.values())),
        querysets.related_to(querysets.claims_under(asked.id)),
    )
    claims = [document for document in known.values() if isinstance(document, Claim)]
    claims.sort(key=lambda claim: (claim.position, claim.text))
    beside = with_opposed(claims, claims_in(named), resolver(named))
    found = standings(beside, of=("question", asked.id))
    comparison = compare(
        claims,
        statements.values(),
        printings,
        named,
        order=filterset.row_order,
        stances=filterset.stances,
        contested=contested_claims(beside.values(), found.tallies, resolver(named)),
    )
    for part in comparison["claims"]:
        part["held"] = held_part(found.voices.get(part["id"], {}))
    return {
        "page": "question",
        "linked": linked(asked, named, claims=claims),
        **titles(asked),
        "id": asked.id,
        "contested": count_contested(comparison["claims"]),
        "counts": {"claims": len(claims), **found.counts},
        "filters": filterset.as_fields(),
        "applied": applied(filterset.as_fields(), request.GET),
        "orders": orders(filterset.row_order, request.GET),
        "narrowed": filterset.is_narrowed,
        "cut": sum(len(cell) for row in comparison["rows"] for cell in row["cells"]) > MOST_POSITIONS,
        "lanes": lanes(comparison["claims"], comparison["rows"], comparison["statements"]),
        **comparison,
        "timeline": timeline(comparison),
        "time_lines": time_lines(comparison),
        "origins": origin_tree(comparison["statements"].values(), named),
    }


def applied(fields: list[dict], query: QueryDict) -> list[dict]:
    """What narrows the page, one by one: `label`, `value` in words, and `without`, the query that leaves it out."""
    found = []
    for field in fields:
        if field["name"] == "order":
            continue
        if field["type"] == "several":
            chosen = [(each["value"], each["label"]) for each in field["choices"] if each["chosen"]]
        else:
            chosen = [(field["value"], field["value"])] if field.get("value") else []
        for value, words in chosen:
            left = without_empty(query, PositionFilter.names())
            left.setlist(field["name"], [other for other in left.getlist(field["name"]) if other != value])
            found.append({"label": field["label"], "value": words, "without": left.urlencode()})
    return found


def orders(chosen: str, query: QueryDict) -> list[dict]:
    """Every order of rows and columns: `code`, `label`, whether it is `chosen`, and the `query` that asks for it."""
    found = []
    for code, label in ORDERS.items():
        asked = without_empty(query, PositionFilter.names())
        asked["order"] = code
        found.append({"code": code, "label": label, "chosen": code == chosen, "query": asked.urlencode()})
    return found


def titles(asked) -> dict:
    return {
        "title": asked.title,
        "description": asked.description or _("Who says what: %(question)s") % {"question": asked.title},
        "about": asked.description,
        "notes": notes_part(asked),
        "address": reference(asked)["address"],
    }

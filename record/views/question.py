"""A question: the comparison of actors and claims, the figures on their lanes, and the filters."""

from django.http import QueryDict

from .. import querysets
from ..comparison import compare, count_contested
from ..documents import Actor, Claim, Outlet
from ..filters import PositionFilter
from ..lanes import lanes
from ..parts import ids_in, reference
from ..twins import BadQuery, page

MOST_POSITIONS = 500


@page("record/question.html", accepts=None)
def question(request, *, slug):
    asked = querysets.at("question", slug)
    known, languages = querysets.on_question(asked.id)
    filterset = PositionFilter(
        given(request.GET),
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
    named = querysets.named_by(ids_in(statements.values(), printings), known | {asked.id: asked})
    claims = [document for document in known.values() if isinstance(document, Claim) and document.question == asked.id]
    claims.sort(key=lambda claim: (claim.position, claim.text))
    comparison = compare(
        claims, statements.values(), printings, named, order=filterset.row_order, stances=filterset.stances
    )
    return {
        "page": "question",
        **titles(asked),
        "id": asked.id,
        "contested": count_contested(comparison["claims"]),
        "filters": filterset.as_fields(),
        "narrowed": filterset.is_narrowed,
        "cut": sum(len(cell) for row in comparison["rows"] for cell in row["cells"]) > MOST_POSITIONS,
        "lanes": lanes(comparison["claims"], comparison["rows"], comparison["statements"]),
        **comparison,
        "timeline": in_time(comparison["statements"]),
    }


def in_time(parts: dict) -> list[str]:
    """The ids of the statements, oldest first; those without a date last."""

    def first_day(public_id):
        said_on = parts[public_id]["said_on"]
        return (said_on is None, said_on["earliest"] if said_on else "")

    return sorted(parts, key=first_day)


def given(query: QueryDict) -> QueryDict:
    """The query without known fields that a form sends empty."""
    kept = query.copy()
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if value.strip()])
        if name in PositionFilter.base_filters and not kept.getlist(name):
            del kept[name]
    return kept


def titles(asked) -> dict:
    return {
        "title": asked.title,
        "description": asked.description or f"Who says what: {asked.title}",
        "about": asked.description,
        "address": reference(asked)["address"],
    }

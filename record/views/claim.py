"""A claim: who takes which stance towards it, in whose words, and on how many origins it rests."""

from django.utils.translation import gettext as _

from .. import querysets
from ..comparison import is_contested, newest_first
from ..documents import Article, Claim
from ..heads import linked
from ..origin_tree import origin_tree
from ..parts import (
    article_reference,
    articles_in,
    claim_reference,
    figure_part,
    ids_in,
    refer,
    reference,
    statement_part,
    support,
)
from ..twins import page
from ..vocabulary import RELATIONS, RELATIONS_TO_IT, STANCES
from .paging import slice_of


@page("record/claim.html", accepts=("page",))
def claim(request, *, slug):
    stated = querysets.at("claim", slug)
    spoken = slice_of(request.GET, lambda start, end: querysets.newest(towards(stated), end, start))
    found = querysets.documents(querysets.statements_of(spoken.rows))
    statements = spoken.cut(newest_first(found.values()))
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in(statements, printings) | {stated.question} | {other.claim for other in stated.relations}
    named = querysets.named_by(
        wanted,
        {stated.id: stated},
        querysets.naming(stated.id, "claim"),
        querysets.naming(stated.id, "article"),
        querysets.sources_of(articles_in(statements)),
    )
    parts = [statement_part(statement, printings.get(statement.id, ()), named) for statement in statements]
    groups = by_stance(parts, stated.id)
    return {
        "page": "claim",
        "linked": linked(stated, named, statements),
        "title": stated.text,
        "description": _("Who affirms, denies or disputes: %(claim)s") % {"claim": stated.text},
        "id": stated.id,
        "address": reference(stated)["address"],
        "language": stated.language,
        "kind": stated.kind,
        "figure": figure_part(stated.figure),
        "question": refer(stated.question, named),
        "relations": relations_of(stated, named),
        "stances": {group["stance"]: len(group["statements"]) for group in groups},
        "contested": is_contested({group["stance"]: len(group["statements"]) for group in groups}),
        "support": support(row for rows in printings.values() for row in rows),
        "groups": groups,
        "origins": origin_tree(parts, named),
        "framings": framings_of(stated, named),
        "paging": spoken.part(),
    }


def towards(stated: Claim):
    return querysets.positions().filter(claim=stated.id)


def by_stance(parts: list[dict], claim_id: str) -> list[dict]:
    """The statements in groups of one `stance` each, in the order of the vocabulary; with the hedge of each."""
    groups = {stance: [] for stance in STANCES}
    for part in parts:
        for taken in part.pop("stances"):
            if taken["claim"]["id"] == claim_id:
                groups[taken["stance"]].append({**part, "hedge": taken["hedge"]})
    return [{"stance": stance, "statements": members} for stance, members in groups.items() if members]


def relations_of(stated: Claim, named) -> list[dict]:
    """How this claim stands to others, and how others stand to it: `words` and the other `claim`."""
    relations = [
        {"relation": other.kind, "words": RELATIONS[other.kind].word, "claim": claim_reference(other.claim, named)}
        for other in stated.relations
    ]
    for further in named.values():
        if isinstance(further, Claim) and further.id != stated.id:
            relations += [
                {"relation": other.kind, "words": RELATIONS_TO_IT[other.kind], "claim": reference(further)}
                for other in further.relations
                if other.claim == stated.id
            ]
    seen = set()
    return [
        relation
        for relation in relations
        if (key := (relation["words"], relation["claim"]["id"])) not in seen and not seen.add(key)
    ]


def framings_of(stated: Claim, named) -> list[dict]:
    """How the outlets themselves treat the claim, among the articles that are named here."""
    return [
        {
            "article": article_reference(article.id, named),
            "part": framing.part,
            "treatment": framing.treatment,
            "words": framing.words,
        }
        for article in named.values()
        if isinstance(article, Article)
        for framing in article.framings
        if framing.claim == stated.id
    ]

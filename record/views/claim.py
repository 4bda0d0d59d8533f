"""A claim: who takes which stance towards it, in whose words, and on how many origins it rests."""

from django.utils.translation import gettext as _

from .. import querysets
from ..asking import PageForm
from ..comparison import newest_first
from ..contested import contested_claims, stances_taken, with_opposed
from ..counts import standings
from ..documents import Article, Claim
from ..framings import framing_part
from ..heads import linked
from ..held import claim_title, held_part
from ..origin_tree import origin_tree
from ..parts import (
    article_reference,
    articles_in,
    claim_reference,
    claims_in,
    figure_part,
    ids_in,
    notes_part,
    refer,
    reference,
    resolver,
    statement_part,
)
from ..twins import page
from ..vocabulary import RELATIONS, RELATIONS_TO_IT, STANCES
from ..words import count_words
from .paging import slice_of


@page("record/claim.html", accepts=PageForm.names())
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
        querysets.related_to(querysets.claim_alone(stated.id)),
        querysets.framing_of(stated.id),
        querysets.sources_of(articles_in(statements)),
    )
    parts = [statement_part(statement, printings.get(statement.id, ()), named) for statement in statements]
    groups = by_stance(statements, parts, stated.id, resolver(named))
    beside = with_opposed([stated], claims_in(named), resolver(named))
    found = standings(beside, of=("claim", stated.id))
    held = held_part(found.voices.get(stated.id, {}))
    stances = found.stances(stated.id)
    return {
        "page": "claim",
        "linked": linked(stated, named, statements, held=held["words"]),
        "title": claim_title(stated.text, held["words"]),
        "description": described(stated, held["words"], stances),
        "text": stated.text,
        "held": held,
        "id": stated.id,
        "address": reference(stated)["address"],
        "language": stated.language,
        "kind": stated.kind,
        "figure": figure_part(stated.figure, stated.language),
        "in_print": in_print(groups) if stated.figure else [],
        "question": refer(stated.question, named),
        "notes": notes_part(stated),
        "relations": relations_of(stated, named),
        "stances": stances,
        "contested": stated.id in contested_claims(beside.values(), found.tallies, resolver(named)),
        "support": {name: found.counts[name] for name in ("articles", "origins")},
        "groups": groups,
        "origins": origin_tree(parts, named),
        "framings": framings_of(stated, named),
        "paging": spoken.part(),
    }


def described(stated: Claim, held: str, stances: dict[str, int]) -> str:
    """The claim in a sentence: that somebody says it and who, and how often it is spoken to; never as a fact."""
    spoken = count_words(sum(stances.values()), "statement")
    return _("A claim, %(held)s: %(claim)s %(spoken)s on record, with the words and how they got here.") % {
        "claim": stated.text,
        "held": held,
        "spoken": spoken,
    }


def towards(stated: Claim):
    return querysets.positions().filter(claim=stated.id)


def by_stance(statements, parts: list[dict], claim_id: str, resolve) -> list[dict]:
    """The statements in groups of one `stance` each, in the order of the vocabulary; with the hedge of each."""
    groups = {stance: [] for stance in STANCES}
    for statement, part in zip(statements, parts, strict=True):
        part.pop("stances")
        taken = stances_taken(statement, resolve).get(claim_id)
        if taken:
            groups[taken.stance].append({**part, "hedge": taken.hedge, "printed": taken.printed})
    return [{"stance": stance, "statements": members} for stance, members in groups.items() if members]


def in_print(groups: list[dict]) -> list[dict]:
    """The words in which the statements on this page give the figure, each once: `text` and its `language`."""
    found = {}
    for group in groups:
        for part in group["statements"]:
            if part["printed"]:
                language = part["printings"][0]["language"] if part["printings"] else ""
                found.setdefault(part["printed"], {"text": part["printed"], "language": language})
    return list(found.values())


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
                if resolver(named)(other.claim) == stated.id
            ]
    seen = set()
    return [
        relation
        for relation in relations
        if (key := (relation["words"], relation["claim"]["id"])) not in seen and not seen.add(key)
    ]


def framings_of(stated: Claim, named) -> list[dict]:
    """How the articles that are named here treat the claim themselves: each with its `article` and its voice."""
    resolve = resolver(named)
    return [
        {"article": article_reference(article.id, named), **framing_part(framing, article, named)}
        for article in named.values()
        if isinstance(article, Article)
        for framing in article.framings
        if resolve(framing.claim) == stated.id
    ]

"""An actor: its names, roles and positions over time, whom it relays and who relays it."""

from collections.abc import Iterable
from itertools import pairwise

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..documents import Actor, Claim, Question, Statement
from ..documents.vocabulary import ACTOR_KINDS
from ..presenters.claim_data import holders_data
from ..presenters.comparison import last_day, mark_changes, sort_newest_first
from ..presenters.document_data import (
    DocumentsById,
    article_reference,
    claim_reference,
    ids_in,
    is_speaker,
    notes_data,
    reference,
    reference_to,
    resolve_document,
    source_of,
    speaker_of,
    statement_data,
)
from ..queries import querysets
from ..queries.counts import ClaimCounts, claim_counts
from ..queries.query_forms import PageForm, Slice
from .compare import compare_address as compare_address
from .page_context import linked_data
from .question import shorten_where_many
from .responses import page

MAX_RELAYED = 40
MAX_NAMES = 100
MAX_CLAIMS_ABOUT = 12


@page("record/actor.html", of="actor", accepts=PageForm.names())
def actor(request: HttpRequest, *, slug: str) -> dict:
    described = querysets.document_at("actor", slug)
    spoken = Slice(request.GET, lambda start, end: querysets.statements_by(described.id, end, start))
    relays = querysets.relays_by(described.id)
    statements = spoken.cut(sort_newest_first(querysets.load_documents(spoken.rows, shape=Statement).values()))
    others = querysets.load_documents(
        querysets.statements_of(relays[:MAX_RELAYED]), querysets.claims_about(described.id, MAX_CLAIMS_ABOUT + 1)
    )
    passed_on = sort_newest_first(document for document in others.values() if isinstance(document, Statement))
    claims = [document for document in others.values() if isinstance(document, Claim)]
    counted = claim_counts((claim.id for claim in claims), of=("actor", described.id))
    about = claims_about(claims, counted)
    printings = querysets.printings_of(statement.id for statement in statements)
    wanted = ids_in([*statements, *passed_on], printings) | {described.reported_in or ""}
    named = querysets.load_named_documents(wanted, {described.id: described})
    parts = [statement_data(statement, printings.get(statement.id, ()), named) for statement in statements]
    questions = positions_by_question(parts, named)
    shorten_where_many(parts)
    return {
        "page": "actor",
        "linked": linked_data(described, named, statements),
        "title": described.name,
        "description": described.description
        or _("What %(name)s says, and where it was printed.") % {"name": described.name},
        "about": described.description,
        "notes": notes_data(described),
        "id": described.id,
        "address": reference(described)["address"],
        "kind": described.kind,
        "kind_words": ACTOR_KINDS[described.kind].word,
        "withheld": described.withheld,
        "names": [
            {"text": name.text, "language": name.language, "kind": name.kind, "scheme": name.scheme}
            for name in described.names[:MAX_NAMES]
        ],
        "identifiers": [
            {"register": known.register, "value": known.value} for known in described.identifiers[:MAX_NAMES]
        ],
        "reported_in": article_reference(described.reported_in, named) if described.reported_in else None,
        "counts": {name: counted.counts_of(described.id)[name] for name in ("statements", "articles", "origins")},
        "at_least": counted.is_cut,
        "roles": roles_of(parts),
        "changes": [
            {"claim": item["claim"], "after": after, "before": before}
            for group in questions
            for item in group["claims"]
            for after, before in pairwise(item["positions"])
            if after["changed"]
        ],
        "questions": questions,
        "beside": [part["id"] for part in parts if not part["stances"]],
        "statements": {part["id"]: part for part in parts},
        "claims_about": about[:MAX_CLAIMS_ABOUT],
        "more_about": about_address(described) if len(about) > MAX_CLAIMS_ABOUT else "",
        "relays": group_by_other_side((speaker_of(statement, named), statement) for statement in passed_on),
        "relayed_by": group_by_other_side(
            (source_of(step, named), statement)
            for statement in statements
            for appearance in statement.appearances
            for step in appearance.chain
            if not is_speaker(step, described, named)
        ),
        "relays_cut": len(passed_on) == MAX_RELAYED,
        "compare": compare_address("actor", described) if questions else "",
        "search": f"{reverse('search')}?{urlencode({'actor': described.slug})}" if parts else "",
        "paging": spoken.part(),
    }


def roles_of(parts: list[dict]) -> list[dict]:
    """The roles in which these statements were made, newest first: `role`, and from which `first` day to which `last`.

    Days are those that dates can mean at most, "" where no statement in that role has a date.
    """
    roles: dict[str, dict] = {}
    for part in parts:
        if part["role"]:
            role = roles.setdefault(part["role"].casefold(), {"role": part["role"], "dates": [], "statements": 0})
            role["statements"] += 1
            role["dates"] += [part["said_on"]] if part["said_on"] else []
    found = [
        {
            "role": role["role"],
            "statements": role["statements"],
            "first": min(role["dates"], key=lambda date: date["earliest"], default=None),
            "last": max(role["dates"], key=lambda date: date["latest"], default=None),
        }
        for role in roles.values()
    ]
    return sorted(found, key=lambda role: role["last"]["latest"] if role["last"] else "", reverse=True)


def claims_about(claims: list[Claim], found: ClaimCounts) -> list[dict]:
    """What is said of an actor, that which is most spoken to first: claims, with who holds each."""
    shown = [
        {
            "claim": {**reference(claim), "kind": claim.kind},
            "stances": found.stances(claim.id),
            "held": holders_data(found.voices.get(claim.id, {})),
        }
        for claim in claims
    ]
    return sorted(shown, key=lambda part: (-sum(part["stances"].values()), part["claim"]["name"]))


def about_address(described: Actor) -> str:
    """Where all claims are found that are about an actor."""
    return f"{reverse('search')}?{urlencode({'q': described.name, 'kind': 'claim'})}"


def group_by_other_side(pairs: Iterable[tuple[dict, Statement]]) -> list[dict]:
    """Statements in groups by the actor, outlet or label on the other side, those with most statements first."""
    others: dict[tuple[str, str], dict] = {}
    for other, statement in pairs:
        group = others.setdefault((other["id"], other["name"]), {**other, "statements": {}})
        group["statements"][statement.id] = reference(statement)
    groups = [{**group, "statements": list(group["statements"].values())} for group in others.values()]
    return sorted(groups, key=lambda group: (-len(group["statements"]), group["name"].casefold()))


def positions_by_question(parts: list[dict], named: DocumentsById) -> list[dict]:
    """The stances of these statements, newest first, by claim and by question; that spoken to last stands first.

    `[{"question", "claims": [{"claim", "positions": [{"statement", "stance", "hedge", "changed"}]}]}]`; `changed` is
    true where the statement before took another stance towards the same claim.
    """
    questions: dict[str, dict] = {}
    shown = {part["id"]: part for part in parts}
    for part in parts:
        for taken in part["stances"]:
            question = resolve_document(taken["claim"]["question"], named, Question)
            key = question.id if question else ""
            claims = questions.setdefault(key, {"question": question, "claims": {}})["claims"]
            claims.setdefault(taken["claim"]["id"], []).append(
                {"statement": part["id"], "stance": taken["stance"], "hedge": taken["hedge"], "changed": False}
            )
    for found in questions.values():
        for positions in found["claims"].values():
            mark_changes(positions, shown)
    # Parts are newest first, and so are the questions in which they were met.
    ordered = sorted(questions.values(), key=lambda found: found["question"] is None)
    return [
        {
            "question": reference_to(found["question"].id if found["question"] else "", named),
            "claims": [
                {"claim": claim_reference(claim_id, named), "positions": positions}
                for claim_id, positions in sorted(
                    sorted(
                        found["claims"].items(),
                        key=lambda pair: claim_sort_key(resolve_document(pair[0], named, Claim)),
                    ),
                    key=lambda pair: last_day(shown[pair[1][0]["statement"]]),
                    reverse=True,
                )
            ],
        }
        for found in ordered
    ]


def claim_sort_key(claim: Claim | None) -> tuple[bool, int, str]:
    return (claim is None, claim.position if claim else 0, claim.text if claim else "")

"""Two actors or two articles side by side: the claims to which both speak, and how they stand there. Pure functions.

What goes in are statements as `parts.statement_data` makes them; what comes out is plain data of pages and twins.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ..documents import Article, Claim, Question
from ..documents.vocabulary import STANCES, Term
from .claim_data import framing_data
from .comparison import contentions, mark_changes
from .document_data import DocumentsById, claim_reference, reference_to, resolve_document

SIDES = ("left", "right")

# How two sides stand on one claim, those first that readers look for.
MEETINGS = {
    "contrast": Term(_("They contradict each other"), _("One is for the claim, the other against it.")),
    "agree": Term(_("They agree"), _("Both are for the claim, or both against it.")),
    "apart": Term(_("No clear agreement"), _("At least one of them takes no side, or more than one.")),
}


def pair_claims(left: Sequence[dict], right: Sequence[dict], named: DocumentsById, *, newest_only: bool) -> list[dict]:
    """Every claim to which both sides speak; contrasts first, then agreements, each in the order of the questions.

    `left` and `right` are statements, newest first. Of each claim: `claim`, its `question`, the `meeting` (a key of
    MEETINGS), and `left` and `right`: lists of `{"statement", "stance", "hedge", "changed"}`, newest first.
    `newest_only`: one actor may change its position, and stands where it stood last; the voices of an article stand
    beside one another.
    """
    sides = group_by_claim(left), group_by_claim(right)
    shown = {part["id"]: part for part in (*left, *right)}
    found = []
    for claim_id in sides[0]:
        if claim_id in sides[1]:
            entries = [side[claim_id] for side in sides]
            if newest_only:
                for side in entries:
                    mark_changes(side, shown)
            claim = claim_reference(claim_id, named)
            found.append(
                {
                    "claim": claim,
                    "question": reference_to(claim["question"], named),
                    "meeting": meeting_code(
                        *([entry["stance"] for entry in (side[:1] if newest_only else side)] for side in entries)
                    ),
                    "left": entries[0],
                    "right": entries[1],
                }
            )
    order = list(MEETINGS)
    return sorted(found, key=lambda pair: (order.index(pair["meeting"]), *claim_sort_key(pair["claim"]["id"], named)))


def first_of_each_meeting(pairs: Iterable[dict], most: int) -> tuple[list[dict], dict[str, int]]:
    """So many pairs of each meeting, and how many are left out, by meeting."""
    counts: Counter[str] = Counter()
    found = []
    for pair in pairs:
        counts[pair["meeting"]] += 1
        if counts[pair["meeting"]] <= most:
            found.append(pair)
    return found, {code: number - most for code, number in counts.items() if number > most}


def first_entries(part: dict, most: int) -> dict:
    """A pair, or a question with the answers of both sides, with so many entries a side; `more` counts the others."""
    if "claim" not in part:
        return part | {side: [_first_entries_of_answer(answer, most) for answer in part[side]] for side in SIDES}
    more = {side: max(len(part[side]) - most, 0) for side in SIDES}
    return part | {side: part[side][:most] for side in SIDES} | {"more": more}


def _first_entries_of_answer(answer: dict, most: int) -> dict:
    return answer | {"entries": answer["entries"][:most], "more": max(len(answer["entries"]) - most, 0)}


def statements_in(pairs: Iterable[dict], questions: Iterable[dict]) -> set[str]:
    """The ids of the statements in pairs of claims and in the answers to shared questions."""
    entries = [entry for pair in pairs for side in SIDES for entry in pair[side]]
    entries += [
        entry for question in questions for side in SIDES for answer in question[side] for entry in answer["entries"]
    ]
    return {entry["statement"] for entry in entries}


def claims_in(pairs: Iterable[dict], questions: Iterable[dict]) -> set[str]:
    """The ids of the claims of pairs and of the answers to shared questions."""
    found = {pair["claim"]["id"] for pair in pairs}
    return found | {answer["claim"]["id"] for question in questions for side in SIDES for answer in question[side]}


def shared_questions(
    left: Sequence[dict], right: Sequence[dict], named: DocumentsById, *, incompatible_only: bool = False
) -> list[dict]:
    """The questions to which both sides speak with different claims: where they answer past one another, or otherwise.

    Of each: the `question`, and `left` and `right`, lists of `{"claim", "entries", "contends"}` of the claims to which
    only that side speaks; `contends` are those of the other side's claims there that cannot stand beside it. Questions
    with such claims come first; with `incompatible_only` there are no others, nor other claims.
    """
    sides = group_by_claim(left), group_by_claim(right)
    questions: dict[str, tuple[list[str], list[str]]] = {}
    for place, (own, others) in enumerate((sides, sides[::-1])):
        for claim_id in sorted(own.keys() - others.keys(), key=lambda claim_id: claim_sort_key(claim_id, named)):
            if claim := resolve_document(claim_id, named, Claim):
                questions.setdefault(claim.question, ([], []))[place].append(claim_id)
    found = []
    for question, groups in sorted(
        questions.items(), key=lambda item: claim_sort_key((item[1][0] or item[1][1])[0], named)
    ):
        if not all(groups):
            continue
        claims = [
            [claim for claim_id in group if (claim := resolve_document(claim_id, named, Claim))] for group in groups
        ]
        found.append(
            {
                "question": reference_to(question, named),
                "left": [answer_data(claim, sides[0], claims[1], named) for claim in claims[0]],
                "right": [answer_data(claim, sides[1], claims[0], named) for claim in claims[1]],
            }
        )
    if incompatible_only:
        found = [
            part | {side: [answer for answer in part[side] if answer["contends"]] for side in SIDES} for part in found
        ]
        return [part for part in found if part["left"] and part["right"]]
    return sorted(found, key=lambda part: not any(answer["contends"] for side in SIDES for answer in part[side]))


def answer_data(claim: Claim, own: Mapping[str, list[dict]], others: Sequence[Claim], named: DocumentsById) -> dict:
    """One claim of one side, with those of the other side's that contend with it."""
    return {
        "claim": claim_reference(claim.id, named),
        "entries": own[claim.id],
        "contends": [found["claim"] for found in contentions(claim, others)],
    }


def group_by_claim(parts: Iterable[dict]) -> dict[str, list[dict]]:
    """The stances of these statements by claim, in their order. Claims that stand nowhere are left out."""
    found: dict[str, list[dict]] = {}
    for part in parts:
        for taken in part["stances"]:
            if taken["claim"]["address"]:
                found.setdefault(taken["claim"]["id"], []).append(
                    {"statement": part["id"], "stance": taken["stance"], "hedge": taken["hedge"], "changed": False}
                )
    return found


def meeting_code(left: Iterable[str], right: Iterable[str]) -> str:
    """The key of MEETINGS for the stances of two sides towards one claim."""
    sides = [{STANCES[stance].side for stance in stances} for stances in (left, right)]
    if {"assent"} in sides and {"dissent"} in sides:
        return "contrast"
    return "agree" if sides[0] == sides[1] and sides[0] in ({"assent"}, {"dissent"}) else "apart"


def claim_sort_key(claim_id: str, named: DocumentsById) -> tuple:
    """Where a claim stands in the order of the questions and of their claims."""
    claim = resolve_document(claim_id, named, Claim)
    question = resolve_document(claim.question, named, Question) if claim else None
    return (question.position if question else 0, claim.position if claim else 0, claim_id)


def framings_of_both(left: Article, right: Article, named: DocumentsById) -> list[dict]:
    """The claims that one of two articles treats itself, or both: `claim`, and the framings of `left` and `right`, each
    with its voice (record/presenters/claim_data.py). Where the two differ in treatment, or one is silent, it `differs`:
    these come first."""
    sides: dict[str, dict[str, list[dict]]] = {}
    for side, article in zip(SIDES, (left, right), strict=True):
        for framing in article.framings:
            if (claim := resolve_document(framing.claim, named)) is not None:
                framings = sides.setdefault(claim.id, {name: [] for name in SIDES})
                framings[side].append(framing_data(framing, article, named))
    found = [
        {
            "claim": claim_reference(claim_id, named),
            **framings,
            "differs": len({*map(_treatments, framings.values())}) > 1,
        }
        for claim_id, framings in sides.items()
    ]
    return sorted(found, key=lambda part: not part["differs"])


def _treatments(framings: Iterable[dict]) -> frozenset[tuple[str, str]]:
    return frozenset((framing["part"], framing["treatment"]) for framing in framings)

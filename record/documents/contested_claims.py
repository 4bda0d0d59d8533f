"""When a claim is contested: the one rule, for pages, cards, feeds, search and data alike. Pure functions.

A claim is contested where different speakers stand apart on it:

1. one takes a stance of assent, another one of dissent;
2. one takes either, another qualifies the claim;
3. it contradicts or is contrary to another claim, and the two are held (taken with assent) by different speakers: then
   both are contested. A claim that supersedes another does not make it contested: those who made it put it in the
   other's place.

One speaker who changed its position contests nothing by itself. A bare label is a speaker of its own in its article.
Merged actors and claims are what they became.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from . import Claim, Stance, Statement
from .vocabulary import STANCES

OPPOSING_RELATIONS = ("contradicts", "contrary to")
LABEL_LENGTH = 120


@dataclass(frozen=True, slots=True)
class StanceCount:
    """The positions of one stance towards one claim: how many, and the first and last key of those who took them."""

    count: int
    first: str
    last: str


Tally = Mapping[str, StanceCount]  # by stance


def speaker_key(statement: Statement, resolve: Callable[[str], str]) -> str:
    """Who speaks, as counts tell speakers apart: the actor's id, or the article and the label of one that has none.

    `resolve` follows merges. A label in one article is one speaker, the same label in another article another.
    """
    if statement.speaker:
        return resolve(statement.speaker)
    home = resolve(statement.appearances[0].article) if statement.appearances else statement.id
    label = " ".join(statement.speaker_label.split())
    if len(label) > LABEL_LENGTH:
        label = f"{label[:LABEL_LENGTH]}…#{hashlib.sha256(label.encode()).hexdigest()[:16]}"
    return f"{home} {label}"


def label_of_speaker_key(key: str) -> str:
    """The label in the key of a speaker without an id; "" in that of an actor."""
    label = key.partition(" ")[2]
    return label.rpartition("#")[0] if len(label) > LABEL_LENGTH else label


def stances_by_claim(statement: Statement, resolve: Callable[[str], str]) -> dict[str, Stance]:
    """The stances of a statement by claim, in its order. Where merged claims meet, that towards the one that stands."""
    taken: dict[str, Stance] = {}
    for stance in statement.stances:
        claim = resolve(stance.claim)
        if claim not in taken or stance.claim == claim:
            taken[claim] = stance
    return taken


def count_position(tally: dict[str, StanceCount], stance: str, speaker: str) -> None:
    """Counts one more position."""
    before = tally.get(stance, StanceCount(0, speaker, speaker))
    tally[stance] = StanceCount(before.count + 1, min(before.first, speaker), max(before.last, speaker))


def contested_claims(
    claims: Iterable[Claim], tallies: Mapping[str, Tally], resolve: Callable[[str], str] = str
) -> set[str]:
    """The ids of the contested ones among `claims`, by the positions in `tallies`; `resolve` follows merges."""
    claims = list(claims)
    found = {claim.id for claim in claims if is_contested(tallies.get(claim.id, {}))}
    for claim in claims:
        for other in opposed_claims(claim, resolve):
            sides = [counts_on_side(tallies.get(public_id, {}), "assent") for public_id in (claim.id, other)]
            if are_apart(*sides):
                found |= {claim.id, other}
    return found


def add_opposed_claims(
    claims: Iterable[Claim], others: Iterable[Claim], resolve: Callable[[str], str]
) -> dict[str, Claim]:
    """`claims`, and those of `others` that contradict or are contrary to one of them, by their ids."""
    found = {claim.id: claim for claim in claims}
    own = set(found)
    opposed = {public_id for claim in found.values() for public_id in opposed_claims(claim, resolve)}
    for other in others:
        if other.id in opposed or opposed_claims(other, resolve) & own:
            found.setdefault(other.id, other)
    return found


def opposed_claims(claim: Claim, resolve: Callable[[str], str]) -> set[str]:
    """The claims that this one calls contradictory or contrary to itself."""
    return {resolve(relation.claim) for relation in claim.relations if relation.kind in OPPOSING_RELATIONS} - {claim.id}


def is_contested(tally: Tally) -> bool:
    """Whether different speakers stand apart on one claim, by its own positions."""
    assent, dissent = counts_on_side(tally, "assent"), counts_on_side(tally, "dissent")
    qualified = [tally["qualifies"]] if "qualifies" in tally else []
    return are_apart(assent, dissent) or are_apart([*assent, *dissent], qualified)


def counts_on_side(tally: Tally, side: str) -> list[StanceCount]:
    return [taken for stance, taken in tally.items() if STANCES[stance].side == side]


def are_apart(left: list[StanceCount], right: list[StanceCount]) -> bool:
    """Whether somebody on the one side is not alone on the other: both are taken, and not by one speaker only."""
    speakers = {key for taken in (*left, *right) for key in (taken.first, taken.last)}
    return bool(left and right) and len(speakers) > 1

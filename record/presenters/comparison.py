"""The comparison of a question: who takes which stance towards which claim. Pure functions, no database.

Rows are actors (or the label of a speaker whom nobody can name), columns are claims, and a cell holds every stance
of that actor towards that claim, newest first. An empty cell means that the record has nothing; silence is a
stance. Claims may contend with one another too: "they are given back" with "they are confiscated".
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from ..documents import Claim, Stance, Statement
from ..documents.contested_claims import (
    StanceCount,
    Tally,
    contested_claims,
    count_position,
    speaker_key,
    stances_by_claim,
)
from ..documents.vocabulary import INVERSE_RELATIONS, RELATIONS, STANCES
from .document_data import (
    DocumentsById,
    PrintingRow,
    claim_reference,
    redirect_resolver,
    reference,
    statement_data,
    support_counts,
)

ORDERS = {
    "contrast": _("most disputed first"),
    "date": _("who spoke last first"),
    "name": _("by name"),
}
# The relations between claims under which not both can simply stand.
CONTENDING_RELATIONS = ("contradicts", "contrary to", "supersedes")


def compare(
    claims: Sequence[Claim],
    statements: Iterable[Statement],
    printings: Mapping[str, Sequence[PrintingRow]],
    named: DocumentsById,
    *,
    order: str = "contrast",
    stances: Set[str] = frozenset(),
    contested: Set[str] | None = None,
) -> dict:
    """The comparison as plain data.

    `claims`: one column each, with the number of times each stance is taken, the articles and origins behind
    them, the `number` of its column (None where nobody speaks to it), and the other claims that it `contends` with.
    `rows`: a `speaker` and `cells`, a list for each claim of
    `{"statement", "stance", "hedge", "printed", "changed"}`, newest first; `printed` are the words in which it gives a
    figure, `changed` is true where the same actor's statement before took another stance. `statements`: what the cells
    name, by id. `order` is one of `ORDERS`: by contrast, contested claims stand first, and claims that contend stand
    beside one another; by date, the claim that was last spoken to stands first; by name, claims stand by the alphabet.
    Where `stances` are given, others are left out.
    `contested` are the ids of the claims that are contested (record/documents/contested_claims.py), whatever is shown
    of them; without it, those that are so by these statements.
    """

    resolve = redirect_resolver(named)
    columns = {claim.id: place for place, claim in enumerate(claims)}
    statements = sort_newest_first(statements)
    rows: dict[str, dict] = {}
    tallies: list[dict[str, StanceCount]] = [{} for _ in claims]
    behind: list[list[PrintingRow]] = [[] for _ in claims]
    shown: dict[str, dict] = {}
    for statement in statements:
        taken = stances_by_column(statement, columns, resolve)
        if stances:
            taken = {place: stance for place, stance in taken.items() if stance.stance in stances}
        if not taken:
            continue
        shown[statement.id] = statement_data(statement, printings.get(statement.id, ()), named)
        shown[statement.id].pop("stances")  # the cells say them, of the claims that are compared
        speaker = shown[statement.id]["speaker"]
        key = speaker["id"] or speaker_key(statement, resolve)
        row = rows.setdefault(key, {"speaker": speaker, "cells": [[] for _ in claims]})
        for place, stance in taken.items():
            row["cells"][place].append(
                {
                    "statement": statement.id,
                    "stance": stance.stance,
                    "hedge": stance.hedge,
                    "printed": stance.printed,
                    "changed": False,
                }
            )
            count_position(tallies[place], stance.stance, key)
            behind[place].extend(printings.get(statement.id, ()))
    for row in rows.values():
        for cell in row["cells"]:
            mark_changes(cell, shown)
    if contested is None:
        by_claim = {claim.id: tally for claim, tally in zip(claims, tallies, strict=True)}
        contested = contested_claims(claims, by_claim, resolve)
    is_contested = [claim.id in contested for claim in claims]
    places = columns_in_order(claims, rows.values(), shown, is_contested, tallies, order)
    for row in rows.values():
        row["cells"] = [row["cells"][place] for place in places]
    numbers = {claims[place].id: number for number, place in enumerate(filter(tallies.__getitem__, places), start=1)}
    return {
        "claims": [
            {
                **claim_reference(claims[place].id, {claims[place].id: claims[place]}),
                "number": numbers.get(claims[place].id),
                "stances": {stance: tallies[place][stance].count for stance in STANCES if stance in tallies[place]},
                "contested": is_contested[place],
                "support": support_counts(behind[place]),
                "contends": [
                    {**other, "number": numbers.get(other["claim"]["id"])}
                    for other in contentions(claims[place], claims)
                ],
            }
            for place in places
        ],
        "rows": sort_rows(list(rows.values()), shown, [is_contested[place] for place in places], order),
        "statements": shown,
        "support": support_counts(row for rows_of_claim in behind for row in rows_of_claim),
    }


def contentions(claim: Claim, claims: Sequence[Claim]) -> list[dict]:
    """The claims of the question that cannot simply stand beside this one: `words`, and the other `claim`.

    `replaces` is true where this claim supersedes the other.
    """
    found: dict[str, dict] = {}
    for other in claims:
        for relation in claim.relations:
            if relation.claim == other.id and relation.kind in CONTENDING_RELATIONS:
                part = {"words": RELATIONS[relation.kind].word, "claim": reference(other)}
                found.setdefault(other.id, {**part, "replaces": relation.kind == "supersedes"})
        for relation in other.relations:
            if relation.claim == claim.id and relation.kind in CONTENDING_RELATIONS:
                part = {"words": INVERSE_RELATIONS[relation.kind], "claim": reference(other)}
                found.setdefault(other.id, {**part, "replaces": False})
    return list(found.values())


def columns_in_order(
    claims: Sequence[Claim],
    rows: Collection[dict],
    shown: Mapping[str, dict],
    contested: Sequence[bool],
    tallies: Sequence[Tally],
    order: str,
) -> list[int]:
    """The places of the claims in the order of their columns."""
    places = list(range(len(claims)))
    if order == "name":
        return sorted(places, key=lambda place: claims[place].text.casefold())
    if order == "date":
        last = [
            max((last_day(shown[entry["statement"]]) for row in rows for entry in row["cells"][place]), default="")
            for place in places
        ]
        return sorted(places, key=lambda place: last[place], reverse=True)
    of = {claim.id: place for place, claim in enumerate(claims)}
    contends = [[of[other["claim"]["id"]] for other in contentions(claim, claims)] for claim in claims]

    def contrast(place: int) -> tuple[bool, int, bool, int]:
        return (not contested[place], -discussion_count(tallies, place, contested), not contends[place], place)

    beside = []
    for place in sorted(places, key=contrast):
        if place not in beside:
            beside.append(place)
            beside.extend(o for o in contends[place] if o not in beside and contested[o] == contested[place])
    return beside


def discussion_count(tallies: Sequence[Tally], place: int, contested: Sequence[bool]) -> int:
    """How often a contested claim is spoken to. The others keep the order that their editors gave them."""
    return sum(taken.count for taken in tallies[place].values()) if contested[place] else 0


def last_day(part: dict) -> str:
    """The last day on which a statement can have been made, as ISO text; empty where it has no date."""
    return part["said_on"]["latest"] if part["said_on"] else ""


def stances_by_column(
    statement: Statement, columns: Mapping[str, int], resolve: Callable[[str], str]
) -> dict[int, Stance]:
    """The stances of a statement towards the claims that are columns, by column."""
    taken = stances_by_claim(statement, resolve)
    return {columns[claim]: stance for claim, stance in taken.items() if claim in columns}


def sort_newest_first(statements: Iterable[Statement]) -> list[Statement]:
    """By the last day on which each can have been made, as `querysets.newest` orders; those without a date last."""

    def last_day(statement: Statement) -> int:
        return statement.said_on.latest.toordinal() if statement.said_on else 0

    return sorted(sorted(statements, key=lambda statement: statement.id, reverse=True), key=last_day, reverse=True)


def mark_changes(entries: Sequence[dict], shown: Mapping[str, dict]) -> None:
    """Sets `changed` on each stance that differs from the one before it in time; `entries` are newest first.

    Only where the dates leave no doubt which came first: the last day of the one lies before the first of the other.
    """
    for later, earlier in pairwise(entries):
        after, before = shown[later["statement"]]["said_on"], shown[earlier["statement"]]["said_on"]
        in_this_order = after and before and before["latest"] < after["earliest"]
        later["changed"] = bool(in_this_order and later["stance"] != earlier["stance"])


def side_of(stance: str) -> str:
    return STANCES[stance].side


def sort_rows(rows: list[dict], shown: Mapping[str, dict], contested: Sequence[bool], order: str) -> list[dict]:
    """The rows in one of `ORDERS`.

    By contrast: those who speak to most contested claims first; then in the order of the claims they speak to, so that
    answers to one claim stand below one another; then by name.
    """

    def name(row: dict) -> tuple[bool, str, str]:
        return (row["speaker"]["kind"] == "unnamed", row["speaker"]["name"].casefold(), row["speaker"]["id"])

    def contrast(row: dict) -> tuple[int, list[int], tuple[bool, str, str]]:
        cells = row["cells"]
        return (
            -sum(1 for cell, is_one in zip(cells, contested, strict=True) if cell and is_one),
            [place for place, cell in enumerate(cells) if cell],
            name(row),
        )

    def last_spoke(row: dict) -> str:
        return max((last_day(shown[entry["statement"]]) for cell in row["cells"] for entry in cell), default="")

    if order == "name":
        return sorted(rows, key=name)
    if order == "date":
        return sorted(sorted(rows, key=name), key=last_spoke, reverse=True)
    return sorted(rows, key=contrast)


def count_contested(claims: Iterable[dict]) -> int:
    return sum(1 for claim in claims if claim["contested"])

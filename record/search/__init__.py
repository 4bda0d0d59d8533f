"""Search in what is current: one index, alike on SQLite (FTS5) and PostgreSQL (tsvector and GIN).

Both hold terms that we have made ourselves (record/folding.py), plain Latin letters and digits, so that neither
database's reading of scripts, marks or stop words plays a part. What is found, in this order, newest first within:

1. names that are the words asked for; 2. names, titles, claims and headlines that hold all of them; 3. what else holds
them: summaries, quotations, words and translations, descriptions. Within each, questions come before actors, claims,
outlets, articles and statements. A statement is found by its speaker's names too, in every script and spelling.

Every word is matched as the start of a word, words in quotation marks as they stand and in that order.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connections

from ..documents import AnyDocument, decode, kind_of, label_of
from ..folding import joined, searchable
from ..models import Address, Publication
from .index import RANKS, SHIFT, clear, create, drop, purge, replace, texts_of
from .query import LONGEST_QUERY, Asked, Postgresql, Sqlite, read_query
from .show import Segment, mark, snippet_of

__all__ = ["BadCursor", "Hit", "Segment", "clear", "create", "drop", "purge", "replace", "search"]

SPEAKERS = 30  # actors whose statements are found by their names


class BadCursor(ValueError):
    """A cursor that no hit ever carried."""


@dataclass(frozen=True)
class Hit:
    """One document that was found. `snippet` is a passage of it, empty where only its label matches."""

    public_id: str
    kind: str
    document: AnyDocument
    label: list[Segment]
    snippet: list[Segment]
    cursor: str


def search(
    q: str, kinds: Collection[str] | None = None, after: str | None = None, limit: int = 20, *, using: str = "public"
) -> list[Hit]:
    """What is found for `q`, best first; see the head of this file. At most five queries, whatever the record's size.

    `kinds` limits what is found to some kinds. `after` is the cursor of the last hit of the page before; BadCursor
    if it is none. No query is an error: one that holds no word finds nothing.
    """
    stage, below = _read_cursor(after)
    asked = read_query(q)
    if not asked or limit < 1:
        return []
    on = connections[using]
    dialect = Sqlite() if on.vendor == "sqlite" else Postgresql()
    whole = joined(q[:LONGEST_QUERY])
    in_label = dialect.all_of(asked, {}, dialect.LABEL)
    exact = dialect.term(whole, dialect.EXACT)
    found: list[tuple[int, int, str]] = []
    speakers = None
    for number in range(stage, 3):
        if number == 0:
            match = exact
        elif number == 1:
            match = dialect.but_not(in_label, [exact])
        else:
            speakers = _speakers(asked, on, dialect)
            match = dialect.but_not(dialect.all_of(asked, speakers, ""), [in_label, exact])
        rows = dialect.rows(on, match, _ranges(kinds), below if number == stage else None, limit - len(found))
        found += [(number, key, public_id) for key, public_id in rows]
        if len(found) >= limit:
            break
    return _hits(found, asked, using)


def _read_cursor(after: str | None) -> tuple[int, int | None]:
    if not after:
        return 0, None
    match = re.fullmatch(r"([012])\.([0-9]{1,18})", after, re.ASCII)
    if not match:
        raise BadCursor("This is not the address of a further page.")
    return int(match[1]), int(match[2])


def _ranges(kinds: Collection[str] | None) -> list[tuple[int, int]]:
    """The keys of the kinds, neighbours joined."""
    wanted = sorted(RANKS[kind] for kind in (RANKS if kinds is None else kinds))
    ranges: list[tuple[int, int]] = []
    for rank in wanted:
        if ranges and ranges[-1][1] == (rank << SHIFT) - 1:
            ranges[-1] = (ranges[-1][0], ((rank + 1) << SHIFT) - 1)
        else:
            ranges.append((rank << SHIFT, ((rank + 1) << SHIFT) - 1))
    return ranges


def _speakers(asked: list[Asked], on, dialect) -> dict[Asked, list[str]]:
    """For each word the actors whose names hold it, and those who were merged into them, in three queries."""
    named = [word for word in asked if any(len(term) > 2 for term in word.terms)]
    if not named:
        return {}
    match = dialect.any_of(named, dialect.LABEL)
    actors = [public_id for _, public_id in dialect.rows(on, match, _ranges(["actor"]), None, SPEAKERS)]
    if not actors:
        return {}
    merged: dict[str, list[str]] = {actor: [actor] for actor in actors}
    for owner, actor in Address.objects.using(on.alias).filter(public_id__in=actors).values_list("owner", "public_id"):
        if owner not in merged[actor]:
            merged[actor].append(owner)
    found: dict[Asked, list[str]] = {}
    standing = Publication.objects.using(on.alias).filter(public_id__in=actors, superseded_by=None)
    for text in standing.exclude(document=None).values_list("document", flat=True):
        actor = decode(text)
        of = [searchable(name) for name in texts_of(actor)[0]]
        for word in named:
            if any(_holds(name, word) for name in of):
                found.setdefault(word, []).extend(merged[actor.id])
    return found


def _holds(found: list[str], word: Asked) -> bool:
    size = len(word.terms)
    for start in range(len(found) - size + 1):
        part = tuple(found[start : start + size])
        if part == word.terms or (word.start and size == 1 and part[0].startswith(word.terms[0])):
            return True
    return bool(word.romanised) and any(term.startswith(word.romanised) for term in found)


def _hits(found: list[tuple[int, int, str]], asked: list[Asked], using: str) -> list[Hit]:
    ids = [public_id for _, _, public_id in found]
    standing = Publication.objects.using(using).filter(public_id__in=ids, superseded_by=None).exclude(document=None)
    documents = {public_id: decode(text) for public_id, text in standing.values_list("public_id", "document")}
    hits = []
    for stage, key, public_id in found:
        document = documents.get(public_id)
        if document is None:
            continue
        label = label_of(document)
        hits.append(
            Hit(
                public_id=public_id,
                kind=kind_of(document),
                document=document,
                label=mark(label, asked),
                snippet=snippet_of(document, label, asked),
                cursor=f"{stage}.{key}",
            )
        )
    return hits

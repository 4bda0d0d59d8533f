"""What is asked for: a reader's words as terms, and terms as a query of either database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..folding import joined, words
from .index import TABLE, speaker_term

MOST_WORDS, LONGEST_QUERY = 12, 400
RARE = 5000  # hits up to which PostgreSQL sorts them all


@dataclass(frozen=True)
class Asked:
    """One word or phrase of a query: the terms that must follow one another; `start` lets the last one be longer."""

    terms: tuple[str, ...]
    start: bool
    romanised: str = ""

    def found_in(self, other: list[str]) -> bool:
        """Whether the terms of one word of a text hold this; phrases are marked word by word."""
        if self.start and len(self.terms) == 1:
            return any(term.startswith(self.terms[0]) for term in other)
        return any(term in self.terms for term in other)


_QUOTED = re.compile(r'["“”„«»]')


def read_query(q: str) -> list[Asked]:
    """The words and phrases of a query, in order; anything at all is a query, and most signs mean nothing."""
    asked: list[Asked] = []
    for number, part in enumerate(_QUOTED.split(q[:LONGEST_QUERY])):
        found = [(part[start:end], of) for start, end, of in words(part) if of]
        if number % 2 and len(found) > 0:
            asked.append(Asked(tuple(term for _, of in found for term in of), start=False))
            continue
        for word, of in found:
            romanised = joined(word) if len(of) > 1 or of[0] != joined(word) else ""
            asked.append(Asked(tuple(of), start=len(of) == 1 and not romanised, romanised=romanised))
    return list(dict.fromkeys(asked))[:MOST_WORDS]


class Dialect:
    """How one database writes a query over terms. All terms are letters and digits: nothing needs escaping."""

    def word(self, word: Asked, column: str) -> str:
        parts = [self.phrase(word.terms, word.start, column)]
        if word.romanised:
            parts.append(self.phrase((word.romanised,), True, column))
        return self.either(parts)

    def all_of(self, asked: list[Asked], speakers: dict[Asked, list[str]], column: str) -> str:
        return self.both(
            self.either(
                [self.word(word, column), *(self.term(speaker_term(actor), "") for actor in speakers.get(word, ()))]
            )
            for word in asked
        )

    def any_of(self, asked: list[Asked], column: str) -> str:
        return self.either([self.word(word, column) for word in asked])

    def term(self, term: str, column: str) -> str:
        return self.phrase((term,), False, column)


class Sqlite(Dialect):
    EXACT, LABEL = "exact", "label"

    def phrase(self, of: tuple[str, ...], start: bool, column: str) -> str:
        return f'{f"{column} : " if column else ""}"{" ".join(of)}"{" *" if start else ""}'

    def either(self, parts: list[str]) -> str:
        return "(" + " OR ".join(parts) + ")"

    def both(self, parts: Iterable[str]) -> str:
        return "(" + " AND ".join(parts) + ")"

    def but_not(self, match: str, others: list[str]) -> str:
        return "(" + " NOT ".join([match, *others]) + ")"

    def rows(self, on, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int) -> list:
        within = " OR ".join("rowid BETWEEN %s AND %s" for _ in ranges) or "0"
        keys = [key for pair in ranges for key in pair]
        if below is not None:
            within, keys = f"({within}) AND rowid < %s", [*keys, below]
        with on.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, public_id FROM {TABLE} WHERE {TABLE} MATCH %s AND ({within}) "  # noqa: S608
                "ORDER BY rowid DESC LIMIT %s",
                [match, *keys, limit],
            )
            return cursor.fetchall()


class Postgresql(Dialect):
    EXACT, LABEL = "B", "A"

    def phrase(self, of: tuple[str, ...], start: bool, column: str) -> str:
        last = f"*{column}" if start else column
        written = [f"'{term}'" + (f":{column}" if column else "") for term in of[:-1]]
        written.append(f"'{of[-1]}'" + (f":{last}" if last else ""))
        return "(" + " <-> ".join(written) + ")"

    def either(self, parts: list[str]) -> str:
        return "(" + " | ".join(parts) + ")"

    def both(self, parts: Iterable[str]) -> str:
        return "(" + " & ".join(parts) + ")"

    def but_not(self, match: str, others: list[str]) -> str:
        return "(" + " & !".join([match, *others]) + ")"

    def rows(self, on, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int) -> list:
        """Rare words: all hits, sorted. Words with more than RARE hits: down the primary key, which soon meets some.

        Left to itself PostgreSQL goes down the primary key for rare words too, past all rows.
        """
        within = " OR ".join("id BETWEEN %s AND %s" for _ in ranges) or "false"
        keys = [key for pair in ranges for key in pair]
        if below is not None:
            within, keys = f"({within}) AND id < %s", [*keys, below]
        where = f"FROM {TABLE} WHERE terms @@ %s::tsquery AND ({within})"
        with on.cursor() as cursor:
            cursor.execute(
                f"WITH hits AS MATERIALIZED (SELECT id, public_id {where} LIMIT %s) "  # noqa: S608
                "SELECT id, public_id, (SELECT count(*) FROM hits) FROM hits ORDER BY id DESC LIMIT %s",
                [match, *keys, RARE, limit],
            )
            rows = cursor.fetchall()
            if rows and rows[0][2] >= RARE:
                cursor.execute(
                    f"SELECT id, public_id {where} ORDER BY id DESC LIMIT %s",
                    [match, *keys, limit],
                )
                rows = cursor.fetchall()
        return [(row[0], row[1]) for row in rows]

"""What is asked for: a reader's words as terms, and terms as a query of either database."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from language.search_words import joined_form, words_with_terms

from ..point_in_time import moment
from .index import (
    EXACT_NAME_SIGN,
    KEY_SHIFT,
    LARGEST_PARTITION,
    PARTITIONS,
    PAST_TABLE,
    TABLE,
    keys_of,
    speaker_term,
    stance_term,
    subject_term,
    trigrams,
)

MOST_WORDS, LONGEST_QUERY = 12, 400
NEWEST = 1000  # statements that PostgreSQL looks through before it asks an index for all that match
RARE_LIMIT = 1000  # hits in a part of the table up to which PostgreSQL sorts them all
MAX_REPLACED = 1000  # replaced versions that are looked through at once for those that stood at a moment of the past
MAX_SIMILAR_NAMES = 20_000  # names with a part in common with a misspelt word that are compared with it


@dataclass(frozen=True)
class QueryTerm:
    """One word or phrase of a query: the terms that must follow one another; `start` lets the last one be longer.

    `text` is what the reader wrote, `quoted` whether in quotation marks.
    """

    terms: tuple[str, ...]
    start: bool
    romanised: str = ""
    text: str = ""
    quoted: bool = False

    def is_found_in(self, other: Sequence[str]) -> bool:
        """Whether the terms of one word of a text hold this; phrases are marked word by word."""
        if self.start and len(self.terms) == 1:
            return any(term.startswith(self.terms[0]) for term in other)
        return any(term in self.terms for term in other)


_COLUMNS = {TABLE: "public_id", PAST_TABLE: "public_id, valid_before"}
OtherNames = dict[tuple[QueryTerm, ...], list[QueryTerm]]  # a word, or () for all words -> other names for it

_QUOTED = re.compile(r'["“”„«»]')


def read_query(q: str) -> list[QueryTerm]:
    """The words and phrases of a query, in order; anything at all is a query, and most signs mean nothing."""
    asked: dict[tuple, QueryTerm] = {}
    for number, part in enumerate(_QUOTED.split(q[:LONGEST_QUERY])):
        found = [(part[start:end], of) for start, end, of in words_with_terms(part) if of]
        if number % 2 and found:
            of = tuple(term for _, of in found for term in of)
            asked.setdefault((of, False), QueryTerm(of, start=False, text=part.strip(), quoted=True))
            continue
        for word, of in found:
            romanised = joined_form(word) if len(of) > 1 or of[0] != joined_form(word) else ""
            start = len(of) == 1 and not romanised
            asked.setdefault((tuple(of), start), QueryTerm(tuple(of), start=start, romanised=romanised, text=word))
    return list(asked.values())[:MOST_WORDS]


@dataclass(frozen=True)
class SqlSelection:
    """SQL that gives rows of (key, public_id), and its parameters."""

    sql: str
    values: tuple


def ranges_so_far(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the keys in `ranges` those of entries that the log had at the moment that is read.

    Ranges are of whole kinds: a key is the rank of a kind and the number of an entry.
    """
    if (seq := moment()) is None:
        return ranges
    ranks = [rank for first, last in ranges for rank in range(first >> KEY_SHIFT, (last >> KEY_SHIFT) + 1)]
    return [(rank << KEY_SHIFT, (rank << KEY_SHIFT) + seq) for rank in ranks]


def keys_below(ranges: list[tuple[int, int]], below: int | None) -> list[tuple[int, int]]:
    """The ranges of keys that lie under a key, highest first; one without a key where none is left."""
    cut = [(first, last if below is None else min(last, below - 1)) for first, last in ranges]
    return sorted(((first, last) for first, last in cut if first <= last), reverse=True) or [(1, 0)]


def keys_within(keys: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """The parts of ranges of keys that lie between two keys, both included."""
    cut = [(max(low, first), min(high, last)) for low, high in keys]
    return [(low, high) for low, high in cut if low <= high]


def chain_ranges(sql: str, words: tuple[str, ...], ranges: list[tuple[int, int]], limit: int) -> SqlSelection:
    """`sql` for each range in turn, with `words`, the range and the limit; none is asked once there are enough rows."""
    parts = [f"SELECT * FROM ({sql}) AS range_{number}" for number in range(len(ranges))]  # noqa: S608
    values = [value for keys in ranges for value in (*words, *keys, limit)]
    if len(parts) == 1:
        return SqlSelection(sql, tuple(values))
    return SqlSelection(" UNION ALL ".join(parts) + " LIMIT %s", (*values, limit))


def past_condition() -> str:
    """What must be true of an entry of PAST_TABLE that stood at the moment of the past that is read."""
    return f"valid_before > {moment():d}"


def join_newest(current: SqlSelection, past: SqlSelection, limit: int) -> SqlSelection:
    """The newest of both selections; rows without an id, which say how far one was looked through, come last."""
    return SqlSelection(
        f"SELECT place, public_id FROM (SELECT place, public_id FROM ({current.sql}) AS standing "  # noqa: S608
        f"UNION ALL SELECT place, public_id FROM ({past.sql}) AS replaced) AS either "
        "ORDER BY place DESC, public_id DESC LIMIT %s",
        (*current.values, *past.values, limit),
    )


class Dialect(ABC):
    """How one database writes a query over terms. All terms are letters and digits: nothing needs escaping."""

    KEY: str

    @abstractmethod
    def phrase(self, of: Sequence[str], start: bool, mark: str) -> str:
        """Terms that follow one another: in a label or as an exact name with the `mark` of these, else anywhere."""

    @abstractmethod
    def either(self, parts: Iterable[str]) -> str:
        """What holds any of these."""

    @abstractmethod
    def both(self, parts: Iterable[str]) -> str:
        """What holds all of these."""

    @abstractmethod
    def match_except(self, match: str, others: list[str]) -> str:
        """What holds the first, and none of the others."""

    @abstractmethod
    def newest_in(
        self, table: str, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int
    ) -> SqlSelection:
        """The newest entries of a table that match, of the keys in `ranges` and under the key `below`.

        Those without words to match where `match` is empty. Of PAST_TABLE with its `valid_before`.
        """

    @abstractmethod
    def similar_in(self, table: str, match: str, ranges: list[tuple[int, int]], limit: int) -> SqlSelection:
        """The entries of a table that hold most of what may match, best first. Of PAST_TABLE those that stood."""

    def newest(self, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int) -> SqlSelection:
        """`newest_in` of what stands at the moment that is read; of replaced versions some may be missing."""
        ranges = ranges_so_far(ranges)
        current = self.newest_in(TABLE, match, ranges, below, limit)
        if moment() is None:
            return current
        past = self.newest_in(PAST_TABLE, match, ranges, below, MAX_REPLACED)
        stood = f"SELECT place, public_id FROM ({past.sql}) AS entry WHERE {past_condition()}"  # noqa: S608
        return join_newest(current, SqlSelection(stood, past.values), limit)

    def similar_to(self, match: str, ranges: list[tuple[int, int]], limit: int) -> SqlSelection:
        """`similar_in` of what stands at the moment that is read."""
        ranges = ranges_so_far(ranges)
        current = self.similar_in(TABLE, match, ranges, limit)
        if moment() is None:
            return current
        past = self.similar_in(PAST_TABLE, match, ranges, limit)
        return join_newest(current, past, 2 * limit)

    @abstractmethod
    def chain_selections(self, arms: Sequence[tuple[int, SqlSelection]], limit: int) -> SqlSelection:
        """(stage, place, public_id) of each arm in turn, none asked once those before it gave `limit` rows."""

    def word(self, word: QueryTerm, mark: str) -> str:
        parts = [self.phrase(word.terms, word.start, mark)]
        if word.romanised:
            parts.append(self.phrase((word.romanised,), True, mark))
        return self.either(parts)

    def all_of(
        self,
        asked: list[QueryTerm],
        actors: dict[QueryTerm, list[str]],
        mark: str,
        other_names: OtherNames | None = None,
    ) -> str:
        """What holds every word; one may also name the speaker or an actor that a claim is about, or have another name.

        `other_names` holds under () the names that stand for all words together.
        """
        other_names = other_names or {}
        every_word = self.both(
            self.either(
                [
                    self.word(word, mark),
                    *(self.phrase(name.terms, name.start, mark) for name in other_names.get((word,), ())),
                    *(
                        self.term(term, "")
                        for actor in actors.get(word, ())
                        for term in (speaker_term(actor), subject_term(actor))
                    ),
                ]
            )
            for word in asked
        )
        whole = [self.phrase(name.terms, name.start, mark) for name in other_names.get((), ())]
        return self.either([every_word, *whole]) if whole else every_word

    def term(self, term: str, mark: str) -> str:
        return self.phrase((term,), False, mark)

    def speaker_match(self, actors: Iterable[str]) -> str:
        """Statements of any of these actors."""
        return self.either([self.term(speaker_term(actor), "") for actor in actors])

    def taking_stance(self, stances: Iterable[str]) -> str:
        """Statements that take any of these stances."""
        return self.either([self.term(stance_term(stance), "") for stance in stances])

    def similar_spelling(self, word: str) -> str:
        """Names that share a trigram with a word."""
        return self.either([self.term(part, EXACT_NAME_SIGN) for part in trigrams(word)])

    def key_condition(self, ranges: list[tuple[int, int]], below: int | None) -> SqlSelection:
        """The condition on the key."""
        sql = " OR ".join(f"{self.KEY} BETWEEN %s AND %s" for _ in ranges) or "1 = 0"
        keys = [key for pair in ranges for key in pair]
        if below is None:
            return SqlSelection(f"({sql})", tuple(keys))
        return SqlSelection(f"({sql}) AND {self.KEY} < %s", (*keys, below))


class Sqlite(Dialect):
    KEY = "rowid"

    def phrase(self, of: Sequence[str], start: bool, mark: str) -> str:
        return f'"{" ".join(f"{mark}{term}" for term in of)}"{" *" if start else ""}'

    def either(self, parts: Iterable[str]) -> str:
        return "(" + " OR ".join(parts) + ")"

    def both(self, parts: Iterable[str]) -> str:
        return "(" + " AND ".join(parts) + ")"

    def match_except(self, match: str, others: list[str]) -> str:
        return "(" + " NOT ".join([match, *others]) + ")"

    def newest_in(
        self, table: str, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int
    ) -> SqlSelection:
        """One range after the other, highest first: FTS5 goes to the keys of one range, but looks through several."""
        matching, words = (f"{table} MATCH %s AND ", (match,)) if match else ("", ())
        return chain_ranges(
            f"SELECT rowid AS place, {_COLUMNS[table]} FROM {table} "  # noqa: S608
            f"WHERE {matching}rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s",
            words,
            keys_below(ranges, below),
            limit,
        )

    def similar_in(self, table: str, match: str, ranges: list[tuple[int, int]], limit: int) -> SqlSelection:
        within = self.key_condition(ranges, None)
        stood = f" AND {past_condition()}" if table == PAST_TABLE else ""
        return SqlSelection(
            f"SELECT rowid AS place, public_id FROM {table} WHERE {table} MATCH %s AND {within.sql}{stood} "  # noqa: S608
            "ORDER BY rank LIMIT %s",
            (match, *within.values, limit),
        )

    def chain_selections(self, arms: Sequence[tuple[int, SqlSelection]], limit: int) -> SqlSelection:
        parts = [f"SELECT {stage} AS stage, place, public_id FROM ({arm.sql}) AS e" for stage, arm in arms]  # noqa: S608
        values = [value for _, arm in arms for value in arm.values]
        return SqlSelection(" UNION ALL ".join(parts) + " LIMIT %s", (*values, limit))


class Postgresql(Dialect):
    KEY = "id"

    def phrase(self, of: Sequence[str], start: bool, mark: str) -> str:
        written = [f"'{mark}{term}'" for term in of]
        return "(" + " <-> ".join(written) + (":*" if start else "") + ")"

    def either(self, parts: Iterable[str]) -> str:
        return "(" + " | ".join(parts) + ")"

    def both(self, parts: Iterable[str]) -> str:
        return "(" + " & ".join(parts) + ")"

    def match_except(self, match: str, others: list[str]) -> str:
        return "(" + " & !".join([match, *others]) + ")"

    def newest_in(
        self, table: str, match: str, ranges: list[tuple[int, int]], below: int | None, limit: int
    ) -> SqlSelection:
        """Part by part of the table, for what is common in one may be rare in another."""
        keys, columns = keys_below(ranges, below), _COLUMNS[table]
        if not match:
            sql = f"SELECT id AS place, {columns} FROM {table} WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT %s"  # noqa: S608
            return chain_ranges(sql, (), keys, limit)
        parts = {name: keys_within(keys, *keys_of(*ranks)) for name, ranks in PARTITIONS.items()}
        found = [
            self._newest_in_part(table, name, match, within, limit) for name, within in parts.items() if within
        ] or [SqlSelection(f"SELECT id AS place, {columns} FROM {table} WHERE false", ())]  # noqa: S608
        return self._in_turn(found, limit)

    def _newest_in_part(
        self, table: str, name: str, match: str, keys: list[tuple[int, int]], limit: int
    ) -> SqlSelection:
        """Rare words: all hits, sorted. Words with more than RARE hits: down the primary key, which soon meets some.

        Left to itself PostgreSQL goes down the primary key for rare words too, past all rows. Among statements, of
        which a million may hold a word, the newest are looked through before the index is asked for all hits.
        """
        columns, part, within = _COLUMNS[table], f"{table}_{name}", self.key_condition(keys, None)
        newest, wanted, enough = SqlSelection("", ()), "", ""
        if name == LARGEST_PARTITION:
            newest = SqlSelection(
                f"newest AS MATERIALIZED (SELECT id, {columns} FROM (SELECT id, {columns}, terms FROM {part} "  # noqa: S608
                f"WHERE {within.sql} ORDER BY id DESC LIMIT {NEWEST}) AS last "
                "WHERE terms @@ %s::tsquery ORDER BY id DESC LIMIT %s), ",
                (*within.values, match, limit),
            )
            wanted = f" AND (SELECT count(*) FROM newest) < {limit}"  # noqa: S608
            enough = (
                f"(SELECT id AS place, {columns} FROM newest WHERE (SELECT count(*) FROM newest) = {limit}) UNION ALL "  # noqa: S608
            )
        frequent = chain_ranges(
            f"SELECT id AS place, {columns} FROM {part} WHERE terms @@ %s::tsquery AND id BETWEEN %s AND %s "  # noqa: S608
            f"AND (SELECT count(*) FROM hits) >= {RARE_LIMIT} ORDER BY id DESC LIMIT %s",
            (match,),
            keys,
            limit,
        )
        return SqlSelection(
            f"WITH {newest.sql}hits AS MATERIALIZED (SELECT id, {columns} FROM {part} "  # noqa: S608
            f"WHERE terms @@ %s::tsquery AND {within.sql}{wanted} LIMIT {RARE_LIMIT}) {enough}"
            f"(SELECT id AS place, {columns} FROM hits "
            f"WHERE (SELECT count(*) FROM hits) < {RARE_LIMIT} ORDER BY id DESC LIMIT %s) "
            f"UNION ALL (SELECT * FROM ({frequent.sql}) AS frequent)",
            (*newest.values, match, *within.values, limit, *frequent.values),
        )

    def _in_turn(self, selections: Sequence[SqlSelection], limit: int) -> SqlSelection:
        """The first `limit` rows of these; none is asked once those before it gave as many."""
        if len(selections) == 1:
            return selections[0]
        names = [f"part_{number}" for number in range(len(selections))]
        parts = []
        for number, selection in enumerate(selections):
            found = " + ".join(f"(SELECT count(*) FROM {name})" for name in names[:number]) or "0"  # noqa: S608
            sql = f"SELECT * FROM ({selection.sql}) AS asked WHERE {found} < {limit}"  # noqa: S608
            parts.append(f"{names[number]} AS MATERIALIZED ({sql})")
        together = " UNION ALL ".join(f"SELECT * FROM {name}" for name in names)  # noqa: S608
        values = tuple(value for selection in selections for value in selection.values)
        return SqlSelection(f"WITH {', '.join(parts)} {together} LIMIT {limit}", values)

    def similar_in(self, table: str, match: str, ranges: list[tuple[int, int]], limit: int) -> SqlSelection:
        within = self.key_condition(ranges, None)
        stood = f" AND {past_condition()}" if table == PAST_TABLE else ""
        return SqlSelection(
            f"SELECT place, public_id FROM (SELECT id AS place, public_id, terms FROM {table} "  # noqa: S608
            f"WHERE terms @@ %s::tsquery AND {within.sql}{stood} LIMIT {MAX_SIMILAR_NAMES}) AS alike "
            "ORDER BY ts_rank(terms, %s::tsquery, 1) DESC, place DESC LIMIT %s",
            (match, *within.values, match, limit),
        )

    def chain_selections(self, arms: Sequence[tuple[int, SqlSelection]], limit: int) -> SqlSelection:
        staged = [
            SqlSelection(f"SELECT {stage} AS stage, place, public_id FROM ({arm.sql}) AS e", arm.values)  # noqa: S608
            for stage, arm in arms
        ]
        return self._in_turn(staged, limit)

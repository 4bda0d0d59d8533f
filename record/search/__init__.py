"""Search in what is current, or was: one index, alike on SQLite (FTS5) and PostgreSQL (tsvector and GIN).

Both hold terms that we have made ourselves (language/search_words.py), plain Latin letters and digits, so that neither
database's reading of scripts, marks or stop words plays a part. What is found, in this order, newest first within:

1. names that are the words asked for; 2. names, titles, claims and headlines that hold all of them; 3. what else holds
them: summaries, quotations, words and translations, descriptions. Within each, topics come before questions, actors,
claims, outlets, articles and statements. A statement is found by its speaker's names too, in every script and spelling,
a claim by those of whom it is about, and what is asked for by a whole name of an actor is found by that actor's other
names.

Every word is matched as the start of a word, words in quotation marks as they stand and in that order. Names that are
misspelt are found by their trigrams, which we make too.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from language.search_words import joined_form, searchable_terms

from ..documents import Actor, AnyDocument, Outlet, PageDocument, Redirect, decode, kind_of, label_of
from ..models import Current, Publication, Reference, Relay
from ..point_in_time import current_condition, current_rows, moment, newest_condition, newest_rows
from .index import (
    EXACT_NAME_SIGN,
    LABEL_SIGN,
    PAST_TABLE,
    RANKS,
    TABLE,
    add_past,
    clear,
    create,
    drop,
    entries_after,
    purge,
    remove,
    replace,
    texts_of,
)
from .names import NameMatches, corrected_query, ranges_of, resolve_names, similar_names
from .query import (
    LONGEST_QUERY,
    MAX_REPLACED,
    Dialect,
    Postgresql,
    QueryTerm,
    Sqlite,
    SqlSelection,
    join_newest,
    past_condition,
    ranges_so_far,
    read_query,
)
from .snippets import Excerpt, Segment, mark_words, snippet_of

__all__ = [
    "BadCursor",
    "Hit",
    "SearchFilter",
    "SearchResult",
    "Segment",
    "add_past",
    "clear",
    "create",
    "drop",
    "entries_after",
    "mark_words",
    "names_near",
    "purge",
    "remove",
    "replace",
    "search",
    "suggest",
    "words_on_record",
]

MAX_SCANNED = 5000  # entries that are looked through at once where the index does not know what is filtered by
KINDS_WITHOUT_LABEL = {"statement"}  # they are found in the last stage alone
STANCE_FILTER_KINDS, OUTLET_FILTER_KINDS = {"statement"}, {"statement", "article"}


class BadCursor(ValueError):
    """A cursor that no hit ever carried."""


@dataclass(frozen=True)
class SearchFilter:
    """What limits a search. Unset fields limit nothing.

    `actor` and `outlet` are an address or a name; a name that several bear means all of them. An actor and a stance
    leave statements only; an outlet and a period, by the last day that a date can mean, statements and articles.
    """

    kinds: Collection[str] | None = None
    actor: str = ""
    outlet: str = ""
    stances: Collection[str] = ()
    since: date | None = None
    until: date | None = None

    def possible_kinds(self) -> set[str]:
        """The kinds that can be found."""
        kinds = set(RANKS if self.kinds is None else self.kinds)
        if self.actor or self.stances:
            kinds &= STANCE_FILTER_KINDS
        if self.outlet or self.since or self.until:
            kinds &= OUTLET_FILTER_KINDS
        return kinds


@dataclass(frozen=True)
class Hit:
    """One document that was found. `snippet` is a passage of it, empty where only its label matches."""

    public_id: str
    kind: str
    document: PageDocument
    label: list[Segment]
    snippet: Excerpt
    cursor: str


@dataclass(frozen=True)
class SearchResult:
    """What a search gives: the `hits`, and in `after` the cursor with which it goes on, "" at its end.

    Where a filter leaves little, there may be an `after` with few hits or none: so far back was looked. `actors` and
    `outlets` are those that the filters mean. `others` are the documents that hits stand under: the speakers of
    statements, outlets of articles, questions of claims. `instead` is the query in another spelling, where nothing
    was found and names come near its words.
    """

    hits: list[Hit] = field(default_factory=list)
    after: str = ""
    actors: list[Actor] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    others: dict[str, AnyDocument] = field(default_factory=dict)
    instead: str = ""


def search(
    q: str, narrow: SearchFilter | None = None, after: str | None = None, limit: int = 20, *, using: str = "public"
) -> SearchResult:
    """What is found for `q`, best first; see the head of this file. At most four queries, whatever the record's size.

    `after` is the cursor of the page before; BadCursor if it is none. No query is an error: without any word all that
    the filters leave is found, newest first, and without filters nothing.
    """
    start = _read_cursor(after)
    narrow = narrow or SearchFilter()
    asked = read_query(q)
    on, dialect = _database(using)
    if limit < 1 or not (asked or _filter_terms(narrow)):
        return SearchResult()
    named = resolve_names(asked, narrow.actor, narrow.outlet, on, dialect)
    result = partial(SearchResult, actors=named.actor, outlets=named.outlet)
    if not narrow.possible_kinds():
        return result()
    if (narrow.actor and not named.actor) or (narrow.outlet and not named.outlet):
        return result(instead=_suggest_query(asked, after, on, dialect))
    rows, further = _rows(on, dialect, _stages(q, asked, narrow, named, dialect), narrow, named, start, limit)
    if not rows:
        return result(after=further, instead="" if further else _suggest_query(asked, after, on, dialect))
    meant = [*asked, *(name for names in named.other_names.values() for name in names)]
    hits, others = _hits(rows, meant, using)
    return result(hits=hits, after=further, others=others)


def suggest(q: str, kinds: Collection[str], limit: int, *, using: str = "public") -> list[tuple[PageDocument, str]]:
    """What a reader may mean who has typed `q`: documents whose label or a name holds every word, best first.

    Each comes with that one of its names which holds the words. Where there are none, names that come near. At most
    two queries.
    """
    if not (asked := read_query(q)):
        return []
    on, dialect = _database(using)
    selection = dialect.newest(dialect.all_of(asked, {}, LABEL_SIGN), ranges_of(kinds), None, 4 * limit)
    with on.cursor() as cursor:
        cursor.execute(
            f"SELECT found.place, log.document FROM ({selection.sql}) AS found "  # noqa: S608
            "JOIN record_publication log ON log.public_id = found.public_id "
            f"WHERE {newest_condition('log')} AND log.document IS NOT NULL",
            selection.values,
        )
        rows = sorted(cursor.fetchall(), reverse=True)
    found: list[tuple[PageDocument, str]] = [
        (document, _best_matching_name(document, asked, q))
        for document in (decode(text) for _, text in rows)
        if not isinstance(document, Redirect)
    ]
    typed = joined_form(q[:LONGEST_QUERY])
    found.sort(key=lambda pair: not joined_form(pair[1]).startswith(typed))
    if not found and len(asked) == 1 and not asked[0].quoted and {"actor", "outlet"} & set(kinds):
        near = similar_names([asked[0].text], limit, on, dialect)
        found = [(document, label_of(document)) for document in near if kind_of(document) in kinds]
    return found[:limit]


MOST_WORDS = 8  # of a query that are looked for one by one


def words_on_record(q: str, *, using: str = "public") -> list[tuple[str, bool]]:
    """The words of a query, the first ones, each with whether anything holds it. One query."""
    asked = read_query(q)[:MOST_WORDS]
    if not asked:
        return []
    on, dialect = _database(using)
    entries = [dialect.newest(dialect.all_of([word], {}, ""), ranges_of(RANKS), None, 1) for word in asked]
    sql = " UNION ALL ".join(
        f"SELECT {number} AS number FROM ({entry.sql}) AS held{number}"  # noqa: S608
        for number, entry in enumerate(entries)
    )
    with on.cursor() as cursor:
        cursor.execute(sql, [value for entry in entries for value in entry.values])
        held = {number for (number,) in cursor.fetchall()}
    return [(word.text, number in held) for number, word in enumerate(asked)]


def names_near(q: str, limit: int, *, using: str = "public") -> list[Actor | Outlet]:
    """The actors and outlets with a name that comes near one of the words of a query, nearest first. One query."""
    on, dialect = _database(using)
    return similar_names([word.text for word in read_query(q) if not word.quoted][:MOST_WORDS], limit, on, dialect)


def _best_matching_name(document: AnyDocument, asked: list[QueryTerm], q: str) -> str:
    """The one of its names that holds most of the words, as they are written; its label where none holds more."""
    names = [label_of(document), *texts_of(document)[0]]

    def held(name: str) -> tuple[int, bool]:
        terms = [[term] for term in searchable_terms(name)]
        return sum(any(word.is_found_in(of) for of in terms) for word in asked), q.casefold() in name.casefold()

    return max(names, key=held)


def _database(using: str) -> tuple[BaseDatabaseWrapper, Dialect]:
    on = connections[using]
    return on, Sqlite() if on.vendor == "sqlite" else Postgresql()


def _filter_terms(narrow: SearchFilter) -> bool:
    return bool(narrow.actor or narrow.outlet or narrow.stances or narrow.since or narrow.until)


def _suggest_query(asked: list[QueryTerm], after: str | None, on: BaseDatabaseWrapper, dialect: Dialect) -> str:
    return "" if after else " ".join(corrected_query(asked, on, dialect))


def _read_cursor(after: str | None) -> tuple[int, int | None]:
    if not after:
        return 0, None
    if not (match := re.fullmatch(r"([012])\.([0-9]{1,18})", after, re.ASCII)):
        raise BadCursor(_("This is not the address of a next page."))
    return int(match[1]), int(match[2])


def _stages(q: str, asked: list[QueryTerm], narrow: SearchFilter, named: NameMatches, dialect: Dialect) -> list[str]:
    """What matches in each of the three stages of what is found; only the last one where there are no words."""
    facets = []
    if narrow.actor:
        facets.append(dialect.speaker_match(named.ids(named.actor)))
    if narrow.stances:
        facets.append(dialect.taking_stance(narrow.stances))
    if not asked:
        return [dialect.both(facets) if facets else ""]
    exact = dialect.term(joined_form(q[:LONGEST_QUERY]), EXACT_NAME_SIGN)
    in_label = dialect.all_of(asked, {}, LABEL_SIGN, named.other_names)
    anywhere = dialect.all_of(asked, named.speakers, "", named.other_names)
    stages = [exact, dialect.match_except(in_label, [exact]), dialect.match_except(anywhere, [in_label, exact])]
    return [dialect.both([stage, *facets]) if facets else stage for stage in stages]


def _rows(
    on: BaseDatabaseWrapper,
    dialect: Dialect,
    stages: Sequence[str],
    narrow: SearchFilter,
    named: NameMatches,
    start: tuple[int, int | None],
    limit: int,
) -> tuple[list[tuple[int, int, str]], str]:
    """(stage, key, id) of the next hits in order, and the cursor after them: one query."""
    kinds = narrow.possible_kinds()
    condition = _condition(narrow, named)
    first, below = start
    arms = []
    for number in range(min(first, len(stages) - 1), len(stages)):
        is_last = number == len(stages) - 1
        ranges = ranges_so_far(ranges_of(kinds if is_last else kinds - KINDS_WITHOUT_LABEL))
        if not ranges:
            continue
        reach = MAX_SCANNED if condition.sql else limit + 1
        place = below if number == first else None
        entries = dialect.newest_in(TABLE, stages[number], ranges, place, reach)
        arm = _newest_matching(entries, condition, limit + 1, MAX_SCANNED)
        if moment() is not None:
            replaced = dialect.newest_in(PAST_TABLE, stages[number], ranges, place, MAX_REPLACED)
            stood = SqlSelection(" AND ".join(filter(None, [past_condition(), condition.sql])), condition.values)
            arm = join_newest(arm, _newest_matching(replaced, stood, limit + 1, MAX_REPLACED), limit + 1)
        arms.append((number, arm))
    selection = dialect.chain_selections(arms, limit + 1)
    with on.cursor() as cursor:
        cursor.execute(selection.sql, selection.values)
        rows = cursor.fetchall()
    return _cut_to_limit(sorted(rows, key=lambda row: (row[0], -row[1], row[2] == "")), limit)


def _newest_matching(entries: SqlSelection, condition: SqlSelection, limit: int, scanned: int) -> SqlSelection:
    """The newest entries of which a condition holds, that the index knows nothing of.

    Where `scanned` entries were looked through and there may be more, one row without an id says how far it went.
    """
    if not condition.sql:
        return entries
    return SqlSelection(
        f"WITH entry AS MATERIALIZED ({entries.sql}) SELECT * FROM (SELECT place, public_id FROM entry "  # noqa: S608
        f"WHERE {condition.sql} ORDER BY place DESC LIMIT %s) AS fitting "
        "UNION ALL SELECT min(place), '' FROM entry HAVING count(*) = %s",
        (*entries.values, *condition.values, limit, scanned),
    )


def _condition(narrow: SearchFilter, named: NameMatches) -> SqlSelection:
    """What must be true of an `entry` beside its words."""
    parts, values = [], []
    if narrow.outlet:
        outlets = [outlet.id for outlet in named.outlet]
        marks = ", ".join(["%s"] * len(outlets))
        parts.append(
            "(EXISTS (SELECT 1 FROM record_printing AS printing "  # noqa: S608
            f"WHERE printing.statement = entry.public_id AND {current_condition('printing')} "
            f"AND printing.outlet IN ({marks})) "
            "OR EXISTS (SELECT 1 FROM record_current AS stands "
            f"WHERE stands.public_id = entry.public_id AND {current_condition('stands')} "
            f"AND stands.parent IN ({marks})))"
        )
        values += [*outlets, *outlets]
    if narrow.since or narrow.until:
        first, last = (day.isoformat() if day else "" for day in (narrow.since, narrow.until))
        parts.append(
            "EXISTS (SELECT 1 FROM record_current AS stands WHERE stands.public_id = entry.public_id "  # noqa: S608
            f"AND {current_condition('stands')} AND stands.sort <> '' AND stands.sort >= %s AND stands.sort <= %s)"
        )
        values += [first, last or "9999-12-31"]
    return SqlSelection(" AND ".join(parts), tuple(values))


def _cut_to_limit(rows: list[tuple[int, int, str]], limit: int) -> tuple[list[tuple[int, int, str]], str]:
    """The first hits, and the cursor after them where there may be more."""
    shown: list[tuple[int, int, str]] = []
    for stage, place, public_id in rows:
        if len(shown) == limit:
            return shown, f"{shown[-1][0]}.{shown[-1][1]}"
        if not public_id:
            return shown, f"{stage}.{place}"
        shown.append((stage, place, public_id))
    return shown, ""


def _hits(
    rows: list[tuple[int, int, str]], asked: list[QueryTerm], using: str
) -> tuple[list[Hit], dict[str, AnyDocument]]:
    """The hits, what they stand under or where that was merged, and through whom statements came: one query."""
    ids = [public_id for _, _, public_id in rows]
    above = current_rows(Current).filter(public_id__in=ids).exclude(parent="").values("parent")
    current = newest_rows(Publication.objects.using(using)).exclude(document=None).order_by()
    texts = current.values_list("public_id", "document")
    relayers = current_rows(Relay).filter(statement__in=ids).exclude(actor="").values("actor")
    named = current_rows(Reference).filter(source__in=ids).values("target")
    merged = texts.filter(kind="redirect", public_id__in=named)
    # Parts that each find their rows by the index of ids: PostgreSQL reads the whole log where they are joined by "or".
    parts = [merged, *(texts.filter(public_id__in=wanted) for wanted in (ids, above, relayers))]
    rows_of_log = parts[0].union(*parts[1:], all=True)
    documents = {public_id: decode(text) for public_id, text in rows_of_log if text is not None}
    hits = [
        Hit(
            public_id=public_id,
            kind=kind_of(document),
            document=document,
            label=mark_words(label_of(document), asked),
            snippet=snippet_of(document, label_of(document), asked),
            cursor=f"{stage}.{key}",
        )
        for stage, key, public_id in rows
        if (document := documents.get(public_id)) and not isinstance(document, Redirect)
    ]
    return hits, documents

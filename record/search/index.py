"""The index: what of each document is searched, and how it goes in and out of the database.

What stands now is in one table, the versions that were replaced in another beside it: a search of now reads nothing of
the second. What was withdrawn or erased is in neither.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from language.search_words import joined_form, searchable_terms

from ..documents import Actor, AnyDocument, Article, Claim, Outlet, Question, Redirect, Statement, Topic, kind_of
from ..documents.fields import additional_search_texts

TABLE, PAST_TABLE = "record_search", "record_search_past"
# The key of a row orders it: by kind, and within a kind by the `seq` of the version that stands.
RANKS = {"statement": 1, "article": 2, "outlet": 3, "claim": 4, "actor": 5, "question": 6, "topic": 7}
KEY_SHIFT = 40
MOST_TERMS = 10_000  # of one document; PostgreSQL holds 1 MB and 16,383 places
# Signs in terms that no text has: those are Latin letters and digits. Terms of labels and exact names are marked, and
# labels stand among the other words too: a column or a weight instead would make either database look through all that
# holds a common word anywhere to find the few that hold it in their label.
TRIGRAM_SIGN, EDGE_SIGN, STANCE_SIGN, SUBJECT_SIGN = "µ", "¤", "±", "¶"
LABEL_SIGN, EXACT_NAME_SIGN, SEPARATOR_SIGN = "ª", "§", "¦"
MAX_TRIGRAMS = 2000  # trigrams of all names of one actor
# The ranks whose entries lie together on PostgreSQL, the highest first. What is common among statements and rare among
# claims is found in either by its own index and statistics.
PARTITIONS = {"names": (5, 7), "claims": (4, 4), "sources": (2, 3), "statements": (1, 1)}
LARGEST_PARTITION = "statements"
POSTGRESQL_COLUMNS = {
    TABLE: "public_id varchar(12) NOT NULL",
    PAST_TABLE: "public_id varchar(12) NOT NULL, valid_before bigint NOT NULL",
}


def keys_of(first_rank: int, last_rank: int) -> tuple[int, int]:
    """The first and the last key that entries of these ranks can have."""
    return first_rank << KEY_SHIFT, ((last_rank + 1) << KEY_SHIFT) - 1


def _partitioned(table: str, columns: str) -> list[str]:
    """The statements that make a table of PostgreSQL, and one index for each part of it."""
    bounds = {name: keys_of(*ranks) for name, ranks in PARTITIONS.items()}
    return [
        f"CREATE TABLE {table} (id bigint PRIMARY KEY, {columns}, terms tsvector NOT NULL) PARTITION BY RANGE (id)",
        *(
            f"CREATE TABLE {table}_{name} PARTITION OF {table} FOR VALUES FROM ({first}) TO ({last + 1})"
            for name, (first, last) in bounds.items()
        ),
        f"CREATE INDEX {table}_terms ON {table} USING gin (terms)",
    ]


_FTS5 = "exact, label, body, tokenize='ascii', prefix='2 3'"
CREATE = {
    ("sqlite", TABLE): [f"CREATE VIRTUAL TABLE {TABLE} USING fts5 (public_id UNINDEXED, {_FTS5})"],
    ("sqlite", PAST_TABLE): [
        f"CREATE VIRTUAL TABLE {PAST_TABLE} USING fts5 (public_id UNINDEXED, valid_before UNINDEXED, {_FTS5})"
    ],
    **{("postgresql", table): _partitioned(table, columns) for table, columns in POSTGRESQL_COLUMNS.items()},
}


def create(on: BaseDatabaseWrapper, table: str = TABLE) -> None:
    """Makes one of the two tables, empty, on a connection."""
    with on.cursor() as cursor:
        for statement in CREATE[on.vendor, table]:
            cursor.execute(statement)


def drop(on: BaseDatabaseWrapper, table: str = TABLE) -> None:
    """Takes one of the two tables away."""
    with on.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")


def clear() -> None:
    """Empties the index within the transaction; readers see the old one until it commits."""
    for table in (TABLE, PAST_TABLE):
        if connection.vendor == "sqlite":
            drop(connection, table)
            create(connection, table)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def purge() -> None:
    """Rewrites the index, so that nothing of what was taken out is left in its pages. Slow: it is for erasures."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in (TABLE, PAST_TABLE):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def key_of(seq: int, kind: str) -> int:
    """Where a document of this kind stands in the order of what is found."""
    return (RANKS[kind] << KEY_SHIFT) + seq


def replace(*, gone: Iterable[tuple[int, AnyDocument]], standing: Iterable[tuple[int, AnyDocument]]) -> None:
    """Takes documents out of the index and puts others in, (seq, document) each. Redirects are never in it."""
    remove(key_of(seq, kind_of(document)) for seq, document in gone if not isinstance(document, Redirect))
    rows = [row_of(seq, document) for seq, document in standing if not isinstance(document, Redirect)]
    _insert(TABLE, ("public_id",), [(key, (public_id,), texts) for key, public_id, *texts in rows])


def add_past(versions: Iterable[tuple[int, int, AnyDocument]]) -> None:
    """Puts in versions that were replaced, (seq, seq of the version that replaced it, document) each."""
    rows = [(before, row_of(seq, document)) for seq, before, document in versions if not isinstance(document, Redirect)]
    columns = ("public_id", "valid_before")
    _insert(PAST_TABLE, columns, [(key, (public_id, before), texts) for before, (key, public_id, *texts) in rows])


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[int, tuple[str | int, ...], list[str]]]) -> None:
    """Adds (key, values of `columns`, texts) each."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("rowid", *columns, "exact", "label", "body")
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})",  # noqa: S608
                [(key, *values, *texts) for key, values, texts in rows],
            )
        else:
            with cursor.copy(f"COPY {table} ({', '.join(('id', *columns, 'terms'))}) FROM STDIN") as copy:
                for key, values, texts in rows:
                    copy.write_row((key, *values, _vector(*texts)))


def remove(keys: Iterable[int], table: str = TABLE) -> None:
    """Takes these entries out of the index, as far as it has them."""
    if not (keys := list(keys)):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(key,) for key in keys])  # noqa: S608
        else:
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [keys])  # noqa: S608


def entries_after(key: int, limit: int, table: str = TABLE) -> list[tuple[int, str]]:
    """(key, id) of the next entries in the order of their keys."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, public_id FROM {table} WHERE {column} > %s ORDER BY {column} LIMIT %s",  # noqa: S608
            [key, limit],
        )
        return cursor.fetchall()


def row_of(seq: int, document: AnyDocument) -> tuple[int, str, str, str, str]:
    """(key, id, exact names, terms of the label, terms of all) of one document; the first two marked as such."""
    label, rest = texts_of(document)
    exact = {name for name in map(joined_form, label) if name}
    labels = [term for text in label for term in searchable_terms(text, MOST_TERMS)][:MOST_TERMS]
    if isinstance(document, (Actor, Outlet)):
        exact |= set(sorted({part for term in labels for part in trigrams(term)})[:MAX_TRIGRAMS])
    body = [*labels, SEPARATOR_SIGN, *facet_terms(document)]
    for text in rest:
        body += searchable_terms(text, max(0, MOST_TERMS - len(body)))
    exact_names = [f"{EXACT_NAME_SIGN}{name}" for name in sorted(exact)]
    labels = [f"{LABEL_SIGN}{term}" for term in labels]
    return (
        key_of(seq, kind_of(document)),
        document.id,
        " ".join(exact_names),
        " ".join(labels),
        " ".join(body[:MOST_TERMS]),
    )


def texts_of(document: AnyDocument) -> tuple[list[str], list[str]]:
    """What is searched of a document: the texts that name it, and the rest, the editors' notes at its end."""
    label, rest = _own_texts(document)
    return label, [*rest, *(note.text for note in getattr(document, "notes", ()))]


def _own_texts(document: AnyDocument) -> tuple[list[str], list[str]]:
    match document:
        case Question():
            return [document.title], [document.description]
        case Topic():
            return [document.title], [document.introduction]
        case Claim():
            figure = document.figure
            rest = [name.text for subject in document.subjects for name in subject.names]
            if figure:
                numbers = (number for number in (figure.amount, figure.lower, figure.upper) if number is not None)
                rest += [*(format(number, "f") for number in numbers), figure.unit, figure.counted]
            return [document.text], rest
        case Actor():
            names = [document.name, *(name.text for name in document.names if name.text != document.name)]
            return names, [document.description, *(identifier.value for identifier in document.identifiers)]
        case Outlet():
            return [document.name], [document.owner]
        case Article():
            framed = (framing.words for framing in document.framings)
            return [document.headline], [document.byline, document.dateline, document.credited_agency, *framed]
        case Statement():
            printed = [
                text
                for appearance in document.appearances
                for text in (
                    appearance.printed_name,
                    appearance.passage.exact,
                    *(step.label for step in appearance.chain),
                )
            ]
            own = [document.summary, document.words, document.translation]
            return [], list(dict.fromkeys([*own, *printed, *additional_search_texts(document)]))
    return [], []


def speaker_term(public_id: str) -> str:
    """The term by which a speaker's statements are found: names change, and the index need not follow."""
    return f"by{public_id}"


def stance_term(stance: str) -> str:
    """The term by which statements that take a stance are found."""
    return f"{STANCE_SIGN}{stance}"


def subject_term(public_id: str) -> str:
    """The term by which the claims about an actor are found."""
    return f"{SUBJECT_SIGN}{public_id}"


def facet_terms(document: AnyDocument) -> list[str]:
    """What is found beside words: who speaks and which stances a statement takes, and the actors a claim is about."""
    if isinstance(document, Claim):
        return sorted({subject_term(subject.actor) for subject in document.subjects if subject.actor})
    if not isinstance(document, Statement):
        return []
    said = [speaker_term(document.speaker)] if document.speaker else []
    return said + sorted({stance_term(taken.stance) for taken in document.stances})


def trigrams(word: str) -> list[str]:
    """The runs of three letters in a folded word, its edges counted: what two spellings of a name have in common.

    As pg_trgm has them (two edges before, one behind), made by us for both databases.
    """
    edged = f"{EDGE_SIGN}{EDGE_SIGN}{word}{EDGE_SIGN}"
    return [f"{TRIGRAM_SIGN}{edged[start : start + 3]}" for start in range(len(edged) - 2)]


def _vector(exact: str, label: str, body: str) -> str:
    """The text of a tsvector."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(f"{label} {SEPARATOR_SIGN} {body} {SEPARATOR_SIGN} {exact}".split(), 1):
        places.setdefault(term, []).append(str(min(place, 16383)))
    return " ".join(f"'{term}':{','.join(where[:255])}" for term, where in places.items())


# Whether it holds what it should.


def differing_ids(current: Iterable[tuple[int, AnyDocument]]) -> Iterator[str]:
    """The ids of those documents whose entry in the index is missing or another."""
    rows = [row_of(seq, document) for seq, document in current]
    yield from _differing(TABLE, ("public_id",), [(key, (public_id,), texts) for key, public_id, *texts in rows])


def differing_past_ids(versions: Iterable[tuple[int, int, AnyDocument]]) -> Iterator[str]:
    """The same of versions that were replaced, each as `add_past` takes it."""
    rows = [(before, row_of(seq, document)) for seq, before, document in versions]
    columns = ("public_id", "valid_before")
    found = [(key, (public_id, before), texts) for before, (key, public_id, *texts) in rows]
    yield from _differing(PAST_TABLE, columns, found)


def _differing(
    table: str, columns: Sequence[str], rows: Sequence[tuple[int, tuple[str | int, ...], list[str]]]
) -> Iterator[str]:
    if not rows:
        return
    named = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(rows))
            cursor.execute(
                f"SELECT rowid, {named}, exact, label, body FROM {table} WHERE rowid IN ({marks})",  # noqa: S608
                [key for key, _, _ in rows],
            )
            found = set(map(tuple, cursor.fetchall()))
            alike = {key for key, values, texts in rows if (key, *values, *texts) in found}
        else:
            wanted = [(key, *values, _vector(*texts)) for key, values, texts in rows]
            types = ["bigint", *("text" if name == "public_id" else "bigint" for name in columns), "text"]
            unnested = ", ".join(f"%s::{name}[]" for name in types)
            cursor.execute(
                f"SELECT found.id FROM {table} AS found "  # noqa: S608
                f"JOIN unnest({unnested}) AS wanted (id, {named}, terms) "
                f"USING (id, {named}) WHERE found.terms = wanted.terms::tsvector",
                [list(column) for column in zip(*wanted, strict=True)],
            )
            alike = {key for (key,) in cursor.fetchall()}
    for key, values, _ in rows:
        if key not in alike:
            yield str(values[0])


def has_wrong_size(on: BaseDatabaseWrapper, documents: int, table: str = TABLE) -> bool:
    """Whether a table of the index has more or fewer entries than there are documents."""
    with on.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0] != documents

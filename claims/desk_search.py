"""What the desk finds by words: saved texts, and everything that is recorded, in any script and spelling.

The index is in `articles/desk_index.py`; a query is read, and its words are marked, as for readers (`record.search`).
Whoever may not read withheld names finds nothing by them: a hit counts if its texts hold the words without the names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from articles.desk_index import KEY_SHIFT, TABLE, rank_of
from articles.models import Capture
from language.search_words import joined_form, words_with_terms
from record.search import Segment, mark_words
from record.search.query import Postgresql, QueryTerm, Sqlite, read_query

from .privacy.redactor import Redactor

M = TypeVar("M", bound=Model)

SNIPPET_LENGTH = 220  # characters
MAX_LABEL_LENGTH = 300
MAX_SKIPPED = 200  # hits that are looked through for a page of those that may be shown


@dataclass(frozen=True)
class DeskHit:
    """One object that was found. `snippet` is a passage of a saved text, `words` and `occurrence` say where in it."""

    obj: Any
    label: list[Segment]
    snippet: list[Segment] = field(default_factory=list)
    words: str = ""
    occurrence: int = 1


@dataclass(frozen=True)
class DeskResult:
    """Hits of one noun, newest first; `after` is the key with which they go on, None at their end."""

    model: type[Model]
    hits: list[DeskHit]
    after: int | None


def find_objects(
    rows: QuerySet[M], asked: Sequence[QueryTerm], *, limit: int, below: int | None = None, redactor: Redactor | None
) -> DeskResult:
    """The newest of `rows` that hold every word, at most `limit`, with keys under `below`: two queries.

    `redactor` knows the names that may not be read; None where all may be.
    """
    most = MAX_SKIPPED if redactor else limit + 1
    if issubclass(rows.model, Capture):
        most = min(most, 3 * limit)  # each has a long text, which is read
    keys = newest_keys(rows.model, asked, limit=most, below=below)
    related = getattr(rows.model, "indexed_relations", ())
    found = rows.order_by("-pk").prefetch_related(*related).in_bulk(keys)
    hits: list[DeskHit] = []
    for key in keys:
        if key not in found:
            continue
        if redactor and not holds_words(redactor.redact("\n".join(found[key].indexed_texts())), asked):  # type: ignore[attr-defined]
            continue
        if len(hits) == limit:
            return DeskResult(rows.model, hits, hits[-1].obj.pk)
        hits.append(_hit(found[key], asked))
    return DeskResult(rows.model, hits, None)


def newest_keys(model: type[Model], asked: Sequence[QueryTerm], *, limit: int, below: int | None = None) -> list[int]:
    """The primary keys of the newest objects that hold every word: one query."""
    first, last = _keys_of(model)
    if below is not None:
        last = first + below - 1
    column, match, words = _match(asked)
    hits = f"SELECT {column} AS place FROM {TABLE} WHERE {match} AND {column} BETWEEN %s AND %s"  # noqa: S608
    if connection.vendor == "postgresql":  # left to itself it goes down the primary key for rare words, past all rows
        hits = f"WITH hits AS MATERIALIZED ({hits}) SELECT place FROM hits"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{hits} ORDER BY place DESC LIMIT %s", [words, first, last, limit])
        return [place - first for (place,) in cursor.fetchall()]


def keys_with_words(model: type[Model], words: str) -> RawSQL:
    """The primary keys of all objects of a noun that hold every word, for `pk__in`: none for words that say nothing."""
    asked = read_query(words)
    first, last = _keys_of(model)
    if not asked:
        return RawSQL("SELECT 0 WHERE 1 = 0", ())
    column, match, query = _match(asked)
    return RawSQL(  # noqa: S611 - what is typed is a parameter
        f"SELECT {column} - %s FROM {TABLE} WHERE {match} AND {column} BETWEEN %s AND %s",  # noqa: S608
        (first, query, first, last),
    )


def _keys_of(model: type[Model]) -> tuple[int, int]:
    rank = rank_of(model)
    return rank << KEY_SHIFT, ((rank + 1) << KEY_SHIFT) - 1


def _match(asked: Sequence[QueryTerm]) -> tuple[str, str, str]:
    """(column of the key, condition, its value) on this database."""
    if connection.vendor == "sqlite":
        return "rowid", f"{TABLE} MATCH %s", Sqlite().both(Sqlite().word(word, "") for word in asked)
    return "id", "terms @@ %s::tsquery", Postgresql().both(Postgresql().word(word, "") for word in asked)


def holds_words(text: str, asked: Iterable[QueryTerm]) -> bool:
    """Whether a text holds every word."""
    words = [(of, text[start:end]) for start, end, of in words_with_terms(text) if of]
    return all(any(_is_found(word, of, written) for of, written in words) for word in asked)


def _is_found(word: QueryTerm, of: Sequence[str], written: str) -> bool:
    return word.is_found_in(of) or bool(word.romanised and word.romanised == joined_form(written))


def _hit(obj: Model, asked: Sequence[QueryTerm]) -> DeskHit:
    label = mark_words(str(obj.article if isinstance(obj, Capture) else obj)[:MAX_LABEL_LENGTH], list(asked))
    if not isinstance(obj, Capture):
        return DeskHit(obj, label)
    start, end = _best_place(obj.text, asked)
    line = obj.text.rfind("\n", 0, start) + 1
    line_end = obj.text.find("\n", end)
    first = max(line, start - SNIPPET_LENGTH // 3)
    if first > line:
        first = obj.text.find(" ", first, start) + 1 or start
    last = min(len(obj.text) if line_end < 0 else line_end, first + SNIPPET_LENGTH)
    if last < len(obj.text) and obj.text[last] != "\n":
        last = max(obj.text.rfind(" ", end, last), end)
    words = obj.text[start:end]
    pieces = mark_words(obj.text[first:last], list(asked))
    before = [Segment("… ")] if first > line else []
    return DeskHit(obj, label, [*before, *pieces], words, _occurrence(obj.text, words, start))


def _best_place(text: str, asked: Sequence[QueryTerm]) -> tuple[int, int]:
    """Where the most of the words follow one another without a gap, the first such place; none is (0, 0)."""
    best, run, kinds = (0, 0), (0, 0), set[QueryTerm]()
    most = 0
    for start, end, of in words_with_terms(text):
        held = {word for word in asked if of and _is_found(word, of, text[start:end])}
        if not held:
            run, kinds = (0, 0), set()
            continue
        if run == (0, 0) or "\n" in text[run[1] : start]:
            run, kinds = (start, end), set()
        run, kinds = (run[0], end), kinds | held
        if len(kinds) > most:
            most, best = len(kinds), run
            if most == len(asked):
                break
    return best


def _occurrence(text: str, words: str, start: int) -> int:
    """Which of the places at which these words stand begins at `start`, as a browser counts them: the first is 1."""
    count, at = 1, text.find(words)
    while 0 <= at < start:
        count, at = count + 1, text.find(words, at + 1)
    return count

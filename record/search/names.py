"""Whom a reader's words name: actors and outlets, by any of their names, and spellings that come near them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.backends.base.base import BaseDatabaseWrapper
from rapidfuzz.distance import DamerauLevenshtein

from language.search_words import joined_form, searchable_terms
from language.search_words import words_with_terms as words_of

from ..documents import Actor, AnyDocument, Outlet, decode
from ..point_in_time import current_condition, moment, newest_condition
from .index import EXACT_NAME_SIGN, LABEL_SIGN, RANKS, keys_of, texts_of
from .query import Dialect, OtherNames, QueryTerm, SqlSelection, read_query

MAX_SPEAKERS = 30  # actors whose statements are found by their names
SHORT_NAME = 2  # letters of a name that is found as a whole word alone
MAX_OTHER_NAMES = 12  # of one actor, by which documents are found too
PLURAL = "s"  # with which the name of a people is written in English
MAX_CANDIDATES = 60  # names with which a misspelt word is compared
LIKENESS_THRESHOLD = 0.6  # of 1, by Damerau and Levenshtein: one letter in three may be another
_SLUG = re.compile(r"[-_0-9A-Za-z]{1,120}", re.ASCII)


def ranges_of(kinds: Iterable[str]) -> list[tuple[int, int]]:
    """The keys of the index that documents of these kinds have, neighbours joined."""
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(keys_of(RANKS[kind], RANKS[kind]) for kind in kinds):
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1] = (ranges[-1][0], last)
        else:
            ranges.append((first, last))
    return ranges


@dataclass
class NameMatches:
    """Who is named: `speakers` are ids by word, `actor` and `outlet` the documents that a filter means.

    `owners` are the ids that lead to each of them: its own, and those of what was merged into it. `other_names` are
    the further names of an actor whose whole name is a word of the query, or all of it: "Uighur" where the record knows
    an actor Uyghurs, also called Uighurs.
    """

    speakers: dict[QueryTerm, list[str]] = field(default_factory=dict)
    actor: list[Actor] = field(default_factory=list)
    outlet: list[Outlet] = field(default_factory=list)
    owners: dict[str, list[str]] = field(default_factory=dict)
    other_names: OtherNames = field(default_factory=dict)

    def ids(self, documents: Sequence[AnyDocument]) -> list[str]:
        return [owner for document in documents for owner in self.owners[document.id]]


def resolve_names(
    asked: list[QueryTerm], actor: str, outlet: str, on: BaseDatabaseWrapper, dialect: Dialect
) -> NameMatches:
    """Resolves words and filters in one query; in none where nothing can be a name.

    `actor` and `outlet` are an address, an id or a name in any spelling, or empty.
    """
    arms: dict[str, SqlSelection] = {}
    actors = ranges_of(["actor"])
    long = [word for word in asked if any(len(term) > SHORT_NAME for term in word.terms)]
    if long:
        match = dialect.either([dialect.word(word, LABEL_SIGN) for word in long])
        arms["speaker"] = dialect.newest(match, actors, None, MAX_SPEAKERS)
    if len(asked) > len(long):
        arms["speaker of all words"] = dialect.newest(dialect.all_of(asked, {}, LABEL_SIGN), actors, None, MAX_SPEAKERS)
    if forms := sorted({form for word in [*asked, _whole(asked)] for form in _forms_of(word)}):
        match = dialect.either([dialect.term(form, EXACT_NAME_SIGN) for form in forms])
        arms["exactly named"] = dialect.newest(match, actors, None, MAX_SPEAKERS)
    for kind, text in (("actor", actor), ("outlet", outlet)):
        if text:
            if _SLUG.fullmatch(text):
                arms[f"{kind} at"] = _at_address(kind, text)
            if words := read_query(text):
                match = dialect.all_of(words, {}, LABEL_SIGN)
                arms[kind] = dialect.newest(match, ranges_of([kind]), None, MAX_SPEAKERS)
    if not arms:
        return NameMatches()
    found, owners = _documents(on, arms)
    named = NameMatches(owners=owners)
    speakers = {document.id: document for arm in ("speaker", "speaker of all words") for document in found.get(arm, ())}
    for document in speakers.values():
        names = [searchable_terms(name) for name in texts_of(document)[0]]
        for word in asked:
            # A short name is the start of too many words: it is found whole.
            sought = word if word in long else replace(word, start=False, romanised="")
            if any(_has_word(name, sought) for name in names):
                named.speakers.setdefault(word, []).extend(owners[document.id])
    for document in found.get("exactly named", ()):
        for key, word in [*(((word,), word) for word in asked), ((), _whole(asked))]:
            if others := _other_names(word, texts_of(document)[0]):
                named.other_names.setdefault(key, []).extend(others)
    for kind, text in (("actor", actor), ("outlet", outlet)):
        setattr(named, kind, _filter_documents(found.get(f"{kind} at", []), found.get(kind, []), text))
    return named


def _at_address(kind: str, slug: str) -> SqlSelection:
    """What an address leads to; of the past what it led to, or would have: it may have come later."""
    owner = "SELECT owner FROM record_address WHERE valid_before_seq IS NULL AND kind = %s AND slug = %s"
    chosen, values = ("= %s", (kind, slug)) if moment() is None else (f"IN ({owner})", (kind, kind, slug))
    return SqlSelection(
        "SELECT 0 AS place, public_id FROM record_address resolved "  # noqa: S608
        f"WHERE {current_condition('resolved')} AND kind = %s AND slug {chosen}",
        values,
    )


def _whole(asked: list[QueryTerm]) -> QueryTerm:
    """All words of a query as one term; without terms where there is only one word."""
    terms = tuple(term for word in asked for term in word.terms) if len(asked) > 1 else ()
    return QueryTerm(terms, start=False, text=" ".join(word.text for word in asked) if terms else "")


def _forms_of(word: QueryTerm) -> list[str]:
    """The folded names that a word may be: as it is, and of many or of one ("Uyghur", "Uyghurs")."""
    form = joined_form(word.text)
    return (
        [form, f"{form}{PLURAL}", *([form.removesuffix(PLURAL)] if len(form) > SHORT_NAME + 1 else [])] if form else []
    )


def _other_names(word: QueryTerm, names: Sequence[str]) -> list[QueryTerm]:
    """The names in `names` by which the same is meant, if `word` is one of them; without the plural it leaves out."""
    form, forms = joined_form(word.text), _forms_of(word)
    written = next((joined_form(name) for name in names if joined_form(name) in forms), "")
    if not written:
        return []
    others: dict[tuple[str, ...], QueryTerm] = {}
    for name in names[:MAX_OTHER_NAMES]:
        terms = [term for _, _, of in words_of(name) for term in of]
        if terms and len(written) > len(form):
            terms[-1] = terms[-1].removesuffix(PLURAL) or terms[-1]
        if terms and "".join(terms) != form:
            start = len(terms[-1]) > SHORT_NAME + 1 and len(terms) == 1
            others[tuple(terms)] = QueryTerm(tuple(terms), start=start, text=name)
    return list(others.values())


def _filter_documents(at: list[AnyDocument], called: list[AnyDocument], text: str) -> list[AnyDocument]:
    """What stands at that address, else what has that very name, else all whose names hold those words."""
    exactly = [document for document in called if joined_form(text) in map(joined_form, texts_of(document)[0])]
    return at or exactly or called


def _documents(
    on: BaseDatabaseWrapper, arms: dict[str, SqlSelection]
) -> tuple[dict[str, list[AnyDocument]], dict[str, list[str]]]:
    """The documents that each arm selects, in its order, and the ids that lead to them: one query."""
    selected = " UNION ALL ".join(
        f"SELECT %s AS arm, place, public_id FROM ({arm.sql}) AS arm_{number}"  # noqa: S608
        for number, arm in enumerate(arms.values())
    )
    values = [value for name, arm in arms.items() for value in (name, *arm.values)]
    with on.cursor() as cursor:
        cursor.execute(
            f"WITH found AS ({selected}) "  # noqa: S608
            "SELECT found.arm, found.place, log.public_id, log.document FROM found "
            "JOIN record_publication log ON log.public_id = found.public_id "
            f"WHERE {newest_condition('log')} AND log.document IS NOT NULL "
            "UNION ALL SELECT '', 0, public_id, owner FROM record_address resolved "
            f"WHERE {current_condition('resolved')} AND owner <> public_id "
            "AND public_id IN (SELECT public_id FROM found)",
            values,
        )
        rows = cursor.fetchall()
    of: dict[str, list[AnyDocument]] = {}
    owners: dict[str, list[str]] = {}
    for arm, _, public_id, text in sorted((row for row in rows if row[0]), key=lambda row: (row[0], -row[1])):
        of.setdefault(arm, []).append(decode(text))
        owners[public_id] = [public_id]
    for owner, public_id in sorted({(row[3], row[2]) for row in rows if not row[0]}):
        if public_id in owners:
            owners[public_id].append(owner)
    return of, owners


def _has_word(found: list[str], word: QueryTerm) -> bool:
    size = len(word.terms)
    for start in range(len(found) - size + 1):
        part = tuple(found[start : start + size])
        if part == word.terms or (word.start and size == 1 and part[0].startswith(word.terms[0])):
            return True
    return bool(word.romanised) and any(term.startswith(word.romanised) for term in found)


# Misspelt names.


def corrected_query(asked: list[QueryTerm], on: BaseDatabaseWrapper, dialect: Dialect) -> list[str]:
    """The query with words that come near a name put as the name has them; empty where none does. One query."""
    plain = [word for word in asked if not word.quoted and len(joined_form(word.text)) > 3]
    if not plain:
        return []
    names = _similar_names([joined_form(word.text) for word in plain], on, dialect)
    better = {word: _nearest_word(word, names) for word in plain}
    if not any(better.values()):
        return []
    return [f'"{word.text}"' if word.quoted else better.get(word) or word.text for word in asked]


def similar_names(words: Sequence[str], limit: int, on: BaseDatabaseWrapper, dialect: Dialect) -> list[Actor | Outlet]:
    """The actors and outlets one of whose names comes near one of these words, nearest first. One query."""
    folded = [plain for plain in map(joined_form, words) if len(plain) > 3]
    if not folded:
        return []
    scored = []
    for document in _similar_names(folded, on, dialect):
        terms = {term for name in texts_of(document)[0] for term in searchable_terms(name)}
        nearness = max((_likeness(word, term[: len(word) + 1]) for term in terms for word in folded), default=0)
        if nearness >= LIKENESS_THRESHOLD:
            scored.append((-nearness, document.name, document))
    return [document for _, _, document in sorted(scored, key=lambda scored_name: scored_name[:2])[:limit]]


def _similar_names(folded: list[str], on: BaseDatabaseWrapper, dialect: Dialect) -> list[Actor | Outlet]:
    match = dialect.either([dialect.similar_spelling(word) for word in folded])
    found, _ = _documents(on, {"name": dialect.similar_to(match, ranges_of(["actor", "outlet"]), MAX_CANDIDATES)})
    return [document for document in found.get("name", []) if isinstance(document, Actor | Outlet)]


def _nearest_word(word: QueryTerm, names: Sequence[AnyDocument]) -> str:
    """The word of a name that comes nearest, in the reader's script where it is in several.

    "" where it is the word itself, or none is near.
    """
    folded, typed = joined_form(word.text), word.text.casefold()
    best, nearest = (0.0, 0.0), ""
    for document in names:
        for name in texts_of(document)[0]:
            for start, end, _ in words_of(name):
                written = name[start:end]
                likeness = (_likeness(folded, joined_form(written)), _likeness(typed, written.casefold()))
                if likeness[0] == 1:
                    return ""
                if likeness > best:
                    best, nearest = likeness, written
    return nearest if best[0] >= LIKENESS_THRESHOLD else ""


def _likeness(left: str, right: str) -> float:
    return DamerauLevenshtein.normalized_similarity(left, right)

"""Which names of a large table are worth comparing with a printed one: conditions that an index answers.

A name of a person begins with its given or its family name: each gives a few ranges of folds, one for each way in which
transliterations write its first letters, and the letters that none of them exchanges must come in order after it. A
family name alone also ends folds; a body's telling words may stand anywhere. Those two read all folds, which takes
hundredths of a second for 100,000, and are asked for a few names only.
"""

import re
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Q, TextField
from django.db.models.sql.compiler import SQLCompiler

from language.names import organizations, phonetics, russian_cases, unvowelled
from language.names.actors import is_role
from language.names.given_names import forms_of
from language.names.name_pairs import is_of_body
from language.names.other_folds import folds_of, korean_starts
from language.names.spellings import fold, spellings
from language.names.structure import begins_with_particle, take_apart

MAX_SPELLINGS = 300  # of one condition
MAX_SCANS = 10  # conditions that read all folds
MAX_PRINTED_NAMES = 60  # names that are looked for at once
# How the first letter of a careful spelling may be written, and the vowel after it.
_INITIAL_SPELLINGS = {
    "k": "k q c kh g", "g": "g gh k q j", "j": "j zh dj dzh dz g y z", "i": "i y j e ie iu ya", "e": "e ye je ie a i",
    "v": "v w u f", "f": "f ph", "h": "h kh x g ch k q", "4": "ch tch tsch c cz", "6": "sh sch s ch",
    "s": "s sz c z ts", "a": "a e o", "o": "o u a", "u": "u o w y", "t": "t th", "z": "z s", "d": "d dh",
}  # fmt: skip
_VOWEL_SPELLINGS = {"a": "aeo", "e": "eaiy", "o": "oua", "u": "uoyi", "i": "iyeju"}
_ARABIC_VOWELS = "\u0627\u0639"  # alif and ain, with which a vowel begins a name
_LONG_WORD = 7  # letters of a word whose first six every spelling of English writes
_STABLE_LETTER = re.compile("[blmnrtd]")


# Conditions of which one stands for hundreds: Django takes longer to build these than a database to answer them.


@dataclass(frozen=True)
class Spelling:
    """Folds that begin with one of `starts` and hold `letters` in this order, whatever stands between them."""

    starts: tuple[str, ...]
    letters: str = ""


@CharField.register_lookup
class SpellingLookup(Lookup):
    """`folded__spelled=[Spelling, …]`: one of the spellings. Both databases answer it from the index."""

    lookup_name = "spelled"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        groups: list[str] = []
        params: list[str | int] = []
        for spelling in self.rhs[:MAX_SPELLINGS]:
            letters = f" AND {left} LIKE %s" if spelling.letters else ""
            for start in spelling.starts:
                params += [*left_params, start, *left_params, start[:-1] + chr(ord(start[-1]) + 1)]
                params += [*left_params, f"%{'%'.join(spelling.letters)}%"] if letters else []
            # In brackets one by one: SQLite refuses an expression that is a thousand levels deep.
            groups.append(f"({' OR '.join([f'({left} >= %s AND {left} < %s{letters})'] * len(spelling.starts))})")
        return f"({' OR '.join(groups)})" if groups else "1 = 0", tuple(params)


@CharField.register_lookup
@TextField.register_lookup
class ContainsAnyLookup(Lookup):
    """`text__holds_any=["…", …]`: one of these stands in it, whatever its capitals."""

    lookup_name = "holds_any"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        ops = connection.ops
        like = connection.operators["icontains"]  # type: ignore[attr-defined]  # every backend has them, the base not
        holds = f"{ops.lookup_cast('icontains') % left} {like}"
        params = [param for text in self.rhs for param in (*left_params, f"%{ops.prep_for_like_query(text)}%")]
        return f"({' OR '.join([holds] * len(self.rhs))})" if self.rhs else "1 = 0", tuple(params)


def indexed_condition(printed: list[str]) -> Q:
    """A condition on ActorName that its index answers, for the names that may be like one of `printed`."""
    exact: set[str] = set()
    spelled: list[Spelling] = []
    for name in printed[:MAX_PRINTED_NAMES]:
        exact |= spellings(name) | folds_of(name)
        if is_role(name) or is_of_body(name):
            exact.add(organizations.initials_of(name).lower())
        elif phonetics.without_vowels(name):
            spelled += _consonant_spellings(name)
        else:
            spelled += _person_spellings(name)
    return Q(folded__in=sorted(exact)) | Q(folded__spelled=spelled)


def scan_condition(printed: list[str]) -> Q | None:
    """A condition that reads all folds; None where nothing asks for it."""
    found = None
    conditions = [condition for name in printed[:MAX_PRINTED_NAMES] for condition in _scan_conditions(name)]
    for condition in conditions[:MAX_SCANS]:
        found = condition if found is None else found | condition
    return found


def _person_spellings(name: str) -> list[Spelling]:
    """Folds that begin with the first or the last word of the name, with the stable letters of it all after that."""
    parts = take_apart(name)
    words = ["".join(parts.words)] if parts.syllables else list(parts.words)
    if not words or len("".join(words)) < 3:
        return []
    orders = [tuple(words), (words[-1], *words[:-1]), *((form, *words[1:]) for form in forms_of(words[0]))]
    if parts.russian and len(words) == len(name.split()):  # cases have endings with letters of their own
        stems = [phonetics.careful(fold(russian_cases.stem(word))) or word for word in name.split()]
        orders += [tuple(stems), (stems[-1], *stems[:-1])]
    if parts.whole != parts.words:
        orders += [parts.whole, (parts.whole[-1], *parts.whole[:-1]), (*parts.whole[1:], parts.whole[0])]
    sounding = ["".join(order) for order in dict.fromkeys(orders)]
    found = [Spelling(first_letters(sound), _stable_letters(sound) if len(words) > 1 else "") for sound in sounding]
    # A recorded name in letters without vowels folds to its consonants.
    bare = phonetics.skeleton(sounding[0])
    if starts := korean_starts(name):
        found.append(Spelling(starts))
    if len(bare) < 4:
        return found
    starts = (*first_letters(bare), f"{bare[0]}d") if bare[1] == "z" else first_letters(bare)  # ض is read as either
    return [*found, Spelling(starts, _stable_letters(bare))]


def _consonant_spellings(name: str) -> list[Spelling]:
    """The same for a name in letters that leave short vowels out: any vowel may follow its first letter."""
    words = unvowelled.words_of(name)
    bare = phonetics.skeleton("".join(phonetics.careful(fold(word)) for word in words))
    if len(bare) < 4:
        return []
    if words[0][0] in _ARABIC_VOWELS:
        return [Spelling(tuple("aeiou"), _stable_letters(f"a{bare}"))]
    ways = _INITIAL_SPELLINGS.get(bare[0], bare[0]).split()
    return [Spelling(tuple(f"{way}{vowel}" for way in ways for vowel in "aeiou"), _stable_letters(bare))]


def _stable_letters(sound: str) -> str:
    """The letters of a careful spelling that every transliteration writes, the first eight."""
    return "".join(_STABLE_LETTER.findall(sound[1:].replace("ts", "").replace("bdul", "bdu")))[:8]


def first_letters(sound: str) -> tuple[str, ...]:
    """The first letters, two or three, of folds that may write a name with this careful spelling."""
    first, second = sound[:1], sound[1:2]
    ways = _INITIAL_SPELLINGS.get(first, first).split()
    if first in "aeiou" or not second:
        return tuple(ways)
    after = _VOWEL_SPELLINGS.get(second) or _INITIAL_SPELLINGS.get(second, second).split()
    return tuple(f"{way}{letter}" for way in ways for letter in after)


def _scan_conditions(name: str) -> list[Q]:
    """A family name that ends a fold; the telling words of a body or a description, whatever their order."""
    if is_role(name) or is_of_body(name):
        words = sorted(organizations.words_of(name), key=lambda word: (-len(word), word))
        stems = [
            word[:4] if word in organizations.COUNTRIES or len(word) < _LONG_WORD else word[:6]
            for word in words
            if len(word) > 2
        ]
        found = Q()
        for stem in stems[:2]:
            found &= Q(folded__contains=stem)
        return [found] if stems else []
    parts = take_apart(name)
    if parts.syllables or not parts.words:
        return []
    if begins_with_particle(parts):
        return [Q(folded__endswith=fold(name))]
    if len(parts.words) != 1:
        return []
    folded = fold(parts.printed[0])
    return [Q(folded__endswith=folded)] if len(folded) >= 4 else []

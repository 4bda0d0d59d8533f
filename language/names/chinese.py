"""Chinese names in Latin letters: their syllables, in pinyin, as Wade and Giles write them, and out of Russian.

The syllables of pinyin are those of ISO 7098. The spelling of H. A. Giles (A Chinese-English Dictionary, 1912) is read
without its apostrophes and marks, which newspapers leave out: so "ch" may be zh, ch, j or q, and two spellings are
compared by what both may be read as. Russian spells by the rule of Palladius (1888), whose soft sign parts n from ng.
A character has the reading that anyascii gives it.
"""

import re
from functools import lru_cache
from itertools import islice, product

from . import phonetics
from .folded_words import HAN
from .lists import lines_from, words_from

MAX_SYLLABLES = 6  # of a name
MOST_SPELLINGS = 48  # of a name in one way of writing syllables
# Characters that are read otherwise in family names, or that anyascii reads otherwise than names do.
_READINGS = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao", "翟": "zhai", "盖": "ge",
    "任": "ren", "区": "ou", "种": "chong", "尉": "wei", "篪": "chi", "乐": "le", "缪": "miao", "重": "chong",
}  # fmt: skip


_READ_AS: dict[str, set[str]] = {}  # each spelling in Latin letters -> the syllables in pinyin that it may write
_RUSSIAN: dict[str, set[str]] = {}  # the same for spellings in Cyrillic letters, romanised
for _line in lines_from("syllables_of_china"):
    _syllable, _others, _cyrillic = (_part.strip() for _part in _line.split(":"))
    for _spelling in (_syllable, *_others.split()):
        _READ_AS.setdefault(_spelling, set()).add(_syllable)
    if _cyrillic:
        _RUSSIAN.setdefault(phonetics.romanise(_cyrillic).lower(), set()).add(_syllable)
for _spelling in [_spelling for _spelling in _RUSSIAN if _spelling.endswith("'")]:
    _RUSSIAN.setdefault(_spelling.rstrip("'"), set()).update(_RUSSIAN[_spelling])
_LONGEST = max(map(len, (*_READ_AS, *_RUSSIAN)))
_GILES_ONLY = {spelling for spelling, read in _READ_AS.items() if spelling not in read}
_SPELLINGS: dict[str, list[str]] = {}  # a syllable in pinyin -> its other spellings
for _spelling, _read in _READ_AS.items():
    for _syllable in _read - {_spelling}:
        _SPELLINGS.setdefault(_syllable, []).append(_spelling)
_SPELLINGS_IN_RUSSIAN: dict[str, list[str]] = {}
for _spelling, _read in _RUSSIAN.items():
    for _syllable in _read:
        _SPELLINGS_IN_RUSSIAN.setdefault(_syllable, []).append(_spelling)
_SIMPLIFIED = {
    pair[0]: pair[1]
    for name in ("han_variants", "kanji_variants")
    for line in lines_from(name)
    for pair in line.split()
}
_FAMILIES = words_from("families_in_pinyin")


def simplify_signs(name: str) -> str:
    """`name` with each Chinese or Japanese character in the simplified form of China, and without white space."""
    return "".join(_SIMPLIFIED.get(sign, sign) for sign in "".join(name.split()))


def pattern_of_signs(name: str) -> str:
    """A regular expression for names in these Chinese characters, simplified or traditional, with or without spaces.

    Empty where `name` holds anything else: such a name is told by its letters.
    """
    signs = "".join(name.split())
    if not signs or not re.fullmatch(f"[{HAN}]+", signs):
        return ""
    ways = ("".join(dict.fromkeys((_SIMPLIFIED.get(sign, sign), sign, *_traditional_of(sign)))) for sign in signs)
    return r"^\s*" + r"\s*".join(f"[{way}]" for way in ways) + r"\s*$"


def _traditional_of(sign: str) -> tuple[str, ...]:
    plain = _SIMPLIFIED.get(sign, sign)
    return tuple(traditional for traditional, simple in _SIMPLIFIED.items() if simple == plain)


@lru_cache(maxsize=4_000)
def readings(name: str) -> tuple[str, ...]:
    """The syllables of a name in Chinese characters, in pinyin."""
    signs = simplify_signs(name)
    return tuple(_READINGS.get(sign) or phonetics.romanise(sign).lower().strip() for sign in signs)


@lru_cache(maxsize=4_000)
def syllables(printed: tuple[str, ...], russian: bool = False) -> tuple[tuple[str, ...], ...]:
    """The syllables of each word of a name in Latin letters; empty where it is no Chinese name.

    One of its outer words must be a family name of China, and each word one of at most three syllables. A `russian`
    name is romanised from Cyrillic letters.
    """
    known = _RUSSIAN if russian else _READ_AS
    if not 2 <= len(printed) <= 3 or not any(_is_family(word, known) for word in (printed[0], printed[-1])):
        return ()
    found = tuple(_split(word, known) for word in printed)
    return found if all(found) and sum(map(len, found)) <= MAX_SYLLABLES else ()


def _is_family(word: str, known: dict[str, set[str]]) -> bool:
    return not _FAMILIES.isdisjoint((word, *known.get(word, ())))


def _split(word: str, known: dict[str, set[str]]) -> tuple[str, ...]:
    """The syllables of one word, hyphens and apostrophes between them kept; the longest first ones that fit."""
    if known is _READ_AS:
        word = _ASPIRATION.sub("", word)
    parts = re.split("[-'’ʼ`´]" if known is _READ_AS else "-", word)
    found = [_cut(part, known) for part in parts if part]
    row = tuple(syllable for part in found for syllable in part)
    return row if all(found) and len(row) <= 3 else ()


_ASPIRATION = re.compile("(?<=[ptkhsz])['’ʼ`´](?=[a-z])")


def _cut(part: str, known: dict[str, set[str]]) -> tuple[str, ...]:
    if len(part) > 3 * _LONGEST:
        return ()
    if part in known:
        return (part,)
    for size in range(min(len(part) - 1, _LONGEST), 0, -1):
        if part[:size] in known and (rest := _cut(part[size:], known)):
            return (part[:size], *rest)
    return ()


def are_two_words(word: str, other: str) -> bool:
    """Whether both are words of several Chinese syllables, and of other ones: Taiyuan and Taoyuan."""
    some, others = _split(word, _READ_AS), _split(other, _READ_AS)
    return min(len(some), len(others)) > 1 and not are_read_alike(some, others)


def are_read_alike(some: tuple[str, ...], others: tuple[str, ...], russian: tuple[bool, bool] = (False, False)) -> bool:
    """Whether two rows of syllables may write the same ones, each in pinyin or as Wade and Giles, or Russians, do."""
    first, second = (_RUSSIAN if is_russian else _READ_AS for is_russian in russian)
    return len(some) == len(others) and all(
        not first.get(syllable, {syllable}).isdisjoint(second.get(other, {other}))
        for syllable, other in zip(some, others, strict=True)
    )


def other_spellings(name: str, printed: tuple[str, ...] = (), russian: bool = False) -> list[str]:
    """A Chinese name in the other spellings of its syllables, the family name first; some, where they are many.

    `printed` are its words in Latin letters; without them `name` is in Chinese characters.
    """
    if not printed:
        read = [{syllable} for syllable in readings(name)]
    else:
        known = _RUSSIAN if russian else _READ_AS
        in_order = printed if _is_family(printed[0], known) else (printed[-1], *printed[:-1])
        row = [syllable for word in syllables(in_order, russian) for syllable in word]
        read = [known.get(syllable, {syllable}) for syllable in row]
    if not 2 <= len(read) <= MAX_SYLLABLES:
        return []
    pinyin = [sorted(ways) for ways in read]
    others = [sorted({spelling for way in ways for spelling in _SPELLINGS.get(way, ())}) or ways for ways in pinyin]
    cyrillic = [
        sorted({spelling for way in ways for spelling in _SPELLINGS_IN_RUSSIAN.get(way, ())}) for ways in pinyin
    ]
    return ["".join(row) for rows in (pinyin, others, cyrillic) for row in islice(product(*rows), MOST_SPELLINGS)]


def is_of_giles(some: tuple[str, ...]) -> bool:
    """Whether a syllable is none of pinyin."""
    return not _GILES_ONLY.isdisjoint(some)

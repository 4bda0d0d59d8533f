"""Korean names: a name in Hangul, and how its bearers may write it in Latin letters.

Hardly anybody writes a name by the rule: each sound has the spellings of the Revised Romanization (2000), of McCune and
Reischauer (1939) and of custom, and family names have their own (lists/families_of_korea.txt). A Hangul syllable is
taken apart by its code point (The Unicode Standard, 3.12).
"""

import re
import unicodedata
from functools import lru_cache

from . import phonetics
from .lists import lines_from

MAX_SYLLABLES = 6  # of a name
_FIRST, _LAST, _VOWELS, _CODAS = 0xAC00, 0xD7A3, 21, 28
_SOUNDS = [
    (kind.strip(), ways.split()) for kind, _, ways in (line.partition(":") for line in lines_from("sounds_of_hangul"))
]
_ONSET_SPELLINGS, _VOWEL_SPELLINGS, _CODA_SPELLINGS = (
    [[way.strip("-") for way in ways] for kind, ways in _SOUNDS if kind == part] for part in ("onset", "vowel", "coda")
)
_FAMILY_SPELLINGS = {
    family: tuple(spellings) for line in lines_from("families_of_korea") for family, *spellings in [line.split()]
}
_FAMILIES: dict[str, set[str]] = {}
for _family, _spellings in _FAMILY_SPELLINGS.items():
    for _spelling in _spellings:
        _FAMILIES.setdefault(_spelling, set()).add(_family)
# Latin spellings of vowels -> the sounds that they may write.
_VOWEL_SOUNDS: dict[str, set[int]] = {}
for _place, _ways in enumerate(_VOWEL_SPELLINGS):
    for _way in _ways:
        _VOWEL_SOUNDS.setdefault(_way, set()).add(_place)
_CONSONANTS = str.maketrans({"k": "g", "t": "d", "p": "b", "l": "r", "c": "j", "z": "j", "f": "b"})
_RUN = re.compile(r"(?P<consonants>[^aeiouwy]*)(?P<vowels>[aeiouwy]*)")


def _is_syllable(sign: str) -> bool:
    return _FIRST <= ord(sign) <= _LAST


@lru_cache(maxsize=2_000)
def _pattern_of(word: str) -> re.Pattern[str]:
    """What matches the Latin spellings of Hangul syllables, written as one word."""
    return re.compile("".join(f"(?:{_syllable_pattern(sign)})" for sign in word))


def _syllable_pattern(sign: str) -> str:
    onset, rest = divmod(ord(sign) - _FIRST, _VOWELS * _CODAS)
    vowel, coda = divmod(rest, _CODAS)
    spelled = (_ONSET_SPELLINGS[onset], _VOWEL_SPELLINGS[vowel], _CODA_SPELLINGS[coda])
    return "".join(f"(?:{'|'.join(ways)})" for ways in spelled)


def may_be_written(hangul: str, latin: tuple[str, ...]) -> bool:
    """Whether a name in Hangul may be written so in Latin letters, its family name first or last."""
    name = "".join(sign for sign in unicodedata.normalize("NFC", hangul) if _is_syllable(sign))
    words = [re.sub("[-'’]", "", word) for word in latin]
    if not 2 <= len(name) <= MAX_SYLLABLES or not words or len("".join(words)) > 8 * MAX_SYLLABLES:
        return False
    for size in (2, 1):
        if name[:size] not in _FAMILY_SPELLINGS and (size == 2 or len(name) < 2):
            continue
        family, given = name[:size], name[size:]
        for first, *rest in (words, [words[-1], *words[:-1]]):
            written = first in _FAMILY_SPELLINGS.get(family, ()) or bool(_pattern_of(family).fullmatch(first))
            if written and given and rest and _pattern_of(given).fullmatch("".join(rest)):
                return True
    return False


def may_be_one_name(some: tuple[str, ...], others: tuple[str, ...], russian: bool = False) -> bool:
    """Whether two names in Latin letters may write one Korean name, each with its family name first or last.

    Russian writes n for ng: where one name is `russian`, the two are not told apart.
    """
    return any(
        not _FAMILIES[first].isdisjoint(_FAMILIES[other])
        and _sound_alike("-".join(rest), "-".join(others_rest), russian)
        for first, *rest in _orders(some)
        for other, *others_rest in _orders(others)
    )


def are_two_names(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two names in Latin letters are Korean, their given names in two syllables, and not one name."""
    return _is_in_syllables(some) and _is_in_syllables(others) and not may_be_one_name(some, others)


@lru_cache(maxsize=4_000)
def _is_in_syllables(words: tuple[str, ...]) -> bool:
    """Whether a family name stands first, and two syllables of Korea after it."""
    if not words or words[0] not in _FAMILIES:
        return False
    runs = [_runs(syllable) for syllable in re.split("[- ]", " ".join(words[1:]))]
    vowels = [[vowel for _, vowel in of_syllable if vowel] for of_syllable in runs]
    return len(runs) == 2 and all(len(of_syllable) == 1 and _sounds(of_syllable[0]) for of_syllable in vowels)


def is_family(word: str) -> bool:
    """Whether a word in Latin letters is a family name of Korea."""
    return word in _FAMILIES


def starts_of(hangul: str) -> tuple[str, ...]:
    """How the Latin spellings of a name in Hangul may begin: the family name and the first consonant after it."""
    family, given = hangul[:1], hangul[1:2]
    if family not in _FAMILY_SPELLINGS or not given or not _is_syllable(given):
        return ()
    onset = (ord(given) - _FIRST) // (_VOWELS * _CODAS)
    return tuple(f"{spelling}{way}" for spelling in _spellings_of(family) for way in _ONSET_SPELLINGS[onset])


def starts_of_latin(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same for a name in Latin letters, with all spellings of its family name."""
    found: set[str] = set()
    for family, *given in _orders(words):
        consonants = _RUN.match("".join(given).replace("-", ""))
        first = consonants["consonants"] if consonants else ""
        ways = {way for row in _ONSET_SPELLINGS if first in row for way in row}
        found |= {f"{way}{onset}" for name in _FAMILIES[family] for way in _spellings_of(name) for onset in ways}
    return tuple(sorted(found))


def _spellings_of(family: str) -> tuple[str, ...]:
    """The Latin spellings of a family name, and the fold of its Hangul."""
    return (*_FAMILY_SPELLINGS[family], phonetics.romanise(family).lower().replace(" ", ""))


@lru_cache(maxsize=4_000)
def _orders(words: tuple[str, ...]) -> list[list[str]]:
    plain = [re.sub("['’]", "", word) for word in words]
    if not 2 <= len(plain) <= 3 or len("".join(plain)) > 8 * MAX_SYLLABLES:
        return []
    return [order for order in (plain, [plain[-1], *plain[:-1]]) if order[0] in _FAMILIES]


def _sound_alike(given: str, other: str, russian: bool) -> bool:
    if russian:
        given, other = (
            name.replace("ng", "n").replace("kh", "h").replace("chzh", "j").replace("ae", "e")
            for name in (given, other)
        )
    runs, other_runs = _runs(given), _runs(other)
    return (
        len(runs) == len(other_runs)
        and sum(bool(vowels) for _, vowels in runs) > 1
        and all(
            consonants == other_consonants
            and (vowels == other_vowels or not _sounds(vowels).isdisjoint(_sounds(other_vowels)))
            for (consonants, vowels), (other_consonants, other_vowels) in zip(runs, other_runs, strict=True)
        )
    )


def _runs(given: str) -> list[tuple[str, str]]:
    """The consonants and the vowels after them, of one kind made one."""
    given = given.replace("wh", "hw")
    found = []
    for match in _RUN.finditer(given):
        if match.group():
            plain = (
                match["consonants"]
                .replace("-", "")
                .replace("ng", "N")
                .replace("sh", "s")
                .replace("ch", "j")
                .replace("ck", "k")
            )
            found.append((re.sub(r"(.)\1", r"\1", plain.translate(_CONSONANTS)), match["vowels"]))
    return found


def _sounds(vowels: str) -> set[int]:
    return _VOWEL_SOUNDS.get(vowels, set())

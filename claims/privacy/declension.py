"""The forms of one word of a name: cases, possessives, plurals, articles, particles."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from language.names.folded_words import POINTS, fold_word, is_cyrillic

if TYPE_CHECKING:
    import pymorphy3

_HARD_ENDINGS = (
    "a", "u", "y", "e", "o", "i", "om", "em", "am", "ami", "akh", "ov", "ovi", "evi", "iv", "ym", "owi", "owej",
    "owie", "iem", "owa", "ou", "ove", "ovou",
)  # fmt: skip
_SOFT_ENDINGS = (
    "ya", "yu", "i", "e", "em", "yem", "yom", "yom", "iom", "yev", "yam", "yami", "yakh", "ia", "iu", "ei", "eyu",
    "evi", "ievi",
)  # fmt: skip
# Of -ov, -ev, -in.
_FAMILY_NAME_ENDINGS = (
    "ym", "ykh", "ymi", "y", "a", "u", "e", "om", "im", "i", "iv", "ovi",
)  # fmt: skip
_FEMALE_ENDINGS = (
    "y", "e", "u", "i", "oy", "oyu", "oi", "oiu", "oio", "ei", "ey", "eyu", "yn", "ykh", "ym", "ymi", "iy", "ii",
    "iyu", "yeyu",
)  # fmt: skip
_ADJECTIVE_ENDINGS = (
    "iy", "yy", "oy", "ii", "yi", "ogo", "oho", "oo", "omu", "im", "ym", "om", "aya", "oi", "uyu", "oyu", "ie",
    "ye", "ikh", "ykh", "imi", "ymi", "a", "u", "iyi", "iyu",
)  # fmt: skip
# Endings of Kazakh and its neighbours, as they are joined to names.
_TURKIC_ENDING = re.compile(
    "(?:л[аы]р|лер|д[аы]р|дер|т[аы]р|тер)?(?:н[ыі]ң|д[ыі]ң|т[ыі]ң|нын|нин|дын|дин|тын|тин|нун|дун|тун|н[ыіи]|д[ыіи]|т[ыіи]|"
    "ғ[а]|ге|қ[а]|ке|г[а]|к[а]|н[а]|не|д[а]|де|т[а]|те|д[а]н|ден|т[а]н|тен|н[а]н|нен|мен|бен|пен|лар|лер|дар|дер|тар|тер)$"
)
_APOSTROPHES = re.compile("['’ʼ`´]")
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه",
     "ؤ": "و", "ئ": "ي", "ک": "ك", "ء": ""}
)  # fmt: skip
_ARABIC_PREFIX = re.compile("^(?:[وف]?(?:[بكل]?ال|لل|[بكلس])|[وف])(?=..)")


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> frozenset[str]:
    """The folds of all forms of one word of a name, in whatever script, but for its own."""
    folded = fold_word(word)
    forms = set(inflected_forms(folded))
    if is_cyrillic(word):
        forms |= {fold_word(form) for form in _dictionary_forms(word.lower())}
    return frozenset(forms - {folded})


def base_forms(word: str) -> list[str]:
    """What `word` may be a form of, where its ending can only be an ending: folds."""
    folded, found = fold_word(word), []
    if word.isascii() or not is_cyrillic(word):
        if len(folded) > 3 and folded.endswith("s"):
            found.append(folded[:-1])
        if len(folded) > 5 and folded.endswith("es"):
            found.append(folded[:-2])
    elif match := _TURKIC_ENDING.search(word.lower()):
        found.append(fold_word(word[: match.start()]))
    return [form for form in found if len(form) > 1]


def arabic_bases(word: str) -> list[str]:
    """An Arabic word without vowel marks and variants of letters: as it is, and without article and prefixes."""
    plain = arabic_letters(word)
    found = [plain]
    for _ in range(2):
        match = _ARABIC_PREFIX.match(found[-1])
        if not match:
            break
        found += [plain[1:]] if plain[:1] in "وف" and len(found) == 1 and len(plain) > 3 else []
        found.append(found[-1 if len(found) == 1 else 0][match.end() :])
    if plain.startswith("عبدال"):
        found.append(plain[5:])
    return list(dict.fromkeys(form for form in found if len(form) > 1))


def arabic_letters(word: str) -> str:
    """An Arabic word in one spelling: no marks, one alef, ya and ta."""
    return re.sub(f"[{POINTS}]", "", word).translate(_ARABIC_LETTERS)


def inflected_forms(folded: str) -> Iterator[str]:
    """Endings of Russian and Ukrainian on the romanised word; of a stem that they do not suit they make no word."""
    if len(folded) < 2 or not folded.isalnum():
        return
    if match := re.search("(?<=[stzck]k)(?:iy|yy|ii|y|i|oy|aya|aia|a)$", folded):
        yield from (folded[: match.start()] + end for end in _ADJECTIVE_ENDINGS)
    if match := re.search("(?<=[^aeiouy])(?:yy|oy|aya|aia)$", folded):
        yield from (folded[: match.start()] + end for end in _ADJECTIVE_ENDINGS)
    if folded.endswith(("ya", "ia")):
        yield from (folded[:-2] + end for end in ("i", "yu", "iu", "e", "ey", "ei", "eyu", "yey", "iy", "ii"))
        yield from (folded[:-1] + end for end in ("i", "yu", "u", "y", "e", "yey", "ey", "ei"))
        yield from (folded[:-2] + "i" + end for end in ("i", "yu", "ey", "ei", "yey", "yeyu"))
    elif folded.endswith("a"):
        yield from (folded[:-1] + end for end in _FEMALE_ENDINGS)
    elif folded.endswith("o"):
        yield from (folded[:-1] + end for end in _HARD_ENDINGS)
    elif re.search("[aeiouy][iy]$", folded):
        yield from (folded[:-1] + end for end in _SOFT_ENDINGS)
    elif folded[-1] in "eiuy":
        yield from (folded[:-1] + end for end in ("a", "u", "em", "i", "yu", "ya"))
    else:
        family = re.search("(?:ov|ev|in|yn)$", folded)
        yield from (folded + end for end in (_FAMILY_NAME_ENDINGS if family else (*_HARD_ENDINGS, *_SOFT_ENDINGS)))
        if fleeting := re.fullmatch("(.*[^aeiouy])?(e|o|ye)([^aeiouy]{1,2})", folded):
            yield from ((fleeting[1] or "") + fleeting[3] + end for end in (*_HARD_ENDINGS, *_SOFT_ENDINGS))


def _dictionary_forms(word: str) -> set[str]:
    """The forms that the dictionary of Russian has of a name: they know of Павел and Павла."""
    forms = set()
    for parse in analyzer().parse(_APOSTROPHES.sub("", word)):
        tag = parse.tag
        named = {"Name", "Surn", "Patr"} & tag.grammemes
        if "nomn" not in tag or not (parse.is_known or "Surn" in tag) or not (named or tag.POS in ("NOUN", "ADJF")):
            continue
        forms |= {form.word for form in parse.lexeme if form.tag.gender in (None, tag.gender) or "plur" in form.tag}
    return forms


@cache
def analyzer() -> "pymorphy3.MorphAnalyzer":
    """pymorphy3 with its dictionaries: a tenth of a second and 30 MB, the first time that a Cyrillic name is met."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def is_russian_word(word: str) -> bool:
    """Whether a Cyrillic word is one of the language beside being a name, as Мороз and Вера are."""
    known = [parse for parse in analyzer().parse(word.lower()) if parse.is_known]
    names = {"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Init"}
    return any(not names & parse.tag.grammemes and parse.score > 0.01 for parse in known)


@lru_cache(maxsize=50_000)
def is_russian_given_name(word: str) -> bool:
    """Whether the dictionary has this word, or what it is a form of, as a given name."""
    return any(parse.is_known and "Name" in parse.tag for parse in analyzer().parse(word.lower()))

"""Names of bodies, outlets and groups: compared as sets of words, countries and kinds of office made one."""

import re
from functools import lru_cache

from anyascii import anyascii

from .common import common_words
from .lists import lines_from, words_from

_COMMON = common_words()
_LINES = [line.partition(":") for line in lines_from("countries")]
COUNTRIES: dict[str, str] = {country.strip(): forms.strip() for country, _, forms in _LINES}
_PHRASES: list[tuple[re.Pattern[str], str]] = _COMMON.PHRASES
_OFFICES: frozenset[str] = _COMMON.OFFICES
_PLACE = {form: country for country, forms in COUNTRIES.items() for form in (country, *forms.split())}
_EMPTY = words_from("empty")
_LEGAL_FORMS = {form: kind for kind, line in enumerate(lines_from("legal_forms")) for form in line.split()}
_SHORT_FORM = 3  # letters of a legal form that must be in capitals
_WORD = re.compile(r"[a-z0-9]+(?:-department)?")
_CAPITALIZED_FORMS = frozenset(form.capitalize() for form in _COMMON.CAPITALIZED_LEGAL_FORMS)
_NUMBER = re.compile(r"\d+")
_REMARK = re.compile(r"\(([^()]*)\)")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\. ?){2,}(?:[A-Za-z]\b)?")
_ACRONYM = re.compile(rf"\s*(?:{_COMMON.ARTICLE} )?(?P<letters>[A-Z](?:\.?[A-Z&/]){{1,6}})\.?\s*")
_TRANSLATIONS = {
    foreign.strip(): english.strip() for foreign, _, english in (line.partition(":") for line in lines_from("bodies"))
}
_FOREIGN = re.compile(
    "|".join(
        re.escape(phrase) if not phrase[0].isascii() and len(phrase) < 8 and "\u3400" <= phrase[0] <= "\u9fff"
        else rf"\b{re.escape(phrase)}\b"
        for phrase in sorted(_TRANSLATIONS, key=len, reverse=True)
    ),
    re.IGNORECASE,
)  # fmt: skip


def names_of_translation(english: str) -> list[str]:
    """The names in other languages that are translated so."""
    wanted = english.lower().strip()
    return [foreign for foreign, translation in _TRANSLATIONS.items() if translation == wanted]


@lru_cache(maxsize=4_000)
def acronym(name: str) -> str:
    """The letters of a name that is an acronym ("UN", "RFE/RL", "the U.S."); empty for others."""
    match = _ACRONYM.fullmatch(name if name.isascii() or not name.isupper() else anyascii(name))
    return re.sub("[^A-Z]", "", match["letters"]) if match else ""


@lru_cache(maxsize=4_000)
def translate_bodies(name: str) -> str:
    """`name` with the words of other languages for bodies and countries in the common one."""
    return _FOREIGN.sub(lambda match: f" {_TRANSLATIONS[match[0].lower()]} ", name).strip()


@lru_cache(maxsize=4_000)
def words_of(name: str) -> frozenset[str]:
    """The words that tell one body from another."""
    return frozenset(_without_forms(name) or _ordered_words(name))


@lru_cache(maxsize=4_000)
def _ordered_words(name: str) -> tuple[str, ...]:
    if letters := acronym(name):
        letters = letters.lower()
        known = next((by for pattern, by in _PHRASES if pattern.fullmatch(letters)), _PLACE.get(letters, letters))
        return (_singular(known),)
    latin = translate_bodies(name)
    latin = _without_dots(latin).lower()
    for pattern, by in _PHRASES:
        latin = pattern.sub(by, latin)
    words = (_PLACE.get(word, word) for word in _WORD.findall(latin))
    return tuple(_singular(word) for word in words if word not in _EMPTY)


def _singular(word: str) -> str:
    """A word without its plural; of the people of a country that no list has, the country."""
    if word in COUNTRIES:
        return word
    word = word[:-1] if len(word) > 4 and word.endswith("s") else word
    return word[:-1] if len(word) > 5 and word.endswith(_COMMON.ENDING_OF_PEOPLES) else word


def _without_dots(name: str) -> str:
    """`name` in Latin letters, “S.p.A.” and “J. P.” as one word each."""
    return _DOTTED.sub(lambda match: re.sub("[. ]", "", match[0]) + " ", anyascii(name))


@lru_cache(maxsize=4_000)
def legal_forms(name: str) -> frozenset[int]:
    """The kinds of legal form that a name bears, as numbers: Ltd and Limited are of one kind.

    They stand behind, some in a row ("Co., Ltd"), and before where Russians put them.
    """
    words = re.findall(r"[A-Za-z]+", _without_dots(name))
    found: list[str] = []
    for word in reversed(words[1:]):
        if word.lower() not in _LEGAL_FORMS or not (_is_no_other_word(word) or found):
            break
        found.append(word)
    if len(words) > 1 and len(words[0]) == _SHORT_FORM and words[0].lower() in _LEGAL_FORMS and words[0].isupper():
        found.append(words[0])
    return frozenset(_LEGAL_FORMS[word.lower()] for word in found)


def _is_no_other_word(form: str) -> bool:
    """Whether a word can only be a legal form: it is long, begins and ends in capitals, or has no vowel."""
    return (
        len(form) > _SHORT_FORM
        or (form[0].isupper() and form[-1].isupper())
        or not set("aeiou") & set(form.lower())
        or form in _CAPITALIZED_FORMS
    )


@lru_cache(maxsize=4_000)
def remark_of(name: str) -> frozenset[str]:
    """The words in brackets, by which namesakes are kept apart: "Global Labs (Sweden)"."""
    return frozenset(word for remark in _REMARK.findall(name) for word in _ordered_words(remark))


def initials_of(name: str) -> str:
    """The first letters of its words, small words left out: "Radio Free Asia" -> RFA."""
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", anyascii(name))
    return "".join(word[0] for word in words if word.lower() not in _EMPTY).upper()


@lru_cache(maxsize=4_000)
def _possible_initials(name: str) -> set[str]:
    """The first letters of its words: with and without small words, legal forms, and the country."""
    words = re.findall(r"[A-Za-z]+", anyascii(re.sub(r"['’]s\b", "", name)))
    telling = [word for word in words if word.lower() not in _EMPTY]
    bare = [word for word in telling if word.lower() not in _LEGAL_FORMS]
    homeless = [word for word in bare if word.lower() not in _PLACE]
    rows = (words, telling, bare, homeless)
    return {initials_of(name), *("".join(word[0] for word in row).upper() for row in rows)}


def compare(name: str, other: str) -> tuple[str, float, str]:
    """(level, score, why) for two names of which at least one is that of a body."""
    name, other = translate_bodies(name), translate_bodies(other)
    first, second = words_of(name), words_of(other)
    if not first or not second:
        return "", 0.0, ""
    if _REMARK.search(name) and _REMARK.search(other) and remark_of(name) != remark_of(other):
        return "", 0.1, "set apart by what stands in brackets"
    numbers, others = (set(_NUMBER.findall(" ".join(words))) for words in (first, second))
    if numbers and others and numbers != others:
        return "", 0.1, "of another number"
    if first == second:
        return _compare_order(name, other, first)
    for short, long in ((name, other), (other, name)):
        letters = acronym(short) or (short.upper() if re.fullmatch("[A-Z][A-Za-z]{3,7}", short) else "")
        if len(letters) > 1 and not acronym(long) and letters in _possible_initials(long):
            return "likely", 0.85, f"{letters} are the first letters of the other"
        if len(letters) > 1 and letters in map(acronym, _REMARK.findall(long)):
            return "likely", 0.86, f"{letters} stands in brackets behind the other"
    mine, theirs = (words & COUNTRIES.keys() for words in (first, second))
    if mine and theirs and mine != theirs:
        return "", 0.1, "of another country"
    shared, either = len(first & second), len(first | second)
    if first < second or second < first:
        if bool(mine) != bool(theirs) and shared > 1:
            return "possible", 0.6, "the same words; one names the country"
        return "possible", 0.5 * shared / either + 0.1, "all words of the shorter"
    if shared / either >= 0.6:
        return "possible", 0.5 * shared / either, "most words the same"
    return "", 0.3 * shared / either, ""


def _compare_order(name: str, other: str, words: frozenset[str]) -> tuple[str, float, str]:
    """Names of the same words: the order tells Washington University from the University of Washington."""
    forms, other_forms = legal_forms(name), legal_forms(other)
    if forms and other_forms and forms.isdisjoint(other_forms):
        return "likely", 0.75, "the same words, in another legal form"
    if bool(forms) != bool(other_forms) and len(words) == 1:
        return "likely", 0.85, "the same word; only one names the legal form"
    aside = _OFFICES | COUNTRIES.keys() | _LEGAL_FORMS.keys()
    telling, other_telling = ([w for w in _ordered_words(text) if w not in aside] for text in (name, other))
    if telling == other_telling and (words & _OFFICES or _ordered_words(name) == _ordered_words(other)):
        return "same", 0.97, "the same words, order and form aside"
    if set(_ordered_words(name)) == set(_ordered_words(other)) and telling != other_telling:
        return "likely", 0.7, "the same words in another order"
    if _without_forms(name) == _without_forms(other):
        return "same", 0.97, "the same words, order and form aside"
    return "likely", 0.75, "the same words in another order"


def _without_forms(name: str) -> list[str]:
    """Its words in order without those that stand as its legal form: the SE of "SE Asia News" is none."""
    forms = legal_forms(name)
    return [word for word in _ordered_words(name) if _LEGAL_FORMS.get(word) not in forms]

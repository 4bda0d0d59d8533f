"""Names in letters that leave vowels out, Arabic, Hebrew and Indic, against names in Latin letters.

Each letter has the spellings that transliterations give it (for Arabic and Hebrew those of the ALA-LC romanization
tables and of newspapers); vowels that the script does not write may stand between them, vowels that it writes must.
"""

import re
import unicodedata
from functools import lru_cache

from . import phonetics
from .lists import words_from

MAX_LETTERS = 30  # of a word that is compared
_ARABIC_POINTS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_INDIC = re.compile("[\u0900-\u0dff]")
_TITLES = words_from("titles_in_arabic_letters")
_ONE_LETTER = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه",
    "ۀ": "ه", "ے": "ي",
})  # fmt: skip
# Letters of Arabic, Persian and Urdu -> what they are in careful spelling (phonetics.careful).
_ARABIC = {
    "ب": "[bp]", "ت": "t", "ث": "[ts]", "ج": "(?:j|g|dj|i)", "ح": "h?", "خ": "(?:h|k)", "د": "d", "ذ": "(?:d|z)",
    "ر": "r", "ز": "z", "س": "s", "ش": "(?:6|4|s)", "ص": "s", "ض": "(?:d|z)", "ط": "t", "ظ": "(?:z|d)", "ع": "[aeiou]?",
    "غ": "(?:g|r)", "ف": "f", "ق": "(?:k|g|)", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "(?:h|a|e|ah|eh|at|)",
    "پ": "p", "چ": "4", "گ": "g", "ژ": "j", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n?",
    "ا": "(?:[ae]+|o|u)", "و": "(?:v|[ou]+|au|av|o?v|uv)", "ي": "(?:[ei]+|ai|a?i|ia)", "ء": "",
    "ئ": "[iye]?", "ؤ": "[uo]?",
}  # fmt: skip
_ARABIC_INITIALS = {"ا": "[aeiou]", "ي": "(?:i|y|j|e)", "و": "v"}
_HEBREW_LETTERS = {
    "א": "[aeiou]*", "ב": "[bv]", "ג": "(?:g|j)", "ד": "d", "ה": "(?:h|a|e|ah|eh|)", "ו": "(?:v|[ou]+|)", "ז": "z",
    "ח": "(?:h|4|k)?", "ט": "t", "י": "(?:[ei]+|j|ai|ia?|)", "כ": "(?:k|h|4)", "ך": "(?:k|h|4)", "ל": "l", "מ": "m",
    "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "[aeiou]*", "פ": "[pf]", "ף": "[pf]", "צ": "(?:ts|tz|z|s|tj|j)",
    "ץ": "(?:ts|tz|z|s)", "ק": "k", "ר": "r", "ש": "(?:6|s)", "ת": "t",
}  # fmt: skip
_SHORT, _SHORT_OF_HEBREW = "[aeiou]?", "[aeiou]{0,2}"
# What anyascii makes of Indic letters -> what newspapers do; an "a" that is not written may follow each consonant.
_INDIC_VOWELS = {"a": "a+", "e": "(?:e|ai?|ay)", "o": "(?:o|u|au)", "i": "(?:i|ee|e|y)", "u": "(?:u|oo|o)"}
_INDIC_CONSONANTS = {
    "v": "[vw]", "w": "[vw]", "b": "b{1,2}h?", "s": "sh?", "sh": "sh?", "j": "(?:j|z)", "k": "(?:k|q|c)", "y": "[yi]",
    "m": "[mn]", "n": "[nm]", "c": "ch?", "ch": "ch{1,2}", "z": "[zj]", "kh": "kh?", "f": "(?:f|ph)",
}  # fmt: skip
_INDIC_UNIT = re.compile(r"[bcdgjkpst]h|[a-z]")


def is_read_so(word: str) -> bool:
    """Whether a name is in a script that this module reads."""
    return phonetics.without_vowels(word) or bool(_HEBREW.search(word) or _INDIC.search(word))


@lru_cache(maxsize=4_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in such letters: without points, titles and the word for "son", like letters made one."""
    name = unicodedata.normalize("NFKC", name)
    plain = _ARABIC_POINTS.sub("", name).translate(_ONE_LETTER)
    words = [word for word in re.split(r"[\s\-\u05be.,،]+", plain) if word]
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    glued: list[str] = []
    for word in words:
        if word in ("بن", "ابن"):
            continue
        if glued and glued[-1] == "عبد":
            glued[-1] += "ل" + word[2:] if word.startswith("ال") else word
        elif glued and word in ("الله", "الدين"):
            glued[-1] += word
        elif glued and glued[-1] == "ابو":
            glued[-1] += word.removeprefix("ال")
        else:
            glued.append(word)
    return tuple(word.removeprefix("ال") if len(word) > 4 else word for word in glued)


@lru_cache(maxsize=2_000)
def pattern_of(word: str) -> re.Pattern[str]:
    """What matches the Latin spellings of a word: the careful one, and for Indic letters the printed one."""
    word = word[:MAX_LETTERS]
    if _INDIC.search(word):
        return re.compile(_indic_pattern(phonetics.romanise(word).lower()))
    if _HEBREW.search(word):
        return re.compile(_SHORT_OF_HEBREW.join(_HEBREW_LETTERS.get(letter, "") for letter in word) + _SHORT)
    word = re.sub(r"(.)\1", r"\1", word)
    letters = [_ARABIC_INITIALS.get(word[:1], _ARABIC.get(word[:1], "")), *(_ARABIC.get(c, "") for c in word[1:])]
    return re.compile(_SHORT.join(letters) + _SHORT)


def _indic_pattern(latin: str) -> str:
    found = []
    for unit in _INDIC_UNIT.findall(latin):
        if unit in _INDIC_VOWELS:
            found.append(_INDIC_VOWELS[unit])
        else:
            found.append(f"(?:{_INDIC_CONSONANTS.get(unit, unit)})a?")
    return "".join(found)


def may_be_written(word: str, sound: str, printed: str) -> bool:
    """Whether a word may be written so in Latin letters: `sound` is the careful spelling, `printed` as it stands."""
    if len(sound) > 3 * MAX_LETTERS:
        return False
    latin = re.sub("[^a-z]", "", printed) if _INDIC.search(word) else sound
    return bool(pattern_of(word).fullmatch(latin))

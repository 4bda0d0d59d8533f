"""How a name sounds, whatever the script and the transliteration: letters that spellings exchange are made one.

`careful` keeps all vowels apart, `loose` makes one of those that transliterations of one name exchange (o and u, e and
a inside a word). Both are made of the name in Latin letters: anyascii, and tables of our own where it loses sounds.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Uyghur writes its vowels; anyascii reads its letters as Arabic. After the Latin script of 2008 (ULY).
_UYGHUR = str.maketrans(
    {
        "ئ": "", "ا": "a", "ە": "e", "ې": "e", "ى": "i", "و": "o", "ۇ": "u", "ۆ": "o", "ۈ": "u", "ب": "b", "پ": "p",
        "ت": "t", "ج": "j", "چ": "ch", "خ": "kh", "د": "d", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh",
        "غ": "gh",
        "ف": "f", "ق": "q", "ك": "k", "گ": "g", "ڭ": "ng", "ل": "l", "م": "m", "ن": "n", "ھ": "h", "ۋ": "w", "ي": "y",
    }
)  # fmt: skip
_IS_UYGHUR = re.compile("[ەېۈۆۇۋڭھ]")
_IS_ARABIC = re.compile("[\u0620-\u06ff]")
_YO_AFTER_VOWEL = re.compile("(?<=[аеиоуыэюя])ё", re.IGNORECASE)  # Мирзиёев, but Горбачёв
_IS_SOUTH_SLAVIC = re.compile("[ćčšž]", re.IGNORECASE)
_POINTS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_IS_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_IS_HANGUL = re.compile("[\uac00-\ud7af]")
# Consonants of Arabic letters, as they come out of `careful`; long vowels are required, short ones are not written.
_ARABIC = {
    "ب": "[bp]", "ت": "t", "ث": "[ts]", "ج": "[jg]", "ح": "h", "خ": "[hk]", "د": "d", "ذ": "[dz]", "ر": "r", "ز": "z",
    "س": "s", "ش": "6", "ص": "s", "ض": "[dz]", "ط": "t", "ظ": "[zd]", "ع": "a?", "غ": "g", "ف": "f", "ق": "[kg]",
    "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h?", "پ": "p", "چ": "4", "گ": "g", "ژ": "j",
    "ا": "[ae]+", "آ": "a+", "أ": "[aeou]?", "إ": "[ie]?", "و": "(?:v|[ou]+|au|av)", "ي": "(?:[ei]+|ai|a?i)",
    "ی": "(?:[ei]+|ai)",
    "ى": "a", "ة": "(?:a|at|e)", "ء": "", "ئ": "i?", "ؤ": "[uo]",
}  # fmt: skip
_SHORT = "[aeiou]?"
# Surnames of Korea as their bearers write them -> as Hangul is read.
_KOREAN = {
    "kim": "gim", "lee": "i", "rhee": "i", "yi": "i", "park": "bak", "pak": "bak", "choi": "choe", "moon": "mun",
    "chung": "jeong", "jung": "jeong", "roh": "no", "noh": "no", "kang": "gang", "cho": "jo", "yoon": "yun",
}  # fmt: skip

# What spellings exchange, in this order. 6 is sh, 4 is ch.
_CAREFUL = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("['’ʼ`´]", ""),
        ("dzh|dsch|dj(?=[aeiou])", "zh"),
        ("dh", "d"),
        ("gu(?=[ei])", "g"),
        ("ie$", "i"),
        ("shch|sch(?=[aeiouylmnwrt])|sh", "6"),
        ("tsch|tch|ch", "4"),
        ("zh", "j"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("ck|q", "k"),
        ("(?<=[a-z])x", "ks"),
        ("c(?=[kltrsn]|$)", "k"),
        ("c(?=[aou][a-z]{3})", "k"),
        ("w", "v"),
        ("(?<=[oe])ff$", "v"),
        ("ou|oo", "u"),
        ("ee", "i"),
        ("^[iyj]e", "e"),
        ("^[iyj](?=[au][a-z])(?<!j)", "i"),
        ("[iy]+(?=[aou])", "i"),
        ("(?<=[aeou])[iy]+(?=e)", ""),
        ("[iy]+(?=e)", "i"),
        ("(?<=[^aeiouy])[iy]+(?=[^aeiouy]|$)", "i"),
        ("y", "i"),
        ("ii+", "i"),
        ("ij$", "i"),
        ("aj(?=[^aeiou]|$)", "ai"),
        ("ej(?=[^aeiou]|$)", "ei"),
        ("(?<=[aeiou])h(?=[^aeiou]|$)", ""),
        (r"(.)\1+", r"\1"),
    )
]


def romanise(name: str) -> str:
    """`name` in Latin letters without marks; the single characters of Chinese and Korean apart."""
    name = unicodedata.normalize("NFKC", name)
    if _IS_UYGHUR.search(name):
        name = _POINTS.sub("", name).translate(_UYGHUR)
    if _IS_HAN.search(name) or _IS_HANGUL.search(name):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(name))
    if _IS_SOUTH_SLAVIC.search(name):
        name = name.replace("đ", "dj").replace("Đ", "Dj")
    return anyascii(_YO_AFTER_VOWEL.sub("йо", name))


def without_vowels(name: str) -> bool:
    """Whether `name` is in an Arabic script that leaves short vowels out."""
    return bool(_IS_ARABIC.search(name)) and not _IS_UYGHUR.search(name)


def of_syllables(name: str) -> bool:
    """Whether `name` is in Chinese or Korean characters, family name first and no spaces."""
    return bool(_IS_HAN.search(name) or _IS_HANGUL.search(name))


def of_hangul(name: str) -> bool:
    return bool(_IS_HANGUL.search(name))


@lru_cache(maxsize=4_000)
def careful(word: str) -> str:
    """One word in Latin letters, in the one spelling of ours: letters, and 4 and 6 for ch and sh."""
    word = word.lower()
    for pattern, by in _CAREFUL:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=4_000)
def loose(sound: str) -> str:
    """A careful spelling with the vowels made one that transliterations exchange; the last vowel of a word stays.

    A short word that ends in a vowel stays as it is: Yoko is not Yuko.
    """
    if len(sound) < 5 and sound[-1:] in "aeiou":
        return sound
    sound = sound.replace("ei", "ai").replace("eo", "o").replace("eu", "u")
    body, end = (sound[:-1], sound[-1:]) if sound[-1:] in "aeiou" else (sound, "")
    return body.replace("o", "u").replace("e", "a") + end


def skeleton(sound: str) -> str:
    """The consonants of a careful spelling."""
    return "".join(c for c in sound if c not in "aeiou")


@lru_cache(maxsize=2_000)
def arabic_pattern(word: str) -> re.Pattern[str]:
    """What the careful spelling of a word matches, that Arabic letters write without its short vowels."""
    word = re.sub(r"(.)\1", r"\1", _POINTS.sub("", word))
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return re.compile(_SHORT.join(_ARABIC.get(letter, "") for letter in word) + _SHORT)


def korean(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a Korean name in Latin letters, its surname as Hangul is read."""
    return tuple(_KOREAN.get(word, word) if not index else word.replace("-", "") for index, word in enumerate(words))

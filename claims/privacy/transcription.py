"""What a word of a name sounds like in Latin letters, however it was transcribed: keys by which spellings meet."""

import re
from collections.abc import Iterator
from functools import lru_cache

from language.names import phonetics
from language.names.folded_words import is_arabic, is_cyrillic, is_han, is_hangul

from .declension import inflected_forms

# Letters of scientific transliterations, of Czech, Polish and their neighbours, and of German, as others write them.
_LETTERS = str.maketrans(
    {
        "č": "ch", "š": "sh", "ž": "zh", "ć": "ch", "đ": "dj", "ŝ": "shch", "ĉ": "ch", "â": "ya", "û": "yu", "ż": "zh",
        "ś": "s", "ź": "z", "ł": "l", "ń": "n", "ě": "e", "ř": "r", "ş": "sh", "ç": "ch", "ğ": "g", "ı": "i",
    }
)  # fmt: skip
_MARKED_LETTER = re.compile("[čšžćđŝĉâûżśźłńěřşçğı]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})
_WRITTEN_OUT_UMLAUT = re.compile("(?<![qae])([aou])e(?![aeiou])")
# Cyrillic letters that schemes write otherwise than anyascii, which is near BGN/PCGN.
_SCHEMES = [
    {"ю": "iu", "я": "ia", "й": "i", "ъ": "ie", "ё": "e", "х": "kh"},  # passports (ICAO)
    {"ю": "ju", "я": "ja", "й": "j", "х": "ch", "ц": "c", "щ": "shch", "ё": "jo", "э": "e", "є": "je", "ї": "ji"},
    {"х": "x", "ц": "c", "щ": "shh", "ё": "yo", "ы": "y", "э": "e"},  # GOST 7.79 B
    {"х": "h", "й": "j", "ц": "c", "ю": "ju", "я": "ja", "ы": "y"},
    {"в": "w", "ж": "sch", "з": "s", "ч": "tsch", "щ": "schtsch", "х": "ch", "ц": "z", "ю": "ju", "я": "ja", "ш": "sch",
     "й": "i"},  # German
    {"ч": "tch", "ш": "ch", "щ": "chtch", "у": "ou", "ж": "j", "ю": "iou", "я": "ia", "й": "i", "ё": "io"},  # French
    {"в": "w", "ж": "zh", "ч": "cz", "ш": "sz", "щ": "szcz", "х": "ch", "ц": "c", "ю": "iu", "я": "ia", "й": "j"},
    {"ж": "j", "х": "h", "ё": "yo", "ю": "yu", "я": "ya", "й": "y", "қ": "k", "ғ": "g", "ц": "ts"},
    {"е": "ye", "ё": "yo"},
    {"г": "h", "и": "y", "й": "i", "х": "kh", "ю": "iu", "я": "ia", "є": "ie", "ї": "i"},  # Ukraine's own
]  # fmt: skip
_SHORT_VOWEL = re.compile("(?<=^[тқкдбс])[іы]")
_KOREAN_SURNAMES = {
    "lim": "im", "rim": "im", "ahn": "an", "oh": "o", "yoo": "yu", "ryu": "yu", "you": "yu", "shin": "sin",
    "suh": "seo", "so": "seo", "jang": "jang", "chang": "jang", "bae": "bae", "pae": "bae", "chun": "jeon",
    "jeon": "jeon",
    "paik": "baek", "paek": "baek", "ko": "go", "koh": "go", "kwon": "gwon", "woo": "u", "hwang": "hwang", "han": "han",
    "hong": "hong", "song": "song", "yun": "yun", "min": "min", "nam": "nam", "jin": "jin", "son": "son", "seo": "seo",
    "gim": "gim", "bak": "bak", "choe": "choe", "mun": "mun", "jeong": "jeong", "no": "no", "gang": "gang", "jo": "jo",
    "an": "an", "im": "im", "yu": "yu", "sin": "sin", "i": "i",
}  # fmt: skip
_KOREAN_SOUNDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("[^a-z]", ""),
        ("oo|wu", "u"),
        ("^woo", "u"),
        ("ee", "i"),
        ("yeo|you|yu(?=n)", "yo"),
        ("eo", "o"),
        ("eu", "u"),
        ("ae", "e"),
        ("sh", "s"),
        ("ch", "j"),
        ("(?<=[aeiou])h(?![aeiouy])", ""),
        ("k", "g"),
        ("t", "d"),
        ("p", "b"),
        ("l", "r"),
        ("o", "u"),
        (r"(.)\1+", r"\1"),
    )
]
# Consonants as Arabic letters and Latin spellings share them, roughly: what agrees here is compared by the letter.
_ARABIC_CLASSES = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "k", "غ": "k", "ق": "k", "ك": "k", "گ": "k", "د": "z",
        "ذ": "z", "ض": "z", "ظ": "z", "ز": "z", "س": "s", "ص": "s", "ش": "6", "چ": "4", "ل": "l", "م": "m", "ن": "n",
        "ر": "r", "ف": "f", "خ": "", "ح": "", "ه": "", "ع": "", "ا": "", "و": "", "ي": "",
    }
)  # fmt: skip
_LATIN_CLASSES = str.maketrans(
    {"p": "b", "j": "k", "g": "k", "q": "k", "c": "k", "d": "z", "x": "k", **dict.fromkeys("aeiouvwyh", "")}
)


@lru_cache(maxsize=100_000)
def keys_of(word: str) -> frozenset[str]:
    """The sounds of a word of a text: mostly one, more where marks are written out or left out."""
    if is_han(word) or is_hangul(word) or is_arabic(word):
        return frozenset()
    return frozenset(filter(None, (_sound(latin) for latin in _latin_spellings(word.lower()))))


@lru_cache(maxsize=50_000)
def keys_of_name(word: str) -> frozenset[str]:
    """The sounds of a word of a name: those of every usual transcription of it."""
    found = set(keys_of(word))
    if is_cyrillic(word):
        found |= {_sound(phonetics.romanise(_transliterate(word.lower(), scheme)).lower()) for scheme in _SCHEMES}
        if len(word) > 6:  # Russian leaves the short vowels of Kazakh out: Тлеубергенов
            found |= {_sound(phonetics.romanise(_SHORT_VOWEL.sub("", word.lower())).lower())}
    elif word.isascii():
        found.add(_sound(_spell_by_ear(word.lower())))
    return frozenset(filter(None, found))


def _sound(latin: str) -> str:
    return phonetics.loose(phonetics.careful("".join(c for c in latin if c.isalnum())))


def _latin_spellings(word: str) -> Iterator[str]:
    yield (plain := phonetics.romanise(word).lower())
    if word.isascii():
        out = _WRITTEN_OUT_UMLAUT.sub(r"\1", word)
        if out != word:
            yield out
        return
    if _MARKED_LETTER.search(word):
        yield phonetics.romanise(word.translate(_LETTERS)).lower()
    written = word.translate(_UMLAUTS)
    if written != word:
        yield phonetics.romanise(written).lower()
    if (out := _WRITTEN_OUT_UMLAUT.sub(r"\1", plain)) != plain:
        yield out


@lru_cache(maxsize=50_000)
def cases_of_name(word: str) -> frozenset[str]:
    """The sounds of the cases in Cyrillic of a name that is known in Latin letters."""
    found = set()
    for latin in _latin_spellings(word.lower()):
        stem = phonetics.careful("".join(c for c in latin if c.isalnum()))
        found |= {phonetics.loose(_ending_sound(form)) for form in inflected_forms(stem)}
    return frozenset(found)


def _ending_sound(form: str) -> str:
    return form.replace("kh", "h").replace("y", "i").replace("ii", "i").replace("w", "v")


def _spell_by_ear(latin: str) -> str:
    """An English name as it is written down by ear."""
    latin = re.sub("ie|ea(?=[^u])|ee", "i", latin)
    return re.sub("(?<=[^aeiou])e$", "", latin)


def _transliterate(word: str, scheme: dict[str, str]) -> str:
    return "".join(scheme.get(letter, letter) for letter in word)


def korean_spellings(surname: str) -> set[str]:
    """How a surname that Hangul reads so is written in Latin letters."""
    return {latin for latin in (*phonetics._KOREAN, *_KOREAN_SURNAMES) if korean_surname(latin) == surname} | {surname}


def korean_surname(word: str) -> str:
    """How Hangul reads a surname that is written in Latin letters; empty where it is none of Korea's."""
    word = word.lower()
    return phonetics.korean((word,))[0] if phonetics.korean((word,))[0] != word else _KOREAN_SURNAMES.get(word, "")


@lru_cache(maxsize=20_000)
def korean_key(surname: str, given: str) -> str:
    """What spellings of one Korean name share: `surname` as Hangul is read."""
    return f"{_korean_sounds(surname)}.{_korean_sounds(given)}"


def _korean_sounds(latin: str) -> str:
    latin = latin.lower()
    for pattern, by in _KOREAN_SOUNDS:
        latin = pattern.sub(by, latin)
    return latin


@lru_cache(maxsize=50_000)
def arabic_skeleton(base: str) -> str:
    """The classes of the consonants of an Arabic word without its article."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[^a-z46]", "", base.translate(_ARABIC_CLASSES)))


@lru_cache(maxsize=100_000)
def latin_skeletons(word: str) -> tuple[tuple[str, str], ...]:
    """Pairs of the classes of consonants and the careful spelling: of the word, and without article or Abd."""
    if not word.isascii() and (is_cyrillic(word) or is_han(word) or is_arabic(word)):
        return ()
    latin = phonetics.romanise(word).lower()
    bare = [latin, re.sub("^(?:al|el|ul|as|ash|ar|an|ad|at|az)(?=[a-z]{4})", "", latin)]
    bare.append(re.sub("^abd[aeiou]?[lrsznd]{1,2}(?=[a-z]{4})", "", latin))
    pairs = []
    for spelling in dict.fromkeys(bare):
        sound = phonetics.careful(spelling)
        pairs.append((re.sub(r"(.)\1+", r"\1", sound.translate(_LATIN_CLASSES)), sound))
    return tuple(pairs)


def can_spell_arabic(base: str, sound: str) -> bool:
    """Whether a careful spelling can be that of an Arabic word."""
    return bool(phonetics.arabic_pattern(base).fullmatch(sound))

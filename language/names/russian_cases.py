"""Names in Cyrillic letters whose words stand in the cases of Russian and Ukrainian: «Дронову Игорю»."""

import re
from functools import lru_cache

# Endings of names and surnames in the singular (A. A. Zaliznyak, Grammaticheskii slovar russkogo yazyka, 1977), the
# longer ones first, and what is left of a word at least.
_ENDING = re.compile(
    "(?:ого|его|ому|ему|ової|евої|ові|еві|єві|ою|ею|єю|ую|юю|ая|яя|ым|им|ом|ем|єм|ём|ой|ей|ої|ій|ий|ый|ию|ии|ия|ию|ие|"
    "[аяуюеиіїыьй])$"
)
_LEAST = 2  # letters of a stem


@lru_cache(maxsize=4_000)
def stem(word: str) -> str:
    """A word in Cyrillic small letters without its ending."""
    word = word.lower().replace("ё", "е")
    match = _ENDING.search(word)
    return (word[: match.start()] if match and match.start() >= _LEAST else word).rstrip("иіїе")


def are_forms_of_one(name: str, other: str) -> bool:
    """Whether the words of two names may be forms of the same ones, in this order or turned round."""
    some, others = ([stem(word) for word in re.findall(r"[^\W\d_]+", text)] for text in (name, other))
    return 1 <= len(some) == len(others) <= 4 and (some == others or some == [others[-1], *others[:-1]])

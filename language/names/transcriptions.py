"""What remains of a word when the languages into which it was transcribed are taken out: German, French, Polish,
English; Gaddafi, Kadhafi and Qaddafi; Lukashenko and Lukashenka. Coarser than `phonetics`: two words alike here are
likely one name, never surely.
"""

import re
from functools import lru_cache

LEAST = 4  # letters of a key that says anything
# In this order. S stands for sh, ch, zh and their kin, K for k, kh, g and q, H for h, Z for s, z and ts.
_RULES = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("['’ʼ`´-]", ""),
        ("ine$", "in"),
        ("enka$", "enko"),
        ("(?<=[auo])e(?![aeiou])", ""),
        ("schtsch|chtch|shch|szcz|stch", "S"),
        ("dzh|dsch|tsch|tch|sch|sh|zh|cz|sz|rz|dj|dzs|zs", "S"),
        ("(?<=[ie])(?:ff|w|v)$|(?<=[aou])(?:ff|w|v)$", "v"),
        ("ph", "f"),
        ("x", "ks"),
        ("ts|tz|ss|z|s|c(?=[eiy])", "Z"),
        ("ck|c(?![h])", "k"),
        ("ch", "H"),
        ("kh|gh|k|q|gu(?=[ei])|g", "K"),
        ("dh|dd|d", "d"),
        ("th", "t"),
        ("w", "v"),
        ("^(?:j|y|i)(?=[eaou])", ""),
        ("(?<=[aeiou])[jy](?=[aeiou])", ""),
        ("(?<=[bdfklmnprtvZ])[jy](?=[aou])", ""),
        ("(?<![aeiou])j(?=[aeiou])", "S"),
        ("ou|oo|uo", "u"),
        ("h", "H"),
        ("H(?![aeiouy])", ""),
        ("[eiyj]+", "e"),
        ("[ou]+", "u"),
        ("(?:ev|uv)$", "ov"),
        (r"(.)\1+", r"\1"),
    )
]
_OF_GERMAN = re.compile("sch|w|j")  # which writes s where English has z
_ARTICLE = re.compile(r"^(?:al|el)-?(?=\w{5})")
_READINGS = (
    ("ch", "sh"),
    ("ch", "k"),
    ("kh", "h"),
    ("j", "zh"),
    ("g", "zh"),
    ("sh", "s"),
    ("ch", "c"),
    ("dj", "d"),
)  # letters that languages read in two ways


@lru_cache(maxsize=4_000)
def keys(word: str) -> frozenset[str]:
    """What the transcriptions of one word have in common, for each way in which its letters may be read.

    Keys that are too short to say anything are left out.
    """
    word = _ARTICLE.sub("", word.lower())
    ways = {word, *(word.replace(letters, others) for letters, others in _READINGS)}
    return frozenset(key for way in ways if len(key := _key(way)) >= LEAST)


def _key(word: str) -> str:
    for pattern, by in _RULES:
        word = pattern.sub(by, word)
    return word


def are_alike(word: str, other: str) -> bool:
    """Whether two printed words may be one name in two transcriptions."""
    if {word[:1], other[:1]} == {"s", "z"} and not _OF_GERMAN.search(word if word[:1] == "s" else other):
        return False
    return not keys(word).isdisjoint(keys(other))

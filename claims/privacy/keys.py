"""The keys of a word of a text: by these it may meet a word of a name."""

import re
from functools import lru_cache

from . import transcription
from .declension import arabic_bases, stripped
from .patterns import EXACT, FORM, SOUND
from .tokens import fold_word, is_arabic, is_cyrillic, is_han, is_hangul


@lru_cache(maxsize=100_000)
def keys_of(word: str) -> tuple[tuple[str, int], ...]:
    """The keys by which a word of a text may meet a word of a name."""
    if is_han(word) or is_hangul(word):
        return ()
    folded = fold_word(word)
    keys = {f"={folded}": EXACT}
    keys |= {f"={form}": FORM for form in stripped(word) if f"={form}" not in keys}
    if is_arabic(word):
        plain, *others = arabic_bases(word) or [word]
        keys |= {f"ar{plain}": EXACT} | {f"ar{form}": FORM for form in others}
        keys |= {f"la{transcription.arabic_skeleton(base)}": SOUND for base in (plain, *others)}
    elif len(folded) > 2:
        keys |= {f"~{sound}": SOUND for sound in transcription.keys_of(word)}
        keys |= {f"cy{sound}": SOUND for sound in transcription.keys_of(word)} if is_cyrillic(word) else {}
        keys |= {f"~{sound}": SOUND for form in stripped(word) for sound in transcription.keys_of(form)}
        keys |= {f"sk{skeleton}": SOUND for skeleton, _ in transcription.latin_skeletons(word) if len(skeleton) > 1}
    return tuple(keys.items())


@lru_cache(maxsize=50_000)
def sounds_like(own: str, word: str) -> bool:
    """Whether one of two words in Arabic and Latin letters can be a transcription of the other."""
    arabic, latin = (own, word) if is_arabic(own) else (word, own)
    if not is_arabic(arabic):
        return False
    bases = {re.sub("^ال(?=..)", "", base) for base in arabic_bases(arabic)}
    spelt = [sound for _, sound in transcription.latin_skeletons(latin)]
    return any(transcription.fits_arabic(base, sound) for base in bases for sound in spelt if len(base) > 1)

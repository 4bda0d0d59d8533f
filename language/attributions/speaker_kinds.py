"""What kind of actor a speaker surely is, by the words of a text: asked for those whom nobody has recorded yet."""

import re
from functools import lru_cache

from ..names.structure import is_body
from .lexicon import Lexicon, lexicon

PERSON, UNNAMED = "person", "unnamed"
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
_NAME = re.compile(r"[^\W\d_](?:[\w.’'-]*[\w.])?(?: [^\W\d_](?:[\w.’'-]*[\w.])?){1,3}")
_POSSESSIVE = re.compile(r"['’]s?$")
_MAX_NAME = 60  # characters
_APPOSITION = r",? (?:\d{1,3}\b|who(?:se)?\b|(?:an?|the|his|her|its|another) [^,.;:“”\"\n]{0,80})"


@lru_cache(maxsize=1_000)
def speaker_kind(name: str, text: str, language: str = "en") -> str:
    """ "person" for the full name of one whom `text` gives a title, an age or an occupation, "unnamed" for one whom it
    only describes ("a resident"); empty where it leaves that open.

    ValueError for a language without lists. Linear in the length of the text.
    """
    words = lexicon(language)
    if name[:1].islower() or _first_word(name) in words.agreement["indefinite"]:
        return UNNAMED if _describes_somebody(name, words) else ""
    return PERSON if _is_full_name(name, words) and _is_told_of_as_person(name, text, words) else ""


def _first_word(name: str) -> str:
    return name.partition(" ")[0].lower()


def _describes_somebody(name: str, words: Lexicon) -> bool:
    """Whether a description is of one person whom it does not name."""
    phrase = re.split(r",| (?:who|whose|in|of|from|at|with|on|for|that|close|familiar)\b", name)[0]
    found = _WORD.findall(phrase)
    if not found or any(_POSSESSIVE.search(word) for word in name.split()):
        return False
    return found[0].lower() in words.agreement["one"] and words.speakers.get(found[-1].lower()) == "person"


def _is_full_name(name: str, words: Lexicon) -> bool:
    if len(name) > _MAX_NAME or not _NAME.fullmatch(name) or is_body(name):
        return False
    parts = name.split()
    if not (parts[0][:1].isupper() and parts[-1][:1].isupper()) or _is_title(parts[0], words):
        return False
    return not any(part.lower() in words.speakers or _POSSESSIVE.search(part) for part in parts)


def _is_title(word: str, words: Lexicon) -> bool:
    return any(word.lower() in words.agreement[which] for which in ("titles", "male titles", "female titles"))


def _is_told_of_as_person(name: str, text: str, words: Lexicon) -> bool:
    """Whether a title stands before the family name, or an age or what somebody is beside the name."""
    family = re.escape(name.split()[-1])
    before = re.finditer(rf"(?P<before>(?:[^\W\d_][\w.’'-]* ){{1,3}}){family}\b", text)
    if any(_ends_in_title(match["before"].split(), words) for match in before):
        return True
    beside = re.finditer(rf"{re.escape(name)}(?P<beside>{_APPOSITION})", text)
    return any(_tells_of_person(match["beside"], words) for match in beside)


def _ends_in_title(before: list[str], words: Lexicon) -> bool:
    """Whether a title or an occupation stands last, but for given names."""
    for word in reversed(before):
        if _is_title(word, words) or _is_person(word, words):
            return True
        if not word[:1].isupper():
            break
    return False


def _is_person(word: str, words: Lexicon) -> bool:
    return words.speakers.get(word.lower()) == "person"


def _tells_of_person(beside: str, words: Lexicon) -> bool:
    told = beside.lstrip(", ")
    return told[:1].isdigit() or told.startswith("who") or any(_is_person(word, words) for word in _WORD.findall(told))

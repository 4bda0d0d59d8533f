"""What kind of actor a speaker surely is, by the words of a text: asked for those whom nobody has recorded yet."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from .lexicon import Lexicon, lexicon

PERSON, UNNAMED = "person", "unnamed"
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
_NAME = re.compile(r"[^\W\d_](?:[\w.’'-]*[\w.])?(?: [^\W\d_](?:[\w.’'-]*[\w.])?){1,3}")
_POSSESSIVE = re.compile(r"['’]s?$")
_MAX_NAME = 60  # characters
_BESIDE = r"(?P<comma>,?) (?:(?P<age>\d{1,3})\b|(?P<words>[^,.;:“”\"\n]{1,80}))"


@lru_cache(maxsize=1_000)
def speaker_kind(name: str, text: str, language: str = "en") -> str:
    """ "person" for the full name of one whom `text` gives a title, an age or an occupation, "unnamed" for one whom it
    only describes ("a resident"); empty where it leaves that open.

    ValueError for a language without lists. Linear in the length of the text.
    """
    words = lexicon(language)
    if name[:1].islower() or name.partition(" ")[0].lower() in words.agreement["indefinite"]:
        return UNNAMED if _describes_somebody(name, words) else ""
    return PERSON if _is_full_name(name, words) and _is_told_of_as_person(name, text, words) else ""


def _describes_somebody(name: str, words: Lexicon) -> bool:
    """Whether a description is of one person whom it does not name."""
    found = name.partition(",")[0].lower().split()
    phrase = list(takewhile(lambda word: words.closed.get(word) not in ("IN", "WH", "THAT", "TO"), found))
    if not phrase or any(_POSSESSIVE.search(word) for word in name.split()):
        return False
    return phrase[0] in words.agreement["one"] and _is_person(phrase[-1], words)


def _is_full_name(name: str, words: Lexicon) -> bool:
    if len(name) > _MAX_NAME or not _NAME.fullmatch(name):
        return False
    parts = name.split()
    if not (parts[0][:1].isupper() and parts[-1][:1].isupper()) or _is_title(parts[0], words):
        return False
    if any(words.closed.get(part.lower()) in ("CC", "DT", "IN") for part in parts):
        return False  # “Both Kowal and Tash”
    return not any(part.lower() in words.speakers or _POSSESSIVE.search(part) for part in parts)


def _is_title(word: str, words: Lexicon) -> bool:
    return any(word.lower() in words.agreement[which] for which in ("titles", "male titles", "female titles"))


def _is_told_of_as_person(name: str, text: str, words: Lexicon) -> bool:
    """Whether a title stands before the family name, or an age or what somebody is beside the name."""
    family = re.escape(name.split()[-1])
    before = re.finditer(rf"(?P<before>(?:[^\W\d_][\w.’'-]* ){{1,3}}){family}\b", text)
    if any(_ends_in_title(match["before"].split(), words) for match in before):
        return True
    return any(_tells_of_person(match, words) for match in re.finditer(rf"{re.escape(name)}{_BESIDE}", text))


def _ends_in_title(before: Iterable[str], words: Lexicon) -> bool:
    """Whether a title or an occupation stands last, but for given names."""
    for word in reversed(list(before)):
        if _is_title(word, words) or _is_person(word, words):
            return True
        if not word[:1].isupper():
            break
    return False


def _is_person(word: str, words: Lexicon) -> bool:
    return words.speakers.get(word.lower()) == "person"


def _tells_of_person(beside: re.Match[str], words: Lexicon) -> bool:
    """Whether what follows a name is an age, a relative clause, or after a comma a phrase with an occupation."""
    if beside["age"]:
        return True
    found = [word.lower() for word in _WORD.findall(beside["words"])]
    if not found or found[0] in words.agreement["relative"]:
        return bool(found)
    opens = words.closed.get(found[0]) in ("DT", "POSS") and bool(beside["comma"])
    return opens and any(_is_person(word, words) for word in found)

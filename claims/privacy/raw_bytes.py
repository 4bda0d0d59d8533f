"""Looks for names in bytes that hold texts between other things, as the file of a database does.

There, texts stand beside one another without a space, and escaped as JSON or an address has them. So whole names are
looked for without regard to what stands around them, and so are the stems of rarer words of names.
"""

import re
from urllib.parse import unquote

from language.names.folded_words import Words

from .matcher import CERTAIN, HINT, Found, Matcher

SHORTEST_WHOLE, SHORTEST_STEM = 5, 6  # letters that do not stand anywhere by chance

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile("(?:%[0-9a-fA-F]{2})+")
_SEAM = re.compile(
    "(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[a-z])(?=[^\x00-\u02ff\u2000-\u206f])|(?<=[\u0400-\u06ff])(?=[a-zA-Z])"
)


class Searcher:
    """The names of some people, ready to be looked for in bytes."""

    def __init__(self, matcher: Matcher):
        self._matcher = matcher
        self._wholes, self._stems = {}, {}
        for person, pattern in matcher.entries():
            for folded in pattern.folds:
                if len(folded) >= SHORTEST_WHOLE and not pattern.common:
                    self._wholes[folded] = person.label
            for slot in pattern.slots if person.is_person else ():
                stem = slot.fold.rstrip("aeiouy")
                if len(stem) >= SHORTEST_STEM and not (slot.common or slot.given or slot.patronymic):
                    self._stems[stem] = person.label

    def find(self, content: bytes) -> list[Found]:
        """Every form of a name in UTF-8 `content`, with signs that are no text between."""
        text = unescaped(content.decode("utf-8", "replace"))
        found = self._matcher.find(_SEAM.sub(" ", text))
        folded = Words(text).folded
        found += (Found(0, 0, label, CERTAIN, whole, True) for whole, label in self._wholes.items() if whole in folded)
        found += (Found(0, 0, label, HINT, stem) for stem, label in self._stems.items() if stem in folded)
        return found


def unescaped(text: str) -> str:
    """`text` with the letters that JSON and addresses have escaped, and a space for every other escape."""
    if "\\u" in text:
        text = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text)
    if "%" in text:
        text = _PERCENT.sub(lambda escape: unquote(escape[0], errors="replace"), text)
    return re.sub(r"\\.", " ", text) if "\\" in text else text

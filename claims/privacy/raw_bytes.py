"""Looks for names in bytes that hold texts between other things, as the file of a database does.

There, texts stand beside one another without a space, and escaped as JSON or an address has them. So whole names are
looked for without regard to what stands around them, and so are the stems of rarer words of names.
"""

import re
from urllib.parse import unquote

from language.names.folded_words import Words

from .matcher import CERTAIN, HINT, Matcher, NameMatch

MIN_WHOLE_LENGTH, MIN_STEM_LENGTH = 5, 6  # letters that do not stand anywhere by chance

_ESCAPED_LETTER = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT_ESCAPES = re.compile("(?:%[0-9a-fA-F]{2})+")
_SEAM = re.compile(
    "(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[a-z])(?=[^\x00-\u02ff\u2000-\u206f])|(?<=[\u0400-\u06ff])(?=[a-zA-Z])"
)


class Searcher:
    """The names of some people, ready to be looked for in bytes."""

    def __init__(self, matcher: Matcher):
        self._matcher = matcher
        self._whole_names, self._stems = {}, {}
        for person, pattern in matcher.entries():
            for folded in pattern.folds:
                if len(folded) >= MIN_WHOLE_LENGTH and not pattern.is_common:
                    self._whole_names[folded] = person.label
            for slot in pattern.slots if person.is_person else ():
                stem = slot.fold.rstrip("aeiouy")
                if len(stem) >= MIN_STEM_LENGTH and not (slot.is_common or slot.given or slot.patronymic):
                    self._stems[stem] = person.label

    def find(self, content: bytes) -> list[NameMatch]:
        """Every form of a name in UTF-8 `content`, with signs that are no text between."""
        text = unescape_text(content.decode("utf-8", "replace"))
        found = self._matcher.find(_SEAM.sub(" ", text))
        folded = Words(text).folded
        found += (
            NameMatch(0, 0, label, CERTAIN, whole, True)
            for whole, label in self._whole_names.items()
            if whole in folded
        )
        found += (NameMatch(0, 0, label, HINT, stem) for stem, label in self._stems.items() if stem in folded)
        return found


def unescape_text(text: str) -> str:
    """`text` with the letters that JSON and addresses have escaped, and a space for every other escape."""
    if "\\u" in text:
        text = _ESCAPED_LETTER.sub(lambda escape: chr(int(escape[1], 16)), text)
    if "%" in text:
        text = _PERCENT_ESCAPES.sub(lambda escape: unquote(escape[0], errors="replace"), text)
    return re.sub(r"\\.", " ", text) if "\\" in text else text

"""Where the sentences of a text begin and end, as far as what stands beside a report asks."""

import re
from bisect import bisect_right

_SENTENCE_ENDS = re.compile(r"[.!?][\"”'’]?\s+(?=[\"“‘'A-Z])|\n")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Gov|Gen|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")


class SentenceBounds:
    """The sentences of a text, found once."""

    def __init__(self, text: str) -> None:
        self._ends = [
            match.end()
            for match in _SENTENCE_ENDS.finditer(text)
            if not _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1])
        ]
        self._length = len(text)

    def sentence(self, place: int) -> tuple[int, int]:
        """The bounds of the sentence around a place."""
        number = bisect_right(self._ends, place)
        start = self._ends[number - 1] if number else 0
        return start, self._ends[number] if number < len(self._ends) else self._length

"""The words around a passage, to the ends of its sentence, as far as its document has them and the site shows them.

A document holds up to 32 characters on either side; how many of them pages show says CLAIMTRACK_CONTEXT, and 0 that
they show none: quoting is bounded by law. Pure functions.
"""

import re

from django.conf import settings

from ..documents import Passage
from ..documents.wording import CLOSING_MARKS, OPENING_MARKS, marked_stretches

# A point behind a single letter or a short title ends no sentence.
_SENTENCE_END = re.compile(
    r"(?<!\b\w)(?<!\b(?:Mr|Dr|St))(?<!\bMrs)(?<!\bGen)[.!?…]+[\"”’»)]*(?=\s|$)|[。！？]+[”’」』]*"
)
_GAP = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?")
_CLOSED = re.compile(r"[.!?…。！？][\"”’»」』)]*$")


def words_around(passage: Passage) -> dict[str, str]:
    """`before` and `after`: the rest of the sentence, with "…" where more of it is not shown; "" where nothing is."""
    most = settings.CONTEXT_LENGTH
    return {"before": _before(passage, most), "after": _after(passage, most)}


def _before(passage: Passage, most: int) -> str:
    line = passage.prefix.rpartition("\n")[2]
    whole_line = "\n" in passage.prefix
    stretches = marked_stretches(passage)
    if stretches and stretches[0][0] == 0:  # the opening mark is shown with the words
        line = re.sub(rf"(?:{_any_of(CLOSING_MARKS)})\s*$", "", line.rstrip())
    ends = list(_SENTENCE_END.finditer(line))
    words = (line[ends[-1].end() :] if ends else line).strip()
    if not most or not re.search(r"\w", words) or _GAP.fullmatch(words):
        return ""
    cut = words if len(words) <= most else words[-most:].partition(" ")[2]
    starts_here = (bool(ends) or whole_line or passage.start <= len(passage.prefix)) and cut == words
    return cut if starts_here or not cut else f"… {cut}"


def _after(passage: Passage, most: int) -> str:
    line = passage.suffix.partition("\n")[0]
    whole_line = "\n" in passage.suffix
    stretches = marked_stretches(passage)
    if stretches and stretches[-1][1] == len(passage.exact):
        line = re.sub(rf"^([.,;:!?…]*)(?:{_any_of(OPENING_MARKS)})", r"\1", line)
    if _CLOSED.search(passage.exact):
        return ""
    end = _SENTENCE_END.search(line)
    words = (line[: end.end()] if end else line).rstrip()
    if not most or not re.search(r"\w", words) or _GAP.fullmatch(words.strip()):
        return ""
    cut = words if len(words) <= most else words[:most].rpartition(" ")[0]
    return cut if not cut or ((end or whole_line) and cut == words) else f"{cut} …"


def _any_of(marks: dict[str, str]) -> str:
    return "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))

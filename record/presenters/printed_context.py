"""The words around a passage, to the ends of its sentence, as far as its document has them and the site shows them.

A document holds up to 32 characters on either side; how many of them pages show says CLAIMTRACK_CONTEXT, and 0 that
they show none: quoting is bounded by law. What stands in quotation marks there may be anybody's words, and is left out.
Pure functions.
"""

import re

from django.conf import settings

from ..documents import Passage
from ..documents.wording import CLOSING_MARKS, OPENING_MARKS, marked_stretches

# A point behind a single letter or a short title ends no sentence.
_SENTENCE_END = re.compile(
    r"(?<!\b\w)(?<!\b(?:Mr|Dr|St))(?<!\bMrs)(?<!\bGen)[.!?…]+[\"”’»)]*(?=\s|$)|[。！？]+[”’」』]*"
)
_CLOSED = re.compile(r"[.!?…。！？][\"”’»」』)]*$")
_ANY_MARK = "|".join(map(re.escape, sorted({*CLOSING_MARKS, *OPENING_MARKS} - {"'", "’"}, key=len, reverse=True)))
# Single marks within a word are apostrophes.
_MARK = re.compile(rf"{_ANY_MARK}|(?<!\w)['’]|['’](?!\w)")
_LAST_MARK = re.compile(rf"(?:{_MARK.pattern})\s*$")
_FIRST_MARK = re.compile(rf"^([.,;:!?…]*)(?:{_MARK.pattern})")


def words_around(passage: Passage) -> dict[str, str]:
    """`before` and `after`: the rest of the sentence, with "…" where more of it is not shown; "" where nothing is."""
    most, stretches = settings.CONTEXT_LENGTH, marked_stretches(passage)
    before, after = passage.prefix.rpartition("\n")[2], passage.suffix.partition("\n")[0]
    # The marks of the words themselves are shown with them.
    if stretches and stretches[0][0] == 0:
        before = _LAST_MARK.sub("", before)
    if stretches and stretches[-1][1] == len(passage.exact):
        after = _FIRST_MARK.sub(r"\1", after)
    begins_here = "\n" in passage.prefix or passage.start <= len(passage.prefix)
    is_closed = bool(_CLOSED.search(passage.exact))
    return {
        "before": _before(before, most, begins_here=begins_here),
        "after": "" if is_closed else _after(after, most, ends_here="\n" in passage.suffix),
    }


def _before(line: str, most: int, *, begins_here: bool) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(line)]
    words = line[ends[-1] :].strip() if ends else line.strip()
    cut = list(_MARK.split(words))[-1].strip()
    if len(cut) > most:
        cut = cut[-most - 1 :].partition(" ")[2] if most else ""
    if not re.search(r"\w", cut):
        return ""
    return cut if cut == words and (ends or begins_here) else f"… {cut}"


def _after(line: str, most: int, *, ends_here: bool) -> str:
    end = _SENTENCE_END.search(line)
    words = line[: end.end()].rstrip() if end else line.rstrip()
    cut = _MARK.split(words)[0].rstrip()
    if len(cut) > most:
        cut = cut[: most + 1].rpartition(" ")[0] if most else ""
    if not re.search(r"\w", cut):
        return ""
    return cut if cut == words and (end or ends_here) else f"{cut} …"

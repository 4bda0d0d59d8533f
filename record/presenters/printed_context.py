"""The words around a passage, to the ends of its sentence, as far as its document has them and the site shows them.

A document of version 5 holds the rest of the sentence, an older one up to 32 characters on either side; how many of
them pages show says CLAIMTRACK_CONTEXT, and 0 that they show none: quoting is bounded by law. What stands in quotation
marks there may be anybody's words, and is left out. Pure functions.
"""

import re

from django.conf import settings

from language.sentence_edges import CUT, SENTENCE_END, is_closed

from ..documents import Passage
from ..documents.wording import CLOSING_MARKS, OPENING_MARKS, marked_stretches

_ANY_MARK = "|".join(map(re.escape, sorted({*CLOSING_MARKS, *OPENING_MARKS} - {"'", "’"}, key=len, reverse=True)))
# Single marks within a word are apostrophes.
_MARK = re.compile(rf"{_ANY_MARK}|(?<!\w)['’]|['’](?!\w)")
_LAST_MARK = re.compile(rf"(?:{_MARK.pattern})\s*$")
_FIRST_MARK = re.compile(rf"^([.,;:!?…]*)(?:{_MARK.pattern})")


def words_around(passage: Passage) -> dict[str, str]:
    """`before` and `after`: the rest of the sentence, with "…" where more of it is not shown; "" where nothing is."""
    most, stretches = settings.CONTEXT_LENGTH, marked_stretches(passage)
    if passage.before or passage.after:
        begins_here, ends_here = not passage.before.startswith(CUT), not passage.after.endswith(CUT)
        before, after = passage.before.removeprefix(f"{CUT} "), passage.after.removesuffix(f" {CUT}")
    else:
        begins_here = "\n" in passage.prefix or passage.start <= len(passage.prefix)
        ends_here = "\n" in passage.suffix
        before, after = passage.prefix.rpartition("\n")[2], passage.suffix.partition("\n")[0]
    goes_on = not is_closed(passage.exact, after)
    # The marks of the words themselves are shown with them.
    if stretches and stretches[0][0] == 0:
        before = _LAST_MARK.sub("", before)
    if stretches and stretches[-1][1] == len(passage.exact):
        after = _FIRST_MARK.sub(r"\1", after)
    return {
        "before": _before(before, most, begins_here=begins_here),
        "after": _after(after, most, ends_here=ends_here) if goes_on else "",
    }


def _before(line: str, most: int, *, begins_here: bool) -> str:
    ends = [found.end() for found in SENTENCE_END.finditer(line)]
    words = line[ends[-1] :].strip() if ends else line.strip()
    cut = list(_MARK.split(words))[-1].strip()
    if len(cut) > most:
        cut = cut[-most - 1 :].partition(" ")[2] if most else ""
    if not re.search(r"\w", cut):
        return ""
    return cut if cut == words and (ends or begins_here) else f"{CUT} {cut}"


def _after(line: str, most: int, *, ends_here: bool) -> str:
    end = SENTENCE_END.search(line)
    words = line[: end.end()].rstrip() if end else line.rstrip()
    cut = _MARK.split(words)[0].rstrip()
    if len(cut) > most:
        cut = cut[: most + 1].rpartition(" ")[0] if most else ""
    if not re.search(r"\w", cut):
        return ""
    return cut if cut == words and (end or ends_here) else f"{cut} {CUT}"

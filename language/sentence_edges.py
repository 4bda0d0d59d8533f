"""What else of its sentence stands before and after some words of a text. Pure, and the same for every language.

A sentence ends with its paragraph, at a mark that ends sentences, and at a gap of an excerpt. This is not the splitter
of the readers of attributions (attributions/sentences.py): a page that quotes shows rather too little than too much.
"""

import re

# A point behind a single letter or a short title ends no sentence.
SENTENCE_END = re.compile(
    r"(?<!\b\w)(?<!\b(?:Mr|Dr|St))(?<!\bMrs)(?<!\bGen)[.!?…]+[\"”’»)]*(?=\s|$)|[。！？]+[”’」』]*"
)
MAX_LOOKED_AT = 2000  # code points on either side
_CLOSED = re.compile(r"[.!?…。！？][\"”’»」』)]*$")
_GAP = re.compile(r"[\[(](?:…|\.\.\.)[\])]")
CUT = "…"


def rest_of_sentence(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """What of the sentence stands before and after `text[start:end]`, each at most `most` code points, cut between
    words; `CUT` stands where more of it is not given, "" where there is nothing or `most` is 0."""
    if most <= 0:
        return "", ""
    before = text[max(start - MAX_LOOKED_AT, 0) : start].rpartition("\n")[2]
    after = text[end : end + MAX_LOOKED_AT].partition("\n")[0]
    return _cut_before(before, most), "" if is_closed(text[start:end], after) else _cut_after(after, most)


def is_closed(words: str, after: str) -> bool:
    """Whether words end their sentence: by a mark, and nothing in small letters goes on behind it."""
    goes_on = re.match(r"[\"”’»」』)]*,?\s*([^\W\d_])", after)
    return bool(_CLOSED.search(words)) and not (goes_on and goes_on[1].islower())


def _cut_before(line: str, most: int) -> str:
    ends = [found.end() for found in SENTENCE_END.finditer(line)]
    words, is_cut = line[ends[-1] if ends else 0 :].lstrip(), False
    if gaps := list(_GAP.finditer(words)):
        words, is_cut = words[gaps[-1].end() :].lstrip(), True
    if len(words) > most:
        words, is_cut = words[-most - 1 :].partition(" ")[2], True
    if not words.strip():
        return ""
    return f"{CUT} {words}" if is_cut else words


def _cut_after(line: str, most: int) -> str:
    end, is_cut = SENTENCE_END.search(line), False
    words = (line[: end.end()] if end else line).rstrip()
    if gap := _GAP.search(words):
        words, is_cut = words[: gap.start()].rstrip(), True
    if len(words) > most:
        words, is_cut = words[: most + 1].rpartition(" ")[0], True
    if not words.strip():
        return ""
    return f"{words} {CUT}" if is_cut else words

"""Long words folded: what a list shows of them ends with a whole sentence."""

import re
from collections.abc import Mapping, Sequence

from ..documents.wording import split_marks

SHOWN_LENGTH = 320  # characters that are shown if a sentence ends there
REST_LENGTH = 1200  # characters that can be unfolded; the page of the statement has all of them
# The end of a sentence in the scripts that news is printed in, with the marks that close behind it.
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»›)\]]*(?=\s)|[。！？]+[”’」』）]*|[؟۔।]+[\"”’»)]*(?=\s)")
_SPACE = re.compile(r"\s+")


def fold_words(wording: Mapping, *, with_rest: bool = True, wanted: int = SHOWN_LENGTH) -> dict:
    """The runs of a wording in two parts, `shown` and `rest`; `cut` is true where even the rest is not all.

    What is shown ends with a whole sentence; where the first one is longer than everything that may be unfolded, with
    a whole word. Without the rest `rest` is empty, and less is shown of a long first sentence. `wanted` is the length
    that is shown if a sentence ends there. Own words that are folded have their quotation marks around each part.
    """
    runs = wording["runs"]
    text = "".join(run["text"] for run in runs)
    if len(text) <= wanted:
        return {"shown": runs, "rest": [], "cut": False}
    if not with_rest:
        first = _fold_place(text, wanted, wanted + SHOWN_LENGTH)
        return {"shown": _cut_runs(runs, 0, first), "rest": [], "cut": first < len(text)}
    first = _fold_place(text, wanted, wanted + REST_LENGTH)
    last = _fold_place(text, first + REST_LENGTH, first + REST_LENGTH) if len(text) - first > REST_LENGTH else len(text)
    return {"shown": _cut_runs(runs, 0, first), "rest": _cut_runs(runs, first, last), "cut": last < len(text)}


def first_sentences(text: str) -> str:
    """What a list shows of a text: whole sentences, with a sign where there is more."""
    place = _fold_place(text, SHOWN_LENGTH, 2 * SHOWN_LENGTH) if len(text) > SHOWN_LENGTH else len(text)
    return text if place >= len(text) else f"{text[:place].rstrip()} […]"


def _fold_place(text: str, wanted: int, most: int) -> int:
    """Where a sentence ends: the last place up to `wanted`, else the first one up to `most`, else where a word ends."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most)]
    before = [end for end in ends if end <= wanted]
    if before and before[-1] > wanted // 3:
        return before[-1]
    if later := [end for end in ends if end > wanted]:
        return later[0]
    if len(text) <= most:
        return len(text)
    spaces = [match.start() for match in _SPACE.finditer(text, wanted, most)]
    return spaces[0] if spaces else most


def _cut_runs(runs: Sequence[Mapping], start: int, end: int) -> list[dict]:
    """The runs from one place in their joined text to another."""
    found, place = [], 0
    for run in runs:
        first, last, length = max(start - place, 0), max(end - place, 0), len(run["text"])
        part = run["text"][first:last]
        place += length
        if not part.strip():
            found += [{**run, "text": part}] if part else []
            continue
        opening, closing = split_marks(run["text"]) if run["own"] else ("", "")
        part = f"{opening}{part.lstrip()}" if opening and first else part
        part = f"{part.rstrip()}{closing}" if closing and last < length else part
        found.append({**run, "text": part})
    return found

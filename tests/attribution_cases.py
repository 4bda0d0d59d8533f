"""Cases of attributions read from tests/cases, and how what is proposed is held against them.

A proposal is right if its speaker is the case's, or has the case's words for it, and its content shares at least HALF
of their words together. The one who is printed counts where nobody is named.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path

from articles.reading import clutter_spans
from language.attributions import suggest

CASES = Path(__file__).parent / "cases"
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
ARTICLES = {"the", "an"}
HALF = 0.5


def cases(name="attributions.toml"):
    """(text, expected, kind) of each case of a table; expected is a list of dicts with speaker, content, rest, hops."""
    found = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    yield from ((case["text"], case.get("expect", []), case["kind"]) for case in found)


def articles():
    """(text, expected, kind) of the invented articles."""
    for article in tomllib.loads((CASES / "attribution_texts.toml").read_text(encoding="utf-8"))["text"]:
        expected = [{"speaker": speaker, "content": content} for speaker, content in article["expect"]]
        yield article["text"].strip(), expected, article["kind"]


def words(text):
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def same_speaker(expected, found):
    first = {word.removesuffix("'s") for word in words(expected)} - ARTICLES
    second = {word.removesuffix("'s") for word in words(found)} - ARTICLES
    return bool(first and second) and (
        first <= second or second <= first or 2 * len(first & second) >= len(first | second)
    )


def likeness(expected, text, spans):
    """The share of the words of both that the expected content and these spans have in common."""
    first = Counter(words(" ".join([expected["content"], *expected.get("rest", [])])))
    second = Counter(words(" ".join(text[start:end] for start, end in spans)))
    return (first & second).total() / max(1, (first | second).total())


def is_right(expected, text, proposal):
    printed = " ".join(text[start:end] for start, end in proposal.source)
    nobody = not expected["speaker"] and not proposal.speaker
    speaker = (
        nobody or same_speaker(expected["speaker"], proposal.speaker) or same_speaker(expected["speaker"], printed)
    )
    return speaker and likeness(expected, text, proposal.content) >= HALF


def matched(text, expected):
    """(right, proposal) for each proposal of a text, and the expected attributions that none of them is."""
    left, judged = list(expected), []
    for proposal in suggest(text, clutter=clutter_spans(text)):
        hit = max(
            (case for case in left if is_right(case, text, proposal)),
            key=lambda case: likeness(case, text, proposal.content),
            default=None,
        )
        judged.append((hit is not None, proposal))
        if hit is not None:
            left.remove(hit)
    return judged, left

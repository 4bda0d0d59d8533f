"""Links to words on the page that printed them: the text fragments of the WICG draft "Scroll to Text Fragment".

`#:~:text=[prefix-,]start[,end][,-suffix]` (https://wicg.github.io/scroll-to-text-fragment/). Browsers that know it
scroll there and mark the words; others, and pages that have changed since, open the page as usual. Pure functions.
"""

import re
from urllib.parse import quote, urldefrag

from ..documents import Passage

LONGEST_EXACT = 120  # characters up to which the words are named whole; of longer ones the first and the last
EDGE_WORDS, LONGEST_EDGE = 5, 60  # words at either end that are named then, and characters
SHORT_WORDS = 3  # words that may stand on a page more than once: then those beside them are named too
_DIRECTIVE = ":~:text="
# White space, and the marks in which a page may have words otherwise than the text that was saved of it.
_EDGES = " \t\n\"'“”„‟«»‹›‘’‚‛「」『』…"


def address_of_words(url: str, passage: Passage) -> str:
    """The address of these words on the page at `url`; `url` itself where they cannot be named, "" without one."""
    directive = text_directive(passage) if url else ""
    if not directive:
        return url
    address, fragment = urldefrag(url)
    return f"{address}#{fragment.partition(':~:')[0]}{_DIRECTIVE}{directive}"


def text_directive(passage: Passage) -> str:
    """What stands behind `text=`; "" where the passage has no words."""
    lines = [line.strip(_EDGES) for line in passage.exact.splitlines()]
    lines = [line for line in lines if re.search(r"\w", line)]
    if not lines:
        return ""
    words = lines[0].split()
    # One term is looked for within one block of the page: words of two paragraphs, and long ones, are a range.
    if len(lines) == 1 and len(lines[0]) <= LONGEST_EXACT:
        terms = [_encode(lines[0])]
    else:
        most = EDGE_WORDS if len(lines) > 1 else max(1, min(EDGE_WORDS, len(words) // 2))
        last = lines[-1].split()[-most:]
        terms = [_encode(_first_words(words[:most]).rstrip(_EDGES)), _encode(_last_words(last).lstrip(_EDGES))]
    if len(lines) == 1 and len(words) <= SHORT_WORDS:
        before = " ".join(_words_beside(passage.prefix.rpartition("\n")[2])[-SHORT_WORDS:])
        after = " ".join(_words_beside(passage.suffix.partition("\n")[0])[:SHORT_WORDS])
        terms = [f"{_encode(before)}-"] * bool(before) + terms + [f"-{_encode(after)}"] * bool(after)
    return ",".join(terms)


def _first_words(words: list[str]) -> str:
    """As many of these words as are not too long; some scripts part no words, and any place may be an end there."""
    while len(" ".join(words)) > LONGEST_EDGE and len(words) > 1:
        words = words[:-1]
    return " ".join(words)[:LONGEST_EDGE]


def _last_words(words: list[str]) -> str:
    while len(" ".join(words)) > LONGEST_EDGE and len(words) > 1:
        words = words[1:]
    return " ".join(words)[-LONGEST_EDGE:]


def _words_beside(text: str) -> list[str]:
    """The words beside a passage, as far as no mark stands between that a page may have otherwise."""
    has_marks = any(mark in text for mark in _EDGES.replace(" ", "").replace("\t", ""))
    return [] if has_marks or not re.search(r"\w", text) else text.split()


def _encode(term: str) -> str:
    """Percent-encoded; so are "&", "-" and ",", which have a meaning in the directive."""
    return quote(term, safe="").replace("-", "%2D")

"""Plain text as it was saved from a page: the article's lines apart from the clutter.

The rules are shapes and lists of words, none of them made for one page. What they rest on: clutter stands before the
first paragraph, after the last one, or on a short line of its own between; a paragraph of running text is never removed
for its words alone unless it stands at the end and begins as disclaimers, comment forms and notes about authors do.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ..text import MAX_TEXT_LENGTH, MAX_TEXT_LINES, TextIsBroken, settle
from .article_reading import ArticleReading, Line, Place, lines_of, move_places
from .field_proposals import dateline_of, propose_fields
from .patterns import (
    AUTHOR_NOTE,
    BIOGRAPHY,
    CAPTION,
    CLUTTER,
    DATE_LINE,
    MAX_CAPTION_WORDS,
    MORE_BY_AUTHOR,
    NAME,
    NAVIGATION_WORDS,
    PROFESSION,
    SECTION_NAMES,
)
from .transcripts import turn_places

MAX_SHORT_LINE_WORDS = 25  # words; a longer line between paragraphs is running text, whatever it begins with
MAX_HEADLINE_WORDS = 30


def read_plain(text: str, places: Sequence[Place] = ()) -> ArticleReading:
    """The article in `text`, the lines taken for clutter with their number and kind, and what the text says of itself.

    `places` are those of the text as it comes, which must then be settled; without them those of the turns of a
    transcript are told. Raises `TextIsBroken` where `settle` does, and for a text that is longer than an article may
    be: all of this runs in the process that asks. A text in which nothing is left is returned whole.
    """
    _refuse_too_long(text)
    text = settle(text)
    lines = lines_of(text)
    kinds = clutter_by_line(lines)
    if len(kinds) == len(lines):
        kinds = {}
    kept = [line for line in lines if line.number not in kinds]
    gone = [line for line in lines if line.number in kinds]
    left = _remove_lines(text, kinds)
    return ArticleReading(
        text=left,
        removed=[[line.number, kinds[line.number], line.text] for line in gone],
        proposals=propose_fields(kept, headline_line(kept), [(line, kinds[line.number]) for line in gone]),
        places=move_places(places, text, kept, left) if places else turn_places(left),
    )


def _refuse_too_long(text: str) -> None:
    if len(text) > MAX_TEXT_LENGTH:
        raise TextIsBroken(f"The text has {len(text):,} characters; the limit for an article is {MAX_TEXT_LENGTH:,}.")
    if (lines := text.count("\n")) > MAX_TEXT_LINES:
        raise TextIsBroken(f"The text has {lines:,} lines; the limit for an article is {MAX_TEXT_LINES:,}.")


def clutter_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line of `text` that is taken for clutter, in its order; none where all of it would be."""
    kinds = clutter_by_line(lines_of(text))
    spans, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if number in kinds:
            stripped = start + len(line) - len(line.lstrip())
            spans.append((stripped, stripped + len(line.strip())))
        start += len(line) + 1
    return spans if len(kinds) < len(lines_of(text)) else []


def headline_line(kept: list[Line]) -> Line | None:
    """The first line that is left, if it is no paragraph, opens no dateline and paragraphs follow."""
    if not kept or kept[0].is_paragraph or dateline_of(kept[0]) or kept[0].words > MAX_HEADLINE_WORDS:
        return None
    if kept[0].words < 2 and len(kept[0].text) < 6:
        return None
    return kept[0] if any(line.is_paragraph for line in kept[1:]) else None


def clutter_by_line(lines: list[Line]) -> dict[int, str]:
    """The kind of clutter by number of line; lines of the article are not in it."""
    ending, kinds = len(lines) - max(6, len(lines) // 3), dict[int, str]()
    known: dict[tuple[str, bool], str] = {}  # of lines that repeat, as in dumps and tables
    for index, line in enumerate(lines):
        key = (line.text, index >= ending)
        if (kind := known.get(key)) is None:
            kind = known[key] = _clutter_kind(line, at_the_end=index >= ending)
        if kind:
            kinds[line.number] = kind
    _mark_site_name(lines, kinds)
    _mark_captions_before_the_dateline(lines, kinds)
    _mark_author_notes(lines, kinds)
    return kinds


def _clutter_kind(line: Line, *, at_the_end: bool) -> str:
    short = line.words <= MAX_SHORT_LINE_WORDS
    if DATE_LINE.match(line.start) and line.words <= 16:
        return "date"
    if _is_navigation(line):
        return "navigation"
    if MORE_BY_AUTHOR.match(line.start) and short:
        return "navigation"
    for kind, habits in CLUTTER.items():
        if habits.match(line.start) and (
            at_the_end or (short and not _has_quotation_marks(line) and kind != "disclaimer")
        ):
            return kind
    # "Reuters/File Photo" under a picture is short; a paragraph about a photo is not, and says who said so.
    if (
        line.words <= MAX_CAPTION_WORDS
        and CAPTION.search(line.start)
        and not _has_quotation_marks(line)
        and not _has_reporting_verb(line)
    ):
        return "caption"
    return ""


def _is_navigation(line: Line) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line.start.lower())
    return (
        len(line.text) <= 80
        and len(words) <= 8
        and bool(words)
        and all(w.replace("’", "'") in NAVIGATION_WORDS for w in words)
    )


def _has_quotation_marks(line: Line) -> bool:
    return bool(re.search(r"[\"“”«»„]", line.start))


def _has_reporting_verb(line: Line) -> bool:
    return bool(re.search(r"\b(?:said|says|told|according to|reported|announced)\b", line.start, re.IGNORECASE))


def _mark_site_name(lines: list[Line], kinds: dict[int, str]) -> None:
    """A line of a few capitalised words above the headline is the name of the site or of its section."""
    left = [line for line in lines if line.number not in kinds]
    if len(left) < 3 or left[0].is_paragraph or left[1].is_paragraph or left[1].words < 4 or dateline_of(left[1]):
        return
    first = left[0]
    if "-".join(first.text.lower().split()) in SECTION_NAMES:
        kinds[first.number] = "navigation"
    elif first.words <= 5 and first.words < left[1].words and _is_title(first.text):
        kinds[first.number] = "site name"


def _is_title(text: str) -> bool:
    words = [
        w for w in re.findall(r"[^\W\d_][\w'’./-]*", text) if w.lower() not in ("of", "the", "and", "de", "la", "for")
    ]
    return bool(words) and all(w[0].isupper() for w in words) and not re.search(r"[,;:!?\"“”]", text)


def _mark_captions_before_the_dateline(lines: list[Line], kinds: dict[int, str]) -> None:
    """Between a headline and a paragraph that opens with a dateline stand captions and standfirsts, no text."""
    left = [line for line in lines if line.number not in kinds]
    if not headline_line(left):
        return
    for index, line in enumerate(left[1:6], start=1):
        if line.is_paragraph and dateline_of(line):
            for between in left[1:index]:
                if not dateline_of(between) and not re.match(r"by \S", between.text, re.IGNORECASE):
                    kinds[between.number] = "caption or standfirst"
            return
        if line.words > MAX_SHORT_LINE_WORDS:
            return


def _mark_author_notes(lines: list[Line], kinds: dict[int, str]) -> None:
    """From the end upwards: the author's name on lines of its own, and paragraphs that say who the author is."""
    left = [line for line in lines if line.number not in kinds]
    names = {
        match["name"].strip() for line in lines if (match := MORE_BY_AUTHOR.match(line.start)) and line.number in kinds
    }
    names |= _repeated_names(left)
    by_line = next((m for line in left[:6] if (m := re.fullmatch(r"[Bb][Yy]:? (.{3,60})", line.start))), None)
    if by_line:
        names.add(by_line[1].strip())
    names = {name for name in names if NAME.fullmatch(name)}
    tail = left[max(1, len(left) - 8) :]
    for line in tail:
        if line.text.rstrip(":") in names or AUTHOR_NOTE.match(line.start):
            kinds[line.number] = "author note"
    body = " ".join(line.text for line in left[: max(1, len(left) - 8)])
    for line in reversed(tail):
        if line.number in kinds:
            continue
        if not (_is_note_about(line, names) or _is_note_about_somebody_new(line, body)):
            if line.is_paragraph:
                return
            continue
        kinds[line.number] = "author note"


def _repeated_names(left: list[Line]) -> set[str]:
    """Names that stand on a line of their own at least twice, as a page prints its author beside a portrait."""
    alone = Counter(
        line.text for line in left[1:] if line.words <= 4 and NAME.fullmatch(line.start) and _is_title(line.start)
    )
    return {name for name, times in alone.items() if times > 1}


def _is_note_about(line: Line, names: set[str]) -> bool:
    for name in names:
        for called in (name, name.split()[-1]):
            if line.text.startswith(called + " ") and BIOGRAPHY.match(line.text[len(called) + 1 :]):
                return True
    return False


def _is_note_about_somebody_new(line: Line, body: str) -> bool:
    """ "Ana Ruiz is a reporter …" at the end is a note, unless the article has spoken of her."""
    if not NAME.match(line.start) or line.words > 80 or _has_quotation_marks(line):
        return False
    opening = re.match(r"(?P<name>\S+(?: \S+){1,3}?) (?:is|was|works as|writes) (?:an? |the |our )", line.start)
    if not opening or not _is_title(opening["name"]) or not PROFESSION.search(line.start[: len(opening[0]) + 80]):
        return False
    return opening["name"].split()[-1] not in body


def _remove_lines(text: str, kinds: dict[int, str]) -> str:
    """`text` without the lines in `kinds`, blank lines single, none at the ends."""
    kept = ("" if number in kinds else line.rstrip() for number, line in enumerate(text.split("\n"), start=1))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")

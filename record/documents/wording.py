"""Whose words a printing shows: the speaker's own as a quotation, everything else as a report of whoever worded it.

Pure functions over documents, and the only place that decides it (docs/decisions/own-words.md):

1. The words between quotation marks in the capture (`passage.marked`) are the speaker's own where the statement is
   direct or partly quoted speech, or a document of the speaker's. In reported speech and in gestures they are not: they
   belong to the actor of the chain who is nearest to the speaker, else to nobody, and then they stay as printed.
2. All other words are those of the outlet that printed them, or of the agency whose text it prints.
3. Marks are never put around words that have none in the capture. Where a marked stretch reaches the edge of the
   passage its mark stands further out, and is put there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from . import Actor, Appearance, Article, DocumentLookup, Outlet, Passage, Statement, resolve_document

OWN_MODES = ("direct", "mixed", "document")
WORDING_KINDS = ("quotation", "mixed", "report")  # in the order in which the printings of one statement are shown
COPYING_DERIVATIONS = (
    "verbatim",
    "excerpt",
)  # an article that derives from another in this way prints the other's words

CLOSING_MARKS = {
    "“": "”",
    "„": "“",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘",
    "「": "」",
    "『": "』",
    "〝": "〞",
    "＂": "＂",
    "``": "''",
    '"': '"',
    "'": "'",
}
OPENING_MARKS = {"”": "“", "»": "«", "›": "‹", "’": "‘", "」": "「", "』": "『", "〞": "〝", "＂": "＂", "''": "``"}
OPENING_MARKS |= {'"': '"', "'": "'", "“": "„", "«": "»"}
MARKS_BY_LANGUAGE = {
    **dict.fromkeys(("be", "kk", "ky", "ru", "tg", "tt", "uk", "uz", "ar", "fa", "ug", "es", "it", "fr"), "«»"),
    **dict.fromkeys(("bg", "cs", "de"), "„“"),
    **dict.fromkeys(("pl", "ro", "hu"), "„”"),
    "ja": "「」",
    "zh-Hant": "「」",
}
_SIGNS = re.compile("``|''|[“”„‟«»‹›‘’‚「」『』〝〞＂\"']")
# Only French prints a space within its marks; any other mark with a space between belongs to other words.
_FIRST_MARK = re.compile(rf"(?:[.,;:!?…。，、！？]*|\s+(?=[»›]))({_SIGNS.pattern})")
_LAST_MARK = re.compile(rf"(?:({_SIGNS.pattern})…?|([«‹„])\s*)$")
_WHITESPACE = re.compile(r"\s+")
_WORD_CHARACTER = re.compile(r"\w")
_UNSPACED_SCRIPT = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")  # scripts that write no spaces between words


@dataclass(frozen=True)
class Run:
    """Some of the words of a printing, with their marks; `own` where they are the own words of whoever is quoted."""

    text: str
    own: bool


@dataclass(frozen=True)
class Wording:
    """How the words of one printing are shown.

    `kind` is one of WORDING_KINDS: the speaker's own words alone, among words of somebody else, or none of them.
    `quoted` is the id of the actor whose own words stand in marks, "" for a speaker who has only a label, None where
    nobody is quoted. `writer` is the id of the outlet or actor that worded the rest, or of the relayer whose own words
    are all of it; None in a quotation, and where it is not on record.
    `runs` joined are the words as printed, with the marks that stand outside the passage.
    """

    kind: str
    quoted: str | None
    writer: str | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def wording_of(statement: Statement, appearance: Appearance, named: DocumentLookup) -> Wording:
    """How the words of this printing are shown; `named` has its article, and the outlets and actors of its chain."""
    article = resolve_document(appearance.article, named)
    passage = appearance.passage
    stretches, quoted = own_stretches(statement, appearance)
    runs = runs_of(passage, stretches, article.language if isinstance(article, Article) else "")
    writer = writer_of(appearance, named)
    whole = bool(stretches) and not any(_WORD_CHARACTER.search(run.text) for run in runs if not run.own)
    if stretches and is_by_speaker(statement):
        return Wording("quotation" if whole else "mixed", quoted, None if whole else writer, runs)
    return Wording("report", quoted, quoted if whole else writer, runs)


def kind_of_wording(statement: Statement, appearance: Appearance) -> str:
    """One of WORDING_KINDS; it needs no other document."""
    return wording_of(statement, appearance, {}).kind


def own_stretches(statement: Statement, appearance: Appearance) -> tuple[list[tuple[int, int]], str | None]:
    """The stretches of the passage that are somebody's own words, and whose: see `Wording.quoted`."""
    if not (stretches := marked_stretches(appearance.passage)):
        return [], None
    if is_by_speaker(statement):
        return stretches, statement.speaker or ""
    relayers = [step.actor for step in appearance.chain if step.actor and step.actor != statement.speaker]
    return (stretches, relayers[-1]) if relayers else ([], None)


def own_words(statement: Statement, appearance: Appearance) -> list[str]:
    """The speaker's own words in this printing, without marks, in the order of the text."""
    if not is_by_speaker(statement):
        return []
    exact = appearance.passage.exact
    return [exact[start:end].strip() for start, end in marked_stretches(appearance.passage)]


def is_by_speaker(statement: Statement) -> bool:
    """Whether words in quotation marks are the speaker's: in reported speech and in gestures they are not."""
    return statement.mode in OWN_MODES


def has_quoted_words(statement: Statement) -> bool:
    """Whether the words that the editors recorded stand, as the speaker's own, in the capture of a printing."""
    if not (words := fold_words(statement.words)):
        return False
    whole = re.compile(re.escape(words) if _UNSPACED_SCRIPT.search(words) else rf"\b{re.escape(words)}\b")
    return any(
        whole.search(fold_words(own))
        for appearance in statement.appearances
        for own in own_words(statement, appearance)
    )


def add_quotation_marks(text: str, language: str) -> str:
    """The text between the quotation marks of its language, once: only for words that stand so in a capture."""
    opening, closing = marks_of(language)
    return f"{opening}{strip_quotation_marks(text)}{closing}"


def strip_quotation_marks(text: str) -> str:
    """The text without the quotation marks in which the whole of it stands."""
    text = text.strip()
    while len(text) > 2 and text[0] in CLOSING_MARKS and text[-1] in (CLOSING_MARKS[text[0]], '"', "'", "”"):
        if _SIGNS.search(text[1:-1]):
            break
        text = text[1:-1].strip()
    return text


def split_marks(own: str) -> tuple[str, str]:
    """The marks with which the text of a run of own words begins and ends; "" where there is none."""
    opening = next((mark for mark in sorted(CLOSING_MARKS, key=len, reverse=True) if own.startswith(mark)), "")
    if not opening:
        return "", ""
    closings = (CLOSING_MARKS[opening], *(("”",) if opening == "„" else ()))
    return opening, next((mark for mark in closings if own.endswith(mark)), "")


def printing_order(statement: Statement) -> list[int]:
    """The numbers of the printings as they are shown: the speaker's own words first, reports last."""
    ranks = [WORDING_KINDS.index(kind_of_wording(statement, appearance)) for appearance in statement.appearances]
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def writer_of(appearance: Appearance, named: DocumentLookup) -> str | None:
    """The id of who worded what is not quoted: the outlet of the page, or whose text it prints.

    That is the last of the steps nearest to the page that are agencies, or outlets where the article is a copy. A paper
    that tells what another paper reported does so in words of its own.
    """
    article = resolve_document(appearance.article, named)
    if not isinstance(article, Article):
        return None
    writer = article.outlet
    for step in appearance.chain:
        passed_on_by = resolve_document(step.actor or step.outlet, named)
        if isinstance(passed_on_by, Outlet):
            if passed_on_by.kind != "agency" and article.derivation not in COPYING_DERIVATIONS:
                break
        elif not (isinstance(passed_on_by, Actor) and passed_on_by.kind == "outlet"):
            break
        writer = passed_on_by.id
    return writer


def runs_of(passage: Passage, stretches: Iterable[tuple[int, int]], language: str) -> tuple[Run, ...]:
    """The passage in runs; a stretch has its marks with it, those outside the passage included."""
    runs, at, exact = [], 0, passage.exact
    for start, end in stretches:
        opening, closing = marks_of_stretch(passage, start, end, language)
        first = start - len(opening) if exact[:start].endswith(opening) else start
        last = end + len(closing) if exact[end:].startswith(closing) else end
        own = (opening if start == 0 else "") + exact[first:last] + (closing if end == len(exact) else "")
        runs += [Run(exact[at:first], own=False), Run(own, own=True)]
        at = last
    runs.append(Run(exact[at:], own=False))
    return tuple(run for run in runs if run.text)


def marks_of_stretch(passage: Passage, start: int, end: int, language: str) -> tuple[str, str]:
    """The marks of one stretch: as they are printed where that can be seen, else those of the language."""
    opening = _mark_before(passage.exact[:start] if start else passage.prefix)
    closing = _mark_after(passage.exact[end:] if end < len(passage.exact) else passage.suffix)
    if opening in CLOSING_MARKS:
        fits = closing == CLOSING_MARKS[opening] or (opening == "„" and closing == "”")
        return opening, closing if fits else CLOSING_MARKS[opening]
    if closing in OPENING_MARKS:
        return OPENING_MARKS[closing], closing
    return marks_of(language)


def marks_of(language: str) -> tuple[str, str]:
    """The opening and the closing mark of a language (BCP 47); “ ” where none is known."""
    found = MARKS_BY_LANGUAGE.get("-".join(language.split("-")[:2])) or MARKS_BY_LANGUAGE.get(
        language.split("-")[0].lower(), "“”"
    )
    return found[0], found[1]


def marked_stretches(passage: Passage) -> list[tuple[int, int]]:
    """The stretches of `exact` that stand between quotation marks, the marks left out.

    A document of version 1 does not say. There only what leaves no doubt counts: pairs of marks within the words, and
    marks that stand directly before and after them.
    """
    if passage.marked is not None:
        return [(stretch.start, stretch.end) for stretch in passage.marked]
    return _find_marked_stretches(passage)


def _find_marked_stretches(passage: Passage) -> list[tuple[int, int]]:
    """The outermost pairs of marks in sight; none at all where one of them has no partner."""
    exact = passage.exact
    signs = [(sign[0], *sign.span()) for sign in _SIGNS.finditer(exact) if not _is_apostrophe(exact, sign)]
    if (before := _mark_before(passage.prefix)) in CLOSING_MARKS:
        signs.insert(0, (before, 0, 0))
    if (after := _mark_after(passage.suffix)) in OPENING_MARKS:
        signs.append((after, len(exact), len(exact)))
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for sign, start, end in signs:
        if opened and (sign == CLOSING_MARKS[opened[-1][0]] or (opened[-1][0] == "„" and sign == "”")):
            _, first = opened.pop()
            if not opened:
                found.append((first, start))
        elif sign in CLOSING_MARKS:
            opened.append((sign, end))
        else:
            return []
    return [(start, end) for start, end in found if not opened and _WORD_CHARACTER.search(exact[start:end])]


def _mark_before(text: str) -> str:
    """The mark that stands directly before what follows `text`; "" if none does."""
    found = _LAST_MARK.search(text)
    return (found[1] or found[2]) if found else ""


def _mark_after(text: str) -> str:
    """The mark that closes what stands before `text`, with no more than punctuation between; "" if none does."""
    found = _FIRST_MARK.match(text)
    return found[1] if found else ""


def _is_apostrophe(text: str, sign: re.Match[str]) -> bool:
    """Whether a single mark stands within a word, or after one without another that could have opened it."""
    if sign[0] not in "’'":
        return False
    start, end = sign.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() and (after.isalnum() or (sign[0] == "’" and "‘" not in text[:start]))


def fold_words(text: str) -> str:
    """Without case, marks and signs, with one space between words: to compare typed words with printed ones."""
    return _WHITESPACE.sub(" ", re.sub(r"[^\w\s]|_", " ", text)).strip().casefold()

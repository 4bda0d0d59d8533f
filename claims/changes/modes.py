"""How a statement was said, compared with the marks in the article: direct speech stands between quotation marks.

Which words are marked is known of every passage of a text that is here (`Passage.marked`, by `articles.quotations`). Of
a passage from a record of the first version, and of an excerpt that was copied without marks, it is not, and then
nothing is refused.
"""

import re
from collections.abc import Iterable

from articles.models import Capture
from articles.quotations import marked_words
from articles.trace import Refused

from ..models import Statement

WHOLE, PART, NONE = "whole", "part", "none"
MODES = {WHOLE: Statement.Mode.DIRECT, PART: Statement.Mode.MIXED, NONE: Statement.Mode.INDIRECT, "": ""}
FOUND = {
    "": "No mark stands in this excerpt: it may have been cut out of a quotation.",
    WHOLE: "These words stand between quotation marks: direct speech.",
    PART: "A part of these words stands between quotation marks: partly quoted.",
    NONE: "No quotation marks stand around these words: indirect speech.",
}
_WORD = re.compile(r"\w+")


def marks_around(exact: str, marked: Iterable | None, attribution: str = "") -> str:
    """How much of the words `exact` stands between quotation marks: WHOLE, PART, NONE, or "" where that is not known.

    `marked` are the stretches of `exact` that do. The words of `attribution` (a name as printed, a cue) may stand
    between two quotations without a mark: “…,” said Hill, “…”.
    """
    if marked is None:
        return ""
    stretches = list(marked)
    words = list(_WORD.finditer(exact))
    inside = [word for word in words if any(first <= word.start() and word.end() <= last for first, last in stretches)]
    if not inside:
        return NONE
    outside = {word[0].casefold() for word in words} - {word[0].casefold() for word in inside}
    aside = {word.casefold() for word in _WORD.findall(attribution)}
    return WHOLE if outside <= aside else PART


def marks_in(capture: Capture, exact: str, marked: Iterable | None, attribution: str = "") -> str:
    """`marks_around` words of this text. An excerpt without any mark may have been cut out of a quotation: "" too."""
    found = marks_around(exact, marked, attribution)
    return "" if found == NONE and not capture.complete and not marked_words(capture.text) else found


def marks_of(statement: Statement) -> list[str]:
    """The same of each printing of the statement."""
    return [
        marks_in(one.passage.capture, one.passage.exact, one.passage.marked, f"{one.printed_name} {one.cue}")
        for one in statement.appearances.all()
    ]


def fault_of_mode(mode: str, marks: Iterable[str]) -> str:
    """What is wrong with calling words with these marks said in this `mode`; empty where nothing is.

    One printing with marks around all the words makes direct speech, and one with marks around some makes words that
    are partly quoted: another outlet may print them without.
    """
    marks = list(marks)
    if not marks or "" in marks:
        return ""
    if mode == Statement.Mode.DIRECT and WHOLE not in marks:
        if PART in marks:
            return (
                "Only a part of these words stands between quotation marks: choose “partly quoted”, or select the "
                "words between the marks alone."
            )
        return (
            "No quotation marks stand around these words, so they are not direct speech: choose “indirect speech”, or "
            "select the words with their marks."
        )
    if mode == Statement.Mode.MIXED and set(marks) == {NONE}:
        return (
            "No quotation marks stand around any of these words, so they are not partly quoted: choose “indirect "
            "speech”, or select the words with their marks."
        )
    return ""


def doubt_of_mode(mode: str, marks: Iterable[str]) -> str:
    """What may be wrong with it, and is not refused."""
    if mode == Statement.Mode.INDIRECT and WHOLE in marks:
        return "These words stand between quotation marks, and the statement is called indirect speech."
    return ""


def refuse_wrong_mode(statement: Statement, before: tuple[str, str] = ("", "")) -> None:
    """Refuses a mode that the marks in the articles speak against, on the rows as they are written.

    `before` is (mode, fault) of the statement as it stood: what was recorded before there was this rule can be changed
    otherwise, and the plan of its publication warns.
    """
    fault = fault_of_mode(statement.mode, marks_of(statement))
    if fault and before != (statement.mode, fault):
        raise Refused(fault, field="mode")


def mode_before(statement: Statement) -> tuple[str, str]:
    """The mode of a statement as it stands in the database, and what is wrong with it."""
    standing = Statement.objects.prefetch_related("appearances__passage__capture").filter(pk=statement.pk).first()
    return (standing.mode, fault_of_mode(standing.mode, marks_of(standing))) if standing else ("", "")

"""Claims and summaries stand alone: who reads one by itself knows who or what it speaks of.

Only how a text begins is looked at, and only what is surely wrong is refused: a pronoun that points back, or a verb
without a subject. The words are in `first_words.toml`, by language; a text in another language is left alone.

And how a statement was said agrees with the marks in the article: direct speech stands between quotation marks. Which
words are marked is known of every passage of a text that is here (`Passage.marked`, by `articles.quotation_marks`). Of
a passage from a record of the first version, and of an excerpt that was copied without marks, it is not, and then
nothing is refused.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from articles.models import Capture
from articles.quotation_marks import quoted_spans
from articles.tracked_changes import Refusal

from ..models import Claim, Statement
from .cleaning import Values

WordLists = dict[str, frozenset[str]]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?\.?")
_MAX_ADJECTIVES = 3  # words between “it is” and what is meant by “it”
_PAST_FORM, _PRESENT_PARTICIPLE = re.compile(r"\w{2,}ed"), re.compile(r"\w{3,}ing")


@cache
def _word_lists() -> dict[str, WordLists]:
    read = tomllib.loads((Path(__file__).parent / "first_words.toml").read_text(encoding="utf-8"))
    return {language: {name: frozenset(words) for name, words in lists.items()} for language, lists in read.items()}


def refuse_dependent_wording(text: str, field: str, *, language: str = "") -> None:
    """Refuses a claim or a summary that does not stand alone; `language` is the tag of the text, empty if not known."""
    if fault := fault_of_wording(text, language=language):
        raise Refusal(fault, field=field)


def refuse_dependent_rewording(obj: Claim | Statement, values: Values) -> None:
    """The same for what a change of `obj` words anew. Words that stand may stay: the plan of publication warns."""
    name = "text" if isinstance(obj, Claim) else "summary"
    stands = type(obj)._base_manager.filter(pk=obj.pk).values_list(name, flat=True).first()
    if name in values and values[name] != stands:
        language = values.get("language", obj.language) if isinstance(obj, Claim) else ""
        refuse_dependent_wording(values[name], name, language=language)


def fault_of_wording(text: str, *, language: str = "") -> str:
    """Why a claim or a summary does not stand alone, as a sentence that says what to write; empty where it does."""
    known = language.partition("-")[0].lower()
    for name, lists in _word_lists().items():
        if (not known or known == name) and (fault := _find_fault(text, lists)):
            return fault
    return ""


def _find_fault(text: str, lists: WordLists) -> str:
    words = [word[0].replace("’", "'") for word in _WORD.finditer(text)]
    while len(words) > 1 and words[0].lower() in lists["joining"]:
        words.pop(0)
    if not words or (words[0].endswith(".") and len(words[0]) == 2):  # an initial: I. Hill
        return ""
    if _has_dangling_pronoun(words, lists):
        return (
            f"“{words[0]}” makes sense only with what came before: write the name, or what it refers to, "
            "so that it can be read on its own."
        )
    if _has_no_subject(words, text, lists):
        return (
            f"This begins with “{words[0]}” and does not say who or what. Begin with the subject, as in “The ministry "
            f"{words[0].lower()} …”, so that it can be read on its own."
        )
    return ""


def _has_dangling_pronoun(words: list[str], lists: WordLists) -> bool:
    first, clitic, _ = _split_contraction(words[0])
    after = [_split_contraction(word)[0] if "'" not in word else word.lower() for word in words[1:]]
    following = after[0] if after else ""
    if words[0].isupper() and len(words[0]) > 1:  # an abbreviation: IT, US
        return False
    if first in lists["pronouns"]:
        named = len(words) > 1 and words[1][0].isupper() and words[1] != "I"
        if first in lists["also_names"] and named and not clitic:
            return False
        return not (first == "it" and _is_explained_later(([clitic] if clitic else []) + after, lists))
    if first not in lists["pointing"]:
        return False
    if clitic or following in lists["auxiliaries"]:
        return True
    if first == "this":
        return following.removesuffix("'s") not in lists["times"]
    if first == "those":
        explained = (
            following in lists["relative"]
            or _PAST_FORM.fullmatch(following)
            or _PRESENT_PARTICIPLE.fullmatch(following)
        )
        return not (explained or following in ("held", "sent", "taken", "kept", "made", "shot", "left", "put", "born"))
    return False


def _is_explained_later(after: list[str], lists: WordLists) -> bool:
    """Whether “it” stands for what comes later: it is forbidden to pray."""
    if not after or after[0] not in {*lists["being"], "s"}:
        return False
    rest = after[1 : 2 + _MAX_ADJECTIVES]
    clause = next((place for place, word in enumerate(rest) if word in lists["before_a_clause"]), 0)
    return clause > 0 and not any(word in lists["determiners"] for word in rest[:clause])


def _has_no_subject(words: list[str], text: str, lists: WordLists) -> bool:
    first, rest = words[0].lower(), [word.lower() for word in words[1:]]
    if not rest or (words[0].isupper() and len(words[0]) > 1):
        return False
    named = words[1][0].isupper()
    finite = any(word in lists["auxiliaries"] for word in rest)
    if first in lists["auxiliaries"]:
        # A question asks, and Will may be a name.
        return not text.rstrip().endswith("?") and not (first == "will" and named)
    if first in lists["says"] and len(rest) > 1:
        # “Told of the flood, the family fled” has a subject after the comma; “says” cannot be a participle.
        participle = bool(lists["determiners"]) and not first.endswith("s")
        return not (participle and "," in text) and not (named and first == "said")
    determined = rest[0] in lists["determiners"]
    if first in lists["also_nouns"]:
        return determined and rest[0] != "that" and not finite and "," not in text
    bound = determined or rest[0] in lists["before_a_clause"]
    if not lists["determiners"]:
        return False
    if _PAST_FORM.fullmatch(first):
        return bound and not finite and "," not in text
    if _PRESENT_PARTICIPLE.fullmatch(first):
        return bound and not finite and "," not in text and not any(word.endswith(("s", "ed")) for word in rest[1:])
    if first == "to":
        return not finite and rest[0] not in lists["determiners"] and "," not in text and not named
    return False


def _split_contraction(word: str) -> tuple[str, str, bool]:
    """A word in small letters, and what hangs on it: they're → they, re."""
    head, mark, tail = word.lower().rstrip(".").partition("'")
    return head, tail, bool(mark)


FULLY_MARKED, PARTLY_MARKED, NOT_MARKED = "whole", "part", "none"
MODE_BY_MARKING = {
    FULLY_MARKED: Statement.Mode.DIRECT,
    PARTLY_MARKED: Statement.Mode.MIXED,
    NOT_MARKED: Statement.Mode.INDIRECT,
    "": "",
}
MARKING_SENTENCES = {
    "": "This excerpt has no quotation marks: it may have been cut from inside a quotation.",
    FULLY_MARKED: "In quotation marks: direct speech.",
    PARTLY_MARKED: "Partly in quotation marks: partly quoted.",
    NOT_MARKED: "Not in quotation marks: indirect speech.",
}
_PLAIN_WORD = re.compile(r"\w+")


def marking_of_words(exact: str, marked: Iterable[Sequence[int]] | None, attribution: str = "") -> str:
    """How much of the words `exact` stands between quotation marks, or "" where that is not known.

    `marked` are the stretches of `exact` that do. The words of `attribution` (a name as printed, a cue) may stand
    between two quotations without a mark: “…,” said Hill, “…”.
    """
    if marked is None:
        return ""
    stretches = list(marked)
    words = list(_PLAIN_WORD.finditer(exact))
    inside = [word for word in words if any(first <= word.start() and word.end() <= last for first, last in stretches)]
    if not inside:
        return NOT_MARKED
    outside = {word[0].casefold() for word in words} - {word[0].casefold() for word in inside}
    aside = {word.casefold() for word in _PLAIN_WORD.findall(attribution)}
    return FULLY_MARKED if outside <= aside else PARTLY_MARKED


def marking_in_capture(
    capture: Capture, exact: str, marked: Iterable[Sequence[int]] | None, attribution: str = ""
) -> str:
    """`marking_of_words` of this text. An excerpt without any mark may have been cut out of a quotation: "" too."""
    found = marking_of_words(exact, marked, attribution)
    return "" if found == NOT_MARKED and not capture.complete and not quoted_spans(capture.text) else found


def markings_of_statement(statement: Statement) -> list[str]:
    """The same of each printing of the statement."""
    return [
        marking_in_capture(
            printing.passage.capture,
            printing.passage.exact,
            printing.passage.marked,
            f"{printing.printed_name} {printing.cue}",
        )
        for printing in statement.appearances.all()
    ]


def fault_of_mode(mode: str, marks: Iterable[str]) -> str:
    """What is wrong with calling words with these marks said in this `mode`; empty where nothing is.

    One printing with marks around all the words makes direct speech, and one with marks around some makes words that
    are partly quoted: another outlet may print them without.
    """
    marks = list(marks)
    if not marks or "" in marks:
        return ""
    if mode == Statement.Mode.DIRECT and FULLY_MARKED not in marks:
        if PARTLY_MARKED in marks:
            return (
                "Only some of these words are in quotation marks: choose “partly quoted”, or select only the "
                "words inside the marks."
            )
        return (
            "These words are not in quotation marks, so they are not direct speech: choose “indirect speech”, or "
            "select the words with their marks."
        )
    if mode == Statement.Mode.MIXED and set(marks) == {NOT_MARKED}:
        return (
            "None of these words are in quotation marks, so they are not partly quoted: choose “indirect "
            "speech”, or select the words with their marks."
        )
    return ""


def doubt_of_mode(mode: str, marks: Iterable[str]) -> str:
    """What may be wrong with it, and is not refused."""
    if mode == Statement.Mode.INDIRECT and FULLY_MARKED in marks:
        return "These words are in quotation marks, but the statement is marked as indirect speech."
    return ""


def refuse_wrong_mode(statement: Statement, before: tuple[str, str] = ("", "")) -> None:
    """Refuses a mode that the marks in the articles speak against, on the rows as they are written.

    `before` is (mode, fault) of the statement as it stood: what was recorded before there was this rule can be changed
    otherwise, and the plan of its publication warns.
    """
    fault = fault_of_mode(statement.mode, markings_of_statement(statement))
    if fault and before != (statement.mode, fault):
        raise Refusal(fault, field="mode")


def saved_mode(statement: Statement) -> tuple[str, str]:
    """The mode of a statement as it stands in the database, and what is wrong with it."""
    saved = Statement.objects.prefetch_related("appearances__passage__capture").filter(pk=statement.pk).first()
    return (saved.mode, fault_of_mode(saved.mode, markings_of_statement(saved))) if saved else ("", "")

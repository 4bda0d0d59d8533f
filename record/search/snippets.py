"""What is shown of a document that was found: text in pieces, never markup."""

from dataclasses import dataclass, field

from language.search_words import joined_form, words_with_terms

from ..documents import AnyDocument, Statement
from ..documents.fields import additional_search_texts
from ..documents.wording import add_quotation_marks, has_quoted_words, printing_order, wording_of
from .index import texts_of
from .query import QueryTerm

SNIPPET_LENGTH = 240  # characters of a snippet
MAX_TEXT_LENGTH = 60_000  # characters of a text in which its passage is looked for


@dataclass(frozen=True)
class Segment:
    """A piece of text as it is printed; `marked` where it is what was asked for."""

    text: str
    marked: bool = False


def mark_words(text: str, asked: list[QueryTerm]) -> list[Segment]:
    """The text in pieces, the words that were asked for marked. Joined together they are the text again."""
    segments, last = [], 0
    for start, end, of in words_with_terms(text):
        if of and any(
            word.is_found_in(of) or (word.romanised and word.romanised == joined_form(text[start:end]))
            for word in asked
        ):
            if start > last:
                segments.append(Segment(text[last:start]))
            segments.append(Segment(text[start:end], marked=True))
            last = end
    if last < len(text) or not segments:
        segments.append(Segment(text[last:]))
    return segments


@dataclass(frozen=True)
class Excerpt:
    """A passage of a document: its pieces, and whose words they are.

    `wording` is one of `wording.KINDS` where the passage is printed, "recorded" where editors recorded the words,
    "translation" of such words, "" of all other texts. `relayer` is the id of who is quoted in a report, "" for nobody.
    """

    segments: list[Segment] = field(default_factory=list)
    wording: str = ""
    relayer: str = ""


@dataclass(frozen=True)
class ShownText:
    """A text in which a passage is looked for; `own` are the stretches of somebody's own words, with their marks."""

    text: str
    wording: str = ""
    own: tuple[tuple[int, int], ...] = ()
    relayer: str = ""


def snippet_of(document: AnyDocument, label: str, asked: list[QueryTerm]) -> Excerpt:
    """A passage of some text of the document that holds a word asked for, and more; cut between words; may be empty."""
    for shown in shown_texts(document):
        if not shown.text or shown.text == label:
            continue
        text = shown.text[:MAX_TEXT_LENGTH]
        start = next(
            (start for start, _, of in words_with_terms(text) if of and any(word.is_found_in(of) for word in asked)),
            None,
        )
        if start is None:
            continue
        if first := max(0, start - SNIPPET_LENGTH // 3):
            first = text.find(" ", first, start) + 1 or start
        last = min(len(text), first + SNIPPET_LENGTH)
        if last < len(text):
            last = max(text.rfind(" ", start, last), start + 1) if " " in text[start:last] else last
        cut = mark_words(text[first:last], asked)
        if all(segment.marked or not segment.text.strip() for segment in cut):
            continue  # a name as printed, which is all that was asked for, tells nothing more
        before = f"… {_mark_cut_off(shown, first, 0)}" if first else ""
        after = f"{_mark_cut_off(shown, last, -1)} …" if last < len(text) else ""
        pieces = [Segment(before), *cut, Segment(after)]
        return Excerpt([piece for piece in pieces if piece.text], shown.wording, shown.relayer)
    return Excerpt()


def shown_texts(document: AnyDocument) -> list[ShownText]:
    """The texts of a document as they are shown: of a statement with the marks that stand around its words."""
    if not isinstance(document, Statement):
        names, rest = texts_of(document)
        return [ShownText(text) for text in [*names, *rest]]
    recorded = add_quotation_marks(document.words, document.language) if has_quoted_words(document) else ""
    found = [
        ShownText(document.summary),
        ShownText(recorded, "quotation", ((0, len(recorded)),)) if recorded else ShownText(document.words, "recorded"),
        ShownText(document.translation, "translation"),
    ]
    for number in printing_order(document):
        appearance = document.appearances[number]
        printed, own, at = wording_of(document, appearance, {}), [], 0
        for run in printed.runs:
            own += [(at, at + len(run.text))] if run.own else []
            at += len(run.text)
        relayer = printed.quoted or "" if printed.kind == "report" else ""
        found += [ShownText(appearance.printed_name), ShownText(printed.text, printed.kind, tuple(own), relayer)]
        found += [ShownText(step.label) for step in appearance.chain]
    return [*found, *map(ShownText, additional_search_texts(document))]


def _mark_cut_off(shown: ShownText, at: int, end: int) -> str:
    """The mark at one end of the own words that are cut at a place: what is shown of them keeps its marks."""
    return next((shown.text[start:stop][end] for start, stop in shown.own if start < at < stop), "")

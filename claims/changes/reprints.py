"""What a reprint prints of the statements that are recorded in its original, and the act that takes them over.

A reprint repeats its original's words under its own names and adds one hop: its outlet has the words from the
original's outlet, which has them from wherever the original says. So its chain is that of the original, lengthened.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from msgspec.structs import replace
from rapidfuzz import fuzz

from articles.anchoring import anchor_quotes
from articles.changes import revise_article
from articles.models import Article, Capture
from articles.reading.outlet_names import is_same_outlet
from articles.rewording import nearest_wording
from articles.text import Span
from articles.text_difference import Stretch, readable_difference
from articles.tracked_changes import Refusal
from language.names.spellings import fold

from ..models import Appearance, Statement
from .inputs import PrintingInput, StepInput
from .recording import add_appearance, quote_printing

MAX_PRINTINGS = 500  # printings in one act


class TakenPrinting(PrintingInput, kw_only=True):
    """One printing of the original that the reprint prints too, in its own words and under its own name.

    `seen` is the revision of the statement that the editor has read.
    """

    appearance: Appearance
    seen: int


def take_over(
    reprint: Article, original: Article, printings: Sequence[TakenPrinting], *, by: User, derivation: str = "edited"
) -> list[Statement]:
    """Adds to each statement its printing in `reprint`, with the original's chain and one hop more.

    Says that the reprint derives from the original, unless it is known to derive from something already. All or
    nothing: the first printing that is refused takes the others with it.
    """
    if not printings:
        raise Refusal("Choose at least one statement to copy.")
    if len(printings) > MAX_PRINTINGS:
        raise Refusal(f"You chose {len(printings)} statements; at most {MAX_PRINTINGS} can be copied at a time.")
    if reprint.pk == original.pk:
        raise Refusal("An article cannot be a reprint of itself.")
    capture = reprint.captures.newest_complete()
    if capture is None:
        raise Refusal(f"The full text of “{reprint}” has not been saved: import it first.")
    why = f"copied from “{original}”"[:300]
    revisions: dict[int, int] = {}
    statements: dict[int, Statement] = {}
    with transaction.atomic():
        if reprint.derived_from_id is None:
            values = {"derived_from": original, "derivation": derivation}
            reprint = revise_article(reprint, values, by=by, seen=None, why="its statements were taken over")
        for printing in printings:
            appearance = printing.appearance
            if appearance.passage.capture.article_id != original.pk:
                raise Refusal(f"“{appearance.statement.mention}” is not printed in “{original}”.")
            printing = replace(printing, chain=reprint_chain(reprint, original, appearance))
            one_more = quote_printing(capture, printing, by=by)
            key = appearance.statement_id
            saved = add_appearance(
                appearance.statement, one_more, by=by, seen=revisions.get(key, printing.seen), why=why
            )
            revisions[key], statements[key] = saved.revision, saved
    return list(statements.values())


def reprint_chain(reprint: Article, original: Article, appearance: Appearance) -> tuple[StepInput, ...]:
    """The chain of `appearance`, before it the hop to the original's outlet if that is not the reprint's too."""
    steps = [StepInput.from_source(step) for step in appearance.steps.all()]
    if reprint.outlet_id != original.outlet_id:
        credit = reprint.credited_agency
        cue = credit if is_same_outlet(credit, original.outlet.name) else ""
        steps.insert(0, StepInput(outlet=original.outlet, cue=cue[:120]))
    return tuple(steps)


PRINTS, REWORDED, DROPPED, RECORDED, CIRCULAR = "prints", "reworded", "dropped", "recorded", "circular"
CONTEXT_LENGTH = 500  # code points around the words in which the name and the cue are looked for
MIN_NAME_LIKENESS = 75  # of 100, rapidfuzz's ratio of folded names: Toqaev and Tokayev have 77

_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class PrintingComparison:
    """What became of one printing of the original. `span`, name and cue are the reprint's, where it has them."""

    appearance: Appearance
    state: str
    span: Span | None = None
    printed_name: str = ""
    cue: str = ""
    chain: tuple[StepInput, ...] = ()
    difference: Sequence[Stretch] = ()
    text: str = ""  # of the reprint, in which `span` stands

    @property
    def can_be_taken(self) -> bool:
        return self.state in (PRINTS, REWORDED)

    @property
    def has_other_name(self) -> bool:
        return bool(self.printed_name) and self.printed_name != self.appearance.printed_name


def compare_printings(reprint: Article, original: Article) -> list[PrintingComparison]:
    """What became of each printing that is recorded in `original`, in its order; eight queries for any number.

    Empty where nothing is recorded in the original; all are dropped where no whole text of the reprint is known.
    """
    appearances = list(article_printings(original))
    capture = reprint.captures.newest_complete()
    if capture is None:
        return [PrintingComparison(appearance, DROPPED) for appearance in appearances]
    recorded = {
        (printing.statement_id, printing.passage.start, printing.passage.end)
        for printing in Appearance.objects.filter(passage__capture=capture).select_related("passage")
    }
    passages = [appearance.passage for appearance in appearances]
    return [
        _compare_printing(appearance, place, capture, reprint, original, recorded)
        for appearance, place in zip(appearances, anchor_quotes(capture.text, passages), strict=True)
    ]


def article_printings(article: Article) -> QuerySet[Appearance]:
    """The appearances recorded in `article`, in the order of its text, with all that a chain is told with."""
    return (
        Appearance.objects.filter(passage__capture__article=article)
        .select_related("statement__speaker", "passage__capture")
        .prefetch_related("steps__actor", "steps__outlet", "statement__speaker__names")
        .order_by("passage__capture_id", "passage__start", "pk")
    )


def _compare_printing(
    appearance: Appearance,
    place: Span | None,
    capture: Capture,
    reprint: Article,
    original: Article,
    recorded: set[tuple[int, int, int]],
) -> PrintingComparison:
    passage = appearance.passage
    state = PRINTS
    difference: Sequence[Stretch] = ()
    if place is None:
        nearest = nearest_wording(capture.text, passage.exact, passage.prefix, passage.suffix)
        if nearest is None:
            return PrintingComparison(appearance, DROPPED)
        state, place = REWORDED, nearest.span
        difference = readable_difference(passage.exact, place.exact) or ()
    if (appearance.statement_id, place.start, place.end) in recorded:
        return PrintingComparison(appearance, RECORDED, place)
    chain = reprint_chain(reprint, original, appearance)
    if any(step.outlet == reprint.outlet for step in chain if step.outlet):
        return PrintingComparison(appearance, CIRCULAR, place, chain=chain)
    around = capture.text[max(0, place.start - CONTEXT_LENGTH) : place.end + CONTEXT_LENGTH]
    cue = appearance.cue if appearance.cue and fold(appearance.cue) in fold(around) else ""
    return PrintingComparison(
        appearance, state, place, printed_speaker_name(around, appearance), cue, chain, difference, capture.text
    )


def printed_speaker_name(around: str, appearance: Appearance) -> str:
    """The speaker as `around` the words names them: as the original does, by another known name, or spelt alike."""
    if not appearance.printed_name:
        return ""
    speaker = appearance.statement.speaker
    names = [appearance.printed_name, *(name.name for name in speaker.names.all())] if speaker else []
    for name in names:
        if name in around:
            return name
    words = [match.span() for match in _WORD.finditer(around)]
    best, likeness = "", float(MIN_NAME_LIKENESS)
    for name in names[:1]:
        length, wanted = len(_WORD.findall(name)), fold(name)
        for first in range(len(words) - length + 1):
            printed = around[words[first][0] : words[first + length - 1][1]]
            if not printed[:1].isupper() or "\n" in printed:
                continue
            if (ratio := fuzz.ratio(wanted, fold(printed))) > likeness:
                best, likeness = printed, ratio
    return best

"""A reprint takes over what is recorded of its original, in one act."""

from collections.abc import Sequence

from django.db import transaction
from msgspec.structs import replace

from articles.changes import revise_article
from articles.models import Article
from articles.reading.names import same_outlet
from articles.trace import Refused

from ..models import Appearance, Statement
from .inputs import PrintingInput, StepInput
from .statements import add_appearance, quote_printing

MOST = 500  # printings in one act


class TakenPrinting(PrintingInput, kw_only=True):
    """One printing of the original that the reprint prints too, in its own words and under its own name.

    `seen` is the revision of the statement that the editor has read.
    """

    appearance: Appearance
    seen: int


def take_over(
    reprint: Article, original: Article, printings: Sequence[TakenPrinting], *, by, derivation: str = "edited"
) -> list[Statement]:
    """Adds to each statement its printing in `reprint`, with the original's chain and one hop more.

    Says that the reprint derives from the original, unless it is known to derive from something already. All or
    nothing: the first printing that is refused takes the others with it.
    """
    if not printings:
        raise Refused("Choose at least one statement to take over.")
    if len(printings) > MOST:
        raise Refused(f"{len(printings)} printings are more than go in one act: {MOST} are the most.")
    if reprint.pk == original.pk:
        raise Refused("An article is no reprint of itself.")
    capture = reprint.captures.newest_whole()
    if capture is None:
        raise Refused(f"No whole text of “{reprint}” is known to quote from: take it in first.")
    why = f"taken over from “{original}”"[:300]
    revisions: dict[int, int] = {}
    statements: dict[int, Statement] = {}
    with transaction.atomic():
        if reprint.derived_from_id is None:
            values = {"derived_from": original, "derivation": derivation}
            reprint = revise_article(reprint, values, by=by, seen=None, why="its statements were taken over")
        for printing in printings:
            appearance = printing.appearance
            if appearance.passage.capture.article_id != original.pk:
                raise Refused(f"“{appearance.statement}” is not printed in “{original}”.")
            printing = replace(printing, chain=chain_through(reprint, original, appearance))
            one_more = quote_printing(capture, printing, by=by)
            key = appearance.statement_id
            saved = add_appearance(
                appearance.statement, one_more, by=by, seen=revisions.get(key, printing.seen), why=why
            )
            revisions[key], statements[key] = saved.revision, saved
    return list(statements.values())


def chain_through(reprint: Article, original: Article, appearance: Appearance) -> tuple[StepInput, ...]:
    """The chain of `appearance`, before it the hop to the original's outlet if that is not the reprint's too."""
    steps = [StepInput.of(step) for step in appearance.steps.all()]
    if reprint.outlet_id != original.outlet_id:
        credit = reprint.credited_agency
        cue = credit if same_outlet(credit, original.outlet.name) else ""
        steps.insert(0, StepInput(outlet=original.outlet, cue=cue[:120]))
    return tuple(steps)

"""A statement: what was said, and every printing of it side by side, with what differs between them."""

from .. import querysets
from ..differences import DIFFERENCES, differences
from ..parts import ids_in, origins_of, refer, statement_part
from ..twins import page
from ..vocabulary import BASES, MODES


@page("record/statement.html")
def statement(request, *, slug):
    said = querysets.at("statement", slug)
    printings = querysets.printings_of([said.id])
    named = querysets.named_by(ids_in([said], printings), {said.id: said})
    part = statement_part(said, printings.get(said.id, ()), named)
    for printing, found in zip(part["printings"], differences(part["printings"]), strict=True):
        printing["differs"] = found
    for taken in part["stances"]:
        taken["question"] = refer(taken["claim"]["question"], named)
    return {
        "page": "statement",
        "title": f"{part['speaker']['name']}: {said.summary}",
        "description": f"{part['speaker']['name']}: {said.summary}",
        **part,
        "mode_words": MODES[said.mode].word,
        "basis_words": BASES[said.basis].word,
        "origins": origins_of([part]),
        "differences": sorted(
            {found for printing in part["printings"] for found in printing["differs"]}, key=list(DIFFERENCES).index
        ),
    }

"""A statement: what was said, and every printing of it side by side, with what differs between them."""

from .. import querysets
from ..differences import DIFFERENCES, differences, disagreements, in_runs, pieces, uncompared
from ..heads import linked
from ..origin_tree import origin_tree
from ..parts import articles_in, ids_in, refer, statement_part
from ..twins import page
from ..vocabulary import BASES, MODES


@page("record/statement.html")
def statement(request, *, slug):
    said = querysets.at("statement", slug)
    printings = querysets.printings_of([said.id])
    named = querysets.named_by(ids_in([said], printings), {said.id: said}, querysets.sources_of(articles_in([said])))
    part = statement_part(said, printings.get(said.id, ()), named)
    found = zip(differences(part["printings"]), pieces(part["printings"]), strict=True)
    for printing, (differs, words) in zip(part["printings"], found, strict=True):
        printing |= {"differs": differs, "pieces": words}
        printing["wording"]["runs"] = in_runs(printing["wording"]["runs"], words)
    for taken in part["stances"]:
        taken["question"] = refer(taken["claim"]["question"], named)
    disagreeing = disagreements(part["printings"])
    unusual = {difference for printing in part["printings"] for difference in printing["differs"]}
    return {
        "page": "statement",
        "linked": linked(said, named),
        "title": f"{part['speaker']['name']}: {said.summary}",
        "description": f"{part['speaker']['name']}: {said.summary}",
        **part,
        "mode_words": MODES[said.mode].word,
        "basis_words": BASES[said.basis].word,
        "origins": origin_tree([part], named),
        "differences": disagreeing,
        "tied": [difference for difference in disagreeing if difference not in unusual],
        "compared": not uncompared(part["printings"]),
        "differences_in_words": [DIFFERENCES[found] for found in disagreeing],
    }

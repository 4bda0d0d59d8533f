"""What is new on a page since a reader was there, in words and as plain data."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..documents.addresses import address_for
from ..documents.entries import format_moment
from ..queries.counts import claim_counts
from ..queries.new_since import ChangedDocument, ChangesSince
from .claim_data import claim_title, holders_words
from .formatting import count_words

MAX_LISTED = 12
# What is counted by its kind where it is new, in the order in which it is told.
COUNTED_KINDS = ("statement", "claim", "question", "article", "topic", "actor", "outlet")


def new_on_page_data(changes: ChangesSince) -> dict:
    """`since`, the entry, and when it was published, `at`; how much is new in `words`, "" for nothing; the newest
    `entries`, each with its `mark` (new, changed, corrected); how many `more` there are; `is_cut` where the count ends;
    and the `marks` of all that is counted, by id."""
    held = _holders_of([each.public_id for each in changes.documents[:MAX_LISTED] if each.kind == "claim"])
    return {
        "since": changes.seq,
        "at": format_moment(changes.at),
        "words": summary_words(changes),
        "is_cut": changes.is_cut,
        "entries": [
            {
                "id": each.public_id,
                "kind": each.kind,
                "mark": each.mark,
                "name": claim_title(each.label, held[each.public_id]) if each.kind == "claim" else each.label,
                "address": address_for(each.kind, each.slug),
            }
            for each in changes.documents[:MAX_LISTED]
        ],
        "more": max(len(changes.documents) - MAX_LISTED, 0),
        "marks": {each.public_id: each.mark for each in changes.documents},
    }


def summary_words(changes: ChangesSince) -> str:
    """ "3 statements, 1 correction and 2 additions"; "" where nothing has changed."""
    counts = _counts_by_noun(changes.documents)
    if changes.withdrawn:
        counts["withdrawal"] = changes.withdrawn
    phrases = [count_words(number, noun) for noun, number in counts.items()]
    if len(phrases) < 2:
        return "".join(phrases)
    return _("%(names)s and %(last)s") % {"names": ", ".join(phrases[:-1]), "last": phrases[-1]}


def _counts_by_noun(documents: Sequence[ChangedDocument]) -> dict[str, int]:
    new = Counter(each.kind for each in documents if each.mark == "new")
    marks = Counter[str](each.mark for each in documents)
    found = {kind: new[kind] for kind in COUNTED_KINDS if new[kind]}
    for noun, mark in (("correction", "corrected"), ("addition", "changed")):
        if marks[mark]:
            found[noun] = marks[mark]
    return found


def _holders_of(claims: Sequence[str]) -> dict[str, str]:
    voices = claim_counts(claims).voices
    return {claim: holders_words(voices.get(claim, {})) for claim in claims}

"""Who the text says said the words of a passage, where it is sure, held against who was recorded.

Two kinds of evidence. In a language that `language.attributions` reads: a person named in the passage's own paragraph,
to whom a reporting verb gives these words. In any language: the name that the article printed stood in the paragraph
from which a passage was moved, and does not stand in the one to which it was moved. What is not sure is no evidence: a
wrong alarm would teach people to pass over the right ones.
"""

from collections.abc import Iterable, Sequence

from articles.models import Capture, Passage, Trace
from language.attributions.proposals import Proposal
from language.names.name_pairs import compare
from language.names.spellings import fold
from language.names.structure import is_body

from ..models import ActorName
from ..suggestions.proposals import suggest_attributions

MIN_CONFIDENCE = 0.85  # of the reader, that these are reported words and who said them
MIN_OVERLAP = 0.8  # share of a passage that lies in what was said
MOVING_VERBS = ("re-anchor", "reword")


def other_speaker(text: str, language: str, start: int, end: int, names: Sequence[str]) -> str:
    """The person whom `text` surely names as having said `text[start:end]`, if it is nobody of `names`; else ""."""
    for proposal in suggest_attributions(text, language):
        said = sum(max(0, min(last, end) - max(first, start)) for first, last in proposal.content)
        if said < MIN_OVERLAP * (end - start):
            continue
        people = [proposal.speaker, *(step.speaker for step in proposal.chain)]
        nested = [inner.speaker for inner in proposal.nested]
        if any(_may_be_same_person(name, other) for name in (*people, *nested) if name for other in names):
            return ""
        if not proposal.nested and _is_sure(text, proposal, start):
            return proposal.speaker
    return ""


def has_lost_name(passage: Passage, printed_name: str, first_places: dict[str, tuple[str, int, int]]) -> bool:
    """Whether the printed name stood in the paragraph from which a passage was first moved, and no longer stands by."""
    before = first_places.get(passage.public_id)
    if before is None or not fold(printed_name):
        return False
    now = (passage.capture.text, passage.start, passage.end)
    return has_name_in_paragraph(*before, printed_name) and not has_name_in_paragraph(*now, printed_name)


def has_name_in_paragraph(text: str, start: int, end: int, name: str) -> bool:
    """Whether the name stands in the paragraph of `text[start:end]`, in any spelling."""
    return fold(name) in fold(_paragraph(text, start, end))


def first_positions(passages: Iterable[Passage]) -> dict[str, tuple[str, int, int]]:
    """(text, start, end) at which each of these passages stood before it was ever moved; two queries."""
    by_id = {passage.public_id: passage for passage in passages}
    places = {key: [passage.capture_id, passage.start, passage.end] for key, passage in by_id.items()}
    moved = set()
    acts = Trace.objects.filter(public_id__in=sorted(by_id), verb__in=(*MOVING_VERBS, "put back")).order_by("-id")
    for public_id, changes in acts.values_list("public_id", "changes"):
        moved.add(public_id)
        for at, name in enumerate(("capture", "start", "end")):
            if name in changes:
                places[public_id][at] = changes[name][0]
    texts = dict(Capture.objects.filter(pk__in={places[key][0] for key in moved}).values_list("pk", "text"))
    now = {key: places[key] for key in moved}
    return {key: (texts[capture], start, end) for key, (capture, start, end) in now.items() if capture in texts}


def names_by_actor(actors: Iterable[int]) -> dict[int, list[str]]:
    """Every name of these actors, by their keys; one query."""
    names: dict[int, list[str]] = {}
    for actor, name in ActorName.objects.filter(actor__in=set(actors)).order_by("pk").values_list("actor", "name"):
        names.setdefault(actor, []).append(name)
    return names


def _is_sure(text: str, proposal: Proposal, start: int) -> bool:
    """Whether a person is named, in full or by a capital, in the very paragraph of the words."""
    first, last = _paragraph_span(text, start)
    named_here = all(first <= begin and finish <= last for begin, finish in proposal.source)
    printed = " ".join(text[begin:finish] for begin, finish in proposal.source)
    words = proposal.speaker.split()
    return (
        bool(proposal.source)
        and named_here
        and min(proposal.confidence, proposal.speaker_confidence) >= MIN_CONFIDENCE
        and 2 <= len(words) <= 4
        and all(word[:1].isupper() for word in words)
        and words[-1] in printed
        and not is_body(proposal.speaker)
    )


def _may_be_same_person(one: str, other: str) -> bool:
    return fold(one) == fold(other) or bool(compare(one, other).level)


def _paragraph(text: str, start: int, end: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]


def _paragraph_span(text: str, start: int) -> tuple[int, int]:
    end = text.find("\n", start)
    return text.rfind("\n", 0, start) + 1, end if end >= 0 else len(text)

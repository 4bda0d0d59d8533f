"""Suggestions for the words of a passage, and for all attributions of an article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeVar

from articles.models import Article, Capture
from articles.passage_places import place_of_span
from articles.reading.outlet_names import is_same_outlet
from articles.text import CONTEXT_LENGTH, Span
from language.amounts import AmountInWords, read_amounts
from language.attributions.proposals import Proposal, Spans
from language.dates import DateInWords, read_dates
from language.dates.date_reader import own_day
from language.names.actors import expansions
from language.names.name_likeness import SAME
from language.names.spellings import fold

from .claim_matches import claims_for_passages
from .known_actors import KnownActors, KnownOutlets
from .proposals import suggest_attributions
from .sentence_bounds import SentenceBounds
from .stances import overlapping_proposal
from .suggestion_types import ActorCandidate, ChainStep, PassageSuggestion

InWords = TypeVar("InWords", DateInWords, AmountInWords)

MIN_CONFIDENCE = 0.6  # confidence from which whom a source stands for is taken for sure
_PAPER_PHRASE = re.compile(
    r"(?:(?:a|the|its|his|her|an) )?(?:[a-z]+ )?"
    r"(?:statement|report|press release|letter|announcement|document|account)s? "
    r"(?:by|from|of|issued by|published by) (?:the )?",
    re.IGNORECASE,
)
_MAX_DATE_DISTANCE = 48  # characters between the cue or its source and a date that still belongs to it


def suggest_for_passage(
    capture: Capture, span: Span, *, proposals: Sequence[Proposal] | None = None
) -> PassageSuggestion:
    """What can be filled in for the words `span` of `capture`; at most ten queries.

    `proposals` are the attributions of the text if the caller has them already; they are read here otherwise.
    """
    if proposals is None:
        proposals = _attributions(capture)
    proposal = overlapping_proposal(span, proposals)
    return _suggestions(capture, [(span, proposal)])[0]


def suggest_for_article(capture: Capture) -> list[PassageSuggestion]:
    """A suggestion for each attribution found in `capture`, in its order; at most ten queries, whatever its length."""
    proposals = [proposal for proposal in _attributions(capture) if proposal.content]
    pairs = [
        (_span(capture.text, words[0][0], words[-1][1]), proposal)
        for proposal in proposals
        if (words := proposal.content)
    ]
    return _suggestions(capture, pairs) if pairs else []


def _attributions(capture: Capture) -> Sequence[Proposal]:
    return suggest_attributions(capture.text, capture.article.language)


def _span(text: str, start: int, end: int) -> Span:
    return Span(
        start, end, text[start:end], text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
    )


def _suggestions(capture: Capture, pairs: Sequence[tuple[Span, Proposal | None]]) -> list[PassageSuggestion]:
    text, article = capture.text, capture.article
    longer = expansions(text)
    reading = _TextReading(capture)
    made = [_suggestion_from_text(text, span, proposal, reading) for span, proposal in pairs]
    credit = article.credited_agency
    labels = {credit, *(step.speaker for _, proposal in pairs if proposal for step in proposal.chain)} - {""}
    names = {name for suggestion in made for name in _speaker_names(suggestion, longer)} | {
        _paper_author(_expand_name(label, longer)) for label in labels
    }
    actors, outlets = KnownActors(article, names, text), KnownOutlets(labels)
    claims = claims_for_passages([(suggestion.span.exact, suggestion.amounts) for suggestion in made])
    for suggestion, near in zip(made, claims, strict=True):
        suggestion.claims = near
        suggestion.speakers = _speakers(suggestion, actors, longer)
        suggestion.chain = _chain(article, suggestion, actors, outlets, longer)
    return made


class _TextReading:
    """The dates, amounts and sentences of a text, read once."""

    def __init__(self, capture: Capture):
        article = capture.article
        published, dateline = article.published, article.dateline
        self.dates = read_dates(capture.text, published=published, dateline=dateline, language=article.language)
        self.amounts = read_amounts(capture.text, language=article.language)
        self.own = own_day(published, dateline)
        self.places = capture.places
        self.sentence = SentenceBounds(capture.text).sentence


def _touching(found: list[InWords], start: int, end: int) -> list[InWords]:
    """Those of `found`, which are in order and do not overlap, that touch text[start:end]."""
    first = bisect_right(found, start, key=lambda words: words.end)
    return found[first : bisect_left(found, end, key=lambda words: words.start)]


def _suggestion_from_text(text: str, span: Span, proposal: Proposal | None, reading: _TextReading) -> PassageSuggestion:
    """What the text alone tells."""
    made = PassageSuggestion(span, proposal)
    made.dates = _touching(reading.dates, span.start, span.end)
    made.amounts = _touching(reading.amounts, span.start, span.end)
    if proposal is not None:
        made.printed_name = _join_spans(text, proposal.source)
        made.cue = _join_spans(text, proposal.cue)
        made.mode = proposal.kind
    place = place_of_span(reading.places, span.start, span.end)
    if place and not (made.printed_name or (proposal and proposal.speaker)):
        made.turn = made.printed_name = place.speaker
    made.said_on = _statement_dates(text, made, reading)
    return made


def _join_spans(text: str, spans: Spans) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in sorted(spans))


def _statement_dates(text: str, suggestion: PassageSuggestion, reading: _TextReading) -> list[DateInWords]:
    """Dates beside the cue and outside what is said, the nearest first; else the article's own date, never sure.

    Beside the cue stands what opens its sentence, and what is near it or its source: "told reporters on Tuesday".
    """
    found = []
    if suggestion.proposal is not None and suggestion.proposal.cue:
        spans = [*suggestion.proposal.cue, *suggestion.proposal.source]
        start, end = reading.sentence(suggestion.proposal.cue[0][0])
        near = {
            date: gap
            for date in _touching(reading.dates, start, end)
            if date.edtf
            and date.edtf.count("/") == 0
            and not _is_inside(date, suggestion.proposal.content + suggestion.proposal.source)
            if (gap := _distance(date, spans)) <= _MAX_DATE_DISTANCE or date.start - start <= len("Earlier on ")
        }
        found = sorted(near, key=lambda date: (near[date], date.start))
    if reading.own is not None:
        why = "no date next to the cue: said no later than the article's own date"
        found.append(DateInWords(0, 0, "", reading.own.edtf, "the article's date", why, sure=False))
    return found


def _is_inside(date: DateInWords, spans: Spans) -> bool:
    return any(start <= date.start and date.end <= end for start, end in spans)


def _distance(date: DateInWords, spans: Spans) -> int:
    """Characters between a date and the nearest of some spans."""
    return min(max(start - date.end, date.start - end, 0) for start, end in spans)


def _paper_author(name: str) -> str:
    """Whose paper it is: "a statement by the ministry" is the ministry's."""
    paper = _PAPER_PHRASE.match(name)
    return name[paper.end() :] if paper else name


def _expand_name(name: str, longer: dict[str, str]) -> str:
    return longer.get(name.removeprefix("The ").removeprefix("the "), name)


def _speaker_names(suggestion: PassageSuggestion, longer: dict[str, str]) -> list[str]:
    """What the speaker is looked for by: as resolved in the text, and as printed."""
    printed = (
        suggestion.printed_name.partition(",")[0] if suggestion.printed_name[:1].isupper() else suggestion.printed_name
    )
    names = [suggestion.proposal.speaker if suggestion.proposal else ""]
    if not (suggestion.proposal and suggestion.proposal.chain and fold(names[0]) not in fold(suggestion.printed_name)):
        # Else the words in print name who relayed it.
        names += [printed, suggestion.printed_name]
    names = [form for name in names for form in (name, _paper_author(name), _expand_name(name, longer))]
    return [name for name in dict.fromkeys(names) if name and len(name) <= 200]


def _speakers(suggestion: PassageSuggestion, actors: KnownActors, longer: dict[str, str]) -> list[ActorCandidate]:
    sure = suggestion.proposal is not None and suggestion.proposal.speaker_confidence >= MIN_CONFIDENCE
    best: dict[int, ActorCandidate] = {}
    for name in _speaker_names(suggestion, longer):
        for candidate in actors.candidates(name, sure=sure or name == suggestion.printed_name):
            former = best.get(candidate.actor.pk)
            if former is None or _sort_key(candidate) < _sort_key(former):
                best[candidate.actor.pk] = candidate
    return sorted(best.values(), key=_sort_key)


def _sort_key(candidate: ActorCandidate) -> tuple[int, float, str]:
    return ("same", "likely", "possible").index(candidate.level), -candidate.score, candidate.actor.name


def _chain(
    article: Article, suggestion: PassageSuggestion, actors: KnownActors, outlets: KnownOutlets, longer: dict[str, str]
) -> list[ChainStep]:
    """The hops from the page to the speaker: the credited agency first, then what the sentence itself relays."""
    steps: list[ChainStep] = []
    credit = article.credited_agency
    if credit and not is_same_outlet(credit, article.outlet.name):
        steps.append(_step("relays", credit, "", actors, outlets, longer, "the credit line"))
    for step in reversed(suggestion.proposal.chain[1:] if suggestion.proposal else []):
        if not step.speaker or is_same_outlet(step.speaker, article.outlet.name):
            continue
        made = _step(step.relation, step.speaker, step.cue, actors, outlets, longer, "the sentence")
        if all((made.actor, made.outlet, made.label) != (hop.actor, hop.outlet, hop.label) for hop in steps):
            steps.append(made)
    return steps


def _step(
    relation: str,
    label: str,
    cue: str,
    actors: KnownActors,
    outlets: KnownOutlets,
    longer: dict[str, str],
    where: str,
) -> ChainStep:
    """A hop to the outlet or the actor of that name; to a bare label where none or several may be meant."""
    outlet = outlets.by_name(label)
    if outlet is not None:
        return ChainStep(relation, outlet=outlet, cue=cue, why=f"{where} names the outlet")
    candidates = actors.candidates(_paper_author(_expand_name(label, longer)))
    if candidates and candidates[0].level == SAME:
        return ChainStep(relation, actor=candidates[0].actor, cue=cue, why=f"{where}; {candidates[0].why}")
    return ChainStep(relation, label=label[:200], cue=cue, sure=False, why=f"{where}; nobody of that name is recorded")

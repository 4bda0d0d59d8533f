"""The chain of an attribution: from who is said to have said it, hop by hop, to the page.

Hops come from attributions nested in one another (“according to a statement by A, B said ...”), from “estimates cited
by X”, from whom the words were told to, and from those who speak for another. Pareti (2015, ch. 3) calls the first of
these nested attributions.
"""

from collections.abc import Collection

from .candidates import Candidate
from .clauses import phrase_with_tail
from .coreference import UNSURE, Answer, Ledger, joined_text
from .proposals import Step
from .sources import QUOTED_BY, Source, cited_informant, relayer, speaks
from .speech import Attribution
from .tokens import Tokens, skip

CLAUSE_EDGES = frozenset((",", "WH", "DASH", "("))
LARGE_PART = 0.6


def chain(attribution: Attribution, speaker: Answer, ledger: Ledger) -> list[Step]:
    """Steps from the origin to the page for an attribution whose outermost speaker is `speaker`."""
    candidate, tokens, source = attribution.candidate, attribution.tokens, attribution.candidate.source
    steps = []
    inner = covering_attribution(candidate, tokens)
    if inner is not None and inner.source is not None:
        first, last, _, antecedent = inner.source
        answer = ledger.resolve(tokens, first, last, attribution.paragraph, antecedent)
        # An unsure guess that it is the outer speaker would leave the hop out: then what is printed is the name.
        guessed = answer.name == speaker.name and answer.confidence <= UNSURE and tokens[first].tag != "PRP"
        name = joined_text(tokens[first : last + 1]) if guessed else answer.name
        if name and name != speaker.name:
            steps.append(step("says", tokens, first, last + 1, inner, name))
    if source is not None and source.rule == QUOTED_BY:
        steps.append(step("says", tokens, source.first, source.last + 1, candidate, speaker.name))
        relayed_by = relayer(tokens, candidate.cue[0][0])
        if relayed_by is not None:
            first, last, _, antecedent = relayed_by
            outlet = ledger.resolve(tokens, first, last, attribution.paragraph, antecedent)
            if outlet.name and outlet.name != speaker.name:
                steps.append(step("relays", tokens, first, last + 1, candidate, outlet.name))
    elif source is not None and (informant := cited_beside(tokens, candidate)) is not None:
        first, last, _, antecedent = informant
        origin = ledger.resolve(tokens, first, last, attribution.paragraph, antecedent)
        if origin.name and origin.name != speaker.name:
            steps.append(step("says", tokens, first, last + 1, candidate, origin.name))
        steps.append(step("relays", tokens, source.first, source.last + 1, candidate, speaker.name))
    elif source is not None:
        steps += speaker_steps(tokens, source, speaker.name, candidate, "relays" if steps else "says")
    if candidate.lemma in tokens.rules["tell"]:
        # The outlet that the words were told to: “told CNN on Monday”, not “told Mr. Smith”: one name, all capitals or
        # of several words, no title.
        first = candidate.cue[0][1]
        end = skip(tokens, first, ("NNP", "POS"))
        if end > first and not tokens[first].text.endswith(".") and (tokens[first].text.isupper() or end - first > 1):
            steps.append(step("relays", tokens, first, end, candidate))
    return steps if len(steps) > 1 else []


def cited_beside(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Who is cited after the cue or after what it reports: “reported, citing X, that”, “..., it said, citing X”."""
    citing, i = tokens.rules["citing"], candidate.cue[0][1]
    while i < len(tokens) - 1:
        end = next((end for first, end in candidate.contents if first <= i < end), i)
        if end > i:
            i = end
            continue
        if tokens[i].lower in citing:
            if tokens[i - 1].lower in tokens.rules["without"]:
                return None
            return cited_informant(tokens, i)
        i += 1
    return None


def covering_attribution(candidate: Candidate, tokens: Tokens) -> Candidate | None:
    """The nested attribution that covers most of the content, its cue beginning or ending it; None if there is none."""
    tokens_in = sum(b - a for a, b in candidate.contents)
    return next(
        (
            inner
            for inner in candidate.inner
            if inner.source is not None
            and speaks(tokens, inner.source.first, inner.source.last)
            and not inner.negative
            and not inner.modal
            and inner.act not in ("think", "judge")
            and (inner.is_tail or inner.source.first <= candidate.contents[0][0] + 3)
            and inner.frame in ("that", "tail", "quote", "according")
            and sum(b - a for a, b in (*inner.contents, inner.cue[0])) >= LARGE_PART * tokens_in
        ),
        None,
    )


def speaker_steps(tokens: Tokens, source: Source, name: str, candidate: Candidate, relation: str) -> list[Step]:
    """The speaker's own hop; two where the phrase says “cited by X”, “a spokesman for X” or “X's lawyer”."""
    first, stop, rules = source.first, source.last + 1, tokens.rules
    own = step(relation, tokens, first, stop, candidate, name)
    for i in range(first, stop - 1):
        lower, after = tokens[i].lower, tokens[i + 1].lower
        cited = lower in rules["cited"] and after in rules["agent"] and i > first
        if cited or (lower in rules["speaks for"] and after in rules["behalf"]):
            end = phrase_with_tail(tokens, i + 2)
            if cited and min(end, stop) > i + 2:
                cites = step("cites", tokens, i + 2, min(end, stop), candidate)
                end = min(i, skip_to(tokens, first, CLAUSE_EDGES))  # “the memo, first reported by X”
                return [step("says", tokens, first, end, candidate), cites]
            if not cited and end > i + 2:
                return [own, step("on behalf of", tokens, i + 2, min(end, stop), candidate)]
        if lower in rules["speaks for"] and i > first + 1 and tokens[i - 1].tag == "POS":
            return [own, step("on behalf of", tokens, first, i - 1, candidate)]
    return [own]


def skip_to(tokens: Tokens, first: int, tags: Collection[str]) -> int:
    """The first place from `first` on with one of these tags; the end where there is none."""
    return next((k for k in range(first, len(tokens)) if tokens[k].tag in tags), len(tokens))


def step(relation: str, tokens: Tokens, first: int, end: int, candidate: Candidate, name: str | None = None) -> Step:
    """The hop of tokens[first:end], by that name or as printed."""
    spans = [(tokens[first].start, tokens[end - 1].end)]
    printed = joined_text(tokens[first:end]) if name is None else name
    return Step(relation, printed, spans, joined_text(tokens[slice(*candidate.cue[0])]))

"""The chain of an attribution: from who is said to have said it, hop by hop, to the page.

Hops come from attributions nested in one another (“according to a statement by A, B said ...”), from “estimates cited
by X”, from whom the words were told to, and from those who speak for another. Pareti (2015, ch. 3) calls the first of
these nested attributions.
"""

from .clauses import phrase_with_tail
from .proposals import Step

LARGE_PART = 0.6


def chain(attribution, resolved, ledger):
    """Steps from the origin to the page for an attribution whose outermost speaker is `resolved` (an Answer)."""
    candidate, tokens = attribution.candidate, attribution.tokens
    steps = []
    inner = whole(candidate)
    if inner is not None:
        answer = ledger.resolve(
            tokens, inner.source.first, inner.source.last, attribution.paragraph, inner.source.antecedent
        )
        if answer.name and answer.name != resolved.name:
            steps.append(step("says", answer.name, tokens, inner.source, inner))
    source = candidate.source
    if source is not None:
        steps += own_steps(tokens, source, resolved.name, candidate, "relays" if steps else "says")
    listener = told_to(tokens, candidate)
    if listener is not None:
        steps.append(step("relays", text_of(tokens, *listener), tokens, None, candidate, listener))
    return steps if len(steps) > 1 else []


def whole(candidate):
    """The nested attribution that covers most of the content, its cue beginning or ending it; None if there is none."""
    tokens_in = sum(b - a for a, b in candidate.contents)
    for inner in candidate.details.get("inner", ()):
        if inner.source is None or inner.negative or inner.act in ("think", "judge"):
            continue
        if not inner.tail and inner.source.first > candidate.contents[0][0] + 3:
            continue
        covered = sum(b - a for a, b in inner.contents) + inner.cue[0][1] - inner.cue[0][0]
        if inner.frame in ("that", "tail", "quote", "according") and covered >= LARGE_PART * tokens_in:
            return inner
    return None


def own_steps(tokens, source, name, candidate, relation):
    """The speaker's own hop; two where the phrase says “cited by X”, “a spokesman for X” or “X's lawyer”."""
    for i in range(source.first, source.last):
        lower = tokens[i].lower
        if lower in tokens.rules["cited"] and tokens[i + 1].lower == "by" and i > source.first:
            end = min(phrase_with_tail(tokens, i + 2), source.last + 1)
            if end > i + 2:
                origin = text_of(tokens, source.first, i)
                return [
                    step("says", origin, tokens, None, candidate, (source.first, i)),
                    step("cites", text_of(tokens, i + 2, end), tokens, None, candidate, (i + 2, end)),
                ]
        if lower in tokens.rules["speaks for"]:
            end = phrase_with_tail(tokens, i + 2) if tokens[i + 1].lower in ("for", "of") else 0
            if end > i + 2:
                other = (i + 2, min(end, source.last + 1))
            elif i > source.first + 1 and tokens[i - 1].tag == "POS":
                other = (source.first, i - 1)
            else:
                continue
            return [
                step(relation, name, tokens, source, candidate),
                step("on behalf of", text_of(tokens, *other), tokens, None, candidate, other),
            ]
    return [step(relation, name, tokens, source, candidate)]


def told_to(tokens, candidate):
    """The outlet that the words were told to: a name right after “told”."""
    if candidate.lemma != "tell":
        return None
    k = candidate.cue[0][1]
    end = k
    while end < len(tokens) and tokens[end].tag in ("NNP", "POS"):
        end += 1
    # “told CNN on Monday”, not “told Mr. Smith”: one name, all capitals or of several words, no title
    if end > k and not tokens[k].text.endswith(".") and (tokens[k].text.isupper() or end - k > 1):
        return (k, end)
    return None


def step(relation, name, tokens, source, candidate, place=None):
    first, end = place or (source.first, source.last + 1)
    a, b = candidate.cue[0]
    cue = text_of(tokens, a, b)
    return Step(relation, name, [(tokens[first].start, tokens[end - 1].end)], cue)


def text_of(tokens, first, end):
    out = ""
    for i in range(first, end):
        out += (" " if i > first and tokens[i].start > tokens[i - 1].end else "") + tokens[i].text
    return out

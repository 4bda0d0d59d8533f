"""From candidates in sentences to the attributions of a text: nesting, quotations that run on, cues a sentence away.

PolNeAR marks the outermost attribution only and joins all that one cue governs (Newell et al. 2018); an attribution
inside another's content is kept in `inner` for the chain.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from .candidates import Candidate
from .clauses import QUOTED, starts_clause
from .cues import candidates, signature
from .lexicon import Lexicon
from .proposals import PLAIN, spans_of
from .sentences import Sentence
from .sources import Source, speaks
from .tokens import FINITE, Range, Span, Tokens
from .turns import Turn

FEW = 2
WEAK = 0.5  # confidence below which a report does not take in another
SHORT = 10  # tokens of a sentence that may be the cue of the quotation before it, whose stop is inside the marks
MAX_LABEL = 12  # tokens before the colon of a turn
REPORTED = frozenset(("that", "tail", "quote", "according"))
TURN = "who speaks in this turn"
NO_TURNS: Mapping[int, Turn] = MappingProxyType({})


@dataclass
class Attribution:
    """A candidate with the tokens it points into and contents that may lie in later sentences."""

    candidate: Candidate
    tokens: Tokens
    paragraph: int
    content: list[Span]  # (start, end) code points
    within: list["Attribution"] = field(default_factory=list)  # what is reported in a turn of a transcript


def outermost_candidates(found: Iterable[Candidate], tokens: Tokens) -> list[Candidate]:
    """Candidates whose cue stands in no other's content; what is inside becomes part of the outer one's chain."""
    found = list(found)
    part_tails(found, tokens)
    kept: list[Candidate] = []
    content_of: dict[int, Candidate] = {}  # by token
    first_tokens: set[int] = set()
    cue_tokens: set[int] = set()
    for candidate in sorted(found, key=lambda c: (not c.is_tail, -sum(b - a for a, b in c.contents), c.cue[0][0])):
        cue = candidate.cue[0]
        outer = content_of.get(cue[0])
        if outer is not None:
            candidate.contents = intersection(candidate.contents, outer.contents)
            outer.inner.append(candidate)
            continue
        if candidate.contents and candidate.contents[0][0] in first_tokens:
            continue  # “said in a statement that ...” is one report, not two
        if not cue_tokens.isdisjoint(range(*cue)):
            continue
        for k in kept:
            start = k.cue[0][0]
            for a, b in candidate.contents:
                if a <= start < b:
                    candidate.contents = cut_before(candidate.contents, k)
                    break
        if candidate.contents or candidate.frame == "awaits":
            kept.append(candidate)
            cue_tokens.update(range(*cue))
            first_tokens.update(first for first, _ in candidate.contents[:1])
            for a, b in candidate.contents:
                for i in range(a, b):
                    content_of.setdefault(i, candidate)
    return sorted(kept, key=lambda c: c.cue[0][0])


def part_tails(found: Iterable[Candidate], tokens: Tokens) -> None:
    """Begin a second tail after the first: “A, X said, while B, Y said”; but Y reports X in “A, X said, Y reported”."""
    before: Candidate | None = None
    for candidate in found:
        if not candidate.is_tail or candidate.frame != "tail" or not candidate.contents or candidate.source is None:
            continue
        if before is not None and before.source is not None and before.contents[0][0] == candidate.contents[0][0]:
            first, end = max(before.source.last + 1, before.cue[0][1]), candidate.contents[0][1]
            while first < end and tokens[first].tag in (",", ";", "CC", "CJ", "CS"):
                first += 1
            if first < end and starts_clause(tokens, first) and candidate.source.first >= end:
                candidate.contents[0] = (first, end)
                before.contents = [content for content in before.contents if content[0] < before.cue[0][0]]
        before = candidate


def intersection(contents: list[Range], outer: list[Range]) -> list[Range]:
    """The parts of `contents` that lie within `outer`."""
    return [(max(a, c), min(b, d)) for a, b in contents for c, d in outer if max(a, c) < min(b, d)]


def cut_before(contents: list[Range], other: Candidate) -> list[Range]:
    """Contents shortened so that they end before another attribution's cue and source."""
    limit = min(other.cue[0][0], other.source.first if other.source else other.cue[0][0])
    return [(a, min(b, limit)) for a, b in contents if a < limit]


def is_all_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is nothing but quotations, a mark or a short link aside."""
    tokens = sentence.tokens
    return (
        any(t.tag in QUOTED for t in tokens) and sum(t.text[0].isalnum() for t in tokens if t.tag not in QUOTED) <= FEW
    )


def attributions(
    listed: Sequence[Sentence], lexicon: Lexicon, turn_of: Mapping[int, Turn] = NO_TURNS
) -> list[Attribution]:
    """The attributions of tagged sentences, in order; contents may run on into the sentences that follow a cue.

    `turn_of` gives the turns of a transcript by paragraph: each is one attribution, whatever is reported in it.
    """
    done: list[Attribution] = []
    last: Attribution | None = None
    turn: Attribution | None = None
    waiting: list[Span] = []  # quotations of a paragraph whose speaker comes in the next
    waiting_in = -1  # its number
    block_in = -1  # the number of a paragraph that is all somebody's words, without marks
    skip = -1
    for number, sentence in enumerate(listed):
        if number <= skip:
            continue
        tokens = sentence.tokens
        if sentence.paragraph in turn_of:
            opened = open_turn(sentence, turn_of[sentence.paragraph])
            if opened is not None:
                done.append(opened)
                turn, last = opened, None
            elif turn is not None:
                turn.content.append((sentence.start, tokens[-1].end))
            if turn is not None:
                turn.within += reports_in_turn(sentence, opened, lexicon)
                continue
        if (last is not None and last.candidate.frame == "awaits" and sentence.paragraph == block_in) or (
            last is not None and starts_block(last, sentence)
        ):
            block_in = sentence.paragraph
            last.content.append((sentence.start, tokens[-1].end))
            last.within += reports_in_turn(sentence, None, lexicon)
            continue
        following = listed[number + 1] if number + 1 < len(listed) else None
        is_headline = number == 0 and (following is None or following.paragraph > 0)
        found = outermost_candidates(candidates(tokens, lexicon, is_headline), tokens)
        if (
            following is not None
            and continues_after_quotation(sentence, following)
            and not any(c.is_tail or (c.contents and c.contents[-1][1] == len(tokens)) for c in found)
        ):
            both = Tokens(tokens + following.tokens, tokens.rules)
            both.reports_at = tokens.reports_at | {len(tokens) + i for i in following.tokens.reports_at}
            candidates_of_both = outermost_candidates(candidates(both, lexicon), both)
            asks = any(mark in tokens[-1].text[-4:] for mark in "?!…")
            if any(
                c.is_tail
                and c.contents[0][0] < len(tokens) <= c.cue[0][0]
                and (asks or c.contents[-1][1] <= len(tokens))
                for c in candidates_of_both
            ):
                tokens, found, skip = both, candidates_of_both, number + 1
        if not found and number and (signed := from_signature(listed[number - 1], sentence)):
            done.append(signed)
            continue
        if not found and is_all_quoted(sentence):
            # The same paragraph as the cue before it, or the next one.
            if last is not None and sentence.paragraph - last.paragraph <= 1:
                last.content += [(t.start, t.end) for t in tokens if t.tag in QUOTED]
                last.paragraph = sentence.paragraph
                if last.candidate.frame == "awaits":
                    last.candidate.frame = "quote"
            elif sentence.open_end or waiting_in == sentence.paragraph:
                waiting = [*waiting, *((t.start, t.end) for t in tokens if t.tag in QUOTED)]
                waiting_in = sentence.paragraph
            continue
        if number and refers_back(found, tokens) and listed[number - 1].paragraph == sentence.paragraph:
            earlier = listed[number - 1]
            referring = Attribution(found[0], tokens, sentence.paragraph, [(earlier.start, earlier.tokens[-1].end)])
            done = [*(a for a in done if a.tokens is not earlier.tokens), referring]
            continue
        for candidate in found:
            quoted = any(t.tag == "QT" for a, b in candidate.contents for t in tokens[a:b])
            attribution = Attribution(candidate, tokens, sentence.paragraph, spans_of(tokens, candidate.contents))
            if waiting and sentence.paragraph == waiting_in + 1 and candidate.is_tail and tokens[0].tag in QUOTED:
                attribution.content = [*waiting, *attribution.content]
            waiting = []
            done.append(attribution)
            if candidate.frame == "awaits" or (quoted and candidate.frame in ("quote", "tail", "according")):
                last = attribution
        if last is not None and last.paragraph == sentence.paragraph and not found:
            last = last if sentence.open_end else None
    return [a for a in done if a.content]


def refers_back(found: Sequence[Candidate], tokens: Tokens) -> bool:
    """Whether a sentence only names who said the one before: “That is according to X.”"""
    return (
        len(found) > 0
        and found[0].frame == "according"
        and found[0].cue[0][0] <= FEW
        and tokens[0].lower in tokens.rules["that"]
    )


def starts_block(last: Attribution, sentence: Sentence) -> bool:
    """Whether a sentence opens the paragraph that “X added:” leads up to, though it has no quotation marks."""
    return (
        last.candidate.frame == "awaits"
        and not last.content
        and sentence.paragraph == last.paragraph + 1
        and not any(t.tag in QUOTED for t in sentence.tokens)
    )


def open_turn(sentence: Sentence, turn: Turn) -> Attribution | None:
    """The attribution of the turn that opens with this sentence, or None."""
    tokens = sentence.tokens
    if turn.paragraph != sentence.paragraph or sentence.start >= turn.label_end:
        return None
    k = next((i for i, token in enumerate(tokens[:MAX_LABEL]) if token.start == turn.colon), 0)
    if not k and turn.colon >= 0:
        return None
    source = Source(0, max(0, k - 1), TURN)
    candidate = Candidate([(k, k + 1)], [(k + 1, len(tokens))], "assert", "turn", ":", PLAIN, source)
    return Attribution(candidate, tokens, sentence.paragraph, spans_of(tokens, candidate.contents))


def reports_in_turn(sentence: Sentence, opened: Attribution | None, lexicon: Lexicon) -> Iterator[Attribution]:
    """What a sentence of a turn reports of somebody else by name or description: “The governor told me that ...”."""
    author = lexicon.agreement["author"] | lexicon.agreement["reader"]
    first = opened.candidate.contents[0][0] if opened is not None else 0
    tokens = Tokens(sentence.tokens[first:], sentence.tokens.rules)
    tokens.reports_at = {i - first for i in sentence.tokens.reports_at if i > first}
    for candidate in outermost_candidates(candidates(tokens, lexicon), tokens):
        source = candidate.source
        if (
            source is not None
            and candidate.frame in REPORTED
            and candidate.contents
            and not (source.first == source.last and tokens[source.first].lower in author)
            and speaks(tokens, source.first, source.last)
        ):
            yield Attribution(candidate, tokens, sentence.paragraph, spans_of(tokens, candidate.contents))


def from_signature(quotation: Sentence, sentence: Sentence) -> Attribution | None:
    """A quotation in a paragraph of its own, with “— X, mayor of Y” in the next."""
    tokens = sentence.tokens
    if (
        not is_all_quoted(quotation)
        or len(tokens) < FEW
        or tokens[0].tag != "DASH"
        or tokens[1].tag != "NNP"
        or any(t.tag in FINITE for t in tokens)
    ):
        return None
    candidate = Candidate([(0, 1)], [(0, 1)], "assert", "dash", "—", PLAIN, signature(tokens, 1), is_tail=True)
    content = [(t.start, t.end) for t in quotation.tokens if t.tag in QUOTED]
    return Attribution(candidate, tokens, sentence.paragraph, content)


def continues_after_quotation(sentence: Sentence, following: Sentence) -> bool:
    """“Is it so?” X said: the stop inside the quotation has cut the sentence from its cue."""
    return (
        following.paragraph == sentence.paragraph
        and bool(sentence.tokens)
        and sentence.tokens[-1].tag == "QT"
        and (
            any(mark in sentence.tokens[-1].text[-4:] for mark in "?!…")
            or (is_all_quoted(sentence) and len(following.tokens) <= SHORT)
        )
        and following.tokens[0].tag not in QUOTED
    )

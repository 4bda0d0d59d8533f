"""What the cues share: a candidate, the place where content may begin, and the words that can be skipped on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .clauses import Group, phrase_right, phrase_with_tail
from .lexicon import Cue, Entry, Lexicon
from .sources import Source
from .tokens import FINITE, Range, Tokens

ASIDE = 12  # tokens of an apposition
STOPS = frozenset((",", ".", ";", "?", "!", "DASH", ")", ":"))


@dataclass
class Candidate:
    """An attribution inside one sentence; cue and contents are (first, end) token ranges, end exclusive."""

    cue: list[Range]
    contents: list[Range]
    act: str
    frame: str
    lemma: str
    confidence: float
    source: Source | None = None
    negative: bool = False
    modal: str = ""
    is_tail: bool = False
    inner: list["Candidate"] = field(default_factory=list)  # candidates in its contents


def entries_at(tokens: Tokens, i: int, entries: Iterable[Entry]) -> Iterator[tuple[int, Cue]]:
    """The longest entry whose further words stand right after i: (index after it, cue)."""
    for rest, cue in entries:
        end = i + 1 + len(rest)
        if end <= len(tokens) and all(tokens[i + 1 + n].lower == word for n, word in enumerate(rest)):
            yield end, cue


def build_candidate(
    group: Group,
    r: int,
    cue: Cue,
    frame: str,
    contents: list[Range],
    source: Source | None,
    confidence: float | None = None,
    *,
    is_tail: bool = False,
) -> Candidate:
    """The report of a verb with its group, which reaches to r, in a frame of its cue."""
    weight = cue.weight(frame) if confidence is None else confidence
    contents = [c for c in contents if c[1] > c[0]]
    return Candidate([(group.first, r)], contents, cue.act, frame, cue.lemma, weight, source, is_tail=is_tail)


def positions_after_adverbials(tokens: Tokens, k: int, lexicon: Lexicon) -> list[int]:
    """The places to which adverbs, days and “in a statement” after the cue can be skipped, nearest first."""
    positions, n = [k], len(tokens)
    for _ in range(4):
        if k >= n:
            break
        token = tokens[k]
        if token.tag == "RB" or token.lower in lexicon.times:
            k += 1
        elif token.tag == "IN" or token.lower in tokens.rules["time openers"]:
            end = phrase_right(tokens, k + 1)
            while k + 1 < end < n and tokens[end].lower in tokens.rules["phrase links"]:
                further = phrase_right(tokens, end + 1)
                if further == end + 1:
                    break
                end = further
            if end == k + 1:
                break
            # “in a statement Friday he ...” and “on Monday Trump”: the phrase may have swallowed what follows.
            k = end + (end < n and tokens[end].tag == "VBN")  # “in a statement released Monday”
        elif (token.tag == "," and k + 1 < n and tokens[k + 1].tag == "THAT") or (
            token.lower in tokens.rules["announcing"]
        ):
            k += 1
        elif token.tag in (",", "DASH") and k and (after := end_of_aside(tokens, k)):
            k = after
        else:
            break
        positions.append(k)
    return positions


def end_of_aside(tokens: Tokens, k: int) -> int:
    """The place after a phrase in commas at k when “that” or a quotation follows it: “said, with some pride, that”."""
    for m in range(k + 1, min(len(tokens) - 1, k + 12)):
        reported = tokens[m + 1].tag in ("THAT", "QT", "QF")
        if tokens[m].tag == tokens[k].tag and (tokens[m].tag == "DASH" or reported):
            return m + 1 if reported else 0
        if tokens[m].tag in FINITE | {"WH", "THAT"} and not (tokens[k].tag == "DASH" or tokens[k + 1].tag == "WH"):
            return 0
    return 0


def is_past_time(tokens: Tokens, k: int) -> bool:
    """Whether a time such as “ten days ago” or “last week” begins at k."""
    return tokens[k].lower in tokens.rules["past time"] or any(
        t.lower in tokens.rules["time closers"] for t in tokens[k + 1 : k + 4]
    )


def can_speak(tokens: Tokens, source: Source, lexicon: Lexicon) -> bool:
    """Whether a phrase names somebody: a name, a pronoun or a word of people.txt."""
    return any(
        t.tag in ("NNP", "PRP") or t.lower in lexicon.speakers or lexicon.grammar.singular(t.lower) in lexicon.speakers
        for t in tokens[source.first : source.last + 1]
    )


def positions_after_addressee(tokens: Tokens, r: int, lexicon: Lexicon) -> list[int]:
    """The places after an addressee: “told X [on Monday] ...”, “said to X ...”."""
    k = r + 1 if r < len(tokens) and tokens[r].tag == "TO" else r
    ends = [phrase_right(tokens, k), phrase_with_tail(tokens, k)]
    while ends[1] + 2 < len(tokens) and tokens[ends[1]].tag == "CC" and tokens[ends[1] + 1].tag == "TO":
        ends[1] = phrase_with_tail(tokens, ends[1] + 2)  # “apologised to X and to Y for”
    if k < ends[1] < len(tokens) and tokens[ends[1]].tag == ",":  # “asked X, the mayor of Y, to resign”
        comma = next((m for m in range(ends[1] + 1, min(len(tokens) - 1, ends[1] + ASIDE)) if tokens[m].tag == ","), 0)
        if (
            comma
            and tokens[comma + 1].tag in ("TO", "THAT")
            and not any(t.tag in FINITE for t in tokens[ends[1] : comma])
        ):
            ends.append(comma + 1)
    return [position for end in ends if end > k for position in positions_after_adverbials(tokens, end, lexicon)]

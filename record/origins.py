"""On how many independent reports a statement rests: the origin of each of its printings. Pure functions.

Two printings with the same origin count as one. The rule, for one printing of one statement in one article:

1.  **A source is named.** The deepest step of the chain (nearest to the speaker) that names somebody other than the
    speaker is the origin: two papers that both pass on what one ministry said somebody said have one origin, the
    ministry, and two papers that print one agency's wire have one, the agency.
    - An *actor* is the same everywhere.
    - An *outlet* is looked for among the printings of this statement, so that a paper that credits an outlet, and
      that outlet's own article, are one origin: see 2 where the article is itself of that outlet or derives from
      an article of it; else the origin of that outlet's own printing of this statement; else a printing whose family
      goes back to an article of that outlet; else the outlet itself.
    - A *label* ("witnesses", "a person who knows the family") is a source of the article that reports it and of the
      article's family, not of the world: there is never one shared "Anonymous".
2.  **No source is named**, or only the article's own outlet: the article speaks from its own knowledge, or from
    the article that it derives from.
    - Where the same article in another passage, or an article further up `derived_from`, prints the same statement,
      its origin there is the origin here: a reprint adds nothing, whether or not the chain was entered again.
    - Else it is the root of the family: verbatim copies, excerpts and translations hold nothing of their own.
    - An *edited* article may add reporting of its own: what it prints and no article above it prints is its own,
      unless the chain credits an outlet above it; then that outlet's article is asked instead.

A speaker's own words to two papers are two origins (each was told), a speaker's words passed on by one body are one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAMED_LENGTH = 120


@dataclass(frozen=True)
class Printed:
    """What origins depend on of one article: its outlet, and from which article it derives and how."""

    outlet: str
    derived_from: str | None = None
    derivation: str = ""


@dataclass(frozen=True)
class Hop:
    """One step of a chain: exactly one of the three is set."""

    actor: str = ""
    outlet: str = ""
    label: str = ""


def origins(
    speaker: str, speaker_label: str, printings: Sequence[tuple[str, Sequence[Hop]]], articles: Mapping[str, Printed]
) -> list[str]:
    """The origin of each printing of one statement, in order: `article:ID`, `actor:ID`, `outlet:ID` or `label:ID:…`.

    `speaker` is an actor's id or "". `printings` are pairs of the article's id and the chain, nearest to the page
    first. `articles` holds every article printed in and all that these derive from; a missing one ends its family.
    """
    reader = _Reader(speaker, _fold(speaker_label), list(printings), articles)
    return [reader.origin(number, frozenset()) for number in range(len(printings))]


def family(article: str, articles: Mapping[str, Printed]) -> list[str]:
    """The article and what it derives from, nearest first, the root last. A circle ends where it closes."""
    line = [article]
    while (printed := articles.get(line[-1])) and printed.derived_from and printed.derived_from not in line:
        line.append(printed.derived_from)
    return line


class _Reader:
    """Reads the printings of one statement against one another; each method follows the rule's number."""

    def __init__(self, speaker, speaker_label, printings, articles):
        self.speaker, self.speaker_label, self.printings, self.articles = speaker, speaker_label, printings, articles
        self.families = [family(article, articles) for article, _ in printings]

    def origin(self, number: int, seen: frozenset) -> str:
        """`seen` are the printings on whose account this one is asked: a circle of credits ends at the outlet."""
        hop = self.source(number)
        seen = seen | {number}
        if hop is None:
            return self.own(self.families[number], seen)
        if hop.actor:
            return f"actor:{hop.actor}"
        if hop.label:
            return f"label:{self.families[number][-1]}:{_short(_fold(hop.label))}"
        return self.credited(hop.outlet, number, seen)

    def source(self, number: int) -> Hop | None:
        """1: the deepest step that names somebody other than the speaker."""
        for hop in reversed(self.printings[number][1]):
            is_speaker = (
                hop.actor == self.speaker
                if self.speaker
                else bool(hop.label) and _fold(hop.label) == self.speaker_label
            )
            if not is_speaker:
                return hop
        return None

    def credited(self, outlet: str, number: int, seen: frozenset) -> str:
        """1, of an outlet."""
        line = self.families[number]
        for place, article in enumerate(line):
            if self.outlet_of(article) == outlet:
                return self.own(line[place:], seen)
        for other, others in enumerate(self.families):
            if other not in seen and self.outlet_of(others[0]) == outlet:
                return self.origin(other, seen)
        for others in self.families:
            if self.outlet_of(others[-1]) == outlet:
                return f"article:{others[-1]}"
        return f"outlet:{outlet}"

    def own(self, line: list[str], seen: frozenset) -> str:
        """2, for the article at the head of `line` and what it derives from."""
        for article in line:
            for other, others in enumerate(self.families):
                if other not in seen and others[0] == article:
                    return self.origin(other, seen)
        for article in line:
            printed = self.articles.get(article)
            if printed and printed.derivation == "edited":
                return f"article:{article}"
        return f"article:{line[-1]}"

    def outlet_of(self, article: str) -> str | None:
        printed = self.articles.get(article)
        return printed.outlet if printed else None


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())


def _short(label: str) -> str:
    """The label, or its start and a fingerprint where it is long: keys have a bounded length."""
    if len(label) <= NAMED_LENGTH:
        return label
    return f"{label[:NAMED_LENGTH]}#{hashlib.sha256(label.encode()).hexdigest()[:16]}"

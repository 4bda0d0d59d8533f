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
from itertools import takewhile

NAMED_LENGTH = 120


@dataclass(frozen=True)
class ArticleLineage:
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


def origins_of(
    speaker: str,
    speaker_label: str,
    printings: Sequence[tuple[str, Sequence[Hop]]],
    articles: Mapping[str, ArticleLineage],
) -> list[str]:
    """The origin of each printing of one statement, in order: `article:ID`, `actor:ID`, `outlet:ID` or `label:ID:…`.

    `speaker` is an actor's id or "". `printings` are pairs of the article's id and the chain, nearest to the page
    first. `articles` holds every article printed in and all that these derive from; a missing one ends its family.
    """
    reader = _OriginReader(speaker, _fold(speaker_label), printings, articles)
    return [reader.origin(report) for report in reader.reports]


def derivation_line(article: str, articles: Mapping[str, ArticleLineage]) -> list[str]:
    """The article and what it derives from, nearest first, the root last. A circle ends where it closes."""
    line = {article: None}
    while (printed := articles.get(article)) and printed.derived_from and printed.derived_from not in line:
        article = printed.derived_from
        line[article] = None
    return list(line)


Report = tuple[str, Hop | None]  # an article, and the source that it names: printings that share both are one


class _OriginReader:
    """Reads the printings of one statement against one another; each method follows the rule's number.

    Whoever is credited is asked in turn, in a loop, because an article may print a statement, and papers may credit one
    another, thousands of times.
    """

    def __init__(
        self,
        speaker: str,
        speaker_label: str,
        printings: Sequence[tuple[str, Sequence[Hop]]],
        articles: Mapping[str, ArticleLineage],
    ) -> None:
        self.speaker, self.speaker_label, self.articles = speaker, speaker_label, articles
        self.reports: list[Report] = [(article, self.source(chain)) for article, chain in printings]
        self.families = {article: derivation_line(article, articles) for article, _ in printings}
        self.of_article: dict[str, list[Report]] = {}
        self.of_outlet: dict[str | None, list[Report]] = {}
        self.roots: dict[str | None, str] = {}
        for article, source in dict.fromkeys(self.reports):
            self.of_article.setdefault(article, []).append((article, source))
            self.of_outlet.setdefault(self.outlet_of(article), []).append((article, source))
            root = self.families[article][-1]
            self.roots.setdefault(self.outlet_of(root), root)
        self.known: dict[Report, str] = {}

    def origin(self, report: Report) -> str:
        """A circle of credits ends at the outlet: nobody is asked twice on the way."""
        asked: dict[Report, None] = {}
        answer = self.known.get(report)
        alone = 0  # how many at the head of `asked` were answered in view of who had been asked before
        while answer is None:
            asked[report] = None
            answer, candidates = self.read(report)
            further = next((other for other in candidates if other not in asked), None)
            if any(other != report for other in takewhile(lambda other: other in asked, candidates)):
                alone = len(asked)
            if further:
                report, answer = further, self.known.get(further)
        self.known.update(dict.fromkeys(list(asked)[alone:], answer))
        return answer

    def read(self, report: Report) -> tuple[str, list[Report]]:
        """Who may be asked in place of this report, in order, and its origin where all of them have been."""
        article, source = report
        line = self.families[article]
        if source is None:
            return self.own(line)
        if source.actor:
            return f"actor:{source.actor}", []
        if source.label:
            return f"label:{line[-1]}:{_shorten(_fold(source.label))}", []
        return self.credited_outlet_report(source.outlet, line)

    def source(self, chain: Sequence[Hop]) -> Hop | None:
        """1: the deepest step that names somebody other than the speaker."""
        for hop in reversed(chain):
            is_speaker = (
                hop.actor == self.speaker
                if self.speaker
                else bool(hop.label) and _fold(hop.label) == self.speaker_label
            )
            if not is_speaker:
                return hop
        return None

    def credited_outlet_report(self, outlet: str, line: list[str]) -> tuple[str, list[Report]]:
        """1, of an outlet that an article credits which derives from `line`."""
        for place, article in enumerate(line):
            if self.outlet_of(article) == outlet:
                return self.own(line[place:])
        root = self.roots.get(outlet)
        return f"article:{root}" if root else f"outlet:{outlet}", self.of_outlet.get(outlet, [])

    def own(self, line: list[str]) -> tuple[str, list[Report]]:
        """2, for the article at the head of `line` and what it derives from."""
        candidates = [report for article in line for report in self.of_article.get(article, ())]
        for article in line:
            printed = self.articles.get(article)
            if printed and printed.derivation == "edited":
                return f"article:{article}", candidates
        return f"article:{line[-1]}", candidates

    def outlet_of(self, article: str) -> str | None:
        printed = self.articles.get(article)
        return printed.outlet if printed else None


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())


def _shorten(label: str) -> str:
    """The label, or its start and a fingerprint where it is long: keys have a bounded length."""
    if len(label) <= NAMED_LENGTH:
        return label
    return f"{label[:NAMED_LENGTH]}#{hashlib.sha256(label.encode()).hexdigest()[:16]}"

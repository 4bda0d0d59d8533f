"""What the workspace of an article shows: its text, marked by what is proposed and recorded, and what came before.

Reads alone; every write is a verb of `claims/changes/`. Positions stay on this side: pages and scripts say words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Q
from rapidfuzz import fuzz

from articles.models import Article, Capture, Passage
from articles.text import Piece, Span, fold, pieces

from .attributions import suggest
from .attributions.proposals import Proposal
from .models import Actor, Appearance, Claim, ProposalDecision, Release, Statement, ToldApart

# In the order in which a mark with several statements takes its state: what needs work comes first.
STATES = {
    "proposed": "proposed",
    "unused": "marked, without a statement",
    "sent back": "sent back",
    "draft": "draft",
    "in review": "in review",
    "changed": "published, changed since",
    "withdrawn": "withdrawn",
    "published": "published",
}

JOINED = 0.6  # share of the span from first to last word that content must fill to be quoted in one piece
COVERED = 0.5  # share of a proposal's words that recorded passages cover, from which it is taken for recorded


@dataclass(frozen=True)
class Mark:
    """One marked span of the text: a passage, or a proposal. `key` is what pages know it by."""

    start: int
    end: int
    state: str
    key: str
    notes: tuple = ()

    @property
    def told(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class Said:
    """A line of the margin: who says what, and how far it is on its way to the public."""

    statement: Statement
    appearance: Appearance
    speaker: str
    printed_name: str
    state: str
    stances: tuple

    @property
    def told(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class Proposed:
    """A proposal that waits for a decision, with the one span that would be quoted."""

    proposal: Proposal
    start: int
    end: int
    digest: str

    @property
    def rule(self) -> str:
        return self.proposal.rule


@dataclass
class Paragraph:
    """One paragraph with the line ends after it, in pieces, and the marks that begin in it."""

    pieces: list[Piece]
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Everything that the text of one capture shows. `lost` are passages that stayed behind in an older text."""

    capture: Capture
    paragraphs: list[Paragraph]
    waiting: list[Proposed]
    said: list[Said]
    lost: list[tuple[Passage, list[Said]]]


def shown(actor: Actor, *, named: bool) -> str:
    """How the desk calls `actor` to somebody who may (`named`) or may not read withheld names."""
    return actor.public_label if actor.withheld and not named else actor.name


def digest_of(spans: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]]) -> str:
    """By what a proposal is known again when the same capture is read once more: SHA-256 over its spans."""
    told = ";".join(f"{start}-{end}" for start, end in [*spans, *cue])
    return hashlib.sha256(told.encode()).hexdigest()


def digest_of_words(words: str) -> str:
    """By what words are known again, whatever their quotation marks, dashes and white space."""
    return hashlib.sha256(fold(words).text.strip().casefold().encode()).hexdigest()


def span_of(proposal: Proposal) -> tuple[int, int]:
    """The one span that a proposal would quote: from its first word to its last, cue between them included, or the
    longest part where what lies between is more than what is said."""
    start, end = min(span[0] for span in proposal.content), max(span[1] for span in proposal.content)
    said = sum(last - first for first, last in proposal.content)
    if said >= JOINED * (end - start):
        return start, end
    return max(proposal.content, key=lambda span: span[1] - span[0])


@lru_cache(maxsize=16)
def proposals_of(text: str, language: str) -> tuple[Proposed, ...]:
    """What `claims.attributions` proposes for a text; nothing for a language that it has no words of."""
    try:
        found = suggest(text, language.partition("-")[0].lower() or "en")
    except ValueError:
        return ()
    return tuple(Proposed(one, *span_of(one), digest_of(one.content, one.cue)) for one in found)


def still_waiting(
    proposals: Iterable[Proposed], decisions: dict[str, str], spans: Sequence[tuple[int, int]]
) -> list[Proposed]:
    """Those of `proposals` that nobody has decided on and whose words are not recorded already. Pure."""
    return [
        one
        for one in proposals
        if decisions.get(one.digest, ProposalDecision.Kind.REOPENED) == ProposalDecision.Kind.REOPENED
        and not any(_covers(span, one) for span in spans)
    ]


def waiting_in(capture: Capture, spans: Sequence[tuple[int, int]]) -> list[Proposed]:
    """The proposals of a text that wait for a decision; `spans` are those of its passages that are recorded."""
    newest_last = ProposalDecision.objects.filter(capture=capture).order_by("id")
    decisions = dict(newest_last.values_list("digest", "decision"))
    return still_waiting(proposals_of(capture.text, capture.article.language), decisions, spans)


def _covers(span: tuple[int, int], proposed: Proposed) -> bool:
    shared = min(span[1], proposed.end) - max(span[0], proposed.start)
    return shared >= COVERED * (proposed.end - proposed.start)


def states_of(statements: Iterable[Statement]) -> dict[str, str]:
    """How far each statement is, one of `STATES`, by public identity: one query."""
    revisions = {one.public_id: one.revision for one in statements}
    states = dict.fromkeys(revisions, "draft")
    for release in Release.objects.filter(public_id__in=list(revisions)):
        state = release.state
        if state == Release.State.PUBLISHED and (release.published_revision or 0) < revisions[release.public_id]:
            state = "changed"
        states[release.public_id] = str(state)
    return states


def read_desk(capture: Capture, *, named: bool, proposing: bool = True) -> Desk:
    """The text of `capture` with all that is known of it: six queries, whatever its length.

    `named` says whether withheld names may be shown. `capture.article` should have been read with it.
    """
    passages = list(
        Passage.objects.filter(capture__article=capture.article_id).defer("capture__text").order_by("start")
    )
    said = _said_in(passages, named=named)
    here = [one for one in passages if one.capture_id == capture.pk]
    waiting = waiting_in(capture, [(one.start, one.end) for one in here if said.get(one.pk)]) if proposing else []
    marks = [
        Mark(one.start, one.end, _state_of(said.get(one.pk)), f"p{one.pk}", tuple(said.get(one.pk, ()))) for one in here
    ]
    marks += [Mark(one.start, one.end, "proposed", f"q{one.digest[:16]}", (one,)) for one in waiting]
    elsewhere = [(one, said[one.pk]) for one in passages if one.capture_id < capture.pk and said.get(one.pk)]
    return Desk(
        capture,
        paragraphs(capture.text, marks),
        waiting,
        [line for one in here for line in said.get(one.pk, ())],
        elsewhere,
    )


def _said_in(passages: list[Passage], *, named: bool) -> dict[int, list[Said]]:
    appearances = list(
        Appearance.objects.filter(passage__in=passages)
        .select_related("statement__speaker")
        .prefetch_related("statement__stances__claim")
        .order_by("id")
    )
    states = states_of(one.statement for one in appearances)
    lines: dict[int, list[Said]] = {}
    for one in appearances:
        statement = one.statement
        speaker = shown(statement.speaker, named=named) if statement.speaker else statement.speaker_label
        hidden = statement.speaker and not named and statement.speaker.withheld
        lines.setdefault(one.passage_id, []).append(
            Said(
                statement,
                one,
                speaker,
                "" if hidden else one.printed_name,
                states[statement.public_id],
                tuple(statement.stances.all()),
            )
        )
    return lines


def _state_of(lines: Sequence[Said] | None) -> str:
    if not lines:
        return "unused"
    return min((one.state for one in lines), key=list(STATES).index)


def paragraphs(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """`text` cut after its line ends, complete and in order, each part in pieces at the edges of `marks`. Pure.

    A mark that runs on over a line end is cut there; `opens` of a piece tells where it begins.
    """
    shown_parts, start = [], 0
    for line in text.splitlines(keepends=True) or [""]:
        if shown_parts and not line.strip():
            shown_parts[-1] = (shown_parts[-1][0], shown_parts[-1][1] + line)
        else:
            shown_parts.append((start, line))
        start += len(line)
    result = []
    for begins, part in shown_parts:
        ends = begins + len(part)
        inside = [mark for mark in marks if mark.start < ends and mark.end > begins]
        clipped = [
            replace(mark, start=max(mark.start - begins, 0), end=min(mark.end, ends) - begins) for mark in inside
        ]
        cut = [
            Piece(piece.text, _recorded_first(piece.passages), _recorded_first(piece.opens))
            for piece in pieces(part, clipped)
        ]
        starting = sorted((mark for mark in inside if begins <= mark.start), key=lambda mark: (mark.start, -mark.end))
        result.append(Paragraph(cut, starting))
    return result


def _recorded_first(marks) -> tuple[Mark, ...]:
    """A piece shows the state of its first mark: what is recorded is not hidden by a proposal over it."""
    return tuple(sorted(marks, key=lambda mark: mark.state == "proposed"))


def capture_to_work_on(article: Article, asked: str = "") -> Capture | None:
    """The capture with the primary key `asked` if it is one of the article's, else the best one to quote from."""
    captures = article.captures.to_quote_from()
    chosen = captures.filter(pk=asked).first() if asked else None
    return chosen or captures.first()


LONGEST_SHOWN = 6
CANDIDATES = 300  # passages that share a rare word and are compared letter by letter
RARE_WORDS = 4
ALIKE = 85  # percent, rapidfuzz's ratio of the folded words: another mark, a changed ending, one word of ten
CONTAINED = 95  # percent, its partial ratio, where the shorter one has at least SHORTEST letters
SHORTEST = 25


@dataclass(frozen=True)
class Before:
    """A statement that stands, why it is asked about, and the words by which it was found."""

    statement: Statement
    why: str
    words: str
    where: str

    @property
    def key(self) -> str:
        return self.statement.public_id


def recorded_before(capture: Capture, span: Span) -> list[Before]:
    """Statements printed with the same or nearly the same words, in this article or another: the likest first.

    Left out is what an editor has told apart from these words. Three queries.
    """
    folded = _letters(span.exact)
    rare = sorted({word for word in folded.split() if len(word) > 3}, key=len, reverse=True)[:RARE_WORDS]
    words = Q(capture=capture, start__lt=span.end, end__gt=span.start)
    for word in rare or folded.split()[:1]:
        words |= Q(exact__icontains=word)
    passages = {
        one.pk: (likeness(folded, _letters(one.exact)), one)
        for one in Passage.objects.filter(words, appearances__isnull=False).distinct().order_by("-id")[:CANDIDATES]
    }
    alike = {key: told for key, (told, _) in passages.items() if told}
    appearances = Appearance.objects.filter(passage__in=alike).select_related(
        "statement__speaker", "passage__capture__article__outlet"
    )
    apart = _told_apart(span.exact)
    found = {}
    for one in sorted(appearances, key=lambda one: (alike[one.passage_id][0], one.pk), reverse=True):
        if one.statement_id in apart:
            continue
        here = one.passage.capture.article_id == capture.article_id
        where = "in this article" if here else f"{one.passage.capture.article.outlet}: {one.passage.capture.article}"
        before = Before(one.statement, alike[one.passage_id][1], one.passage.exact, where)
        found.setdefault(one.statement_id, before)
    return list(found.values())[:LONGEST_SHOWN]


def likeness(one: str, other: str) -> tuple[float, str] | None:
    """How like two folded texts are, with the word for it; None where they are not nearly the same. Pure."""
    if one == other:
        return 100.0, "the same words"
    whole = fuzz.ratio(one, other, score_cutoff=ALIKE)
    if whole:
        return whole, "nearly the same words"
    if min(len(one), len(other)) >= SHORTEST:
        part = fuzz.partial_ratio(one, other, score_cutoff=CONTAINED)
        if part:
            return part - 10, "one holds the words of the other"
    return None


def same_actor_same_claim(actor: Actor, claim: Claim, words: str) -> list[Before]:
    """Statements of `actor` that take a stance towards `claim`, newest first, without those told apart from `words`."""
    statements = (
        Statement.objects.filter(speaker=actor, stances__claim=claim)
        .exclude(pk__in=_told_apart(words))
        .select_related("speaker")
        .prefetch_related("appearances__passage__capture__article__outlet")
        .order_by("-id")[:LONGEST_SHOWN]
    )
    found = []
    for one in statements:
        printed = next(iter(one.appearances.all()), None)
        words_then = printed.passage.exact if printed else ""
        where = str(printed.passage.capture.article) if printed else "not printed yet"
        found.append(Before(one, "the same actor on the same claim", words_then, where))
    return found


def _told_apart(words: str) -> set[int]:
    return set(ToldApart.objects.filter(digest=digest_of_words(words)).values_list("statement_id", flat=True))


def _letters(words: str) -> str:
    return " ".join(fold(words).text.casefold().strip(" '").split())

"""What the workspace of an article shows: its text, marked by what is proposed and recorded, and what came before.

Reads alone; every write is a verb of `claims/changes/`. Positions stay on this side: pages and scripts say words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from articles.models import Article, Capture, Passage
from articles.passage_places import PassagePlace, place_of_span
from articles.text import TextPiece, split_at_passages

from ...models import Appearance, Release, Statement
from ...suggestions.priorities import RankedProposal, rank_proposals
from ...suggestions.proposals import PendingProposal, count_closed, pending_proposals, proposals_of

# In the order in which a mark with several statements takes its state: what needs work comes first.
MAX_FIRST = 12  # proposals that are listed open; the others are folded
STATE_LABELS = {
    "proposed": "proposed",
    "unused": "marked, without a statement",
    "sent back": "sent back",
    "draft": "draft",
    "in review": "in review",
    "changed": "published, changed since",
    "withdrawn": "withdrawn",
    "published": "published",
}


@dataclass(frozen=True)
class Mark:
    """One marked span of the text: a passage, or a proposal. `key` is what pages know it by."""

    start: int
    end: int
    state: str
    key: str
    notes: tuple = ()

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True)
class MarginLine:
    """A line of the margin: who says what, and how far it is on its way to the public."""

    statement: Statement
    appearance: Appearance
    speaker: str
    printed_name: str
    state: str
    stances: tuple

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass
class Paragraph:
    """One paragraph with the line ends after it, in pieces, and the marks that begin in it.

    `place` says where it stands in the original, where the paragraph before stands elsewhere.
    """

    pieces: list[TextPiece]
    marks: list[Mark] = field(default_factory=list)
    place: str = ""


@dataclass(frozen=True)
class WorkspaceText:
    """Everything that the text of one capture shows. `lost` are passages that stayed behind in an older text.

    Of the proposals, `proposed` in all, `waiting` are undecided, in the order of the text, and `ranked` are these in
    the order in which they matter; `closed` were closed with the rest.
    """

    capture: Capture
    paragraphs: list[Paragraph]
    waiting: list[PendingProposal]
    ranked: list[RankedProposal]
    proposed: int
    closed: int
    said: list[MarginLine]
    lost: list[tuple[Passage, list[MarginLine]]]

    @property
    def first(self) -> list[RankedProposal]:
        """The first that matter: own words, figures, denials, contested claims; none that is unsure."""
        return [ranked for ranked in self.ranked if ranked.reasons and ranked.certainty != "unsure"][:MAX_FIRST]

    @property
    def others(self) -> list[RankedProposal]:
        first = {ranked.pending.digest for ranked in self.first}
        return [ranked for ranked in self.ranked if ranked.pending.digest not in first]

    @property
    def ids_to_submit(self) -> list[str]:
        """The public identities of the statements here that are new or changed since and not submitted, each once."""
        return list(dict.fromkeys(line.statement.public_id for line in self.said if line.state in ("draft", "changed")))

    @property
    def decided_count(self) -> int:
        return self.proposed - len(self.waiting)


def statement_states(statements: Iterable[Statement]) -> dict[str, str]:
    """How far each statement is, one of `STATES`, by public identity: one query."""
    revisions = {statement.public_id: statement.revision for statement in statements}
    states = dict.fromkeys(revisions, "draft")
    for release in Release.objects.filter(public_id__in=list(revisions)):
        state = release.state
        if state == Release.State.PUBLISHED and (release.published_revision or 0) < revisions[release.public_id]:
            state = "changed"
        states[release.public_id] = str(state)
    return states


def read_workspace_text(capture: Capture, *, named: bool, proposing: bool = True) -> WorkspaceText:
    """The text of `capture` with all that is known of it: sixteen queries at most, whatever its length.

    `named` says whether withheld names may be shown. `capture.article` should have been read with it.
    """
    passages = list(
        Passage.objects.filter(capture__article=capture.article_id).defer("capture__text").order_by("start")
    )
    said = _margin_lines(passages, named=named)
    here = [passage for passage in passages if passage.capture_id == capture.pk]
    waiting = (
        pending_proposals(capture, [(passage.start, passage.end) for passage in here if said.get(passage.pk)])
        if proposing
        else []
    )
    marks = [
        Mark(
            passage.start,
            passage.end,
            _mark_state(said.get(passage.pk)),
            f"p{passage.pk}",
            tuple(said.get(passage.pk, ())),
        )
        for passage in here
    ]
    marks += [
        Mark(proposal.start, proposal.end, "proposed", f"q{proposal.digest[:16]}", (proposal,)) for proposal in waiting
    ]
    elsewhere = [
        (passage, said[passage.pk]) for passage in passages if passage.capture_id < capture.pk and said.get(passage.pk)
    ]
    return WorkspaceText(
        capture,
        add_places(split_paragraphs(capture.text, marks), capture.places),
        waiting,
        rank_proposals(capture.text, waiting),
        len(proposals_of(capture.text, capture.article.language)) if proposing else 0,
        count_closed(capture) if proposing else 0,
        [line for passage in here for line in said.get(passage.pk, ())],
        elsewhere,
    )


def _margin_lines(passages: list[Passage], *, named: bool) -> dict[int, list[MarginLine]]:
    appearances = list(
        Appearance.objects.filter(passage__in=passages)
        .select_related("statement__speaker")
        .prefetch_related("statement__stances__claim")
        .order_by("id")
    )
    states = statement_states(appearance.statement for appearance in appearances)
    lines: dict[int, list[MarginLine]] = {}
    for appearance in appearances:
        statement = appearance.statement
        speaker = statement.speaker.desk_name(named=named) if statement.speaker else statement.speaker_label
        hidden = statement.speaker and not named and statement.speaker.withheld
        lines.setdefault(appearance.passage_id, []).append(
            MarginLine(
                statement,
                appearance,
                speaker,
                "" if hidden else appearance.printed_name,
                states[statement.public_id],
                tuple(statement.stances.all()),
            )
        )
    return lines


def _mark_state(lines: Sequence[MarginLine] | None) -> str:
    if not lines:
        return "unused"
    return min((line.state for line in lines), key=list(STATE_LABELS).index)


def split_paragraphs(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """`text` cut after its line ends, complete and in order, each part in pieces at the edges of `marks`. Pure.

    A mark that runs on over a line end is cut there; `opens` of a piece tells where it begins.
    """
    shown_parts, start = list[tuple[int, str]](), 0
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
            TextPiece(piece.text, _sort_recorded_first(piece.passages), _sort_recorded_first(piece.opens))
            for piece in split_at_passages(part, clipped)
        ]
        starting = sorted((mark for mark in inside if begins <= mark.start), key=lambda mark: (mark.start, -mark.end))
        result.append(Paragraph(cut, starting))
    return result


def add_places(paragraphs: list[Paragraph], rows: Sequence[Sequence]) -> list[Paragraph]:
    """The paragraphs, with the place in the original said where it changes: page breaks, times and turns to speak."""
    start, before = 0, ""
    for paragraph in paragraphs if rows else []:
        text = "".join(piece.text for piece in paragraph.pieces)
        place = place_of_span(rows, start, start + len(text.rstrip()))
        words = place_words(place) if place else ""
        if words != before:
            paragraph.place = words
        start, before = start + len(text), words
    return paragraphs


def place_words(place: PassagePlace) -> str:
    """A place in the original as a line of the margin: "page 4", "00:12:31 Hill"."""
    pages = f"page {place.page}" if place.page else ""
    if place.last_page:
        pages = f"pages {place.page}–{place.last_page}"
    time = "" if place.begins_at is None else str(timedelta(seconds=int(place.begins_at))).zfill(8)
    return " ".join(filter(None, [pages, time, place.speaker]))


def _sort_recorded_first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """A piece shows the state of its first mark: what is recorded is not hidden by a proposal over it."""
    return tuple(sorted(marks, key=lambda mark: mark.state == "proposed"))


def choose_capture(article: Article, asked: str = "") -> Capture | None:
    """The capture with the primary key `asked` if it is one of the article's, else the best one to quote from."""
    captures = article.captures.best_for_quoting()
    chosen = captures.filter(pk=asked).first() if asked else None
    return chosen or captures.first()

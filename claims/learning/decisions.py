"""What this desk decided on proposals, as rows to learn from; and what is learned, kept as one row."""

from collections import Counter
from dataclasses import dataclass, field

from articles.models import Capture

from ..models import LearnedOrder, ProposalDecision
from ..workspace import proposals_of
from .features import features_of
from .logistic import Features, held_out, in_order, threshold, train

FEWEST = 50  # decisions, below which nothing is learned
FEWEST_OF_A_KIND = 10  # used ones and rejected ones
LOST = 0.05  # share of what the desk would use that filtering may hide

USED = (ProposalDecision.Kind.ACCEPTED, ProposalDecision.Kind.CHANGED)


class TooFewDecisions(Exception):
    """There is too little to learn from; the message says what there is and what it takes."""


@dataclass
class Decided:
    """Rows to learn from, in the order of the captures. `gone` counts decisions on what is no longer proposed."""

    rows: list[Features] = field(default_factory=list)
    useful: list[bool] = field(default_factory=list)
    captures: list[int] = field(default_factory=list)
    trusted: list[float] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    gone: int = 0


@dataclass(frozen=True)
class Learned:
    """A model that was trained and not kept yet. Figures are shares, measured on decisions it had not seen."""

    weights: dict[str, float]
    threshold: float
    figures: dict[str, float]
    counts: Counter
    gone: int


def read_decisions() -> Decided:
    """The newest decision on every proposal, with the features the proposal has as the text is read today.

    What was put back counts as undecided. Texts are read one at a time.
    """
    newest = {}
    for capture, digest, decision in ProposalDecision.objects.order_by("id").values_list(
        "capture_id", "digest", "decision"
    ):
        newest.setdefault(capture, {})[digest] = decision
    decided = Decided()
    captures = Capture.objects.filter(pk__in=list(newest)).select_related("article").order_by("pk")
    for capture in captures.iterator(chunk_size=20):
        proposed = {one.digest: one for one in proposals_of(capture.text, capture.article.language)}
        for digest, decision in sorted(newest[capture.pk].items()):
            if decision == ProposalDecision.Kind.REOPENED:
                continue
            if digest not in proposed:
                decided.gone += 1
                continue
            one = proposed[digest].proposal
            decided.rows.append(features_of(capture.text, one))
            decided.useful.append(decision in USED)
            decided.captures.append(capture.pk)
            decided.trusted.append(one.confidence)
            decided.counts[decision] += 1
    return decided


def learn(decided: Decided) -> Learned:
    """A model of what this desk uses, with figures from five-fold cross-validation by text. Pure.

    Raises `TooFewDecisions` under `FEWEST` decisions, or `FEWEST_OF_A_KIND` used or rejected ones.
    """
    total, used = len(decided.rows), sum(decided.useful)
    if total < FEWEST or min(used, total - used) < FEWEST_OF_A_KIND:
        raise TooFewDecisions(
            f"There are {total} decisions to learn from, {used} to use a proposal and {total - used} to reject one. "
            f"It takes {FEWEST}, with {FEWEST_OF_A_KIND} of each."
        )
    answers = held_out(decided.rows, decided.useful, decided.captures)
    cut = threshold(answers, decided.useful, lost=LOST)
    hidden = [answer < cut for answer in answers]
    pairs = list(zip(hidden, decided.useful, strict=True))
    figures = {
        "in order": in_order(answers, decided.useful),
        "in order by the rules alone": in_order(decided.trusted, decided.useful),
        "used and hidden": sum(away and good for away, good in pairs) / used,
        "rejected and hidden": sum(away and not good for away, good in pairs) / (total - used),
    }
    return Learned(train(decided.rows, decided.useful), cut, figures, decided.counts, decided.gone)


def keep(learned: Learned) -> LearnedOrder:
    """Puts what was learned in the place of what was learned before."""
    values = {
        "weights": {name: round(weight, 4) for name, weight in learned.weights.items()},
        "threshold": learned.threshold,
        "figures": {name: round(figure, 3) for name, figure in learned.figures.items()},
        **{str(kind): learned.counts[kind] for kind in (*USED, ProposalDecision.Kind.REJECTED)},
    }
    return LearnedOrder.objects.update_or_create(pk=LearnedOrder.THE_ONE, defaults=values)[0]

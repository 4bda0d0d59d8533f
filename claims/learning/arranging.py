"""What the workspace asks of the learning layer: which proposals to show, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ..models import LearnedOrder
from .features import features_of, in_words
from .logistic import likelihood

OFF, ORDER, FILTER = "off", "order", "filter"
REASONS = 2  # how many features are told as the reason for a place


@dataclass(frozen=True)
class Ranked:
    """A proposal (`claims.workspace.Proposed`) and its words, with how likely this desk is to use it, in percent, and
    what speaks most for or against it."""

    proposed: Any
    words: str
    percent: int
    why: str


@dataclass(frozen=True)
class Arranged:
    """What waits, in the text's order (`shown`); and where the layer is on, by likelihood: `ranked`, and `hidden`."""

    shown: list
    ranked: list[Ranked]
    hidden: list[Ranked]


def learned() -> LearnedOrder | None:
    """The model that the desk uses now: none where the layer is off, or has never been trained. One query at most."""
    return None if settings.LEARNING == OFF else LearnedOrder.objects.first()


def arrange(text: str, waiting: Sequence, model: LearnedOrder | None, mode: str) -> Arranged:
    """`waiting` (`claims.workspace.Proposed` in `text`) by what `model` holds likely. Pure: nothing is decided by it.

    With the mode "filter", what is less likely than the model's threshold is hidden. No proposal is ever lost: it is
    either in `ranked` or in `hidden`. Without a model all are shown as they came.
    """
    if model is None or mode == OFF:
        return Arranged(list(waiting), [], [])
    placed = []
    for one in waiting:
        features = features_of(text, one.proposal)
        placed.append((likelihood(model.weights, features), one, reason(model.weights, features)))
    placed.sort(key=lambda place: -place[0])
    cut = model.threshold if mode == FILTER else 0.0
    ranked, hidden = [], []
    for chance, one, why in placed:
        told = Ranked(one, text[one.start : one.end], round(100 * chance), why)
        (ranked if chance >= cut else hidden).append(told)
    set_apart = {id(one.proposed) for one in hidden}
    return Arranged([one for one in waiting if id(one) not in set_apart], ranked, hidden)


def reason(weights: dict[str, float], features: dict[str, float]) -> str:
    """The features that move the likelihood most, in words: “for: direct speech; against: the speaker is a pronoun”."""
    moves = {name: weights.get(name, 0.0) * value for name, value in features.items() if name != "always"}
    strongest = sorted((name for name in moves if moves[name]), key=lambda name: (-abs(moves[name]), name))[:REASONS]
    return "; ".join(f"{'for' if moves[name] > 0 else 'against'}: {_told(name, features[name])}" for name in strongest)


def _told(name: str, value: float) -> str:
    return "the rule is trusted little" if name == "trust" and value < 0 else in_words(name)

"""Whole articles of ten kinds of press, with who says what marked in the text, and how proposals are held against them.

The articles and their marks were made by someone who had not seen the rules: tests/cases/presses, where README.txt says
what the marks mean. The rules may be written while looking at the half `dev`; `held` is only measured.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from articles.reading import clutter_spans
from language.attributions import suggest
from tests.attribution_cases import same_speaker

PRESSES = Path(__file__).parent / "cases" / "presses"
HALVES = ("dev", "held")
MARK = re.compile(r"\{(?P<parts>(?:[scth]\d+~?)+) |(?:=(?P<name>[^{}\n]+))?(?P<end>\})")
PART = re.compile(r"([scth])(\d+)(~?)")
ROLES = {"s": "source", "c": "cue", "t": "content", "h": "hop"}
WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
SURE = 0.6  # confidence of a speaker from which the desk shows it as sure
FOUND = 0.3  # share of the words of a content that a proposal has to cover, as in GenderGapTracker's measure
HALF = 0.5


@dataclass
class Attribution:
    """Who says what: spans [start, end) of each part. `name` is who is meant where the words do not say it."""

    source: list = field(default_factory=list)
    cue: list = field(default_factory=list)
    content: list = field(default_factory=list)
    hop: list = field(default_factory=list)
    name: str = ""
    is_optional: bool = False


@dataclass
class Article:
    name: str
    press: str
    text: str
    attributions: list


def read_marks(marked):
    """(text, attributions) of a text with marks. ValueError where a mark is not closed."""
    text, place, length, stack, found = [], 0, 0, [], {}
    for mark in MARK.finditer(marked):
        text.append(marked[place : mark.start()])
        length += mark.start() - place
        place = mark.end()
        if mark["parts"]:
            stack.append((PART.findall(mark["parts"]), length))
            continue
        parts, start = stack.pop()
        for role, number, optional in parts:
            attribution = found.setdefault(int(number), Attribution())
            getattr(attribution, ROLES[role]).append((start, length))
            attribution.name = mark["name"] or attribution.name if role == "s" else attribution.name
            attribution.is_optional = attribution.is_optional or bool(optional)
    if stack:
        raise ValueError(f"a mark is not closed: {stack}")
    text.append(marked[place:])
    return "".join(text), [found[number] for number in sorted(found)]


def articles(half):
    """The articles of one half."""
    for path in sorted((PRESSES / half).glob("*.txt")):
        head, _, marked = path.read_text(encoding="utf-8").partition("\n\n")
        yield Article(path.stem, head.removeprefix("press: "), *read_marks(marked))


@dataclass
class Prediction:
    """One speaker of a proposal: words are indexes into the words of the text. `is_relay` where it is a hop of a chain."""

    content: frozenset
    source: frozenset
    speaker: str
    confidence: float
    rule: str
    is_relay: bool = False
    inner: tuple = ()


def words_in(spans, words):
    """The indexes of the words that a list of character spans touches."""
    return frozenset(i for i, (a, b) in enumerate(words) if any(a < end and b > start for start, end in spans))


def predictions(proposals, words):
    """What is proposed, with what is nested in it and a prediction for each speaker of a chain."""
    for proposal in proposals:
        inner = tuple(predictions(proposal.nested, words))
        content = words_in(proposal.content, words)
        steps = proposal.chain if len(proposal.chain) > 1 else []
        source = words_in((steps and steps[0].spans) or proposal.source, words)
        yield Prediction(
            content, source, proposal.speaker, proposal.speaker_confidence, proposal.rule, False, inner
        )
        for step in filter(lambda step: step.spans, steps[1:]):
            spoken = words_in(step.spans, words)
            yield Prediction(content, spoken, step.speaker, proposal.speaker_confidence, proposal.rule, True)
        yield from inner


def is_speaker_right(attribution, source, prediction):
    """Whether the source overlaps (or both are absent) and, where it is known who is meant, that one is named."""
    overlaps = bool(source & prediction.source) or not (source or prediction.source)
    if attribution.name:
        return (overlaps or not source) and same_speaker(attribution.name, prediction.speaker)
    return overlaps


def likeness(first, second):
    return len(first & second) / max(1, len(first | second))


def score(article, least=0.0):
    """(counts, [(what is wrong, attribution or None, prediction or None)]) of an article.

    found: a proposal, used once, covers more than FOUND of the content; triple: the two contents share at least HALF of
    their words and the speaker is right. A proposal left over is neither right nor wrong where it matches an optional
    attribution, repeats a part of one that is found by the same speaker, or is the frame of a relay whose speaker is found.
    """
    words = [match.span() for match in WORD.finditer(article.text)]
    proposals = suggest(article.text, least=least, clutter=clutter_spans(article.text))
    proposed = list(predictions(proposals, words))
    count, wrong, used = Counter(), [], {}
    for attribution in sorted(article.attributions, key=lambda one: one.is_optional):
        content, source = words_in(attribution.content, words), words_in(attribution.source, words)
        fits = [
            (is_speaker_right(attribution, source, prediction), likeness(content, prediction.content), -i)
            for i, prediction in enumerate(proposed)
            if i not in used and len(content & prediction.content) > FOUND * len(content)
        ]
        if attribution.is_optional:
            used.update({-i: (attribution, False) for _, _, i in fits})
            continue
        count["gold"] += 1
        if not fits:
            wrong.append(("missed", attribution, None))
            continue
        speaker, alike, i = max(fits)
        prediction, right = proposed[-i], speaker and alike >= HALF
        used[-i] = (attribution, right)
        sure = prediction.confidence >= SURE
        count.update({"found": 1, "proposed": 1, "speaker": speaker, "triple": right, "sure": sure})
        count["sure and right"] += sure and right
        if not right:
            wrong.append(("wrong speaker" if not speaker else "cut content", attribution, prediction))
    for i, prediction in enumerate(proposed):
        if i in used or prediction.is_relay or is_repeated(article, prediction, proposed, used, words):
            continue
        sure = prediction.confidence >= SURE
        count.update({"proposed": 1, "sure": sure})
        wrong.append(("no attribution", None, prediction))
    return count, wrong


def is_repeated(article, prediction, proposed, used, words):
    """Whether a proposal left over is a part of what is found, or the frame around a relayed one that is found."""
    for i, (attribution, _) in used.items():
        content, source = words_in(attribution.content, words), words_in(attribution.source, words)
        part = len(prediction.content & content) >= 0.8 * len(prediction.content)
        if part and is_speaker_right(attribution, source, prediction):
            return True
        if proposed[i] in prediction.inner and prediction.source & words_in(attribution.hop, words):
            return True
    return False


def rates(count):
    """precision, recall, F1, speaker, triple (F1), sure and right, share of the right ones shown as sure."""

    def share(part, whole):
        return count[part] / count[whole] if count[whole] else 0.0

    return {
        "precision": share("found", "proposed"),
        "recall": share("found", "gold"),
        "F1": 2 * count["found"] / max(1, count["proposed"] + count["gold"]),
        "speaker": share("speaker", "found"),
        "triple": 2 * count["triple"] / max(1, count["proposed"] + count["gold"]),
        "sure, right": share("sure and right", "sure"),
        "right, sure": share("sure and right", "triple"),
    }

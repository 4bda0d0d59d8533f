"""Whole articles of ten kinds of press, with who says what marked in the text, and how proposals are held against them.

The articles and their marks were made by someone who had not seen the rules: tests/cases/presses, where README.txt says
what the marks mean. The rules may be written while looking at the half `dev`; `held` is only measured; `short` holds
five short ones, with many pronouns and attitudes.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from articles.reading import clutter_spans
from language.attributions import suggest
from language.attributions.proposals import LEAST
from tests.attribution_cases import same_speaker

PRESSES = Path(__file__).parent / "cases" / "presses"
HALVES = ("dev", "held", "short")
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
    """One speaker of a proposal; content and source are indexes of words. `is_relay` where it is a hop of a chain."""

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
        yield Prediction(content, source, proposal.speaker, proposal.speaker_confidence, proposal.rule, False, inner)
        for step in filter(lambda step: step.spans, steps[1:]):
            spoken = words_in(step.spans, words)
            yield Prediction(content, spoken, step.speaker, proposal.speaker_confidence, proposal.rule, True)
        yield from inner


def is_speaker_right(attribution, prediction, text, words):
    """Whether the one who is meant is named; where the words say it, whether the source overlaps or is named."""
    if attribution.name:
        return same_speaker(attribution.name, prediction.speaker)
    source = words_in(attribution.source, words)
    printed = " ".join(text[start:end] for start, end in attribution.source)
    if not source:
        return not prediction.speaker
    return bool(source & prediction.source) or same_speaker(printed, prediction.speaker)


def likeness(first, second):
    return len(first & second) / max(1, len(first | second))


def matches(attributions, proposed, text, words):
    """{index of a prediction: (index of an attribution, speaker is right, likeness)}, the best pairs first."""
    pairs = []
    for i, attribution in enumerate(attributions):
        content = words_in(attribution.content, words)
        for j, prediction in enumerate(proposed):
            if len(content & prediction.content) > FOUND * len(content):
                speaker = is_speaker_right(attribution, prediction, text, words)
                pairs.append((speaker, likeness(content, prediction.content), -i, -j))
    found = {}
    for speaker, alike, i, j in sorted(pairs, reverse=True):
        if -j not in found and all(-i != taken for taken, _, _ in found.values()):
            found[-j] = (-i, speaker, alike)
    return found


def score(article, least=LEAST):
    """(counts, [(what is wrong, attribution or None, prediction or None)]) of an article.

    found: a proposal, used once, covers more than FOUND of the content; triple: the two contents share at least HALF of
    their words and the speaker is right. A proposal is neither right nor wrong where it matches an optional one,
    repeats a part of one that is found by the same speaker, or is the frame of a relay whose speaker is found.
    """
    words = [match.span() for match in WORD.finditer(article.text)]
    proposals = suggest(article.text, least=least, clutter=clutter_spans(article.text))
    proposed = list(predictions(proposals, words))
    found = matches(article.attributions, proposed, article.text, words)
    count, wrong = Counter(gold=sum(not attribution.is_optional for attribution in article.attributions)), []
    for j, (i, speaker, alike) in found.items():
        attribution, prediction = article.attributions[i], proposed[j]
        if attribution.is_optional:
            continue
        right, sure = speaker and alike >= HALF, prediction.confidence >= SURE
        count.update({"found": 1, "proposed": 1, "speaker": speaker, "triple": right, "sure": sure})
        count["sure and right"] += sure and right
        if not right:
            wrong.append(("cut content" if speaker else "wrong speaker", attribution, prediction))
    matched = {i for i, _, _ in found.values()}
    for i, attribution in enumerate(article.attributions):
        if i not in matched and not attribution.is_optional:
            wrong.append(("missed", attribution, None))
    for j, prediction in enumerate(proposed):
        if j not in found and not prediction.is_relay and not is_repeated(article, prediction, proposed, found, words):
            count.update({"proposed": 1, "sure": prediction.confidence >= SURE})
            wrong.append(("no attribution", None, prediction))
    return count, wrong


def is_repeated(article, prediction, proposed, found, words):
    """Whether a proposal left over is a part of what is found or optional, or the frame around a relayed one."""
    for j, (i, _, _) in found.items():
        attribution = article.attributions[i]
        part = len(prediction.content & words_in(attribution.content, words)) >= 0.8 * len(prediction.content)
        if part and is_speaker_right(attribution, prediction, article.text, words):
            return True
        if proposed[j] in prediction.inner and prediction.source & words_in(attribution.hop, words):
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

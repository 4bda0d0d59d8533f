"""Cues that are no words of speech: “according to”, “reportedly”, a colon after a name."""

from . import sources
from .contents import clause_end, phrase_end, trimmed
from .frames import Candidate, can_speak
from .tails import content_start


def colon(tokens, headline, lexicon):
    """“X: words of X”, in headlines, transcripts and before quotations."""
    k = next((i for i, t in enumerate(tokens[:9]) if t.tag == ":"), 0)
    if (
        not k
        or k + 2 > len(tokens)
        or tokens[0].lower in tokens.rules["no speaker"]
        or tokens[k - 1].lower in tokens.rules["no speaker"]
    ):
        return None
    if any(t.tag not in ("NNP", "NN", "DT", "JJ", ".", "POS", "CC", "VBG", "IN", "VBN") for t in tokens[:k]):
        return None
    name = sources.Source(0, k - 1, "name before a colon")
    if not can_speak(tokens, name, lexicon):
        return None
    quoted = tokens[k + 1].tag == "QT"
    shouted = all(t.text.isupper() for t in tokens[:k])
    if not (headline or quoted or shouted):
        return None
    contents = [(k + 1, trimmed(tokens, k + 1, len(tokens)))]
    return Candidate(
        [(k, k + 1)],
        [c for c in contents if c[1] > c[0]],
        "assert",
        "colon",
        ":",
        0.7 if quoted or shouted else 0.5,
        name,
        tail=True,
    )


def from_phrase(tokens, i, lexicon):
    for words, kind in lexicon.phrases[tokens[i].lower]:
        end = i + len(words)
        if tuple(t.lower for t in tokens[i:end]) != words:
            continue
        if kind == "according":
            return according(tokens, i, end)
        return hearsay(tokens, i, end)
    return None


def according(tokens, i, end):
    """“According to X, ...”, “..., according to X” and “A, according to X, B”."""
    source = sources.named_right(tokens, end)
    if source is None:
        return None
    after = source.last + 1
    contents = []
    left = trimmed(tokens, 0, i)
    if left > 0:
        contents.append((content_start(tokens, left), left))
    if (
        after + 1 < len(tokens)
        and tokens[after].tag == ","
        and (not contents or tokens[after + 1].tag not in ("WH", "CS", "IN", "VBG"))
    ):
        contents.append((after + 1, clause_end(tokens, after + 1)))
    elif not contents and after + 1 < len(tokens) and tokens[after].tag == ":":
        contents.append((after + 1, trimmed(tokens, after + 1, len(tokens))))
    return Candidate(
        [(i, end)],
        [c for c in contents if c[1] > c[0]],
        "assert",
        "according",
        " ".join(t.lower for t in tokens[i:end]),
        0.9,
        source,
        tail=True,
    )


def hearsay(tokens, i, end):
    """“reportedly”: what is told without a teller; its content is the clause around it."""
    start = i
    while start > 0 and tokens[start - 1].tag not in (",", ";", ":", "DASH"):
        start -= 1
    stop = phrase_end(tokens, end)
    return Candidate([(i, end)], [(start, i), (end, stop)], "assert", "hearsay", tokens[i].lower, 0.5, None)

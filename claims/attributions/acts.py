"""What a report does: kind of speech, polarity, speech act, and how sure the rule is."""

from .quotations import CLOSING, MARK

# How often proposals of each frame are right, rounded: noted while the rules were written (docs/attributions.md).
TRUST = {
    "that": 0.9, "tail": 0.95, "quote": 0.95, "according": 0.95, "wh": 0.8, "np": 0.7, "to": 0.75, "ing": 0.7,
    "pass": 0.65, "seem": 0.5, "hearsay": 0.5, "colon": 0.8, "noun that": 0.55, "noun to": 0.6, "awaits": 0.6,
}  # fmt: skip
PLAIN = 0.8


def kind(text, content):
    """direct, mixed or indirect, by the quotation marks of the content's spans."""
    if not content:
        return "indirect"
    words = " ".join(text[a:b] for a, b in content).strip()
    marks = list(MARK.finditer(words))
    if not marks:
        return "indirect"
    end = words.rstrip(",.?! ")
    if marks[0].start() == 0 and (end[-1:] in CLOSING + '"' or end.endswith("''") or marks[-1].end() >= len(end)):
        return "direct"
    return "direct" if marks[0].start() == 0 and len(marks) % 2 else "mixed"


def polarity(candidate):
    return "negated" if candidate.negative else "affirmed"


def act(candidate, tokens):
    """The speech act; silence told as such and refusals to comment are acts of their own."""
    first = candidate.contents[0][0] if candidate.contents else candidate.cue[0][1]
    following = [t.lower for t in tokens[first : first + 3]]
    if candidate.act == "refuse":
        return "declines" if any(w in tokens.rules["withheld"] for w in following) else "refuse"
    if candidate.negative and candidate.lemma in tokens.rules["no answer"]:
        return "declines"
    if candidate.negative and candidate.lemma in tokens.rules["silent"]:
        return "declines" if candidate.modal in ("would", "'d") else "silent"
    return candidate.act


def stays_unnamed(attribution):
    """Whether a source only asks or declines to be named: “who declined to be identified”, “requested anonymity”."""
    tokens, contents = attribution.tokens, attribution.candidate.contents
    words = [token.lower for first, end in contents for token in tokens[first:end]]
    rules = tokens.rules
    return any(word in rules["unnamed"] for word in words) and all(
        word in rules["unnamed"] or word in rules["about being named"] for word in words
    )


def confidence(candidate, tokens):
    """From 0 to 1: the trust in the frame, less for weak words, conditional moods and want of a speaker."""
    trust = TRUST.get(candidate.frame, 0.7)
    weight = min(1.0, candidate.confidence / PLAIN)
    if candidate.modal in tokens.rules["conditional"]:
        weight *= 0.9
    if candidate.source is None and candidate.frame not in ("pass", "hearsay", "seem"):
        weight *= 0.8
    return round(trust * weight, 2)

"""Help for the tests of suggested attributions: what was proposed, as words."""

from articles.reading import clutter_spans
from language.attributions import suggest


def words(text, spans):
    return " | ".join(text[a:b] for a, b in sorted(spans))


def told(text):
    """(source, cue, content) of each proposal for the lines that are no clutter, as words."""
    proposals = suggest(text, clutter=clutter_spans(text))
    return [(words(text, p.source), words(text, p.cue), words(text, p.content)) for p in proposals]


def only(text):
    """The one proposal for a text."""
    (proposal,) = suggest(text)
    return proposal


def speakers(text):
    return [p.speaker for p in suggest(text)]

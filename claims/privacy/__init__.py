"""Withheld names: one rule for what counts as a form of a name, for showing, refusing and erasing alike."""

from .matcher import CERTAIN, HINT, LIKELY, Matcher, NameMatch
from .patterns import Person, pattern_of, printed_words

__all__ = ["CERTAIN", "HINT", "LIKELY", "Matcher", "NameMatch", "Person", "pattern_of", "printed_words"]

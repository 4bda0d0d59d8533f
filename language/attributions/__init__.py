"""Attributions proposed in an article's text: who said what, where, and by which rule. Pure functions.

`suggest(text)` reads English by word lists and rules; another language is another folder of lists. Nothing is recorded
here: a proposal becomes a statement through the same verbs as an editor's own selection.
"""

from .suggest import suggest

__all__ = ["suggest"]

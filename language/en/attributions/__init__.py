"""English attributions: lists of words, one a file, and the grammar that `language.attributions.grammar` asks for."""

from .grammar import GRAMMAR

__all__ = ["GRAMMAR"]

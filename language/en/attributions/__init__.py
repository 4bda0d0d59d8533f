"""Attributions in English: word lists, and the grammar that `language.attributions.attribution_grammar` asks for."""

from .grammar import GRAMMAR

__all__ = ["GRAMMAR"]

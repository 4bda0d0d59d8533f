"""Amounts in English words, as `language.amounts.amount_grammar` asks for them."""

from ...amounts.amount_grammar import Grammar
from .exclusions import EXCLUSIONS
from .modifiers import BOUNDS
from .nouns import NOUNS
from .number_words import NUMBER_WORDS
from .ranges_and_shares import RANGES, SHARES

GRAMMAR = Grammar(numbers=NUMBER_WORDS, nouns=NOUNS, bounds=BOUNDS, ranges=RANGES, shares=SHARES, exclusions=EXCLUSIONS)

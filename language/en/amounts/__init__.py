"""Amounts in English words, as `language.amounts.amount_grammar` asks for them."""

from ...amounts.amount_grammar import Grammar
from . import modifiers, patterns
from .exclusions import EXCLUSIONS
from .nouns import NOUNS
from .number_words import NUMBER_WORDS, SIGNS

GRAMMAR = Grammar(
    numbers=NUMBER_WORDS,
    nouns=NOUNS,
    exclusions=EXCLUSIONS,
    amount=patterns.AMOUNT,
    share=patterns.SHARE,
    vague=patterns.VAGUE,
    signs=SIGNS,
    scale=patterns.SCALE,
    modifiers=modifiers.MODIFIER_OF,
    modifier=modifiers.MODIFIER,
    modifiers_after=modifiers.AFTER_NUMBERS,
    modifier_after=modifiers.AFTER_UNITS,
    pair_joints=frozenset(("and",)),
    pair_openers=frozenset(("between", "anywhere between")),
)

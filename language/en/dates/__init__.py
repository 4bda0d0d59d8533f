"""Dates in English words: the rules and the words that they are made of, as `dates.date_grammar` asks for them."""

from ...dates.date_grammar import Grammar
from . import absolute, relative, words_around
from .date_words import MONTHS_WRITTEN_OUT, TIME_WORDS

GRAMMAR = Grammar(
    rules=(*absolute.RULES, *relative.RULES),
    months=MONTHS_WRITTEN_OUT,
    time_words=TIME_WORDS,
    lead=words_around.LEAD,
    trail=words_around.TRAIL,
    future=words_around.FUTURE,
    since=words_around.SINCE,
    one_end=words_around.ONE_END,
    beginnings=words_around.BEGINNINGS,
    sure_beginnings=words_around.SURE_BEGINNINGS,
)

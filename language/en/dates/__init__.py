"""Dates in English words: the rules and the words that they are made of, as `dates.date_grammar` asks for them."""

from ...dates.date_grammar import Grammar
from . import (
    days_and_months,
    lengths_of_time,
    named_days,
    near_times,
    other_calendars,
    parts_of_times,
    words_around,
    years,
)
from .date_words import MONTHS_WRITTEN_OUT, TIME_WORDS

GRAMMAR = Grammar(
    rules=(
        *days_and_months.RULES,
        *years.RULES,
        *other_calendars.RULES,
        *days_and_months.INSIDE,
        *years.INSIDE,
        *near_times.RULES,
        *lengths_of_time.RULES,
        *named_days.RULES,
        *parts_of_times.RULES,
    ),
    months=MONTHS_WRITTEN_OUT,
    time_words=TIME_WORDS,
    lead=words_around.LEAD,
    trail=words_around.TRAIL,
    tense=words_around.tense,
    since=words_around.SINCE,
    since_after=words_around.NOTHING,
    one_end_after=words_around.NOTHING,
    one_end=words_around.ONE_END,
    beginnings=words_around.BEGINNINGS,
    sure_beginnings=words_around.SURE_BEGINNINGS,
    of=words_around.OF,
    then=words_around.THEN,
    join=words_around.JOIN,
    between=words_around.BETWEEN,
    from_=words_around.FROM,
    moved=words_around.MOVED,
    no_date_before=words_around.NO_DATE_BEFORE,
    no_date_after=words_around.NO_DATE_AFTER,
    doubt_after=words_around.DOUBT_AFTER,
    or_before=words_around.OR_BEFORE,
    or_after=words_around.OR_AFTER,
    number_before=words_around.NUMBER_BEFORE,
    name_before=words_around.NAME_BEFORE,
    name_after=words_around.NAME_AFTER,
)

"""Dates in Russian words: the rules and what stands around a date, as `dates.date_grammar` asks for them."""

import re

from ...dates.date_grammar import Grammar
from ...dates.resolutions import FUTURE, OPEN, PAST
from . import calendar_dates, parts_of_times, relative
from .russian_words import FUTURE_VERBS, NO_VERBS, PARTICIPLE, PAST_ENDING, PLANNED

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_NEVER = re.compile(r"(?!)")


def tense(before: str, after: str) -> str:
    """Which time a date is told in, by the verb that is nearest before it, else by the first one after it."""
    for word in [*reversed(_WORD.findall(before)[-12:]), *_WORD.findall(after)[:12]]:
        if FUTURE_VERBS.fullmatch(word) or PLANNED.fullmatch(word):
            return FUTURE
        if (
            word.lower() not in NO_VERBS
            and (PAST_ENDING.fullmatch(word) or PARTICIPLE.fullmatch(word))
            and len(word) > 2
        ):
            return PAST
    return OPEN if re.search(r"\b(?:до|к|ко)\s$", before) else ""


_MONTHS = (
    "январ феврал март апрел мая май мае июн июл август сентябр октябр ноябр декабр янв фев мар апр авг сен окт "
    "ноя дек "
)
_TIME_WORDS = (
    "понедельник вторник сред четверг пятниц суббот воскресень вчера сегодня завтра год лет месяц недел дн день "
    "век столети десятилети квартал выходн весн осен зим назад недавно накануне давно врем двадцат тридцат "
    "сороков десят девяност полугод половин полгода ночь г. "
)
GRAMMAR = Grammar(
    rules=(*calendar_dates.RULES, *relative.RULES, *parts_of_times.RULES, *calendar_dates.INSIDE),
    months=tuple(_MONTHS.split()),
    time_words=tuple(_TIME_WORDS.split()),
    lead=_NEVER,
    trail=_NEVER,
    tense=tense,
    since=re.compile(r"\b(?:с|со|начиная\sс)\s$", re.IGNORECASE),
    since_after=_NEVER,
    one_end=re.compile(r"\b(до|к|ко|после|не\sпозднее|по)\s$", re.IGNORECASE),
    one_end_after=_NEVER,
    beginnings=frozenset(("после",)),
    sure_beginnings=frozenset(),
    of=(re.compile(r"\s"), re.compile(r",?\sв\s", re.IGNORECASE), re.compile(r"\sна\s", re.IGNORECASE)),
    then=re.compile(r",?\s(?:в\s|во\s)?", re.IGNORECASE),
    join=re.compile(r"\s?[-–—]\s?|\s(?:по|до|(?P<and>и))\s", re.IGNORECASE),
    between=re.compile(r"\bмежду\s$", re.IGNORECASE),
    from_=re.compile(r"\bсо?\s$", re.IGNORECASE),
    moved=re.compile(r"\b(?:перенес|перен[её]с|отложи|сдвину|перенос)[а-яё]*\b[^.;]{0,40}$", re.IGNORECASE),
    no_date_before=re.compile(r"\b(?:кажд|люб)[а-яё]+\s$", re.IGNORECASE),
    no_date_after=_NEVER,
    doubt_after=_NEVER,
    or_before=_NEVER,
    or_after=_NEVER,
    number_before=_NEVER,
    name_before=_NEVER,
    name_after=_NEVER,
)

"""Dates in Chinese: the rules and what stands around a date, as `dates.date_grammar` asks for them."""

import re

from ...dates.date_grammar import Grammar
from ...dates.resolutions import FUTURE, OPEN, PAST
from . import calendar_dates, relative
from .chinese_words import FUTURE_WORDS, PAST_WORDS

_NEVER = re.compile(r"(?!)")
_CLAUSE = re.compile("[，,；：]")


def tense(before: str, after: str) -> str:
    """Which time a date is told in: by the words of its clause, those after it first."""
    after, before = after[:40], _CLAUSE.split(before)[-1]
    if FUTURE_WORDS.search(before):
        return FUTURE
    future, past = FUTURE_WORDS.search(after), PAST_WORDS.search(after)
    if future and (not past or future.start() < past.start()):
        return FUTURE
    if past:
        return PAST
    return PAST if PAST_WORDS.search(before) else OPEN if after[:1] in ("前", "起") else ""


_TIME_WORDS = (
    "年 月 日 号 號 周 週 星期 礼拜 禮拜 天 昨 今 明 季 世纪 世紀 近 早些 晚 前 半年 元旦 节 節 五一 国庆 國慶 平安夜 "
)
GRAMMAR = Grammar(
    rules=(*calendar_dates.RULES, *relative.RULES, *calendar_dates.INSIDE),
    months=(),
    time_words=tuple(_TIME_WORDS.split()),
    lead=_NEVER,
    trail=_NEVER,
    tense=tense,
    since=re.compile(r"(?:自|自从|自從)$"),
    since_after=re.compile(r"(?:以来|以來|至今|起至今)"),
    one_end=re.compile(r"(截至|截止|直到|到)$"),
    one_end_after=re.compile(r"(之前|以前|前|之后|之後|以后|以後|后(?!天)|後(?!天)|起|为止|為止)"),
    beginnings=frozenset(("之后", "之後", "以后", "以後", "后", "後", "起")),
    sure_beginnings=frozenset(("起",)),
    of=(re.compile(r"的?"),),
    then=re.compile(r"的?"),
    join=re.compile(r"\s?(?:[-–—~～至到]|直到)\s?"),
    between=_NEVER,
    from_=re.compile(r"[从從自由]$"),
    moved=re.compile(r"(?:推迟|推遲|延期|改期|提前)[^。]{0,8}$"),
    no_date_before=re.compile(r"[每逢]$"),
    no_date_after=_NEVER,
    doubt_after=re.compile(r"(?:事件|运动|運動|革命)"),
    or_before=_NEVER,
    or_after=_NEVER,
    number_before=_NEVER,
    name_before=_NEVER,
    name_after=_NEVER,
)

"""Rules of dates in Russian that count from the article's own day."""

import re
from datetime import date, timedelta

from ...dates import calendar_units, counting, near_the_article
from ...dates.date_grammar import (
    FROM_ANOTHER_DATE,
    MONTH,
    MONTHS,
    SO_LONG_AGO,
    UP_TO_THE_ARTICLE,
    VAGUE,
    RelativeResolver,
    relative_rules,
)
from ...dates.resolutions import (
    FUTURE,
    OPEN,
    PAST,
    Context,
    Fields,
    Resolution,
)
from . import russian_words as words
from .parts_of_times import months_of
from .russian_numbers import (
    month_of_word,
    terms_of,
    weekday_of_word,
)


def weekday_named(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“в минувшую пятницу”, “в следующий вторник”."""
    step = next((step for form, step in words.WHICH.items() if match["which"].lower().startswith(form)), 0)
    nearest = match["which"].lower().startswith(("ближайш", "наступающ", "предстоящ"))
    which = "coming" if nearest else {-1: "last", 0: "this", 1: "next"}.get(step, "last")
    fields = Fields(weekday=weekday_of_word(match["w"]), name=match["w"])
    return near_the_article.near_weekday(fields, which, day, context)


def named_day(match: re.Match[str], day: date, context: Context) -> Resolution:
    step = words.NAMED[match["word"].lower()]
    return Resolution((day + timedelta(days=step)).isoformat(), "counted from the article's own day")


def day_before(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution(
        (day - timedelta(days=1)).isoformat(), "the day before the article, or before another", sure=False
    )


def unit_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“в прошлом году”, “на этой неделе”, “в минувшие выходные”, “сего года”."""
    which = (match["which"] or "эт").lower()
    step = next(step for form, step in words.WHICH.items() if which.startswith(form))
    word = match["unit"] or "года"
    unit = next(unit for form, unit in words.UNITS_NEAR.items() if re.fullmatch(form, word, re.IGNORECASE))
    return calendar_units.unit_near(unit, step, day)


def weekend(match: re.Match[str], day: date, context: Context) -> Resolution:
    return calendar_units.weekend_near(day, context)


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_away(terms_of(match["terms"]), -1, (match["more"] or "").strip(), day, context)


def some_years_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“лет десять назад”: about ten years ago."""
    terms = terms_of(f"{match['n']} {match['years']}")
    return counting.time_away(terms, -1, match["years"], day, context)


def time_from_now(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“через два года”: after the article where what is to come is told."""
    if context.tense not in (FUTURE, OPEN):
        made = counting.time_away(terms_of(match["terms"]), 1, "", day, context)
        why = "counted from something else, or to come"
        return Resolution("" if context.tense == PAST else made.edtf, why, sure=False)
    return counting.time_away(terms_of(match["terms"]), 1, "", day, context)


def up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_up_to(terms_of(match["terms"]), -1, day)


def from_the_article_on(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"] or context.tense == PAST:
        return Resolution("", "how many is not said, or from when", sure=False)
    made = counting.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, context.tense == FUTURE)


def month_alone(match: re.Match[str], day: date, context: Context) -> Resolution:
    return near_the_article.near_month(month_of_word(match["m"]), day, context)


def season_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“прошлым летом”, “этой весной”, “летом”."""
    which = (match["which"] or "").lower()
    step = next((step for form, step in words.WHICH.items() if which.startswith(form)), 0) if which else 0
    name = {-1: "last", 1: "next"}.get(step, "this" if which else "")
    return calendar_units.season_near(months_of(match["s"]), name, day, context)


def from_another(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“годом ранее”, “два дня спустя”, “на следующий день”: counted from the date mentioned last; never sure."""
    if not context.mentioned or match["vague"]:
        return Resolution("", "counted from something that has no date here", sure=False)
    sign = -1 if match["way"] and match["way"].lower() in ("ранее", "раньше", "до") else 1
    terms = terms_of(match["terms"]) if match["terms"] else ((1.0, "day"),)
    made = counting.counted_from(context.mentioned, terms, 0 if match["same"] else sign)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


_WHICH = rf"(?P<which>{'|'.join(words.WHICH)}){words.ADJECTIVE_END}"
MORE = r"(?P<more>(?:более\sчем|более|около|почти|примерно|свыше|больше|менее\sчем|чуть\sболее|лет\sчерез)\s)?"
_RELATIVE: list[tuple[str, str, RelativeResolver]] = [
    ("weekday", rf"(?i:{_WHICH}\s(?P<w>{words.WEEKDAY}))", weekday_named),
    (
        "day",
        r"(?i:(?P<word>позавчера|послезавтра|вчера|сегодня|завтра))(?!шн)(?:\s(?:утром|вечером|ночью|дн[её]м))?",
        named_day,
    ),
    ("day", r"(?i:накануне)(?!\s[а-яё]+(?:ов|ия|ства|ы)\b)", day_before),
    (
        SO_LONG_AGO,
        rf"(?i:{MORE}(?:(?P<terms>{words.TERM})|(?P<vague>{words.VAGUE})\s(?:{words.UNIT}))\s(?:тому\s)?назад)",
        time_ago,
    ),
    (SO_LONG_AGO, rf"(?i:(?P<years>лет)\s(?P<n>{words.COUNT})\s(?:тому\s)?назад)", some_years_ago),
    ("so long from now", rf"(?i:через\s(?P<terms>{words.TERM}))(?!\sпосле)", time_from_now),
    (
        UP_TO_THE_ARTICLE,
        rf"(?i:(?:за|в|в\sтечение|на\sпротяжении)\sпоследн(?:ие|их|ий|юю|его|ей)\s(?:(?P<terms>{words.TERM})|(?P<vague>{words.VAGUE})\s(?:{words.UNIT})))",
        up_to_the_article,
    ),
    (
        "from the article on",
        rf"(?i:(?:за|в|в\sтечение|на)\s(?:ближайш(?:ие|их|ий|ую)|следующ(?:ие|их))\s(?:(?P<terms>(?:{words.COUNT})\s(?:{words.UNIT}))|(?P<vague>{words.VAGUE})\s(?:{words.UNIT})))(?![а-яё])",
        from_the_article_on,
    ),
    (
        "week, month or year",
        rf"(?i:{_WHICH}\s(?P<unit>{'|'.join(words.UNITS_NEAR)}))(?![а-яё])|(?i:(?:сего\sгода|с\.\s?г\.))",
        unit_near,
    ),
    ("weekend", r"(?i:(?:в|на|за)\sвыходны(?:е|х))(?![а-яё])(?!\sдн)", weekend),
    (
        MONTH,
        rf"(?i:(?:(?<=\bв\s)|(?<=\bс\s)|(?<=\bдо\s)|(?<=\bк\s)|(?<=\bпо\s))(?P<m>{words.FULL_MONTH}))(?!\s[0-9]{{4}})",
        month_alone,
    ),
    (
        "season",
        rf"(?i:(?:{_WHICH}\s)?(?P<s>{'|'.join(words.SEASONS)}))(?<!лета)(?<!лето)(?<!зимы)(?<!осени)(?<!весны)(?![а-яё])(?!\s[0-9])",
        season_near,
    ),
    (
        FROM_ANOTHER_DATE,
        rf"(?i:(?:(?P<terms>{words.TERM})|(?P<vague>{words.VAGUE})\s(?:{words.UNIT}))\s(?P<way>спустя|ранее|раньше|позже|позднее)"
        r"|на\sследующий\sдень|(?P<same>в\sтот\sже\sдень))",
        from_another,
    ),
    (
        VAGUE,
        r"(?i:недавно|на\sднях|в\sпоследнее\sвремя|в\sпоследние\s(?:годы|месяцы|недели|дни)|давно|в\sближайшее\sвремя"
        r"|в\sближайшие\s(?:годы|месяцы|недели|дни)|несколько\s(?:лет|месяцев|недель|дней)\sназад)",
        vague_time,
    ),
]

RULES = relative_rules(_RELATIVE, {MONTH: (MONTHS,)})

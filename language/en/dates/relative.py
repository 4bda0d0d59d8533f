"""Rules of dates that count from the article's own day. Each takes a match, that day, and what stands around it."""

import re
from datetime import date, timedelta

from ...dates import calendar_units, counting, near_the_article
from ...dates.date_grammar import (
    FROM_ANOTHER_DATE,
    MONTHS,
    SO_LONG_AGO,
    THE_TIME,
    TIME_WORDS,
    UP_TO_THE_ARTICLE,
    RelativeResolver,
    Rule,
    compile_pattern,
    relative_rules,
)
from ...dates.date_grammar import MONTH as MONTH_ALONE
from ...dates.date_grammar import VAGUE as VAGUE_TIME
from ...dates.resolutions import FUTURE, OPEN, PAST, Context, Fields, Resolution, days, ends_of
from .date_words import (
    COUNT,
    FULL_MONTH,
    FULL_WEEKDAY,
    SEASONS,
    TERMS,
    UNIT_SIGNS,
    VAGUE,
    WEEKDAY_SIGNS,
    count_of,
    terms_of,
    weekday_number,
)
from .days_and_months import month_number

_WHICH = {"last": "last", "past": "last", "previous": "last", "next": "next", "coming": "coming", "this": "this"}


def which_of(words: str | None) -> str:
    """last, this, next or coming, as the last word of “this past” and the like says."""
    return _WHICH.get((words or "").lower().rpartition(" ")[2], "")


def weekday(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“on Tuesday”, “last Tuesday”, “the following Tuesday”."""
    name = match["w"]
    fields = Fields(weekday=weekday_number(name), name=name)
    article = (match["which"] or "").lower()
    if article in ("the following", "the", "that"):
        return Resolution("", f"a {name} counted from something else", sure=False)
    which = "past" if article.endswith("past") else which_of(article)
    return near_the_article.near_weekday(fields, which, day, context)


def weekday_and_week(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“the Friday before last”, “Friday after next”, “a week from Friday”, “a week ago Friday”."""
    name, words = match["w"] or match["w2"], match[0].lower()
    fields = Fields(weekday=weekday_number(name), name=name)
    if "before last" in words or "ago" in words:
        there = date.fromisoformat(near_the_article.near_weekday(fields, "last", day, context).edtf) - timedelta(
            weeks=1
        )
        return Resolution(there.isoformat(), f"the {name} a week before the last", "before last" in words)
    there = date.fromisoformat(near_the_article.near_weekday(fields, "next", day, context).edtf) + timedelta(weeks=1)
    return Resolution(there.isoformat(), f"the {name} a week after the next", "after next" not in words)


def weekdays_away(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“two Tuesdays ago”, “three Sundays from now”."""
    count = count_of(match["n"])
    if count is None:
        return Resolution("", "how many is not said", sure=False)
    sign = 1 if match["way"].lower() == "ago" else -1
    return near_the_article.weekday_before_last(weekday_number(match["w"]), sign * int(count), day, match["w"])


def day_by_name(match: re.Match[str], day: date, context: Context) -> Resolution:
    words = match["word"].lower()
    step = {"day before": -2, "before last": -2, "day after": 2, "yesterday": -1, "last": -1, "tomorrow": 1}
    count = next((n for key, n in step.items() if key in words), 0)
    return Resolution((day + timedelta(days=count)).isoformat(), "counted from the article's own day")


def overnight(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“overnight”: from the evening before the article to its morning, if it is over."""
    edtf = days(day - timedelta(days=1), day)
    return Resolution(edtf, "the night before the article", context.tense == PAST)


def weekend(match: re.Match[str], day: date, context: Context) -> Resolution:
    return calendar_units.weekend_near(day, context)


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“two weeks ago”, “a year and three months ago”: as exact as the unit that is counted in."""
    if not match["terms"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_away(terms_of(match["terms"]), -1, (match["more"] or "").strip(), day, context)


def time_from_now(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“two weeks from now”, “in two weeks' time”."""
    return counting.time_away(terms_of(match["terms"]), 1, (match["more"] or "").strip(), day, context)


def in_a_time(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in two years”: so long after the article where that is told, else how long something took; then no date."""
    if context.tense not in (FUTURE, OPEN, ""):
        return None
    made = counting.time_away(terms_of(match["terms"]), 1, (match["more"] or "").strip(), day, context)
    return Resolution(made.edtf, made.why, made.sure and context.tense == FUTURE, made.others)


def within_a_time(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“within five days”: from the article on, where what is to come is told, else no date."""
    if context.tense not in (FUTURE, OPEN, ""):
        return None
    made = counting.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, sure=False)


def time_up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in the last 300 years”: from so long before the article to its day."""
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_up_to(terms_of(match["terms"] or f"one {match['unit']}"), -1, day)


def time_to_come(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“over the next three months”: from the article on, unless it is told as past."""
    if match["vague"] or context.tense == PAST:
        return Resolution("", "counted from something else, or how many is not said", sure=False)
    made = counting.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, context.tense == FUTURE)


def unit_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“last year”, “this month”, “next week”; with “earlier” and “later” what is over of it, or to come."""
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower().rpartition(" ")[2], 0)
    unit = match["unit"].lower()
    if match["which"].lower() == "this past":
        if unit == "weekend":
            return calendar_units.unit_near(unit, -1 if day.weekday() < 5 else 0, day)
        up_to = counting.time_up_to(((1.0, unit),), -1, day)
        return Resolution(up_to.edtf, up_to.why, sure=False)
    made = calendar_units.unit_near(unit, step, day)
    part = (match["part"] or "").lower()
    if part and made.edtf:
        return calendar_units.up_to_or_from(made.edtf, part, unit, day) or Resolution(made.edtf, made.why, sure=False)
    if match["which"].lower() == "the":
        return Resolution(made.edtf, made.why, sure=False)
    if step > 0 and "coming" in match["which"].lower():
        return Resolution(made.edtf, made.why, sure=False)
    if unit == "weekend" and step > 0 and day.weekday() < 3:
        near = calendar_units.unit_near(unit, 0, day)
        return Resolution(near.edtf, near.why, False, (made.edtf,))
    if unit == "weekend" and made.edtf:
        agrees = ends_of(made.edtf)[1] < day if step < 0 else day.weekday() < 5 and step == 0
        return Resolution(made.edtf, made.why, agrees and (context.tense != PAST or step < 0))
    return made


def unit_after_next(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“the year before last”, “the week after next”."""
    return calendar_units.unit_near(match["unit"].lower(), -2 if match["way"].lower() == "before last" else 2, day)


def rest_of_unit(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“the rest of the year”: from the article's day to its end."""
    unit = match["unit"].lower()
    edtf = calendar_units.unit_near(unit, 0, day).edtf
    made = calendar_units.up_to_or_from(edtf, "later", unit, day)
    return Resolution(made.edtf, made.why, context.tense != PAST) if made else None


def end_of_unit(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“year-end”, “the month's end”."""
    made = calendar_units.third_or_whole(calendar_units.unit_near(match["unit"].lower(), 0, day).edtf, "late")
    return Resolution(made.edtf, made.why, sure=False) if made else None


def last_hours(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“over the last 48 hours”: days before the article, about; never sure."""
    hours = int(count_of(match["n"]) or 0)
    if hours < 20:
        return Resolution("", "a part of a day", sure=False)
    there = timedelta(days=round(hours / 24))
    first, last = (day, day + there) if match["way"].lower() in ("next", "coming") else (day - there, day)
    return Resolution(days(first, last), "about so many hours", sure=False)


def month_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in October”, “last May”."""
    return near_the_article.near_month(month_number(match["m"]), day, context, which_of(match["which"]))


def season_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“last summer”, “in the summer”."""
    which = which_of(match["which"])
    which = "last" if (match["which"] or "").lower() == "this past" else which
    return calendar_units.season_near(SEASONS[match["s"].lower()], "next" if which == "coming" else which, day, context)


def day_from_another(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“a day earlier”, “two years later”, “the same day”: counted from the date mentioned last; never sure."""
    if not context.mentioned or not (context.is_mentioned or match["unit2"]):
        return Resolution("", "counted from something that has no date here", sure=False)
    words = match[0].lower()
    is_of_an_event = (
        words.endswith(("before", "after")) and match.string[match.end() : match.end() + 2].strip().isalnum()
    )
    if match["vague"] or is_of_an_event:
        return Resolution("", "how many is not said, or from what", sure=False)
    sign = 1 if any(w in words for w in ("later", "after", "following", "next")) else -1
    sign = 0 if "same" in words else sign
    terms = terms_of(match["terms"] or f"one {match['unit2'] or match['unit3']}")
    made = counting.counted_from(context.mentioned, terms, sign)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


def now(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution(day.isoformat(), "the article's own day")


def the_unit(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“the month” in “the end of the month”: the article's own, never sure."""
    made = calendar_units.unit_near(match["unit"].lower(), 0, day)
    return Resolution(made.edtf, made.why, sure=False)


MORE = (
    r"(?P<more>(?i:(?:just |a little |well |at )?"
    r"(?:more than|over|nearly|almost|about|around|some|less than|under|roughly|least|approximately|close to"
    rf"|(?:{COUNT})\s(?:or|to)))\s)?"
)
UNITS = "weekend|fortnight|week|month|year|quarter|decade|century"
VAGUE_UNITS = rf"(?P<vague>{VAGUE})\s(?:more\s)?(?:day|week|month|year|decade|centurie|quarter)s"
_RULES: list[tuple[str, str, RelativeResolver]] = [
    (
        "weekday",
        rf"(?:(?P<which>(?i:last|this past|this coming|this|next|the previous|the following|the coming|the past|past"
        rf"|coming|the|that))\s)?(?P<w>{FULL_WEEKDAY})\b",
        weekday,
    ),
    (
        "weekday",
        rf"(?i:the\s)?(?P<w>{FULL_WEEKDAY})\s(?:before last|after next|week)\b(?!end)"
        rf"|(?i:a week)\s(?:ago|from|on)\s(?:last\s|next\s|this\s)?(?P<w2>{FULL_WEEKDAY})",
        weekday_and_week,
    ),
    (
        "weekday",
        rf"(?P<n>(?i:two|three|four|2|3|4|a couple of))\s(?P<w>{FULL_WEEKDAY})s\s(?P<way>(?i:ago|from now))",
        weekdays_away,
    ),
    (
        "day",
        r"(?P<word>(?i:the day before yesterday|the night before last|the day after tomorrow|yesterday|tomorrow|today"
        r"|tonight|last night"
        r"|(?:earlier |later |early |late )?this (?:morning|afternoon|evening)))",
        day_by_name,
    ),
    ("night", r"(?i:overnight)(?!\s[a-z]+(?:ing|s)\b)", overnight),
    ("weekend", r"(?i:over|at|on|during|for|by)\s(?i:the\sweekend)(?!\s(?:of|before|after)\b)", weekend),
    (
        SO_LONG_AGO,
        rf"{MORE}(?:(?P<terms>(?i:{TERMS}))|(?i:{VAGUE_UNITS}))\s(?i:ago)",
        time_ago,
    ),
    ("so long from now", rf"{MORE}(?P<terms>(?i:{TERMS}))\s(?i:from\s(?:now|today)|hence)", time_from_now),
    ("in a time", rf"(?i:in)\s{MORE}(?P<terms>(?i:{TERMS}))[’']?(?:s[’'])?\stime\b", time_from_now),
    (
        "in a time",
        rf"(?<!time\s)(?<!times\s)(?i:in)\s{MORE}(?P<terms>(?i:{TERMS}))(?!\s(?:of|in|on|and|to|before|after|ago)\b|[’'])",
        in_a_time,
    ),
    ("within a time", rf"(?i:within)\s(?P<terms>(?i:{TERMS}))(?!\s(?:of|after|before|from)\b|[’'])", within_a_time),
    (
        UP_TO_THE_ARTICLE,
        rf"(?i:(?:in|over|for|during|within|throughout|across)\s(?:about\s|roughly\s|at\sleast\s)?"
        rf"(?:(?:the|these)\s(?:last|past|previous|preceding)\s(?:(?P<terms>{TERMS})|{VAGUE_UNITS})"
        rf"|the\s(?:last|past)\s(?P<unit>day|week|fortnight|month|quarter|year|decade|century)))(?!\s(?:of|before)\b|[’'])",
        time_up_to_the_article,
    ),
    (
        UP_TO_THE_ARTICLE,
        rf"(?i:the)\s(?i:last|past)\s(?:(?P<terms>(?i:{TERMS}))|(?i:{VAGUE_UNITS}))(?P<unit>)(?!\s(?:of|before|in)\b)",
        time_up_to_the_article,
    ),
    (
        UP_TO_THE_ARTICLE,
        rf"(?i:(?:in|over|for|during|within)\sthe\s(?P<way>last|past|next|coming)\s(?P<n>{COUNT})\shours)",
        last_hours,
    ),
    (
        "from the article on",
        rf"(?i:(?:(?:in|over|for|during|within|throughout|across)\s)?(?:the|these)\s(?:next|coming|following|upcoming)\s"
        rf"(?:(?P<terms>{TERMS})|{VAGUE_UNITS}))(?!\s(?:of|before)\b)",
        time_to_come,
    ),
    (
        "week, month or year",
        rf"(?:(?P<part>(?i:earlier|later))\s(?:in\s)?)?"
        rf"(?i:(?P<which>last|this past|this|next|the coming|coming|the current|current)\s(?P<unit>{UNITS}))"
        r"(?![’']s\s(?:end|close)\b|\sof\b)",
        unit_near,
    ),
    (
        "week, month or year",
        r"(?P<part>(?i:earlier|later))\s(?:in\s|on\s)?(?P<which>the)\s(?P<unit>(?i:month|year|week|decade))(?!\s[0-9])",
        unit_near,
    ),
    (
        "week, month or year",
        rf"(?i:the\s)?(?P<unit>(?i:{UNITS}))\s(?P<way>(?i:before last|after next))",
        unit_after_next,
    ),
    (
        "rest of a time",
        r"(?i:the\s)?(?i:rest|remainder)\sof\s(?:the|this)\s(?P<unit>(?i:week|month|year|decade|century|quarter))(?!\s[0-9])",
        rest_of_unit,
    ),
    ("end of a time", r"(?:(?i:the|this)\s)?(?P<unit>(?i:year|month))(?:-|[’']s\s)end\b", end_of_unit),
    (
        MONTH_ALONE,
        rf"(?P<which>(?i:last|this past|this coming|this|next|this coming))\s(?P<m>{FULL_MONTH})(?!,?\s[0-9])",
        month_alone,
    ),
    (
        MONTH_ALONE,
        rf"(?i:\b(?:in|since|until|till|by|during|of|before|after|from|through|throughout|for|late as|early as))\s"
        rf"(?P<m>{FULL_MONTH})(?P<which>)(?!,?\s[0-9]|\s[A-Z])",
        month_alone,
    ),
    (
        "season",
        rf"(?i:(?P<which>last|this past|this coming|this|next)\s(?P<s>{'|'.join(SEASONS)}))(?!\s(?:[0-9]|of\s[0-9]))",
        season_near,
    ),
    (
        "season",
        r"(?<=\b(?i:in)\s)(?i:(?P<which>)the\s(?P<s>spring|summer|autumn|winter))(?!\s(?:[0-9]|of\b|[a-z]+s\b))",
        season_near,
    ),
    (
        FROM_ANOTHER_DATE,
        rf"(?i:(?:(?P<terms>{TERMS})|{VAGUE_UNITS})\s(?:earlier|later|before|after|afterwards|beforehand|prior)"
        rf"|the\s(?:same|next|following|previous)\s(?P<unit2>day|week|fortnight|month|year|decade)"
        rf"|the\s(?P<unit3>day)\s(?:before|after))",
        day_from_another,
    ),
    (
        VAGUE_TIME,
        r"(?i:(?:in\s)?(?:recent|the coming|coming|past)\s(?:days|weeks|months|years|decades)|recently|lately"
        r"|these days|the other day|(?:in\s)?the past|not long ago|long ago"
        r"|(?:days|weeks|months|years|decades|centuries) ago"
        r"|for (?:years|decades|months|weeks|centuries)|(?:the\s)?early hours)",
        vague_time,
    ),
]
# What else than a word of time a rule needs to find anything.
_SIGNS = {
    MONTH_ALONE: (MONTHS,),
    "weekday": WEEKDAY_SIGNS,
    "day": (
        "yesterday",
        "tomorrow",
        "today",
        "tonight",
        "last night",
        "before last",
        "this morn",
        "this after",
        "this even",
    ),
    "night": ("overnight",),
    "weekend": ("weekend",),
    SO_LONG_AGO: ("ago",),
    "within a time": ("within",),
    UP_TO_THE_ARTICLE: ("last", "past", "previous", "preceding"),
    "from the article on": ("next", "coming", "following"),
    "so long from now": ("from now", "from today", "hence"),
    "in a time": UNIT_SIGNS,
    "week, month or year": UNIT_SIGNS,
    "rest of a time": ("rest of", "remainder"),
    "end of a time": ("end",),
    "season": tuple(SEASONS),
    FROM_ANOTHER_DATE: UNIT_SIGNS,
}
_NOW = compile_pattern(r"(?i:now|the\spresent\sday|the\spresent|present|today|date)", True)
_THE_UNIT = compile_pattern(r"(?i:the)\s(?P<unit>(?i:week|month|quarter|year|decade|century))", True)
INSIDE = (
    Rule("now", _NOW, (TIME_WORDS,), relative=now, inside_only=True),
    Rule(THE_TIME, _THE_UNIT, (TIME_WORDS,), relative=the_unit, inside_only=True),
)
RULES = (*relative_rules(_RULES, _SIGNS), *INSIDE)

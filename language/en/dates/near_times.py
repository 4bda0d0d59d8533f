"""Rules of days, weeks, months, seasons and years near the article: “last Tuesday”, “next month”, “overnight”."""

import re
from datetime import date, timedelta

from ...dates import calendar_units, counting, near_the_article
from ...dates.date_grammar import (
    DIGITS,
    MONTHS,
    THE_TIME,
    TIME_WORDS,
    RelativeResolver,
    Rule,
    compile_pattern,
    relative_rules,
)
from ...dates.date_grammar import MONTH as MONTH_ALONE
from ...dates.resolutions import PAST, Context, Fields, Resolution, days, ends_of
from .date_words import (
    FULL_MONTH,
    FULL_WEEKDAY,
    SEASONS,
    SHORTENED_MONTHS,
    UNIT_SIGNS,
    WEEKDAY_SIGNS,
    count_of,
    number_of,
    unit_named,
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


def shortened_weekday(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“on Tue.”, “Thurs.”."""
    name = match["w"] or match["w2"]
    return near_the_article.near_weekday(Fields(weekday=weekday_number(name), name=name), "", day, context)


def number_of_the_month(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“on the 15th”: of the article's month or of another near, never sure."""
    return near_the_article.near_number(Fields(day=number_of(match["d"])), day, context)


def weekday_and_week(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“the Friday before last”, “Friday after next”, “Friday week”, “a week from Friday”, “a week ago Friday”."""
    name, words = match["w"] or match["w2"], match[0].lower()
    fields = Fields(weekday=weekday_number(name), name=name)
    if "before last" in words or "ago" in words:
        there = date.fromisoformat(near_the_article.near_weekday(fields, "last", day, context).edtf) - timedelta(
            weeks=1
        )
        return Resolution(there.isoformat(), f"the {name} a week before the last", "before last" in words)
    which = "next" if "after next" in words else "coming"
    there = date.fromisoformat(near_the_article.near_weekday(fields, which, day, context).edtf) + timedelta(weeks=1)
    sure = which == "coming" and day.weekday() != fields.weekday
    return Resolution(there.isoformat(), f"the {name} a week after the next", sure)


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


def unit_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“last year”, “this month”, “next week”; with “earlier” and “later” what is over of it, or to come."""
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower().rpartition(" ")[2], 0)
    unit = unit_named(match["unit"])
    if match["which"].lower() == "this past":
        if unit == "weekend":
            made = calendar_units.unit_near(unit, -1 if day.weekday() < 5 else 0, day)
            return Resolution(made.edtf, made.why, day.weekday() < 5)
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
    return calendar_units.unit_near(unit_named(match["unit"]), -2 if match["way"].lower() == "before last" else 2, day)


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


def month_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in October”, “last May”."""
    return near_the_article.near_month(month_number(match["m"]), day, context, which_of(match["which"]))


def season_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“last summer”, “in the summer”."""
    which = which_of(match["which"])
    which = "last" if (match["which"] or "").lower() == "this past" else which
    return calendar_units.season_near(SEASONS[match["s"].lower()], "next" if which == "coming" else which, day, context)


def now(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution(day.isoformat(), "the article's own day")


def the_unit(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“the month” in “the end of the month”: the article's own, never sure."""
    made = calendar_units.unit_near(match["unit"].lower(), 0, day)
    return Resolution(made.edtf, made.why, sure=False)


UNITS = "week-?end|fortnight|week|month|year|quarter|decade|century|qtr"

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
        r"|tonight|last (?:night|evening)"
        r"|(?:earlier |later |early |late )?this (?:morning|afternoon|evening)))",
        day_by_name,
    ),
    (
        "shortened weekday",
        r"(?:(?<=\b[Oo]n\s)(?P<w>Mon|Tue|Wed|Thu|Fri|Sat|Sun)|(?P<w2>Tues?|Thu(?:rs)?|Fri))\b\.?(?!,?\s[A-Z0-9])",
        shortened_weekday,
    ),
    (
        "ordinal of a day",
        r"(?<=\b[Oo]n\s)the\s(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th))(?=[.,;:)]|$|\sof\sthis\smonth\b)",
        number_of_the_month,
    ),
    ("night", r"(?i:overnight)(?!\s[a-z]+(?:ing|s)\b)", overnight),
    ("weekend", r"(?i:over|at|on|during|for|by)\s(?i:the\sweekend)(?!\s(?:of|before|after)\b)", weekend),
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
        rf"(?i:the\s)?(?P<unit>(?i:{UNITS}))\s(?P<way>(?i:before last|after (?:the )?next))",
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
        "last even",
        "before last",
        "this morn",
        "this after",
        "this even",
    ),
    "shortened weekday": ("on mon", "on tue", "on wed", "on thu", "on fri", "on sat", "on sun", " tue", " thu", " fri"),
    "ordinal of a day": (DIGITS,),
    "night": ("overnight",),
    "weekend": ("weekend",),
    "week, month or year": UNIT_SIGNS,
    "rest of a time": ("rest of", "remainder"),
    "end of a time": ("end",),
    "season": tuple(SEASONS),
}
_SHORTENED = [
    (
        MONTH_ALONE,
        r"(?i:\b(?:in|since|until|till|by|from|through))\s(?P<m>Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\b(?P<which>)"
        r"(?!\.?,?\s?[0-9]|\.?\s[A-Z])",
        month_alone,
    )
]
_NOW = compile_pattern(r"(?i:now|the\spresent\sday|the\spresent|present|today|date)", True)
_THE_UNIT = compile_pattern(r"(?i:the)\s(?P<unit>(?i:week|month|quarter|year|decade|century))", True)
INSIDE = (
    Rule("now", _NOW, (TIME_WORDS,), relative=now, inside_only=True),
    Rule(THE_TIME, _THE_UNIT, (TIME_WORDS,), relative=the_unit, inside_only=True),
)
RULES = (*relative_rules(_RULES, _SIGNS), *relative_rules(_SHORTENED, {MONTH_ALONE: SHORTENED_MONTHS}), *INSIDE)

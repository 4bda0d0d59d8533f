"""Rules of dates told by how long: “two weeks ago”, “in the last 300 years”, “within five days”, “a day later”."""

import re
from datetime import date, timedelta

from ...dates import counting
from ...dates.date_grammar import (
    FROM_ANOTHER_DATE,
    SO_LONG_AGO,
    UP_TO_THE_ARTICLE,
    RelativeResolver,
    relative_rules,
)
from ...dates.date_grammar import VAGUE as VAGUE_TIME
from ...dates.resolutions import FUTURE, OPEN, PAST, Context, Resolution, days
from .date_words import (
    COUNT,
    TERMS,
    UNIT_SIGNS,
    VAGUE,
    count_of,
    terms_of,
)


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


def last_hours(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“over the last 48 hours”: days before the article, about; never sure."""
    hours = int(count_of(match["n"]) or 0)
    if hours < 20:
        return Resolution("", "a part of a day", sure=False)
    there = timedelta(days=round(hours / 24))
    first, last = (day, day + there) if match["way"].lower() in ("next", "coming") else (day - there, day)
    return Resolution(days(first, last), "about so many hours", sure=False)


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


MORE = (
    r"(?P<more>(?i:(?:just |a little |well |at )?"
    r"(?:more than|over|nearly|almost|about|around|some|less than|under|roughly|least|approximately|close to"
    rf"|(?:{COUNT})\s(?:or|to)))\s)?"
)
VAGUE_UNITS = rf"(?P<vague>{VAGUE})\s(?:more\s)?(?:day|week|month|year|decade|centurie|quarter)s"

_RULES: list[tuple[str, str, RelativeResolver]] = [
    (
        SO_LONG_AGO,
        rf"{MORE}(?:(?P<terms>(?i:{TERMS}))|(?i:{VAGUE_UNITS}))\s(?i:ago)",
        time_ago,
    ),
    ("so long from now", rf"{MORE}(?P<terms>(?i:{TERMS}))\s(?i:from\s(?:now|today)|hence)", time_from_now),
    ("in a time", rf"(?i:in)\s{MORE}(?P<terms>(?i:{TERMS}))[’']?(?:s[’'])?\stime\b", time_from_now),
    (
        "in a time",
        rf"(?<!time\s)(?<!times\s)(?i:in)\s{MORE}(?P<terms>(?i:{TERMS}))(?!\s(?:of|in|on|and|to|before|after|ago)\b|[’']|\s?[+])",
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
_SIGNS = {
    SO_LONG_AGO: ("ago",),
    "within a time": ("within",),
    UP_TO_THE_ARTICLE: ("last", "past", "previous", "preceding"),
    "from the article on": ("next", "coming", "following"),
    "so long from now": ("from now", "from today", "hence"),
    "in a time": UNIT_SIGNS,
    FROM_ANOTHER_DATE: UNIT_SIGNS,
}
RULES = relative_rules(_RULES, _SIGNS)

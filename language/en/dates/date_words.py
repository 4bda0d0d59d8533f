"""The words of dates in English, and the regular expressions made of them; all take linear time."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
            ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"),
            ("December", "Dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("Monday", "Mon"), ("Tuesday", "Tues", "Tue"), ("Wednesday", "Wed"), ("Thursday", "Thurs", "Thu"),
            ("Friday", "Fri"), ("Saturday", "Sat"), ("Sunday", "Sun"),
        )
    )
    for name in names
}  # fmt: skip
_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties"
NUMBERS = {word: number for number, word in enumerate(_UP_TO_TWENTY.split())} | {
    "a": 1, "an": 1, "a couple of": 2, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
}  # fmt: skip
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
DECADES = {word: number * 10 for number, word in enumerate(_DECADES.split(), start=2)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}

_months = "|".join(sorted((*MONTHS, *(name.upper() for name in MONTHS if len(name) > 3)), key=len, reverse=True))
MONTH = rf"(?:{_months})(?:\.(?=\s?[0-9,]))?"
FULL_MONTH = "|".join(name for name in MONTHS if len(name) > 3 or name == "May")
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
FULL_WEEKDAY = "|".join(name for name in WEEKDAYS if name.endswith("day"))
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9,.]*[0-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9%:]|[.,][0-9]{1,2}(?![0-9]))"
DASH = r"\s?(?:[-–—]|to|until|through|till)\s?"
COUNT = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r"|[0-9]{1,4}(?:,[0-9]{3})?"
UNIT = "day|week|fortnight|month|year|decade"
PART = r"early|mid|late|(?:the )?(?:beginning|start|middle|end) of"
PARTS = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid"}


def third_named(words: str | None) -> str:
    """early, mid or late, as `words` say; empty if they say none of these."""
    words = (words or "").lower().removeprefix("the ").partition(" ")[0].rstrip("-")
    return PARTS.get(words, "late" if words in ("late", "end") else "")


# Every date holds digits or one of these; the rules are tried around what they need of them only.
MONTHS_WRITTEN_OUT = tuple(sorted({name.lower() for name in FULL_MONTH.split("|")}))
TIME_WORDS = (
    *("day", "week", "month", "year", "quarter", "decade", "centur", "tonight", "tomorrow", "last night"),
    *("this morn", "this after", "this even", "recent", "lately", "ago", "the past", "early hours"),
    *(word[-6:] for word in DECADES),
    *SEASONS,
)

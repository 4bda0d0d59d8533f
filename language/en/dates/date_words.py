"""The words of dates in English, and the regular expressions made of them; all take linear time."""

import re

from .date_word_lists import lists_in

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
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties"
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: number * 10 for number, word in enumerate(_TENS_IN_ORDER.split(), 2)}
_ONES = _UP_TO_TWENTY.split()[1:10]
NUMBERS = (
    {word: number for number, word in enumerate(_UP_TO_TWENTY.split())}
    | _TENS
    | {f"{ten}-{one}": number + unit for ten, number in _TENS.items() for unit, one in enumerate(_ONES, 1)}
    | {"a": 1, "an": 1, "a couple of": 2, "a hundred": 100, "one hundred": 100, "a dozen": 12, "two dozen": 24}
    | {"half a": 0.5, "half an": 0.5, "a half": 0.5}
)
ORDINALS = (
    {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
    | {
        f"{ten}-{one}": number + unit
        for ten, number in (("twenty", 20), ("thirty", 30))
        for unit, one in enumerate(_ORDINALS.split()[:9], 1)
    }
    | {"thirtieth": 30}
)
DECADES = {word: number * 10 for number, word in enumerate(_DECADES.split(), start=2)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}

_IN_OTHER_LETTERS = (
    *(name.upper() for name in MONTHS if len(name) > 3),
    *(name.lower() for name in MONTHS if len(name) > 3 and name not in ("March", "August", "Sept")),
)
_SHORTENED = tuple(
    name.lower() for name in MONTHS if len(name) in (3, 4) and name not in ("May", "Mar", "June", "July")
)
_months = "|".join(sorted((*MONTHS, *_IN_OTHER_LETTERS, *_SHORTENED), key=len, reverse=True))
MONTH = rf"(?:{_months})(?:\.(?=\s?[0-9,]))?"
MONTH_WITH_YEAR = rf"(?:{_months}|march|may|august)(?:\.(?=\s?[0-9,]))?"
_FULL = [name for name in MONTHS if len(name) > 3 or name == "May"]
FULL_MONTH = "|".join([*_FULL, *(name.lower() for name in _FULL if name not in ("March", "May", "August", "Sept"))])
_FULL_WEEKDAYS = [name for name in WEEKDAYS if name.endswith("day")]
FULL_WEEKDAY = "|".join([*_FULL_WEEKDAYS, *(name.lower() for name in _FULL_WEEKDAYS)])
WEEKDAY = "|".join(
    [FULL_WEEKDAY, *sorted((name for name in WEEKDAYS if name not in _FULL_WEEKDAYS), key=len, reverse=True)]
)
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9,.]*[0-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9%:]|[.,][0-9]{1,2}(?![0-9]))"
DASH = r"\s?(?:[-–—]|to|until|through|till)\s?"
_NUMBERS_BY_LENGTH = sorted((word for word in NUMBERS if "-" not in word and word not in _TENS), key=len, reverse=True)
COUNT = (
    rf"[0-9]{{1,3}}(?:\s1/2|½)|[0-9]{{1,4}}(?:,[0-9]{{3}}|\.[0-9])?|(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?|"
    + "|".join(_NUMBERS_BY_LENGTH)
)
UNIT = "day|week|fortnight|month|quarter|year|decade|centurie|century"
HALF = r"(?:\sand\sa\shalf|-and-a-half)"
TERM = rf"(?:{COUNT})(?:{HALF})?(?:\s(?:full|whole|straight|consecutive|calendar|more))?\s(?:{UNIT})s?(?:{HALF})?"
TERMS = rf"{TERM}(?:(?:,\s|,?\sand\s|\s){TERM}){{0,2}}"
ONE_TERM = re.compile(
    rf"(?P<n>{COUNT})(?P<half>{HALF})?(?:\s(?:full|whole|straight|consecutive|calendar|more))?\s(?P<unit>{UNIT})s?"
    rf"(?P<half2>{HALF})?",
    re.IGNORECASE,
)
VAGUE = "several|a few|many|some|a number of|countless|dozens of|scores of|hundreds of|few"
DAY_IN_WORDS = rf"(?:twenty|thirty)[-\s](?:{'|'.join(_ORDINALS.split()[:9])})|" + "|".join(
    sorted((word for word in ORDINALS if "-" not in word), key=len, reverse=True)
)
ORDINAL = rf"[1-9][0-9]?(?:st|nd|rd|th)|{DAY_IN_WORDS}"
PART = r"(?:very )?(?:early|mid|late)|(?:the )?(?:very )?(?:beginning|start|middle|end|close) of"
PARTS = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid"}
ERAS = {"Heisei": 1988, "Reiwa": 2018, "Showa": 1925, "Meiji": 1867, "Taisho": 1911, "Minguo": 1911}
_OF_YEARS = lists_in("of_years.txt")
OF_A_YEAR, NOT_OF_A_YEAR = _OF_YEARS["of a year"], _OF_YEARS["not of a year"]
BEFORE_A_YEAR, AFTER_A_YEAR = _OF_YEARS["before a year"], _OF_YEARS["after a year"]
PLURALS, ABOUT = _OF_YEARS["plurals"], _OF_YEARS["about"]
CALENDARS = (
    r"B\.?E\.?|A\.?H\.?|B\.?C\.?E\.?|B\.?C\.?|B\.?S\.?|S\.?H\.?|H\.?S\.?|Hijri|Heisei|Reiwa|Showa|Meiji"
    "|Minguo|Juche"
)
OTHER_CALENDARS = (
    "Julian|lunar|Hijri|Islamic|Muslim|Persian|Iranian|Hebrew|Jewish|Buddhist|Thai|Ethiopian|Chinese|Tibetan|Nepali"
    "|Bikram Sambat|Bengali|Coptic|Mayan|Solar Hijri|Republican|traditional|old|Old Style"
)


def third_named(words: str | None) -> str:
    """early, mid or late, as `words` say; empty if they say none of these."""
    words = (words or "").lower().removeprefix("the ").removeprefix("very ").partition(" ")[0].rstrip("-")
    return PARTS.get(words, "late" if words in ("late", "end", "close") else "")


def weekday_number(word: str) -> int:
    """0 for Monday, however shortened or written in small letters."""
    return WEEKDAYS[word.rstrip(".").capitalize()]


def number_of(words: str) -> int:
    """1 for “first” and “1st”, 31 for “31”."""
    words = "-".join(words.lower().split())
    return ORDINALS[words] if words in ORDINALS else int(words.rstrip("stndrh"))


def count_of(words: str) -> float | None:
    """The number that a word or digits write; None for “several”, “a few”."""
    words = words.lower().replace(",", "")
    if words.endswith(("½", "1/2")):
        return float(words.removesuffix("½").removesuffix(" 1/2")) + 0.5
    if words.replace(".", "", 1).isdigit():
        return float(words)
    return NUMBERS.get(words) or NUMBERS.get("-".join(words.split()))


def unit_named(word: str) -> str:
    """The unit that a word names: “qtr” is a quarter, “week-end” a weekend."""
    word = word.lower()
    return {"centurie": "century", "qtr": "quarter", "week-end": "weekend"}.get(word, word)


def terms_of(words: str) -> tuple[tuple[float, str], ...]:
    """How many of which unit: “a year and three months” is ((1, "year"), (3, "month"))."""
    found = []
    for term in ONE_TERM.finditer(words):
        count = (count_of(term["n"]) or 0) + (0.5 if term["half"] or term["half2"] else 0)
        found.append((count, unit_named(term["unit"])))
    return tuple(found)


YEAR_ENDS = "|".join(
    [f"{ten}(?:[- ](?:{'|'.join(_ONES)}))?" for ten in _TENS]
    + _UP_TO_TWENTY.split()[10:20]
    + ["hundred", "oh[- ](?:" + "|".join(_ONES) + ")"]
)
YEARS_IN_WORDS = (
    rf"(?:seventeen|eighteen|nineteen|twenty)\s(?:{YEAR_ENDS})"
    rf"|two\sthousand(?:(?:\sand)?\s(?:{'|'.join([*_UP_TO_TWENTY.split()[10:20], *_ONES])}"
    rf"|twenty(?:[-\s](?:{'|'.join(_ONES)}))?))?"
)


def year_in_words(words: str) -> int:
    """1996 for “nineteen ninety-six”, 2009 for “two thousand and nine”."""
    first, *rest = words.lower().replace("-", " ").split()
    if rest[0] == "thousand":
        return 2000 + sum(int(NUMBERS.get(word, 0)) for word in rest[1:])
    return int(NUMBERS[first]) * 100 + sum(int(NUMBERS.get(word, 0)) for word in rest)


# What single rules need.
WEEKDAY_SIGNS = tuple(name.lower() for name in _FULL_WEEKDAYS)
SHORTENED_MONTHS = (" jan", " feb", " mar", " apr", " aug", " sep", " oct", " nov", " dec")
UNIT_SIGNS = ("day", "week", "fortnight", "month", "quarter", "qtr", "year", "decade", "centur")
# Every date holds digits or one of these; the rules are tried around what they need of them only.
MONTHS_WRITTEN_OUT = tuple(sorted({name.lower() for name in _FULL}))
TIME_WORDS = (
    *(
        "day",
        "week",
        "month",
        "year",
        "quarter",
        "qtr",
        "decade",
        "centur",
        "tonight",
        "tomorrow",
        "last night",
        "last half",
    ),
    *("first half", "second half", "this morn", "this after", "this even", "recent", "lately", "ago", "the past"),
    *(
        "early hours",
        "overnight",
        "noughties",
        "christmas",
        "halloween",
        "easter",
        "thanksgiving",
        "pentecost",
        "epiphany",
        "juneteenth",
    ),
    *("mardi gras", "bonfire", "guy fawkes", "present", "now", "eve of"),
    *("nineteen", "eighteen", "seventeen", "two thousand", "twenty", "hours"),
    *(word[-6:] for word in DECADES),
    *SEASONS,
)

"""Rules of dates in Russian. What is counted is counted by `dates.reckoning`, as in every language."""

import re
from datetime import date, timedelta

from ...dates import reckoning
from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FROM_ANOTHER_DATE,
    FULL_DAY,
    MONTH,
    MONTHS,
    NUMBER,
    SO_LONG_AGO,
    TIME_WORDS,
    UP_TO_THE_ARTICLE,
    VAGUE,
    YEAR,
    AbsoluteResolver,
    FieldsReader,
    PartResolver,
    RelativeResolver,
    absolute_rules,
    fields_rules,
    part_rules,
    relative_rules,
)
from ...dates.resolutions import (
    FUTURE,
    OPEN,
    PAST,
    Context,
    Fields,
    Resolution,
    days,
    ends_of,
    interval,
    point,
    unit_of,
)
from . import russian_words as words


def number_in(text: str, forms: dict[str, float] | dict[str, int]) -> float:
    """The number whose forms match all of a word; 0 for none."""
    return next((number for form, number in forms.items() if re.fullmatch(form, text, re.IGNORECASE)), 0)


def index_in(text: str, forms: tuple[str, ...]) -> int:
    """The place, from 1, of the last of some forms with which a text begins; 0 for none."""
    found = [place for place, form in enumerate(forms, 1) if re.match(form, text, re.IGNORECASE)]
    return max(found, key=lambda place: len(forms[place - 1]), default=0)


def month_of_word(word: str) -> int:
    return index_in(word, words._MONTH_FORMS)


def weekday_of_word(word: str | None) -> int | None:
    return index_in(word, words._WEEKDAY_FORMS) - 1 if word else None


def day_of_word(word: str) -> int:
    digits = re.match("[0-9]+", word)
    return int(digits[0]) if digits else index_in(word, words.ONES)


def ordinal_of(word: str) -> int:
    """1 for “первой”, “I” and “1-м”; -1 for “последней”."""
    if word.lower().startswith("последн"):
        return -1
    romans = {"I": 1, "II": 2, "III": 3, "IV": 4}
    return romans.get(word) or day_of_word(word)


def roman(word: str) -> int:
    """The number of a century in Roman or Arabic figures."""
    if word.isdigit():
        return int(word)
    values = {"I": 1, "V": 5, "X": 10, "Х": 10}
    figures = [values[letter] for letter in word.upper()]
    return sum(-one if one < later else one for one, later in zip(figures, [*figures[1:], 0], strict=True))


def terms_of(text: str) -> reckoning.Terms:
    """How many of which unit, for a count in words or figures: “два года”, “неделю”, “полгода”."""
    found = []
    for term in words.ONE_TERM.finditer(text):
        if term["half"]:
            found.append((0.5, "year"))
            continue
        count = (
            1.0 if not term["n"] else float(term["n"]) if term["n"].isdigit() else number_in(term["n"], words.NUMBERS)
        )
        unit = next(unit for form, unit in words.UNITS.items() if re.fullmatch(form, term["unit"], re.IGNORECASE))
        found.append((float(count), unit))
    return tuple(found)


def full_day(match: re.Match[str]) -> Fields:
    weekday = weekday_of_word(match["w"])
    return Fields(int(match["y"]), month_of_word(match["m"]), day_of_word(match["d"]), weekday, match["w"] or "")


def day_and_month(match: re.Match[str]) -> Fields:
    weekday = weekday_of_word(match["w"])
    return Fields(0, month_of_word(match["m"]), day_of_word(match["d"]), weekday, match["w"] or "")


def iso_day(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), int(match["mo"]), int(match["d"]))


def numeric_day(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), int(match["mo"]), int(match["d"]))


def month_and_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), month_of_word(match["m"]))


def bare_month(match: re.Match[str]) -> Fields:
    return Fields(0, month_of_word(match["m"]))


def bare_day(match: re.Match[str]) -> Fields:
    return Fields(0, 0, day_of_word(match["d"]))


def bare_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]))


def weekday_fields(match: re.Match[str]) -> Fields:
    return Fields(weekday=weekday_of_word(match["w"]), name=match["w"])


def years(match: re.Match[str]) -> Resolution | None:
    first, last = match["y"], match["y2"]
    edtf = interval(first, first[:2] + last if len(last) == 2 else last)
    return Resolution(edtf, "both years are written out") if edtf and edtf != first else None


def spelt_year(match: re.Match[str]) -> Resolution:
    """“в две тысячи восьмом году”."""
    return Resolution(point(2000 + day_of_word(match["n"])), "a year in words")


def decade(match: re.Match[str]) -> Resolution:
    """“1990-е”, “в 90-х годах”, “в девяностые”."""
    if match["y"]:
        first = int(match["y"])
    elif match["short"]:
        first = 1900 + int(match["short"]) if match["short"] != "00" else 2000
    else:
        first = 1900 + next(number for form, number in words.DECADES.items() if match["word"].lower().startswith(form))
    sure = (bool(match["y"]) and not match["y"].endswith("00")) or (bool(match["short"]) and first >= 1930)
    return Resolution(interval(point(first), point(first + 9)), f"the ten years from {first}", sure)


def century(match: re.Match[str]) -> Resolution:
    number = roman(match["n"])
    if match["era"] or not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    return Resolution(interval(point(first), point(first + 99)), f"the hundred years from {first}")


def another_calendar(match: re.Match[str]) -> Resolution:
    return Resolution("", "of another calendar, which is not converted", sure=False)


def weekday_named(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“в минувшую пятницу”, “в следующий вторник”."""
    step = next((step for form, step in words.WHICH.items() if match["which"].lower().startswith(form)), 0)
    nearest = match["which"].lower().startswith(("ближайш", "наступающ", "предстоящ"))
    which = "coming" if nearest else {-1: "last", 0: "this", 1: "next"}.get(step, "last")
    fields = Fields(weekday=weekday_of_word(match["w"]), name=match["w"])
    return reckoning.near_weekday(fields, which, day, context)


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
    return reckoning.unit_near(unit, step, day)


def weekend(match: re.Match[str], day: date, context: Context) -> Resolution:
    return reckoning.weekend_near(day, context)


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return reckoning.time_away(terms_of(match["terms"]), -1, (match["more"] or "").strip(), day, context)


def some_years_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“лет десять назад”: about ten years ago."""
    terms = terms_of(f"{match['n']} {match['years']}")
    return reckoning.time_away(terms, -1, match["years"], day, context)


def time_from_now(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“через два года”: after the article where what is to come is told."""
    if context.tense not in (FUTURE, OPEN):
        made = reckoning.time_away(terms_of(match["terms"]), 1, "", day, context)
        why = "counted from something else, or to come"
        return Resolution("" if context.tense == PAST else made.edtf, why, sure=False)
    return reckoning.time_away(terms_of(match["terms"]), 1, "", day, context)


def up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return reckoning.time_up_to(terms_of(match["terms"]), -1, day)


def from_the_article_on(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"] or context.tense == PAST:
        return Resolution("", "how many is not said, or from when", sure=False)
    made = reckoning.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, context.tense == FUTURE)


def month_alone(match: re.Match[str], day: date, context: Context) -> Resolution:
    return reckoning.near_month(month_of_word(match["m"]), day, context)


def season_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“прошлым летом”, “этой весной”, “летом”."""
    which = (match["which"] or "").lower()
    step = next((step for form, step in words.WHICH.items() if which.startswith(form)), 0) if which else 0
    name = {-1: "last", 1: "next"}.get(step, "this" if which else "")
    return reckoning.season_near(months_of(match["s"]), name, day, context)


def months_of(season: str) -> tuple[int, int]:
    return next(months for form, months in words.SEASONS.items() if re.fullmatch(form, season, re.IGNORECASE))


def from_another(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“годом ранее”, “два дня спустя”, “на следующий день”: counted from the date mentioned last; never sure."""
    if not context.mentioned or match["vague"]:
        return Resolution("", "counted from something that has no date here", sure=False)
    sign = -1 if match["way"] and match["way"].lower() in ("ранее", "раньше", "до") else 1
    terms = terms_of(match["terms"]) if match["terms"] else ((1.0, "day"),)
    made = reckoning.counted_from(context.mentioned, terms, 0 if match["same"] else sign)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


def third(match: re.Match[str], edtf: str) -> Resolution | None:
    return reckoning.third_or_whole(edtf, words.PARTS[match["part"][0].lower()])


def weekday_within(match: re.Match[str], edtf: str) -> Resolution | None:
    return reckoning.nth_weekday(ordinal_of(match["nth"]), weekday_of_word(match["w"]) or 0, edtf)


def unit_within(match: re.Match[str], edtf: str) -> Resolution | None:
    """“в первом квартале”, “во второй половине”, “за первые три месяца”."""
    word = match["unit"].lower()
    unit = {"кв": "quarter", "по": "half", "не": "week", "ме": "month", "дн": "day", "де": "day"}[word[:2]]
    size = 1 if not match["n"] else int(match["n"]) if match["n"].isdigit() else number_in(match["n"], words.NUMBERS)
    return reckoning.nth_unit(ordinal_of(match["nth"]), int(size), unit, edtf)


def quarter_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    if not match["unit"].lower().startswith(("квартал", "полугоди")) or match["n"]:
        return None
    unit = "quarter" if match["unit"].lower().startswith("кв") else "half"
    return reckoning.part_near(ordinal_of(match["nth"]), unit, day, context)


def season_within(match: re.Match[str], edtf: str) -> Resolution | None:
    months = months_of(match["s"])
    first, last = ends_of(edtf)
    winter = months[0] == 12
    if winter and last.year == first.year + 1:
        return Resolution(reckoning.season_of(first.year, months), "of the northern half of the earth")
    if unit_of(edtf) != "year":
        return None
    others = (reckoning.season_of(first.year - 1, months),) if winter else ()
    return Resolution(reckoning.season_of(first.year, months), "of the northern half of the earth", not winter, others)


def night_before(match: re.Match[str], edtf: str) -> Resolution | None:
    """“в ночь на 5 марта”: from the evening before to that day."""
    if unit_of(edtf) != "day":
        return None
    day = date.fromisoformat(edtf)
    return Resolution(days(day - timedelta(days=1), day), "the night before that day")


_BEFORE_A_WEEKDAY = ("в", "во", "на", "с", "со", "до", "к", "по", "после", "утром", "вечером")
AT = "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in _BEFORE_A_WEEKDAY) + ")"
_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (
        FULL_DAY,
        rf"(?i:(?:(?P<w>{words.WEEKDAY}),?\s)?(?P<d>{words.DAY}|{words.DAY_IN_WORDS})\s?(?P<m>{words.MONTH}),?\s?"
        rf"(?P<y>{words.YEAR})(?:{words.OF_YEAR})?)",
        (DIGITS,),
        full_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9.])(?P<y>[12][0-9]{3})([-./])(?P<mo>[01]?[0-9])\2(?P<d>[0-3]?[0-9])(?![0-9])",
        (DIGITS,),
        iso_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9.])(?P<d>[0-3]?[0-9])([./])(?P<mo>[01]?[0-9])\2(?P<y>[12][0-9]{3})(?![0-9])",
        (DIGITS,),
        numeric_day,
    ),
    (
        DAY_AND_MONTH,
        rf"(?i:(?:(?P<w>{words.WEEKDAY}),?\s)?(?P<d>{words.DAY}|{words.DAY_IN_WORDS})\s(?P<m>{words.MONTH}))"
        rf"(?!,?\s[0-9]{{3,4}}\s?(?:г\.|год)|\s\(?(?:по\s(?:старому|юлианск|лунн|мусульманск|иранск)|до\sн))",
        (MONTHS,),
        day_and_month,
    ),
    (
        "month and year",
        rf"(?i:(?P<m>{words.MONTH})\s(?P<y>{words.YEAR})(?:{words.OF_YEAR})?)",
        (DIGITS,),
        month_and_year,
    ),
    ("weekday", rf"(?i:{AT}(?P<w>{words.WEEKDAY}))", (TIME_WORDS,), weekday_fields),
    (YEAR, rf"(?i:(?P<y>{words.YEAR}){words.OF_YEAR})(?!\sдо\sн)", (DIGITS,), bare_year),
    (YEAR, rf"(?i:(?<=\bв\s)(?P<y>{words.YEAR})-м(?![а-яё]))", (DIGITS,), bare_year),
]
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    ("month inside", rf"(?i:(?P<m>{words.FULL_MONTH}))", (MONTHS,), bare_month),
    (NUMBER, rf"(?P<d>{words.DAY})", (DIGITS,), bare_day),
    ("year inside", rf"(?P<y>{words.YEAR})", (DIGITS,), bare_year),
]
_ABSOLUTE: list[tuple[str, str, AbsoluteResolver]] = [
    (
        "from year to year",
        rf"(?i:(?:с|между)\s(?P<y>{words.YEAR})(?:{words.OF_YEAR})?\s(?:по|до|и)\s(?P<y2>{words.YEAR})(?:{words.OF_YEAR})?)",
        years,
    ),
    (
        "from year to year",
        rf"(?i:(?P<y>1[0-9]{{3}}|20[0-9]{{2}})\s?[-–—/]\s?(?P<y2>{words.YEAR}|[0-9]{{2}})(?:{words.OF_YEAR}))",
        years,
    ),
    (
        "year in words",
        rf"(?i:две\sтысячи\s(?P<n>(?:{'|'.join(sorted(words.ONES, key=len, reverse=True))})"
        r"(?:ого|его|ем|ом|ый|ий|ой))\sгод[ау]?)",
        spelt_year,
    ),
    (
        "decade",
        r"(?i:(?:(?P<y>1[0-9]{2}0|20[0-9]0)|(?<!\d)(?P<short>[0-9]0))-?(?:х|е)(?:\sгод(?:ах|ов|ы))?(?:\sпрошлого\sвека|\sХ?X?X?\sвека)?"
        rf"|(?P<word>(?:{'|'.join(words.DECADES)})(?:ые|ых))(?:\sгод(?:ах|ов|ы))?)",
        decade,
    ),
    (
        "century",
        r"(?i:(?P<n>[XVIХ]{1,5}|[12]?[0-9])(?:-?(?:й|м|го))?\s(?:век(?:е|а|у)?|столети(?:и|е|я)))(?P<era>\sдо\sн)?",
        century,
    ),
    (
        "another calendar",
        rf"(?i:(?:{words.DAY}\s(?:{words.MONTH}),?\s)?(?:в\s)?[0-9]{{1,4}}{words.OF_YEAR}\sдо\sн\.?\s?э\.?"
        rf"|{words.DAY}\s(?:{words.MONTH})(?:\s[0-9]{{4}}(?:{words.OF_YEAR})?)?,?\s\(?по\s(?:старому\sстилю|(?:юлианск|лунн|мусульманск|иранск)[а-яё]+\s(?:календарю|стилю))\)?"
        rf"|{words.DAY}\s(?:{words.MONTH})\s(?:2[1-9]|[3-9][0-9])[0-9]{{2}}(?:{words.OF_YEAR})?)",
        another_calendar,
    ),
]
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
        rf"(?i:(?:за|в|в\sтечение|на)\s(?:ближайш(?:ие|их|ий|ую)|следующ(?:ие|их))\s(?:(?P<terms>{words.COUNT}\s(?:{words.UNIT}))|(?P<vague>{words.VAGUE})\s(?:{words.UNIT})))(?![а-яё])",
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
_PARTS: list[tuple[str, str, tuple[str, ...], PartResolver, RelativeResolver | None]] = [
    ("third", rf"(?i:{words.PART})", (DIGITS, MONTHS, TIME_WORDS), third, None),
    ("weekday of", rf"(?i:(?P<nth>{words.ORDINAL})\s(?P<w>{words.WEEKDAY}))", (TIME_WORDS,), weekday_within, None),
    (
        "part of a year",
        rf"(?i:(?P<nth>{words.ORDINAL})\s(?:(?P<n>{words.COUNT})\s)?(?P<unit>квартал(?:е|а|у|ом)?|полугоди(?:и|е|я)|половин(?:е|у|а|ы)"
        r"|недел(?:е|ю|я|и|ь)|месяц(?:а|е|ев|ы)?|дн(?:и|ей|я)|день|декад(?:е|у|а|ы)))(?![а-яё])",
        (TIME_WORDS,),
        unit_within,
        quarter_alone,
    ),
    ("season", rf"(?i:(?P<s>{'|'.join(words.SEASONS)}))", (TIME_WORDS,), season_within, None),
    ("night before", r"(?i:в\sночь\sна)", (DIGITS, MONTHS, TIME_WORDS), night_before, None),
]
RULES = (
    *fields_rules(_FIELDS),
    *absolute_rules(
        _ABSOLUTE, {"decade": (DIGITS, TIME_WORDS), "century": (TIME_WORDS,), "year in words": (TIME_WORDS,)}
    ),
    *relative_rules(_RELATIVE, {MONTH: (MONTHS,)}),
    *part_rules(_PARTS),
    *fields_rules(_INSIDE, inside_only=True),
)

"""Dates, numbers, counts and languages in words that a reader can read. Pure functions."""

import re
from datetime import date, datetime
from decimal import Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_POINT = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?~?", re.ASCII)

RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}
RIGHT_TO_LEFT_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}

LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "mn": "Mongolian",
    "ru": "Russian",
    "tg": "Tajik",
    "tr": "Turkish",
    "tt": "Tatar",
    "ug": "Uyghur",
    "uk": "Ukrainian",
    "uz": "Uzbek",
    "zh": "Chinese",
}
SCRIPTS = {
    "Arab": "Arabic script",
    "Cyrl": "Cyrillic script",
    "Hans": "simplified characters",
    "Hant": "traditional characters",
    "Latn": "Latin script",
}


def direction(language: str) -> str:
    """ "rtl", "ltr", or "auto" where the language is not known."""
    primary, *rest = language.split("-")
    if not primary:
        return "auto"
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary.lower() in RIGHT_TO_LEFT_LANGUAGES else "ltr"


def language_name(tag: str) -> str:
    """ "kk-Cyrl" as "Kazakh, Cyrillic script"; a tag that is not in the list is given as it is."""
    primary, *rest = tag.split("-")
    if primary.lower() not in LANGUAGES:
        return tag
    parts = [LANGUAGES[primary.lower()]] + [SCRIPTS.get(part.title(), part) for part in rest]
    return ", ".join(parts)


def date_words(edtf: str) -> str:
    """ "2019-09~" as "about September 2019", "2018/2019-03" as "2018 to March 2019"; what is no date as it is."""
    points = edtf.split("/")
    return " to ".join(map(_point_words, points)) if all(map(_POINT.fullmatch, points)) else edtf


def _point_words(point: str) -> str:
    about = "about " if point.endswith("~") else ""
    year, *rest = point.rstrip("~").split("-")
    if not rest:
        return about + year
    month = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{about}{month} {year}"
    return f"{about}{int(rest[1])} {month} {year}"


def day_words(moment: date | datetime | str) -> str:
    """ "21 November 2026" of a day, a moment or their ISO text."""
    text = moment if isinstance(moment, str) else moment.isoformat()
    return date_words(text[:10])


def number_words(value: Decimal | int) -> str:
    """A number as a reader reads it: "1,000,000", "44 million", "2.7 million"; digits kept, never rounded."""
    value = Decimal(value)
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size and (value * 100 / size) % 1 == 0:
            return f"{plain_number(value / size)} {name}"
    return plain_number(value)


def plain_number(value: Decimal | int) -> str:
    """Digits with commas between thousands, without an exponent and without zeros at the end of a fraction."""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


OPENING, CLOSING = "\"“„«‘‚‹'「『", "\"”“»’‘›'」』"


def quoted(words: str) -> str:
    """The words in quotation marks, unless they bring their own."""
    return words if words[:1] in OPENING and words[-1:] in CLOSING and len(words) > 1 else f"“{words}”"


def count_words(number: int, one: str, many: str = "") -> str:
    """ "1 article", "5 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def support_words(articles: int, origins: int) -> str:
    """ "5 articles, 3 origins": what stands wherever appearances are counted."""
    return f"{count_words(articles, 'article')}, {count_words(origins, 'origin')}"


def figure_words(figure: dict) -> str:
    """ "at least 1 million people", "800,000 to 2 million people, about 1 million": a figure without what it counts."""
    amount, lower, upper = (
        None if figure[name] is None else number_words(figure[name]) for name in ("amount", "lower", "upper")
    )
    modifier = f"{figure['modifier']} " if figure["modifier"] else ""
    unit = f" {figure['unit']}" if figure["unit"] else ""
    if amount is not None:
        words = f"{modifier}{amount}{unit}"
        if lower is not None and upper is not None:
            return f"{words} ({lower} to {upper})"
        if lower is not None:
            return f"{words} (not under {lower})"
        if upper is not None:
            return f"{words} (not over {upper})"
        return words
    if lower is not None and upper is not None:
        return f"{modifier}{lower} to {upper}{unit}"
    if lower is not None:
        return (
            f"at least {lower}{unit}" if figure["modifier"] in ("", "at least") else f"{modifier}{lower}{unit} or more"
        )
    return f"up to {upper}{unit}" if figure["modifier"] in ("", "up to") else f"{modifier}{upper}{unit} or less"

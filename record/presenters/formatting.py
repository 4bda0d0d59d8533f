"""Dates, numbers, counts and languages in words that a reader can read, in the language of the page. Pure functions."""

import re
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext, pgettext_lazy

from ..documents.answer_memo import memoize_in_answer, speak
from ..documents.vocabulary import LazyText
from .units import is_unit_known, translated_unit

# Twice, because a month after a day has another form than a month alone in many languages.
MONTHS = (
    pgettext_lazy("month of a year", "January"),
    pgettext_lazy("month of a year", "February"),
    pgettext_lazy("month of a year", "March"),
    pgettext_lazy("month of a year", "April"),
    pgettext_lazy("month of a year", "May"),
    pgettext_lazy("month of a year", "June"),
    pgettext_lazy("month of a year", "July"),
    pgettext_lazy("month of a year", "August"),
    pgettext_lazy("month of a year", "September"),
    pgettext_lazy("month of a year", "October"),
    pgettext_lazy("month of a year", "November"),
    pgettext_lazy("month of a year", "December"),
)
MONTHS_OF_DAYS = (
    pgettext_lazy("month after a day", "January"),
    pgettext_lazy("month after a day", "February"),
    pgettext_lazy("month after a day", "March"),
    pgettext_lazy("month after a day", "April"),
    pgettext_lazy("month after a day", "May"),
    pgettext_lazy("month after a day", "June"),
    pgettext_lazy("month after a day", "July"),
    pgettext_lazy("month after a day", "August"),
    pgettext_lazy("month after a day", "September"),
    pgettext_lazy("month after a day", "October"),
    pgettext_lazy("month after a day", "November"),
    pgettext_lazy("month after a day", "December"),
)


def clock(seconds: Decimal | float) -> str:
    """A time of a recording as its players show it: 00:12:31."""
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


_POINT = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?~?", re.ASCII)

RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}
RIGHT_TO_LEFT_LANGUAGES = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}

LANGUAGES = {
    "ar": gettext_lazy("Arabic"),
    "az": gettext_lazy("Azerbaijani"),
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fa": gettext_lazy("Persian"),
    "fr": gettext_lazy("French"),
    "kk": gettext_lazy("Kazakh"),
    "ky": gettext_lazy("Kyrgyz"),
    "mn": gettext_lazy("Mongolian"),
    "ru": gettext_lazy("Russian"),
    "tg": gettext_lazy("Tajik"),
    "tr": gettext_lazy("Turkish"),
    "tt": gettext_lazy("Tatar"),
    "ug": gettext_lazy("Uyghur"),
    "uk": gettext_lazy("Ukrainian"),
    "uz": gettext_lazy("Uzbek"),
    "zh": gettext_lazy("Chinese"),
}
IN_LANGUAGE_PHRASES = {
    "en": gettext_lazy("in English"),
    "ru": gettext_lazy("in Russian"),
}  # those of settings.LANGUAGES
SCRIPTS = {
    "Arab": gettext_lazy("Arabic script"),
    "Cyrl": gettext_lazy("Cyrillic script"),
    "Hans": gettext_lazy("simplified characters"),
    "Hant": gettext_lazy("traditional characters"),
    "Latn": gettext_lazy("Latin script"),
}


@memoize_in_answer
def direction(language: str) -> str:
    """ "rtl", "ltr", or "auto" where the language is not known."""
    primary, *rest = language.split("-")
    if not primary:
        return "auto"
    if script := next((part.title() for part in rest if len(part) == 4 and part.isalpha()), ""):
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary.lower() in RIGHT_TO_LEFT_LANGUAGES else "ltr"


@memoize_in_answer
def language_name(tag: str) -> str:
    """ "kk-Cyrl" as "Kazakh, Cyrillic script"; a tag that is not in the list is given as it is."""
    primary, *rest = tag.split("-")
    if primary.lower() not in LANGUAGES:
        return tag
    parts = [LANGUAGES[primary.lower()]] + [SCRIPTS.get(part.title(), part) for part in rest]
    return ", ".join(map(str, parts))


@memoize_in_answer
def country_name(code: str) -> str:
    """ "KG" as "Kyrgyzstan"; what is no code of a country is given as it is. The names are those of the CLDR."""
    locale = Locale.parse(translation.get_language() or settings.LANGUAGE_CODE, sep="-")
    return locale.territories.get(code.upper(), code)


@memoize_in_answer
def date_words(edtf: str) -> str:
    """ "2019-09~" as "about September 2019", "2018/2019-03" as "2018 to March 2019"; what is no date as it is.

    Two days of one month name it once: "19 to 20 June 2017".
    """
    points = edtf.split("/")
    if not all(map(_POINT.fullmatch, points)) or len(points) > 2:
        return edtf
    if len(points) == 1:
        return _point_words(edtf)
    start, end = points
    one_month = len(start) == len(end) == 10 and start[:7] == end[:7]
    return pgettext("period", "%(start)s to %(end)s") % {
        "start": int(start[8:]) if one_month else _point_words(start),
        "end": _point_words(end),
    }


def _point_words(point: str) -> str:
    year, *rest = point.rstrip("~").split("-")
    if len(rest) == 2:
        words = _("%(day)s %(month)s %(year)s") % {
            "day": int(rest[1]),
            "month": MONTHS_OF_DAYS[int(rest[0]) - 1],
            "year": year,
        }
    elif rest:
        words = _("%(month)s %(year)s") % {"month": MONTHS[int(rest[0]) - 1], "year": year}
    else:
        words = year
    return pgettext("date", "about %(date)s") % {"date": words} if point.endswith("~") else words


def day_words(moment: date | datetime | str) -> str:
    """ "21 November 2026" of a day, a moment or their ISO text."""
    text = moment if isinstance(moment, str) else moment.isoformat()
    return date_words(text[:10])


SIZES = (
    (10**12, gettext_lazy("%(number)s trillion")),
    (10**9, gettext_lazy("%(number)s billion")),
    (10**6, gettext_lazy("%(number)s million")),
)


def number_words(value: Decimal | int) -> str:
    """A number as a reader reads it: "1,000,000", "44 million", "2.7 million"; digits kept, never rounded."""
    value = Decimal(value)
    for size, words in SIZES:
        if abs(value) >= size and (value * 100 / size) % 1 == 0:
            return words % {"number": plain_number(value / size)}
    return plain_number(value)


@memoize_in_answer
def plain_number(value: Decimal | int) -> str:
    """Digits parted by thousands, without an exponent and without zeros at the end of a fraction: "12,000.5"."""
    text = f"{Decimal(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate({ord(","): get_format("THOUSAND_SEPARATOR"), ord("."): get_format("DECIMAL_SEPARATOR")})


def wording_words(part: dict) -> str:
    """Who words what a printing shows, before its words: "AFP:", "AFP, quoting Anna Kim:"; "" before a quotation.

    `part` is a `document_data.wording_data`.
    """
    writer, quoted = part["writer"], part["quoted"]
    if part["kind"] == "quotation":
        return ""
    if writer is None:
        return _("as printed:")
    if quoted is None or quoted["id"] == writer["id"]:
        return _("%(writer)s:") % {"writer": writer["name"]}
    return _("%(writer)s, quoting %(speaker)s:") % {"writer": writer["name"], "speaker": quoted["name"]}


def note_words(note: dict) -> str:
    """Whose voice a note is and what it is about: "Editors’ note on the date"."""
    return str(NOTES_ABOUT[note["about"]])


def capitalize_sentence(words: str) -> str:
    """The words as a sentence of their own."""
    return f"{words[:1].upper()}{words[1:]}."


NOTES_ABOUT = {
    "identity": gettext_lazy("Editors’ note on who it is"),
    "date": gettext_lazy("Editors’ note on the date"),
    "figure": gettext_lazy("Editors’ note on the figure"),
    "wording": gettext_lazy("Editors’ note on the wording"),
    "other": gettext_lazy("Editors’ note"),
}


# What pages count. Languages have other plural forms than English, so each noun is here with its number.
COUNT_PHRASES = {
    "question": ngettext_lazy("%(number)s question", "%(number)s questions", "count"),
    "claim": ngettext_lazy("%(number)s claim", "%(number)s claims", "count"),
    "actor": ngettext_lazy("%(number)s actor", "%(number)s actors", "count"),
    "actor or source": ngettext_lazy("%(number)s actor or source", "%(number)s actors and sources", "count"),
    "statement": ngettext_lazy("%(number)s statement", "%(number)s statements", "count"),
    "article": ngettext_lazy("%(number)s article", "%(number)s articles", "count"),
    "origin": ngettext_lazy("%(number)s origin", "%(number)s origins", "count"),
    "entry": ngettext_lazy("%(number)s entry", "%(number)s entries", "count"),
    "topic": ngettext_lazy("%(number)s topic", "%(number)s topics", "count"),
    "outlet": ngettext_lazy("%(number)s outlet", "%(number)s outlets", "count"),
    "correction": ngettext_lazy("%(number)s correction", "%(number)s corrections", "count"),
    "addition": ngettext_lazy("%(number)s addition", "%(number)s additions", "count"),
    "withdrawal": ngettext_lazy("%(number)s withdrawal", "%(number)s withdrawals", "count"),
}


@memoize_in_answer
def count_words(number: int, counted: str) -> str:
    """ "1 article", "5 articles": `counted` is a key of `COUNT_PHRASES`."""
    return COUNT_PHRASES[counted] % {"count": number, "number": plain_number(number)}


@memoize_in_answer
def support_words(articles: int, origins: int) -> str:
    """ "5 articles, 3 origins": what stands wherever appearances are counted."""
    return f"{count_words(articles, 'article')}, {count_words(origins, 'origin')}"


def figure_words(figure: dict) -> str:
    """ "at least 1 million people", "800,000 to 2 million people, about 1 million": a figure without what it counts."""
    # "up to 15 days" has said its upper bound.
    if (bound := {"at least": "lower", "up to": "upper"}.get(figure["modifier"])) and figure[bound] == figure["amount"]:
        figure = {**figure, bound: None}
    amount, lower, upper = (
        None if figure[name] is None else number_words(figure[name]) for name in ("amount", "lower", "upper")
    )
    unit = f" {figure['unit']}" if figure["unit"] else ""
    bounds = {"lower": lower, "upper": upper}
    if amount is not None:
        words = add_modifier(figure["modifier"], f"{amount}{unit}")
        if lower is not None and upper is not None:
            return _("%(figure)s (%(lower)s to %(upper)s)") % {"figure": words, **bounds}
        if lower is not None:
            return _("%(figure)s (at least %(lower)s)") % {"figure": words, **bounds}
        if upper is not None:
            return _("%(figure)s (at most %(upper)s)") % {"figure": words, **bounds}
        return words
    if lower is not None and upper is not None:
        between = pgettext("numbers", "%(lower)s to %(upper)s") % bounds
        return add_modifier(figure["modifier"], f"{between}{unit}")
    if lower is not None:
        if figure["modifier"] in ("", "at least"):
            return add_modifier("at least", f"{lower}{unit}")
        return _("%(figure)s or more") % {"figure": add_modifier(figure["modifier"], f"{lower}{unit}")}
    if figure["modifier"] in ("", "up to"):
        return add_modifier("up to", f"{upper}{unit}")
    return _("%(figure)s or less") % {"figure": add_modifier(figure["modifier"], f"{upper}{unit}")}


def figure_phrase(figure: dict, language: str) -> tuple[str, str]:
    """A figure in words and the language of these: that of the page where its unit is known, else that of its claim."""
    if not is_unit_known(figure["unit"], language):
        return figure_in_language(figure, language), language
    is_plain = not figure["modifier"] and figure["lower"] is None and figure["upper"] is None
    unit = translated_unit(figure["unit"], figure["amount"] if is_plain else None)
    return figure_words({**figure, "unit": unit}), translation.get_language() or language


def figure_in_language(figure: dict, language: str) -> str:
    """The figure in the language of its unit, whatever that of the page is: one phrase is never in two languages.

    Without a language that of the page; in one in which no pages are written digits and signs, "≥ 1,000,000 адам".
    """
    if not (primary := language.partition("-")[0].lower()):
        return figure_words(figure)
    if primary in dict(settings.LANGUAGES):
        with speak(primary):
            return figure_words(figure)
    return figure_signs(figure)


MODIFIER_SIGNS = {"": "", "about": "≈ ", "at least": "≥ ", "up to": "≤ ", "estimated": "≈ "}


def figure_signs(figure: dict) -> str:
    """A figure in digits and signs, which need no language."""
    amount, lower, upper = (
        None if figure[name] is None else plain_number(figure[name]) for name in ("amount", "lower", "upper")
    )
    unit = f" {figure['unit']}" if figure["unit"] else ""
    sign = MODIFIER_SIGNS[figure["modifier"]]
    if lower is not None and upper is not None:
        bounds = f"{lower}–{upper}"
        return f"{sign}{amount}{unit} ({bounds})" if amount is not None else f"{sign}{bounds}{unit}"
    if amount is not None:
        bound = f" (≥ {lower})" if lower is not None else f" (≤ {upper})" if upper is not None else ""
        return f"{sign}{amount}{unit}{bound}"
    return f"≥ {lower}{unit}" if lower is not None else f"≤ {upper}{unit}"


MODIFIER_PHRASES: dict[str, str | LazyText] = {
    "": "%(figure)s",
    "about": pgettext_lazy("figure", "about %(figure)s"),
    "at least": pgettext_lazy("figure", "at least %(figure)s"),
    "up to": pgettext_lazy("figure", "up to %(figure)s"),
    "estimated": pgettext_lazy("figure", "estimated %(figure)s"),
}


def add_modifier(modifier: str, figure: str) -> str:
    """ "about 5 people": a figure with one of `vocabulary.MODIFIERS` before it."""
    return MODIFIER_PHRASES[modifier] % {"figure": figure}

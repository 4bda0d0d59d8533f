"""Numbers, months, weekdays and counted times of Russian words."""

import re

from ...dates import counting
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


def terms_of(text: str) -> counting.Terms:
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

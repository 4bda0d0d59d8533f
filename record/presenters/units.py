"""The units in which figures are most often given, in the language of the page. Units are words of the editors, in the
language of their claim; those that are not listed here stay as they are.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import get_language, npgettext

LANGUAGE = "en"  # of the keys
UNITS: Mapping[str, Callable[[int], str]] = {
    "people": lambda count: npgettext("unit of a figure", "person", "people", count),
    "persons": lambda count: npgettext("unit of a figure", "person", "people", count),
    "families": lambda count: npgettext("unit of a figure", "family", "families", count),
    "children": lambda count: npgettext("unit of a figure", "child", "children", count),
    "facilities": lambda count: npgettext("unit of a figure", "facility", "facilities", count),
    "camps": lambda count: npgettext("unit of a figure", "camp", "camps", count),
    "days": lambda count: npgettext("unit of a figure", "day", "days", count),
    "weeks": lambda count: npgettext("unit of a figure", "week", "weeks", count),
    "months": lambda count: npgettext("unit of a figure", "month", "months", count),
    "years": lambda count: npgettext("unit of a figure", "year", "years", count),
    "km²": lambda count: npgettext("unit of a figure", "km²", "km²", count),
    "km": lambda count: npgettext("unit of a figure", "km", "km", count),
    "tonnes": lambda count: npgettext("unit of a figure", "tonne", "tonnes", count),
    "percent": lambda count: npgettext("unit of a figure", "percent", "percent", count),
    "dollars": lambda count: npgettext("unit of a figure", "dollar", "dollars", count),
}
MANY = 5  # takes the form that follows "about", "at least" and whole millions
LARGEST_COUNTED = 1_000_000


def is_unit_known(unit: str, language: str) -> bool:
    """Whether a unit of a claim in this language can be given in the language of the page, which is another one."""
    here = (get_language() or LANGUAGE).partition("-")[0]
    return language.partition("-")[0].lower() == LANGUAGE != here and (not unit or unit.lower() in UNITS)


def translated_unit(unit: str, amount: Decimal | None = None) -> str:
    """A unit in the language of the page, in the form that stands behind `amount`; None behind many."""
    if not unit:
        return ""
    is_counted = amount is not None and amount == int(amount) and abs(amount) < LARGEST_COUNTED
    return UNITS[unit.lower()](int(amount) if is_counted and amount is not None else MANY)

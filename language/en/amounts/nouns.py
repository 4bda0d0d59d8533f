"""What English counts: units, nouns for persons, and where a noun phrase ends."""

import re
from pathlib import Path

from ...amounts.amount_grammar import Nouns

# Printed form -> the unit as the desk writes it.
UNITS = {
    "square kilometers": "km²", "square kilometres": "km²", "square kilometer": "km²", "square kilometre": "km²",
    "sq km": "km²", "sq. km": "km²", "km2": "km²", "km²": "km²", "square miles": "square miles",
    "square meters": "m²", "square metres": "m²", "hectares": "ha", "hectare": "ha", "acres": "acres",
    "kilometers": "km", "kilometres": "km", "kilometer": "km", "kilometre": "km", "km": "km", "miles": "miles",
    "mile": "miles", "meters": "m", "metres": "m", "meter": "m", "metre": "m", "feet": "feet",
    "tons": "t", "tonnes": "t", "ton": "t", "tonne": "t", "kilograms": "kg", "kilogram": "kg", "kg": "kg",
    "kilos": "kg",
    "cubic meters": "m³", "cubic metres": "m³", "liters": "l", "litres": "l", "barrels": "barrels", "megawatts": "MW",
    "per cent": "%", "percent": "%", "%": "%", "pct": "%", "percentage points": "percentage points",
    "dollars": "USD", "u.s. dollars": "USD", "us dollars": "USD", "euros": "EUR", "euro": "EUR", "yuan": "CNY",
    "renminbi": "CNY", "rubles": "RUB", "roubles": "RUB", "tenge": "KZT", "pounds": "GBP", "rupees": "INR",
    "yen": "JPY",
    "seconds": "seconds", "minutes": "minutes", "hours": "hours", "hour": "hours", "days": "days", "day": "days",
    "weeks": "weeks", "week": "weeks", "months": "months", "month": "months", "years": "years", "year": "years",
    "decades": "decades", "centuries": "centuries", "times": "times",
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS if unit != "%"), key=len, reverse=True))
# Nouns for persons, who are counted in people; words with which a noun phrase has ended.
_PERSONS, _ENDS = (
    frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
    for name in ("persons", "ends")
)
_SAME_IN_PLURAL = frozenset(("sheep", "cattle", "fish", "aircraft", "livestock", "deer", "poultry"))


def without_possessive(word: str) -> str:
    return word.removesuffix("'s")


def is_adverb(word: str) -> bool:
    return word.endswith("ly")


def is_plural(word: str) -> bool:
    return (
        word in _PERSONS
        or word in _SAME_IN_PLURAL
        or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "'s")))
    )


def is_person(word: str) -> bool:
    """Whether a noun is one for persons, listed or by its ending."""
    return word in _PERSONS or word.endswith(("ists", "ians", "seekers"))


NOUNS = Nouns(
    units=UNITS,
    unit=re.compile(rf"[\s\u00a0-]?(?:more\s)?(?P<unit>(?i:{_UNIT}))(?![\w-])"),
    leads=frozenset(("more", "other", "additional", "further")),
    links=frozenset(("of",)),
    link=re.compile(r"\sof\s"),
    ends=_ENDS,
    loose_ends=frozenset(("of", "more", "other")),
    without_possessive=without_possessive,
    is_adverb=is_adverb,
    is_plural=is_plural,
    is_person=is_person,
)

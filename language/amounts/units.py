"""What stands after a number: its unit and what it counts."""

import re
from pathlib import Path

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
CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "",
    "₸": "KZT",
    "₽": "RUB",
    "A$": "AUD",
    "C$": "CAD",
}
UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS if unit != "%"), key=len, reverse=True))

_AFTER = re.compile(r"[ \u00a0]+(?P<word>[^\W\d_][\w’'-]*|[0-9]+)|(?P<stop>\S)")
_LISTS = Path(__file__).parent.parent / "en" / "amounts"
# Nouns for persons, who are counted in people; words with which a noun phrase has ended.
_PERSONS, _ENDS = (
    frozenset((_LISTS / f"{name}.txt").read_text(encoding="utf-8").split()) for name in ("persons", "ends")
)
_SAME_IN_PLURAL = frozenset(("sheep", "cattle", "fish", "aircraft", "livestock", "deer", "poultry"))
MOST_WORDS = 8


def counted_after(text: str, end: int) -> tuple[int, str, str]:
    """The noun phrase from `end` on: (its end, the words, its head noun in small letters); empty if there is none."""
    at, words, head = end, [], ""
    for _ in range(MOST_WORDS):
        match = _AFTER.match(text, at)
        if not match or not match["word"] or match["word"].isdigit():
            break
        word = match["word"]
        lower = word.lower().replace("’", "'").removesuffix("'s")
        leads = not words and lower in ("more", "other", "additional", "further")
        links = lower == "of" and (not words or head)
        if not leads and not links and (lower in _ENDS or (lower.endswith("ly") and words)):
            break
        words.append(word)
        at = match.end()
        if not leads and not links and not head and looks_plural(lower):
            head = lower
            if not re.match(r"[ ]of\s", text[at : at + 4]):
                break
    while words and words[-1].lower() in ("of", "more", "other"):
        at -= len(words.pop()) + 1
    if words and words[0].lower() == "of" and len(words) > 1:
        words.pop(0)
    return (at, " ".join(words), head) if words else (end, "", "")


def looks_plural(word: str) -> bool:
    return (
        word in _PERSONS
        or word in _SAME_IN_PLURAL
        or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "'s")))
    )


def unit_for(head: str) -> str:
    """people for those who are counted, the noun itself for things, empty where no noun was found."""
    return "people" if head in _PERSONS or head.endswith(("ists", "ians", "seekers")) else head

"""Where the printings of one statement disagree: other names, other numbers, other attributions. Pure functions."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_SPACE = re.compile(r"\s+")

DIFFERENCES = {
    "name": "printed under another name",
    "numbers": "other numbers in the words",
    "attribution": "reached the page another way",
}


def differences(printings: Sequence[dict]) -> list[list[str]]:
    """For each printing (a part of record/parts.py) the keys of `DIFFERENCES` in which not all printings agree with it.

    A printing is compared with the one that most others are like; where there is no majority, with the first. Names are
    compared within one language, because another script is not another name; numbers between printings that have some.
    """
    marks = [[] for _ in printings]
    for language in {language_of(printing) for printing in printings}:
        places = [place for place, printing in enumerate(printings) if language_of(printing) == language]
        mark_unusual("name", [(place, name_of(printings[place])) for place in places], marks)
    printers = {printing["article"]["outlet"]["name"] for printing in printings}
    mark_unusual("numbers", [(place, numbers_of(printing)) for place, printing in enumerate(printings)], marks)
    mark_unusual(
        "attribution", [(place, attribution_of(printing, printers)) for place, printing in enumerate(printings)], marks
    )
    return marks


def mark_unusual(difference: str, features: list[tuple], marks: list[list[str]]) -> None:
    """Adds `difference` to the marks of the places whose feature is not the usual one. Empty features do not count."""
    said = [found for _, found in features if found]
    if len(set(said)) < 2:
        return
    usual = max(said, key=lambda found: (said.count(found), -said.index(found)))
    for place, found in features:
        if found and found != usual:
            marks[place].append(difference)


def language_of(printing: dict) -> str:
    return printing["language"].split("-")[0].lower()


def name_of(printing: dict) -> str:
    return _SPACE.sub(" ", printing["printed_name"]).strip().casefold()


def numbers_of(printing: dict) -> tuple[str, ...]:
    return tuple(sorted(number.replace(",", "") for number in _NUMBER.findall(printing["exact"])))


def attribution_of(printing: dict, printers: set[str]) -> tuple:
    """The hops between the speaker and the page, without outlets whose own printing is among those compared.

    A reprint that names the paper it was taken from does not attribute the words to anybody else.
    """
    hops = [hop for hop in printing["chain"][1:-1] if hop["name"] not in printers]
    return tuple((hop["relation"], hop["name"]) for hop in hops) or ("none",)

"""Where the printings of one statement disagree: other names, numbers, words, cues, attributions.

Pure functions on the parts of printings (record/parts.py).
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_SPACE = re.compile(r"\s+")
_TOKEN = re.compile(r"\d[\d.,]*\d|\w+|\s+|[^\w\s]")
_SIGNS = str.maketrans(dict.fromkeys("‘’‛ʼ`", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—", "-"))

# How much of two quotations must be the same before the rest is called a difference: below that, the two printings
# chose other words of the same statement, and marking every word would say nothing.
ALIKE = 0.5

DIFFERENCES = {
    "name": _("other names"),
    "numbers": _("other numbers"),
    "words": _("other words"),
    "cue": _("other cues"),
    "attribution": _("other attributions"),
}


def differences(printings: Sequence[dict]) -> list[list[str]]:
    """For each printing the keys of `DIFFERENCES` in which not all printings agree with it.

    A printing is compared with the one that most others are like; where there is no majority, with the first. Names,
    cues and words are compared within one language, because another script is not another name; words between
    quotations that are alike, without regard to case and to the kind of quotation mark; numbers between printings that
    have some.
    """
    marks = [[] for _ in printings]
    for places in by_language(printings):
        mark_unusual("name", [(place, name_of(printings[place])) for place in places], marks)
        mark_unusual("cue", [(place, one_space(printings[place]["cue"])) for place in places], marks)
        measure = measure_of([printings[place] for place in places])
        for place in places:
            if any(kind == "words" for kind, _text in compared(printings[place]["exact"], measure)):
                marks[place].append("words")
    printers = {printing["article"]["outlet"]["name"] for printing in printings}
    mark_unusual("numbers", [(place, numbers_of(printing)) for place, printing in enumerate(printings)], marks)
    mark_unusual(
        "attribution", [(place, attribution_of(printing, printers)) for place, printing in enumerate(printings)], marks
    )
    return [sorted(found, key=list(DIFFERENCES).index) for found in marks]


def pieces(printings: Sequence[dict]) -> list[list[dict]]:
    """For each printing its words in pieces, `text` and `kind`: "" as elsewhere, "words" other, "numbers" other.

    The pieces of one printing joined are its exact words. Where no two printings are the same the one that is the
    measure is compared with the next, so that both sides of a difference are marked.
    """
    found = [[] for _ in printings]
    for places in by_language(printings):
        own = [printings[place] for place in places]
        measure = measure_of(own)
        others = [each["exact"] for each in own if fold(each["exact"]) != fold(measure)]
        alone = len(others) == len(own) - 1 and len(own) > 1
        for place in places:
            exact = printings[place]["exact"]
            parts = compared(exact, others[0] if alone and exact == measure else measure)
            found[place] = [{"kind": kind, "text": text} for kind, text in parts]
    return found


def compared(exact: str, measure: str) -> list[tuple[str, str]]:
    """The words of `exact` in runs of one kind each, against `measure`. Numbers count whatever else is alike."""
    own, others = _TOKEN.findall(exact), _TOKEN.findall(measure)
    matcher = SequenceMatcher(None, list(map(fold, own)), list(map(fold, others)), autojunk=False)
    alike = matcher.ratio() >= ALIKE
    same = {at for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)}
    numbers = {number_of(token) for token in others if token[0].isdigit()}

    def kind(place: int, token: str) -> str:
        if token[0].isdigit():
            return "numbers" if numbers and number_of(token) not in numbers else ""
        return "words" if alike and place not in same and token[0].isalnum() else ""

    kinds = [kind(place, token) for place, token in enumerate(own)]
    for place, token in enumerate(own):
        between = token.isspace() and 0 < place < len(own) - 1
        if between and kinds[place - 1] == kinds[place + 1]:
            kinds[place] = kinds[place - 1]
    runs = groupby(zip(kinds, own, strict=True), key=lambda pair: pair[0])
    return [(found, "".join(token for _kind, token in members)) for found, members in runs]


def measure_of(printings: Sequence[dict]) -> str:
    """The words that most of these printings have; the first ones where there is no majority."""
    folded = [one_space(printing["exact"]) for printing in printings]
    return printings[folded.index(max(folded, key=folded.count))]["exact"]


def by_language(printings: Sequence[dict]) -> list[list[int]]:
    """The places of the printings of one language each."""
    places = {}
    for place, printing in enumerate(printings):
        places.setdefault(language_of(printing), []).append(place)
    return list(places.values())


def mark_unusual(difference: str, features: list[tuple], marks: list[list[str]]) -> None:
    """Adds `difference` to the marks of the places whose feature is not the usual one. Empty features do not count."""
    said = [found for _, found in features if found]
    if len(set(said)) < 2:
        return
    usual = max(said, key=lambda found: (said.count(found), -said.index(found)))
    for place, found in features:
        if found and found != usual:
            marks[place].append(difference)


def fold(text: str) -> str:
    """Without case, and with one kind of quotation mark and of dash."""
    return text.translate(_SIGNS).casefold()


def one_space(text: str) -> str:
    """Folded, with white space made one."""
    return _SPACE.sub(" ", fold(text)).strip()


def number_of(token: str) -> str:
    return token.replace(",", "")


def language_of(printing: dict) -> str:
    return printing["language"].split("-")[0].lower()


def name_of(printing: dict) -> str:
    return one_space(printing["printed_name"])


def numbers_of(printing: dict) -> tuple[str, ...]:
    return tuple(sorted(number_of(number) for number in _NUMBER.findall(printing["exact"])))


def attribution_of(printing: dict, printers: set[str]) -> tuple:
    """The hops between the speaker and the page, without outlets whose own printing is among those compared.

    A reprint that names the paper it was taken from does not attribute the words to anybody else.
    """
    hops = [hop for hop in printing["chain"][1:-1] if hop["name"] not in printers]
    return tuple((hop["relation"], hop["name"]) for hop in hops) or ("none",)

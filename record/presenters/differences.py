"""Where the printings of one statement disagree: other names, numbers, words, cues, attributions.

Pure functions on the parts of printings (record/presenters/document_data.py).
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from django.utils.translation import pgettext_lazy

from language.difference import LONGEST, changes, likeness

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_SPACE = re.compile(r"\s+")
_TOKEN = re.compile(r"\d[\d.,]*\d|\w+|\s+|[^\w\s]")
_SIGNS = str.maketrans(dict.fromkeys("‘’‛ʼ`", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—", "-"))

# How much of two quotations must be the same before the rest is called a difference: below that, the two printings
# chose other words of the same statement, and marking every word would say nothing.
LIKENESS_THRESHOLD = 0.5

# Words and signs that the printings of one statement may have together; what comes after is not compared word by word.
MAX_TOTAL_LENGTH = 5 * LONGEST

Feature = str | tuple[str | tuple[str, str], ...]  # what is compared of a printing

DIFFERENCES = {
    "name": pgettext_lazy("differences", "names"),
    "numbers": pgettext_lazy("differences", "numbers"),
    "words": pgettext_lazy("differences", "words"),
    "cue": pgettext_lazy("differences", "cues"),
    "attribution": pgettext_lazy("differences", "attributions"),
}


def disagreements(printings: Sequence[dict]) -> list[str]:
    """The keys of `DIFFERENCES` in which not all printings agree.

    Names, cues and words are compared within one language, because another script is not another name; words between
    quotations that are alike, without regard to case and to the kind of quotation mark; numbers between printings that
    have some. Words that `uncompared` names are not compared.
    """
    found = {difference for difference, features in features_of(printings) if len(count_features(features)) > 1}
    return [difference for difference in DIFFERENCES if difference in found]


def differences(printings: Sequence[dict]) -> list[list[str]]:
    """For each printing the keys of `DIFFERENCES` in which it is not as most others are.

    A tie is no majority: where two forms stand in equally many printings, none of them is the unusual one.
    """
    marks: list[list[str]] = [[] for _ in printings]
    for difference, features in features_of(printings):
        usual = usual_feature(features)
        for place, feature in features:
            if usual is not None and feature and feature != usual and difference not in marks[place]:
                marks[place].append(difference)
    return [sorted(found, key=list(DIFFERENCES).index) for found in marks]


def features_of(printings: Sequence[dict]) -> list[tuple[str, list[tuple[int, Feature]]]]:
    """What is compared: a key of `DIFFERENCES`, and (place, feature) of the printings that are compared in it.

    A feature that is empty does not count.
    """
    found: list[tuple[str, list[tuple[int, Feature]]]] = []
    too_long = uncompared_printings(printings)
    for places in group_by_language(printings):
        found.append(("name", [(place, name_of(printings[place])) for place in places]))
        found.append(("cue", [(place, collapse_spaces(printings[place]["cue"])) for place in places]))
        words = [place for place in places if place not in too_long]
        measure = measure_of([printings[place] for place in words])
        unlike = [place for place in words if has_other_words(printings[place]["exact"], measure)]
        same = [place for place in words if collapse_spaces(printings[place]["exact"]) == collapse_spaces(measure)]
        found.append(
            ("words", [(place, collapse_spaces(printings[place]["exact"])) for place in sorted(unlike + same)])
        )
    printers = {printing["article"]["outlet"]["name"] for printing in printings}
    found.append(("numbers", [(place, numbers_of(printing)) for place, printing in enumerate(printings)]))
    found.append(
        ("attribution", [(place, attribution_of(printing, printers)) for place, printing in enumerate(printings)])
    )
    return found


def count_features(features: Sequence[tuple[int, Feature]]) -> Counter[Feature]:
    """How many printings have each feature, without the empty one."""
    return Counter(feature for _place, feature in features if feature)


def usual_feature(features: Sequence[tuple[int, Feature]]) -> Feature | None:
    """The feature that more printings have than any other; None where two are equally frequent, or none is there."""
    counted = count_features(features).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def has_other_words(exact: str, measure: str) -> bool:
    return any(kind == "words" for kind, _text in compare_words(exact, measure))


def compared_pieces(printings: Sequence[dict]) -> list[list[dict]]:
    """For each printing its words in pieces, `text` and `kind`: "" as elsewhere, "words" other, "numbers" other.

    The pieces of one printing joined are its exact words. Where no two printings are the same the one that is the
    measure is compared with the next, so that both sides of a difference are marked. Words that `uncompared` names are
    one piece.
    """
    found = [[{"kind": "", "text": printing["exact"]}] for printing in printings]
    too_long = uncompared_printings(printings)
    for places in group_by_language(printings):
        places = [place for place in places if place not in too_long]
        own = [printings[place] for place in places]
        measure = measure_of(own)
        others = [each["exact"] for each in own if fold_signs(each["exact"]) != fold_signs(measure)]
        alone = len(others) == len(own) - 1 and len(own) > 1
        for place in places:
            exact = printings[place]["exact"]
            parts = compare_words(exact, others[0] if alone and exact == measure else measure)
            found[place] = [{"kind": kind, "text": text} for kind, text in parts]
    return found


def uncompared_printings(printings: Sequence[dict]) -> set[int]:
    """The places of the printings whose words are not compared, because they or all together are too long."""
    found, together = set(), 0
    for place, printing in enumerate(printings):
        exact = printing["exact"]
        length = len(_TOKEN.findall(exact)) if len(exact) <= 20 * LONGEST else LONGEST + 1
        if length > LONGEST or together + length > MAX_TOTAL_LENGTH:
            found.add(place)
        else:
            together += length
    return found


def split_runs(runs: Sequence[dict], pieces: Sequence[dict]) -> list[dict]:
    """The runs of a printing's wording (`document_data.wording_data`) with the `kind` of each of its pieces.

    Marks that stand outside the passage belong to no piece.
    """
    shown, exact = "".join(run["text"] for run in runs), "".join(piece["text"] for piece in pieces)
    first = max(shown.find(exact), 0)
    kinds = [""] * first + [piece["kind"] for piece in pieces for _sign in piece["text"]]
    kinds += [""] * (len(shown) - len(kinds))
    found, at = [], 0
    for run in runs:
        signs = zip(kinds[at : at + len(run["text"])], run["text"], strict=True)
        for kind, members in groupby(signs, key=lambda pair: pair[0]):
            found.append({**run, "text": "".join(sign for _kind, sign in members), "kind": kind})
        at += len(run["text"])
    return found


@lru_cache(maxsize=256)
def compare_words(exact: str, measure: str) -> tuple[tuple[str, str], ...]:
    """The words of `exact` in runs of one kind each, against `measure`. Numbers count whatever else is alike."""
    own, others = _TOKEN.findall(exact), _TOKEN.findall(measure)
    folded, measured = list(map(fold_signs, own)), list(map(fold_signs, others))
    alike = likeness(folded, measured) >= LIKENESS_THRESHOLD
    same = {at for tag, i1, i2, _j1, _j2 in changes(folded, measured) if tag == "equal" for at in range(i1, i2)}
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
    return tuple((found, "".join(token for _kind, token in members)) for found, members in runs)


def measure_of(printings: Sequence[dict]) -> str:
    """The words that most of these printings have; the first ones where there is no majority, none of no printing."""
    folded = [collapse_spaces(printing["exact"]) for printing in printings]
    usual = Counter(folded).most_common(1)  # of several, the one that came first
    return printings[folded.index(usual[0][0])]["exact"] if usual else ""


def group_by_language(printings: Sequence[dict]) -> list[list[int]]:
    """The places of the printings of one language each."""
    places: dict[str, list[int]] = {}
    for place, printing in enumerate(printings):
        places.setdefault(language_of(printing), []).append(place)
    return list(places.values())


def fold_signs(text: str) -> str:
    """Without case, and with one kind of quotation mark and of dash."""
    return text.translate(_SIGNS).casefold()


def collapse_spaces(text: str) -> str:
    """Folded, with white space made one."""
    return _SPACE.sub(" ", fold_signs(text)).strip()


def number_of(token: str) -> str:
    return token.replace(",", "")


def language_of(printing: dict) -> str:
    return printing["language"].split("-")[0].lower()


def name_of(printing: dict) -> str:
    return collapse_spaces(printing["printed_name"])


def numbers_of(printing: dict) -> tuple[str, ...]:
    return tuple(sorted(number_of(number) for number in _NUMBER.findall(printing["exact"])))


def attribution_of(printing: dict, printers: set[str]) -> tuple[str | tuple[str, str], ...]:
    """The hops between the speaker and the page, without outlets whose own printing is among those compared.

    A reprint that names the paper it was taken from does not attribute the words to anybody else.
    """
    hops = [hop for hop in printing["chain"][1:-1] if hop["name"] not in printers]
    return tuple((hop["relation"], hop["name"]) for hop in hops) or ("none",)

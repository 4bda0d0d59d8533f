"""How English words are cut, spelt and inflected, as far as the rules of attributions ask."""

import re
from collections.abc import Iterator, Mapping, Sequence

import nupunkt

from ...attributions.attribution_grammar import Grammar

TOKEN = re.compile(
    r"(?P<word>"
    r"(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|(?-i:[A-Z]\.)(?=\s?(?-i:[A-Z]))"  # the initial of J. Marsh
    r"|\w+n['’]t(?!\w)"  # didn't, taken apart below
    r"|['’](?:s|re|ll|d|ve|m)(?!\w)"
    r"|\d+(?:[-–‑][^\W\d_]+)+"  # 14-year-old
    r"|[$€£]?\d[\d.,]*\d%?|[$€£]?\d%?"
    # Xi'an and O'Hara are one word, Hill's is two.
    r"|[@#]?\w+(?:[-–‑./&]\w+|['’](?!(?:s|re|ll|d|ve|m|t)(?!\w))[^\W\d_]+)*"
    r")|(?P<dash>--+|[—–―]|(?<=\s)-(?=\s))|(?P<ellipsis>\.\.\.+|…)|(?P<mark>\S)",
    re.IGNORECASE,
)
TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "sgt", "capt", "col",
    "lt", "brig", "maj", "cpl", "adm", "cmdr", "insp", "supt", "cllr", "engr", "barr", "rev", "hon", "st", "jr",
    "sr", "prof", "pres", "vs",
))  # fmt: skip
AUXILIARIES = {
    **dict.fromkeys(("be", "am", "is", "are", "was", "were", "been", "being", "'re", "'m", "'s"), "be"),
    **dict.fromkeys(("have", "has", "had", "having", "'ve"), "have"),
    **dict.fromkeys(("do", "does", "did"), "do"),
}
_NOT = ("'t", "’t", "'T", "’T")  # the end of “didn't”
_ADJECTIVE_ENDINGS = ("ous", "ful", "less", "ive", "able", "ible", "ical", "ish", "ial", "ic")
_FRACTION = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine)[-–‑](?:half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?"
)
_END_BEFORE_QUOTATION = re.compile(r"\b(?P<word>[a-z]{3,})\.(?P<space>\s+)(?=[“\"‘'][A-Z])")
_SHORT_BEFORE_QUOTATION = frozenset(("approx", "dept", "etc", "est", "incl"))
_VERB_PREFIXES = frozenset(
    ("re", "co", "de", "pre", "mis", "over", "out", "under", "cross", "double", "second", "fact")
)


def length_of_suffix(word: str) -> int:
    """3 for “didn't” and “cannot”, which are read as two words each."""
    return 3 if (word[-2:] in _NOT and len(word) > 3) or (len(word) == 6 and word.lower() == "cannot") else 0


def inflections(base: str, irregular: Mapping[str, tuple[list[str], list[str]]]) -> Iterator[tuple[str, str]]:
    """(form, tag) of a verb: VB, VBZ, VBG, VBD, VBN. Doubling is guessed both ways for longer verbs."""
    to_ies = re.search(r"[^aeiou]y$", base)
    yield base, "VB"
    if re.search(r"(s|x|z|ch|sh|o)$", base):
        yield base + "es", "VBZ"
    else:
        yield base[:-1] + "ies" if to_ies else base + "s", "VBZ"
    doubling = re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base) or re.search(r"[^aeiou]ui?[tzp]$", base)
    if base.endswith("ie"):
        stems = [base[:-2] + "y"]
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        stems = [base[:-1]]
    else:
        stems = [base] if not doubling or len(re.findall(r"[aeiouy]+", base)) > 1 else []
        stems += [base + base[-1]] if doubling else []
    past = [base + "d"] if base.endswith("e") else [base[:-1] + "ied"] if to_ies else [stem + "ed" for stem in stems]
    pasts, participles = irregular.get(base, (past, past))
    yield from ((stem + "ing", "VBG") for stem in stems)
    yield from ((form, "VBD") for form in pasts)
    yield from ((form, "VBN") for form in participles)


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(("s", "x", "ch", "sh")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def without_plural_ending(word: str) -> str:
    return word.rstrip("s")


def is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def is_adverb(word: str) -> bool:
    return word.endswith("ly")


def tag_by_ending(word: str) -> str:
    """The tag of a word in small letters that no list has: RB, JJ, VBG, VBN or NN."""
    if word.endswith("ly") and len(word) > 4:
        return "RB"
    if word.endswith(_ADJECTIVE_ENDINGS):
        return "JJ"
    if word.endswith("ing") and len(word) > 5:
        return "VBG"
    if _FRACTION.fullmatch(word):
        return "CD"
    if not word.endswith("ed") or len(word) < 5:
        return "NN"
    first, hyphen, _ = word.partition("-")
    return "JJ" if hyphen and first not in _VERB_PREFIXES else "VBN"  # “well-connected”, but “re-elected”


def is_possessive_mark(mark: str, before: str) -> bool:
    """Whether an apostrophe stands behind the plural of an owner: “the ministers' denial”."""
    return mark == "'" and before.endswith("s")


def sentence_spans(text: str) -> Sequence[tuple[int, int]]:
    """Those of nupunkt, which takes “month.” and “cent.” before a quotation for abbreviations; it is cut there too."""
    found = []
    for start, end in nupunkt.sent_spans(text):
        for match in _END_BEFORE_QUOTATION.finditer(text, start, end):
            if match["word"] not in _SHORT_BEFORE_QUOTATION:
                found.append((start, match.start("space")))
                start = match.end()
        found.append((start, end))
    return found


def possession(thing: str, owner: str) -> str:
    return f"{thing} of {owner}"


GRAMMAR = Grammar(
    token=TOKEN,
    length_of_suffix=length_of_suffix,
    titles=TITLES,
    sentence_spans=sentence_spans,
    inflections=inflections,
    auxiliaries=AUXILIARIES,
    singular=singular,
    without_plural_ending=without_plural_ending,
    is_plural=is_plural,
    is_adverb=is_adverb,
    tag_by_ending=tag_by_ending,
    is_possessive_mark=is_possessive_mark,
    possession=possession,
)

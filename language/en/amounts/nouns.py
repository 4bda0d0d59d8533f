"""What English counts: currencies, units, nouns for persons, and where a noun phrase ends."""

from pathlib import Path

from ...amounts.amount_grammar import Nouns
from ...amounts.text_tokens import Phrases
from .amount_words import WORDS
from .currencies import AFTER, BEFORE, CODES, DOUBTFUL, LETTERS_BEFORE
from .number_words import ROUNDS, SCALES, SMALL, TENS
from .units import LETTER_UNITS, PERCENTS, SMALLER_UNITS, TIMES, UNITS

# Nouns for persons, who are counted in people; words with which a noun phrase has ended; verbs and the like that end in
# -s and are no plurals.
_PERSONS, _ENDS = (
    frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
    for name in ("persons", "ends")
)
_NUMBERS = frozenset((*SMALL, *TENS, *SCALES, *ROUNDS)) - {"score"}  # another number begins
_SAME_IN_PLURAL = frozenset(WORDS["same_in_plural"])
_NO_PLURALS = frozenset(WORDS["no_plurals"])
_SOFT = frozenset(WORDS["soft"])
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "person", "families": "family"}
_SINGULAR_PERSONS = frozenset(
    {word.removesuffix("s") for word in _PERSONS if word.endswith("s")}
    | set(_IRREGULAR.values())
    | {"death", "fatality"}
)


def without_possessive(word: str) -> str:
    return word.removesuffix("'s")


def is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in ("family", "assembly", "supply", "italy", "july")


def is_plural(word: str) -> bool:
    return (
        word in _PERSONS
        or word in _SAME_IN_PLURAL
        or word.endswith(("women", "children", "people"))
        or (
            len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "us", "is", "ous", "'s"))
            and word not in _NO_PLURALS
        )
    )


def is_abbreviation(printed: str) -> bool:
    """Whether capitals are in the plural: "MPs", "NGOs"."""
    return len(printed) > 2 and printed[:-1].isupper() and printed.endswith("s")


def is_person(word: str) -> bool:
    """Whether a noun is one for persons, listed or by its ending."""
    return word in _PERSONS or word.endswith(("ists", "ians", "seekers", "women", "children", "people", "workers"))


NOUNS = Nouns(
    currencies_before=Phrases(BEFORE),
    currencies_after=Phrases(AFTER),
    doubtful_currencies=DOUBTFUL,
    codes=CODES,
    units=Phrases(UNITS),
    times=TIMES,
    percents=PERCENTS,
    leads=frozenset(
        ("more", "other", "additional", "further", "different", "new", "extra", "separate", "such", "only")
    ),
    links=frozenset(("of",)),
    determiners=frozenset(("the", "all", "these", "those", "its", "their", "his", "her", "our", "a", "an")),
    ends=_ENDS | _NUMBERS,
    number_nouns=frozenset(("number", "numbers", "total", "tally", "count")),
    loose_starts=frozenset(("more",)),
    loose_ends=frozenset(("of", "more", "other")),
    soft_heads=_SOFT,
    without_possessive=without_possessive,
    is_adverb=is_adverb,
    is_plural=is_plural,
    is_person=is_person,
    is_abbreviation=is_abbreviation,
    singular_persons=_SINGULAR_PERSONS,
    sole_persons=frozenset(("person", "death", "fatality", "casualty")),
    letters_before=LETTERS_BEFORE,
    letter_units=LETTER_UNITS,
    verb_currencies=frozenset(("won",)),
    smaller_units=SMALLER_UNITS,
)

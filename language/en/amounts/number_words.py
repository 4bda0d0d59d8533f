"""English words that write numbers, among them those of South Asia."""

from ...amounts.amount_grammar import NumberWords

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL.split())} | {"nought": 0}
TENS = {word: number * 10 for number, word in enumerate(_TENS.split(), start=2)} | {"fourty": 40, "ninty": 90}
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "mln": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9,
    "bln": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12, "lakh": 10**5, "lac": 10**5, "crore": 10**7,
}  # fmt: skip
ROUNDS = {"dozen": 12, "score": 20}
PLURAL_SCALES = {
    "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12, "lakhs": 10**5,
    "lacs": 10**5, "crores": 10**7, "cr": 10**7, "dozens": 12,
}  # fmt: skip
SUFFIXES = {
    "k": 1000, "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "t": 10**12, "tn": 10**12, "trn": 10**12, "cr": 10**7,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "sixteenth": 16, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_MULTIPLES = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
    "trillions": 10**12, "lakhs": 10**5, "crores": 10**7,
}  # fmt: skip
# "tens of thousands", "hundreds of millions": one word multiplies the other.
VAGUE = {
    **_MULTIPLES,
    **{
        f"{first} {joint} {second}": first_value * second_value
        for first, first_value in _MULTIPLES.items()
        for second, second_value in _MULTIPLES.items()
        for joint in ("of", "upon")
        if first in ("tens", "dozens", "scores", "hundreds", "thousands") and second_value >= 1000 and first != second
    },
    **{f"{word} upon {word}": value for word, value in _MULTIPLES.items()},
    **{f"{word} and {word}": value for word, value in _MULTIPLES.items()},
}

NUMBER_WORDS = NumberWords(
    small=SMALL,
    tens=TENS,
    scales=SCALES | {"lakhs": 10**5, "lacs": 10**5, "crores": 10**7},
    rounds=ROUNDS,
    suffixes=SUFFIXES,
    doubtful_suffixes=frozenset(("m", "mm", "b", "t")),
    unit_suffixes=frozenset(("mm", "t")),
    plural_scales=PLURAL_SCALES,
    hundreds=frozenset(("hundred",)),
    need_number=frozenset(("mln", "mn", "bn", "bln", "tn", "trn", "lac", "lacs", "lakhs", "crores", "score")),
    articles=frozenset(("a", "an")),
    joints=frozenset(("and", "&")),
    links=frozenset(("of",)),
    points=frozenset(("point",)),
    fractions={**FRACTIONS, **{f"{word}s": bottom for word, bottom in FRACTIONS.items()}, "halves": 2},
)

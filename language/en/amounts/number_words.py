"""English words that write numbers, and the regular expression of a number; it takes linear time."""

from ...amounts.amount_grammar import NumberWords
from ...amounts.numbers import DIGITS

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: number * 10 for number, word in enumerate(_TENS.split(), start=2)}
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "mln": 10**6, "mn": 10**6, "lakh": 10**5, "crore": 10**7,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12, "k": 1000, "m": 10**6, "bln": 10**9,
}  # fmt: skip
ROUNDS = {"dozen": 12, "score": 20}
PLURALS = {
    "dozens": 12,
    "scores": 20,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
FRACTIONS |= {"ninth": 9, "tenth": 10, "hundredth": 100}

_tens = "|".join(TENS)
_small = "|".join(sorted(SMALL, key=len, reverse=True))
_scale_words = "hundred|thousand|million|mln|mn|lakh|crore|billion|bn|bln|trillion"
_unit = rf"(?:(?:{_tens})(?:[- ](?:{_small}))?|(?:{_small}))"
# "two hundred and forty thousand": at most so many parts, so that no chain of number words is read twice over.
WORDS = rf"(?:{_unit}|an?(?=\s(?:{_scale_words}|dozen|score)\b))"
WORDS += rf"(?:[\s-](?:{_scale_words}|(?:(?:(?<=hundred\s)|(?<=thousand\s)|(?<=million\s))and\s)?{_unit})\b){{0,7}}"
NUMBER = (
    rf"(?:(?:{DIGITS})(?:\s?(?:½|¼|¾))?(?:(?:[\s-](?:{_scale_words})|(?:k|K|m|M|bn|mn))\b(?:\s(?:thousand|million|billion)\b)?)?"
    rf"|(?i:(?:a\s)?half\sa\s(?:dozen|million|billion))"
    rf"|(?i:(?:an?|one|two|three|four|five|six)(?:\sand\sa\shalf)?\s(?:dozen|score)\b)"
    rf"|(?i:{WORDS}(?:\sand\sa\shalf(?:\s(?:thousand|million|billion))?)?))"
)

NUMBER_WORDS = NumberWords(
    small=SMALL,
    tens=TENS,
    scales=SCALES,
    rounds=ROUNDS,
    articles=frozenset(("a", "an")),
    half_of=("half a", "a half a"),
    and_a_half=" and a half",
    fractions={**FRACTIONS, **{f"{word}s": bottom for word, bottom in FRACTIONS.items()}},
    multiples={**PLURALS, **{word.removesuffix("s"): number for word, number in PLURALS.items()}},
)
# Every number in words, every share and every vague number holds one of these.
SIGNS = (*SMALL, *TENS, *(word for word in SCALES if len(word) > 1), *PLURALS, *FRACTIONS, *ROUNDS)

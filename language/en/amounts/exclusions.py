"""English words beside a number that counts nothing: an age, a day, the number of an article."""

from ...amounts.amount_grammar import Exclusions
from ...amounts.text_tokens import Phrases
from .amount_words import WORDS

EXCLUSIONS = Exclusions(
    labels=frozenset(WORDS["labels"]),
    # Months of other languages in Latin letters too: "26 mars" is a day, and no amount of anything.
    months=frozenset((*WORDS["months"], *WORDS["other_months"])),
    time_words=frozenset(WORDS["time_words"]),
    age_before=Phrases(dict.fromkeys(("aged", "age of", "ages", "ages of", "aged between", "ages from"), True)),
    age_after=Phrases(dict.fromkeys(
        (
            "years old", "year old", "years - old", "year - old", "- year - old", "- years - old", "- year - olds",
            "year olds", "year - olds", "years of age", "- month - old", "months old", "month old", "- day - old",
            "days old", "weeks old", "- week - old", "- month - olds", "yo", "and older", "or older",
            "and younger", "or younger",
        ), True)),
    age_bounds=frozenset(("over", "under", "above", "below")),
    turned=frozenset(("turned", "turns", "turning", "is", "was")),
    clock=frozenset(("am", "a.m.", "pm", "p.m.", "o'clock", "gmt", "utc", "est", "cet", "noon", "midnight")),
    hours=frozenset(("hours", "hrs", "hrs.", "gmt", "utc", "local")),
    ordinals=frozenset(("st", "nd", "rd", "th")),
    decades=frozenset(("s", "'s")),
    pointers=frozenset(WORDS["pointers"]),
    sequence_words=frozenset(WORDS["sequence_words"]),
    since_words=frozenset(WORDS["since_words"]),
    dimensions=frozenset(WORDS["dimensions"]),
    openers=frozenset(WORDS["openers"]),
    unit_numbers=frozenset(("one", "a", "an", "zero", "nought")),
    those=frozenset(WORDS["those"]),
    minus=frozenset(("minus", "negative")),
    strong=frozenset(("strong",)),
)  # fmt: skip

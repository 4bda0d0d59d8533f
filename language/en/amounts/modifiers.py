"""English phrases that make a number a bound or an estimate, by the word that a claim has for them."""

import re

MODIFIERS = {
    "estimated": "an estimated|estimated|an estimate of|estimates of|by one estimate",
    "at least": "at least|more than|over|no fewer than|no less than|not less than|upwards? of|in excess of|a minimum of"
    "|well over|well more than|exceeding|above|greater than|at the very least|minimum",
    "up to": "up to|as many as|as much as|at most|no more than|not more than|fewer than|less than|under|below"
    "|a maximum of|maximum|just under",
    "about": "about|around|roughly|approximately|approx\\.|some|nearly|almost|close to|an average of|on average"
    "|in the region of|something like|circa|c\\.|~|≈|perhaps|possibly|nearer|just over|a little over",
}
MODIFIER_OF = {phrase.replace("\\", ""): kind for kind, phrases in MODIFIERS.items() for phrase in phrases.split("|")}
MODIFIER_OF |= {"upward of": "at least", "upwards of": "at least"}
PHRASES = "|".join(sorted((p for ps in MODIFIERS.values() for p in ps.split("|")), key=len, reverse=True))
MODIFIER = re.compile(PHRASES, re.IGNORECASE)
AFTER_NUMBERS = {
    "or more": "at least", "and more": "at least", "and counting": "at least", "plus": "at least", "+": "at least",
    "or less": "up to", "or fewer": "up to", "or so": "about", "-odd": "about",
}  # fmt: skip
AFTER_UNITS = re.compile(r"\sor\s(?:more|fewer|less|so)\b")

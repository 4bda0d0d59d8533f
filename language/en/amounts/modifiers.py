"""English phrases that make a number a bound or an estimate, by the word that a claim has for them."""

from ...amounts.amount_grammar import Bounds
from ...amounts.text_tokens import Phrases
from .amount_words import WORDS

_BEFORE = {
    "estimated": "an estimated|estimated|an estimate of|estimates of|by one estimate|estimated at|estimated to be",
    "at least": "as few as|as little as|as low as|as young as|at least|more than|over"
    "|no fewer than|no less than|not less than|not fewer than|upward of|upwards of"
    "|in excess of|a minimum of|minimum of|well over|well above|well more than|far more than|many more than|exceeding"
    "|above|greater than|at the very least|minimum|at a minimum|higher than|larger than|north of|a little more than"
    "|slightly more than|just more than|at the least|at minimum|no smaller than|larger than or equal to"
    "|greater than or equal to|more than or equal to|equal to or more than|>|≥|more than the",
    "up to": "as high as|as old as|up to|as many as|as much as"
    "|at most|no more than|not more than|fewer than|less than|under|below"
    "|a maximum of|maximum of|maximum|just under|well under|at the most|lower than|no greater than|not exceeding"
    "|far fewer than|far less than|smaller than|well below|just below|a little less than|slightly less than"
    "|slightly fewer than|not even|a little under|slightly under|no higher than|no larger than|south of"
    "|<|≤|less than or equal to|smaller than or equal to"
    "|within|equal to or less than|at maximum|at a maximum|not over|not above",
    "about": "almost as much as|almost as many as|nearly as much as|nearly as many as|about as many as"
    "|about|around|roughly|approximately|approx|approx.|some|nearly|almost|close to|an average of|on average"
    "|in the region of|something like|circa|c.|ca.|~|≈|perhaps|possibly|nearer|just over|a little over|slightly over"
    "|probably|more or less|in the order of|on the order of|somewhere around|somewhere near|near|nearing|approaching"
    "|just about|in the vicinity of|in the neighborhood of|in the neighbourhood of|roundabout|as good as|maybe"
    "|a good|average|averaging|an approximate|approximately about|virtually|just shy of|shy of"
    "|just short of|nearly about",
}  # fmt: skip
BEFORE = {phrase: kind for kind, phrases in _BEFORE.items() for phrase in phrases.split("|")}
# Verbs that set a bound to the number that is their object.
_VERBS = {
    "at least": "exceeds|exceed|exceeded|surpasses|surpass|surpassed|surpassing|tops|topped|topping|outstripped"
    "|climbed past|rose past|grew past|climbs past|rises past|crosses|crossed|outnumber|outnumbered|went past"
    "|has passed|had passed|have passed|passed the|numbered over",
    "up to": "falls short of|fell short of|fall short of|capped at|limited to|maxes out at|peaked at most at",
}
VERBS = {phrase: kind for kind, phrases in _VERBS.items() for phrase in phrases.split("|")}
_AFTER = {
    "at least": "or more|and more|or over|and over|or above|and above|or higher|or greater|and upwards|or upwards"
    "|and counting|plus|+|if not more|or better|or even more",
    "up to": "or less|or fewer|or under|and under|or below|and below|or lower|or smaller|if not less",
    "about": "or so|odd|or thereabouts|- odd|or thereabout|- ish|ish|- some|something|give or take",
}
AFTER = {phrase: kind for kind, phrases in _AFTER.items() for phrase in phrases.split("|")} | {"- plus": "at least"}
_AFTER_UNIT = {
    "at least": "at least|at a minimum|at the very least|minimum|at minimum|at the least",
    "up to": "at most|at the most|maximum|at the very most|at maximum|at a maximum|tops",
    "about": "approximately|roughly",
}
AFTER_UNIT = {
    **{phrase: kind for phrase, kind in AFTER.items() if phrase.split()[0] in ("or", "and", "if", "give")},
    **{phrase: kind for kind, phrases in _AFTER_UNIT.items() for phrase in phrases.split("|")},
}

# Verbs of which only persons are subjects, and those that are mostly said of persons, in the passive voice.
_PASSIVE = (
    "{}", "were {}", "was {}", "are {}", "have been {}", "had been {}", "being {}", "been {}", "others were {}",
    "are feared {}", "feared {}", "more were {}", "are still {}", "were reported {}",
)  # fmt: skip
_PEOPLE_AFTER = {
    form.format(verb): sure
    for verbs, sure in (("done_to_people", True), ("mostly_done_to_people", False))
    for verb in WORDS[verbs]
    for form in _PASSIVE
} | {"died": False, "have died": False, "had died": False, "perished": False}

BOUNDS = Bounds(
    before=Phrases(BEFORE),
    verbs=Phrases(VERBS),
    after_number=Phrases(AFTER),
    after_unit=Phrases(AFTER_UNIT),
    neutral=Phrases(
        dict.fromkeys(
            (
                "another", "an additional", "additional", "a further", "further", "a total of", "the", "a combined",
                "a record", "a whopping", "a staggering", "as many", "its", "his", "her", "their", "all of", "all",
                "a mere", "a full",
            ),
            "",
        )
    ),
    prepositions=frozenset(WORDS["prepositions"]),
    takers=frozenset(WORDS["takers"]),
    during=frozenset(("over",)),
    lasting_before=frozenset(WORDS["lasting_before"]),
    places=frozenset(("under", "above", "below", "near", "around", "over")),
    negations=frozenset(WORDS["negations"]),
    people_after=Phrases(_PEOPLE_AFTER),
    people_before=frozenset(WORDS["people_before"]),
    people_nouns=frozenset(WORDS["people_nouns"]),
    up_verbs=frozenset(WORDS["up_verbs"]),
    upward=frozenset(("up",)),
    contrasts=frozenset(("but", "yet")),
)  # fmt: skip

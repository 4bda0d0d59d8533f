"""English words before, after and around a date: they belong to it, bound it, or tell whether it is to come."""

import re

from ...dates.resolutions import FUTURE, OPEN, PAST, UNCLEAR
from .date_words import FULL_MONTH, FULL_WEEKDAY
from .tense_words import (
    AHEAD_OF_IT,
    AHEAD_WORDS,
    BY_IT,
    CALLED_OFF,
    FUTURE_HELPERS,
    HAVE,
    IRREGULAR_PAST,
    NAMES_LIKE_VERBS,
    NEGATION_AND_ADVERBS,
    NEVER_VERBS,
    NO_VERBS_IN_ED,
    OPEN_HELPERS,
    PARTICIPLES,
    PAST_BE,
    PLANNED,
    PLANS,
    PRESENT_BE,
    PROMISED,
    SET_FOR_IT,
    TIMETABLE,
    TIMETABLE_OF_PEOPLE,
    VERBS_IN_EED,
)

LEAD = re.compile(
    r"(?:in|since|until|till|by|before|after|during|of|to|through|throughout|for|as of|around|from|on|and|circa"
    r"|back in)"
    r"\s(?=\S)"
    r"|(?:the|its|his|her|their)\s(?=[0-9]{4}\b)",
    re.IGNORECASE,
)
TRAIL = re.compile(r"(?<=[0-9]{4})\s[a-z]+$")
SINCE = re.compile(r"\b(?:since|ever since)\s(?:the\s)?$", re.IGNORECASE)
ONE_END = re.compile(
    r"\b(until|till|through|by|before|after|prior to|from|as of|up to|not before|no later than|starting|beginning)"
    r"(?:\son)?\s(?:the\s)?$",
    re.IGNORECASE,
)
# After these the beginning of a time is meant where a period follows, and the day itself where a day does.
SURE_BEGINNINGS = frozenset(("from", "as of", "starting", "beginning"))
BEGINNINGS = SURE_BEGINNINGS | {"after"}

# Between a part and its time, a time and its part, the ends of a range.
OF = (
    re.compile(r",?\s"),
    re.compile(r"-\s?"),
    re.compile(r"\s(?:of|in|during|for)\s", re.IGNORECASE),
    re.compile(r"(?:\s(?:of|in))?\sthe\s(?:year\s|month\s(?:of\s)?)?", re.IGNORECASE),
    re.compile(r"\s(?:of|in)\s(?:year\s)", re.IGNORECASE),
)
THEN = re.compile(r"(?:[’']s)?,?\s(?:on\s|in\s)?(?:the\s)?", re.IGNORECASE)
JOIN = re.compile(
    r"\s?[-–—]\s?|,?\s(?:to|until|till|through\sto|through|thru|up\sto|up\suntil|and\sending\son|(?P<and>and))\s(?:the\s|late\sas\s)?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:postpone[ds]?|move[ds]?|delay(?:ed|s)?|push(?:ed|es)?(?:\sback)?|reschedule[ds]?|brought\sforward|shift(?:ed|s)?"
    r"|changed?|switched|adjourned)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
# What is no date: a day of every week, a name.
NO_DATE_BEFORE = re.compile(
    r"\b(?:every|each|any|most|Every|Each|Any|Most|alternate|per|(?:on|for|was|is|be|of)\sa|one|some|another|many|no|(?:hundred|thousand|million|dozen)(?:\sand)?|Man|Joe|Bloody|Black|Super|Ruby|Billy|Wednesday\sor"
    r"|(?:Chinese|Lunar|Persian|Kurdish|Orthodox|Coptic|Jewish|Islamic|Tibetan|Buddhist|Iranian)(?:\sNew)?)\s$"
)
NO_DATE_AFTER = re.compile(
    r"\s(?:Agreement|Accords?|Times|Telegraph|Express|Mail|Mirror|Post|Star|Herald|Night|School"
    r"|People|Prayers?|prayers?|sermons?|Mass|Market|Massacre|Group|Movement|Revolution|Brigades?)\b"
)
DOUBT_AFTER = re.compile(
    r"[-–][0-9]|\s(?:movement|revolution|coup|massacre|uprising|incident|attacks|protesters|generation|pogrom|earthquake|crackdown"
    r"|anniversary)\b",
    re.IGNORECASE,
)
_ONE_OF_TWO = rf"(?:[0-9]{{1,4}}|{FULL_MONTH}|{FULL_WEEKDAY})"
OR_BEFORE = re.compile(rf"\b{_ONE_OF_TWO}\sor\s(?:in\s|on\s|early\s|late\s)?$")
OR_AFTER = re.compile(rf"\sor\s(?:in\s|on\s|early\s|late\s)?{_ONE_OF_TWO}\b")
NUMBER_BEFORE = re.compile(
    r"\b(?:act|law|bill|resolution|case|number|no\.|nos\.|room|flight|section|article|code|chapter|page|channel|route"
    r"|highway|directive|regulation|ordinance|docket|model|version|bus|train|locker|under|lot|unit|suite|file|order)\s$",
    re.IGNORECASE,
)
NAME_BEFORE = re.compile(r"(?:^|[.!?:;,”\"\n]\s{0,2}|\b(?:and|Mr|Mrs|Ms|Dr)\.?\s|\bby\s)$")
NAME_AFTER = re.compile(r"\s[A-Z][a-z]+(?!\s[0-9])")
NOTHING = re.compile(r"(?!)")
_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")
# What dates an event and not what is told of it: “Monday's debate”, “a Friday evening rally”.
_OF_AN_EVENT_BEFORE = re.compile(r"(?:\b(?:the|an?|her|his|its|their|our|first|previous)|[’']s)\s$", re.IGNORECASE)
_OF_AN_EVENT_AFTER = re.compile(r"(?:\s(?:night|morning|evening|afternoon))?[’']s\b")
_IF = re.compile(r"\b(?:if|unless|whether|in case)\b", re.IGNORECASE)
_TO_IT = re.compile(r"\b(?:from|to|until)\s(?:the\s)?$", re.IGNORECASE)
_STARTS_CLAUSE = re.compile(
    r"(?:\bthat|,|:|\bbut|\band|\bwhile|\bbecause|^)\s?(?:on|in|by|early|late|from|since)?\s?$", re.IGNORECASE
)
_AHEAD_OF_IT = re.compile(AHEAD_OF_IT, re.IGNORECASE)
_SET_FOR_IT = re.compile(SET_FOR_IT)
_BY_IT = re.compile(BY_IT, re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    rf",\s(?:but|while|and|who|which|whose|where|after|when|as|although|though)\b|(?<!and)(?<!or)\s(?:{FULL_WEEKDAY})\b|:\s|\s[–—]\s"
)


def tense(before: str, after: str) -> str:
    """Which time a date is told in, by the verb that is nearest before it, else by the first one after it."""
    if _AHEAD_OF_IT.search(before):
        return OPEN
    if _TO_IT.search(before) and MOVED.search(before):
        return OPEN
    words = _WORD.findall(before)
    if _IF.search(before):
        return OPEN
    later = _NEW_CLAUSE.split(after)[0]
    if _OF_AN_EVENT_BEFORE.search(before) or _OF_AN_EVENT_AFTER.match(later):
        told = of_last_verb(words) or of_first_verb(_WORD.findall(later)[1:])
        return OPEN if told in (FUTURE, OPEN) else UNCLEAR
    found = (_STARTS_CLAUSE.search(before) and of_first_verb(_WORD.findall(later))) or of_last_verb(words)
    if _SET_FOR_IT.search(before):
        return FUTURE if found == FUTURE else OPEN
    found = found or of_first_verb(_WORD.findall(later))
    return found or (OPEN if _BY_IT.search(before) else "")


def of_last_verb(words: list[str]) -> str:
    """The time of the verb nearest to the end of some words; empty where there is none."""
    for at in range(len(words) - 1, max(-1, len(words) - 16), -1):
        if told := time_of(words, at):
            return told
    return ""


def of_first_verb(words: list[str]) -> str:
    """The time of the first verb of some words."""
    for at in range(min(len(words), 14)):
        word = words[at].lower()
        if words[at] in NAMES_LIKE_VERBS:
            continue
        if word in FUTURE_HELPERS:
            return FUTURE
        if word in OPEN_HELPERS or word == "to":
            return OPEN
        if word in HAVE or word in PAST_BE:
            return time_of_helper(words, at)
        if word in PRESENT_BE:
            following = words[at + 1].lower() if at + 1 < len(words) else ""
            return FUTURE if following in PLANNED | {"to"} else ""
        if at and (told := time_of(words, at, is_before=False)):
            return UNCLEAR if told == PAST and word in CALLED_OFF else told
        if not at and word not in TIMETABLE and (told := time_of(words, at, is_before=False)):
            return UNCLEAR if told == PAST and word in CALLED_OFF else told
    return ""


def time_of_helper(words: list[str], at: int) -> str:
    """The time of “was”, “had” and the like by what follows: “was to be held”, “was scheduled” may be to come."""
    word, following = words[at].lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    if word in ("has", "have") and following in ("to", "until", "till"):
        return OPEN
    if following in PLANNED | {"to"}:
        return OPEN
    return UNCLEAR if CALLED_OFF.intersection(word.lower() for word in words[at + 1 : at + 3]) else PAST


def time_of(words: list[str], at: int, *, is_before: bool = True) -> str:
    """The time that the word at a place tells of, with the helping words before it; empty if it is no known verb.

    `is_before` is whether the date comes after it: “agreed to meet on Monday” may be to come, “on Monday they agreed to
    meet” was.
    """
    word = words[at].lower()
    if words[at] in NAMES_LIKE_VERBS:
        return ""
    if word in FUTURE_HELPERS or word.endswith(("'ll", "’ll")):
        return FUTURE
    if word in OPEN_HELPERS or word in AHEAD_WORDS:
        return OPEN
    if word in HAVE or word in PAST_BE - {"been", "being"}:
        return time_of_helper(words, at)
    if word == "born":
        return UNCLEAR
    is_past = word in IRREGULAR_PAST
    is_participle = word in PARTICIPLES or ends_as_past(word)
    helper = helper_before(words, at)
    if is_past or is_participle or word in PLANNED:
        if helper in FUTURE_HELPERS:
            return FUTURE
        if helper in OPEN_HELPERS:
            return OPEN
        if word in PLANNED:
            return FUTURE if helper in PRESENT_BE else OPEN
        if helper == "to":
            return of_infinitive(words, at)
        if helper in PRESENT_BE:
            return ""
        if is_before and word == "called" and at + 2 < len(words) and words[at + 1].lower() in ("on", "upon"):
            return OPEN
        if is_before and word in PROMISED and at + 1 < len(words) and words[at + 1].lower() in ("to", "for", "that"):
            return OPEN
        return PAST
    if (words[at][0].isupper() and at) or word in NEVER_VERBS:
        return ""
    if helper == "to" or (word not in TIMETABLE and word not in PLANS):
        return of_infinitive(words, at) if helper == "to" else of_base(words, at, helper)
    if helper in FUTURE_HELPERS:
        return FUTURE
    if helper in OPEN_HELPERS or word in PLANS:
        return OPEN
    previous = words[at - 1].lower() if at else ""
    is_plural = previous.endswith("s") or previous in ("they", "we", "people", "you", "i", "who", "police")
    is_noun = (not word.endswith("s") and not is_plural) or previous in (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "of",
        "this",
        "that",
        "next",
        "last",
    )
    return "" if is_noun else OPEN if word in TIMETABLE_OF_PEOPLE else FUTURE


def ends_as_past(word: str) -> bool:
    """Whether a word has the ending of the past, and is not known as something else."""
    if not word.endswith("ed") or len(word) < 4 or word in NO_VERBS_IN_ED:
        return False
    return not word.endswith("eed") or word in VERBS_IN_EED


def of_base(words: list[str], at: int, helper: str) -> str:
    """The time of a word after a helping verb right before it ("will hold", "is meeting")."""
    if helper in FUTURE_HELPERS:
        return FUTURE
    if helper in OPEN_HELPERS:
        return OPEN
    if helper in PRESENT_BE and words[at].lower().endswith("ing"):
        return FUTURE if words[at].lower() == "going" else OPEN
    return ""


def helper_before(words: list[str], at: int) -> str:
    """The helping verb before a word, over “not”, “also”, “be”; empty where another word stands there."""
    for before in range(at - 1, max(-1, at - 4), -1):
        word = words[before].lower() if words[before] not in NAMES_LIKE_VERBS else ""
        if word in FUTURE_HELPERS or word in OPEN_HELPERS or word in PRESENT_BE or word == "to":
            return word
        if word in HAVE or word in ("was", "were"):
            return word
        if word not in NEGATION_AND_ADVERBS:
            return ""
    return ""


def of_infinitive(words: list[str], at: int) -> str:
    """The time of “to” and a verb by the word that governs it: “is to meet”, “plans to meet”, “was forced to go”."""
    start = max((place for place in range(max(0, at - 3), at) if words[place].lower() == "to"), default=0)
    for before in range(start - 1, max(-1, start - 6), -1):
        word = words[before].lower()
        if word in FUTURE_HELPERS or word in PRESENT_BE:
            return FUTURE
        if word in PLANNED:
            return FUTURE if helper_before(words, before) in PRESENT_BE else OPEN
        if word in PLANS:
            return FUTURE
        if word in PROMISED or word in OPEN_HELPERS:
            return OPEN
        if word in HAVE or word in PAST_BE or word in IRREGULAR_PAST or ends_as_past(word):
            return UNCLEAR
    return OPEN

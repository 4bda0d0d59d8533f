"""English verbs and what stands before them, by the time that they tell of: the lists of date_verbs.txt."""

from .date_word_lists import lists_in

_LISTS = lists_in("date_verbs.txt")
IRREGULAR_PAST = _LISTS["irregular past"]
PARTICIPLES = _LISTS["participles"]
NO_VERBS_IN_ED = _LISTS["no verbs in ed"]
VERBS_IN_EED = _LISTS["verbs in eed"]
NAMES_LIKE_VERBS = _LISTS["names like verbs"]
FUTURE_HELPERS = _LISTS["future helpers"]
OPEN_HELPERS = _LISTS["open helpers"]
PRESENT_BE = _LISTS["present be"]
PAST_BE = _LISTS["past be"]
HAVE = _LISTS["have"]
PLANNED = _LISTS["planned"]
PLANS = _LISTS["plans"]
PROMISED = _LISTS["promised"]
CALLED_OFF = _LISTS["called off"]
TIMETABLE_OF_PEOPLE = _LISTS["timetable of people"]
TIMETABLE = _LISTS["timetable"] | TIMETABLE_OF_PEOPLE
NEGATION_AND_ADVERBS = _LISTS["negation and adverbs"]
NEVER_VERBS = _LISTS["never verbs"]
AHEAD_WORDS = _LISTS["ahead words"]
# Right before a date: what is to come, or may be.
AHEAD_OF_IT = (
    r"\b(?:ahead of|in time for|in the run-up to|deadline of|deadline is|no later than|effective|upcoming|forthcoming)"
    r"\s(?:the\s|next\s)?$"
)
BY_IT = r"\b(?:(?:un)?til|by|before)\s(?:the\s)?$"
SET_FOR_IT = r"\bfor\s(?:the\s|next\s|this\s)?$"

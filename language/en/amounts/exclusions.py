"""English words beside a number that counts nothing: an age, a day, the number of an article."""

import re

from ...amounts.amount_grammar import Exclusions

_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
)
_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTHS})\.?\s|\b(?:[Aa]rt(?:icle|s?\.)|[Aa]rticles|[Ss]ection|[Ss]ec\.|[Pp]aragraph|[Cc]hapter|[Pp]age|pp?\.|"
    r"[Nn]o\.?|[Nn]umber|[Nn]r\.|[Rr]oom|[Ff]light|[Hh]ighway|[Rr]oute|[Rr]oad|[Ss]treet|[Ll]ine|[Vv]ersion|[Vv]ol(?:ume|\.)|"
    r"[Ii]ssue|[Tt]able|[Ff]igure|[Ff]ig\.|[Ll]aw|[Rr]esolution|[Dd]ecree|[Oo]rder|[Dd]irective|[Pp]hase|[Ss]tage|[Ww]ard|"
    r"[Dd]istrict|[Cc]amp|[Pp]rison|[Ss]chool|[Uu]nit|[Bb]lock|[Bb]uilding|[Aa]ged|[Tt]el\.?|[Pp]hone|[Cc]all|[Ff]ax|"
    r"Group of|[Aa]partment|[Ff]loor|[Pp]latform|[Gg]ate|[Gg]rade|[Cc]lass|[Pp]art|[Ii]tem|[Rr]ule|[Ss]uite|[Cc]ase|"
    r"[Dd]ocument|[Tt]ype|[Bb]us|[Tt]rain|Boeing|Airbus|[Cc]hannel|Windows|[Tt]eam|age of|age|ages|"
    r"since|in|until|by|during|before|after|of)\s(?:the\s)?|\b[Aa]rticles\s[0-9]+\sand\s"
    r"|[0-9]\s?[:/]\s?|[0-9][\s-]|\+\s?|@|#)$"
)
_TURNS = re.compile(r"\b(?:is|was|turned|turns)\s$")
_TURNS_AFTER = re.compile(r"[,.]|\sand\b|$")
_YEAR_BEFORE = re.compile(r"\b(?:since|in|until|by|during|before|after|of)\s(?:the\s)?$", re.IGNORECASE)
_AFTER = re.compile(
    rf"[\s-]*years?[\s-]*old|[\s-]year-old|\s(?:{_MONTHS})\b|\s?(?:[ap]\.?m\b|o[’']clock)|(?:st|nd|rd|th)\b|-(?=[^\W\d_])"
    r"|\s(?:of\s(?:the\s)?(?:women|men|them|whom|which|these|those|us|you|his|her|its|their)\b)|[’']s\b|\s?:\s?[0-9]"
    r"|\s(?:[A-Z]\.\s)|\sGMT|\s?°|-year|-day|\scents?ury",
)
_AGE = re.compile(r",\s$")
_AGE_AFTER = re.compile(r",\s(?:who|a|an|was|is|of|from|has|said|told|the)\b|\)")

EXCLUSIONS = Exclusions(
    before=_BEFORE,
    time_before=_YEAR_BEFORE,
    plural_after=re.compile(r"\s[a-z]+s\b"),
    after=_AFTER,
    turns_before=_TURNS,
    turns_after=_TURNS_AFTER,
    age_before=_AGE,
    age_after=_AGE_AFTER,
    numbers=frozenset(("one", "a", "an", "zero")),
    pointer=re.compile(r"\b(?:the|these|those|both|his|her|its|their|our|my)\s$"),
)

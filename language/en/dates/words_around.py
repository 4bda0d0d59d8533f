"""English words before, after and around a date: they belong to it, bound it, or tell that it is to come."""

import re

LEAD = re.compile(
    r"(?:in|since|until|till|by|before|after|during|of|to|through|throughout|for|as of|around|from|on)\s(?=\S)"
    r"|(?:the|its|his|her|their)\s(?=[0-9]{4}\b)",
    re.IGNORECASE,
)
TRAIL = re.compile(r"(?<=[0-9]{4})\s[a-z]+$")
# What a clause about the future holds; looked for around a weekday or a month without a year.
FUTURE = re.compile(
    r"\b(?:will|would|shall|won't|won’t|scheduled|plans?|planned|planning|expected|due|upcoming|is to|are to|was to"
    r"|were to|set to|set for|going to|ahead of|intends?|promised?|promises|vow(?:s|ed)?|calls? (?:for|on)"
    r"|called (?:for|on)|deadline|agenda|forthcoming|coming)\b|[’']ll\b",
    re.IGNORECASE,
)
SINCE = re.compile(r"\b(?:since|ever since)\s(?:the\s)?$", re.IGNORECASE)
ONE_END = re.compile(
    r"\b(until|till|through|by|before|after|prior to|from|as of|up to|not before|no later than|starting|beginning)"
    r"(?:\son)?\s(?:the\s)?$",
    re.IGNORECASE,
)
# After these the beginning of a time is meant where a period follows, and the day itself where a day does.
SURE_BEGINNINGS = frozenset(("from", "as of", "starting", "beginning"))
BEGINNINGS = SURE_BEGINNINGS | {"after"}

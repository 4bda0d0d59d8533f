"""What amounts, shares and vague numbers look like in English; all expressions take linear time."""

import re

from ...amounts.noun_phrases import CURRENCIES
from .modifiers import PHRASES
from .number_words import NUMBER, SCALES

_MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_RANGE = r"\s?[-–—]\s?|\sto\s|\sand\s|\sor\s"
_PERCENT = r"\s?%|\s(?:percent|per\scent|pct)\b"
AMOUNT = re.compile(
    rf"(?<![\w#§/.:-])(?<!\b[Nn]o\.\s)(?:(?P<between>(?i:between|from|anywhere\sfrom|anywhere\sbetween)\s)|"
    rf"(?P<modifier>(?i:{PHRASES})\s?(?:(?i:another|an additional|the|a further|additional|a total of)\s)?"
    rf"(?:(?i:{PHRASES})\s)?)(?<=[\s~≈])|(?i:a total of|another|an additional|a further)\s)?"
    rf"(?:(?P<money>{_MONEY})\s?)?(?P<n>{NUMBER})(?P<p1>{_PERCENT})?"
    rf"(?:(?P<range>{_RANGE})(?:(?:{_MONEY})\s?)?(?P<n2>{NUMBER}))?(?P<p2>{_PERCENT})?(?!(?!km|kg|m²|ha\b|cm|mm|MW|GW|kW)[\w/]|[.,:][0-9])"
    r"(?P<after>\s(?:or\sso|or\smore|or\sless|and\smore|or\sfewer|and\scounting|plus)\b|\+|-odd\b)?"
)
SHARE = re.compile(
    r"(?<![\w-])(?P<modifier>(?i:"
    + PHRASES
    + r")\s)?(?:(?P<top_in>(?i:one|two|three|four|five|six|seven|eight|nine|[0-9]"
    r"{1,3}))\s(?:in(?:\severy)?|out\sof(?:\severy)?)\s(?P<bottom_in>(?i:two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"twenty|fifty|a\shundred|[0-9]{1,4}))(?![\w,.]*[0-9])"
    r"|(?P<top>(?i:an?|one|two|three|four|five|seven|nine))[\s-](?P<bottom>(?i:half|thirds?|quarters?|fourths?|fifths?|"
    r"sixths?|sevenths?|eighths?|ninths?|tenths?))\b(?=\sof\b|-)|(?P<half>(?i:half))\s(?:of\s|(?:the|its|their|his|all)\s))"
    r"(?![\w-]*\w-)"
)
VAGUE = re.compile(
    r"(?<![\w-])(?P<modifier>(?i:" + PHRASES + r"|many|several|a few|countless|untold)\s)?"
    r"(?P<word>(?i:tens of thousands|hundreds of thousands|tens of millions|hundreds of millions|thousands of millions"
    r"|dozens|scores|hundreds|thousands|millions|billions"
    r"|(?:several|a few|many)\s(?:dozen|hundred|thousand|million)))\b"
    r"(?=\s|[^\w\s-]|$)"
)
SCALE = re.compile(rf"(?<![a-z])(?:{'|'.join(SCALES)})\b", re.IGNORECASE)

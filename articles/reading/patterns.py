"""The shapes of datelines, dates, bylines and credit lines, as regular expressions that take linear time."""

import re

from .phrases import AGENCIES, MONTHS

# A few words that begin with a letter; whether they are capitalised is asked where it matters.
_WORD = r"[^\W\d_][\w.'’-]*"
NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
_NAMES = rf"{_CAPITALISED}(?:,? (?:(?:and|de|del|di|da|van|von|der|den|bin|ibn|al|el|la) |& )*{_CAPITALISED}){{1,7}}"
_TITLE = r"(?:[Tt]he )?[A-Z][\w&./’'-]*(?: (?:of |the |and )*[A-Z][\w&./’'-]*){0,5}"

# Datelines: "ZHANAOZEN, Kazakhstan -- ", "NUR-SULTAN (TCA) — ", "BEIJING, March 29 (Reuters) - "
_PLACE = rf"{_WORD}(?: {_WORD}){{0,3}}"
_DAY = r"(?:, ?[A-Z][a-z]{2,8}\.? [0-9]{1,2}|, ?[0-9]{1,2} [A-Z][a-z]{2,8}\.?)?"
DATELINE = re.compile(
    rf"(?P<dateline>(?P<place>{_PLACE}(?:, {_PLACE})?){_DAY}(?: ?\((?P<agency>[\w./ -]{{2,40}})\))?)"
    r" ?(?:--|[—–-]) ?(?=\S)"
)
# "New Delhi: …", only at the start of the first paragraph
DATELINE_COLON = re.compile(rf"(?P<dateline>(?P<place>{_PLACE})): (?=\S)")
# "AFP Beijing", "Press Trust of India | New Delhi" and "Beijing, AFP", on a line of their own
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
DATELINE_ALONE = (
    re.compile(rf"(?P<agency>{_AGENCY})[ ,|/–—-]+(?P<place>{_PLACE})"),
    re.compile(rf"(?P<place>{_PLACE}) ?[,|/–—-] ?(?P<agency>{_AGENCY})"),
)

# Dates
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = "(?:19|20)[0-9]{2}"
_MONTH_FIRST = rf"(?:{_MONTH})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
_DAY_FIRST = rf"[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\.?,? {_YEAR}"
_ISO = rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
DATE = re.compile(
    rf"\b(?:(?P<m>{_MONTH})\.? (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y>{_YEAR})"
    rf"|(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH})\.?,? (?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})-(?P<m3>[0-9]{{2}})-(?P<d3>[0-9]{{2}}))\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
# A line that says when the page was published or changed, or that is a date alone, a time after it or not.
DATE_LINE = re.compile(
    r"(?:(?P<first>(?:first |originally )?(?:published|posted|issued|date)(?: on| at)?)"
    r"|(?:last )?(?:updated|modified)(?: on| at)?)"
    rf"\b ?:? ?{_WEEKDAY}(?=.{{0,12}}(?:[0-9]{{4}}|{_MONTH}))"
    rf"|{_WEEKDAY}(?:{_MONTH_FIRST}|{_DAY_FIRST}|{_ISO})"
    r"[ ,|·•–—-]{0,3}(?:at )?(?:[0-9]{1,2}[:.][0-9]{2}.{0,25})?$",
    re.IGNORECASE,
)
# Digits in the name of a picture's file: 062017 is a month, 06202017 a day, written the American way.
PICTURE_DATE = re.compile(
    rf"[-_](?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})?(?P<y>{_YEAR})[\w-]*\.(?:jpe?g|png|gif|webp)\b", re.IGNORECASE
)

# Bylines and credits
BYLINE = re.compile(rf"[Bb][Yy]:? (?P<byline>{_NAMES})(?:,? (?:in|for|at) .{{2,60}})?")
REPORTED_BY = re.compile(rf"[Rr]eported by (?P<byline>{_NAMES}) for (?P<agency>[^.;]{{2,80}})[.;]?")
REPORTING_BY = re.compile(rf"\(?[Rr]eporting by (?P<byline>{_NAMES})\b")
CREDITS = (
    re.compile(
        r"\(?with (?:additional |further )?(?:reporting|inputs?|material|information) (?:by|from) "
        r"(?P<agency>[^()]{2,120})",
        re.IGNORECASE,
    ),
    re.compile(r"\(?(?:source|via|credit|agency|agencies)s? ?: ?(?P<agency>[^()]{2,80})", re.IGNORECASE),
    re.compile(
        r"\(?(?:this (?:story|article|report) was )?(?:first|originally) (?:published|appeared) (?:by|in|on|at) "
        r"(?P<agency>[^()]{2,80})",
        re.IGNORECASE,
    ),
)
# "…, RFE/RL's Kazakh Service reported." at the end of an opening paragraph
CREDIT_IN_LEAD = re.compile(rf", (?P<agency>{_TITLE}) (?:reported|reports|said|says)\.?$")
PRINTS = re.compile(
    r"\b(?:service|news|agency|times|post|radio|television|tv|press|daily|herald|tribune|journal|media)\b",
    re.IGNORECASE,
)

# Names of the outlet in what stands around the article, each with what the editor is told.
NAMED_OUTLETS = (
    (re.compile(r"[Nn]o (?P<outlet>[\w&.'’ -]{2,60}?) (?:[Jj]ournalist|[Rr]eporter|[Ee]ditor|[Ss]taff)"), "disclaimer"),
    (
        re.compile(
            rf"(?:[Cc]opyright|©|\([Cc]\))[ ©(Cc)]{{0,6}}{_YEAR}(?:[–-][0-9]{{2,4}})?,? (?:by )?"
            rf"(?P<outlet>{_TITLE})"
        ),
        "copyright line",
    ),
    (re.compile(rf"(?:views|opinions)\b.{{0,80}}?\b(?:of|represent) (?P<outlet>{_TITLE})"), "disclaimer"),
)
OUTLET_IN_NOTE = re.compile(rf"\b(?:for|at|with|of) (?P<outlet>{_TITLE})")

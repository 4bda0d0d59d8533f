"""What pages print around articles, in lists to be added to, each line one habit of pages, and names of agencies; and
the shapes of datelines, dates, bylines and credit lines, as regular expressions that take linear time.
"""

import re
from datetime import date


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def name_set(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.split("|"))


def opening_pattern(*habits: str) -> re.Pattern:
    """A pattern for lines that begin with one of `habits`; straight and curly apostrophes are the same."""
    return re.compile("|".join(habit.replace("'", "['’]") for habit in habits), re.IGNORECASE)


# Lines that are clutter wherever they stand, by what they begin with. Each kind is what the editor is told.

CLUTTER = {
    "comment form": opening_pattern(
        r"(?:add|leave|post|write|submit) (?:your|a|an) (?:comment|reply|response)",
        r"comments? (?:are|is|will|must|have been|policy|closed|section)\b",
        r"your e-?mail address will not be published",
        r"required fields are marked",
        r"(?:sign|log) in to (?:comment|post|reply|join)",
        r"(?:be the first|join the conversation|view comments|show comments|load comments)",
        r"save my name, e-?mail",
        r"please (?:be respectful|keep (?:your )?comments|read our comment)",
    ),
    "disclaimer": opening_pattern(
        r"(?:legal )?disclaimers?\b",
        r"no [\w ]{1,60}(?:journalist|reporter|editor|staff)[\w ]{0,20} (?:was|were) involved",
        r"\(?this (?:story|article|report|content|copy) (?:has not been|was not) ",
        r"\(?this (?:story|article|report|content|copy) is (?:auto-?generated|published|syndicated)",
        r"the (?:views|opinions)(?: and (?:views|opinions))? (?:expressed|in this)",
        r"(?:all rights reserved|copyright\b|©|\(c\) ?(?:19|20)[0-9]{2})",
        r"(?:re)?printed with(?: the)? permission",
        r"this (?:website|site) uses cookies",
        r"(?:we use cookies|by continuing to (?:use|browse))",
    ),
    "newsletter": opening_pattern(
        r"(?:subscribe|sign up|sign-up|register)(?: (?:to|for|now|here|today|free|with)\b|[:!.]|$)",
        r"(?:get|receive) (?:the |our |all )?(?:latest|daily|weekly|top|breaking|best|more) ",
        r"don't miss (?:the|our|out|a)\b",
        r"(?:follow|find|like) (?:us|our) ",
        r"follow [\w .]{1,40} on (?:facebook|twitter|x|instagram|telegram|google news|linkedin|youtube)",
        r"join (?:us|our|the) [\w ]{0,40}(?:telegram|whatsapp|channel|newsletter|community|mailing)",
        r"(?:download|install) (?:our|the) ",
        r"(?:support|donate|become a member|make a contribution|contribute to) (?:our|us|to us|independent|today|now)",
        r"enter your e-?mail",
    ),
    "navigation": opening_pattern(
        r"view (?:more|all) (?:articles|stories|posts)\b",
        r"(?:more|other|all) (?:articles|stories|posts|news) (?:by|from|on|about)\b",
        r"(?:read (?:more|also|next|this)|also read|see also|must read|you may (?:also )?like|related:?)\s*[:|–—-]",
        r"(?:tags|topics|filed under|categories|category|keywords|more on|more about)\s*:",
        r"(?:previous|next) (?:article|post|story)\b",
        r"skip to (?:main |the )?content",
        r"back to (?:top|home)",
        r"(?:share|tweet|print|e-?mail|save|listen to) (?:this|the) (?:article|story|page|post)",
        r"[0-9]+ (?:min(?:ute)?s? read|comments?|shares?|views)\b",
        r"click here (?:to|for)\b",
    ),
}

# Lines that are nothing but one of these, or several of them in a row.
NAVIGATION_WORDS = word_set(
    """home menu search share tweet print email e-mail save facebook twitter whatsapp telegram linkedin reddit comments
    comment advertisement advertising sponsored related trending subscribe login log-in register next previous more news
    world politics business opinion sport sports culture technology video videos photos live copy link close loading
    latest explore popular read most viewed recommended stories articles topics listen bookmark follow pinterest
    rss editor's picks top headlines breaking"""
)

SECTION_NAMES = word_set(
    """news world politics business opinion sport sports culture technology economy analysis features asia europe africa
    americas international national local region regions video central-asia middle-east exclusive interview
    commentary society science health environment"""
)

CAPTION = re.compile(
    r"[\w%-]+\.(?:jpe?g|png|gif|webp|tiff?|bmp|svg)\b"
    r"|(?:is|are|was|were) (?:seen|shown|pictured|photographed) in (?:a|an|this|these) (?:\w+ ){0,3}"
    r"(?:photos?|pictures?|images?)"
    r"|\bfile (?:photo|picture|image|pic)\b"
    r"|\(?(?:photo|image|picture|photograph)(?:s|graph)?(?: credit| courtesy)?\s*(?::|by |courtesy|credit)"
    r"|(?:getty images|shutterstock|istock|epa-efe|wikimedia commons|creative commons|screen ?grab)\b",
    re.IGNORECASE,
)
MAX_CAPTION_WORDS = 45  # a longer line is running text that speaks of a photo

AUTHOR_NOTE = opening_pattern(
    r"about the (?:author|writer)s?\b",
    r"the (?:author|writer) (?:is|was|has)\b",
)
MORE_BY_AUTHOR = re.compile(
    r"(?:view (?:more|all)|more|all|other) (?:articles|stories|posts)(?: written)? ?(?:by|from) ?(?P<name>\S.{1,80})",
    re.IGNORECASE,
)
# What a note says of an author, after the name.
BIOGRAPHY = re.compile(
    r"(?:is|was|has|works?|worked|writes|wrote|covers|covered|reports|studied|holds|joined|lives|served|graduated|received"
    r"|specializes|specialises|focuses|teaches|contributes|began|started|can be (?:reached|followed))\b"
)
PROFESSION = re.compile(
    r"(?:journalist|reporter|editor|correspondent|writer|columnist|author|contributor|analyst|fellow|researcher|translator"
    r"|photographer|producer|freelancer?|intern|scholar|lecturer|professor)\b",
    re.IGNORECASE,
)

# Agencies, as datelines and credit lines print them.

AGENCIES = word_set(
    """AFP AP Reuters Xinhua TASS ITAR-TASS Interfax dpa DPA PTI ANI IANS UPI Kyodo Yonhap Anadolu AA EFE ANSA APA
    Bloomberg UNI RIA AAP CNA Kazinform KazTAG KazTag KazInform Akipress AKIpress Ferghana Belta Ukrinform
    Unian Trend MENA WAFA SPA QNA IRNA ISNA BNS ELTA LETA STT NTB TT CTK PAP MTI Tanjug Hina BTA Antara Bernama
    VNA TAP MAP APS GNA NAN Lusa
    Belga ANP KCNA CNS"""
) | {
    "Agence France-Presse",
    "Associated Press",
    "The Associated Press",
    "Press Trust of India",
    "Asian News International",
    "RIA Novosti",
    "Deutsche Presse-Agentur",
    "Anadolu Agency",
    "Press Association",
    "PA Media",
    "Canadian Press",
    "The Canadian Press",
    "Australian Associated Press",
    "United Press International",
    "Xinhua News Agency",
    "Kyodo News",
    "Yonhap News Agency",
    "ТАСС",
    "РИА Новости",
    "Интерфакс",
    "Укринформ",
    "Казинформ",
    "БелТА",
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

# Shapes.

# A few words that begin with a letter; whether they are capitalised is asked where it matters.
_WORD = r"[^\W\d_][\w.'’-]*"
NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")
_CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
NAMES = rf"{_CAPITALISED}(?:,? (?:(?:and|de|del|di|da|van|von|der|den|bin|ibn|al|el|la) |& )*{_CAPITALISED}){{1,7}}"
_TITLE = r"(?:[Tt]he )?[A-Z][\w&./’'-]*(?: (?:of |the |and )*[A-Z][\w&./’'-]*){0,5}"

# Datelines: "ZHANAOZEN, Kazakhstan -- ", "NUR-SULTAN (TCA) — ", "BEIJING, March 29 (Reuters) - "
PLACE = rf"{_WORD}(?: {_WORD}){{0,3}}"
_DAY = r"(?:, ?[A-Z][a-z]{2,8}\.? [0-9]{1,2}|, ?[0-9]{1,2} [A-Z][a-z]{2,8}\.?)?"
DATELINE = re.compile(
    rf"(?P<dateline>(?P<place>{PLACE}(?:, {PLACE})?){_DAY}(?: ?\((?P<agency>[\w./ -]{{2,40}})\))?)"
    r" ?(?:--|[—–-]) ?(?=\S)"
)
# "New Delhi: …", only at the start of the first paragraph
DATELINE_COLON = re.compile(rf"(?P<dateline>(?P<place>{PLACE})): (?=\S)")
# "AFP Beijing", "Press Trust of India | New Delhi" and "Beijing, AFP", on a line of their own
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
DATELINE_ALONE = (
    re.compile(rf"(?P<agency>{_AGENCY})[ ,|/–—-]+(?P<place>{PLACE})"),
    re.compile(rf"(?P<place>{PLACE}) ?[,|/–—-] ?(?P<agency>{_AGENCY})"),
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


def iso_day(match: re.Match) -> str:
    """The day that a match of `DATE` means, or "" if it is not in the calendar."""
    year = match["y"] or match["y2"] or match["y3"]
    month = MONTHS.get((match["m"] or match["m2"] or "").lower()) or int(match["m3"])
    try:
        return date(int(year), month, int(match["d"] or match["d2"] or match["d3"])).isoformat()
    except ValueError:
        return ""


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
DATE_LINE_OF_CHANGE = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
# Digits in the name of a picture's file: 062017 is a month, 06202017 a day, written the American way.
PICTURE_DATE = re.compile(
    rf"[-_](?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})?(?P<y>{_YEAR})[\w-]*\.(?:jpe?g|png|gif|webp)\b", re.IGNORECASE
)

# Bylines and credits
BYLINE = re.compile(rf"[Bb][Yy]:? (?P<byline>{NAMES})(?:,? (?:in|for|at) .{{2,60}})?")
REPORTED_BY = re.compile(rf"[Rr]eported by (?P<byline>{NAMES}) for (?P<agency>[^.;]{{2,80}})[.;]?")
REPORTING_BY = re.compile(rf"\(?[Rr]eporting by (?P<byline>{NAMES})\b")
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
OUTLET_WORD = re.compile(
    r"\b(?:service|news|agency|times|post|radio|television|tv|press|daily|herald|tribune|journal|media)\b",
    re.IGNORECASE,
)

# Outlets whose names say nothing of the sort, as titles of pages have them after a dash.
KNOWN_OUTLETS = name_set(
    """BBC|BBC News|CNN|Al Jazeera|The Guardian|The Economist|The Independent|The Diplomat|The Atlantic|The Hill
    |Le Monde|Le Figaro|El País|Der Spiegel|Die Zeit|Deutsche Welle|DW|NPR|PBS|Politico|POLITICO|Axios|Vox|Forbes
    |Newsweek|Time|Meduza|Медуза|RFE/RL|Radio Free Europe/Radio Liberty|Eurasianet|Global Voices|Novaya Gazeta
    |Коммерсантъ|Ведомости|Euronews|Haaretz|The Hindu|Dawn|France 24|Amnesty International|Human Rights Watch"""
)
DOMAIN = re.compile(
    r"(?:[\w-]{2,40}\.){1,3}(?:com|org|net|info|news|tv|co|uk|ru|kz|de|fr|eu|int|gov|io|in)", re.IGNORECASE
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

"""English words about names: lists, one a file, and what tells bodies, countries and roles."""

import re

PHRASES = [
    (re.compile(pattern, re.IGNORECASE), by)
    for pattern, by in (
        (r"\bpeople['’]?s republic of china\b", "china"),
        (r"\brepublic of china\b", "taiwan"),
        (r"\brussian federation\b", "russia"),
        (r"\bsouth korean?s?\b|\brepublic of korea\b", "southkorea"),
        (r"\bnorth korean?s?\b|\bdemocratic people['’]?s republic of korea\b", "northkorea"),
        (r"\bdemocratic republic of (?:the )?congo\b|\bdr congo\b", "drcongo"),
        (r"\bsaudi arabian?\b", "saudiarabia"),
        (r"\bunited arab emirates\b", "uae"),
        (r"\bsouth africans?\b|\bsouth africa\b", "southafrica"),
        (r"\bsouth sudan(?:ese)?\b", "southsudan"),
        (r"\bsri lankan?\b", "srilanka"),
        (r"\bnew zealand(?:ers?)?\b", "newzealand"),
        (r"\bhong kong\b", "hongkong"),
        (r"\bel salvador\b", "elsalvador"),
        (r"\bcosta rican?\b", "costarica"),
        (r"\bczech republic\b", "czechia"),
        (r"\bunited states(?: of america)?\b|\bu\.s\.(?:a\.)?|\bus\b", "usa"),
        (r"\bunited kingdom\b|\bgreat britain\b|\bu\.k\.|\buk\b", "uk"),
        (r"\bunited nations(?: organi[sz]ation)?\b|\bu\.?n\.?o?\.?\b", "un"),
        (r"\beuropean union\b|\be\.?u\.?\b", "eu"),
        (r"\bforeign affairs\b|\bexternal affairs\b|\bforeign office\b|\bforeign relations\b", "foreign"),
        (r"\bstate department\b|\bdepartment of state\b", "state-department"),
        (r"\binternal affairs\b|\bhome affairs\b|\bhome office\b", "interior"),
        (r"\bdefence\b", "defense"),
        (r"\blabour\b", "labor"),
        (r"\bministries\b|\bministers?\b", "ministry"),
        (r"\bdept\b\.?", "department"),
        (r"\buniv\b\.?", "university"),
        (r"\bassn\b\.?|\bassoc\b\.?", "association"),
        (r"\bintl\b\.?|\bint['’]l\b", "international"),
        (r"\bgovt\b\.?|\bgov['’]t\b", "government"),
        (r"\bbros\b\.?", "brothers"),
        (r"\bst\b\.?(?= )", "saint"),
        (r"\bcentre\b", "center"),
        (r"\btheatre\b", "theater"),
        (r"\borganisation\b", "organization"),
        (r"\bauthorities\b", "authority"),
        (r"\b(?:the )?(?:\w+ic )?republic of (?:the )?(?=[a-z])", ""),
        (r"['’]s\b", ""),
    )
]
# What makes a name that of a body, an outlet or a group: stems of words, and whole words.
BODY = (
    r"(?:ministr|ministerio|governement|authorit|organi[sz]ation|corporation|incorporated|universit|broadcasting)\w*|"
    r"(?:government|committee|council|commission|panel|office|department|bureau|administration|court|police|parliament|"
    r"congress|senate|union|association|group|centre|center|institute|college|school|foundation|league|army|forces|"
    r"federation|front|movement|network|news|times|post|press|radio|television|service|nations|watch|bank|fund|board|"
    r"alliance|tribunal|mission|inc|ltd|llc|gmbh|plc|jsc|limited|holdings?|industries|airlines|airways|motors|hospital|"
    r"academics|scholars|protesters|residents|sources|women|kazakhs|demonstrators|foreign affairs|trust|brigade|"
    r"militia|church|team|club|coalition|initiative|laborator(?:y|ies)|labs|systems|technologies|partners|capital|clinic|international|university|station)"
    r"(?:e?s)?\b|(?:part|agenc|compan|embass|assembl|academ|societ|republic|facult|ministr|secur|dail)(?:y|ies|c)?\b"
)
SUFFIXES = {
    "jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr", "ii": "ii", "2nd": "ii",
    "iii": "iii", "3rd": "iii", "iv": "iv",
}  # fmt: skip
CAPITALIZED_LEGAL_FORMS = frozenset(("inc", "co"))
ENDING_OF_PEOPLES = "ian"
DEGREES = frozenset(("phd", "md", "esq", "mp", "qc", "kc", "obe", "cbe", "mbe", "msc", "mba", "ret", "ph.d", "m.d"))
SAINT = {"st": "saint"}
ROLE = re.compile(r"^(?:the|a|an|one|another|some|his|her|their|its|[a-z])[\w’'-]*\b")
ROLE_IN_CAPITALS = ("The ", "One ")  # at the beginning of a sentence
ROLE_WORDS = frozenset(("region", "province", "country", "former", "then"))  # that tell no role from another
ROLE_PLACES = frozenset(("china", "kazakhstan", "russia", "un"))
MEN, WOMEN = frozenset(("mr", "sir", "lord", "king", "prince")), frozenset((
    "mrs", "ms", "miss", "dame", "lady", "queen", "princess", "baroness", "duchess", "countess",
))  # fmt: skip
BETWEEN_TITLE_AND_NAME = ("of", "for")
ARTICLE = "[Tt]he"
# Words for kinds of office, which stand before or behind what they are for without another meaning.
OFFICES = frozenset((
    "ministry", "department", "agency", "committee", "commission", "council", "office", "bureau", "court", "panel",
    "police", "army", "embassy", "parliament", "government", "state-department",
))  # fmt: skip

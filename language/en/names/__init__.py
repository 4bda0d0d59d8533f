"""English words about names: lists, one a file, and what tells bodies, countries and roles."""

import re

COUNTRIES = {
    "china": "chinese prc beijing's", "kazakhstan": "kazakh kazakhstani kazakhstan's", "russia": "russian",
    "uzbekistan": "uzbek", "kyrgyzstan": "kyrgyz kirgiz kyrgyzstan's", "tajikistan": "tajik", "turkmenistan": "turkmen",
    "turkey": "turkish turkiye", "usa": "us u.s american america", "uk": "british britain", "france": "french",
    "germany": "german", "japan": "japanese", "india": "indian", "ukraine": "ukrainian", "iran": "iranian",
    "israel": "israeli", "egypt": "egyptian", "poland": "polish", "italy": "italian", "spain": "spanish",
    "korea": "korean",
    "belarus": "belarusian byelorussia", "pakistan": "pakistani", "afghanistan": "afghan", "mongolia": "mongolian",
    "georgia": "georgian", "armenia": "armenian", "azerbaijan": "azerbaijani azeri", "syria": "syrian", "iraq": "iraqi",
    "canada": "canadian", "australia": "australian", "netherlands": "dutch", "sweden": "swedish", "norway": "norwegian",
}  # fmt: skip
PHRASES = [
    (re.compile(pattern, re.IGNORECASE), by)
    for pattern, by in (
        (r"\bpeople['’]?s republic of china\b", "china"),
        (r"\bunited states(?: of america)?\b|\bu\.s\.(?:a\.)?|\bus\b", "usa"),
        (r"\bunited kingdom\b|\bgreat britain\b", "uk"),
        (r"\bunited nations\b|\bu\.?n\.?\b", "un"),
        (r"\beuropean union\b|\be\.?u\.?\b", "eu"),
        (r"\bforeign affairs\b|\bexternal affairs\b|\bforeign office\b", "foreign"),
        (r"\binternal affairs\b|\bhome affairs\b", "interior"),
        (r"\bdefence\b", "defense"),
        (r"\bministries\b|\bministers?\b", "ministry"),
        (r"\bcentre\b", "center"),
        (r"\borganisation\b", "organization"),
        (r"\bauthorities\b", "authority"),
        (r"['’]s\b", ""),
    )
]
# Words and stems with which a name is that of a body, an outlet or a group.
BODY = (
    r"ministr|ministerio|government|governement|party|committee|council|commission|agency|panel|office|department|"
    r"bureau|administration|court|police|authorit|parliament|congress|senate|union|association|organi[sz]ation|group|"
    r"centre|center|institute|university|company|corporation|foundation|league|army|forces|embassy|assembly|academy|"
    r"federation|front|movement|network|news|times|post|press|radio|television|service|society|republic|nations|watch|"
    r"bank|fund|board|alliance|tribunal|mission|inc|ltd|academics|scholars|protesters|residents|sources|women|kazakhs|"
    r"demonstrators|foreign affairs"
)
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "junior", "senior", "phd", "md", "esq"))
ROLE = re.compile(r"^(?:the|a|an|one|another|some|his|her|their|its|[a-z])[\w’'-]*\b")
ROLE_IN_CAPITALS = ("The ", "One ")  # at the beginning of a sentence
ROLE_WORDS = frozenset(("region", "province", "country", "former", "then"))  # that tell no role from another
ROLE_PLACES = frozenset(("china", "kazakhstan", "russia", "un"))
BETWEEN_TITLE_AND_NAME = ("of", "for")
ARTICLE = "[Tt]he"

"""What a text says about itself: headline, dateline, credit, byline, language, date, outlet, each with its line."""

import re
import unicodedata
from collections import Counter

from .agency_lines import agency_proposals
from .article_reading import Line, Proposal
from .metadata_words import ROLE
from .patterns import (
    AGENCIES,
    BYLINE,
    CREDIT_IN_LEAD,
    CREDITS,
    DATE,
    DATE_LINE,
    DATE_LINE_OF_CHANGE,
    DATELINE,
    DATELINE_ALONE,
    DATELINE_COLON,
    DOMAIN,
    KNOWN_OUTLETS,
    MORE_BY_AUTHOR,
    NAME,
    NAMED_OUTLETS,
    OUTLET_IN_NOTE,
    OUTLET_WORD,
    PICTURE_DATE,
    REPORTED_BY,
    REPORTING_BY,
    iso_day,
)
from .posts import post_proposals

# What tells of an article from beside it: in a saved page, whose fields mean what they say, never surely.
BESIDE_THE_TEXT = ("“more articles from …”", "name beside the author note")
DATE_LINE_RULE = "date line of the page"
MAX_SENTENCE_WORDS = 16  # of a first line that ends like a sentence and may be a headline nevertheless
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]* (?=[^\W\d_])(?<![A-Z]\. )")  # within a line; no initials


def dateline_of(line: Line) -> re.Match | None:
    """The dateline that `line` opens with or consists of. A bare place before a dash must be in capitals."""
    alone = next(filter(None, (pattern.fullmatch(line.start) for pattern in DATELINE_ALONE)), None)
    if alone or not line.is_paragraph:
        return None if line.start[:3].lower() == "by " else alone
    match = DATELINE.match(line.start[:200])
    if match is None or match["place"] in AGENCIES:
        return None
    if (match["agency"] or match["place"].split(",")[0].isupper()) and match["place"][0].isupper():
        return match
    return None


def propose_fields(kept: list[Line], headline: Line | None, removed: list[tuple[Line, str]]) -> list[Proposal]:
    """What the lines of an article and those removed from it say about it, the surest first for each field."""
    found: list[Proposal] = []
    if headline:
        found += headline_and_outlet(headline, removed)
    else:
        found.append(_headline_or_paragraph(kept))
    body = [line for line in kept if line is not headline]
    found += _datelines(body)
    found += post_proposals(kept)
    found += agency_proposals(body)
    found += _credits(body)
    found += _bylines(body, removed)
    found += publication_dates(removed)
    found += _outlets(found, removed)
    if language := language_of("\n".join(line.text for line in kept)):
        found.append(Proposal("language", language, 0, "letters and frequent words of the text"))
    return found


def _headline_or_paragraph(kept: list[Line]) -> Proposal:
    """The first line where it is one short sentence above longer ones, which only an editor can tell; else none."""
    first = kept[0] if kept else None
    if first and first.words <= MAX_SENTENCE_WORDS and not dateline_of(first) and not SENTENCE_END.search(first.start):
        following = next((line for line in kept[1:] if line.is_paragraph), None)
        if following and following.words > first.words:
            return Proposal("headline", first.text, first.number, "the first line, a short sentence", sure=False)
    number = first.number if first else 0
    return Proposal("headline", "", number, "no headline: the text begins with its first paragraph")


def headline_and_outlet(headline: Line, removed: list[tuple[Line, str]]) -> list[Proposal]:
    """The headline, without the name of the site that a page's title has after it, and that name."""
    words, names = split_title(headline.text, " ".join(line.text for line, _ in removed))
    found = [Proposal("headline", words, headline.number, "the first line, above the text")]
    if names:
        found.append(Proposal("outlet", names[-1], headline.number, "name after the headline", sure=False))
    return found


def split_title(title: str, beside: str = "") -> tuple[str, list[str]]:
    """("Pier shut", ["Ships", "Selby Courier"]) of “Pier shut | Ships | Selby Courier”; what follows a dash is split
    off where it is known, or stands in the text `beside`, or is called as outlets are.
    """
    first, *others = re.split(r"\s+[|·»›]\s+", title)
    if others and len(first.split()) >= 3 and all(_is_name_of_outlet(other) for other in others):
        return first, others
    match = re.fullmatch(r"(?P<words>.+\S) (?:[—–-]|--) (?P<name>\S.{1,50})", title)
    if match and len(match["words"].split()) >= 3 and _is_name_of_outlet(match["name"]):
        name = match["name"]
        words = set(re.findall(r"\w+", name))
        is_called_so = OUTLET_WORD.search(name) is not None and len(words) >= 2
        if name in KNOWN_OUTLETS or name in AGENCIES or is_called_so or name in beside or DOMAIN.fullmatch(name):
            return match["words"], [name]
    return title, []


def _is_name_of_outlet(words: str) -> bool:
    parts = [part for part in words.split() if part.lower() not in ("of", "the", "and", "de", "la", "le", "for")]
    return (
        len(words.split()) <= 6
        and bool(parts)
        and all(not part[0].islower() or DOMAIN.fullmatch(part) is not None for part in parts)
    )


def _datelines(body: list[Line]) -> list[Proposal]:
    found = []
    paragraphs = 0
    for line in body[:6]:
        if match := dateline_of(line):
            alone = match.end() == len(line.text)
            printed = line.text if alone else match["dateline"].strip()
            found.append(Proposal("dateline", printed, line.number, "place before the text"))
            agency = (match["agency"] or "").strip()
            if agency in AGENCIES:
                found.append(Proposal("credited_agency", agency, line.number, "agency in the dateline"))
            elif agency:
                found.append(Proposal("outlet", agency, line.number, "letters in brackets in the dateline", sure=False))
            return found
        paragraphs += line.is_paragraph
        colon = DATELINE_COLON.match(line.start[:120])
        if paragraphs == 1 and line.is_paragraph and line.words >= 20 and colon and len(colon["place"]) <= 30:
            return [Proposal("dateline", colon["dateline"], line.number, "place and colon before the text")]
    return found


def _credits(body: list[Line]) -> list[Proposal]:
    found = []
    for line in [*body[:1], *body[-8:]]:
        for pattern in CREDITS:
            if line.words <= 30 and (match := pattern.match(line.start)):
                found.append(Proposal("credited_agency", _trim_name(match["agency"]), line.number, "credit line"))
        if match := REPORTED_BY.match(line.start):
            agency = _trim_name(match["agency"])
            found.append(Proposal("credited_agency", agency, line.number, "“reported by … for …”"))
            found.append(Proposal("outlet", re.split(r"['’]s\b", agency)[0], line.number, "“reported by … for …”"))
    for line in [paragraph for paragraph in body if paragraph.is_paragraph][:2]:
        match = CREDIT_IN_LEAD.search(line.text[-160:])
        if match and (match["agency"] in AGENCIES or "/" in match["agency"] or OUTLET_WORD.search(match["agency"])):
            found.append(Proposal("credited_agency", match["agency"], line.number, "reported by, in the opening"))
    return found


def without_agency(people: str) -> str:
    """The names of a byline without the agency after them."""
    parts = re.split(r", | of (?:the )?", people, flags=re.IGNORECASE)
    kept = [part for part in parts if part.removeprefix("The ").removeprefix("the ") not in AGENCIES]
    return people if len(kept) == len(parts) else ", ".join(kept)


def _bylines(body: list[Line], removed: list[tuple[Line, str]]) -> list[Proposal]:
    found = [
        Proposal("byline", people, line.number, "line that begins with “by”")
        for line in body[:5]
        if not line.is_paragraph and line.words <= 14 and (match := BYLINE.fullmatch(line.start))
        if (people := without_agency(people_in(match["byline"]))) and people.removesuffix(" Staff") not in AGENCIES
    ]
    found += [
        Proposal("byline", match["byline"], line.number, "“reported by …”")
        for line in body[-5:]
        if (match := REPORTED_BY.match(line.start) or REPORTING_BY.match(line.start))
    ]
    for line, kind in removed:
        if (match := MORE_BY_AUTHOR.match(line.start)) and NAME.fullmatch(match["name"].strip()):
            found.append(Proposal("byline", match["name"].strip(), line.number, BESIDE_THE_TEXT[0]))
        elif kind == "author note" and 2 <= line.words <= 4 and NAME.fullmatch(line.start):
            found.append(Proposal("byline", line.text, line.number, BESIDE_THE_TEXT[1]))
    return found


def people_in(byline: str) -> str:
    """The names of a byline without the place or the role after them: parts of one word after a comma, and roles."""
    first, *others = byline.split(", ")
    people = [part for part in others if " " in part.strip() and not ROLE.search(part)]
    return ", ".join([first, *people])


def publication_dates(removed: list[tuple[Line, str]]) -> list[Proposal]:
    """The days of publication that the lines taken out of an article tell, the surest first."""
    lines = sorted((line for line, kind in removed if kind == "date"), key=lambda line: not _is_publication_line(line))
    lines_by_number = {line.number: line for line in lines}
    found = [
        Proposal("published", value, line.number, DATE_LINE_RULE, sure=_is_publication_line(line))
        for line in lines
        if (match := DATE.search(line.start)) and (value := iso_day(match))
    ]
    if len(found) == 1 and not DATE_LINE_OF_CHANGE.match(lines_by_number[found[0].line].start):
        found = [Proposal("published", found[0].value, found[0].line, found[0].rule)]
    for line, _ in removed:
        if (match := PICTURE_DATE.search(line.start)) and 1 <= int(match["m"]) <= 12:
            value = f"{match['y']}-{match['m']}~"
            found.append(Proposal("published", value, line.number, "digits in the name of the picture", sure=False))
    return found


def _is_publication_line(line: Line) -> bool:
    match = DATE_LINE.match(line.start)
    return bool(match and match["first"])


def _outlets(found: list[Proposal], removed: list[tuple[Line, str]]) -> list[Proposal]:
    """Names of the outlet; those that two places of the text agree on are sure."""
    named = []
    for line, kind in removed:
        if kind == "site name":
            named.append(Proposal("outlet", line.text, line.number, "site name above the headline", sure=False))
        if kind == "author note" and (match := OUTLET_IN_NOTE.search(line.start)):
            named.append(
                Proposal("outlet", _trim_name(match["outlet"]), line.number, "note about the author", sure=False)
            )
        for pattern, rule in NAMED_OUTLETS:
            match = pattern.search(line.start) if kind in ("disclaimer", "navigation") else None
            if match:
                named.append(Proposal("outlet", _trim_name(match["outlet"]), line.number, rule))
    letters = {proposal.value for proposal in found if proposal.field == "outlet"}
    words = " ".join(line.text for line, _ in removed)
    agreed = [
        Proposal(p.field, p.value, p.line, p.rule, p.sure or initials(p.value) in letters or words.count(p.value) > 1)
        for p in named[:20]
    ]
    return sorted(agreed, key=lambda proposal: not proposal.sure)


def initials(name: str) -> str:
    """The first letters of the words of a name, as outlets shorten themselves: The Times of Central Asia is TCA."""
    words = re.findall(r"[^\W\d_][\w'’]*", name)
    return "".join(word[0] for word in words if word[0].isupper() and word.lower() != "the").upper()


def _trim_name(name: str) -> str:
    return name.strip().rstrip(".,;)").strip()


# The language.

# The ten or so most frequent words, which no text of a hundred words can do without.
FREQUENT_WORDS = {
    "en": "the of and to in a that is was for on with as by has",
    "de": "der die und in den von zu das mit sich des auf ist nicht ein",
    "fr": "le la les de des et du en un une que est dans pour qui",
    "es": "el la los de y en que un una por con las del se para",
    "pt": "o a os de e em que um uma por com da do não para",
    "it": "il la di e che in un una per con del della non sono gli",
    "nl": "de het een van en in is dat op te voor met zijn niet aan",
    "pl": "i w na z że się do nie jest o to od po jak przez",
    "tr": "ve bir bu da de için ile olarak daha çok olan gibi kadar sonra ise",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak akan oleh ke sebagai",
    "uz-Latn": "va bu bilan uchun ham bir edi deb bo'yicha haqida esa o'z qilish kerak mumkin",
    "ru": "и в не на что с по как из о за от для это его",
    "uk": "і в не на що з до та у про за від для як це",
    "kk-Cyrl": "және мен бұл деп үшін бір да осы бойынша туралы еді болды деген ол бар",
    "ky-Cyrl": "жана бул менен деп үчүн бир да боюнча тууралуу эле болгон ал бар үчүн кыргыз",
    "ar": "في من على إلى أن عن التي الذي مع هذا هذه ما لا بعد كان",
    "fa": "و در به از که این را با است برای آن یک شد می های",
    "ug-Arab": "ۋە بۇ بىلەن ئۈچۈن بىر دەپ ئۇ قىلغان ئۇيغۇر بولغان ھەم نى نىڭ دا ئىدى",
}
_FREQUENT_WORD_SETS = {tag: frozenset(words.split()) for tag, words in FREQUENT_WORDS.items()}

# Letters that only one of the languages with the same script has.
_DISTINCTIVE_LETTERS = {
    "kk-Cyrl": "әғқңөұүһі",
    "ky-Cyrl": "ңөү",
    "uk": "їєґі",
    "ug-Arab": "ۇۆۈۋېەڭ",
    "fa": "پچژگ",
}
_SIMPLIFIED_CHARACTERS = "们国这来时说为个发对会过还没与东门问间们区华员单卫厅压县"
_TRADITIONAL_CHARACTERS = "們國這來時說為個發對會過還沒與東門問間們區華員單衛廳壓縣"
MIN_LANGUAGE_SHARE = 0.08  # of all words; running text of these languages has 0.15 to 0.4


def language_of(text: str) -> str:
    """A BCP 47 tag such as en, kk-Cyrl, ug-Arab or zh-Hans, or "" if the text is too short or of another language."""
    text = text[:20_000]
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    if not scripts or sum(scripts.values()) < 20:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * sum(scripts.values()):
        return "ja"
    script = scripts.most_common(1)[0][0]
    if script == "HANGUL":
        return "ko"
    if script == "CJK":
        simple, full = (
            sum(c in letters for c in text) for letters in (_SIMPLIFIED_CHARACTERS, _TRADITIONAL_CHARACTERS)
        )
        return "zh" if simple == full else ("zh-Hans" if simple > full else "zh-Hant")
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower().replace("’", "'").replace("ʻ", "'"))
    shares = {
        tag: sum(word in frequent for word in words) / len(words) for tag, frequent in _FREQUENT_WORD_SETS.items()
    }
    for tag, letters in _DISTINCTIVE_LETTERS.items():
        shares[tag] += 2 * sum(c in letters for c in text) / len(text)
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= MIN_LANGUAGE_SHARE else ""

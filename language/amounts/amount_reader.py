"""All amounts of a text, in its order, each with its bounds, unit and what it counts."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ..windows import Place, occurrences, small_letters, windows_around
from .numbers import FRACTIONS, NUMBER, PLURALS, SCALES, SMALL, TENS, Number, value_of
from .units import CURRENCIES, UNIT, UNITS, counted_after, unit_for

MODIFIERS = {
    "estimated": "an estimated|estimated|an estimate of|estimates of|by one estimate",
    "at least": "at least|more than|over|no fewer than|no less than|not less than|upwards? of|in excess of|a minimum of"
    "|well over|well more than|exceeding|above|greater than|at the very least|minimum",
    "up to": "up to|as many as|as much as|at most|no more than|not more than|fewer than|less than|under|below"
    "|a maximum of|maximum|just under",
    "about": "about|around|roughly|approximately|approx\\.|some|nearly|almost|close to|an average of|on average"
    "|in the region of|something like|circa|c\\.|~|≈|perhaps|possibly|nearer|just over|a little over",
}
_OF = {phrase.replace("\\", ""): kind for kind, phrases in MODIFIERS.items() for phrase in phrases.split("|")}
_OF |= {"upward of": "at least", "upwards of": "at least"}
_phrases = "|".join(sorted((p for ps in MODIFIERS.values() for p in ps.split("|")), key=len, reverse=True))
_MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_RANGE = r"\s?[-–—]\s?|\sto\s|\sand\s|\sor\s"
_PERCENT = r"\s?%|\s(?:percent|per\scent|pct)\b"
AMOUNT = re.compile(
    rf"(?<![\w#§/.:-])(?<!\b[Nn]o\.\s)(?:(?P<between>(?i:between|from|anywhere\sfrom|anywhere\sbetween)\s)|"
    rf"(?P<modifier>(?i:{_phrases})\s?(?:(?i:another|an additional|the|a further|additional|a total of)\s)?"
    rf"(?:(?i:{_phrases})\s)?)(?<=[\s~≈])|(?i:a total of|another|an additional|a further)\s)?"
    rf"(?:(?P<money>{_MONEY})\s?)?(?P<n>{NUMBER})(?P<p1>{_PERCENT})?"
    rf"(?:(?P<range>{_RANGE})(?:(?:{_MONEY})\s?)?(?P<n2>{NUMBER}))?(?P<p2>{_PERCENT})?(?!(?!km|kg|m²|ha\b|cm|mm|MW|GW|kW)[\w/]|[.,:][0-9])"
    r"(?P<after>\s(?:or\sso|or\smore|or\sless|and\smore|or\sfewer|and\scounting|plus)\b|\+|-odd\b)?"
)
SHARE = re.compile(
    r"(?<![\w-])(?P<modifier>(?i:"
    + _phrases
    + r")\s)?(?:(?P<one>(?i:one|two|three|four|five|six|seven|eight|nine|[0-9]"
    r"{1,3}))\s(?:in(?:\severy)?|out\sof(?:\severy)?)\s(?P<of>(?i:two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"twenty|fifty|a\shundred|[0-9]{1,4}))(?![\w,.]*[0-9])"
    r"|(?P<top>(?i:an?|one|two|three|four|five|seven|nine))[\s-](?P<bottom>(?i:half|thirds?|quarters?|fourths?|fifths?|"
    r"sixths?|sevenths?|eighths?|ninths?|tenths?))\b(?=\sof\b|-)|(?P<half>(?i:half))\s(?:of\s|(?:the|its|their|his|all)\s))"
    r"(?![\w-]*\w-)"
)
VAGUE = re.compile(
    r"(?<![\w-])(?P<modifier>(?i:" + _phrases + r"|many|several|a few|countless|untold)\s)?"
    r"(?P<word>(?i:tens of thousands|hundreds of thousands|tens of millions|hundreds of millions|thousands of millions"
    r"|dozens|scores|hundreds|thousands|millions|billions"
    r"|(?:several|a few|many)\s(?:dozen|hundred|thousand|million)))\b"
    r"(?=\s|[^\w\s-]|$)"
)
# What a number is when it is none that is counted.
_YEAR = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})")
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
_PHONE = re.compile(r"[\s()-]{0,2}[0-9]{2,}[\s()-]{0,2}")


@dataclass(frozen=True)
class AmountInWords:
    """A figure in a text: `words` == text[start:end] from its modifier to what it counts.

    `amount`, `lower`, `upper`, `modifier`, `unit` and `counted` are those of `Claim`. What is not `sure` is to be
    confirmed by an editor.
    """

    start: int
    end: int
    words: str
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    modifier: str
    unit: str
    counted: str
    why: str
    sure: bool


def read_amounts(text: str) -> list[AmountInWords]:
    """Every amount that `text` tells, in its order, none overlapping another; linear in the length of the text.

    Years, ages, days of a month, times of day, telephone numbers and the numbers of articles, rooms and the like are
    left out, and "one" or "two" before what is pointed at ("one of the women", "the two sides").
    """
    found, end = [], 0
    hits = list(matches(text))
    # Of what only looks like a range ("5 and 7") the second number stands by itself.
    ends = (AMOUNT.match(text, hit.end("range")) for read, hit in hits if read is number and hit["range"])
    hits += [(number, hit) for hit in ends if hit]
    for read, match in sorted(hits, key=lambda hit: (hit[1].start(), -hit[1].end())):
        if match.start() < end:
            continue
        one = read(text, match)
        if one is not None:
            found.append(one)
            end = one.end
    return found


def matches(text: str):
    """(function, match) of all rules, tried only around the signs of numbers."""
    windows = windows_around(text, signs(text), before=_BEFORE_IT, after=_AFTER_IT)
    for pattern, kind in _KINDS:
        for start, end in windows:
            for match in pattern.finditer(text, start, end):
                yield kind, match


def signs(text: str) -> list[Place]:
    """The places of digits and of words that begin a number or a share, in their order."""
    words = (
        place for place in occurrences(small_letters(text), _SIGNS) if not (place[0] and text[place[0] - 1].isalnum())
    )
    return sorted((*(match.span() for match in _DIGITS.finditer(text)), *words))


def number(text: str, match) -> AmountInWords | None:
    """Digits or number words, with modifier, range, percent sign, currency, unit."""
    first = value_of(match["n"])
    second = value_of(match["n2"]) if match["n2"] else None
    if first is None or (match["n2"] and second is None) or first.value >= 10**16:
        return None
    end = match.end()
    if match["range"] and not ranges(match, first, second):
        # "in 1996 and 12 others": read the first alone, the second comes by itself
        return number(text, AMOUNT.match(text, match.start(), match.end("n"))) if match["n2"] else None
    money, percent = match["money"], bool(match["p1"] or match["p2"])
    if not money and not percent and is_no_amount(text, match):
        return None
    unit, counted, end = unit_and_counted(text, match, money, percent)
    if not counted and not unit and (first.value < 13 or not match["n"][0].isdigit()) and not modifier_of(match):
        return None  # "the two sides", "one", a bare small number: nothing is counted
    if pointed_at(text, match):
        return None
    return bounded(text, match, first, second, unit, counted, end)


def bounded(text, match, first: Number, second: Number | None, unit, counted, end) -> AmountInWords:
    """The amount with the bounds that its modifier or range sets."""
    modifier = modifier_of(match)
    late = match["after"] or ""
    if not late and (behind := _OR_MORE.match(text, end)):
        late, end = behind[0], behind.end()
    after = late.strip().lower()
    modifier = {"or more": "at least", "and more": "at least", "and counting": "at least", "plus": "at least",
                "+": "at least", "or less": "up to", "or fewer": "up to", "or so": "about", "-odd": "about"}.get(
        after, modifier
    )  # fmt: skip
    sure, why = first.sure and (second is None or second.sure), []
    if not sure:
        why.append("the separators can be read in two ways")
    amount, lower, upper = first.value, None, None
    if second is not None:
        low, high = first.value, second.value
        if low < 1000 and scale_only_after(match):
            low *= scale_of(match["n2"])
        amount, lower, upper = None, low, high
        modifier = "" if modifier in ("up to", "at least") else modifier
        why.append("from … to …")
    elif modifier == "at least":
        lower = amount
        why.append(f"“{match['modifier'].strip() if match['modifier'] else after}”: a lower bound")
    elif modifier == "up to":
        upper = amount
        why.append(f"“{match['modifier'].strip() if match['modifier'] else after}”: an upper bound")
    elif first.round and not modifier:
        modifier = "about"
        why.append("a round number")
    else:
        why.append(f"“{match['modifier'].strip()}”" if match["modifier"] else "the number as printed")
    if not unit:
        sure = False
        why.append("what is counted is not clear")
    start, stop = match.start(), max(end, match.end())
    return AmountInWords(
        start, stop, text[start:stop], amount, lower, upper, modifier, unit, counted, "; ".join(why), sure
    )


def modifier_of(match) -> str:
    """The Claim's word for the modifier before the number; "at least" and "up to" win over "an estimated"."""
    words = match["modifier"]
    if not words:
        return ""
    kinds = [_OF[p.lower()] for p in re.findall(_phrases, words, re.IGNORECASE) if p.lower() in _OF]
    return next((kind for kind in kinds if kind in ("at least", "up to")), kinds[0] if kinds else "")


def scale_only_after(match) -> bool:
    """Whether the second number has a scale that the first leaves out: “1 to 2 million”."""
    return bool(_SCALE.search(match["n2"])) and not _SCALE.search(match["n"])


def scale_of(printed: str) -> Decimal:
    words = printed.split()
    number = value_of(printed)
    first = value_of(words[0]) if words else None
    return number.value / first.value if number and first and first.value else Decimal(1)


def ranges(match, first: Number, second: Number) -> bool:
    """Whether two numbers are the ends of one range: “between” or “from” with its own joint, or a dash or “to”."""
    opening = (match["between"] or "").strip().lower()
    if match["range"].strip() == "and" and (not opening or opening.endswith("from")):
        return False
    low = first.value * (scale_of(match["n2"]) if scale_only_after(match) and first.value < 1000 else 1)
    return low < second.value


def is_no_amount(text: str, match) -> bool:
    """Whether the number is a year, an age, a day, a time, a telephone number or the number of something."""
    before, after = text[max(0, match.start() - 16) : match.start("n")], text[match.end() : match.end() + 24]
    printed, bare = match["n"], not match["modifier"]
    year = _YEAR.fullmatch(printed)
    if bare and _BEFORE.search(before):
        preposition = _YEAR_BEFORE.search(before)
        if not preposition or (year and not re.match(r"\s[a-z]+s\b", after)):
            return True
    return bool(
        (year and bare and (match["range"] or not counted_after(text, match.end())[2]))
        or (_TURNS.search(before) and len(printed) < 4 and _TURNS_AFTER.match(after))
        or (not match["after"] and (_AFTER.match(after) or _AFTER.match(text[match.end("n") : match.end("n") + 24])))
        or (_AGE.search(before) and _AGE_AFTER.match(after))
        or (printed.isdigit() and (_PHONE.match(after) or printed.startswith("0") or len(printed) > 9))
    )


def pointed_at(text: str, match) -> bool:
    """“the two sides”, “these three men”, “one former guard”: a small number word that points, and counts nothing."""
    if match["modifier"] or match["range"]:
        return False
    word, before = match["n"].lower(), text[max(0, match.start() - 8) : match.start()].lower()
    return word in ("one", "a", "an", "zero") or (
        word in SMALL and bool(re.search(r"\b(?:the|these|those|both|his|her|its|their|our|my)\s$", before))
    )


def unit_and_counted(text: str, match, money: str, percent: bool) -> tuple[str, str, int]:
    """(unit, what is counted, where it ends) after a number."""
    end = match.end()
    if money:
        return CURRENCIES[money] or money, "", end
    unit = None if percent else _UNIT.match(text, end)
    if unit or percent:
        end = unit.end() if unit else end
        of = _HAS_OF.match(text, end)
        stop, counted, _ = counted_after(text, of.end() - 1) if of else (end, "", "")
        name = UNITS[re.sub(r"\s+", " ", unit["unit"].lower())] if unit else "%"
        return name, counted, max(stop, end)
    stop, counted, head = counted_after(text, end)
    return unit_for(head), counted, max(end, stop)


_SCALE = re.compile(rf"(?<![a-z])(?:{'|'.join(SCALES)})\b", re.IGNORECASE)
_OR_MORE = re.compile(r"\sor\s(?:more|fewer|less|so)\b")
_HAS_OF = re.compile(r"\sof\s")
_UNIT = re.compile(rf"[\s\u00a0-]?(?:more\s)?(?P<unit>(?i:{UNIT}))(?![\w-])")


def share(text: str, match) -> AmountInWords | None:
    """“one in six”, “two thirds of”, “half of”: a share as a percentage."""
    if match["one"]:
        top, bottom = value_of(match["one"]).value, value_of(match["of"]).value
    elif match["half"]:
        top, bottom = Decimal(1), Decimal(2)
    else:
        top = Decimal(1) if match["top"].lower() in ("a", "an") else value_of(match["top"]).value
        bottom = Decimal(FRACTIONS[match["bottom"].lower().removesuffix("s")])
    if not bottom or top >= bottom:
        return None
    end, of = match.end(), _HAS_OF.match(text, match.end())
    stop, counted, _ = counted_after(text, of.end() - 1 if of else end - 1 if match["half"] else end)
    amount = (100 * top / bottom).quantize(Decimal("0.0001")).normalize()
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount
    modifier, words = modifier_of(match), match[0].strip()
    lower, upper = (amount if modifier == bound else None for bound in ("at least", "up to"))
    stop = max(stop, match.start() + len(words))
    return AmountInWords(
        match.start(), stop, text[match.start() : stop], amount, lower, upper, modifier, "%", counted,
        f"“{words}”: a share, in percent", bool(counted),
    )  # fmt: skip


def vague(text: str, match) -> AmountInWords | None:
    """“hundreds of”, “tens of thousands”: two of the unit at the least, and no amount."""
    modifier = modifier_of(match)
    if modifier == "up to":
        return None  # "up to hundreds" bounds nothing
    words = match["word"].lower()
    lower = Decimal(2)
    for word in re.split(r"\sof\s|\s", words):
        lower *= PLURALS.get(word) or PLURALS.get(f"{word}s", 1)
    stop, counted, head = counted_after(text, match.end())
    unit = UNITS.get(counted.lower()) or unit_for(head)
    return AmountInWords(
        match.start(), max(stop, match.end()), text[match.start() : max(stop, match.end())], None, lower, None,
        "" if modifier == "at least" else modifier, unit, counted, f"“{words}”: at least two of them", bool(unit),
    )  # fmt: skip


_DIGITS = re.compile("[0-9]+")
_SIGNS = (*SMALL, *TENS, *(word for word in SCALES if len(word) > 1), *PLURALS, *FRACTIONS, "dozen", "score")
# More than stands in any rule before and after the number: “anywhere in the region of another”, “percent or more”.
_BEFORE_IT, _AFTER_IT = 64, 48
_KINDS = ((AMOUNT, number), (SHARE, share), (VAGUE, vague))

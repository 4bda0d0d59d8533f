"""Numbers and counted times in Chinese signs, and the parts of years and months."""

import re

from ...dates import calendar_units, counting
from ...dates.resolutions import Resolution
from . import chinese_words as words


def number_of(signs: str) -> int:
    """The number that figures or signs write: 12, 十二, 二十, 二〇一九."""
    if signs.isdecimal():
        return int(signs)
    if not re.search("[十百千]", signs):
        return int("".join(str(words.DIGITS_OF[sign]) for sign in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = words.DIGITS_OF[sign]
    return total + digit


def terms_of(text: str) -> counting.Terms:
    """How many of which unit: 三年, 两个月, 一年半, 半年."""
    term = words.ONE_TERM.search(text)
    if not term:
        return ()
    if term["only"]:
        return ((0.5, "year" if term["only"] == "半年" else "month"),)
    if term["half"]:
        return ((number_of(term["n"]) + 0.5, "year" if term["half"] == "年半" else "month"),)
    return ((float(number_of(term["n2"])), words.UNITS[term["unit"]]),)


def part_of(edtf: str, part: str, why: str, sure: bool = True) -> Resolution | None:
    """A year or month, or the part of it that the signs after it name."""
    if not part:
        return Resolution(edtf, why, sure) if edtf else None
    if part in words.PARTS:
        made = calendar_units.third_or_whole(edtf, words.PARTS[part])
    elif part[0] in words.SEASONS:
        made = Resolution(
            calendar_units.season_of(int(edtf[:4]), words.SEASONS[part[0]]), "of the northern half of the earth"
        )
        sure = sure and part[0] != "冬"
    elif "半年" in part:
        made = calendar_units.nth_unit(1 if part[0] == "上" else 2, 1, "half", edtf)
    else:
        made = calendar_units.nth_unit(number_of(part.lstrip("第")[0].replace("首", "一")), 1, "quarter", edtf)
    return Resolution(made.edtf, made.why, made.sure and sure) if made else None


QUARTER = "第?[一二三四1-4]季度|首季度?|上半年|下半年"
IN_YEAR = rf"{QUARTER}|[春夏秋冬](?:天|季)|春(?!节|節)|夏|秋|冬"

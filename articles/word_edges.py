"""Where words and numbers begin and end: whether a place in a text cuts one of them in two. Pure functions.

"5 people" does not stand in "15 people", nor "legally" in "illegally", nor "3.5" in "13.5", "1,000" in "1,000,000",
"5" in "5%", "do" in "don't", "violent" in "non-violent". Chinese, Japanese, Thai, Lao, Khmer and Burmese put no space
between words, so their letters have no edges; their numbers have. Korean writes endings close to a word, so a Korean
word may be followed by one.
"""

import re
import unicodedata

from .folding import INVISIBLE_CHARACTERS

_UNSPACED_CHARACTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003ffff]"
)
_CHINESE_DIGITS = "〇零一二三四五六七八九十百千万億亿兆两兩壹贰叁肆伍陆柒捌玖拾佰仟萬半"
_POWERS_OF_TEN = "十百千万億亿兆拾佰仟萬십백천만억조"
_PERCENT = re.compile("[ \u00a0\u202f]?[%‰％٪°]")
_MAGNITUDES = re.compile(
    rf"{_PERCENT.pattern}|[ \u00a0\u202f](?:hundred|thousand|million|billion|trillion|lakh|crore|percent|per cent|тыс|"
    r"сот|млн|млрд|миллион|миллиард|процент|ألف|آلاف|مليون|ملايين|مليار|في المئة|بالمئة)",
    re.IGNORECASE,
)
_SEPARATORS = ".,'’٫٬·:/．，"  # inside a number, between two digits
_THOUSANDS_SPACE = re.compile("[ \u00a0\u2009\u202f]")  # between thousands
_HYPHENS = "-‐‑"
_RANGE_MARKS = "-‐‑–—~～〜"
_SIGNS = "-+−±"
_CURRENCIES = "$€£¥₽₸₹₩＄￥"
_APOSTROPHES = "'’ʼ"
_CLITICS = re.compile(r"(?:s|t|d|m|re|ll|ve)\b", re.IGNORECASE)
_HYPHENATED_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        "non un anti pro ex semi half pre post pseudo quasi co neo self so mis dis ultra twenty thirty forty fifty"
        " sixty seventy eighty ninety не анти про экс полу недо псевдо нео контр само",
    )
)
_LETTERS_AT_END = re.compile(r"[^\W\d_]+\Z")
_LOOKBACK_LENGTH = 40  # characters in which the word before a hyphen is looked for


def cuts_word(text: str, start: int, end: int, *, spaced: bool = True) -> bool:
    """Whether `text[start:end]` begins or ends within a word or a number.

    Not `spaced`: between words nothing is cut, neither "11" in "11 000" nor "5" in "5 million", but in "5 %".
    """
    edges = [(start, False), (end, True)]
    if not spaced:
        edges = [(edge, ending) for edge, ending in edges if not _is_between_words(text, edge)]
    return any(is_within_word(text, edge, ending=ending) for edge, ending in edges)


def _is_between_words(text: str, edge: int) -> bool:
    space = any(map(str.isspace, text[max(0, edge - 1) : edge + 1]))
    return space and not _PERCENT.match(text, edge)


def is_within_word(text: str, edge: int, *, ending: bool = False) -> bool:
    """Whether `edge`, a position between two characters of `text`, lies within a word or a number.

    With `ending` it is where the words end, and a Korean ending may follow.
    """
    right = next((at for at in range(edge, len(text)) if text[at] not in INVISIBLE_CHARACTERS), len(text))
    if right == len(text) or not edge:
        return False
    if unicodedata.category(text[right]) in ("Mn", "Mc", "Me"):
        return True
    left = edge - 1
    while left >= 0 and (text[left] in INVISIBLE_CHARACTERS or unicodedata.category(text[left]) == "Mn"):
        left -= 1
    endings = ending and left >= 0 and "\uac00" <= text[right] <= "\ud7a3" and text[right] not in _POWERS_OF_TEN
    return left >= 0 and not endings and _is_inside_word(text, left, right)


def widen_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the whole words and numbers that hold `text[start:end]`."""
    while start > 0 and is_within_word(text, start):
        start -= 1
    while end < len(text) and is_within_word(text, end, ending=True):
        end += 1
    return start, end


def _is_inside_word(text: str, left: int, right: int) -> bool:
    """Whether the characters at `left` and `right`, which stand side by side, belong to one word or number."""
    one, other = text[left], text[right]
    if one.isalnum() and other.isalnum():
        return _is_one_word(one, other)
    return (
        _is_within_number(text, left, right)
        or _is_grouped_number(text, left, right)
        or (one.isalnum() and other in _APOSTROPHES and text[right + 1 : right + 2] in ("t", "T") and one in "nN")
        or (one in _APOSTROPHES and text[left - 1 : left].isalpha() and bool(_CLITICS.match(text, right)))
        or _follows_prefix(text, left, right)
    )


def _is_one_word(one: str, other: str) -> bool:
    return (
        (one in _CHINESE_DIGITS and other in _CHINESE_DIGITS)
        or (one.isdigit() and other in _POWERS_OF_TEN)
        or not (_UNSPACED_CHARACTER.match(one) or _UNSPACED_CHARACTER.match(other))
    )


def _is_within_number(text: str, left: int, right: int) -> bool:
    """Whether a sign, a separator, a range, a currency or a percent sign makes one number of both sides."""
    one, other = text[left], text[right]
    before, after = text[left - 1 : left] if left else "", text[right + 1 : right + 2]
    if one.isdigit():
        return (
            bool(_MAGNITUDES.match(text, right))
            or ((other in _SEPARATORS or other in _RANGE_MARKS) and after.isdigit())
            or (other in _HYPHENS and after.isalnum())
        )
    if other.isdigit():
        return (
            one in _CURRENCIES
            or ((one in _SEPARATORS or one in _RANGE_MARKS) and before.isdigit())
            or (one in _SIGNS and not before.isalnum())
            or (one in _HYPHENS and before.isalnum())
        )
    if one in _HYPHENS and before.isdigit():
        return other.isalnum()
    return one in _SEPARATORS and other in _CHINESE_DIGITS and before in _CHINESE_DIGITS and before != ""


def _is_grouped_number(text: str, left: int, right: int) -> bool:
    """Whether a space stands between the thousands of one number: "11 000"."""
    space = right if _THOUSANDS_SPACE.match(text, right) else left
    if not _THOUSANDS_SPACE.match(text, space):
        return False
    head = re.search(
        r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})*\Z", text[max(0, space - _LOOKBACK_LENGTH) : space]
    )
    tail = re.match(r"\d{3}(?!\d)", text[space + 1 : space + 5])
    return bool(head and tail) and (space == left or text[left].isdigit())


def _follows_prefix(text: str, left: int, right: int) -> bool:
    """Whether a hyphen stands between a word and what turns its meaning round: "non-violent", "twenty-five"."""
    if text[left] in _HYPHENS and text[right].isalpha():
        hyphen = left
    elif text[right] in _HYPHENS and text[right + 1 : right + 2].isalpha():
        hyphen = right
    else:
        return False
    word = _LETTERS_AT_END.search(text[max(0, hyphen - _LOOKBACK_LENGTH) : hyphen])
    return word is not None and word[0].casefold() in _HYPHENATED_PREFIXES

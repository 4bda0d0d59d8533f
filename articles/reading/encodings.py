"""Text of bytes: by their byte-order mark, as UTF-8 where they are valid, else in the encoding they look like.

Valid UTF-8 wins: text in another encoding is hardly ever valid UTF-8 (RFC 3629, section 1). What is detected is never
sure, and said with the text.
"""

import codecs
import re
from collections import Counter
from contextlib import suppress

from .article_reading import NotReadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_SAMPLE = 200_000  # bytes that are looked at to detect an encoding
_USUAL = (
    "cp1252 cp1251 koi8_r cp1250 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_2 iso8859_5 iso8859_6 iso8859_7 iso8859_8 "
    "iso8859_9 iso8859_15 mac_roman mac_cyrillic cp866 koi8_u kz1048 gb18030 big5 shift_jis euc_jp iso2022_jp euc_kr "
    "cp949 cp874"
)
_NOT_IN_TEXT = re.compile(b"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
# What Western European text has beyond ASCII; where these are few, they are no sign of another script.
_WESTERN = frozenset("‘’“”–—…•€£©®°«»§éèêëàâäáãåçñöôóòõøüûúùîïíìßæœÉÈÀÂÄÅÇÑÖÓØÜÚÎÍÆ¿¡½¼¾ºª·ÿ´¨" + "\u00a0\u00ad")


def encoding_by_mark(data: bytes) -> str:
    return next((name for bom, name in _BOMS if data.startswith(bom)), "")


def is_text(data: bytes) -> bool:
    """Whether bytes look like text in some encoding: no control characters, but in UTF-16 and UTF-32."""
    if encoding_by_mark(data) or _wide_encoding(data):
        return True
    return _NOT_IN_TEXT.search(data) is None


def read_text(data: bytes) -> tuple[str, list[str]]:
    """The text of `data`, and what is not sure of it, in a sentence. Raises `NotReadable`."""
    encoding = encoding_by_mark(data) or _wide_encoding(data)
    if not encoding and b"\x1b$" in data and data.isascii():
        encoding = "iso2022_jp"
    if not encoding:
        with suppress(UnicodeDecodeError):
            return _without_nul(data, data.decode("utf-8")), []
    if encoding:
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError as error:
            raise NotReadable(f"It is not {encoding.upper()[:6].rstrip('-')} (byte {error.start}).") from None
    _without_nul(data, "")
    encoding = detect_encoding(data)
    sentence = (
        f"The encoding is not stated; it reads like {encoding.replace('_', '-')}, which is a guess: check the letters."
    )
    return data.decode(encoding), [sentence]


def detect_encoding(data: bytes) -> str:
    """The encoding that bytes beyond ASCII look most like. Raises `NotReadable` where none of the usual ones fits."""
    from charset_normalizer import from_bytes

    with suppress(UnicodeDecodeError):
        beyond = {character for character in data.decode("cp1252") if not character.isascii()}
        share = sum(byte > 127 for byte in data) / len(data)
        if share < 0.1 and beyond <= _WESTERN:
            return "cp1252"
    sample = data[:_MAX_SAMPLE]
    for best in from_bytes(sample, cp_isolation=_USUAL.split(), enable_fallback=False, preemptive_behaviour=True):
        with suppress(UnicodeDecodeError, LookupError):
            data.decode(best.encoding)
            return best.encoding
    at = _first_fault(data)
    line = data.count(b"\n", 0, at) + 1
    raise NotReadable(f"It is not UTF-8 (line {line}, byte {at}), and reads like no usual encoding: save it as UTF-8.")


def _first_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without its mark, as some editors of Windows save it: every other byte is one of two or three."""
    sample = data[:2000]
    if len(sample) < 8 or len(data) % 2 or 0 not in sample:
        return ""
    for high, low, encoding in ((sample[1::2], sample[::2], "utf-16-le"), (sample[::2], sample[1::2], "utf-16-be")):
        usual = Counter(high).most_common(3)  # of an alphabet, of ASCII, of marks such as “–”
        if sum(number for _, number in usual) > 0.9 * len(high) and high.count(0) > 0.05 * len(high) and 0 not in low:
            return encoding
    return ""


def _without_nul(data: bytes, text: str) -> str:
    if b"\x00" in data:
        raise NotReadable(f"It is not a text: byte {data.index(0)} is NUL.")
    return text

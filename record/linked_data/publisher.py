"""Who publishes this site, how to reach them and by which rules they work: from one file that the site's owner writes.

The file is TOML. Every text is one string, or a table of strings by language. Texts are text: paragraphs are parted by
empty lines, and no markup is read. Nothing here asks Django for anything, so that the settings can read the file.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST_FILE = 64 * 1024  # bytes
LONGEST_TEXT = 6000  # characters
LONGEST_LINE = 200

Texts = Mapping[str, str]  # by language

# Fields that are one line, and those of several paragraphs.
LINES = ("publisher", "licence")
PARAGRAPHS = ("description", "contact", "funding", "method", "corrections", "right_of_reply", "terms")
ADDRESSES = ("publisher_address", "licence_address")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.ASCII)
_MAIL_ADDRESS = re.compile(r"[^\s@<>\"?&%]+@[^\s@<>\"?&%]+\.[^\s@<>\"?&%]+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class PublisherFileError(ValueError):
    """What is wrong with the file, and where, in one sentence."""


@dataclass(frozen=True)
class Publisher:
    """What the file says; all is empty where there is none. `email` is whom to tell of an error.

    `name` is what the site is called. Texts are by language, and have one at least where they are given.
    """

    name: str = ""
    email: str = ""
    is_demonstration: bool = False
    publisher_address: str = ""
    licence_address: str = ""
    texts: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether the publisher has said who they are."""
        return "publisher" in self.texts

    def text(self, name: str, *languages: str) -> tuple[str, str]:
        """A text and its language: in the first of these that it is given in, else in any. Both "" where it is not."""
        texts = self.texts.get(name, {})
        for language in (*languages, *texts):
            if language in texts:
                return texts[language], language
        return "", ""


def read_publisher(path: Path | None, default_language: str) -> Publisher:
    """What a file says; a string that is not in a table is in the default language. `PublisherFileError` in words."""
    if path is None:
        return Publisher()
    try:
        content = path.read_bytes()
        if len(content) > LARGEST_FILE:
            raise PublisherFileError(f"it is larger than {LARGEST_FILE // 1024} kB")
        values = tomllib.loads(content.decode())
    except OSError as error:
        raise PublisherFileError(f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise PublisherFileError(f"it is not UTF-8: byte {error.start + 1}") from None
    except tomllib.TOMLDecodeError as error:
        raise PublisherFileError(f"it is no TOML: {error}") from None
    return publisher_of(values, default_language)


def publisher_of(values: Mapping[str, Any], default_language: str) -> Publisher:
    """What these values say. Raises `PublisherFileError`."""
    known = ("name", "email", "demonstration", *ADDRESSES, *LINES, *PARAGRAPHS)
    for key in values:
        if key not in known:
            raise PublisherFileError(f"it has “{key}”, which is none of {', '.join(known)}")
    addresses = {key: _pattern(values, key, _WEB_ADDRESS, "an address that begins with https://") for key in ADDRESSES}
    demonstration = values.get("demonstration", False)
    if not isinstance(demonstration, bool):
        raise PublisherFileError("“demonstration” must be true or false")
    name = values.get("name", "")
    texts = {
        key: _texts(key, values[key], default_language, LONGEST_LINE if key in LINES else LONGEST_TEXT)
        for key in (*LINES, *PARAGRAPHS)
        if key in values
    }
    return Publisher(
        name=_line("name", name, LONGEST_LINE) if name else "",
        email=_pattern(values, "email", _MAIL_ADDRESS, "an address such as corrections@example.org"),
        is_demonstration=demonstration,
        texts={key: found for key, found in texts.items() if found},
        **addresses,
    )


def _pattern(values: Mapping[str, Any], key: str, pattern: re.Pattern[str], words: str) -> str:
    value = values.get(key, "")
    if value and not (isinstance(value, str) and pattern.fullmatch(value)):
        raise PublisherFileError(f"“{key}” must be {words}, not {value!r}")
    return str(value)


def _texts(key: str, value: object, default_language: str, most: int) -> dict[str, str]:
    if isinstance(value, str):
        value = {default_language: value}
    if not isinstance(value, dict):
        raise PublisherFileError(f"“{key}” must be a text, or a table of texts by language")
    found = {}
    for language, text in value.items():
        if not _LANGUAGE.fullmatch(language):
            raise PublisherFileError(f"“{key}.{language}”: {language!r} is no language such as en or ru")
        if text := _line(f"{key}.{language}", text, most):
            found[language] = text
    return found


def _line(key: str, value: object, most: int) -> str:
    if not isinstance(value, str):
        raise PublisherFileError(f"“{key}” must be a text, not {value!r}")
    text = value.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise PublisherFileError(f"“{key}” is longer than {most} characters")
    if _CONTROL.search(text) or (most == LONGEST_LINE and "\n" in text):
        raise PublisherFileError(f"“{key}” has a control character or a line break in it")
    return text

"""Whether two printed names mean the same outlet. Pure functions; nothing is likened by score."""

import re
import unicodedata

from .field_proposals import initials

_OUTLET_SERVICE = re.compile(
    r"(?P<outlet>.+?)['’]s? (?:[\w-]+ ){0,3}(?:service|desk|bureau|correspondent|newsroom)\b.*", re.IGNORECASE
)


def is_same_outlet(printed: str, name: str) -> bool:
    """Whether `printed` means the outlet called `name`: the same letters, its initials, or a service of it.

    "RFE/RL's Kazakh Service" is Radio Free Europe/Radio Liberty, "TCA" is The Times of Central Asia.
    """
    if part_of := _OUTLET_SERVICE.fullmatch(printed.strip()):
        printed = part_of["outlet"]
    one, other = _plain_letters(printed), _plain_letters(name)
    if not one or not other:
        return False
    return (
        one == other
        or (len(one) >= 2 and one == initials(name).lower())
        or (len(other) >= 2 and other == initials(printed).lower())
    )


def _plain_letters(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s+|\.(?:com|org|net|kz|in|co|info)$|^www\.", "", name.strip()))

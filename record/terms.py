"""The terms of use of the record: stated once, in the settings, and carried by every export."""

import msgspec
from django.conf import settings


class Terms(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What readers may do with the record: in `words`, and the `address` of the licence, empty where none is given."""

    words: str
    address: str

    def __str__(self):
        """Both in one line, for formats that have one place for them."""
        return f"{self.words} {self.address}".strip()


def terms() -> Terms:
    """The terms of this record."""
    return Terms(words=settings.TERMS, address=settings.TERMS_URL)

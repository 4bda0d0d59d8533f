"""The desk's lists of values, made of the words of the record."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.models.enums import _TextChoicesType

    class _MembersByName(_TextChoicesType):
        def __getattr__(self, name: str) -> "RecordChoices": ...

    class RecordChoices(models.TextChoices, metaclass=_MembersByName):
        """Choices that have a member for each word of the record."""

else:
    RecordChoices = models.TextChoices


def choices_of(name: str, codes: Iterable[str], labels: Mapping[str, str] | None = None) -> type[RecordChoices]:
    """One choice for each code, under its name in capitals; `labels` are what the desk calls some of them."""
    labels = labels or {}
    keys = [(code, code.upper().replace(" ", "_") or "NONE") for code in codes]
    members = [(key, (code, labels[code]) if code in labels else code) for code, key in keys]
    return RecordChoices(name, members)  # type: ignore[call-overload]  # the stubs lack the functional form of an Enum

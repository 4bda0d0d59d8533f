"""The desk's lists of values, made of the words of the record."""

from collections.abc import Iterable, Mapping

from django.db import models


def choices_of(name: str, codes: Iterable[str], labels: Mapping[str, str] | None = None) -> type[models.TextChoices]:
    """One choice for each code, under its name in capitals; `labels` are what the desk calls some of them."""
    labels = labels or {}
    members = [(code, code.upper().replace(" ", "_") or "NONE") for code in codes]
    return models.TextChoices(name, [(key, (code, labels[code]) if code in labels else code) for code, key in members])

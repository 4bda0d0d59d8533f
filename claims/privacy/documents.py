"""Which fields of a public document tell a withheld name, or a form that may be meant as one."""

from collections.abc import Iterator

import msgspec

from record.documents import AnyDocument

from .matcher import CERTAIN, Found
from .redactor import Redactor

# Made here and not written by anybody: identities, hashes, dates, and choices of the shapes.
_MADE = {"id", "type", "claim", "question", "outlet", "article", "speaker", "actor", "reported_in", "derived_from"}
_MADE |= {"into", "capture", "sha256", "retrieved_at", "earliest", "latest", "edtf"}


def labels_in(document: AnyDocument, redactor: Redactor) -> Iterator[tuple[str, str]]:
    """Each field that tells a name, with the public label of whose name it is."""
    for field, text in _texts_of(document, redactor):
        if label := redactor.label_in(text):
            yield field, label


def hints_in(document: AnyDocument, redactor: Redactor) -> Iterator[tuple[str, Found]]:
    """Each field that tells none, with every form in it that may be meant as a name, or a part of one."""
    for field, text in _texts_of(document, redactor):
        found = redactor.matcher.find(text)
        if not any(form.grade == CERTAIN for form in found):
            yield from ((field, form) for form in found)


def _texts_of(document, redactor) -> Iterator[tuple[str, str]]:
    return _strings(msgspec.to_builtins(document), "") if redactor else iter(())


def _strings(value, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _MADE:
                yield from _strings(inner, f"{field} {name.replace('_', ' ')}".strip())
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, field)

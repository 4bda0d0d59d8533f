"""Who is answered by the desk: whatever makes text of data asks `current_viewer`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from urllib.parse import unquote_plus

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeData, SafeString

from .redactor import Redactor
from .sent import Sent

SEEING = "claims.see_withheld_names"
_NO_TEXT = (SafeData, int, float, Decimal, date, time, timedelta, type(None))
_viewer: ContextVar["Viewer | None"] = ContextVar("viewer", default=None)


class Viewer:
    """Somebody who may not read withheld names, with what their request has sent."""

    def __init__(self, redactor: Redactor, sent: Sent):
        self._redactor, self._sent = redactor, sent
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """`text` as this viewer may see it. Of a link, what this very request asks stays."""
        if text not in self._known:
            self._known[text] = self._seen(text)
        return self._known[text]

    def _seen(self, text: str) -> str:
        if text[:1] in ("?", "/") and not any(sign.isspace() for sign in text):
            return self._link(text)
        if text[:1] in ("{", "["):
            with suppress(ValueError):
                return json.dumps(self.within(json.loads(text)))
        return self._redactor.redact(self._sent.without_typed(text))

    def _link(self, link: str) -> str:
        path, question, query = link.partition("?")
        parts = (part if self._sent.asks(part) else self._marked(part) for part in query.split("&"))
        return self._marked(path) + question + "&".join(parts)

    def _marked(self, part: str) -> str:
        plain = unquote_plus(part)
        marked = self._redactor.redact(plain, mark=True)
        return part if marked == plain else marked

    def pieces(self, texts: Sequence[str]) -> list[str]:
        """The pieces of one text, also where a name runs on from one to the next."""
        return self._redactor.redact_pieces(texts)

    def value(self, control: str, value: str) -> SafeString:
        """What a control holds, as HTML: what this request has sent for it, or a mark for a name."""
        return escape(value if self._sent.fills(control, value) else self._redactor.redact(value, mark=True))

    def shown(self, value):
        """A value that is about to become text: HTML and numbers as they are, all else as it may be read."""
        if isinstance(value, _NO_TEXT) or hasattr(value, "__html__"):
            return value
        return self.text(str(value))

    def within(self, value):
        """The same of each text in a value that may still be worked on: a text, an object, a list, JSON."""
        if type(value) is str:
            return self.text(value)
        if isinstance(value, str | Promise | Model):
            return self.shown(value)
        if isinstance(value, list | tuple):
            return [self.within(inner) for inner in value]
        if isinstance(value, dict):
            return {name: self.within(inner) for name, inner in value.items()}
        return value


def may_see_names(user) -> bool:
    """Whether `user` may read names that are withheld."""
    return user.has_perm(SEEING)


def current_viewer() -> Viewer | None:
    """Whoever may not read withheld names and is being answered; None where names may be shown."""
    return _viewer.get()


@contextmanager
def answer_to(viewer: Viewer | None) -> Iterator[None]:
    """Makes `viewer` the current one."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def visible(text: str) -> str:
    """`text` as the current viewer may see it: for what makes HTML in Python."""
    return viewer.text(text) if (viewer := current_viewer()) else text


def redacted_pieces(objects: Sequence, names: str = "text") -> list:
    """Copies of dataclasses whose fields `names` are the pieces of one text, as the current viewer may see it."""
    viewer, fields = current_viewer(), names.split()
    if viewer is None:
        return list(objects)
    texts = iter(viewer.pieces([getattr(obj, field) for obj in objects for field in fields]))
    return [replace(obj, **{field: next(texts) for field in fields}) for obj in objects]


def redacted_difference(stretches: Sequence) -> list:
    """The same of a difference, whose one text is what is "same" and "only here", and whose other "only there"."""
    shown = list(stretches)
    for other in ("only there", "only here"):
        own = [number for number, stretch in enumerate(stretches) if stretch.kind != other]
        for number, piece in zip(own, redacted_pieces([stretches[number] for number in own]), strict=True):
            if shown[number].text not in (stretches[number].text, piece.text) and piece.text != stretches[number].text:
                piece = replace(piece, text="… ")  # names run into it from both
            if piece.text != stretches[number].text:
                shown[number] = piece
    return shown

"""Who is answered by the desk, and what they have sent: whatever makes text of data asks `current_viewer`.

A desk that answered otherwise to a guess that is right than to one that is wrong would tell the name. So what was typed
comes back in its own field alone, never in a sentence, whether it is a withheld name or not; and a search finds by
what this user can read.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_plus

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeData, SafeString
from django.utils.text import smart_split, unescape_string_literal

from articles.editors import AnyUser

from .redactor import Redactor

M = TypeVar("M", bound=Model)

MAX_COMPARED_ROWS = 20_000  # rows of one search that are compared with what this user can read
FILTERS_PARAMETER = "_changelist_filters"  # in which Django carries the query of a list to the pages behind it
# The fields of an address that fill a control; on a page that adds something Django fills the form from all of them.
_FILLING_PARAMETERS = {"q", FILTERS_PARAMETER}
_QUOTED_WORDS = re.compile(r"“([^“”]+)”")
_CHOICE_ERROR = re.compile(r"(Select a valid choice\. )(?!That choice ).*?( is not one of)", re.DOTALL)  # Django's


class SentValues:
    """The values of one request by the names of their controls."""

    def __init__(self, values: Mapping[str, Iterable[str]], *, posted: bool = False) -> None:
        """`posted` says that somebody has typed them: then sentences may repeat them."""
        self._values = {name: {value.strip() for value in sent if value} for name, sent in values.items()}
        self._typed = [value for sent in self._values.values() for value in sent] if posted else []

    @classmethod
    def from_request(cls, request: HttpRequest) -> "SentValues":
        """What came back by the choice of “theirs” was typed by somebody else, and is not among it."""
        if request.method != "POST":
            adding = request.path.endswith("/add/")
            return cls({name: values for name, values in request.GET.lists() if adding or name in _FILLING_PARAMETERS})
        theirs = tuple(f"{name}-" for name in request.POST.getlist("theirs"))
        return cls(
            {name: values for name, values in request.POST.lists() if not f"{name}-".startswith(theirs or ("\0",))},
            posted=True,
        )

    def has_sent_value(self, control: str, value: str) -> bool:
        """Whether this very value was sent for the control of this name."""
        return value.strip() in self._values.get(control, ())

    def has_query_piece(self, piece: str) -> bool:
        """Whether a piece of a query in a link, such as "q=a+b", is what this request asks itself."""
        name, _, value = piece.partition("=")
        value = unquote_plus(value)
        if name == FILTERS_PARAMETER and all(self.has_sent_value(*pair) for pair in parse_qsl(value)):
            return True
        return self.has_sent_value(name, value)

    def remove_typed(self, text: str) -> str:
        """`text` without what sentences repeat of what was typed, all of it or its beginning."""
        if not self._typed:
            return text
        text = _CHOICE_ERROR.sub(r"\1“…”\2", text)
        return _QUOTED_WORDS.sub(
            lambda quoted: "“…”" if any(quoted[1] in typed for typed in self._typed) else quoted[0], text
        )


def visible_results(found: QuerySet[M], fields: Iterable[str], term: str, redactor: Redactor) -> QuerySet[M]:
    """The rows of `found` without those that hold a word of `term` only where a withheld name stands.

    `fields` are the texts that were searched, as Django's `search_fields` give them. Where a word is part of a
    withheld name and finds more than can be looked through, nothing is found.
    """
    words = [_unquote_word(word).casefold() for word in smart_split(term)]
    words = [word for word in words if redactor.is_part_of_name(word)]
    if not words:
        return found
    texts = [field.lstrip("=^@") for field in fields]
    rows = list(found.order_by().values_list("pk", *texts)[: MAX_COMPARED_ROWS + 1])
    if len(rows) > MAX_COMPARED_ROWS:
        return found.none()
    hidden, visible = set[Any](), set[Any]()
    for key, *values in rows:
        text = redactor.redact("\n".join(str(value) for value in values if value)).casefold()
        (visible if all(word in text for word in words) else hidden).add(key)
    return found.exclude(pk__in=hidden - visible) if hidden - visible else found


def _unquote_word(word: str) -> str:
    quoted = word[:1] in "\"'" and word[:1] == word[-1:]
    return unescape_string_literal(word) if quoted else word


SEE_NAMES_PERMISSION = "claims.see_withheld_names"
_TYPES_WITHOUT_TEXT = (SafeData, int, float, Decimal, date, time, timedelta, type(None))
_viewer: ContextVar["Viewer | None"] = ContextVar("viewer", default=None)


class Viewer:
    """Somebody who may not read withheld names, with what their request has sent."""

    def __init__(self, redactor: Redactor, sent: SentValues) -> None:
        self._redactor, self._sent = redactor, sent
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """`text` as this viewer may see it. Of a link, what this very request asks stays."""
        if text not in self._known:
            self._known[text] = self._redact_text(text)
        return self._known[text]

    def _redact_text(self, text: str) -> str:
        if text[:1] in ("?", "/") and not any(sign.isspace() for sign in text):
            return self._redact_link(text)
        if text[:1] in ("{", "["):
            with suppress(ValueError):
                return json.dumps(self.redact_value(json.loads(text)))
        return self._redactor.redact(self._sent.remove_typed(text))

    def _redact_link(self, link: str) -> str:
        path, question, query = link.partition("?")
        parts = (part if self._sent.has_query_piece(part) else self._mark_names(part) for part in query.split("&"))
        return self._mark_names(path) + question + "&".join(parts)

    def _mark_names(self, part: str) -> str:
        plain = unquote_plus(part)
        marked = self._redactor.redact(plain, mark=True)
        return part if marked == plain else marked

    def hides(self, text: str) -> bool:
        """Whether something stands in `text` that this viewer may not read."""
        return self._redactor.redact(text) != text

    def pieces(self, texts: Sequence[str]) -> list[str]:
        """The pieces of one text, also where a name runs on from one to the next."""
        return self._redactor.redact_pieces(texts)

    def value(self, control: str, value: str) -> SafeString:
        """What a control holds, as HTML: what this request has sent for it, or a mark for a name."""
        return escape(value if self._sent.has_sent_value(control, value) else self._redactor.redact(value, mark=True))

    def redact_output(self, value: Any) -> Any:
        """A value that is about to become text: HTML and numbers as they are, all else as it may be read."""
        if isinstance(value, _TYPES_WITHOUT_TEXT) or hasattr(value, "__html__"):
            return value
        return self.text(str(value))

    def redact_value(self, value: Any) -> Any:
        """The same of each text in a value that may still be worked on: a text, an object, a list, JSON."""
        if type(value) is str:
            return self.text(value)
        if isinstance(value, str | Promise | Model):
            return self.redact_output(value)
        if isinstance(value, list | tuple):
            return [self.redact_value(inner) for inner in value]
        if isinstance(value, dict):
            return {name: self.redact_value(inner) for name, inner in value.items()}
        return value


def may_see_names(user: AnyUser) -> bool:
    """Whether `user` may read names that are withheld."""
    return user.has_perm(SEE_NAMES_PERMISSION)


def current_viewer() -> Viewer | None:
    """Whoever may not read withheld names and is being answered; None where names may be shown."""
    return _viewer.get()


@contextmanager
def use_viewer(viewer: Viewer | None) -> Iterator[None]:
    """Makes `viewer` the current one."""
    token = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(token)


def visible_text(text: str) -> str:
    """`text` as the current viewer may see it: for what makes HTML in Python."""
    return viewer.text(text) if (viewer := current_viewer()) else text


def is_visible(text: str) -> bool:
    """Whether the current viewer may read all of `text`."""
    viewer = current_viewer()
    return viewer is None or not viewer.hides(text)


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

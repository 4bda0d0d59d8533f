"""What somebody who may not read withheld names has sent, and what they may find with it.

A desk that answered otherwise to a guess that is right than to one that is wrong would tell the name. So what was typed
comes back in its own field alone, never in a sentence, whether it is a withheld name or not; and a search finds by
what this user can read.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, unquote_plus

from django.utils.text import smart_split, unescape_string_literal

MOST_LOOKED_THROUGH = 20_000  # rows of one search that are compared with what this user can read
FILTERS = "_changelist_filters"  # in which Django carries the query of a list to the pages behind it
# The fields of an address that fill a control; on a page that adds something Django fills the form from all of them.
_FILLING = {"q", FILTERS}
_QUOTED = re.compile(r"“([^“”]+)”")
_CHOICE = re.compile(r"(Select a valid choice\. )(?!That choice ).*?( is not one of)", re.DOTALL)  # Django's


class Sent:
    """The values of one request by the names of their controls."""

    def __init__(self, values: Mapping[str, Iterable[str]], *, posted: bool = False):
        """`posted` says that somebody has typed them: then sentences may repeat them."""
        self._values = {name: {value.strip() for value in sent if value} for name, sent in values.items()}
        self._typed = [value for sent in self._values.values() for value in sent] if posted else []

    @classmethod
    def of(cls, request) -> "Sent":
        """What came back by the choice of “theirs” was typed by somebody else, and is not among it."""
        if request.method != "POST":
            adding = request.path.endswith("/add/")
            return cls({name: values for name, values in request.GET.lists() if adding or name in _FILLING})
        theirs = tuple(f"{name}-" for name in request.POST.getlist("theirs"))
        return cls(
            {name: values for name, values in request.POST.lists() if not f"{name}-".startswith(theirs or ("\0",))},
            posted=True,
        )

    def fills(self, control: str, value: str) -> bool:
        """Whether this very value was sent for the control of this name."""
        return value.strip() in self._values.get(control, ())

    def asks(self, piece: str) -> bool:
        """Whether a piece of a query in a link, such as "q=a+b", is what this request asks itself."""
        name, _, value = piece.partition("=")
        value = unquote_plus(value)
        if name == FILTERS and all(self.fills(*pair) for pair in parse_qsl(value)):
            return True
        return self.fills(name, value)

    def without_typed(self, text: str) -> str:
        """`text` without what sentences repeat of what was typed, all of it or its beginning."""
        if not self._typed:
            return text
        text = _CHOICE.sub(r"\1“…”\2", text)
        return _QUOTED.sub(
            lambda quoted: "“…”" if any(quoted[1] in typed for typed in self._typed) else quoted[0], text
        )


def visible_results(found, fields: Iterable[str], term: str, redactor):
    """The rows of `found` without those that hold a word of `term` only where a withheld name stands.

    `fields` are the texts that were searched, as Django's `search_fields` give them. Where a word is part of a
    withheld name and finds more than can be looked through, nothing is found.
    """
    words = [_bare(word).casefold() for word in smart_split(term)]
    words = [word for word in words if redactor.hides(word)]
    if not words:
        return found
    texts = [field.lstrip("=^@") for field in fields]
    rows = list(found.order_by().values_list("pk", *texts)[: MOST_LOOKED_THROUGH + 1])
    if len(rows) > MOST_LOOKED_THROUGH:
        return found.none()
    hidden, visible = set(), set()
    for key, *values in rows:
        text = redactor.redact("\n".join(str(value) for value in values if value)).casefold()
        (visible if all(word in text for word in words) else hidden).add(key)
    return found.exclude(pk__in=hidden - visible) if hidden - visible else found


def _bare(word: str) -> str:
    quoted = word[:1] in "\"'" and word[:1] == word[-1:]
    return unescape_string_literal(word) if quoted else word

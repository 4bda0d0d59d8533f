"""Which of the places at which words stand was selected on a page, as it crosses the wire.

Pages and scripts send words, and which occurrence of them in the text is meant: the first, the second. Positions are no
good for that, because a browser counts UTF-16 units. What a form carries is tied to its words: where an editor types
others, the occurrence says nothing any more.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from .text import Span, occurrence_of


def selection_token(text: str, place: Span) -> str:
    """What a form carries for the words at `place` of `text`: their occurrence, and a mark that is theirs alone."""
    return f"{occurrence_of(text, place)}-{_mark_of(place.exact)}"


def read_selection(token: str, exact: str) -> int | None:
    """The occurrence that `token` says for the words `exact`, or None; a bare number comes from a page's script."""
    number, _, mark = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return int(number) if not mark or constant_time_compare(mark, _mark_of(exact)) else None


def _mark_of(exact: str) -> str:
    # Keyed, so that who may not read a withheld name in the words cannot try names against it.
    return salted_hmac("articles.selection", exact.strip(), algorithm="sha256").hexdigest()[:12]

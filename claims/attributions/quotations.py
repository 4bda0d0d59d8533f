"""Where quotation marks open and close, and which quotations run on over paragraphs."""

import re

OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
MARK = re.compile(r"''|``|[\"“”„«»]")
MAX_LENGTH = 6000


def paragraphs(text):
    """The (start, end) of each line that holds something: articles are kept with one paragraph a line or more."""
    return [match.span() for match in re.finditer(r"[^\s\n][^\n]*", text)]


def opens(text, mark, start, end, inside):
    """Whether the mark at [start, end) opens a quotation: by its shape, else by the white space around it."""
    if mark in ("“", "„", "«", "``"):
        return not (inside and (end >= len(text) or text[end].isspace()))
    if mark in ("”", "»"):
        return False
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if after.isspace():
        return False
    if before.isspace() or before in "([—–-‘'":
        return True
    return not inside and (after.isalnum() or after in "'‘…$")


def quotations(text, start, end):
    """The quotations of the paragraph text[start:end]: a list of (start, end, closed), marks included.

    A quotation that is opened again before it is closed ends there; one that is never closed runs to the end of the
    paragraph and is not `closed`, which is how printers mark that it goes on in the next.
    """
    found, begun = [], None
    for match in MARK.finditer(text, start, end):
        a, b = match.span()
        if opens(text, match.group(), a, b, begun is not None):
            if begun is None or (match.group() in "“„«``''" and text[a - 1 : a].isspace() and a - begun > MAX_LENGTH):
                begun = a
        elif begun is not None:
            found.append((begun, b, True))
            begun = None
    if begun is not None:
        found.append((begun, end, False))
    return found

"""Which part of a file a `Range` header asks for (RFC 9110, section 14). Pure functions."""

import re

_ONE = re.compile(r"bytes=[ \t]*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):
    """No byte of the file lies in the range that is asked for."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte that is asked for and the one after the last, of a file of `size` bytes.

    None where the header is to be passed over and the whole file given: it asks for several ranges, in another unit,
    or cannot be read. Raises `Unsatisfiable` where the range begins past the end.
    """
    match = _ONE.fullmatch(header.strip())
    if not match or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        first, end = max(0, size - int(match["last"])), size
    else:
        first, end = int(match["first"]), min(size, int(match["last"]) + 1) if match["last"] else size
        if match["last"] and int(match["last"]) < first:
            return None
    if first >= end:
        raise Unsatisfiable
    return first, end

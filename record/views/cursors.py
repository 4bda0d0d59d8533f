"""Lists that go on from a cursor: what an address says, as what a read can take."""

import re

from django.utils.translation import gettext as _

from ..twins import BadQuery

ENTRY = re.compile(r"([1-9][0-9]{0,17})", re.ASCII)
ARTICLE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?\.([0-9a-z]{12})", re.ASCII)
PLACE = re.compile(r"([0-9]{1,10})\.([0-9]{1,10})\.([0-9a-z]{12})\.([0-9]{1,6})", re.ASCII)


def cursor(query, name: str, pattern: re.Pattern) -> tuple[str, ...] | None:
    """The parts of the cursor that `name` gives, None where it is not given. Raises `BadQuery` for what is none."""
    values = query.getlist(name)
    if not values:
        return None
    if len(values) > 1:
        raise BadQuery({name: _("This is given more than once: give it once.")})
    match = pattern.fullmatch(values[0])
    if not match:
        raise BadQuery({name: _("This is not the address of a further page.")})
    return tuple(part or "" for part in match.groups())

"""Lists in pages: how a number in the address becomes a slice that a query can take, with a bound."""

from django.utils.translation import gettext as _

from ..asking import NoSuchPage, PageForm

SIZE = 100
LAST = 100


class Slice:
    """The page that `query` asks for of what `select(start, end)` picks.

    `rows` asks for one row more than is shown, to know whether there are more.
    """

    def __init__(self, query, select, size: int = SIZE):
        self.number = PageForm(query).asked()["page"]
        if self.number > LAST:
            raise NoSuchPage(_("Lists here end at page %(last)s.") % {"last": LAST})
        self.size = size
        start = (self.number - 1) * size
        self.rows = select(start, start + size + 1)
        self.more = False

    def cut(self, found: list) -> list:
        """What was found without the row too many. Raises `NoSuchPage` past the end."""
        if not found and self.number > 1:
            raise NoSuchPage(_("There is no page %(number)s: the list ends before it.") % {"number": self.number})
        self.more = len(found) > self.size
        return found[: self.size]

    def part(self) -> dict:
        """Plain data: the `number` of this page and whether there is a `previous` and a `next` one."""
        return {
            "number": self.number,
            "previous": self.number - 1 if self.number > 1 else None,
            "next": self.number + 1 if self.more and self.number < LAST else None,
        }

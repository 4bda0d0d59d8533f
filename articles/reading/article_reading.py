"""What a reading gives, and the lines it works on."""

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Line:
    """One line of a settled text that is not blank: its number, from 1, and its words without space around them."""

    number: int
    text: str

    @property
    def start(self) -> str:
        """What patterns look at: none of them is about a longer line, and some would take quadratic time on one."""
        return self.text[:500]

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def is_paragraph(self) -> bool:
        """Whether this is running text: a sentence that ends, of more than a few words."""
        # In scripts without spaces a sentence is one "word": there its length in characters tells.
        ends = self.text.rstrip("\"'”’»)]").endswith(tuple(".!?…:。！？؟۔।"))
        return self.words > 40 or (ends and (self.words >= 8 or len(self.text) >= 40))


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold words."""
    return [Line(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


@dataclass(frozen=True)
class Proposal:
    """What the text says about itself: a field of the article, its value, the line and the rule that say so.

    A proposal that is not `sure` is for an editor to look at and is never filled in unseen. Line 0 is what is said
    outside the text, in the metadata of a page.
    """

    field: str
    value: str
    line: int
    rule: str
    sure: bool = True


@dataclass(frozen=True)
class Place:
    """Where a span of the text stands in the original: on a page, or at a time and in somebody's turn to speak.

    `start` and `end` are code points of the text, pages count from 1, times are seconds from the beginning.
    """

    start: int
    end: int
    page: int | None = None
    begins_at: float | None = None
    ends_at: float | None = None
    speaker: str = ""


@dataclass(frozen=True)
class ArticleReading:
    """An article read from a file or a page: its text, the lines [number, kind, text] taken out, and proposals.

    The fields of proposals: headline, byline, dateline, credited_agency, language, published, url, outlet (a name).
    `reader` names the program that made the text of the bytes, and its version; `places` are in the order of the text
    and do not overlap; `unread` says in a sentence each what of the file is not in the text.
    """

    text: str
    removed: list[list]
    proposals: list[Proposal]
    reader: str = ""
    places: list[Place] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def sure(self) -> dict[str, str]:
        """The first sure value proposed for each field."""
        values: dict[str, str] = {}
        for proposal in self.proposals:
            if proposal.sure:
                values.setdefault(proposal.field, proposal.value)
        return values

    def all_of(self, field: str) -> list[Proposal]:
        return [proposal for proposal in self.proposals if proposal.field == field]

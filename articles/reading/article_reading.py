"""What a reading gives, and the lines it works on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property


class NotReadable(ValueError):
    """A file from which no article can be read, told in a sentence."""


class ChoiceIsNeeded(NotReadable):
    """A file that holds several pages or parts: one of `choices` must be named."""

    def __init__(self, sentence: str, choices: "Sequence[Choice]") -> None:
        super().__init__(sentence)
        self.choices = list(choices)


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
class Choice:
    """A page or part of a file that can be read instead: what it is called to the reader, and to an editor."""

    key: str
    label: str


@dataclass(frozen=True)
class ArticleReading:
    """An article read from a file or a page: its text, the lines [number, kind, text] taken out, and proposals.

    The fields of proposals: headline, byline, dateline, credited_agency, language, published, url, outlet (a name).
    `reader` names the program that made the text of the bytes, and its version; `places` are in the order of the text
    and do not overlap; `unread` says in a sentence each what of the file is not in the text. `choices` are the other
    pages or parts of the same file that can be read in its stead.
    """

    text: str
    removed: list[list]
    proposals: list[Proposal]
    reader: str = ""
    places: list[Place] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    def sure(self) -> dict[str, str]:
        """The first sure value proposed for each field."""
        values: dict[str, str] = {}
        for proposal in self.proposals:
            if proposal.sure:
                values.setdefault(proposal.field, proposal.value)
        return values

    def all_of(self, field: str) -> list[Proposal]:
        return [proposal for proposal in self.proposals if proposal.field == field]


def move_places(places: Sequence[Place], text: str, lines: Sequence[Line], left: str) -> list[Place]:
    """`places` of `text` as they stand in `left`, which is `text` with no other lines than `lines`, in their order.

    What stood on the lines that are gone is left out; lines may have lost white space at their end.
    """
    if not places:
        return []
    starts, at = [0], 0
    for length in map(len, text.split("\n")):
        at += length + 1
        starts.append(at)
    at, spans = 0, []  # where a line began, where it begins now, its length
    for line in lines:
        at = left.index(line.text, at)
        spans.append((text.index(line.text, starts[line.number - 1]), at, len(line.text)))
        at += len(line.text)
    found, first = list[Place](), 0
    for place in places:
        while first < len(spans) and spans[first][0] + spans[first][2] <= place.start:
            first += 1
        cut = []
        for number in range(first, len(spans)):
            start, now, length = spans[number]
            if start >= place.end:
                break
            cut.append((now + max(0, place.start - start), now + min(length, place.end - start)))
        if cut:
            found.append(replace(place, start=cut[0][0], end=cut[-1][1]))
    return found

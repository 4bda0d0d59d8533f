"""Where words of a capture stand in its original: on which pages, or at what time and in whose turn to speak."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PassagePlace:
    """Pages count from 1, times are seconds from the beginning. `speaker` is whoever speaks all of the words."""

    page: int | None = None
    last_page: int | None = None
    begins_at: float | None = None
    ends_at: float | None = None
    speaker: str = ""


def place_of_span(places: Sequence[Sequence], start: int, end: int) -> PassagePlace | None:
    """The place of text[start:end] by the rows [start, end, page, begins at, ends at, speaker] of a capture, or None.

    A row of the very span counts before others: of an adopted record the places of passages alone are known. A time is
    that of the whole of what was said there: a reader knows no finer one.
    """
    here = [row for row in places if (row[0], row[1]) == (start, end)]
    here = here or [row for row in places if row[0] < end and start < row[1]]
    pages = [row[2] for row in here if row[2] is not None]
    begins = [row[3] for row in here if row[3] is not None]
    ends = [row[4] for row in here if row[4] is not None]
    speakers = {row[5] for row in here}
    place = PassagePlace(
        page=min(pages, default=None),
        last_page=max(pages) if pages and max(pages) > min(pages) else None,
        begins_at=min(begins, default=None),
        ends_at=max(ends, default=None),
        speaker=speakers.pop() if len(speakers) == 1 else "",
    )
    return None if place == PassagePlace() else place


def rows_of_place(start: int, end: int, place: PassagePlace) -> list[list]:
    """The rows of a capture that give text[start:end] this place."""
    times = [place.begins_at, place.ends_at, place.speaker]
    if place.last_page is None:
        return [[start, end, place.page, *times]]
    return [[start, end, place.page, *times], [start, end, place.last_page, *times]]

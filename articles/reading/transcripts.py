"""Transcripts and interviews in plain text: whose turn each paragraph is, and at what time it was said. Pure."""

import re
from collections.abc import Iterator
from itertools import islice

from .article_reading import Place

MIN_TURNS = 3  # fewer labels are no transcript
_MAY_OPEN_TURN = re.compile(
    r"^[ \t]*(?:[\[(]?\d{1,2}:\d\d|[^\W\d_][^\n:]{0,60}(?::[ \t]|[\[( ]\d{1,2}:\d\d)|[^\W\d_][ \t]{1,4}[^\W\d_])",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"[^\n]+")
# “[00:12:33] MS. RUIZ: …”, “(12:33) …”, “MS. RUIZ [00:12]: …”, as programs and stenographers write times.
_TIME = re.compile(r"[\[(]?(?P<hours>\d{1,2}:)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?:[.,]\d{1,3})?[\])]?")
_TIME_FIRST = re.compile(rf"\s*{_TIME.pattern}[ \t]*[-–—:]?[ \t]*")
_TIME_AFTER_NAME = re.compile(rf"(?P<name>[^\W\d_][^\n:\[\]()]{{0,60}}?)[ \t]*[\[(]?{_TIME.pattern}[ \t]*:?[ \t]*")


def turn_places(text: str) -> list[Place]:
    """The places of the turns of a transcript, with speaker and time as far as the text says them; none for prose.

    Turns are told by the rules that propose speakers (`language/attributions/turns.py`), so that both agree.
    """
    if len(list(islice(_MAY_OPEN_TURN.finditer(text), MIN_TURNS))) < MIN_TURNS:
        return []
    # Late: their lists of words are needed for what looks like a transcript only.
    from language.attributions.lexicon import lexicon
    from language.attributions.turns import turns

    spans = [match.span() for match in _PARAGRAPH.finditer(text)]
    times = {number: time for number, (start, end) in enumerate(spans) if (time := _time_at(text, start, end))}
    if len(times) < MIN_TURNS:
        times = {}
    bodies = [(times[number][1] if number in times else start, end) for number, (start, end) in enumerate(spans)]
    found = turns(text, bodies, lexicon())
    places: list[Place] = []
    speaker, since, opened = "", None, 0
    for number, (start, end) in enumerate(spans):
        turn = found.get(number)
        if number in times:
            since = times[number][0]
            speaker = times[number][2] or ("" if turn is None else speaker)
        if turn is not None:
            speaker = text[bodies[turn.paragraph][0] : turn.label_end].strip(" [()]\t")
            opened += turn.paragraph == number
        elif number not in times:
            speaker = speaker if times else ""
        opened += number in times and turn is None
        if speaker or (times and since is not None):
            places.append(Place(start, end, begins_at=since, speaker=speaker))
    return list(_with_ends(places)) if opened >= MIN_TURNS else []


def _time_at(text: str, start: int, end: int) -> tuple[float, int, str] | None:
    """(seconds, where the words begin, name before the time) of a paragraph that a time opens."""
    match = _TIME_FIRST.match(text, start, end)
    name = ""
    if match is None and (match := _TIME_AFTER_NAME.match(text, start, min(end, start + 100))):
        name = match["name"].strip()
    if match is None or (not name and match.end() == start):
        return None
    hours = int((match["hours"] or "0:")[:-1])
    return hours * 3600 + int(match["minutes"]) * 60 + int(match["seconds"]), match.end(), name


def _with_ends(places: list[Place]) -> Iterator[Place]:
    """A turn ends when the next begins, as far as that is known."""
    for number, place in enumerate(places):
        later = (other.begins_at for other in places[number + 1 : number + 50] if other.begins_at is not None)
        end = next((time for time in later if place.begins_at is not None and time > place.begins_at), None)
        yield Place(place.start, place.end, begins_at=place.begins_at, ends_at=end, speaker=place.speaker)

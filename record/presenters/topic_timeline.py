"""The time line of a topic: a line for each question with a mark for each date, and what was said last. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..documents.addresses import address_for
from ..queries.topic_statements import DatedPosition
from .timeline import MARGIN, ticks_between

LISTED = 24  # statements that stand in the list


def topic_timeline(questions: Sequence[Mapping], positions: Sequence[DatedPosition]) -> dict | None:
    """What is said under these questions in order of time; None without a dated statement.

    `ticks` have `edtf` and `place`, `rows` a `question` and its `marks`: `edtf`, `statements` (how many), `start` and
    `end`; places are percentages of the width. Both are empty where there is one date alone. `events` are the newest
    statements, oldest first: `date`, `speaker`, `name`, `address`, its `stances` and the `questions` it speaks to.
    """
    if not positions:
        return None
    days = {(position.earliest, position.latest) for position in positions}
    first = min(date.fromisoformat(earliest) for earliest, _ in days)
    last = max(date.fromisoformat(latest) for _, latest in days)
    names = {question["id"]: question for question in questions}
    drawn = len(days) > 1 and last > first

    def place(day: str) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (date.fromisoformat(day) - first).days / (last - first).days, 2)

    def marks_of(question: Mapping) -> list[dict]:
        statements: dict[tuple[str, str], set[str]] = {}
        for position in positions:
            if position.question == question["id"]:
                statements.setdefault((position.earliest, position.latest), set()).add(position.statement)
        return [
            {"edtf": _period(*days), "statements": len(found), "start": place(days[0]), "end": place(days[1])}
            for days, found in sorted(statements.items())
        ]

    rows = [{"question": question, "marks": marks_of(question)} for question in questions] if drawn else []
    ticks = [(edtf, day) for edtf, day in ticks_between(first, last)] if drawn else []
    return {
        "ticks": [{"edtf": edtf, "place": place(day.isoformat())} for edtf, day in ticks],
        "rows": [row for row in rows if row["marks"]],
        "events": _events_of(positions, names)[-LISTED:],
    }


def _events_of(positions: Sequence[DatedPosition], names: Mapping[str, Mapping]) -> list[dict]:
    events: dict[str, dict] = {}
    for position in positions:
        event = events.setdefault(
            position.statement,
            {
                "date": {
                    "edtf": _period(position.earliest, position.latest),
                    "earliest": position.earliest,
                    "latest": position.latest,
                },
                "speaker": position.speaker,
                "name": position.summary,
                "address": address_for("statement", position.slug),
                "stances": [],
                "questions": [],
            },
        )
        if position.stance not in event["stances"]:
            event["stances"].append(position.stance)
        if (question := names[position.question]) not in event["questions"]:
            event["questions"].append(question)
    return list(events.values())


def _period(earliest: str, latest: str) -> str:
    """Two days as EDTF: a year or a month where they are its first and last."""
    if earliest == latest:
        return earliest
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    after = date.fromordinal(last.toordinal() + 1)
    if first.day == after.day == 1:
        if first.month == after.month == 1:
            return f"{first.year:04d}" if first.year == last.year else f"{first.year:04d}/{last.year:04d}"
        if (first.year, first.month) == (last.year, last.month):
            return earliest[:7]
    return f"{earliest}/{latest}"

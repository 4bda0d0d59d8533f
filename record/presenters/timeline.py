"""Statements in order of time: a list, and for each actor a line on which they are marked. Pure functions, no database.

A statement whose date nobody gives was made before it was printed: it stands in the list at the day of its first
printing, after what was said until then, and on no line.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from .comparison import side_of

MARGIN = 3
MOST_TICKS = 6
MOST_EVENTS, MOST_LINES = 24, 10  # of a question that are listed, and actors that have a line
DAYS_IN_DAYS, DAYS_IN_MONTHS = 62, 366 * 2  # up to which a stretch of time is told in days, in months
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def timeline_events(comparison: Mapping, *, most: int = MOST_EVENTS) -> list[dict]:
    """What a comparison holds, oldest first: `statement` (its id), `printed` and `stances`; of many the `most` newest.

    `printed` is the date of the first printing of an undated statement, else None. Each of the stances has `claim`,
    `stance`, `before`, and in `replaces` the claims that the claim supersedes, where the stance is one of assent.

    `before` is, where the actor changed position, the `stance` and the `statement` that came before; else None.
    """
    stances: dict[str, list[dict]] = {}
    for row in comparison["rows"]:
        for claim, cell in zip(comparison["claims"], row["cells"], strict=True):
            for place, entry in enumerate(cell):
                before = cell[place + 1] if entry["changed"] else None
                stances.setdefault(entry["statement"], []).append(
                    {
                        "claim": {name: claim[name] for name in ("id", "name", "address", "language")},
                        "stance": entry["stance"],
                        "before": before and {"stance": before["stance"], "statement": before["statement"]},
                        "replaces": [
                            other["claim"]
                            for other in claim["contends"]
                            if other["replaces"] and side_of(entry["stance"]) == "assent"
                        ],
                    }
                )
    parts = comparison["statements"]
    events = [
        {
            "statement": public_id,
            "printed": None if part["said_on"] else first_printing_date(part),
            "stances": stances.get(public_id, []),
        }
        for public_id, part in parts.items()
    ]
    return sorted(events, key=lambda event: event_sort_key(event, parts[event["statement"]]))[-most:]


def event_sort_key(event: dict, part: dict) -> tuple:
    """By the last day on which it can have been said, then the first; what has no date by the day of its printing."""
    if part["said_on"]:
        return (False, part["said_on"]["latest"], False, part["said_on"]["earliest"], part["id"])
    if event["printed"]:
        return (False, event["printed"]["latest"], True, "", part["id"])
    return (True, "", True, "", part["id"])


def first_printing_date(part: dict) -> dict | None:
    """The earliest date of publication among the printings of a statement."""
    dates = [each["article"]["published"] for each in part["printings"] if each["article"]["published"]]
    return min(dates, key=lambda day: (day["latest"], day["earliest"]), default=None)


def period_of(comparison: Mapping) -> str:
    """From when to when what a comparison holds was said, as EDTF text; "" where that is one day, or no date is known.

    To the day within two months, to the month within two years, else to the year: most dates are known no better.
    """
    dates = [part["said_on"] for part in comparison["statements"].values() if part["said_on"]]
    first = min((each["earliest"] for each in dates), default="")
    last = max((each["latest"] for each in dates), default="")
    if first == last:
        return ""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    length = len("2020-02-03" if days <= DAYS_IN_DAYS else "2020-02" if days <= DAYS_IN_MONTHS else "2020")
    first, last = first[:length], last[:length]
    return first if first == last else f"{first}/{last}"


def actor_timelines(comparison: Mapping, *, most: int = MOST_LINES) -> dict | None:
    """A line for each of the first `most` actors with a dated statement; None where nothing can be told apart on it.

    `ticks` have `edtf` (what a reader is told) and `place`; `rows` a `speaker` and `marks`, one for each date:
    `edtf`, `stances` (the different ones taken then), `changed`, and `start` and `end`, the days that it can mean.
    Places are percentages of the width.
    """
    parts = comparison["statements"]
    dates = [part["said_on"] for part in parts.values() if part["said_on"]]
    if len({(each["earliest"], each["latest"]) for each in dates}) < 2:
        return None
    first = min(date.fromisoformat(each["earliest"]) for each in dates)
    last = max(date.fromisoformat(each["latest"]) for each in dates)
    days = (last - first).days

    def place(day: date) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (day - first).days / days, 2)

    rows: list[dict] = []
    for row in comparison["rows"]:
        marks: dict[tuple[str, str], dict] = {}
        for cell in row["cells"]:
            for entry in cell:
                if not (said_on := parts[entry["statement"]]["said_on"]):
                    continue
                mark = marks.setdefault(
                    (said_on["earliest"], said_on["latest"]),
                    {
                        "edtf": said_on["edtf"],
                        "stances": [],
                        "changed": False,
                        "start": place(date.fromisoformat(said_on["earliest"])),
                        "end": place(date.fromisoformat(said_on["latest"])),
                    },
                )
                mark["changed"] |= entry["changed"]
                if entry["stance"] not in mark["stances"]:
                    mark["stances"].append(entry["stance"])
        if marks and len(rows) < most:
            rows.append({"speaker": row["speaker"], "marks": [marks[moment] for moment in sorted(marks)]})
    ticks = [{"edtf": edtf, "place": place(day)} for edtf, day in ticks_between(first, last)]
    return {"ticks": ticks, "rows": rows}


def ticks_between(first: date, last: date) -> Iterable[tuple[str, date]]:
    """Round days from `first` to `last`, at most `MOST_TICKS`: years, months or days; else the first day."""
    days = (last - first).days
    if days > DAYS_IN_MONTHS:
        years = range(first.year + 1, last.year + 1)
        step = next(step for step in YEAR_STEPS if sum(year % step == 0 for year in years) <= MOST_TICKS)
        found = [(f"{year:04d}", date(year, 1, 1)) for year in years if year % step == 0]
    elif days > DAYS_IN_DAYS:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        firsts = [date(month // 12, month % 12 + 1, 1) for month in months[:: -(-len(months) // MOST_TICKS)]]
        found = [(f"{day:%Y-%m}", day) for day in firsts]
    else:
        step = -(-(days + 1) // MOST_TICKS)
        found = [(day.isoformat(), day) for day in (first + timedelta(days=n) for n in range(0, days + 1, step))]
    return [(edtf, day) for edtf, day in found if first <= day <= last] or [(first.isoformat(), first)]

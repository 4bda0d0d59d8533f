"""Number lanes: every figure given in answer to a question, on one axis a unit. Pure functions, no database.

A lane is one stance of one statement that gives a figure: by assent, or by passing it on. Who disputes, denies or
qualifies it does not give it, and stands under the figure without a mark on the axis. Places on the axis are
percentages of its width, so that a page draws them at any size without a script. The axis is logarithmic where the
largest number is at least `LOG_FROM` times the smallest and all are above zero; else it is linear and starts at zero.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil, floor, log10

from django.utils.translation import get_language

from ..documents.vocabulary import STANCES
from .formatting import number_words
from .units import is_unit_known, translated_unit

LOG_FROM = 30
MARGIN = 4
NUMBERS = ("lower", "amount", "upper")
MOST_POSITIONS, MOST_OF_FIGURE = 12, 4  # of a panel; of one figure, where a panel has more


def lane_panels(
    claims: Iterable[dict],
    rows: Iterable[dict],
    statements: Mapping[str, dict],
    *,
    most_of_figure: int = MOST_OF_FIGURE,
) -> list[dict]:
    """Panels of figures from a comparison's `claims`, `rows` and `statements`, one panel for each unit.

    A panel has `unit`, the `language` of its claims, `unit_words` in `unit_language`, `scale` ("linear" or
    "logarithmic"), `ticks`, whether it is `drawn` (one single value tells nothing on an axis), and `groups`, one for
    each thing that is counted: `counted`, its `key` A, B, …, and
    its `figures`, largest first. More than one group means that the figures of the panel do not count the same thing;
    the group of the largest figure comes first. A figure has its `claim`, the `lanes` of those who give it, oldest
    first, and `others`, the positions of those who do not. Each has the id of its `statement`, `stance`, `hedge`, the
    words of the figure as `printed`, and `speaker`; a lane has its `mark` too, None where nothing is drawn.
    """
    rows = list(rows)
    by_unit: dict[str, list[tuple[dict, list[dict]]]] = {}
    for place, claim in enumerate(claims):
        positions = [position_data(row, entry) for row in rows for entry in row["cells"][place]]
        if claim["figure"] and positions:
            by_unit.setdefault(claim["figure"]["unit"], []).append((claim, positions))
    return [panel(unit, members, statements, most_of_figure) for unit, members in by_unit.items()]


def position_data(row: dict, entry: dict) -> dict:
    return {**{name: entry[name] for name in ("statement", "stance", "hedge", "printed")}, "speaker": row["speaker"]}


def has_figure(position: dict) -> bool:
    """Whether a position gives the figure: who denies, disputes, qualifies or passes over it does not."""
    return position["stance"] == "relays" or STANCES[position["stance"]].side == "assent"


def panel(
    unit: str, members: list[tuple[dict, list[dict]]], statements: Mapping[str, dict], most_of_figure: int
) -> dict:
    """One panel: the figures of one unit in order, and on their axis those that somebody gives."""
    figures_given = [claim["figure"] for claim, positions in members if any(map(has_figure, positions))]
    numbers = [figure[name] for figure in figures_given for name in NUMBERS if figure[name] is not None]
    drawn = len({tuple(figure[name] for name in (*NUMBERS, "modifier")) for figure in figures_given}) > 1
    axis = Axis(numbers) if drawn else None
    # Of very many the first that were said.
    most = most_of_figure if sum(len(positions) for _, positions in members) > MOST_POSITIONS else MOST_POSITIONS
    groups: dict[str, list[dict]] = {}
    for claim, positions in sorted(members, key=lambda member: -figure_sort_value(member[0]["figure"])):
        in_time = sorted(positions, key=lambda position: lane_order(position, statements))
        mark_here = mark_on_axis(claim["figure"], axis) if axis else None
        groups.setdefault(claim["figure"]["counted"], []).append(
            {
                "claim": claim,
                "lanes": [{**position, "mark": mark_here} for position in in_time if has_figure(position)][:most],
                "others": [position for position in in_time if not has_figure(position)][:most],
            }
        )
    language = members[0][0]["language"]
    is_known = is_unit_known(unit, language)
    return {
        "unit": unit,
        "unit_words": translated_unit(unit) if is_known else unit,
        "unit_language": get_language() if is_known else language,
        "language": language,
        "drawn": drawn,
        "scale": "logarithmic" if axis and axis.logarithmic else "linear",
        "ticks": axis.ticks() if axis else [],
        "groups": [
            {"key": letter_for(place), "counted": counted, "figures": figures}
            for place, (counted, figures) in enumerate(groups.items())
        ],
    }


def lane_order(position: dict, statements: Mapping[str, dict]) -> tuple[bool, str, str]:
    """By date, oldest first; those without a date last."""
    said_on = statements[position["statement"]]["said_on"]
    return (said_on is None, said_on["earliest"] if said_on else "", position["statement"])


def figure_sort_value(figure: dict) -> Decimal:
    """The number by which a figure is put in order: the amount, else the middle or the only one of its bounds."""
    if figure["amount"] is not None:
        return figure["amount"]
    bounds = [figure[name] for name in ("lower", "upper") if figure[name] is not None]
    return sum(bounds) / len(bounds)


def letter_for(place: int) -> str:
    """A, B, … Z, AA, AB, …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def mark_on_axis(figure: dict, axis: "Axis") -> dict:
    """Where a figure is drawn: `amount`, `lower`, `upper` in per cent or None; which end is `open` ("", "up", "down").

    "At least" is open upwards, as is a figure with a lower bound alone; "up to" is open downwards.
    """
    places = {name: None if figure[name] is None else axis.place(figure[name]) for name in NUMBERS}
    open_end = ""
    if figure["upper"] is None and (figure["modifier"] == "at least" or figure["amount"] is None):
        open_end = "up"
    elif figure["lower"] is None and (figure["modifier"] == "up to" or figure["amount"] is None):
        open_end = "down"
    return {**places, "open": open_end, "approximate": figure["modifier"] in ("about", "estimated")}


class Axis:
    """A scale that holds all numbers given, with some air at both ends."""

    def __init__(self, numbers: Iterable[Decimal]):
        numbers = list(numbers)
        low, high = min(numbers), max(numbers)
        self.logarithmic = low > 0 and high >= low * LOG_FROM
        if self.logarithmic:
            self.start, self.end = float(floor(log10(low))), float(ceil(log10(high)))
        else:
            self.step = step_for(float(max(high, Decimal(0)) - min(low, Decimal(0))))
            self.start = floor(float(min(low, Decimal(0))) / self.step) * self.step
            self.end = (floor(float(max(high, Decimal(0))) / self.step) + 1) * self.step

    def place(self, number: Decimal | float) -> float:
        """Where `number` lies, in per cent of the width, to a hundredth."""
        value = log10(number) if self.logarithmic else float(number)
        return round(MARGIN + (100 - 2 * MARGIN) * (value - self.start) / (self.end - self.start), 2)

    def ticks(self) -> list[dict]:
        """The numbers that are written under the axis: `value`, `words` and `place`."""
        if self.logarithmic:
            values = [Decimal(10) ** power for power in range(int(self.start), int(self.end) + 1)]
            if len(values) > 7:
                values = values[:: ceil(len(values) / 7)]
        else:
            count = round((self.end - self.start) / self.step)
            values = [Decimal(repr(round(self.start + self.step * number, 6))) for number in range(count + 1)]
        return [{"value": value, "words": number_words(value), "place": self.place(value)} for value in values]


def step_for(span: float) -> float:
    """A round step (1, 2 or 5 times a power of ten) that divides `span` into three to five; 1 for an empty span."""
    if span <= 0:
        return 1.0
    rough = span / 3
    power = 10.0 ** floor(log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)

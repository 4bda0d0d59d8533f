"""Rows of a table of statements, put together to statements. No database.

One row is one printing with one stance, as in the CSV export of the record. Rows that follow one another and agree in
article, words, speaker and summary are one printing with several stances.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.tables import Columns, Row
from record.fields import STATEMENT_FIELDS

PRINTING = ("article", "exact", "prefix", "suffix", "printed_name", "cue", "chain")
UTTERANCE = ("statement", *(field.name for field in STATEMENT_FIELDS))
STANCE = ("claim", "stance", "hedge", "figure_printed")
COLUMNS = Columns({*PRINTING, *UTTERANCE, *STANCE}, needed=("exact",), row="statement")

_SAME = ("article", "exact", "prefix", "suffix", "statement", "speaker", "speaker_label", "summary")


@dataclass(frozen=True)
class StatementRows:
    """One printing of one statement: the places of its rows, what the first says, and the stances of all.

    `fault` says what is wrong with a row that cannot be read; then there is nothing else.
    """

    places: tuple[str, ...]
    said: dict[str, str]
    stances: tuple[dict[str, str], ...] = ()
    fault: str = ""


def statement_rows(rows: Sequence[Row]) -> list[StatementRows]:
    """`rows` as statements, in their order."""
    found: list[StatementRows] = []
    for place, row in rows:
        if isinstance(row, str):
            found.append(StatementRows((place,), {}, fault=row))
            continue
        said = {name: row.get(name, "").strip() for name in (*PRINTING, *UTTERANCE)}
        stance = {name: row.get(name, "").strip() for name in STANCE}
        stances = (stance,) if any(stance.values()) else ()
        last = found[-1] if found else None
        if last and not last.fault and stances and all(last.said[name] == said[name] for name in _SAME):
            found[-1] = StatementRows((*last.places, place), last.said, last.stances + stances)
        else:
            found.append(StatementRows((place,), said, stances))
    return found

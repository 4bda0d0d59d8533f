"""Tables that pin every reading: a sentence on a line, and below it, indented, what is read in it, one by one.

    python -m tests.pinned        writes what is read now; look at the difference before it is committed

"[2019-03-29]" on a line of its own gives the day of the article for the sentences that follow.
"""

import os
import re
from pathlib import Path

CASES = Path(__file__).parent / "cases"
DAY = re.compile(r"\[(.*)\]")


def amounts(text, day):
    from claims.amounts import read_amounts

    for one in read_amounts(text):
        figures = ("" if each is None else f"{each:f}" for each in (one.amount, one.lower, one.upper))
        yield one, [*figures, one.modifier, one.unit, one.counted, "sure" if one.sure else "unsure", one.why]


def dates(text, day):
    from claims.dates_in_words import read_dates

    for one in read_dates(text, published=day):
        yield one, [one.edtf, one.rule, "sure" if one.sure else "unsure", " ".join(one.others), one.why]


TABLES = {"amounts_read.txt": amounts, "dates_read.txt": dates}


def pinned(name):
    """(day, sentence, the lines below it) of each sentence of the table."""
    day, found = "", []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][2].append(line.strip())
        elif mark := DAY.fullmatch(line):
            day = mark[1]
        elif line and not line.startswith("#"):
            found.append((day, line, []))
    return found


def readings(name, text, day):
    """What the lines below a sentence should say."""
    return [f"{one.start}-{one.end} {one.words} | {' | '.join(told)}" for one, told in TABLES[name](text, day)]


def changed(name):
    """The sentences that are no longer read as the table says, with what is read now and what it says."""
    found = [(text, readings(name, text, day), lines) for day, text, lines in pinned(name)]
    assert len(found) > 500
    return [one for one in found if one[1] != one[2]]


def write(name):
    lines, day = [], ""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            continue
        lines.append(line)
        if mark := DAY.fullmatch(line):
            day = mark[1]
        elif line and not line.startswith("#"):
            lines += [f"    {told}" for told in readings(name, line, day)]
    (CASES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    django.setup()
    for table in TABLES:
        write(table)

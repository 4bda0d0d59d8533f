"""Five questions that the tables answer, each as a spreadsheet, SQL and a notebook answer it.

One list for the data page, for `/data/questions.ipynb` and for the tests, which do all three as they are written.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..documents.vocabulary import LazyText
from ..linked_data.site import Site


@dataclass(frozen=True)
class WorkedQuestion:
    """`asked` in words; the `query` in SQL of `/export.sqlite`; and in a spreadsheet the `table` to open, the values to
    filter by (a column, and what must stand in it; None for anything), and the columns to look at.

    Where rows are to be `compared`, they are sorted by these columns, and those that agree in them and differ in the
    last of the columns to look at are the answer.
    """

    asked: LazyText
    query: str
    table: str
    filters: tuple[tuple[str, str | None], ...]
    columns: tuple[str, ...]
    compared: tuple[str, ...] = ()


def worked_questions(day: str) -> tuple[WorkedQuestion, ...]:
    """The questions; the last asks what was added on a day or later, such as 2026-01-31."""
    return (
        WorkedQuestion(
            _("Who denies what?"),
            "SELECT speaker, stance, claim, said_on\n  FROM stances\n WHERE side = 'dissent'\n ORDER BY speaker, claim",
            "stances",
            (("side", "dissent"),),
            ("speaker", "stance", "claim", "said_on"),
        ),
        WorkedQuestion(
            _("On how many independent origins does each figure rest?"),
            "SELECT claim, affirming_origins, affirming_origin_names\n"
            "  FROM claims\n WHERE kind = 'figure'\n ORDER BY affirming_origins DESC, claim",
            "claims",
            (("kind", "figure"),),
            ("claim", "affirming_origins", "affirming_origin_names"),
        ),
        WorkedQuestion(
            _("Who reprints whom?"),
            "SELECT outlet, reprints, derivation, headline\n"
            "  FROM articles\n WHERE reprints IS NOT NULL\n ORDER BY outlet, headline",
            "articles",
            (("reprints", None),),
            ("outlet", "reprints", "derivation", "headline"),
        ),
        WorkedQuestion(
            _("Who changed position?"),
            "SELECT speaker, claim, group_concat(DISTINCT stance) AS stances\n"
            "  FROM stances\n WHERE side <> 'neither'\n GROUP BY speaker_key, claim_id\n"
            "HAVING count(DISTINCT side) > 1\n ORDER BY speaker, claim",
            "stances",
            (("side", "assent"), ("side", "dissent")),
            ("speaker", "claim", "side"),
            ("speaker_key", "claim_id"),
        ),
        WorkedQuestion(
            _("What was added since a day?"),
            "SELECT kind, label, recorded_at\n"  # noqa: S608 - ours
            f"  FROM changes\n WHERE change = 'added' AND recorded_at >= '{day}'\n ORDER BY seq",
            "changes",
            (("change", "added"), ("recorded_at", f">={day}")),
            ("kind", "label", "recorded_at"),
        ),
    )


def notebook(site: Site, day: str) -> bytes:
    """The questions as a Jupyter notebook (nbformat 4), which needs nothing but Python."""
    fetching = (
        "import sqlite3\nfrom urllib.request import urlretrieve\n\n"
        f'file, _ = urlretrieve("{site.address_for("export.sqlite")}")\ndatabase = sqlite3.connect(file)'
    )
    cells = [_text_cell("start", f"# {site.name}"), _code_cell("fetch", fetching)]
    for number, question in enumerate(worked_questions(day), 1):
        cells.append(_text_cell(f"asked-{number}", f"## {question.asked}"))
        code = f'answer_{number} = database.execute("""\n{question.query}\n""").fetchall()\nanswer_{number}'
        cells.append(_code_cell(f"answer-{number}", code))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    made = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _text_cell(name: str, text: str) -> dict:
    return {"id": name, "cell_type": "markdown", "metadata": {}, "source": text}


def _code_cell(name: str, code: str) -> dict:
    return _text_cell(name, code) | {"cell_type": "code", "execution_count": None, "outputs": []}

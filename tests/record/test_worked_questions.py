"""The five questions of the data page: the spreadsheet's steps, SQL and the notebook give the same answers; and the
lines that verify the log do, as the page shows them."""

import csv
import hashlib
import io
import json
import sqlite3
from itertools import groupby
from operator import itemgetter

import pytest
from django.test import Client

from record.api.verification_lines import VERIFICATION_LINES
from record.api.worked_questions import worked_questions
from record.exports import FORMATS, take_snapshot
from tests.public_pages import texts, tree_of
from tests.record.test_flat_tables import append_more, written

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def in_a_spreadsheet(question):
    """The cells that somebody sees who does as the page says; an apostrophe at the start is taken away."""
    rows = list(csv.DictReader(io.StringIO(written(f"{question.table}.csv").decode("utf-8-sig"), newline="")))
    wanted = {}
    for column, value in question.filters:
        wanted.setdefault(column, []).append(value)
    for column, values in wanted.items():
        rows = [row for row in rows if any(is_wanted(row[column], value) for value in values)]
    if question.compared:
        rows = sorted(rows, key=itemgetter(*question.compared))
        groups = [list(some) for _, some in groupby(rows, key=itemgetter(*question.compared))]
        rows = [row for some in groups if len({row[question.columns[-1]] for row in some}) > 1 for row in some]
    return {tuple(row[column].removeprefix("'") for column in question.columns) for row in rows}


def is_wanted(cell, value):
    if value is None:
        return cell != ""
    return cell >= value.removeprefix(">=") if value.startswith(">=") else cell == value


def run_notebook(tmp_path, monkeypatch):
    """The values that the cells of the notebook show, with the file from here."""
    (tmp_path / "export.sqlite").write_bytes(written("sqlite"))
    monkeypatch.setattr("urllib.request.urlretrieve", lambda url: (tmp_path / url.rpartition("/")[2], None))
    made = json.loads(Client().get("/data/questions.ipynb").content)
    assert made["nbformat"] == 4
    known = {}
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], known)
    return [known[f"answer_{number}"] for number in range(1, 6)]


def asked():
    head = take_snapshot(using="default").head
    return worked_questions(head.published_at[:10])


def text(cell):
    return "" if cell is None else str(cell)


def answers(tmp_path, monkeypatch):
    """The answers of the notebook, once it is clear that the spreadsheet gives the same."""
    found = run_notebook(tmp_path, monkeypatch)
    for number, (question, rows) in enumerate(zip(asked(), found, strict=True)):
        seen = in_a_spreadsheet(question)
        if question.compared:
            assert {row[:2] for row in seen} == {(speaker, claim) for speaker, claim, _ in rows}
        else:
            assert seen == {tuple(map(text, row)) for row in rows}, number
        with sqlite3.connect(tmp_path / "export.sqlite") as database:
            assert database.execute(question.query).fetchall() == rows
    return found


def test_spreadsheet_sql_and_notebook_agree(tmp_path, monkeypatch):
    append_more()
    denials, figures, reprints, changed, added = answers(tmp_path, monkeypatch)
    assert ("Sergei Toqaev", "denies", "About twelve thousand people were moved.", "2020-02-05") in denials
    assert figures[0][1:] == (2, "Villages emptied at night (Steppe Courier) | Once more (Valley Wire)")
    assert ("River Mirror", "Steppe Courier", "verbatim", "Villages “emptied at night”") in reprints
    assert [(speaker, set(stances.split(","))) for speaker, _, stances in changed] == [
        ("Sergei Toqaev", {"affirms", "denies"})
    ]
    assert added and all(kind != "redirect" for kind, *_ in added)


def test_the_page_shows_them_and_the_lines_that_verify_the_log(tmp_path, monkeypatch):
    append_more()
    tree = tree_of(Client().get("/data"))
    shown = [code.text_content() for code in tree.xpath('//section[@id="questions"]//pre/code')]
    assert shown == [question.query for question in asked()]
    assert "Filter by side: dissent. Read speaker, stance, claim, said_on." in " ".join(texts(tree, "//p"))
    [lines] = [code.text_content() for code in tree.xpath("//pre/code") if "hashlib" in code.text_content()]
    assert lines.strip() == VERIFICATION_LINES.strip()
    (tmp_path / "export.ndjson").write_bytes(b"".join(FORMATS["ndjson"](take_snapshot(using="default"))))
    monkeypatch.chdir(tmp_path)
    exec(lines, {})


def test_the_page_tells_size_and_sum_of_files_that_were_made(tmp_path, settings):
    settings.STATE_DIR = tmp_path
    append_more()
    client = Client()
    first = client.get("/data")
    assert tree_of(first).xpath('count(//section[@id="begin"]//code[contains(@class, "hash")])') == 0
    content = b"".join(client.get("/export.sqlite"))
    again = client.get("/data", headers={"If-None-Match": first["ETag"]})
    ways = {way["address"]: way for way in client.get("/data.json").json()["ways"]}
    assert again.status_code == 200
    assert ways["/export.sqlite"]["size"] == len(content)
    assert ways["/export.sqlite"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert ways["/export.sqlite"]["sha256"] in again.content.decode()


def test_the_dictionary_explains_every_column():
    tree = tree_of(Client().get("/data/columns"))
    listed = Client().get("/data/columns.json").json()["tables"]
    for table in listed:
        assert tree.xpath(f'//section[@id="{table["name"]}"]/dl//dt/code/text()') == [
            column["name"] for column in table["columns"]
        ]
        assert all(column["words"] for column in table["columns"])
        assert all(
            tree.xpath(f'//section[@id="{column["leads_to"]}"]') for column in table["columns"] if column["leads_to"]
        )

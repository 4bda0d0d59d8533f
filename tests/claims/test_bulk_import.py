"""Statements handed in as a table: tried row by row, then recorded, all or nothing."""

import io
import json
import time
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from articles.models import Article, Trace
from articles.uploaded_tables import FileIsBroken, read_table
from claims.changes import add_actor
from claims.imports.table import COLUMNS, import_statements, statement_rows
from claims.models import Appearance, Statement
from tests.desk import matter

HEADER = "article,exact,speaker,summary,mode,claim,stance,cue,chain\n"
GOOD = (
    "River dam will flood three villages,“Nobody was asked,Asel Bek,Nobody asked the villagers,direct,"
    "The villagers were asked.,denies,said,relays: Mountain Press Agency | reported\n"
)


def outcomes_of(text, by, *, dry_run=True, **options):
    rows = statement_rows(read_table((HEADER + text).encode(), "a.csv", COLUMNS))
    return import_statements(rows, by=by, named=True, dry_run=dry_run, **options)


def states(outcomes):
    return [(outcome.rows.row_places, outcome.state, outcome.field) for outcome in outcomes]


@pytest.fixture
def made(editor):
    return matter(editor)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(made, editor):
    before = Statement.objects.count(), Appearance.objects.count(), Trace.objects.count()
    outcomes = outcomes_of(
        GOOD
        + "River dam will flood three villages,did not answer questions,Nobody Known,Silent,direct,,,,\n"
        + "River dam will flood three villages,words that are not there,Asel Bek,Other,direct,,,,\n"
        + f"{made.article.public_id},must move,#{made.farmer.public_id},They go,indirect,About 4,declares,,\n",
        editor,
    )
    assert states(outcomes) == [
        (("line 2",), "new", ""),
        (("line 3",), "refused", "speaker"),
        (("line 4",), "refused", "exact"),
        (("line 5",), "refused", "stance"),
    ]
    assert outcomes[1].sentence == "There is no actor “Nobody Known”."
    assert (Statement.objects.count(), Appearance.objects.count(), Trace.objects.count()) == before


def test_rows_are_recorded_by_the_verbs_of_the_desk(made, editor):
    [outcome] = outcomes_of(GOOD, editor, dry_run=False)
    statement = Statement.objects.get(pk=outcome.statement.pk)
    printing = statement.appearances.get()
    assert (statement.speaker, statement.mode, printing.cue) == (made.farmer, "direct", "said")
    assert [(step.outlet, step.cue) for step in printing.steps.all()] == [(made.agency, "reported")]
    assert [(stance.claim, stance.kind) for stance in statement.stances.all()] == [(made.other_claim, "denies")]
    assert Trace.objects.filter(public_id=statement.public_id, by=editor, verb="record").exists()
    [again] = outcomes_of(GOOD, editor, dry_run=False)
    assert (again.state, again.statement) == ("known", statement)


def test_rows_of_one_printing_are_one_statement_with_several_stances(made, editor):
    more = GOOD.replace("The villagers were asked.,denies", "About 4 people must move.,relays").replace("About 4 ", "")
    outcomes = outcomes_of(
        GOOD + more.replace("people must move.", '"About 4,000 people must move."'), editor, dry_run=False
    )
    assert [outcome.rows.row_places for outcome in outcomes] == [("line 2", "line 3")]
    assert sorted(outcomes[0].statement.stances.values_list("kind", flat=True)) == ["denies", "relays"]


def test_the_same_statement_in_other_words_of_the_article_is_one_more_appearance(made, editor):
    row = f"{made.article.public_id},The ministry did not answer questions,,,,,,,\n"
    text = f"statement,{HEADER}{made.statement.public_id},{row}"
    rows = statement_rows(read_table(text.encode(), "a.csv", COLUMNS))
    [outcome] = import_statements(rows, by=editor, named=True, dry_run=False)
    assert (outcome.state, outcome.statement) == ("appearance", made.statement)
    assert made.statement.appearances.count() == 2


def test_a_table_imported_again_with_another_summary_is_recorded_already(made, editor):
    [first] = outcomes_of(GOOD, editor, dry_run=False)
    again = GOOD.replace("Nobody asked the villagers", "The villagers were asked by nobody")
    [second] = outcomes_of(again, editor, dry_run=False)
    assert (second.state, second.statement) == ("known", first.statement)
    [other] = outcomes_of(again.replace("denies", "affirms"), editor)
    assert other.state == "new"  # another stance is another statement


@pytest.mark.parametrize("undated", [{}, {"published": "", "published_earliest": None, "published_latest": None}])
def test_an_article_without_a_headline_has_the_name_that_lists_show(made, editor, undated):
    Article.objects.filter(pk=made.article.pk).update(headline="", **undated)
    made.article.refresh_from_db()
    row = GOOD.replace("River dam will flood three villages", str(made.article))
    assert [outcome.state for outcome in outcomes_of(row, editor)] == ["new"]


def test_one_refusal_keeps_everything_out(made, editor):
    before = Statement.objects.count()
    outcomes = outcomes_of(GOOD + ",nowhere,,,,,,,\n", editor, dry_run=False)
    assert [outcome.state for outcome in outcomes] == ["new", "refused"]
    assert "which article" in outcomes[1].sentence
    assert Statement.objects.count() == before


def test_of_two_with_one_name_the_refusal_says_both(made, editor):
    twin = add_actor(name="Asel Bek", kind="person", by=editor)
    [outcome] = outcomes_of(GOOD, editor)
    assert outcome.state == "refused"
    assert twin.public_id in outcome.sentence and made.farmer.public_id in outcome.sentence


# The kinds of tables


def workbook(*rows):
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def test_a_workbook_and_json_say_the_same_as_csv():
    said = {"exact": "“a, b”\nc", "said_on": "2019", "summary": "Ä 今天"}
    expected = [("row 2", said)]
    assert (
        read_table(workbook(["Exact", "said_on", "summary", None], ["“a, b”\nc", 2019, "Ä 今天"]), "a.xlsx", COLUMNS)
        == expected
    )
    [(_, row)] = read_table(json.dumps([said]).encode(), "a.json", COLUMNS)
    assert row == said


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"exact,colour\n", "“colour”"),
        ("a.csv", b"exact,exact\n", "twice"),
        ("a.csv", b"summary\nx\n", "needs a column “exact”"),
        ("a.csv", b"exact\n\xff\n", "not UTF-8"),
        ("a.csv", b'exact\n"cut', "not valid CSV"),
        ("a.json", b"[{", "line 1, column"),
        ("a.json", b"{}", "JSON array"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.xlsx", b"PK\x03\x04 no zip", "not a valid .xlsx workbook"),
        ("a.xlsx", b"", "not a valid .xlsx workbook"),
    ],
)
def test_broken_tables_are_refused_as_a_whole(name, data, sentence):
    with pytest.raises(FileIsBroken, match=sentence):
        read_table(data, name, COLUMNS)


# The page and the command


def test_the_page_shows_what_would_happen_and_records_on_confirmation(made, editor_client):
    address = "/admin/claims/statement/import/"
    assert address in editor_client.get("/admin/claims/statement/").content.decode()
    file = SimpleUploadedFile("table.csv", (HEADER + GOOD).encode())
    shown = editor_client.post(address, {"file": file})
    assert "A new statement: “Nobody asked the villagers”." in shown.content.decode()
    assert Statement.objects.count() == 1
    answer = editor_client.post(address, {"rows": shown.context["rows"]}, follow=True)
    assert "1 imported, 0 already recorded." in answer.content.decode()
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"pasted": "exact\n"},
        {"pasted": "exact\nx\x00\n"},
        {"pasted": "x" * 3_000_000},
        {"rows": "[]"},
        {"rows": '[["line 2", {"colour": "red"}]]'},
        {"rows": "{"},
        {"rows": '[["line 2", {"exact": "\\u0000", "article": "River dam will flood three villages"}]]'},
    ],
)
def test_broken_posts_are_told_and_record_nothing(made, editor_client, posted):
    answer = editor_client.post("/admin/claims/statement/import/", posted)
    assert answer.status_code in (200, 400)
    assert "error" in answer.content.decode()
    assert Statement.objects.count() == 1


def test_who_may_not_record_may_not_import(made, client, django_user_model):
    client.force_login(django_user_model.objects.create(username="guest", is_staff=True))
    assert client.get("/admin/claims/statement/import/").status_code == 403


def test_the_command_records_or_says_why_not(made, editor, tmp_path, capsys):
    table = tmp_path / "table.csv"
    table.write_text(HEADER + GOOD)
    call_command("import_statements", table, by="erin", dry_run=True)
    assert "this was a dry run" in capsys.readouterr().out
    call_command("import_statements", table, by="erin")
    assert Statement.objects.count() == 2
    table.write_text(HEADER + GOOD + ",nowhere,,,,,,,\n")
    with pytest.raises(CommandError, match="1 of 2 refused: nothing was recorded"):
        call_command("import_statements", table, by="erin")
    for wrong in ({"by": "nobody"}, {"by": "erin", "article": "xxxxxxxxxxxx"}):
        with pytest.raises(CommandError, match="There is no"):
            call_command("import_statements", table, **wrong)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_statements", tmp_path / "none.csv", by="erin")


def far_cells(*places):
    """A workbook of a header and one row, with a cell far off for each of `places`."""
    book = Workbook()
    book.active.append(["exact", "summary"])
    book.active.append(["a", "b"])
    for place in places:
        book.active[place] = "x"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("places", "complaint"),
    [
        (["XFD1048576"], "The sheet is too large"),
        (["A1048576"], "The sheet is too large"),
        ([f"XFD{row}" for row in range(2, 400)], "The sheet is too large"),
    ],
)
def test_a_cell_in_the_last_corner_of_a_sheet_is_refused_in_a_moment(places, complaint):
    content = far_cells(*places)
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(FileIsBroken, match=complaint):
        read_table(content, "a.xlsx", COLUMNS)
    took, (_, most) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 30
    assert most < 100_000_000


def test_rows_keep_their_numbers_behind_a_gap():
    assert read_table(far_cells("A50"), "a.xlsx", COLUMNS)[-1] == ("row 50", {"exact": "x", "summary": ""})

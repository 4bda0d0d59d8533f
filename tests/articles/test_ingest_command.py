"""manage.py ingest_articles: files, folders and lists; one bad file does not stop the rest; a killed run is no harm."""

import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.changes import add_outlet
from articles.intake_files import ARTICLE_COLUMNS
from articles.models import Article, Capture, Outlet, Shingle, Trace
from articles.reprints import sample_shingles
from tests.cast import url_under_test
from tests.made_files import make_warc

HEADLINE = "Dockers stop work at Port Selby"
TEXT = f"""{HEADLINE}

PORT SELBY (Reuters) - Dockers stopped work on Monday after a storm tore down two cranes, their union said.

The union's chair, Ana Ruiz, said the old harbour was “not safe to work in” before it was inspected.

The port authority called the strike unlawful and asked a court to end it by Friday at the latest.

Share this article
"""
PAGE = "<html><head><title>T</title></head><body><article><h1>Cranes to be lifted in June</h1>" + "".join(
    f"<p>The port authority wants to lift crane number {n} out of the water with a ship from Norland, it said.</p>"
    for n in range(5)
)


def ingest(*paths, **options):
    """What the command prints, and the sentence it ends with if something was refused."""
    out = StringIO()
    try:
        call_command("ingest_articles", *map(str, paths), stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def courier(editor):
    return add_outlet(name="Selby Courier", by=editor)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "README.md").write_text("# Notes")
    return tmp_path


def test_a_text_file_is_taken_in_with_what_it_says(courier, editor, folder):
    out, fault = ingest(folder / "a.txt", outlet="Selby Courier", published="2021-05-03", by="erin")
    assert fault == ""
    article = Article.objects.get()
    assert (article.headline, article.dateline, article.credited_agency) == (
        HEADLINE,
        "PORT SELBY (Reuters)",
        "Reuters",
    )
    assert (article.published, article.language, article.outlet) == ("2021-05-03", "en", courier)
    capture = article.captures.get()
    assert capture.method == "uploaded"
    assert capture.removed == [[9, "navigation", "Share this article"]]
    assert "Share" not in capture.text
    assert Trace.objects.first().by == editor
    assert "taken in" in out
    assert "set apart: 1 × navigation" in out


def test_a_folder_is_taken_in_and_what_is_passed_over_is_said(courier, folder):
    out, fault = ingest(folder, outlet="Selby Courier")
    assert fault == ""
    assert Article.objects.count() == 2
    assert "README.md" in out
    assert out.endswith("2 taken in, 1 skipped.\n")


def test_the_second_time_everything_is_there_already(courier, folder):
    ingest(folder, outlet="Selby Courier")
    before = Article.objects.count(), Capture.objects.count(), Shingle.objects.count(), Trace.objects.count()
    out, fault = ingest(folder, outlet="Selby Courier")
    assert fault == ""
    assert "2 already there" in out
    assert before == (Article.objects.count(), Capture.objects.count(), Shingle.objects.count(), Trace.objects.count())


BAD_FILES = {
    "binary.txt": (b"\x7fELF\x02\x00\x01" + bytes(60), "It is no text"),
    "pdf.txt": (b"%PDF-1.7 and so on", "The PDF is damaged"),
    "zip.txt": (b"PK\x03\x04abc", "a ZIP archive"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture (image/png): that is stored beside a text, not read"),
    "empty.txt": (b"", "It is empty"),
    "blank.txt": (b" \n\n", "It is empty"),
    "control.txt": ("It\x92s open, the port said.".encode(), "U+0092"),
    "empty.html": (b"<html><body></body></html>", "No article was found"),
    "large.txt": (b"x" * 30_000_001, "too large: 30,000,001 bytes"),
}


def test_bad_files_are_named_with_their_reason_and_do_not_stop_the_rest(courier, folder):
    for name, (data, _) in BAD_FILES.items():
        (folder / name).write_bytes(data)
    out, fault = ingest(folder, outlet="Selby Courier")
    assert Article.objects.count() == 2
    lines = {line.split()[0]: line for line in out.splitlines()}
    for name, (_, reason) in BAD_FILES.items():
        assert "refused" in lines[name]
        assert reason in lines[name]
    assert f"{len(BAD_FILES)} of {len(BAD_FILES) + 2} refused" in fault


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"published": "2019-13-40"}, "not in the calendar"),
        ({"url": "javascript:alert(1)"}, "must begin with http"),
        ({"language": "no language"}, "BCP 47"),
        ({"outlet": "Sel\x00by"}, "NUL"),
        ({"outlet": ""}, "does not say which outlet"),
    ],
)
def test_options_that_cannot_be_are_refused(courier, folder, options, reason):
    out, fault = ingest(folder / "a.txt", **{"outlet": "Selby Courier"} | options)
    assert reason in out
    assert "1 of 1 refused" in fault
    assert not Article.objects.exists()
    assert Outlet.objects.count() == 1


def test_files_and_folders_that_are_not_there_are_refused(db, tmp_path):
    (tmp_path / "bare").mkdir()
    out, fault = ingest(tmp_path / "nowhere.txt", tmp_path / "bare", outlet="X")
    assert "cannot be read: No such file" in out
    assert "no file ending in .txt" in out
    assert "2 of 2" in fault


def test_a_file_that_cannot_be_read_is_refused(db, tmp_path):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    out, _ = ingest(tmp_path / "loop.txt", outlet="X")
    assert "cannot be read: Too many levels of symbolic links" in out


def test_an_unknown_user_and_an_address_for_many_are_refused(db, folder):
    assert ingest(folder, by="nobody")[1] == "There is no active user “nobody”."
    assert "a single file" in ingest(folder, url="https://a.example/")[1]


def test_a_page_of_a_web_archive_is_chosen_by_its_key(courier, tmp_path):
    pages = {f"https://a.example/{n}": PAGE.replace("Cranes", f"Cranes {n}") for n in (1, 2)}
    (tmp_path / "a.warc").write_bytes(make_warc(pages))
    out, _ = ingest(tmp_path / "a.warc", outlet="Selby Courier")
    assert "holds 2 pages: choose one" in out
    assert "--choose “https://a.example/2”: T (https://a.example/2)" in out
    ingest(tmp_path / "a.warc", outlet="Selby Courier", choose="https://a.example/2")
    assert Capture.objects.get().text.startswith("Cranes 2 to be lifted in June")


# Lists


def test_a_csv_list_with_paths_and_texts(courier, folder):
    (folder / "list.csv").write_text(
        "path,text,outlet,published,url,headline\n"
        "a.txt,,Selby Courier,2021-05-03,https://selby.example/a,\n"
        ',"Cranes lifted\n\nTwo cranes were lifted, the port said, and ships pass.",New Paper,2021-06,,Cranes lifted\n'
    )
    out, fault = ingest(folder / "list.csv")
    assert fault == ""
    assert set(Article.objects.values_list("outlet__name", "published", "url")) == {
        ("Selby Courier", "2021-05-03", "https://selby.example/a"),
        ("New Paper", "2021-06", ""),
    }
    assert "new outlet: New Paper" in out


def test_a_json_list(courier, folder):
    rows = [
        {"path": "a.txt", "outlet": "Selby Courier", "published": "2021-05-03"},
        {"path": "b.html", "outlet": "Selby Courier", "headline": "Cranes", "byline": None},
    ]
    (folder / "list.json").write_text(json.dumps(rows))
    _, fault = ingest(folder / "list.json")
    assert fault == ""
    assert set(Article.objects.values_list("headline", flat=True)) == {HEADLINE, "Cranes"}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.csv", 'path,outlet\na.txt,Selby Courier\nb.html,"Selby', "line 3"),
        ("cut2.csv", "path,outlet,url\na.txt,Selby Courier,\nb.html,Sel", "cut off: its last row, line 3"),
        ("head.csv", "path,colour\na.txt,red\n", "unknown column “colour”"),
        ("twice.csv", "path,path\na.txt,a.txt\n", "same column twice"),
        ("none.csv", "outlet\nSelby Courier\n", "needs a column “path” or “text”"),
        ("rows.csv", "path,outlet\n", "no rows"),
        ("cut.json", '[{"path": "a.txt", "outlet": "Selby Courier"},\n {"path": "b.h', "line 2, column"),
        ("object.json", '{"path": "a.txt"}', "must be a JSON array"),
        ("deep.json", "[" * 100_000, "nested too deeply"),
        ("latin.json", '[{"text": "Café"}]'.encode("latin-1"), "not UTF-8"),
        ("empty.json", "[]", "no rows"),
    ],
)
def test_a_broken_list_is_refused_with_the_place_and_nothing_of_it_is_taken_in(courier, folder, name, content, reason):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    out, fault = ingest(folder / name)
    assert reason in out
    assert "1 of 1" in fault
    assert not Article.objects.exists()


def test_bad_rows_are_named_and_do_not_stop_the_rest(courier, folder):
    (folder.parent / "outside.txt").write_text(TEXT)
    rows = [
        {"path": "a.txt", "outlet": "Selby Courier"},
        {"path": "a.txt", "outlet": "Selby Courier", "published": "2019-13-40"},
        {"path": "a.txt", "outlet": "Selby Courier", "url": "javascript:alert(1)"},
        {"path": "../outside.txt", "outlet": "Selby Courier"},
        {"path": "/etc/hostname", "outlet": "Selby Courier"},
        {"path": "nowhere.txt", "outlet": "Selby Courier"},
        {"path": "a.txt", "text": "both"},
        {"outlet": "Selby Courier"},
        {"text": "A \ud800 surrogate", "outlet": "Selby Courier"},
        {"text": "A \x00 byte", "outlet": "Selby Courier"},
        {"text": 7},
        {"text": "x", "colour": "red"},
        "a.txt",
    ]
    (folder / "list.json").write_text(json.dumps(rows))
    out, fault = ingest(folder / "list.json")
    assert Article.objects.count() == 1
    assert "12 of 13 refused" in fault
    for number, reason in enumerate(
        (
            "taken in",
            "not in the calendar",
            "must begin with http",
            "leads out of the folder",
            "leads out of the folder",
            "No such file",
            "either a path or a text",
            "either a path or a text",
            "unpaired surrogate",
            "NUL byte",
            "“text” is not a text",
            "“colour” is unknown",
            "not an object",
        ),
        start=1,
    ):
        line = next(line for line in out.splitlines() if f"article {number} " in line)
        assert reason in line


def test_the_help_names_every_column_of_a_list():
    from articles.management.commands.ingest_articles import Command

    assert all(column in Command.help for column in ARTICLE_COLUMNS.known)


def test_the_index_made_anew_is_the_same(courier, folder):
    ingest(folder, outlet="Selby Courier")
    before = set(Shingle.objects.values_list("value", "capture"))
    Shingle.objects.all().delete()
    call_command("index_captures", stdout=StringIO())
    assert set(Shingle.objects.values_list("value", "capture")) == before


# A killed run


def test_a_killed_run_leaves_nothing_half_done_and_is_finished_by_the_next(transactional_db, editor, tmp_path):
    count = 60
    for number in range(count):
        words = " ".join(f"word{number}x{position}" for position in range(400))
        (tmp_path / f"{number:03}.txt").write_text(f"Headline of number {number}\n\nThe text says {words}.\n")
    command = [sys.executable, "manage.py", "ingest_articles", str(tmp_path), "--outlet", "Selby Courier"]
    environment = {**os.environ, "DATABASE_URL": url_under_test()}
    environment.pop("DATABASE_REPLICA_URL", None)

    run = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        deadline = time.monotonic() + 60
        while Article.objects.count() < 5 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        run.send_signal(signal.SIGKILL)
        run.communicate()
    killed_at = Article.objects.count()
    assert 5 <= killed_at < count, "The run was over before it was killed, or did not start."
    whole_or_not_there()

    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert f"{count - killed_at} taken in" in done.stdout
    assert Article.objects.count() == Capture.objects.count() == count
    whole_or_not_there()


def whole_or_not_there():
    """Every article has its one capture, its shingles and the traces of both acts."""
    for article in Article.objects.all():
        capture = article.captures.get()
        shingles = Shingle.objects.filter(capture=capture).values_list("value", flat=True)
        assert set(shingles) == sample_shingles(capture.text)
        assert Trace.objects.filter(public_id=article.public_id).count() == 2
